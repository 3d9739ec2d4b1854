"""The settings of crawls in the trial: newspapers on loopback, short times, and a user agent that says who asks."""

import os

from newscrawl.settings import *  # noqa: F403

USER_AGENT = f"newscrawl/0.1 (trial; {os.environ.get('NEWSCRAWL_WORKER')}; process {os.getpid()})"
NEWSCRAWL_SITES_DIR = os.environ.get("TRIAL_SITES")
NEWSCRAWL_ALLOW_PRIVATE = True
NEWSCRAWL_TDMREP = False
NEWSCRAWL_RETRY_SECONDS = 0.1
NEWSCRAWL_LEASE_SECONDS = 12
NEWSCRAWL_TASK_BACKOFF_SECONDS = 0.5
NEWSCRAWL_SITE_MINUTES = 600
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
LOG_LEVEL = "WARNING"
