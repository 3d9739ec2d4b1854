"""Pages kept as they were sent: what is written, who can read it, and what a kill or a full disk leaves."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from newscrawl.archive.capture import Capture
from newscrawl.archive.files import OPEN, finish_left_open, safe_name, whole_groups
from newscrawl.archive.records import group, read_about
from newscrawl.archive.removal import remove_records
from newscrawl.urls.canonical import canonical
from tests.newspaper import Newspaper, Reply, newspaper
from tests.soak import killed_runs, last_run, verdict
from tests.soak import newspaper as big_newspaper
from tests.spiders.test_article_pages import part
from tests.support import Run, crawl, read_jsonl, run_scrapy

KEEP = ("-s", "NEWSCRAWL_ARCHIVE_DIR=kept")
STORE = ("-s", "NEWSCRAWL_STORE_URL=sqlite:///store.db")


def files(folder: Path) -> list[Path]:
    return sorted((folder / "kept").iterdir())


def records(path: Path) -> list[tuple[str, str, str]]:
    """Return type, address and role of each record of a file."""
    found, role = [], ""
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests=True):
            if record.rec_type == "metadata":
                role = (read_about(record.content_stream().read()) or {}).get("role", "")
            else:
                record.content_stream().read()
            assert record.digest_checker.passed in (True, None)
            found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI") or "", role))
    return found


def publish(paper: Newspaper) -> list[str]:
    """Publish what an archive must be able to give again: a feed's dates, a redirect, compression, several pages."""
    urls = [paper.story(1, head='<meta name="robots" content="noai">'), paper.story(2)]
    paper["/moved"] = Reply("", 301, headers={"Location": paper.story(3)})
    packed = gzip.compress(str(paper.replies["/2024/05/03/the-ferry-returns-to-wexmouth-2.html"].body).encode())  # type: ignore[union-attr]
    paper["/2024/05/03/the-ferry-returns-to-wexmouth-2.html"] = Reply(
        packed, headers={"Content-Encoding": "gzip", "X-Robots-Tag": "noai", "X-Name": "caf\u00e9"}
    )
    for number in (1, 2, 3):
        paper["/story" if number == 1 else f"/story?page={number}"] = part(number, 3)
    paper["/none"] = "<html><body><p>Sign in.</p></body></html>"
    urls += [paper.url("/moved"), paper.url("/story"), paper.url("/none")]
    paper.rss("/feed", urls, dated=True)
    return urls


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, list[str]]]:
    folder = tmp_path_factory.mktemp("kept")
    with newspaper() as paper:
        urls = publish(paper)
        more = ("-s", "NEWSCRAWL_ARCHIVE_SOURCES=True", "-s", "NEWSCRAWL_CONTACT=desk@paper.example")
        secret = '{"Authorization": "Basic c2VjcmV0", "Cookie": "session=secret"}'
        more = (*more, "-s", f"DEFAULT_REQUEST_HEADERS={secret}")
        yield crawl(folder, "feed", f"url={paper.url('/feed')}", *KEEP, *more), urls


def test_the_spider_warc_reads_the_same_articles_out_of_it(kept: tuple[Run, list[str]]) -> None:
    run, urls = kept
    assert (run.code, len(run.lines)) == (0, 4), run.err
    again = run_scrapy(run.folder, "crawl", "warc", "-a", "path=kept", "-O", "again.jsonl")
    assert again.code == 0, again.err
    read = {line["url"]: line for line in read_jsonl(run.folder / "again.jsonl")}
    other = [(line["url"], name, value, read[line["url"]][name]) for line in run.lines for name, value in line.items()]
    assert [found for found in other if found[2] != found[3]] == []
    assert set(read) == set(urls[:4])
    assert read[urls[3]]["article_body"].count("In part 3") == 6
    assert read[urls[2]]["canonical_url"].endswith("-3.html")
    assert read[urls[1]]["rights"] == [{"source": "http x-robots-tag", "value": "noai"}]
    assert "feed" in str(read[urls[0]]["date_evidence"])


def test_what_is_written_and_how_it_is_called(kept: tuple[Run, list[str]]) -> None:
    run, _ = kept
    (path,) = files(run.folder)
    assert path.name.startswith("127.0.0.1-feed-20")
    assert path.name.endswith("-00001.warc.gz")
    found = Counter((kind, role) for kind, _, role in records(path))
    assert found["warcinfo", ""] == 1
    roles = {"source": 1, "article": 5, "page": 2, "redirect": 1}
    for role, number in roles.items():
        assert [found[kind, role] for kind in ("metadata", "request", "response")] == [number] * 3
    assert run.summary["archived"] == 8
    text = gzip.decompress(path.read_bytes())
    assert b"caf\xe9" in text, "headers are kept byte for byte"
    assert b"operator: desk@paper.example" in text
    assert text.count(b"WARC/1.1\r\n") == 1 + 3 * 9
    assert b"c2VjcmV0" not in text, "credentials are no part of what is passed on"
    assert b"session=secret" not in text


def test_other_tools_read_it(kept: tuple[Run, list[str]]) -> None:
    fastwarc = pytest.importorskip("fastwarc.warc", reason="pip install fastwarc")
    run, urls = kept
    (path,) = files(run.folder)
    pages = {}
    with path.open("rb") as file:
        for record in fastwarc.ArchiveIterator(file, record_types=fastwarc.WarcRecordType.response):
            assert record.verify_payload_digest()
            pages[record.headers["WARC-Target-URI"]] = record.http_headers.status_code
    assert sorted(pages.values()) == [200] * 8 + [301]
    assert urls[2] in pages


def test_only_what_is_new_or_changed_is_kept_and_files_are_rotated(tmp_path: Path) -> None:
    with newspaper() as paper:
        urls = [paper.story(number) for number in range(1, 5)]
        small = ("-s", "NEWSCRAWL_ARCHIVE_MB=0.004", *STORE)
        run = crawl(tmp_path, "article", f"url={','.join(urls)}", *KEEP, *small)
        assert (run.code, run.summary["archived"]) == (0, 4), run.err
        first = files(tmp_path)
        assert [int(path.name[-13:-8]) for path in first] == list(range(1, len(first) + 1))
        assert len(first) > 1
        paper.story(3, headline="Ferry number 3 does not return to Wexmouth")
        run = crawl(tmp_path, "article", f"url={','.join(urls)}", "refetch=1", *KEEP, *STORE)
        assert [run.summary[name] for name in ("changed", "unchanged", "archived")] == [1, 3, 1]
        (new,) = set(files(tmp_path)) - set(first)
    assert [uri for kind, uri, _ in records(new) if kind == "response"] == [urls[2]]


def test_takedown_takes_all_of_an_article(kept: tuple[Run, list[str]], tmp_path: Path) -> None:
    run, urls = kept
    shutil.copytree(run.folder / "kept", tmp_path / "kept")
    for url, left in ((urls[2], 7), (urls[3], 4)):  # what was redirected, what has several pages
        done = run_scrapy(tmp_path, "store", "takedown", url, *KEEP, *STORE)
        assert done.code == 0, done.err
        assert [kind for kind, _, _ in records(files(tmp_path)[0])].count("response") == left
    read = run_scrapy(tmp_path, "crawl", "warc", "-a", "path=kept", "-O", "again.jsonl")
    assert {line["url"] for line in read_jsonl(tmp_path / "again.jsonl")} == set(urls[:2]), read.err


@pytest.mark.parametrize("cut", [1, 30, 2000])
def test_a_torn_group_is_cut(kept: tuple[Run, list[str]], tmp_path: Path, cut: int) -> None:
    (path,) = files(kept[0].folder)
    data = path.read_bytes()
    torn = tmp_path / f"{path.name}{OPEN}"
    torn.write_bytes(data[:-cut])
    assert finish_left_open(tmp_path) == 1
    (left,) = tmp_path.iterdir()
    assert left.name == path.name
    assert data.startswith(left.read_bytes())
    whole = records(left)
    assert whole == records(path)[: len(whole)]
    assert (len(whole) - 1) % 3 == 0, "metadata, request and response stay together"
    assert whole_groups(left) == left.stat().st_size


def test_groups_do_not_run_into_each_other(tmp_path: Path) -> None:
    """Though the first says it has more records than stand there."""
    heads = (b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n")
    pages = [Capture(f"https://a.example/{number}", 200, *heads, b"<p>", "2024-05-03T18:19:08Z") for number in "12"]
    data = [group([(found, "article", {"asked": found.url})]) for found in pages]
    twice = group([(pages[0], "article", {"asked": pages[0].url})] * 2)
    cut = [at for at in range(len(twice)) if twice.startswith(b"\x1f\x8b\x08\x00", at)][3]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(twice[:cut] + data[1])
    assert whole_groups(path) == path.stat().st_size
    assert remove_records(path, canonical(pages[0].url)) == 3
    assert path.read_bytes() == data[1]


def test_an_archive_that_cannot_be_written_ends_in_6(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file")
    run = crawl(tmp_path, "article", "url=http://127.0.0.1:9/a", *KEEP)
    assert run.code == 6
    assert [line for line in run.err.splitlines() if line.startswith("newscrawl: NEWSCRAWL_ARCHIVE_DIR=kept")]
    assert not (tmp_path / "out.jsonl").exists()


def test_a_full_disk_of_the_archive_loses_nothing_that_counted(tmp_path: Path) -> None:
    disk = tmp_path / "kept"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("no small disk can be mounted: run as root")
    try:
        with newspaper() as paper:
            urls = [paper.story(number) for number in range(1, 31)]
            paper.rss("/feed", urls)
            run = crawl(tmp_path, "feed", f"url={paper.url('/feed')}", *KEEP, *STORE)
            assert (run.code, run.summary["finish_reason"]) == (6, "output_error"), run.err
            assert f"the output {disk}" in run.err
            assert len(run.lines) < 30
            subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)
            rest = crawl(tmp_path, "feed", f"url={paper.url('/feed')}", *KEEP, *STORE)
            assert rest.code == 0, rest.err
        lines = read_jsonl(tmp_path / "out.jsonl") + read_jsonl(tmp_path / "out.jsonl.1")
        assert sorted(line["url"] for line in lines) == sorted(urls)
        kept = {uri for path in files(tmp_path) for kind, uri, _ in records(path) if kind == "response"}
        assert kept == set(urls)
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.slow
def test_every_line_has_its_page_through_kills(tmp_path: Path, seed: int) -> None:
    store, source = f"sqlite:///{tmp_path}/store.db", ["article", "-a", "urls_file=urls.txt", *KEEP]
    with big_newspaper(tmp_path, 150) as (urls, _):
        killed_runs(tmp_path, source, store, runs=5, seed=seed, growing=1.0)
        assert last_run(tmp_path, source, store) == 0
    assert verdict(tmp_path, urls, store) == []
    assert [path.name for path in files(tmp_path) if not path.name.endswith(".warc.gz")] == []
    kept = {uri for path in files(tmp_path) for kind, uri, _ in records(path) if kind == "response"}
    assert kept == set(urls)


def test_names_are_safe() -> None:
    assert safe_name("../../a b") == "_.._a_b"
    assert safe_name("") == "archive"
    assert "/" not in safe_name("a/b\\c\n")
