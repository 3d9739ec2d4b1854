"""Compare two forms of the code by digests of what the pass makes of the evaluation's pages and texts, in one process.

    python -m tests.digests [--sets aeb fundus …] [--every N] [--save FILE] [--against FILE] [--both]

Quicker than `tests.same`, since no crawl is run: one digest a document, over its record, clean document, next page and
pieces for the site's memory. ``--against``: exit code 1 where a digest differs from the file's. ``--both``: compare
plain Python with what `make fast` compiled, side by side.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from newscrawl.compiled import form
from newscrawl.extraction import extract
from newscrawl.extraction.complete import finish
from newscrawl.extraction.document import Document
from newscrawl.site_memory.memory import SiteView
from tests.same import EVAL_DATA, runs


def documents(spider: str, source: Path, every: int) -> Iterator[Document]:
    """Yield each ``every``-th document of a set."""
    if spider == "corpus":
        with source.open(encoding="utf-8") as lines:
            for row in (json.loads(line) for number, line in enumerate(lines) if number % every == 0):
                body, media = row["text"].encode("utf-8", "replace"), "text"
                facts = {key: value for key, value in row.items() if isinstance(value, str) and key != "text"}
                yield Document(row.get("url", ""), body, media, "text/plain; charset=utf-8", facts=facts)
        return
    with source.open("rb") as file:
        responses = (record for record in ArchiveIterator(file) if record.rec_type == "response")
        for number, record in enumerate(responses):
            if number % every == 0:
                headers = record.rec_headers
                yield Document(
                    headers.get_header("WARC-Target-URI"),
                    record.content_stream().read(),
                    content_type=record.http_headers.get_header("Content-Type"),
                    fetched_at=headers.get_header("WARC-Date"),
                    memory=SiteView(),  # so that there are pieces to compare
                )


def digest(document: Document) -> str:
    """Return the digest of all that the pass makes of a document."""
    found = extract(document)
    article = asdict(finish(found.article))
    pieces = [repr(piece) for piece in found.pieces]
    whole = json.dumps([article, found.next_page, found.refused, pieces], ensure_ascii=True, default=repr)
    return hashlib.sha256(whole.encode() + found.body).hexdigest()[:16]


def both(arguments: list[str]) -> int:
    """Make the digests in both forms, each in a process of its own; return the exit code of their comparison."""
    command = [sys.executable, "-m", "tests.digests", *(a for a in arguments if a != "--both")]
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / name for name in ("plain", "compiled")}
        running = [
            subprocess.Popen(
                [*command, "--save", str(path)],
                env={**os.environ, "NEWSCRAWL_PLAIN": "1" if name == "plain" else "0"},
                stdout=None if name == "compiled" else subprocess.DEVNULL,
            )
            for name, path in files.items()
        ]
        if sum(process.wait() for process in running):
            return 1
        plain, compiled = (json.loads(path.read_text(encoding="utf-8")) for path in files.values())
    if (plain.pop("form"), compiled.pop("form")) != ("plain", "compiled"):
        print("nothing to compare: the modules are not compiled, or not of these sources (make fast)")
        return 1
    return compare(plain, compiled)


def compare(before: dict[str, str], after: dict[str, str]) -> int:
    """Print which digests differ; return the exit code."""
    different = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    print(f"{len(different)} of {len(after)} differ", *different[:20], sep="\n    ")
    return 1 if different else 0


def main() -> int:
    """Print a digest a set, save or compare those of the documents, return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="*", default=[], help="sets to read (default: all)")
    parser.add_argument("--every", type=int, default=1, help="read each Nth document only")
    parser.add_argument("--save", type=Path, help="file for the digests of all documents")
    parser.add_argument("--against", type=Path, help="file of digests to compare with")
    parser.add_argument("--both", action="store_true", help="compare the plain with the compiled form")
    arguments = parser.parse_args()
    if not EVAL_DATA.is_dir():
        print(f"skipped: there are no evaluation pages in {EVAL_DATA} (set NEWSCRAWL_EVAL_DIR)")
        return 0
    if arguments.both:
        return both(sys.argv[1:])
    found: dict[str, str] = {}
    for spider, name, source in runs(arguments.sets):
        of_set = {
            f"{name} {number} {document.url}": digest(document)
            for number, document in enumerate(documents(spider, source, arguments.every))
        }
        found |= of_set
        print(f"{name:15} {len(of_set):5} {hashlib.sha256(''.join(of_set.values()).encode()).hexdigest()[:16]}")
    if arguments.save:
        arguments.save.write_text(json.dumps({"form": form(), **found}, indent=0), encoding="utf-8")
    if arguments.against:
        before = json.loads(arguments.against.read_text(encoding="utf-8"))
        before.pop("form", None)
        return compare(before, found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
