"""A small sample newspaper: pages written for this project, and a server that shows them on loopback.

Names, places and events in the pages are invented. tests/golden/sample holds what a perfect crawl makes of them.
"""

from __future__ import annotations

from importlib import resources


def pages() -> dict[str, bytes]:
    """Return the pages by name."""
    folder = resources.files(__package__) / "pages"
    return {
        file.name.removesuffix(".html"): file.read_bytes()
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".html")
    }
