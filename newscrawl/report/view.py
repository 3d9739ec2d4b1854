"""What was gathered, as the values that the template shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from newscrawl.report import charts
from newscrawl.report.browser import CHUNK, whole
from newscrawl.report.build import Gathered
from newscrawl.report.doubtful import Doubt
from newscrawl.report.explain.model import ShownText, in_place
from newscrawl.report.facts import COVERED, ZONES
from newscrawl.report.page import embed, kind_name, render, safe_language
from newscrawl.report.reasons import Meaning, meaning
from newscrawl.report.removals import is_moved
from newscrawl.report.sites import Site
from newscrawl.report.timeline import timeline
from newscrawl.sites.site_files import SiteFiles

_SERIES = charts.COLOURS - 1
_SITES = 60
_HEAT = 12
_RULES = 80
_HOSTS = 40
_STEPS = 40
_ZONE_LABELS = {
    "given": "offset given by the page",
    "site": "offset of the site",
    "assumed": "offset assumed",
    "day alone": "a day without a time",
    "none": "no date found",
}


def page(found: Gathered, made: str, sites: SiteFiles | None = None) -> str:
    """Return the report's page; ``made`` says when it was made, ``sites`` has the reasons of site rules."""
    doubtful = found.doubtful.ranked()
    first = {number: record for number, _, record in doubtful} | found.sample.records()
    chosen = dict(sorted(list(first.items())[: found.sample.size]))
    meanings = {rule.rule: meaning(rule.rule, sites) for rule in found.removals.rules.values()}
    full = [whole(record) for record in chosen.values()]
    index = {
        **found.index.columns,
        "sites": list(found.index.sites),
        "kindNames": list(found.index.kinds),
        "zones": ZONES,
        "files": [str(path) for path in found.files],
        "full": list(chosen),
        "chunk": CHUNK,
        "meanings": meanings,
        "moved": sorted({rule.kind for rule in found.removals.rules.values() if is_moved({"kind": rule.kind})}),
    }
    return render(
        "report.html.j2",
        script="report.js",
        made=made,
        found=found,
        total=found.articles,
        full_count=len(full),
        span=_span(found),
        dated=found.articles - found.zones["none"],
        doubtful=[_doubtful(number, doubt, record) for number, doubt, record in doubtful],
        meanings=meanings,
        over_time=_over_time(found),
        sites=_sites(found),
        coverage=_coverage(found),
        coverage_names=COVERED,
        heat=_heat(found),
        zones=_zones(found),
        sources=_shares(found.sources.most_common(), found.articles),
        kinds=_kinds(found),
        rules=_rules(found, meanings, moved=False),
        moved=_rules(found, meanings, moved=True),
        rule_count=sum(not is_moved({"kind": rule.kind}) for rule in found.removals.rules.values()),
        duplicates=_duplicates(found),
        not_articles=_shares(found.troubles.not_articles.most_common(30), found.troubles.not_articles.total()),
        failures=_shares(found.troubles.reasons.most_common(30), found.troubles.reasons.total()),
        hosts=found.troubles.in_trouble()[:_HOSTS],
        index=embed(index),
        chunks=[embed(full[at : at + CHUNK]) for at in range(0, len(full), CHUNK)],
    )


def _span(found: Gathered) -> str:
    steps = timeline(found.days)
    if steps is None:
        return ""
    inside = [day for day in found.days if 0 <= steps.place(day) < len(steps.starts)]
    return f"{min(inside).isoformat()} to {max(inside).isoformat()}"


def _ranked(found: Gathered) -> list[Site]:
    return sorted(found.sites.values(), key=lambda site: (-site.articles, site.name))


def _over_time(found: Gathered) -> dict[str, Any] | None:
    steps = timeline(found.days)
    if steps is None:
        return None
    ranked = _ranked(found)
    single, rest = (ranked, []) if len(ranked) <= _SERIES + 1 else (ranked[:_SERIES], ranked[_SERIES:])
    names = [site.name for site in single] + ([f"{len(rest)} other sites"] if rest else [])
    series = [steps.counts(site.days) for site in single]
    if rest:
        series.append(steps.counts(sum((site.days for site in rest), Counter())))
    labels = [steps.label(step) for step in range(len(steps.starts))]
    sums = [sum(values[step] for values in series) for step in range(len(labels))]
    middle = [labels[len(labels) // 2]] if len(labels) > 2 else []
    return {
        "unit": steps.unit,
        "chart": charts.stacked_bars(series, labels, names),
        "max": max(sums),
        "labels": [labels[0], *middle, *([labels[-1]] if len(labels) > 1 else [])],
        "legend": [
            (charts.swatch(index), name, sum(values))
            for index, (name, values) in enumerate(zip(names, series, strict=True))
        ],
        "rows": [
            (label, [values[step] for values in series], sums[step]) for step, label in enumerate(labels) if sums[step]
        ],
        "names": names,
        "outside": steps.outside,
        "undated": found.zones["none"],
        "steps": steps,
    }


def _sites(found: Gathered) -> dict[str, Any]:
    steps = timeline(found.days)
    rows = []
    ranked = sorted(_ranked(found), key=lambda site: not site.notes)
    for site in ranked[:_SITES]:
        values = steps.counts(site.days) if steps is not None else []
        words = sorted(facts.words for facts in site.facts)
        rows.append(
            {
                "name": site.name,
                "articles": site.articles,
                "first": site.first,
                "last": site.last,
                "words": words[len(words) // 2],
                "removed": sum(facts.removed for facts in site.facts) / site.articles,
                "dated": site.days.total() / site.articles,
                "notes": site.notes,
                "spark": charts.spark(values),
            }
        )
    return {"rows": rows, "more": max(0, len(ranked) - _SITES), "noted": sum(bool(site.notes) for site in ranked)}


def _coverage(found: Gathered) -> list[dict[str, Any]]:
    total = max(1, found.articles)
    rows = []
    for bit, name in enumerate(COVERED):
        count = sum(facts.fields >> bit & 1 for site in found.sites.values() for facts in site.facts)
        rows.append({"name": name, "count": count, "share": count / total, "bar": charts.bar(count / total)})
    return sorted(rows, key=lambda row: -row["count"])


def _heat(found: Gathered) -> list[tuple[str, list[tuple[float, str]]]]:
    rows = []
    for site in _ranked(found)[:_HEAT]:
        shares = [site.coverage(bit) for bit in range(len(COVERED))]
        rows.append((site.name, [(share, _shade(share)) for share in shares]))
    return rows


def _shade(share: float) -> str:
    return "h0" if share < 0.1 else "h1" if share < 0.6 else "h3" if share > 0.95 else "h2"


def _zones(found: Gathered) -> dict[str, Any]:
    counts = [found.zones[zone] for zone in ZONES]
    total = max(1, found.articles)
    return {
        "chart": charts.stack(counts),
        "rows": [
            (charts.swatch(index), _ZONE_LABELS[zone], count, count / total)
            for index, (zone, count) in enumerate(zip(ZONES, counts, strict=True))
        ],
    }


def _shares(counts: list[tuple[str, int]], total: int) -> list[dict[str, Any]]:
    highest = max((count for _, count in counts), default=1) or 1
    return [
        {"name": name, "count": count, "share": count / max(1, total), "bar": charts.bar(count / highest)}
        for name, count in counts
    ]


def _kinds(found: Gathered) -> list[dict[str, Any]]:
    kinds = [row for row in found.removals.kinds() if not is_moved({"kind": row[0]})]
    highest = max((count for _, count, _ in kinds), default=1)
    return [
        {"name": kind_name(kind), "count": count, "characters": characters, "bar": charts.bar(count / highest, 1)}
        for kind, count, characters in kinds
    ]


def _rules(found: Gathered, meanings: Mapping[str, Meaning], *, moved: bool) -> list[dict[str, Any]]:
    return [
        {
            "kind": rule.kind,
            "rule": rule.rule,
            "level": rule.level,
            "meaning": meanings[rule.rule],
            "count": rule.count,
            "split": rule.split,
            "sites": len(rule.sites),
            "examples": rule.examples,
        }
        for rule in [rule for rule in found.removals.by_rule() if is_moved({"kind": rule.kind}) == moved][:_RULES]
    ]


def _doubtful(number: int, doubt: Doubt, record: dict[str, Any]) -> dict[str, Any]:
    """Return an article with its removals in place, and of its text only the blocks beside them."""
    steps = list(in_place(record["blocks"], record["removed"]))
    taken = [step.removal is not None and not is_moved(record["removed"][step.removal]) for step in steps]
    if not any(taken):
        taken[:2] = [True] * len(taken[:2])  # nothing was removed: its beginning is shown
    shown: list[ShownText | int] = []
    for at, step in enumerate(steps):
        if any(taken[max(0, at - 1) : at + 2]) and len(shown) < _STEPS:
            shown.append(step)
        elif shown and isinstance(shown[-1], int):
            shown[-1] += 1
        else:
            shown.append(1)
    return {
        "number": number,
        "why": ", ".join(doubt.reasons),
        "record": record,
        "language": safe_language(record["in_language"]),
        "steps": shown,
        "taken": sum(not is_moved(removal) for removal in record["removed"]),
    }


def _duplicates(found: Gathered) -> list[dict[str, Any]]:
    titles, sites = found.index.columns["title"], found.index.columns["site"]
    names = list(found.index.sites)
    return [
        {
            "number": entry.number,
            "title": titles[entry.number],
            "site": names[sites[entry.number]],
            "of": entry.of or (titles[entry.first] if entry.first is not None else ""),
            "of_site": names[sites[entry.first]] if entry.first is not None else "",
            "first": entry.first,
            "declared": bool(entry.of),
        }
        for entry in found.duplicates
    ]
