"""Measure everything and print the table; ``--write`` puts it into docs/performance.md."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import statistics
import tempfile
from pathlib import Path

from benchmarks import around, libraries, over_http, pages, parts, pool, processes, texts
from benchmarks.report import chart, spread, table, write
from newscrawl.workers.pool import cores as usable


def ratio(own: list[float], other: list[float]) -> str:
    """Median of the rounds' ratios, and their range."""
    ratios = [a / b for a, b in zip(own, other, strict=True)]
    return spread(ratios)


def machine() -> str:
    """Processor count, system and Python, and how busy the machine is; no names."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{usable()} cores, {system}, load average {load:.1f} at the start"


def main() -> None:
    """Run all measurements, in turn."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--long", type=int, default=2000, help="pages of the long run")
    parser.add_argument(
        "--only", default="libraries,parts,around,texts,processes,http,pool", help="parts; another one is: scaling"
    )
    parser.add_argument("--against", type=Path, help="another checkout, beside which the part `around` is measured")
    parser.add_argument("--sets", default="fundus,aeb", help="archives of the evaluation that pages are taken from")
    parser.add_argument("--venvs", type=Path, default=Path(".venv-peers").absolute())
    parser.add_argument("--write", action="store_true", help="write docs/performance.md and its chart")
    given = parser.parse_args()
    about = machine()
    origin, some = pages.load(given.pages, given.sets.split(","))
    rows: list[tuple[str, str]] = []
    bars: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if "libraries" in given.only:
            of_tools = libraries.measure(some, given.rounds, work, given.venvs)
            for own in (tool.label for tool in libraries.forms()):
                for peer in (tool.label for tool in libraries.PEERS if tool.label in of_tools):
                    rows.append((f"CPU of a page: {own}, against {peer}",
                                 libraries.compared(of_tools[own], of_tools[peer])))  # fmt: skip
            own_sum = statistics.median(map(sum, of_tools[libraries.OURS.label]))
            bars = {label: statistics.median(map(sum, rounds)) / own_sum for label, rounds in of_tools.items()}
        if "parts" in given.only:
            rows += parts.measure(some, work, given.rounds)
        if "around" in given.only:
            rows += around.measure(some, work, given.rounds, given.against and given.against.absolute())
        if "texts" in given.only:
            rows += texts.measure(given.rounds)
        if "processes" in given.only:
            rows += whole(some, work, given.rounds, given.venvs)
        if "scaling" in given.only:
            rows.append(("Two workers: times as fast as inline, start-up taken off", scaling(some, work, given.rounds)))
        if "http" in given.only:
            found = [over_http.measure(some, work) for _ in range(given.rounds)]
            for name, label in over_http.FIGURES.items():
                figures = [figure[name] for figure in found]
                rows.append((label, spread(figures)))
        if "pool" in given.only:
            rows.append((f"Memory after {given.long} pages against after a tenth of them",
                         f"{asyncio.run(pool.growth(some, given.long)):.3f}"))  # fmt: skip
            rows += asyncio.run(pool.weights(some * 2)).items()
    text = table(about, f"{len(some)} pages of {origin}, {given.rounds} rounds", rows)
    print(text)
    if given.write:
        write(text, chart(bars) if bars else None)


def faster(inline: processes.Run, short: processes.Run, pooled: processes.Run, pooled_short: processes.Run) -> float:
    """How many times as fast the crawl with workers is, what crawls of few pages took taken off both."""
    return (inline.wall - short.wall) / max(pooled.wall - pooled_short.wall, 1e-3)


def scaling(some: list[pages.Page], work: Path, rounds: int) -> str:
    """Two workers against none, without the peers: for more pages than their turn would leave time for."""
    all_pages, few_pages, _ = processes.prepare(some, work)
    crawls = [(path, workers) for workers in (0, 2) for path in (all_pages, few_pages)]
    return spread([faster(*(processes.crawl(*one) for one in crawls)) for _ in range(rounds)])


def whole(some: list[pages.Page], work: Path, rounds: int, venvs: Path) -> list[tuple[str, str]]:
    """Crawls of an archive against the peer's library and command line, and two workers against none."""
    all_pages, few_pages, files = processes.prepare(some, work)
    count = len(some) - max(1, len(some) // 10)
    cpu, library, gain, peak = [], [], [], []
    against: dict[int, list[float]] = {1: [], 2: []}
    for number in range(rounds):
        inline, short = processes.crawl(all_pages, 0), processes.crawl(few_pages, 0)
        pooled, pooled_short = processes.crawl(all_pages, 2), processes.crawl(few_pages, 2)
        peers = {cores: processes.trafilatura(files, cores) for cores in against}
        cpu.append((inline.cpu - short.cpu) / count * 1000)
        alone = libraries.measure(some, 1, work, venvs, (libraries.TRAFILATURA,))[libraries.TRAFILATURA.label]
        library.append(sum(alone[0]) / len(some) * 1000)
        for count_of_cores, peer in peers.items():
            against[count_of_cores].append(peer.wall / pooled.wall)
        gain.append(faster(inline, short, pooled, pooled_short))
        peak.append((inline.peak, pooled.peak, peers[1].peak))
        print(f"round {number + 1}: inline {inline} pool {pooled} trafilatura {peers}", flush=True)
    middle = [statistics.median(column) for column in zip(*peak, strict=True)]
    return [
        ("CPU a page: `scrapy crawl warc` inline, start-up taken off, against trafilatura's library alone",
         ratio(cpu, library)),
        *((f"`scrapy crawl warc`, two workers: times as fast as the trafilatura CLI on {cores} core(s)", spread(v))
          for cores, v in against.items()),
        ("Two workers: times as fast as inline, start-up taken off", spread(gain)),
        ("Peak memory of the crawl inline / with workers (without them) / trafilatura CLI",
         " / ".join(f"{m:.0f} MiB" for m in middle)),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
