"""An explanation for a person at a terminal; plain where the output is no terminal."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich.console import Console
from rich.text import Text

from newscrawl.report.date_evidence import evidence_line
from newscrawl.report.explain.model import Explanation, ReportPiece, in_place
from newscrawl.report.page import kind_name
from newscrawl.report.reasons import meaning
from newscrawl.text.normalise import collapse
from newscrawl.text.plain import one_line

_LINES = 12
_WIDEST = 100


def show(explanation: Explanation, console: Console) -> None:
    """Print an article with what was taken out of it, where it stood, and why."""
    width = min(console.width, _WIDEST)
    record = explanation.record
    _head(explanation, console, width)
    kept = 0
    for shown in in_place(record["blocks"], record["removed"]):
        if shown.removal is not None:
            _removal(explanation, shown.removal, console, width)
            continue
        assert shown.block is not None
        kept += len(shown.text)
        mark = (
            {"heading": "## ", "list_item": "• ", "quote": "> "}.get(shown.block["type"], "") if shown.first else "… "
        )
        style = "bold" if shown.block["type"] == "heading" else ""
        console.print(_cell(f"{mark}{shown.text}{'' if shown.last else ' …'}", style), width=width)
        console.print()
    _foot(record, kept, console, width)


def _head(explanation: Explanation, console: Console, width: int) -> None:
    record = explanation.record
    console.print(_cell(record["headline"] or "(no headline)", "bold"), width=width)
    console.print(_cell(record["url"], "dim"), soft_wrap=True)
    if record["not_article"]:
        console.print(_cell(f"not an article: {record['not_article']}", "bold red"), width=width)
    for name in ("date_published", "date_modified"):
        line = evidence_line(record["date_evidence"].get(name))
        value = record[name] or "unknown"
        console.print(_cell(f"{name}: {value}" + (f" ({line})" if line else "")), width=width)
    for name in ("authors", "author_organizations", "source", "publisher", "article_section", "in_language"):
        value = record[name]
        if value:
            console.print(_cell(f"{name}: {', '.join(value) if isinstance(value, list) else value}"), width=width)
    if explanation.confidence:
        console.print(_cell(f"confidence: {explanation.confidence}"), width=width)
    if record["duplicate_of"]:
        console.print(_cell(f"duplicate_of: {record['duplicate_of']}"), soft_wrap=True)
    if record["description"]:
        console.print(_cell(f"description: {record['description']}", "italic"), width=width)
    console.print()


def _removal(explanation: Explanation, index: int, console: Console, width: int) -> None:
    removal = explanation.record["removed"][index]
    title = f"− {removal['kind']}  {removal['rule']}  ({removal['level']})"
    if removal["split"]:
        title += "  it broke a sentence, which was mended"
    lines = [_cell(title, "bold red")]
    texts = removal["text"].split("\n")
    lines += [_cell(text, "red strike" if console.color_system else "") for text in texts[:_LINES]]
    if len(texts) > _LINES:
        lines.append(_cell(f"… and {len(texts) - _LINES} lines more"))
    told = str(meaning(removal["rule"], explanation.sites))
    why = "; ".join(part for part in (told, evidence(explanation.pieces, index)) if part)
    if why:
        lines.append(_cell(f"why: {why}", "dim"))
    for line in lines:
        for part in line.wrap(console, max(20, width - 4), overflow="ignore"):
            console.print(Text.assemble(("  │ ", "red"), part), soft_wrap=True)
    console.print()


def evidence(pieces: list[ReportPiece], index: int) -> str:
    """Return where on the page a removal stood and what the models thought of it; ``""`` where that is not known."""
    own = [piece for piece in pieces if piece.removal == index]
    if not own:
        return ""
    chance = max(piece.chance for piece in own)
    return f"it stood in {own[0].place}; article text by the models at most {chance:.0%}"


def _foot(record: dict[str, Any], kept: int, console: Console, width: int) -> None:
    removed = record["removed"]
    if not removed:
        console.print(_cell(f"{kept} characters of text; nothing was removed from within it"), width=width)
        return
    taken = sum(len(removal["text"]) for removal in removed)
    kinds = ", ".join(f"{kind_name(kind)} {count}" for kind, count in Counter(r["kind"] for r in removed).most_common())
    line = f"{kept} characters of text; removed: {len(removed)} with {taken} characters ({kinds})"
    console.print(_cell(line, "bold"), width=width)


def _cell(text: object, style: str = "") -> Text:
    """Return the text as it stands: what a page says is never taken for markup or a control sequence."""
    return Text(one_line(collapse(str(text)), 20_000), style=style)
