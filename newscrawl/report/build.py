"""From lines to the report's page, in one walk over them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newscrawl.record.completion import UNSURE
from newscrawl.record.reading import read_records
from newscrawl.report import FULL
from newscrawl.report.browser import ArticleIndex
from newscrawl.report.doubtful import Doubtful
from newscrawl.report.facts import Facts, facts_of
from newscrawl.report.hosts import Troubles
from newscrawl.report.removals import Removals
from newscrawl.report.sampling import Sample
from newscrawl.report.sites import Site, note_change, note_silence
from newscrawl.report.timeline import day_of

_SHOWN = 25


@dataclass(slots=True)
class Duplicate:
    """An article that repeats another: both their numbers (``first``: ``None`` where only its URL is known)."""

    number: int
    of: str
    first: int | None


@dataclass(slots=True)
class Gathered:
    """All that the page shows, before it is put into sentences and charts."""

    files: list[Path]
    index: ArticleIndex
    sample: Sample
    removals: Removals = field(default_factory=Removals)
    troubles: Troubles = field(default_factory=Troubles)
    sites: dict[str, Site] = field(default_factory=dict)
    days: Counter[dt.date] = field(default_factory=Counter)
    doubtful: Doubtful = field(default_factory=Doubtful)
    zones: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    disagreed: int = 0
    mended: int = 0
    updates: int = 0
    duplicates: list[Duplicate] = field(default_factory=list)
    duplicate_count: int = 0
    unreadable: int = 0
    unsure: int = 0
    surer: int = 0
    """Records that a limit of the confidence left out."""
    newest_fetch: str = ""
    _hashes: dict[str, int] = field(default_factory=dict)
    _urls: dict[str, int] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        """How many records there are."""
        return len(self.index.columns["title"])

    def add(self, record: dict[str, Any], file: int, line: int) -> None:
        """Count a record."""
        facts = facts_of(record)
        number = self.index.add(record, facts, file, line)
        site = self.sites.get(facts.site)
        if site is None:
            site = self.sites[facts.site] = Site(facts.site)
        site.add(facts)
        self.removals.add(record, number, facts.site)
        self.sample.add(number, record, facts.site)
        self.doubtful.add(number, record)
        self._dates(record, facts)
        self._duplicate(record, number)
        if record["not_article"]:
            self.troubles.not_articles[record["not_article"]] += 1
        self.languages[(record["in_language"] or "unknown").split("-")[0]] += 1
        self.updates += record["version"] > 1
        self.unsure += record["confidence"] is not None and record["confidence"] < UNSURE
        if record["fetched_at"] and record["fetched_at"] > self.newest_fetch:
            self.newest_fetch = record["fetched_at"]

    def _dates(self, record: dict[str, Any], facts: Facts) -> None:
        self.zones[facts.zone] += 1
        if (day := day_of(facts.day)) is not None:
            self.days[day] += 1
        evidence = record["date_evidence"]["date_published"]
        if evidence and record["date_published"]:
            self.sources[str(evidence.get("source"))] += 1
            self.disagreed += bool(evidence.get("disagreed"))
            self.mended += bool(evidence.get("mended"))

    def _duplicate(self, record: dict[str, Any], number: int) -> None:
        self._urls.setdefault(record["url"], number)
        of, first = record["duplicate_of"], None
        digest = record["content_hash"]
        if of:
            first = self._urls.get(of)
        elif digest and record["blocks"]:
            first = self._hashes.setdefault(digest, number)
            if first == number:
                return
            of = ""
        else:
            return
        self.duplicate_count += 1
        if len(self.duplicates) < _SHOWN:
            self.duplicates.append(Duplicate(number, of, first))


def gather(paths: Iterable[Path], full: int = FULL, below: float | None = None) -> Gathered:
    """Read lines of output and the lists beside them; raises `OSError` where a file cannot be read.

    ``below``: only the records whose confidence is lower.
    """
    files = list(paths)
    found = Gathered(files, ArticleIndex(), Sample(full))
    for number, path in enumerate(files):
        for line, record in read_records(path):
            if record is None:
                found.unreadable += 1
            elif below is not None and (record["confidence"] is None or record["confidence"] >= below):
                found.surer += 1
            else:
                found.add(record, number, line)
    for folder in dict.fromkeys(path.absolute().parent for path in files):
        found.troubles.read(folder)
    newest = day_of(found.newest_fetch) or max(found.days, default=None)
    for site in found.sites.values():
        note_silence(site, newest)
        note_change(site)
    return found
