"""Sites with `render = true`: the article that a script draws, in a real Chromium; and what its scripts may ask for."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from newscrawl.middlewares.render import browser
from newscrawl.settings import NEWSCRAWL_BROWSER
from tests.support import HTML, ROOT, Answer, Run, crawl, page, serve, site

needs_browser = pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium (apt-get install chromium)")
BODY = "".join(
    f"The council of Wexmouth met on day {n} and agreed that the ferry should sail again before winter {n}.\n"
    for n in range(1, 13)
)
SCRIPT = """
(async () => {
  for (const address of ADDRESSES) { try { await fetch(address, {mode: "no-cors"}); } catch (error) {} }
  const answer = await fetch("/api/story?drawn");
  const article = document.createElement("article");
  article.innerHTML = "<h1>Ferry drawn by script</h1>" +
    (await answer.json()).map((text) => `<p>${text}</p>`).join("");
  document.getElementById("root").replaceWith(article);
  document.body.append(Object.assign(document.createElement("img"), {src: "/picture.png"}));
  document.body.append(Object.assign(document.createElement("iframe"), {src: "/frame"}));
  setTimeout(() => { location.href = "/elsewhere"; }, 0);
})();
"""


def drawn(addresses: list[str]) -> dict[str, Answer | str]:
    """A site whose page is empty until its script has asked for the article."""
    script = SCRIPT.replace("ADDRESSES", json.dumps(addresses))
    return {
        "/story": '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Gazette</title></head>'
        '<body><div id="root"></div><script src="/app.js"></script></body></html>',
        "/app.js": Answer(script, headers={"Content-Type": "text/javascript"}),
        "/api/story?drawn": Answer(json.dumps(BODY.splitlines()), headers={"Content-Type": "application/json"}),
        "/still": page("Ferry without a script"),
        "/gone": Answer("gone", 410),
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sites").mkdir()
    for host in ("127.0.0.1", "paper.example"):
        (tmp_path / f"sites/{host}.toml").write_text("render = true\n")
    return tmp_path


def render(folder: Path, url: str, *options: str, private: bool = True, **kwargs: object) -> Run:
    settings = ("-s", "NEWSCRAWL_SITES_DIR=sites", "-s", "NEWSCRAWL_RENDER_SECONDS=60", *options)
    return crawl(folder, "article", f"url={url}", *settings, private=private, **kwargs)  # type: ignore[arg-type]


@pytest.mark.slow
@needs_browser
def test_article_that_a_script_draws(folder: Path) -> None:
    pytest.importorskip("scrapy_playwright", reason="needs scrapy-playwright (pip install scrapy-playwright)")
    with serve(site(drawn([]))) as server:
        addresses = [server.url("/story"), server.url("/still"), f"http://localhost:{server.port}/story"]
        run = render(folder, ",".join(addresses))
        asked = list(server.asked)
    lines = {line["url"]: line for line in run.lines}
    assert set(lines) == set(addresses[:2]), run.err
    assert lines[addresses[0]]["headline"] == "Ferry drawn by script"
    assert lines[addresses[0]]["article_body"] == BODY.strip()
    assert lines[addresses[1]]["headline"] == "Ferry without a script"
    assert [failure["reason"] for failure in run.failures] == ["not-article"]  # no file asks for that host
    assert asked.count("/story") == 2  # the browser does not ask again for what was fetched
    assert asked.count("/robots.txt") == 2
    assert not {"/picture.png", "/frame", "/elsewhere", "/favicon.ico"} & set(asked)
    assert asked.count("/app.js") == 1


@pytest.mark.slow
@needs_browser
def test_scripts_obey_robots_txt(folder: Path) -> None:
    pytest.importorskip("scrapy_playwright", reason="needs scrapy-playwright (pip install scrapy-playwright)")
    robots = Answer("User-agent: *\nDisallow: /api/\n", headers={"Content-Type": "text/plain"})
    with serve({"/robots.txt": robots, **drawn([])}.get) as server:
        run = render(folder, server.url("/story"))
        asked = list(server.asked)
    assert [failure["reason"] for failure in run.failures] == ["not-article"], run.err
    assert asked == ["/robots.txt", "/story", "/app.js"]


@needs_browser
def test_scripts_do_not_reach_this_machine(folder: Path) -> None:
    """The page comes through the operator's proxy; its script asks for addresses of this machine in several ways."""
    pytest.importorskip("scrapy_playwright", reason="needs scrapy-playwright (pip install scrapy-playwright)")
    with serve(site({"/secret": "secret", "/api": "secret"})) as private:
        hidden = [private.url("/secret"), f"http://127.1:{private.port}/secret", f"http://localhost:{private.port}/api"]
        hidden += [f"https://127.0.0.1:{private.port}/secret", f"http://[::ffff:127.0.0.1]:{private.port}/secret"]
        answers = {f"http://paper.example{path}": answer for path, answer in drawn(hidden).items()}
        robots = Answer("User-agent: *\nAllow: /\n", headers={"Content-Type": "text/plain"})
        with serve({"http://paper.example/robots.txt": robots, **answers}.get) as through:
            environment = {"http_proxy": through.url(), "https_proxy": through.url(), "no_proxy": ""}
            url = "http://paper.example/story"
            run = render(folder, url, private=False, env=environment)
        assert [line["headline"] for line in run.lines] == ["Ferry drawn by script"], run.err
        assert private.asked == []
        assert not [address for address in through.asked if "paper.example" not in address]
    assert run.err.count("so it was refused") == 3  # one line for each host


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("-s", "NEWSCRAWL_BROWSER=/no/such/chromium"),
            "NEWSCRAWL_BROWSER=/no/such/chromium: there is no such program",
        ),
        ((), "says render = true, which needs scrapy-playwright: pip install scrapy-playwright"),
    ],
    ids=["browser", "extra"],
)
def test_what_is_missing_is_said_before_the_crawl(folder: Path, options: tuple[str, ...], message: str) -> None:
    path = folder / "none"
    path.mkdir()
    if not options:  # as where the extra is not installed
        (path / "sitecustomize.py").write_text(
            "import importlib.util as u\nfind = u.find_spec\n"
            "u.find_spec = lambda name, *a: None if name == 'scrapy_playwright' else find(name, *a)\n"
        )
    elif shutil.which("chromium") is None:
        pytest.importorskip("scrapy_playwright")
    env = {"PYTHONPATH": f"{path}:{ROOT}"}
    run = render(folder, "https://a.example/", *options, "-s", "LOG_ENABLED=False", env=env)
    assert run.code == 2
    (line,) = [line for line in run.err.splitlines() if line]
    assert message in line


@pytest.mark.slow
@needs_browser
def test_browser_that_does_not_start(folder: Path) -> None:
    pytest.importorskip("scrapy_playwright", reason="needs scrapy-playwright (pip install scrapy-playwright)")
    false = shutil.which("false")
    with serve(site(drawn([]))) as server:
        run = render(folder, server.url("/story"), "-s", f"NEWSCRAWL_BROWSER={false}")
    assert run.code == 3
    assert [failure["reason"] for failure in run.failures] == ["render"]
    assert "Traceback" not in run.failures[0]["detail"]


def test_browser_is_found(tmp_path: Path) -> None:
    from scrapy.settings import Settings

    assert NEWSCRAWL_BROWSER is None
    assert browser(Settings({"NEWSCRAWL_BROWSER": "/opt/my/chrome"})) == "/opt/my/chrome"


@pytest.mark.slow
@needs_browser
def test_crawl_that_is_told_to_stop_does_not_wait_for_the_browser(folder: Path) -> None:
    pytest.importorskip("scrapy_playwright", reason="needs scrapy-playwright (pip install scrapy-playwright)")
    asked, ended = threading.Event(), threading.Event()

    def answer(path: str) -> Answer | str | None:
        if path == "/app.js":  # never answers while the crawl is on
            asked.set()
            ended.wait(600)
        return site(drawn([]))(path)

    with serve(answer) as server:
        command = ["-m", "scrapy", "crawl", "article", "-a", f"url={server.url('/story')}", "-O", "out.jsonl"]
        for name in (
            "SITES_DIR=sites",
            "ALLOW_PRIVATE=True",
            "STORE_ENABLED=False",
            "STOP_SECONDS=60",
            "RENDER_SECONDS=60",
        ):
            command += ["-s", f"NEWSCRAWL_{name}"]
        env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        env |= {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen([sys.executable, *command], cwd=folder, env=env, stderr=subprocess.PIPE, text=True)
        assert asked.wait(300)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=300)
        ended.set()
    assert "Traceback" not in said
    summary = json.loads(said.splitlines()[-1])
    assert (summary["finish_reason"], summary["failures"]) == ("shutdown", {})  # it was not seen, so it comes again
    assert not (folder / "failures.jsonl").exists()


@pytest.mark.slow
@needs_browser
def test_cookies_in_the_browser_go_to_the_site_alone(folder: Path) -> None:
    pytest.importorskip("scrapy_playwright", reason="needs scrapy-playwright (pip install scrapy-playwright)")
    log: list[tuple[str, str | None]] = []

    class Paper(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            log.append((self.headers["Host"].partition(":")[0] + self.path, self.headers["Cookie"]))
            other = f"http://localhost:{self.server.server_address[1]}/other"
            answer = {**drawn([other]), "/robots.txt": "User-agent: *\nAllow: /\n"}.get(self.path, "")
            answer = Answer(answer) if isinstance(answer, str) else answer
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            self.send_response(200)
            self.send_header("Content-Type", (answer.headers or {"Content-Type": HTML})["Content-Type"])
            self.send_header("Set-Cookie", "theirs=1; Path=/")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    (folder / "sites/127.0.0.1.toml").write_text('render = true\ncookies = "mine.txt"\n')
    rows = ("127.0.0.1\tFALSE\t/\tFALSE\t0\tmine\ts3cret", "localhost\tFALSE\t/\tFALSE\t0\tother\ts3cret")
    (folder / "sites/mine.txt").write_text("\n".join(rows))
    with ThreadingHTTPServer(("127.0.0.1", 0), Paper) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        run = render(folder, f"http://127.0.0.1:{server.server_address[1]}/story")
        server.shutdown()
    assert [line["headline"] for line in run.lines] == ["Ferry drawn by script"], run.err
    got = dict(log)
    assert got["127.0.0.1/story"] == "mine=s3cret"
    assert "mine=s3cret" in (got["127.0.0.1/api/story?drawn"] or "")
    assert got["localhost/other"] is None
    assert "s3cret" not in run.err
