"""Train on the sample newspaper and prove that the pipeline works: labels, features, folds, model files.

usage: python -m training.check
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.extraction.segments.features import names
from newscrawl.extraction.segments.scores import context_names
from newscrawl.parsing.trees import ObliviousTrees
from newscrawl.sample import pages
from training.blocks import main as train

GOLDEN = Path(__file__).parent.parent / "tests" / "golden" / "sample"
_LEAST = 0.9
"""F1 over the characters of the pages trained on."""


def write_archive(folder: Path) -> int:
    """Write the sample's pages, each under a host of its own, and their truth; return their number."""
    count = 0
    with (folder / "sample.warc.gz").open("wb") as stream, (folder / "sample.truth.jsonl").open("w") as truth:
        writer = WARCWriter(stream, gzip=True)
        for name, body in pages().items():
            url = f"https://{name}.example/article"
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            record = writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers)
            writer.write_record(record)
            blocks = json.loads((GOLDEN / name / "article.json").read_text(encoding="utf-8"))["blocks"]
            text = "\n".join(block["text"] for block in blocks)
            truth.write(json.dumps({"url": url, "truth": {"body": text}}) + "\n")
            count += 1
    return count


def check(folder: Path, count: int) -> list[str]:
    """Return what is wrong with the model files in a folder."""
    faults = []
    for name, wanted in (("segments", names()), ("segments_context", context_names())):
        model = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        about = model["about"]
        if ObliviousTrees.from_dict(model).names != wanted:
            faults.append(f"{name}: its features are not those of the code")
        if about["pages"] != {"sample": count}:
            faults.append(f"{name}: trained on {about['pages']}, not on {count} pages")
        if len(about["data"]) != 64 or not about["commit"]:
            faults.append(f"{name}: no hash of the data or no commit")
        if about["trained_on"]["sample"]["f1"] < _LEAST:
            faults.append(f"{name}: F1 {about['trained_on']['sample']['f1']} on the pages it was trained on")
    if not json.loads((folder / "names.json").read_text(encoding="utf-8"))["odds"]:
        faults.append("names: no word has odds")
    return faults


def main() -> int:
    """Train, check, print; return 1 where something is wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = write_archive(folder)
        train([name, "--sets", "sample", "--iterations", "40", "--folds", "2", "--out", str(folder / "models")])
        faults = check(folder / "models", count)
    print("\n".join(faults) or f"trained on {count} pages: all well")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
