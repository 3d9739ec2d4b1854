"""Train on the sample newspaper and prove that the pipeline works: labels, features, folds, model files.

usage: python -m training.check
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from math import isfinite
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.extraction.confidence.page import PAGE
from newscrawl.extraction.segments.context import context_names
from newscrawl.extraction.segments.features import names
from newscrawl.parsing.trees import ObliviousTrees
from newscrawl.sample import pages
from training.blocks import main as train
from training.confidence import main as train_confidence

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


def check_confidence(folder: Path, plot: Path, count: int) -> list[str]:
    """Return what is wrong with the model of `confidence` and its plot."""
    model = json.loads((folder / "confidence_page.json").read_text(encoding="utf-8"))
    faults = []
    if tuple(model["names"]) != PAGE or not all(map(isfinite, [*model["weights"], model["bias"]])):
        faults.append("confidence: its signals are not those of the code, or no numbers")
    if model["about"]["cross_validated"]["sets"]["sample"]["bodies"] != count:
        faults.append(f"confidence: not trained on {count} pages")
    if "<svg" not in plot.read_text(encoding="utf-8"):
        faults.append("confidence: no plot")
    return faults


def main() -> int:
    """Train, check, print; return 1 where something is wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = write_archive(folder)
        models, folds = folder / "models", folder / "folds"
        options = ["--sets", "sample", "--out", str(models)]
        train([name, *options, "--iterations", "40", "--folds", "2", "--keep-folds", str(folds)])
        plot = folder / "confidence.svg"
        train_confidence([name, *options, "--folds", str(folds), "--no-texts", "--plot", str(plot)])
        faults = check(models, count) + check_confidence(models, plot, count)
    print("\n".join(faults) or f"trained on {count} pages: all well")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
