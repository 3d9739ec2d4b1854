"""A crawl by plain Scrapy in a process of its own, in which a probe looks at one part of its internals."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support import ROOT

_SCRIPT = """
import asyncio, json, sys, time
import scrapy
from scrapy import Request
from scrapy.crawler import CrawlerProcess

found = {}
settings = {"LOG_LEVEL": "ERROR", "RETRY_ENABLED": False, "ROBOTSTXT_OBEY": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "TELNETCONSOLE_ENABLED": False, "DOWNLOAD_DELAY": 0}

class ProbeSpider(scrapy.Spider):
    name = "probe"
    base = sys.argv[1]
    paths = ["/1", "/2", "/3"]

    async def start(self):
        for path in self.paths:
            yield Request(self.base + path, errback=self.failed)

    def failed(self, failure):
        found.setdefault("failed", []).append([failure.request.url.removeprefix(self.base), repr(failure.value)])

%s

process = CrawlerProcess(settings)
process.crawl(Probe)
process.start()
print(json.dumps(found))
"""


def probe(base: str, source: str, folder: Path) -> dict[str, Any]:
    """Run ``source``, which defines the spider ``Probe`` and fills ``found``, against a server; return ``found``."""
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT % source, base],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
