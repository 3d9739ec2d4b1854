"""Every command that README and docs/ show does what it says: run here against a newspaper on loopback.

A block that cannot be run (root, systemd, a cluster, gigabytes) has ``<!-- not run: reason -->`` on the line above it;
then only its spider, arguments and settings are checked.
"""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from pkgutil import iter_modules

import pytest
import scrapy.commands as scrapy_commands
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

import newscrawl.commands
import newscrawl.settings as own
from newscrawl.commands.setting_names import is_known
from newscrawl.run.arguments import COMMON
from newscrawl.sample.server import sample_newspaper
from newscrawl.text.near import nearest
from tests.docs.docs_commands import FILES, LISTED, Command, commands, scrapy
from tests.newspaper import RSS, XML, sitemap
from tests.support import ROOT, Answer, entry, page, serve, warc_bytes

EASY = ("NEWSCRAWL_ALLOW_PRIVATE=True", "DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False", "NEWSCRAWL_RETRY_SECONDS=0.1",
        "NEWSCRAWL_EXTRACTION_WORKERS=0", "NEWSCRAWL_TDMREP=False", "LOG_LEVEL=INFO")  # fmt: skip
ASKS = ("crawl", "explain", "addsite", "shell", "parse")
STORIES = [f"/2026/11/10/the-ferry-returns-{number}.html" for number in range(1, 4)]
WITH_COMMANDS = [file for file in FILES if any(True for _ in commands(file))]
FEED = "url=https://www.example.org/rss"
ARCHIVE = "CC-NEWS-20240503060000-00001.warc.gz"


def newspaper(path: str) -> Answer | str | None:
    """What the newspaper says: a home page, a feed, a sitemap, and an article at each address that ends in .html."""
    plain = path.partition("?")[0]
    if plain == "/robots.txt":
        return Answer("User-agent: *\nAllow: /\n", headers={"Content-Type": "text/plain"})
    if plain == "/":
        links = "".join(f'<li><a href="{story}">The ferry returns, part {story[-6]}</a>' for story in STORIES)
        feed = '<link rel="alternate" type="application/rss+xml" href="/rss">'
        return f"<html><head><title>The Ledger</title>{feed}</head><body><ul>{links}</ul></body></html>"
    if plain == "/rss":
        items = "".join(f"<item><title>{story}</title><link>{story}</link></item>" for story in STORIES)
        return Answer(f'<rss version="2.0"><channel>{items}</channel></rss>', headers={"Content-Type": RSS})
    if plain.endswith(".xml"):
        rows = [(f"http://127.0.0.1{story}", "2026-11-10") for story in STORIES]
        return Answer(sitemap(rows), headers={"Content-Type": XML})
    return page(f"Ferry {plain}") if plain.endswith(".html") else None


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serve(lambda path: _absolute(newspaper(path), server.port)) as server:
        yield server.port


def _absolute(answer: Answer | str | None, port: int) -> Answer | str | None:
    """Feeds and sitemaps name whole addresses."""
    if isinstance(answer, Answer) and isinstance(answer.body, str):
        body = answer.body.replace("http://127.0.0.1/", "/").replace("<link>/", f"<link>http://127.0.0.1:{port}/")
        return Answer(body.replace("<loc>/", f"<loc>http://127.0.0.1:{port}/"), headers=answer.headers)
    return answer


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Lines of a crawl of the sample newspaper."""
    folder = tmp_path_factory.mktemp("lines")
    with sample_newspaper() as addresses:
        settings = [word for name in (*EASY, "NEWSCRAWL_STORE_ENABLED=False") for word in ("-s", name)]
        code, said = scrapy(folder, "crawl", "article", "-a", f"url={','.join(addresses)}", "-O", "a.jsonl", *settings)
    assert code == 0, said
    return (folder / "a.jsonl").read_bytes()


@pytest.fixture
def folder(tmp_path: Path, lines: bytes) -> Path:
    """What someone has who types the commands: pages, texts, archives, lines, site files."""
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = newscrawl.settings\n")
    text = "The ferry returns\n\n" + "\n".join(re.findall(r"<p>(.*?)</p>", page()))
    for path in ("texts/ferry.txt", "text.md", "texts/deep/herring.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    rows = [{"url": "https://a.example/1", "text": text}, {"text": text, "in_language": "en"}]
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "page.html").write_text(page())
    (tmp_path / "articles.jsonl").write_bytes(lines)
    archive = warc_bytes(*(entry(f"https://a{number}.example/story") for number in range(8)))
    for name in (ARCHIVE, "a.warc.gz", "archive.warc.gz"):
        (tmp_path / name).write_bytes(archive)
    (tmp_path / "my-sites").mkdir()
    (tmp_path / "easylist.txt").write_text("##.newsletter\n")
    return tmp_path


@pytest.mark.parametrize("file", WITH_COMMANDS, ids=lambda file: file.name)
def test_commands(file: Path, folder: Path, port: int) -> None:
    for command in commands(file):
        first = command.words[0].removeprefix(".venv/bin/")
        if first == "scrapy":
            check(command)
            if not command.why_not:
                run(command, folder, port)
            elif command.why_not == LISTED and command.words[1] == "store":
                run_on_store(command, folder, port)
        elif first == "make":
            done = subprocess.run(["make", "-n", *command.words[1:]], cwd=ROOT, capture_output=True, check=False)
            assert done.returncode == 0, f"{command}\n{done.stderr.decode()}"
        elif first in ("pip", "python"):
            check_python(command)
        elif first == "mkdir":
            (folder / command.words[-1]).mkdir(exist_ok=True)
        elif first == ".":
            assert command.words == (".", ".venv/bin/activate")
        else:
            assert command.why_not, f"{command}\nnobody knows how to test it: <!-- not run: reason --> above its block"


def here(word: str, port: int) -> str:
    """Return a word of a command with its example addresses on loopback."""
    word = re.sub(r"https?://(?:[a-z]+\.)?example\.(?:org|com)(?=[/,]|$)", f"http://127.0.0.1:{port}", word)
    return re.sub(r"(?<![@.\w-])example\.org\b", "127.0.0.1", word)


def run(command: Command, folder: Path, port: int) -> None:
    words = [here(word, port) for word in command.words[1:]]
    if words[0] in ASKS and "-h" not in words:
        words += [word for name in EASY for word in ("-s", name)]
    code, said = scrapy(folder, *words)
    assert code == 0, f"{command}\n{said[-5000:]}"
    assert "Traceback" not in said, f"{command}\n{said[-5000:]}"
    for option, name in pairwise(words):
        if option in ("-o", "-O", "--html") and not re.search(r'"seen": [1-9]', said):
            assert (folder / name).stat().st_size, f"{command}\nnothing was written\n{said[-5000:]}"
    if "dry_run=1" in words:
        assert "/the-ferry-returns-1.html" in said, f"{command}\n{said[-5000:]}"


def run_on_store(command: Command, folder: Path, port: int) -> None:
    """Run a command of a list, such as ``scrapy store show URL`` or ``scrapy store check [--mend]``."""
    home = folder / "with a store"
    if not home.exists():
        home.mkdir()
        shutil.copy(folder / "scrapy.cfg", home)
        crawl = Command(command.file, command.line, ("scrapy", "crawl", "feed", "-a", FEED, "-o", "a.jsonl"), "")
        run(crawl, home, port)
    address = f"http://127.0.0.1:{port}{STORIES[0]}"
    for text in {re.sub(r" ?\[.*?\]", "", " ".join(command.words)), re.sub(r"[\[\]]", "", " ".join(command.words))}:
        words = [
            {"URL": address, "URL-or-SITE": address, "HOST": "127.0.0.1", "FILE": f"{len(text)}.db"}.get(word, word)
            for word in text.split()[1:]
        ]
        code, said = scrapy(home, *words)
        assert code == 0, f"{command}\n{said[-3000:]}"


def check(command: Command) -> None:
    """Look at a command's name, its spider, arguments and settings."""
    words = command.words[1:]
    names = {
        module.name for package in (scrapy_commands, newscrawl.commands) for module in iter_modules(package.__path__)
    }
    assert words, str(command)
    assert words[0] in names, f"{command}\nthere is no such command"
    pairs = list(pairwise(words))
    for option, value in pairs:
        name, is_pair, _ = value.partition("=")
        if option == "-s":
            assert is_pair, str(command)
            assert is_known(name), f"{command}\n{name}: {nearest(name, dir(own))}"
    if words[0] == "crawl" and len(words) > 1:
        loader = SpiderLoader(Settings({"SPIDER_MODULES": own.SPIDER_MODULES}))
        assert words[1] in loader.list() or words[1].startswith(("<", "-")), str(command)
        if words[1] in loader.list():
            known = {**loader.load(words[1]).ARGUMENTS, **COMMON}  # type: ignore[attr-defined]
            typed = [value.partition("=")[0] for option, value in pairs if option == "-a"]
            assert set(typed) <= set(known), str(command)


def check_python(command: Command) -> None:
    """Look at what is installed, and at modules that are run."""
    words = command.words
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    for word in words[1:]:
        if match := re.fullmatch(r"newscrawl\[([a-z,]+)\]", word):
            assert set(match[1].split(",")) <= set(extras), str(command)
        elif word.endswith(".txt") and "-r" in words:
            assert (ROOT / word).exists(), str(command)
    if "-m" in words:
        assert importlib.util.find_spec(words[words.index("-m") + 1]), str(command)


def test_table_of_a_corpus(folder: Path) -> None:
    pytest.importorskip("pandas")
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/corpus.md").read_text(encoding="utf-8"), re.DOTALL)
    (folder / "corpus.csv").write_text('link,body\nhttps://a.example/é,"one\ntwo é"\n', encoding="utf-8")
    subprocess.run([sys.executable, "-c", example], cwd=folder, check=True, capture_output=True)
    assert json.loads((folder / "corpus.jsonl").read_text(encoding="utf-8")) == {
        "url": "https://a.example/é", "text": "one\ntwo é"
    }  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_links_lead_somewhere(file: Path) -> None:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        path, _, anchor = target.partition("#")
        there = (file.parent / path).resolve() if path else file
        assert there.exists(), f"{file.name}: {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            made = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert anchor in made, f"{file.name}: {target}"


def test_troubleshooting_knows_every_reason() -> None:
    text = (ROOT / "docs/troubleshooting.md").read_text(encoding="utf-8")
    made = r'(?:failures\.add|_report)\([^\n]*?, "([a-z-]+)",|(?:Problem|SourceError)\(\s*"([a-z-]+)"'
    code = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in ROOT.glob("newscrawl/**/*.py")}
    found = {name for source in code.values() for names in re.findall(made, source) for name in names if name}
    found |= {
        name
        for pair in re.findall(r'return "([a-z-]+)"|, "([a-z-]+)", "', code["newscrawl/run/reasons.py"])
        for name in pair
    }
    assert len(found) > 20
    assert {name for name in found if name and f"`{name}`" not in text} == set()


def test_readme_leads_to_every_page() -> None:
    waiting, seen = [ROOT / "README.md"], set()
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
        waiting += [(page.parent / target).resolve() for target in targets]
    assert {file.name for file in (ROOT / "docs").glob("*.md")} - {file.name for file in seen} == set()


def test_commands_are_read(tmp_path: Path) -> None:
    file = ROOT / "docs" / "none.md"
    assert list(commands(file)) == []
    written = tmp_path / "a.md"
    written.write_text(
        "text\n\n```sh\nscrapy list   # all\nmake crawl \\\n  URL=x\n```\n<!-- not run: root -->\n```sh\n"
        "apt-get install x\n```\n```sh\nb\n```\n\n    */5 * * * * cd /x && .venv/bin/scrapy crawl site -a site=all\n"
    )
    found = [(command.words, command.why_not) for command in commands(written)]
    assert found == [
        (("scrapy", "list"), ""),
        (("make", "crawl", "URL=x"), ""),
        (("apt-get", "install", "x"), "root"),
        (("b",), ""),
        (("scrapy", "crawl", "site", "-a", "site=all"), "in another block"),
    ]


def test_what_a_command_said(tmp_path: Path) -> None:
    code, said = scrapy(tmp_path, "crawl", "artcle")
    assert code == 2
    assert "did you mean article?" in said
    assert scrapy(tmp_path, "list")[0] == 0
