"""Settings of the project. Each departure from Scrapy's default says why; NEWSCRAWL_* are our own."""

from __future__ import annotations

from os import environ

from scrapy.settings.default_settings import EXTENSIONS_BASE as _SCRAPY_EXTENSIONS

from newscrawl.run.version import VERSION as _VERSION

BOT_NAME = "newscrawl"  # the name in logs and statistics
_SPIDERS = ("article", "corpus", "feed", "site", "sitemap", "warc")
SPIDER_MODULES = [f"newscrawl.spiders.{name}" for name in _SPIDERS]  # Scrapy imports them all, so no others of the room
NEWSPIDER_MODULE = "newscrawl.spiders"  # where `scrapy genspider` puts one
COMMANDS_MODULE = "newscrawl.commands"  # a crawl command that checks arguments and sets the exit code

# --- Our own ------------------------------------------------------------------------------------------------------
NEWSCRAWL_KEEP_NON_ARTICLES = False  # True: pages that are no article are written, with the reason in not_article
NEWSCRAWL_FIELDS_MAP: dict[str, str] = {}  # for the add-on: our names of fields, and those of your items
NEWSCRAWL_CLEAN_BY_DEFAULT = False  # True: the cleaning middleware takes every page, for spiders of other projects
NEWSCRAWL_SITE_MEMORY_ENABLED = True  # False: each page is judged alone, and what repeats on a site's pages stays
NEWSCRAWL_STORE_ENABLED = True  # False: nothing is remembered, skipped or merged; each run stands alone
NEWSCRAWL_STORE_URL = environ.get("NEWSCRAWL_STORE_URL")  # sqlite:///path, postgresql://user@host/name; None: our own
NEWSCRAWL_BROKER_URL = environ.get("NEWSCRAWL_BROKER_URL")  # amqp://user@host:5672// of a cluster (docs/scale.md)
NEWSCRAWL_WORKER = environ.get("NEWSCRAWL_WORKER")  # the name of a cluster's worker; None: that of its machine
NEWSCRAWL_SEGMENTS = "segments"  # where a cluster's workers write: a folder, or s3://bucket/prefix
NEWSCRAWL_SEGMENT_SITE = None  # the folder there of a crawl's lines; set by a cluster's workers
NEWSCRAWL_LEASE = None  # the site or archive that only one crawl works on at a time; set by a cluster's workers
NEWSCRAWL_LEASE_SECONDS = 60  # after so long without a sign of a crawl, its site may go to another worker
NEWSCRAWL_TASK_ATTEMPTS = 4  # then a task is parked in the dead-letter queue
NEWSCRAWL_TASK_BACKOFF_SECONDS = 30  # the pause after the first failure of a task; four times as long after each
NEWSCRAWL_TASK_HOURS = 20  # the longest a task may take: the broker waits for 24 h
NEWSCRAWL_SITE_MINUTES = 20  # a cluster crawls no site more often, however much news it has
NEWSCRAWL_REVISIT_HOURS = [1, 3, 8, 24, 72, 168]  # ages at which an article is looked at again: most changes come early
NEWSCRAWL_STORE_TEXTS = True  # False: the store keeps no texts; then `changes` is null, and there is no history
NEWSCRAWL_STORE_TEXT_DAYS = 30  # texts of articles that never changed go after so many: few change later
NEWSCRAWL_UNCONDITIONAL_HOURS = 24  # a feed is asked for without ETag so often: some servers repeat one wrongly
NEWSCRAWL_FEED_LONGEST_HOURS = 6  # the longest time between two looks at a quiet feed, sitemap or section page
NEWSCRAWL_MAX_SITEMAPS = 2000  # in one run; an index may name 50,000
NEWSCRAWL_MAX_SITEMAP_MB = 60  # of one sitemap, unpacked: the protocol allows 50
NEWSCRAWL_MAX_FEED_MB = 20  # of one feed, unpacked: those with whole articles have one or two
NEWSCRAWL_MAX_FEED_ENTRIES = 10_000  # of one feed; most have fifty, whole archives some thousands
NEWSCRAWL_MAX_SITEMAP_ENTRIES = 50_000  # of one sitemap or index: what the protocol allows
NEWSCRAWL_MAX_DEPTH = 4  # of indexes within indexes, and sections of sections: the protocol allows none
NEWSCRAWL_MAX_LINKS = 5000  # of a home or section page; large ones have a thousand
NEWSCRAWL_MAX_ROBOTS_KB = 500  # of a robots.txt: what RFC 9309 asks parsers to read at least
NEWSCRAWL_EXTRACTION_WORKERS = None  # processes beside the crawl; None: as many as cores; 0: extract in the crawl's own
NEWSCRAWL_EXTRACTION_TIMEOUT = 20  # seconds of computing a page may take: most take some hundredths, heavy ones one
NEWSCRAWL_EXTRACTION_MEMORY_MB = 1024  # what a page may claim: the tree of a page of DOWNLOAD_MAXSIZE needs half of it
NEWSCRAWL_EXTRACTION_TASKS = 1000  # pages until a worker is replaced, so that memory it did not give back comes back
NEWSCRAWL_MAX_ARTICLE_PAGES = 10  # of one article, joined to one record; 1: no following page is asked for
NEWSCRAWL_MAX_FEEDS = 30  # of a page; some name one for each of a hundred sections
NEWSCRAWL_MAX_SECTIONS = 30  # of a home page
NEWSCRAWL_DEEP_PAGES = 100  # further pages of lists and tags that deep=1 follows on a site in one run
NEWSCRAWL_SITE_DAYS = 7  # how far back the spider site reads a site's whole archive, where no since= says otherwise
NEWSCRAWL_CONTACT = None  # mail or page of whoever crawls: stands in the user agent, so that sites can write
NEWSCRAWL_TDMREP = True  # False: sites are not asked for /.well-known/tdmrep.json, their reservations in one file
NEWSCRAWL_OBEY_TDM = False  # True: what is reserved from text and data mining is not fetched, or not used
NEWSCRAWL_RETRY_SECONDS = 2  # the first pause after an answer such as 503; doubled with each attempt
NEWSCRAWL_RETRY_LONGEST = 120  # a site that asks for a longer pause (Retry-After) is left alone in this run
NEWSCRAWL_ARCHIVE_DIR = None  # a folder: pages are kept there as they were sent, as WARC files, for the spider warc
NEWSCRAWL_ARCHIVE_MB = 1000  # of one file, then the next begins: a size that tools for WARC files are used to
NEWSCRAWL_ARCHIVE_SOURCES = False  # True: feeds, sitemaps and pages of links are archived, too
NEWSCRAWL_ALARM_ARTICLES = 20  # fewest that are judged, of now and of before: a handful says nothing
NEWSCRAWL_ALARM_FIELD_DROP = 0.5  # alarm where a field lost half its usual coverage; redesigns lose it all
NEWSCRAWL_ALARM_RULE_TIMES = 10  # alarm where a removal rule takes so many times its share, and 5 % of the text
NEWSCRAWL_PING_START = None  # an address that is told when a run begins, for a monitor such as Healthchecks
NEWSCRAWL_PING_SUCCESS = None  # one that is told of exit code 0, with the summary
NEWSCRAWL_PING_FAILURE = None  # one that is told of any other but 75, with the summary
NEWSCRAWL_JITTER_SECONDS = 0  # a run begins at random within so many: sites see thousands of machines at each full hour
NEWSCRAWL_LOG_DIR = None  # a folder: each run logs to a file of its own there
NEWSCRAWL_LOG_KEEP = 50  # log files of each job that are kept; 0: all
NEWSCRAWL_STOP_SECONDS = 8  # what a crawl that is told to stop gives to requests under way
NEWSCRAWL_CRAWL_DELAY_MAX = 60  # seconds: some robots.txt ask for days between two requests
NEWSCRAWL_ROBOTS_STRICT = True  # nothing is requested of a host whose robots.txt is 5xx, 429 or out of reach (RFC 9309)
NEWSCRAWL_SITES_DIR = None  # a folder of your own site files (docs/sites.md); they go before those of the package
NEWSCRAWL_FILTER_LISTS: list[str] = []  # your own lists in the EasyList syntax, whose hiding rules are applied to pages
NEWSCRAWL_PROGRESS_ENABLED = True  # False: no line of progress and no table at the end, on a terminal either
NEWSCRAWL_BROWSER = None  # the program that draws pages for `render = true`; None: the system's Chromium
NEWSCRAWL_RENDER_SECONDS = 15  # what a page's scripts may take to load, and again to come to rest
NEWSCRAWL_RENDER_PAGES = 2  # pages that are drawn at a time: each takes some 100 MB and a core
NEWSCRAWL_ALLOW_PRIVATE = False  # True: addresses of this machine and its network may be asked, on any port
NEWSCRAWL_PORTS = [80, 443, 8080, 8443]  # that may be asked: behind others are services, no news; []: any
NEWSCRAWL_CONNECT_SECONDS = 30  # finding the name, connecting, a proxy's tunnel: who is not there by then is not at all
NEWSCRAWL_MAX_HEAD_KB = 256  # status and headers of an answer: browsers stop there; long ones have some 30 KB

# --- Identity and manners -----------------------------------------------------------------------------------------
USER_AGENT = f"newscrawl/{_VERSION} (news corpus crawler)"  # sites shall see who comes, and can name it in robots.txt
ROBOTSTXT_OBEY = True  # we come unasked
ROBOTSTXT_USER_AGENT = "newscrawl"  # the token that sites write in robots.txt, without the version
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # a news site is asked for one page at a time
ROBOTSTXT_PARSER = "newscrawl.network.robots_parser.BoundedRobotParser"  # Scrapy's own takes 20 MB, on the event loop
DOWNLOAD_DELAY = 1  # seconds between two pages of a site: no site notices us
AUTOTHROTTLE_ENABLED = True  # a site that answers slowly is asked more slowly
AUTOTHROTTLE_MAX_DELAY = 15  # what a busy machine of ours takes for a slow answer shall not cost a minute a page
AUTOTHROTTLE_START_DELAY = 0  # DOWNLOAD_DELAY is where it starts; Scrapy's 5 s would hold for dozens of pages
SCHEDULER_PRIORITY_QUEUE = "newscrawl.network.queues.FairPriorityQueue"  # a slow site leaves the places to others
CONCURRENT_REQUESTS = 64  # many sites side by side; a request that waits for its site's turn counts too
COOKIES_ENABLED = False  # no session to keep, and metering walls count by cookie

# --- What is fetched ----------------------------------------------------------------------------------------------
DOWNLOAD_HANDLERS = {
    "warc": "newscrawl.handlers.records.RecordHandler",  # documents of archives come as responses, too
    "corpus": "newscrawl.handlers.records.RecordHandler",  # and those of folders
    "http": "newscrawl.handlers.web.WebHandler",  # bounds the heads of answers, and knows sites whose
    "https": "newscrawl.handlers.web.WebHandler",  # certificates are not verified
    "file": None,  # a page or sitemap can name file:///etc/passwd
    "ftp": None,  # what is not the web has nothing to do here
    "s3": None,  # nor has this
    "data": None,  # nor this
}
DOWNLOAD_SLOTS = {
    # documents that are on this machine already: no delay, and AutoThrottle would read their speed as a site's
    "newscrawl-records": {"concurrency": 16, "delay": 0, "jitter": 0, "throttle": False},
}
TWISTED_DNS_RESOLVER = "newscrawl.network.resolver.GuardedResolver"  # refuses private addresses by what is connected to
DOWNLOAD_VERIFY_CERTIFICATES = True  # Scrapy takes any certificate; an article should be from whom it says
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024  # the largest article pages have 5 MB; Scrapy's 1 GiB invites a bomb
DOWNLOAD_WARNSIZE = 0  # no warning: DOWNLOAD_MAXSIZE is enough
DOWNLOAD_TIMEOUT = 60  # connecting and all of the answer, however slowly it drips: what takes longer never comes
DNS_TIMEOUT = 20  # a name that takes longer is not known in 60 s either
REDIRECT_MAX_TIMES = 8  # http, www, consent, article: 20 is a loop
METAREFRESH_MAXDELAY = 3  # news pages reload themselves every minute or so; only an instant refresh is a redirect
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # our own line names the address and the reason, once
REFERRER_POLICY = "no-referrer"  # a Referer would tell sites what else is crawled
URLLENGTH_LIMIT = 8192  # what servers take at most; Scrapy's 2,083 is Internet Explorer's

# --- What is done with it -----------------------------------------------------------------------------------------
DOWNLOADER_MIDDLEWARES = {
    "newscrawl.middlewares.cleaning.CleaningMiddleware": 40,  # nearest the engine: after redirects and decompression
    "newscrawl.middlewares.render.RenderMiddleware": 45,  # just before it: what is cleaned is the page as drawn
    "newscrawl.middlewares.guard.EarlyGuard": 90,  # before robots.txt is asked for
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # takes a robots.txt with status 503 for none
    "newscrawl.middlewares.robots.StrictRobotsMiddleware": 100,  # in its place
    "newscrawl.middlewares.reservations.ReservationsMiddleware": 150,  # after robots.txt, which it reads, too
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,  # knows no Retry-After and no back-off
    "newscrawl.middlewares.retry.PatientRetryMiddleware": 550,  # in place of Scrapy's
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,  # loses pages whose <base> is no address
    "newscrawl.middlewares.refresh.CarefulRefreshMiddleware": 580,  # in its place
    "newscrawl.middlewares.cookies.SiteCookiesMiddleware": 710,  # after Scrapy's own, which takes the header off
    "newscrawl.middlewares.guard.AddressGuard": 760,  # after HttpProxyMiddleware: sees what will be asked
    "newscrawl.middlewares.archive.CaptureMiddleware": 950,  # nearest the downloader: sees what was sent
}
ITEM_PIPELINES = {
    "newscrawl.pipelines.text_widgets.StripTextWidgetsPipeline": 100,  # widgets that only their words give away
    "newscrawl.pipelines.site_rules.SiteTextRulesPipeline": 120,  # text patterns of site files
    "newscrawl.pipelines.site_memory.SiteMemoryPipeline": 150,  # what repeats on a site's pages
    "newscrawl.pipelines.dates.NormaliseDatesPipeline": 200,  # from what is left of the text, too
    "newscrawl.pipelines.check.CheckRecordPipeline": 300,  # and what is no article goes no further
    "newscrawl.pipelines.decide.DecidePipeline": 400,  # new, changed or unchanged: by the record as it will be written
    "newscrawl.pipelines.limit.MaxArticlesPipeline": 900,  # counts what is going to be written
}
_REMOTE_CONTROL = ("scrapy.extensions.remote_control.", "scrapy.extensions.telnet.")
EXTENSIONS_BASE = {
    name: order for name, order in _SCRAPY_EXTENSIONS.items() if not name.startswith(_REMOTE_CONTROL)
}  # Scrapy's without its two doors for remote control, which take a while to import even where they are shut
EXTENSIONS = {
    "newscrawl.extensions.log_lines.SafeLogLines": -100,  # first: what Scrapy logs of a page is escaped, too
    "newscrawl.extensions.store.StoreExtension": -20,  # before those that use it
    "newscrawl.extensions.archive.PageArchive": -15,  # after the store's, before the exporter's: page, then line
    "scrapy.extensions.feedexport.FeedExporter": None,  # on a full disk it loses lines and ends with 0
    "newscrawl.extensions.feed_export.DurableFeedExporter": -10,  # counts nothing as seen that is not durable
    "newscrawl.extensions.failures.FailureLog": 0,  # failures.jsonl
    "newscrawl.extensions.hosts.SlowHosts": 0,  # hosts.jsonl
    "newscrawl.extensions.progress.TerminalProgress": 0,  # only at a terminal
    "newscrawl.extensions.shutdown.PromptShutdown": 0,  # SIGTERM ends in seconds
    "newscrawl.extensions.alarms.SiteAlarms": 0,  # exit code 5
    "newscrawl.extensions.robots.RobotsExtension": 600,  # after AutoThrottle, which knows no Crawl-delay
    "newscrawl.extensions.site_memory.SiteMemoryExtension": 0,  # shared by middleware and pipeline
}
FEED_EXPORT_ENCODING = "utf-8"  # letters as they are; Scrapy's None writes escapes into JSON
FEED_STORAGES = dict.fromkeys(("", "file"), "newscrawl.exporters.storage.DurableFileStorage")  # synced, mended, locked
FEED_EXPORTERS = dict.fromkeys(("jsonlines", "jsonl", "jl"), "newscrawl.exporters.ArticleLinesExporter")  # valid JSON
FEED_EXPORTERS["csv"] = "newscrawl.exporters.csv.SafeCsvExporter"  # a headline can be a formula
FEED_EXPORTERS["parquet"] = "newscrawl.exporters.parquet.ParquetExporter"  # needs pyarrow
FEED_EXPORTERS["zyte_jsonl"] = "newscrawl.exporters.zyte.ZyteArticleExporter"  # the names of zyte-common-items
CONCURRENT_ITEMS = 4  # an answer gives one article; Scrapy's 100 starts 100 tasks for it (1,058 against 712 pages/s)

# --- Running unattended -------------------------------------------------------------------------------------------
REMOTE_CONTROL_ENABLED = False  # it runs code sent to it on loopback
TELNETCONSOLE_ENABLED = False  # it does, too
LOG_LEVEL = "INFO"  # each request at DEBUG fills a disk
WARN_ON_GENERATOR_RETURN_VALUE = False  # inspects source at each callback; our callbacks are tested
# JOBDIR is never set: after kill -9 it resumes with most requests gone and still exits with 0.
