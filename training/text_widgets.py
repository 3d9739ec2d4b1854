"""Texts of real widgets for training/text_lines.py."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newscrawl.extraction.segments.elements import is_heading
from newscrawl.extraction.segments.model import Segment
from newscrawl.widgets.lexicon import default_lexicon
from newscrawl.widgets.rules import load_languages
from training.data import group, pages

SETS = ("aeb", "fundus", "wcxb", "daniel")
MAX_LINES, MAX_WORDS, MAX_LINE_WORDS = 15, 140, 50


@dataclass(frozen=True)
class Widget:
    """A widget's lines; ``marked``: they are Markdown already."""

    id: str
    language: str
    text: str
    marked: bool
    weight: float = 1.0


def rows(path: Path) -> Iterator[dict]:
    """Yield the rows of a JSON Lines file."""
    for line in path.open(encoding="utf-8"):
        yield json.loads(line)


def widgets(folder: Path) -> list[Widget]:
    """The reviewed widgets, as plain lines and, where there are such, as Markdown; each rule's example; found ones."""
    seen: dict[str, Widget] = {}
    for row in rows(folder / "widgets.cases.jsonl"):
        if row["mode"] == "base" or row["mode"].startswith("innocent"):
            continue
        own = row.get("widgets") or []
        for i, text in enumerate(row["widget_texts"]):
            name = re.sub(r"-(plain|md)$", "", own[i]["id"]) if i < len(own) else f"{row['id']}-{i}"
            language = name.split("-")[-2] if i < len(own) else row["lang"]
            marked = row["mode"].endswith("_md")
            if text.strip() and len(text) < 3000:
                seen.setdefault(f"{name} {marked}", Widget(name, language, text.strip("\n"), marked))
    for file in load_languages():
        for rule in file.rules:
            if rule.strength in ("label", "strong"):
                seen[rule.id] = Widget(rule.id, file.language, rule.case, False, 0.2)
    return [*seen.values(), *found(folder)]


def found(folder: Path) -> list[Widget]:
    """Runs of lines that stood within the article of a page, are not of its text, and hold a widget's words."""
    out: dict[str, Widget] = {}
    languages = {r["url"]: (r.get("lang") or "en")[:2] for name in SETS for r in rows(folder / f"{name}.truth.jsonl")}
    for page in pages(folder, list(SETS)):
        inside = [i for i, label in enumerate(page.labels) if label == 1.0]
        run: list[Segment] = []
        for i in range(inside[0], inside[-1] + 2):
            if i <= inside[-1] and page.labels[i] == 0.0:
                run.append(page.segments[i])
                continue
            if run and _is_widget(run):
                language = languages[page.url]
                for marked in (False, True):
                    text = ("\n\n" if marked else "\n").join(_line(s, marked) for s in run)
                    out.setdefault(text, Widget(f"found {group(page.url)}", language, text, marked, 0.35))
            run = []
    return list(out.values())


def _is_widget(run: list[Segment]) -> bool:
    sizes = [len(segment.text.split()) for segment in run]
    if len(run) > MAX_LINES or sum(sizes) > MAX_WORDS or max(sizes) > MAX_LINE_WORDS:
        return False
    telling = [any(h.strength in ("label", "strong", "lead") for h in default_lexicon().hits(s.text)) for s in run]
    return sum(telling) >= max(1, 0.3 * len(run))


def _line(segment: Segment, marked: bool) -> str:
    if not marked:
        return segment.text
    text = f"[{segment.text}](#)" if segment.link_chars > 0.8 * len(segment.text) else segment.text
    if is_heading(segment):
        return f"### {text}"
    return f"- {text}" if segment.frame.tag == "li" else text
