"""What was gathered, as the values that the template shows."""

from __future__ import annotations

from typing import Any

from newscrawl.report import charts
from newscrawl.report.browser import CHUNK, whole
from newscrawl.report.build import Gathered
from newscrawl.report.facts import COVERED, ZONES
from newscrawl.report.page import embed, render
from newscrawl.report.reasons import reason
from newscrawl.report.sites import Site
from newscrawl.report.timeline import timeline

_SERIES = charts.COLOURS - 1
_SITES = 60
_HEAT = 12
_RULES = 80
_HOSTS = 40
_ZONE_LABELS = {
    "given": "offset given by the page",
    "site": "offset of the site",
    "assumed": "offset assumed",
    "day alone": "a day without a time",
    "none": "no date found",
}


def page(found: Gathered, made: str) -> str:
    """Return the report's page; ``made`` says when it was made."""
    chosen = found.sample.records()
    full = [whole(record) for record in chosen.values()]
    index = {
        **found.index.columns,
        "sites": list(found.index.sites),
        "kindNames": list(found.index.kinds),
        "zones": ZONES,
        "files": [str(path) for path in found.files],
        "full": list(chosen),
        "chunk": CHUNK,
        "reasons": {rule.rule: reason(rule.rule) for rule in found.removals.rules.values()},
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
        over_time=_over_time(found),
        sites=_sites(found),
        coverage=_coverage(found),
        coverage_names=COVERED,
        heat=_heat(found),
        zones=_zones(found),
        sources=_shares(found.sources.most_common(), found.articles),
        kinds=_kinds(found),
        rules=_rules(found),
        rule_count=len(found.removals.rules),
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
    series = [[0] * len(steps.starts) for _ in names]
    for index, site in enumerate(single + rest):
        for day, count in site.days.items():
            if 0 <= (step := steps.place(day)) < len(steps.starts):
                series[min(index, len(names) - 1)][step] += count
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
        values: list[int] = []
        if steps is not None:
            values = [0] * len(steps.starts)
            for day, count in site.days.items():
                if 0 <= (step := steps.place(day)) < len(values):
                    values[step] += count
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
    kinds = found.removals.kinds()
    highest = max((count for _, count, _ in kinds), default=1)
    return [
        {"name": kind, "count": count, "characters": characters, "bar": charts.bar(count / highest, 1)}
        for kind, count, characters in kinds
    ]


def _rules(found: Gathered) -> list[dict[str, Any]]:
    return [
        {
            "kind": rule.kind,
            "rule": rule.rule,
            "level": rule.level,
            "reason": reason(rule.rule),
            "count": rule.count,
            "split": rule.split,
            "sites": len(rule.sites),
            "examples": rule.examples,
        }
        for rule in found.removals.by_rule()[:_RULES]
    ]


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
