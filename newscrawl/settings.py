"""Settings of the project. Each departure from Scrapy's default says why; NEWSCRAWL_* are our own."""

from __future__ import annotations

from os import environ

from scrapy.settings.default_settings import EXTENSIONS_BASE as _SCRAPY_EXTENSIONS

from newscrawl.run.version import VERSION as _VERSION
from newscrawl.scrapy_internals.commands import import_by_name as _import_by_name

_import_by_name()  # `scrapy crawl` imports the command crawl alone; the settings are read before the commands

BOT_NAME = "newscrawl"  # the name in logs and statistics
_SPIDERS = ("article", "corpus", "feed", "site", "sitemap", "warc")
SPIDER_MODULES = [f"newscrawl.spiders.{name}" for name in _SPIDERS]  # no others of the room, which are not for users
SPIDER_LOADER_CLASS = "newscrawl.spiders.loader.LazySpiderLoader"  # imports the spider that runs, and no other
NEWSPIDER_MODULE = "newscrawl.spiders"  # where `scrapy genspider` puts one
COMMANDS_MODULE = "newscrawl.commands"  # a crawl command that checks arguments and sets the exit code

# --- Our own ------------------------------------------------------------------------------------------------------
NEWSCRAWL_KEEP_NON_ARTICLES = False  # True: pages that are not articles are written, with the reason in not_article
NEWSCRAWL_FIELDS_MAP: dict[str, str] = {}  # for the add-on: names of our fields, and those of your items
NEWSCRAWL_CLEAN_BY_DEFAULT = False  # True: the cleaning middleware cleans every page, for spiders of other projects
NEWSCRAWL_SITE_MEMORY_ENABLED = True  # False: each page is judged alone, and text repeated on a site's pages stays
NEWSCRAWL_STORE_ENABLED = True  # False: nothing is remembered, skipped or merged; each run is independent
NEWSCRAWL_STORE_URL = environ.get("NEWSCRAWL_STORE_URL")  # sqlite:///path, postgresql://user@host/name
NEWSCRAWL_BROKER_URL = environ.get("NEWSCRAWL_BROKER_URL")  # amqp://user@host:5672// of a cluster (docs/scale.md)
NEWSCRAWL_WORKER = environ.get("NEWSCRAWL_WORKER")  # the name of a cluster's worker; None: that of its machine
NEWSCRAWL_SEGMENTS = "segments"  # output of a cluster's workers: a folder, or s3://bucket/prefix
NEWSCRAWL_SEGMENT_SITE = None  # subfolder of a crawl's output there; set by a cluster's workers
NEWSCRAWL_LEASE = None  # site or archive leased by one crawl at a time; set by a cluster's workers
NEWSCRAWL_LEASE_SECONDS = 60  # a lease not renewed for so long may go to another worker
NEWSCRAWL_TASK_ATTEMPTS = 4  # then a task goes to the dead-letter queue
NEWSCRAWL_TASK_BACKOFF_SECONDS = 30  # back-off after a task's first failure; four times as long after each further one
NEWSCRAWL_TASK_HOURS = 20  # time limit of a task: the broker waits for 24 h
NEWSCRAWL_SITE_MINUTES = 20  # minimum between two crawls of a site by a cluster, however much news it has
NEWSCRAWL_REVISIT_HOURS = [1, 3, 8, 24, 72, 168]  # ages at which an article is fetched again: most changes come early
NEWSCRAWL_STORE_TEXTS = True  # False: the store keeps no texts; then `changes` is null, and there is no history
NEWSCRAWL_STORE_TEXT_DAYS = 30  # texts of unchanged articles are deleted after so many: few change later
NEWSCRAWL_UNCONDITIONAL_HOURS = 24  # a feed is requested without ETag so often: some servers repeat one wrongly
NEWSCRAWL_FEED_LONGEST_HOURS = 6  # maximum between two requests of a quiet feed, sitemap or section page
NEWSCRAWL_MAX_SITEMAPS = 2000  # per run; an index may list 50,000
NEWSCRAWL_MAX_SITEMAP_MB = 60  # of one sitemap, decompressed: the protocol allows 50
NEWSCRAWL_MAX_FEED_MB = 20  # of one feed, decompressed: those with whole articles have one or two
NEWSCRAWL_MAX_FEED_ENTRIES = 10_000  # of one feed; most have fifty, whole archives some thousands
NEWSCRAWL_MAX_SITEMAP_ENTRIES = 50_000  # of one sitemap or index: what the protocol allows
NEWSCRAWL_MAX_DEPTH = 4  # of nested indexes and nested sections: the protocol allows none
NEWSCRAWL_MAX_LINKS = 5000  # of a home or section page; large ones have a thousand
NEWSCRAWL_MAX_ROBOTS_KB = 500  # of a robots.txt: the minimum that RFC 9309 requires parsers to read
NEWSCRAWL_EXTRACTION_WORKERS = None  # extraction processes; None: one per core; 0: extract in the crawl's process
NEWSCRAWL_EXTRACTION_TIMEOUT = 20  # CPU seconds per page: most need some hundredths, heavy ones one
NEWSCRAWL_EXTRACTION_MEMORY_MB = 1024  # memory per page: the tree of a page of DOWNLOAD_MAXSIZE needs half of it
NEWSCRAWL_EXTRACTION_TASKS = 1000  # pages until a worker is replaced, which frees memory that it leaked
NEWSCRAWL_MAX_ARTICLE_PAGES = 10  # of one article, joined to one record; 1: no following page is requested
NEWSCRAWL_MAX_FEEDS = 30  # of a page; some link to one for each of a hundred sections
NEWSCRAWL_MAX_SECTIONS = 30  # of a home page
NEWSCRAWL_DEEP_PAGES = 100  # further list and tag pages that deep=1 follows on a site in one run
NEWSCRAWL_SITE_DAYS = 7  # how far back the spider site reads a site's archive, unless since= is given
NEWSCRAWL_CONTACT = None  # mail or page of the operator, put into the user agent, so that sites can write
NEWSCRAWL_TDMREP = True  # False: /.well-known/tdmrep.json, a site's reservations in one file, is not requested
NEWSCRAWL_OBEY_TDM = False  # True: pages reserved from text and data mining are not fetched, or not used
NEWSCRAWL_RETRY_SECONDS = 2  # first back-off after a response such as 503; doubled with each retry
NEWSCRAWL_RETRY_LONGEST = 120  # a site whose Retry-After is longer is skipped for the run
NEWSCRAWL_ARCHIVE_DIR = None  # a folder: pages are kept there as sent, as WARC files, for the spider warc
NEWSCRAWL_ARCHIVE_MB = 1000  # size of one WARC file, which tools are used to
NEWSCRAWL_ARCHIVE_SOURCES = False  # True: feeds, sitemaps and list pages are archived, too
NEWSCRAWL_ALARM_ARTICLES = 20  # minimum of articles, now and before, for an alarm: a handful says nothing
NEWSCRAWL_ALARM_FIELD_DROP = 0.5  # alarm where a field lost half its usual coverage; redesigns lose it all
NEWSCRAWL_ALARM_CONFIDENCE_DROP = 0.15  # alarm where a site's mean confidence is lower by so much than it was
NEWSCRAWL_ALARM_RULE_TIMES = 10  # alarm where a removal rule has so many times its share, and 5 % of the text
NEWSCRAWL_PING_START = None  # a URL requested when a run begins, for a monitor such as Healthchecks
NEWSCRAWL_PING_SUCCESS = None  # one requested after exit code 0, with the summary
NEWSCRAWL_PING_FAILURE = None  # one requested after any other code but 75, with the summary
NEWSCRAWL_JITTER_SECONDS = 0  # maximum random delay of a start: sites see thousands of machines at each full hour
NEWSCRAWL_LOG_DIR = None  # a folder: each run logs to a file of its own there
NEWSCRAWL_LOG_KEEP = 50  # log files kept per job; 0: all
NEWSCRAWL_STOP_SECONDS = 8  # grace period for requests in progress when a crawl is stopped
NEWSCRAWL_CRAWL_DELAY_MAX = 60  # seconds: some robots.txt demand days between two requests
NEWSCRAWL_ROBOTS_STRICT = True  # a host whose robots.txt is 5xx, 429 or unreachable is not requested (RFC 9309)
NEWSCRAWL_SITES_DIR = None  # a folder of your own site files (docs/sites.md), which override the package's
NEWSCRAWL_FILTER_LISTS: list[str] = []  # your own lists in EasyList syntax, whose hiding rules are applied to pages
NEWSCRAWL_PROGRESS_ENABLED = True  # False: no progress line and no final table, on a terminal either
NEWSCRAWL_BROWSER = None  # the program that renders pages for `render = true`; None: the system's Chromium
NEWSCRAWL_RENDER_SECONDS = 15  # timeout of a page's scripts for loading, and again for the network to be idle
NEWSCRAWL_RENDER_PAGES = 2  # pages rendered at a time: each takes some 100 MB and a core
NEWSCRAWL_ALLOW_PRIVATE = False  # True: this machine and its network may be requested, on any port
NEWSCRAWL_PORTS = [80, 443, 8080, 8443]  # ports that may be requested: others serve no news; []: any
NEWSCRAWL_CONNECT_SECONDS = 30  # resolving, connecting, a proxy's tunnel: a host silent for longer is down
NEWSCRAWL_MAX_HEAD_KB = 256  # status line and headers of a response: browsers stop there; long ones have some 30 KB

# --- Identity and politeness --------------------------------------------------------------------------------------
USER_AGENT = f"newscrawl/{_VERSION} (news corpus crawler)"  # identifies us to sites, and gives robots.txt a token
ROBOTSTXT_OBEY = True  # sites have not invited a crawler
ROBOTSTXT_USER_AGENT = "newscrawl"  # the product token in robots.txt, without the version
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # one request at a time per site
ROBOTSTXT_PARSER = "newscrawl.network.robots.parser.BoundedRobotParser"  # Scrapy's own parses 20 MB, on the event loop
DOWNLOAD_DELAY = 1  # seconds between two pages of a site: no site notices us
AUTOTHROTTLE_ENABLED = True  # a site that responds slowly is requested more slowly
AUTOTHROTTLE_MAX_DELAY = 15  # latency caused by our own load must not cost a minute a page
AUTOTHROTTLE_START_DELAY = 0  # start at DOWNLOAD_DELAY; Scrapy's 5 s would last for dozens of pages
SCHEDULER_PRIORITY_QUEUE = "newscrawl.network.queues.FairPriorityQueue"  # a slow site leaves concurrency to others
CONCURRENT_REQUESTS = 64  # many sites side by side; requests that wait for their site's delay count, too
COOKIES_ENABLED = False  # no session to keep, and metered paywalls count by cookie

# --- Fetching -----------------------------------------------------------------------------------------------------
DOWNLOAD_HANDLERS = {
    "warc": "newscrawl.handlers.records.RecordHandler",  # documents of archives are responses, too
    "corpus": "newscrawl.handlers.records.RecordHandler",  # and those of folders
    "http": "newscrawl.handlers.web.WebHandler",  # limits headers, and knows sites whose
    "https": "newscrawl.handlers.web.WebHandler",  # certificates are not verified
    "file": None,  # a page or sitemap can name file:///etc/passwd
    "ftp": None,  # only the web is crawled
    "s3": None,  # likewise
    "data": None,  # likewise
}
DOWNLOAD_SLOTS = {
    # documents of this machine: no delay, and AutoThrottle would take their speed for a site's
    "newscrawl-records": {"concurrency": 16, "delay": 0, "jitter": 0, "throttle": False},
    # requests of a rendered page's scripts: browsers send them at once, and a page waits for all
    "newscrawl-render": {"concurrency": 12, "delay": 0, "jitter": 0, "throttle": False},
}
TWISTED_DNS_RESOLVER = "newscrawl.network.resolver.GuardedResolver"  # refuses private IP addresses at connection
DOWNLOAD_VERIFY_CERTIFICATES = True  # Scrapy accepts any certificate; an article should be from its publisher
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024  # the largest article pages have 5 MB; Scrapy's 1 GiB invites a bomb
DOWNLOAD_WARNSIZE = 0  # no warning: DOWNLOAD_MAXSIZE is enough
DOWNLOAD_TIMEOUT = 60  # connecting and the whole response: one that drips for longer never ends
DNS_TIMEOUT = 20  # a name that takes longer does not resolve in 60 s either
REDIRECT_MAX_TIMES = 8  # http, www, consent, article: 20 is a loop
METAREFRESH_MAXDELAY = 3  # news pages reload themselves every minute or so; only an instant refresh is a redirect
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # our own log line has URL and reason, once
REFERRER_POLICY = "no-referrer"  # a Referer would show sites what else is crawled
URLLENGTH_LIMIT = 8192  # the maximum of servers; Scrapy's 2,083 is Internet Explorer's

# --- Processing ---------------------------------------------------------------------------------------------------
DOWNLOADER_MIDDLEWARES = {
    "newscrawl.middlewares.cleaning.CleaningMiddleware": 40,  # nearest the engine: after redirects and decompression
    "newscrawl.middlewares.render.RenderMiddleware": 45,  # just before it: the rendered page is cleaned
    "newscrawl.middlewares.guard.EarlyGuard": 90,  # before robots.txt is requested
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # takes a robots.txt with status 503 for none
    "newscrawl.middlewares.robots.StrictRobotsMiddleware": 100,  # in its place
    "newscrawl.middlewares.reservations.ReservationsMiddleware": 150,  # after robots.txt, which it reads, too
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,  # has no Retry-After and no back-off
    "newscrawl.middlewares.retry.BackOffRetryMiddleware": 550,  # in its place
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,  # loses pages whose <base> is not a URL
    "newscrawl.middlewares.refresh.CarefulRefreshMiddleware": 580,  # in its place
    "newscrawl.middlewares.cookies.SiteCookiesMiddleware": 710,  # after Scrapy's own, which removes the header
    "newscrawl.middlewares.guard.UrlGuard": 760,  # after HttpProxyMiddleware: sees the final request
    "newscrawl.middlewares.archive.CaptureMiddleware": 950,  # nearest the downloader: sees the response as sent
}
ITEM_PIPELINES = {
    "newscrawl.pipelines.text_widgets.StripTextWidgetsPipeline": 100,  # widgets recognised by their words alone
    "newscrawl.pipelines.site_rules.SiteTextRulesPipeline": 120,  # text patterns of site files
    "newscrawl.pipelines.site_memory.SiteMemoryPipeline": 150,  # text repeated on a site's pages
    "newscrawl.pipelines.dates.NormaliseDatesPipeline": 200,  # also from the remaining text
    "newscrawl.pipelines.check.CheckRecordPipeline": 300,  # drops pages that are not articles
    "newscrawl.pipelines.decide.DecidePipeline": 400,  # new, changed or unchanged: by the final record
    "newscrawl.pipelines.limit.MaxArticlesPipeline": 900,  # counts the records to be written
}
_REMOTE_CONTROL = ("scrapy.extensions.remote_control.", "scrapy.extensions.telnet.")
EXTENSIONS_BASE = {
    name: order for name, order in _SCRAPY_EXTENSIONS.items() if not name.startswith(_REMOTE_CONTROL)
}  # Scrapy's without remote control, which is slow to import even where it is off
EXTENSIONS = {
    "newscrawl.extensions.log_lines.SafeLogLines": -100,  # first: Scrapy's messages about pages are escaped, too
    "newscrawl.extensions.store.StoreExtension": -20,  # before those that use it
    "newscrawl.extensions.archive.PageArchive": -15,  # after the store's, before the exporter's: page, then record
    "scrapy.extensions.feedexport.FeedExporter": None,  # on a full disk it loses records and exits with 0
    "newscrawl.extensions.feed_export.DurableFeedExporter": -10,  # commits only durable records
    "newscrawl.extensions.failures.FailureLog": 0,  # failures.jsonl
    "newscrawl.extensions.hosts.SlowHosts": 0,  # hosts.jsonl
    "newscrawl.extensions.progress.TerminalProgress": 0,  # only on a terminal
    "newscrawl.extensions.shutdown.PromptShutdown": 0,  # SIGTERM ends in seconds
    "newscrawl.extensions.alarms.SiteAlarms": 0,  # exit code 5
    "newscrawl.extensions.robots.RobotsExtension": 600,  # after AutoThrottle, which ignores Crawl-delay
    "newscrawl.extensions.site_memory.SiteMemoryExtension": 0,  # shared by middleware and pipeline
}
FEED_EXPORT_ENCODING = "utf-8"  # characters as they are; Scrapy's None escapes them in JSON
FEED_STORAGES = dict.fromkeys(("", "file"), "newscrawl.exporters.storage.DurableFileStorage")  # synced, locked
FEED_EXPORTERS = dict.fromkeys(("jsonlines", "jsonl", "jl"), "newscrawl.exporters.ArticleLinesExporter")  # valid JSON
FEED_EXPORTERS["csv"] = "newscrawl.exporters.csv.SafeCsvExporter"  # a headline can be a formula
FEED_EXPORTERS["parquet"] = "newscrawl.exporters.parquet.ParquetExporter"  # needs pyarrow
FEED_EXPORTERS["zyte_jsonl"] = "newscrawl.exporters.zyte.ZyteArticleExporter"  # the names of zyte-common-items
CONCURRENT_ITEMS = 4  # a response gives one article; Scrapy's 100 starts 100 tasks for it (1,058 against 712 pages/s)

# --- Unattended operation -----------------------------------------------------------------------------------------
REMOTE_CONTROL_ENABLED = False  # it executes code received on loopback
TELNETCONSOLE_ENABLED = False  # likewise
LOG_LEVEL = "INFO"  # DEBUG logs each request and fills a disk
LOG_FORMATTER = "newscrawl.run.log_formatter.LeanLogFormatter"  # nor makes such messages where none is written
STATS_CLASS = "newscrawl.run.stats.LeanStatsCollector"  # counts without a look for deprecated arguments
WARN_ON_GENERATOR_RETURN_VALUE = False  # inspects source at each callback; our callbacks are tested
# JOBDIR is never set: after kill -9 it resumes with most requests gone and still exits with 0.
