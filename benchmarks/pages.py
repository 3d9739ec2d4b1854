"""The pages that are measured: archives of the evaluation, else the sample newspaper."""

from __future__ import annotations

import os
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SETS = ("fundus", "aeb")
SAMPLE = Path(__file__).parent.parent / "newscrawl" / "sample" / "pages"
Page = tuple[str, bytes]


def load(limit: int, sets: Sequence[str] = SETS) -> tuple[str, list[Page]]:
    """Where the pages are from, and at most ``limit`` (address, body), spread evenly over what there is."""
    folder = Path(os.environ.get("NEWSCRAWL_EVAL_DIR", "")) / "data"
    pages: list[Page] = []
    for path in (folder / f"{name}.warc.gz" for name in sets):
        if path.is_file():
            with path.open("rb") as file:
                for record in ArchiveIterator(file):
                    if record.rec_type == "response":
                        pages.append((record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read()))
    if not pages:
        found = [p.read_bytes() for p in sorted(SAMPLE.rglob("*.html"))]
        return "sample newspaper", [(f"https://news.example/{n}", found[n % len(found)]) for n in range(limit)]
    step = max(1, len(pages) // limit)
    return " and ".join(sets), pages[::step][:limit]


def write_warc(pages: list[Page], path: Path) -> None:
    """Write pages as a WARC file, each under an address of its own."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, (url, body) in enumerate(pages):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            address = f"{url}{'&' if '?' in url else '?'}n={number}"
            record = writer.create_warc_record(address, "response", payload=BytesIO(body), http_headers=head)
            writer.write_record(record)


def heavy() -> dict[str, bytes]:
    """Pages that are no fun: 40,000 links, and a table of 1 MB."""
    links = b"".join(b'<li><a href="/%d">Link number %d</a></li>' % (n, n) for n in range(40_000))
    rows = b"".join(b"<tr><td>%d</td><td>Some words of a cell</td></tr>" % n for n in range(21_000))
    page = b"<html><body><article><h1>A title</h1><p>A paragraph, of some length.</p>%s</article></body></html>"
    return {
        "40,000 links": page % (b"<ul>" + links + b"</ul>"),
        "a table of 1 MB": page % (b"<table>" + rows + b"</table>"),
    }
