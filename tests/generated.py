"""Newspapers that nobody prints: articles of invented words, with the same boilerplate on each of a site's pages."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

LATIN = "abcdefghiklmnoprstuvz"
VAI = "".join(map(chr, range(0xA500, 0xA560)))
TIFINAGH = "".join(map(chr, range(0x2D30, 0x2D66)))


@dataclass
class GeneratedArticle:
    """An article with its paragraphs, and the page's pieces in order: (text, is it boilerplate)."""

    url: str
    headline: str
    paragraphs: list[str]
    pieces: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join([self.headline, *(piece for piece, _ in self.pieces)])

    def html(self, tag: str = "div") -> str:
        """The page; boilerplate stands in elements without a name, in a paragraph where it breaks a sentence."""
        out = []
        for text, is_furniture in self.pieces:
            out.append(f"<{tag}>{text}</{tag}>" if is_furniture else f"<p>{text}</p>")
        body = "\n".join(out)
        return (
            f"<html><head><title>{self.headline}</title></head><body><main><h1>{self.headline}</h1>"
            f"<div>{body}</div></main></body></html>"
        )


class Newspaper:
    """Invents articles in one script, with words of its own; the same seed gives the same paper."""

    def __init__(self, letters: str = LATIN, seed: int = 1, host: str = "paper.example", stop: str = ".") -> None:
        self.random = random.Random(seed)
        self.words = ["".join(self.random.choices(letters, k=self.random.randint(2, 8))) for _ in range(4000)]
        self.host, self.stop, self.number = host, stop, 0

    def sentence(self, low: int = 7, high: int = 16) -> str:
        words = self.random.choices(self.words, k=self.random.randint(low, high))
        return " ".join([words[0].capitalize(), *words[1:]]) + self.stop

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(2, 4)))

    def line(self, count: int) -> str:
        return " ".join(self.random.choices(self.words, k=count))

    def article(self, *boilerplate: str, at: tuple[int, ...] = (), broken: str | None = None) -> GeneratedArticle:
        """An article of eight paragraphs; ``boilerplate[i]`` stands before paragraph ``at[i]`` (8: at the end), and
        ``broken`` in the middle of the third paragraph."""
        self.number += 1
        paragraphs = [self.paragraph() for _ in range(8)]
        pieces: list[tuple[str, bool]] = []
        for index, paragraph in enumerate([*paragraphs, None]):
            pieces += [(text, True) for text, place in zip(boilerplate, at, strict=True) if place == index]
            if paragraph is None:
                continue
            if index == 2 and broken is not None:
                words = paragraph.split()
                half = next(i for i in range(len(words) // 2, len(words)) if words[i - 1][-1] != self.stop)
                while words[half][0].isupper() or words[half - 1][-1] == self.stop:
                    half += 1
                pieces += [(" ".join(words[:half]), False), (broken, True), (" ".join(words[half:]), False)]
            else:
                pieces.append((paragraph, False))
        url = f"https://www.{self.host}/news/{self.number}"
        return GeneratedArticle(url, self.line(6).capitalize(), paragraphs, pieces)
