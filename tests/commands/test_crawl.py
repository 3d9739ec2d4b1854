"""Exit codes and messages of `scrapy crawl`, each provoked as a user would."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT, Answer, Entry, crawl, entry, page, read_jsonl, run_scrapy, serve, site, warc_bytes

PAPER = {
    "/story": page("Ferry returns"),
    "/other": page("Herring arrive"),
    "/gone": Answer("gone", 410),
    "/forbidden": Answer("no", 403),
    "/empty": "",
    "/picture": Answer(b"\x89PNG", headers={"Content-Type": "image/png"}),
    "/cut": Answer(page(), cut=100),
}


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["crawl"], "which spider?"),
        (["crawl", "artcle"], "there is no spider artcle: did you mean article?"),
        (["crawl", "xyz"], "there is no spider xyz: there are article, corpus,"),
        (["crawl", "article", "warc"], "one spider at a time"),
        (["crawl", "warc", "--bogus"], "--bogus is neither"),
        (["crawl", "article"], "the spider article needs -a url= or -a urls_file="),
        (["crawl", "warc"], "the spider warc needs -a path="),
        (["crawl", "warc", "-a", "paht=x"], "no argument paht=: did you mean path=?"),
        (["crawl", "warc", "-a", "path=none.warc"], "argument path=none.warc: there is no file or folder"),
        (["crawl", "corpus", "-a", "path=."], "no .txt, .md or .jsonl file in the folder"),
        (["crawl", "article", "-a", "url=harbour"], "argument url=harbour: harbour is no URL"),
        (["crawl", "article", "-a", "urls_file=none.txt"], "argument urls_file=none.txt: No such file"),
        (["crawl", "article", "-a", "url=http://a.example/", "-a", "shard=9/5"], "argument shard=9/5"),
        (["crawl", "article", "-a", "url"], "Invalid -a value"),
        (["crawl", "article", "-s", "LOG_LEVEL"], "Invalid -s value"),
        (["crawl", "article", "-O", "out.xyz"], "Unrecognized output format 'xyz'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_usage_is_one_line_and_code_2(tmp_path: Path, command: list[str], message: str) -> None:
    run = (
        run_scrapy(tmp_path, *command, "-s", "LOG_ENABLED=False")
        if "-s" not in command
        else run_scrapy(tmp_path, *command)
    )
    assert run.code == 2
    (line,) = run.err.strip().splitlines()
    assert message in line
    assert run.out == ""
    assert not list(tmp_path.iterdir())


def test_all_well(tmp_path: Path) -> None:
    with serve(site(PAPER)) as server:
        run = crawl(tmp_path, "article", f"url={server.url('/story')},{server.url('/other')}")
    assert run.code == 0, run.err
    assert sorted(line["url"] for line in run.lines) == [server.url("/other"), server.url("/story")]
    assert run.summary["articles"] == 2
    assert run.summary["exit_code"] == 0
    assert not run.failures
    assert "/robots.txt" in server.asked


@pytest.mark.parametrize(
    ("path", "reason", "code"),
    [
        ("/gone", "http-410", 3),
        ("/forbidden", "http-403", 4),
        ("/cut", "cut-short", 3),
        ("/picture", "not-html", 3),
        ("/empty", "not-article", 0),
    ],
)
def test_named_address_that_gives_no_line(tmp_path: Path, path: str, reason: str, code: int) -> None:
    other = "http://localhost:%d/story"  # another host, so that "blocked" is about the first alone
    with serve(site(PAPER)) as server:
        run = crawl(tmp_path, "article", f"url={server.url(path)},{other % server.port}", "-s", "RETRY_TIMES=0")
    assert run.code == code, run.err
    assert len(run.lines) == 1, "the rest is written"
    (failure,) = run.failures
    assert (failure["url"], failure["reason"]) == (server.url(path), reason)
    assert run.summary["failures"] == {reason: 1}
    assert sum(server.url(path) in line for line in run.err.splitlines() if "failures" in line) == 1
    assert "Traceback" not in run.err


def test_a_site_that_answers_at_all_is_not_blocked(tmp_path: Path) -> None:
    with serve(site(PAPER)) as server:
        run = crawl(tmp_path, "article", f"url={server.url('/forbidden')},{server.url('/story')}")
    assert run.code == 3
    assert len(run.lines) == 1


def test_robots_txt_is_obeyed(tmp_path: Path) -> None:
    robots = Answer("User-agent: newscrawl\nDisallow: /\n", headers={"Content-Type": "text/plain"})
    with serve(site({**PAPER, "/robots.txt": robots})) as server:
        run = crawl(tmp_path, "article", f"url={server.url('/story')}")
    assert run.code == 3
    assert [f["reason"] for f in run.failures] == ["robots"]
    assert "/story" not in server.asked


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/story", "http://127.1:{port}/story", "file:///etc/passwd"])
def test_private_addresses_are_refused(tmp_path: Path, url: str) -> None:
    with serve(site(PAPER)) as server:
        address = url.format(port=server.port)
        run = crawl(tmp_path, "article", f"url={address}", private=False)
    assert run.code == 3
    assert not server.asked
    assert [(f["url"], f["reason"], f["named"]) for f in run.failures] == [(address, "refused", True)]


def test_redirects_to_private_addresses_are_refused(tmp_path: Path) -> None:
    answers = {"paper.example/story": Answer("", 302, {"Location": "http://169.254.169.254/latest/meta-data"})}
    with serve(lambda url: answers.get(url.split("://", 1)[-1])) as server:
        env = {"http_proxy": server.url()}
        run = crawl(tmp_path, "article", "url=http://paper.example/story", private=False, env=env)
    assert run.code == 3
    assert [f["reason"] for f in run.failures] == ["refused"]
    assert not any("169.254" in asked for asked in server.asked)


def test_names_that_lead_to_this_machine_are_refused(tmp_path: Path) -> None:
    """The resolver decides by the address: here a name of /etc/hosts, which no spelling gives away."""
    name = socket.gethostname()
    with serve(site(PAPER)) as server:
        run = crawl(tmp_path, "article", f"url=http://{name}:{server.port}/story", private=False)
    assert run.code == 3
    assert not server.asked


def test_nobody_listens(tmp_path: Path) -> None:
    with socket.socket() as bound:  # and nobody else can begin to
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}/story"
        run = crawl(tmp_path, "article", f"url={url}", "-s", "RETRY_TIMES=1")
    assert run.code == 3
    assert [f["reason"] for f in run.failures] == ["connection-refused"]


def test_internal_error(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(entry("https://a.example/")))
    broken = '{"tests.broken.BrokenPipeline": 10}'
    run = crawl(tmp_path, "warc", "path=a.warc.gz", "-s", f"ITEM_PIPELINES={broken}")
    assert run.code == 1
    assert [(f["url"], f["reason"]) for f in run.failures] == [("https://a.example/", "internal")]


def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(entry("https://a.example/")))
    (tmp_path / "folder.jsonl").mkdir()
    for output in ("folder.jsonl", "a.warc.gz/out.jsonl", "/proc/none/out.jsonl"):
        run = run_scrapy(tmp_path, "crawl", "warc", "-a", "path=a.warc.gz", "-O", output)
        assert run.code == 6, output
        (line,) = [line for line in run.err.splitlines() if line.startswith("newscrawl: ")]
        assert "cannot be written" in line


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk(tmp_path: Path) -> None:
    entries = [entry(f"https://a{number}.example/") for number in range(30)]
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(*entries))
    command = ["crawl", "warc", "-a", "path=a.warc.gz", "-o", "/dev/full:jsonl"]
    run = run_scrapy(tmp_path, *command)
    assert run.code == 6
    assert run.summary["finish_reason"] == "output_error"
    assert "the output cannot be written (No space left on device): the crawl stops" in run.err


def test_what_an_archive_holds_by_nature_ends_in_0(tmp_path: Path) -> None:
    entries = [
        entry("https://a.example/story"),
        entry("https://a.example/404", status="404 Not Found"),
        entry("https://a.example/again", kind="revisit"),
        Entry("https://a.example/empty", b""),
    ]
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(*entries))
    run = crawl(tmp_path, "warc", "path=a.warc.gz")
    assert run.code == 0, run.err
    assert [line["url"] for line in run.lines] == ["https://a.example/story"]
    assert {f["url"]: f["reason"] for f in run.failures} == {
        "https://a.example/404": "http-404",
        "https://a.example/again": "revisit",
        "https://a.example/empty": "not-article",
    }
    kept = crawl(tmp_path, "warc", "path=a.warc.gz", "-s", "NEWSCRAWL_KEEP_NON_ARTICLES=True")
    assert {line["url"]: bool(line["not_article"]) for line in kept.lines} == {
        "https://a.example/story": False,
        "https://a.example/empty": True,
    }


def test_damaged_files_end_in_3_and_the_rest_is_written(tmp_path: Path) -> None:
    whole = warc_bytes(entry("https://a.example/1"), entry("https://a.example/2"))
    (tmp_path / "a.warc.gz").write_bytes(whole[:-50])
    (tmp_path / "b.warc.gz").write_bytes(b"")
    (tmp_path / "c.warc").write_bytes(b"rubbish\n" * 50)
    (tmp_path / "d.warc.gz").write_bytes(warc_bytes(entry("https://a.example/3")))
    run = crawl(tmp_path, "warc", "path=.")
    assert run.code == 3
    assert sorted(line["url"] for line in run.lines) == ["https://a.example/1", "https://a.example/3"]
    assert sorted(f["reason"] for f in run.failures) == ["empty", "not-warc", "truncated"]
    for name in ("a.warc.gz", "b.warc.gz", "c.warc"):
        assert sum(f"/{name}" in line for line in run.err.splitlines() if "WARNING" in line) == 1


def test_bad_rows_end_in_3_and_the_rest_is_written(tmp_path: Path) -> None:
    text = "The council of Wexmouth met on Monday and agreed that the ferry should sail again. " * 6
    good = json.dumps({"url": "https://a.example/1", "text": text})
    (tmp_path / "rows.jsonl").write_text(f"{good}\n[1]\n{good[:-30]}\n{good.replace('/1', '/2')}\n", encoding="utf-8")
    run = crawl(tmp_path, "corpus", "path=rows.jsonl")
    assert run.code == 3
    assert sorted(line["url"] for line in run.lines) == ["https://a.example/1", "https://a.example/2"]
    places = [f["place"].rsplit("/", 1)[-1] for f in run.failures]
    assert places == ["rows.jsonl, line 2", "rows.jsonl, line 3"]
    for place in places:
        assert sum(place in line for line in run.err.splitlines() if "WARNING" in line) == 1


def test_append_overwrite_and_the_list_of_failures(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(
        warc_bytes(entry("https://a.example/1"), entry("https://a.example/2", status="500 x"))
    )
    command = ["crawl", "warc", "-a", "path=a.warc.gz", "-s", "LOG_ENABLED=False"]
    for _ in range(2):
        assert run_scrapy(tmp_path, *command, "-o", "deep/out.jsonl").code == 0
    assert len(read_jsonl(tmp_path / "deep/out.jsonl")) == 2
    assert len(read_jsonl(tmp_path / "deep/failures.jsonl")) == 2
    assert run_scrapy(tmp_path, *command, "-O", "deep/out.jsonl").code == 0
    assert len(read_jsonl(tmp_path / "deep/out.jsonl")) == 1
    assert len(read_jsonl(tmp_path / "deep/failures.jsonl")) == 1
    stdout = run_scrapy(tmp_path, *command, "-o", "-:jsonl")
    assert [json.loads(line)["url"] for line in stdout.out.splitlines()] == ["https://a.example/1"]


def test_page_cannot_forge_a_line_of_the_log(tmp_path: Path) -> None:
    url = "https://a.example/x\x1b[2J\u2028y"
    (tmp_path / "rows.jsonl").write_text(json.dumps({"url": url, "text": ""}) + "\n")
    run = crawl(tmp_path, "corpus", "path=rows.jsonl")
    assert "\x1b" not in run.err
    assert "\u2028" not in run.err
    assert [f["url"] for f in run.failures] == [url]


def test_list_of_spiders_is_one_command_away() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {"article", "corpus", "warc"} <= set(done.stdout.split())


def test_outputs_with_parameters_have_their_list_beside_them(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(warc_bytes(entry("https://a.example/2", status="404 x")))
    run = run_scrapy(tmp_path, "crawl", "warc", "-a", "path=a.warc.gz", "-O", "%(name)s/out.jsonl")
    assert run.code == 0, run.err
    assert [f["reason"] for f in read_jsonl(tmp_path / "warc/failures.jsonl")] == ["http-404"]
    assert {path.name for path in tmp_path.iterdir()} == {"a.warc.gz", "warc"}
