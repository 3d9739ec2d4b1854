"""The add-on in a second project, made as a user makes one; the package as it is installed."""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest

from newscrawl.record import fields_map
from newscrawl.record.fields_map import MappedItem
from newscrawl.sample.server import sample_newspaper
from tests import forked
from tests.hostile.server import answer, endless, hostile
from tests.support import ROOT, Run

BROKEN = "fr-newsletter-in-mid-sentence"
SPIDER = """
import dataclasses
import scrapy

try:
    import attrs
    import pydantic
except ImportError:
    attrs = pydantic = None


@dataclasses.dataclass
class Dataclass:
    kind: str
    link: str
    title: str | None = None
    text: str | None = None
    published: str | None = None
    removed: list | None = None


class Scrapys(scrapy.Item):
    kind, link, title, text, published, removed = (scrapy.Field() for _ in range(6))


kinds = {"dict": dict, "dataclass": Dataclass, "item": Scrapys}
if attrs:
    kinds["attrs"] = attrs.make_class("Attrs", {name: attrs.field(default=None) for name in
                                       ("kind", "link", "title", "text", "published", "removed")})
    kinds["pydantic"] = pydantic.create_model("Pydantic", **{name: (object, None) for name in
                                               ("kind", "link", "title", "text", "published", "removed")})


class PaperSpider(scrapy.Spider):
    name = "paper"

    def start_requests_of(self):
        return [scrapy.Request(self.address), scrapy.Request(self.address + "?raw", meta={"newscrawl_clean": False},
                                                             callback=self.parse_raw)]

    async def start(self):
        for request in self.start_requests_of():
            yield request

    def parse(self, response):
        for name, kind in kinds.items():
            yield kind(kind=name, link=response.url)
        yield {"kind": "own", "link": response.url, "title": "Mine", "published": "3 mai 2024 à 8h30",
               "text": "\\n".join([*response.css("article p::text").getall(), "Aussi dans ce cahier : la baie"]),
               "in_language": "fr"}
        yield {"kind": "body", "html": response.text}

    def parse_raw(self, response):
        yield {"kind": "raw", "html": response.text}
"""
CARELESS = """
import scrapy


class CarelessSpider(scrapy.Spider):
    name = "careless"

    async def start(self):
        for address in self.addresses.split(","):
            yield scrapy.Request(address, meta={"newscrawl_clean": False}, errback=self.failed)

    def parse(self, response):
        self.logger.warning("read: %s", response.text)

    def failed(self, failure):
        self.logger.warning("failed: %s", failure.value)
"""
MAP = {"url": "link", "headline": "title", "article_body": "text", "date_published": "published"}
SITE = """
[[strip_text]]
pattern = "Aussi dans ce cahier : .*"
kind = "related"
reason = "a line of links"
case = "Aussi dans ce cahier : la baie"
"""


def run(folder: Path, *arguments: str, path: str = str(ROOT)) -> Run:
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    clean = {name: value for name, value in clean.items() if name != "SCRAPY_SETTINGS_MODULE"} | {"PYTHONPATH": path}
    if arguments[0] == "scrapy":
        return Run(*forked.run(arguments[1:], cwd=folder, env=clean), folder)
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder, env=clean, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr, folder)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A project as `scrapy startproject` makes it, with the one line of settings."""
    assert run(tmp_path, "scrapy", "startproject", "second").code == 0
    project = tmp_path / "second"
    with (project / "second/settings.py").open("a", encoding="utf-8") as settings:
        settings.write('\nADDONS = {"newscrawl.addon.NewscrawlAddon": 500}\n')
    (project / "second/spiders/paper.py").write_text(SPIDER, encoding="utf-8")
    return project


def crawl(project: Path, *options: str, path: str = str(ROOT)) -> Run:
    with sample_newspaper() as addresses:
        (address,) = (url for url in addresses if url.endswith(BROKEN))
        command = ["crawl", "paper", "-a", f"address={address}", "-O", "out.jsonl", "-s", "DOWNLOAD_DELAY=0"]
        return run(project, "scrapy", *command, *options, path=path)


def test_second_project_gets_clean_pages_and_dated_items(second: Path) -> None:
    (second / "sites").mkdir()
    (second / "sites/127.0.0.1.toml").write_text(SITE, encoding="utf-8")
    settings = ("NEWSCRAWL_ALLOW_PRIVATE=True", f"NEWSCRAWL_FIELDS_MAP={MAP}".replace("'", '"'))
    done = crawl(second, *(word for name in (*settings, "NEWSCRAWL_SITES_DIR=sites") for word in ("-s", name)))
    lines = {line["kind"]: line for line in done.lines}
    assert {"dict", "dataclass", "item", "own", "body", "raw"} <= set(lines), done.err
    mended = "et que les négociations, devenues délicates depuis que la rive nord"
    for name in set(lines) - {"own", "body", "raw"}:
        line = lines[name]
        assert line["title"] == "À Port-Brumal, deux rivales se parlent après huit mois de silence", name
        assert mended in line["text"], name
        assert "newsletter" not in line["text"], name
        assert line["published"] == "2024-03-11T16:48:00+01:00", name
    assert any(removal["split"] for removal in lines["dataclass"]["removed"])
    assert lines["own"]["title"] == "Mine"  # what the spider found itself stays
    assert len(lines["own"]["text"]) > 500
    assert "Aussi dans ce cahier" not in lines["own"]["text"]  # the site file knows fields by their own names
    assert "'newscrawl/widgets/removed/site/127.0.0.1/text-1': 1" in done.err
    assert lines["own"]["published"].startswith("2024-05-03T08:30:00")
    assert "Choisissez le moment" not in lines["body"]["html"]
    assert "Choisissez le moment" in lines["raw"]["html"]


def test_guard_stands_in_the_second_project(second: Path) -> None:
    done = crawl(second)
    assert done.lines == []
    assert "NEWSCRAWL_ALLOW_PRIVATE" in done.err


def test_answers_and_log_are_bounded_in_the_second_project(second: Path) -> None:
    (second / "second/spiders/careless.py").write_text(CARELESS, encoding="utf-8")
    story = b"<p>told\n2026-01-01 00:00:00 [root] ERROR: forged \x1b[31m \xe2\x80\xae</p>"
    acts = {"/long": endless(b"HTTP/1.1 200 OK\r\n", b"X-More: %s\r\n" % (b"x" * 4096)), "/told": answer(story)}
    with hostile(acts) as server:
        given = ["-a", f"addresses={server.url('/long')},{server.url('/told')}", "-s", "NEWSCRAWL_ALLOW_PRIVATE=True"]
        done = run(second, "scrapy", "crawl", "careless", *given, "-s", "ROBOTSTXT_OBEY=False", "-s", "RETRY_TIMES=0")
    assert "failed: [<twisted.python.failure.Failure" in done.err
    assert "NEWSCRAWL_MAX_HEAD_KB" in done.err
    assert r"<p>told\x0a2026-01-01 00:00:00 [root] ERROR: forged \x1b[31m \u202e</p>" in done.err
    assert not [line for line in done.err.splitlines() if "ERROR: forged" in line and "told" not in line]


def test_what_the_project_sets_goes_first(second: Path) -> None:
    with (second / "second/settings.py").open("a", encoding="utf-8") as settings:
        settings.write(
            "NEWSCRAWL_CLEAN_BY_DEFAULT = False\nNEWSCRAWL_ALLOW_PRIVATE = True\n"
            'SPIDER_MIDDLEWARES = {"newscrawl.middlewares.fill.FillItemsMiddleware": None}\n'
            'FEED_EXPORTERS = {"jsonlines": "scrapy.exporters.JsonLinesItemExporter"}\n'
        )
    lines = {line["kind"]: line for line in crawl(second).lines}
    assert "Choisissez le moment" in lines["body"]["html"]
    assert lines["dataclass"]["title"] is None


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this package, built without the network."""
    pytest.importorskip("setuptools", minversion="77", reason="building needs setuptools 77 or newer")
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "source"
    copy.mkdir()
    for name in ("pyproject.toml", "README.md", "requirements.txt", "newscrawl"):
        if (ROOT / name).exists():
            (copy / name).symlink_to(ROOT / name)
    done = run(folder, "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet", "-w", "dist", "./source")
    assert done.code == 0, done.err
    (built,) = (folder / "dist").glob("newscrawl-*.whl")
    return built


def test_wheel_holds_the_package_and_its_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    here = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "newscrawl").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert not here - names
    assert not any(name.startswith(("tests/", "training/", "benchmarks/")) for name in names)


def test_installed_wheel_serves_a_second_project(wheel: Path, second: Path) -> None:
    target = wheel.parent / "installed"
    done = run(second, "pip", "install", "--no-deps", "--quiet", "--target", str(target), str(wheel))
    assert done.code == 0, done.err
    path = os.pathsep.join([str(target), sysconfig.get_path("purelib")])
    where = run(second, "newscrawl.record.schema", path=path)
    assert where.code == 0, where.err
    done = crawl(
        second, "-s", "NEWSCRAWL_ALLOW_PRIVATE=True", "-s", 'NEWSCRAWL_FIELDS_MAP={"article_body": "text"}', path=path
    )
    lines = {line["kind"]: line for line in done.lines}
    assert "newsletter" not in lines["dataclass"]["text"], done.err
    assert f"{ROOT}/" not in done.err


def test_order_of_components_is_that_of_this_projects_settings() -> None:
    from newscrawl import addon, settings

    for setting, components in addon.COMPONENTS.items():
        own = {**getattr(settings, setting, {}), "newscrawl.addon.LoggingGuard": 760}
        if setting != "SPIDER_MIDDLEWARES":
            assert components == {name: own[name] for name in components}
    assert settings.DOWNLOADER_MIDDLEWARES["newscrawl.middlewares.guard.UrlGuard"] == 760


def test_examples() -> None:
    assert doctest.testmod(fields_map).failed == 0


def test_field_of_our_name_that_means_something_else() -> None:
    item: dict[str, Any] = {"text": "ours", "title": "t", "headline": "a kicker"}
    mapped = MappedItem(item, {"headline": "title", "description": "headline"})
    assert mapped["headline"] == "t"
    assert mapped["description"] == "a kicker"
    assert set(mapped.field_names()) == {"text", "headline", "description"}
    assert mapped.get("title") is None
    assert dict(mapped) == {"text": "ours", "headline": "t", "description": "a kicker"}
