"""An explanation as a page that stands alone: no script, nothing loaded, all text escaped."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from newscrawl.report.date_evidence import evidence_line
from newscrawl.report.explain.model import Explanation, ReportPiece, in_place
from newscrawl.report.explain.terminal import evidence
from newscrawl.report.page import kind_name, number, render, safe_language, write_page
from newscrawl.report.reasons import Meaning, meaning

_FACTS = (
    ("Authors", "authors"), ("Organisations", "author_organizations"), ("Source", "source"),
    ("Publisher", "publisher"), ("Section", "article_section"),
    ("Language", "in_language"), ("Duplicate of", "duplicate_of"),
)  # fmt: skip
_LABELS = {
    "body": "article text",
    "headline": "headline",
    "standfirst": "standfirst",
    "byline": "byline",
    "date_line": "date line",
    "caption": "caption",
    "out": "outside the article",
}


def write(explanation: Explanation, path: Path) -> None:
    """Write the page of an explanation; raises `OSError` where that cannot be done."""
    write_page(page(explanation), path)


def page(explanation: Explanation) -> str:
    """Return the page of an explanation."""
    record = explanation.record
    removed = record["removed"]
    values = ((label, record[name]) for label, name in _FACTS)
    return render(
        "explain.html.j2",
        record=record,
        language=safe_language(record["in_language"]),
        dates={name: evidence_line(record["date_evidence"].get(name)) for name in ("date_published", "date_modified")},
        facts=[(label, ", ".join(value) if isinstance(value, list) else value) for label, value in values if value]
        + ([("Confidence", explanation.confidence)] if explanation.confidence else []),
        summary=_summary(record),
        article=list(in_place(record["blocks"], removed)),
        meanings=[meaning(removal["rule"], explanation.sites) for removal in removed],
        why=[_why(explanation, index) for index in range(len(removed))],
        pieces=[_shown(piece, removed) for piece in explanation.pieces],
    )


def _summary(record: dict[str, Any]) -> str:
    kept = sum(len(block["text"]) for block in record["blocks"])
    removed = record["removed"]
    line = f"{number(kept)} characters of text in {number(len(record['blocks']))} blocks. "
    if not removed:
        return line + "Nothing was removed from within it."
    kinds = ", ".join(f"{kind_name(kind)} {count}" for kind, count in Counter(r["kind"] for r in removed).most_common())
    taken = sum(len(removal["text"]) for removal in removed)
    return f"{line}Removed: {len(removed)} with {number(taken)} characters ({kinds})."


def _why(explanation: Explanation, index: int) -> str:
    told: Meaning = meaning(explanation.record["removed"][index]["rule"], explanation.sites)
    return "; ".join(part for part in (told.detail, evidence(explanation.pieces, index)) if part)


def _shown(piece: ReportPiece, removed: list[dict[str, Any]]) -> dict[str, Any]:
    label, css = _LABELS[piece.part], "boilerplate"
    if piece.removal is not None:
        label, css = f"removed: {removed[piece.removal]['kind']}", "gone"
    elif piece.part == "body":
        css = "kept"
    elif piece.part in ("headline", "standfirst"):
        css = "taken"
    return {"label": label, "css": css, "place": piece.place, "chance": piece.chance, "text": piece.text}
