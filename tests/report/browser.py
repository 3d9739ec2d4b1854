"""A headless Chromium for tests, and axe-core from the npm registry."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

AXE = "4.14.1"


@contextmanager
def chromium(width: int = 1280, height: int = 900, *, dark: bool = False) -> Iterator[Any]:
    """Start Chromium; skips the test where there is none."""
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("needs chromium and chromium-driver (apt-get install chromium chromium-driver)")
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium")
    options = webdriver.ChromeOptions()
    for option in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(option)
    options.binary_location = binary
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        browser.set_script_timeout(300)  # axe-core takes a second, and on a busy machine many
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme, still]})
        yield browser
    finally:
        browser.quit()


def until(browser: Any, is_so: Callable[[Any], object]) -> None:
    """Wait until the page is so; raises selenium's TimeoutException where it never is."""
    from selenium.common.exceptions import StaleElementReferenceException
    from selenium.webdriver.support.wait import WebDriverWait

    WebDriverWait(browser, 60, 0.05, ignored_exceptions=[StaleElementReferenceException]).until(is_so)


def computed(browser: Any) -> float:
    """Return the seconds that the page has computed until now: what other programs do meanwhile is no part of them."""
    browser.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
    metrics = browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return next(float(metric["value"]) for metric in metrics if metric["name"] == "TaskDuration")


def axe(cache: Path) -> str:
    """Return the program of axe-core, kept in ``cache``; skips the test where npm cannot fetch it."""
    package = cache / f"axe-core-{AXE}.tgz"
    if not package.exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("axe-core is not here, and there is no npm to fetch it")
        fetch = [npm, "pack", f"axe-core@{AXE}", "--fetch-retries=0", "--fetch-timeout=60000"]
        try:
            with tempfile.TemporaryDirectory(dir=cache) as folder:
                subprocess.run(fetch, cwd=folder, capture_output=True, timeout=120, check=True)
                (Path(folder) / package.name).rename(package)  # whole, whatever is cut off
        except (OSError, subprocess.SubprocessError):
            pytest.skip("axe-core cannot be fetched from the npm registry")
    with tarfile.open(package) as archive:
        file = archive.extractfile("package/axe.min.js")
        assert file is not None
        return file.read().decode("utf-8")


def faults(browser: Any, program: str) -> list[str]:
    """Return what axe-core finds wrong with the page as it stands, against WCAG 2.2 AA and its best practices."""
    browser.execute_script(program)
    found = browser.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        ".then((result) => done(result.violations), (error) => done([{id: String(error), nodes: []}]))"
    )
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"] or [{"html": ""}]]
