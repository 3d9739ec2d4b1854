"""Texts of a corpus: how many a second, and whether a text of ten times the length costs ten times as much."""

from __future__ import annotations

import random
import time

from benchmarks.report import spread
from newscrawl.extraction import extract
from newscrawl.extraction.document import Document

_WORDS = 400
_BOX = "Sign up for our newsletter\n\n"


def text(number: int, paragraphs: int) -> str:
    """An article of generated words, no two alike, with a sign-up line in its middle."""
    chance = random.Random(number)
    words = ["".join(chance.choices("abdeilmnorstu", k=chance.randint(2, 9))) for _ in range(_WORDS)]
    made = [" ".join(chance.choices(words, k=60)).capitalize() + "." for _ in range(paragraphs)]
    made.insert(paragraphs // 2, _BOX.strip())
    return f"Report {number} of the harbour\n\nBy Ada Example\n\n" + "\n\n".join(made) + "\n"


def seconds(content: str) -> float:
    """CPU seconds that a text takes."""
    document = Document("file:///corpus/1.txt", content.encode(), media="text")
    start = time.process_time()
    extract(document)
    return time.process_time() - start


def measure(rounds: int, longest: int = 10_000_000) -> list[tuple[str, str]]:
    """Rows for the table: texts a second of CPU, and the cost of long texts for each of their bytes."""
    some = [text(number, 12) for number in range(60)]
    for content in some[:10]:
        seconds(content)
    rates = [len(some) / sum(map(seconds, some)) for _ in range(rounds)]
    rows = [("Texts of a corpus for each second of CPU", spread(rates))]
    paragraph = len(text(1, 2)) - len(text(1, 1))
    small, large = (text(7, size // paragraph) for size in (longest // 10, longest))
    ratio = (seconds(large) / len(large)) / (seconds(small) / len(small))
    rows.append((f"A text of {longest / 1e6:g} MB against one of a tenth: cost of a byte", f"{ratio:.2f}"))
    return rows
