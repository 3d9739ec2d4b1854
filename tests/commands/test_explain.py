"""`scrapy explain` as a user calls it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from newscrawl.sample import pages
from newscrawl.sample.server import sample_newspaper
from tests.support import ROOT, entry, page, run_scrapy, warc_bytes

SAMPLE = ROOT / "newscrawl" / "sample" / "pages"
BROKEN = "fr-newsletter-in-mid-sentence"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


def test_page_with_a_broken_sentence(tmp_path: Path) -> None:
    run = run_scrapy(tmp_path, "explain", str(SAMPLE / f"{BROKEN}.html"), "--html", "out.html", env={"COLUMNS": "200"})
    assert run.code == 0, run.err
    assert "\x1b" not in run.out  # no colour where the output is no terminal
    devenues, box, delicates = (run.out.index(w) for w in ("devenues …", "Newsletter Le Fanal du soir", "… délicates"))
    assert devenues < box < delicates
    assert "it broke a sentence, which was mended" in run.out
    assert "div#newsletter-essentiel" in run.out
    written = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "Newsletter Le Fanal du soir" in written
    assert "Les plus lus" in written  # boilerplate is shown on the page's list


def test_text_and_markdown_with_the_address_they_came_from(tmp_path: Path) -> None:
    text = (
        "The ferry of Wexmouth sails again, the council said on Friday after months of repairs.\n\n"
        "READ MORE: Bridge closed to lorries\n\n"
        "The first crossing leaves on Monday at six in the morning, and tickets are free all week.\n"
    )
    for name in ("a.txt", "b.md"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        run = run_scrapy(tmp_path, "explain", name, "--url", "https://a.example/ferry", env={"COLUMNS": "200"})
        assert run.code == 0, run.err
        assert "https://a.example/ferry" in run.out
        assert "│ READ MORE: Bridge closed to lorries" in run.out
        assert "related" in run.out


def test_record_of_an_archive(tmp_path: Path) -> None:
    entries = [entry(f"https://a.example/{number}", page(f"Ferry number {number}")) for number in (1, 2, 3)]
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(*entries))
    which = run_scrapy(tmp_path, "explain", "a.warc.gz")
    assert which.code == 2
    numbers = re.findall(r"#(\d+) https://a.example/(\d)", which.err)
    assert [url for _, url in numbers] == ["1", "2", "3"]
    run = run_scrapy(tmp_path, "explain", f"a.warc.gz#{numbers[1][0]}")
    assert run.code == 0
    assert run.out.startswith("Ferry number 2\nhttps://a.example/2\n")
    assert run_scrapy(tmp_path, "explain", "a.warc.gz#99").code == 2


def test_line_of_our_own_output_and_of_a_corpus(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps({"url": "https://a.example/row", "text": "One line. " * 30}) + "\n")
    assert run_scrapy(tmp_path, "crawl", "corpus", "-a", "path=rows.jsonl", "-O", "out.jsonl").code == 0
    row = run_scrapy(tmp_path, "explain", "rows.jsonl#1")
    own = run_scrapy(tmp_path, "explain", "out.jsonl#1")
    assert row.code == own.code == 0
    assert "confidence: " in own.out
    reasons = re.compile(r"(confidence: [\d.]+);[^\n]+(\n[^\n]+)*")  # only where the text itself is at hand
    assert reasons.sub(r"\1", row.out) == own.out


def test_address_is_crawled_with_the_guard(tmp_path: Path) -> None:
    with sample_newspaper() as addresses:
        (url,) = (address for address in addresses if address.endswith(BROKEN))
        refused = run_scrapy(tmp_path, "explain", url)
        run = run_scrapy(tmp_path, "explain", url, "-s", "NEWSCRAWL_ALLOW_PRIVATE=True", "--html", "out.html")
        gone = run_scrapy(tmp_path, "explain", f"{url}-gone", "-s", "NEWSCRAWL_ALLOW_PRIVATE=True")
    assert refused.code == 3
    assert "refused" in refused.err
    assert gone.code == 3
    assert "http-404" in gone.err
    assert run.code == 0, run.err
    assert "Newsletter Le Fanal du soir" in run.out
    assert "Les plus lus" in (tmp_path / "out.html").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["out.html"]  # nothing is written that was not asked for


FERRY = (
    "The ferry of Wexmouth sails again, the council said on Friday after months of repairs.\n\n"
    "READ MORE: Bridge closed to lorries\n\n"
    "The first crossing leaves on Monday at six in the morning, and tickets are free all week.\n"
)


def test_folder_of_texts(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text(FERRY, encoding="utf-8")
    (folder / "deep" / "b.md").write_text(FERRY.replace("READ MORE: Bridge closed to lorries\n\n", ""))
    (folder / "c.jsonl").write_text(json.dumps({"text": FERRY}) + "\n{\n")
    (folder / "d.txt").write_bytes(b"%PDF-1.4")
    run = run_scrapy(tmp_path, "explain", "texts", "--html", "out.html", env={"COLUMNS": "150"})
    assert run.code == 3  # two could not be read
    assert re.search(r"a\.txt: \d+ characters, 1 removed", run.out)
    assert re.search(r"c\.jsonl#1: \d+ characters, 1 removed", run.out)
    assert re.search(r"deep/b\.md: \d+ characters, nothing removed", run.out)
    assert "c.jsonl#2: not read: the row is not JSON" in run.out
    assert "d.txt: not read: the file holds no text: it is a PDF" in run.out
    before, gone, after = (run.out.index(w) for w in ("after months of repairs.", "│ READ MORE", "The first crossing"))
    assert before < gone < after
    assert "5 documents, 2 with removals, 2 not read. Removed: 2 (related 2)." in run.out
    written = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert written.index("d.txt") < written.index("<h3>a.txt") < written.index("deep/b.md")
    assert "READ MORE: Bridge closed to lorries" in written


def test_folder_of_own_output(tmp_path: Path) -> None:
    """Lines of output are shown as they are, with what the memory of a site took in the crawl."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "a.txt").write_text(FERRY, encoding="utf-8")
    assert run_scrapy(tmp_path, "crawl", "corpus", "-a", "path=a.txt", "-O", "texts/out.jsonl").code == 0
    run = run_scrapy(tmp_path, "explain", "texts")
    assert run.code == 0, run.err
    assert "out.jsonl#1" in run.out
    assert "│ READ MORE: Bridge closed to lorries" in run.out


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ([], "explain what?"),
        (["none.html"], "there is no file"),
        (["empty"], "in the folder empty"),
        (["a.pdf"], "is none of .html"),
        (["a.jsonl"], "which line?"),
        (["a.jsonl#7"], "has no line 7"),
        (["a.jsonl#1"], "not JSON"),
        (["empty.txt"], "the file is empty"),
        (["a.html", "b.html"], "explain what?"),
    ],
    ids=str,
)
def test_usage_is_one_line_and_code_2(tmp_path: Path, command: list[str], message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "a.jsonl").write_bytes(b"{\n")
    (tmp_path / "empty.txt").write_bytes(b"")
    run = run_scrapy(tmp_path, "explain", *command)
    assert run.code == 2
    (line,) = run.err.strip().splitlines()
    assert message in line


def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    run = run_scrapy(tmp_path, "explain", str(SAMPLE / f"{BROKEN}.html"), "--html", "/proc/none/x.html")
    assert run.code == 6


def test_hostile_page_is_inert_in_the_terminal_and_on_the_page(tmp_path: Path) -> None:
    escaped = HOSTILE.replace("<", "&lt;")
    body = page(f"{escaped}\x1b[2J", extra=f'<p class="ad">Advertisement {escaped}</p>')
    body = body.replace("<body>", '<body><script src="https://evil.example/x.js"></script><img src="//evil.example/p">')
    (tmp_path / "a.html").write_text(body, encoding="utf-8")
    run = run_scrapy(tmp_path, "explain", "a.html", "--html", "out.html")
    assert run.code == 0, run.err
    assert "\x1b" not in run.out
    _assert_inert((tmp_path / "out.html").read_text(encoding="utf-8"))
    folder = tmp_path / "pages"
    folder.mkdir()
    (tmp_path / "a.html").rename(folder / "a.html")
    run = run_scrapy(tmp_path, "explain", "pages", "--html", "all.html")
    assert run.code == 0, run.err
    assert "\x1b" not in run.out
    _assert_inert((tmp_path / "all.html").read_text(encoding="utf-8"))


def _assert_inert(written: str) -> None:
    assert "&lt;script&gt;alert(1)" in written
    assert not re.search(r"<(script|img|iframe|link|object|form|input)\b", written)
    assert "evil.example" not in written
    assert "default-src 'none'" in written


@pytest.mark.parametrize("name", pages())
def test_every_sample_page_has_a_place_for_each_removal(name: str) -> None:
    from newscrawl.extraction import Document
    from newscrawl.report.explain.local import explain

    explanation = explain(Document(url="https://a.example/", body=pages()[name]))
    assert explanation.record["removed"]
    placed = {piece.removal for piece in explanation.pieces}
    assert set(range(len(explanation.record["removed"]))) <= placed
