"""Plain text or Markdown in, article out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from newscrawl.dates import collect_text, country_of
from newscrawl.dates.candidate import DateCandidate
from newscrawl.dates.lines import line_dates
from newscrawl.extraction.confidence.text import text_confidence, text_signals
from newscrawl.extraction.document import Document, Extraction
from newscrawl.extraction.metadata import language
from newscrawl.extraction.metadata.source import from_text
from newscrawl.extraction.plain_text.flat import strip_flat
from newscrawl.extraction.plain_text.header import Header, above_text, read_header
from newscrawl.extraction.plain_text.lines import read_blocks, unglue
from newscrawl.extraction.plain_text.roles import LineModels, Roles, line_roles
from newscrawl.extraction.plain_text.signs import sign
from newscrawl.items import Article
from newscrawl.parsing.encoding import decode
from newscrawl.parsing.structured import StructuredData
from newscrawl.record.settling import settled
from newscrawl.text.normalise import title_key as key
from newscrawl.widgets.source_block import SourceBlock
from newscrawl.widgets.take_out import TakenOut, take_out
from newscrawl.widgets.text import name_run, until_stable
from newscrawl.widgets.text_evidence import LineEvidence, find_hits, read_evidence

MAX_BLOCKS: Final = 20_000
HEADER_KINDS: Final = {"date": "date_line", "byline": "byline", "name": "byline", "source": "byline"}
RULE: Final = "text/header"


@dataclass(frozen=True, slots=True)
class _Text:
    """A text's blocks with the evidence of each."""

    blocks: list[SourceBlock]
    lines: list[LineEvidence]
    language: str | None
    use: LineModels | None = None

    def name_run(self, run: list[int]) -> tuple[str, str]:
        """Return kind and rule of a run of blocks that is taken out."""
        signs = {sign(self.blocks[i]["text"], self.language) for i in run}
        if "" in signs:
            return name_run(run, self.lines)
        return HEADER_KINDS["date" if "date" in signs else signs.pop()], RULE


def read_text(document: Document, use: LineModels | None = None) -> Extraction:
    """Read a document that holds no HTML (``media`` text or markdown).

    What the row says (``facts``: headline, date_published, in_language) goes before what the text says. Never raises
    on what a document holds. ``use``: other models than the packaged ones, for training.
    """
    text, encoding = decode(document.body, document.content_type)
    blocks = read_blocks(text)
    spoken = _fact(document, "in_language")
    spoken = language.normalise(spoken) or language.check(None, "\n".join(block["text"] for block in blocks))
    given = _fact(document, "headline")
    head, rest = blocks[:MAX_BLOCKS], blocks[MAX_BLOCKS:]
    unglued = [unglue(block) for block in head]
    lines = read_evidence(unglued, spoken, find_hits(unglued))
    read = _Text(head, lines, spoken, use)
    texts = [block["text"] for block in head]
    above = above_text(texts, [len(line.words) for line in lines])
    signs = [i for i in above if sign(texts[i], spoken) in ("date", "byline", "source")]
    roles = line_roles(head, lines, spoken, signs, use)
    _settle_headline(roles, head, given)
    header = read_header(texts, roles.leftover, roles.headline, spoken, signs)
    taken = _strip(read, rest, roles, header)
    removed = [removal for _, removal in taken.removed]
    if not any(removal["split"] for removal in removed):
        body, sentences = strip_flat(taken.blocks, spoken)
        taken, removed = taken._replace(blocks=body), [*removed, *sentences]
    kept = [block["text"] for block in taken.blocks]
    masses = [line.mass for line in lines]
    signals = text_signals(roles.scores, roles.leftover, roles.headline, masses, texts, taken.blocks, removed, spoken)
    headline = given or (texts[roles.headline] if roles.headline is not None else None)
    dates = settled(
        _dates(document, texts, header, kept, spoken),
        fetched_at=document.fetched_at,
        language=spoken,
        country=country_of(document.url, StructuredData(), spoken),
        site_zone=document.site.get("time_zone"),
    )
    article = Article(
        url=document.url,
        headline=headline,
        description=header.description,
        article_body="\n".join(kept),
        blocks=taken.blocks,
        authors=header.authors,
        source=header.source or from_text(kept),
        publisher=header.publisher,
        article_section=header.article_section,
        in_language=spoken,
        date_published=dates.date_published,
        date_modified=dates.date_modified,
        date_evidence=dates.evidence,
        removed=removed,
        confidence=text_confidence(signals),
        not_article=None if taken.blocks else "no text",
        fetched_at=document.fetched_at,
    )
    return Extraction(article, (article.article_body or "").encode("utf-8", "replace"), encoding, signals=signals)


def _settle_headline(roles: Roles, blocks: list[SourceBlock], given: str | None) -> None:
    """Take the row's own headline for the headline, where it stands in the text; in place."""
    if given is None:
        return
    roles.headline = next((i for i, block in enumerate(blocks[:40]) if key(block["text"]) == key(given)), None)
    if roles.headline is not None:
        roles.leftover[roles.headline] = False


def _strip(read: _Text, rest: list[SourceBlock], roles: Roles, header: Header) -> TakenOut:
    """Take out what is none of the text; the headline and the standfirst go into their fields and are no removals.

    What stays is read again as a text of its own until nothing more goes, so that cleaning the cleaned changes nothing.
    """
    silent = {roles.headline, *header.standfirst}
    at = [i for i in range(len(read.blocks)) if i not in silent]
    first = _Text([read.blocks[i] for i in at], [read.lines[i] for i in at], read.language)
    gone = [roles.leftover[i] for i in at]
    if all(gone):  # nothing but leftovers: what there is stays, and is judged by the check
        gone = [False] * len(gone)
    flags = iter([gone])

    def once(blocks: list[SourceBlock]) -> TakenOut:
        given = next(flags, None)
        text = first if given is not None else _again(blocks, read.language)
        given = (
            given if given is not None else line_roles(text.blocks, text.lines, text.language, [], read.use).leftover
        )
        if all(given):
            given = [False] * len(given)
        return take_out(blocks, given + [False] * (len(blocks) - len(given)), read.language, text.name_run)

    return until_stable(first.blocks + rest, once)


def _again(blocks: list[SourceBlock], spoken: str | None) -> _Text:
    """Blocks as they would be read from the lines of a body."""
    lines = [SourceBlock(type=block["type"], text=block["text"], time=None, raw=block["text"]) for block in blocks]
    return _Text(lines, read_evidence(lines, spoken, find_hits(lines)), spoken)


def _dates(
    document: Document, texts: list[str], header: Header, kept: list[str], spoken: str | None
) -> list[DateCandidate]:
    """The dates that the row, the header and the text's own ends name."""
    found: list[DateCandidate] = []
    if raw := _fact(document, "date_published"):
        found.append({"role": "published", "source": "row", "raw": raw, "place": "date_published"})
    for i in header.dates:
        found += line_dates(texts[i], "header line", 0, spoken, loose=True)
    return found or collect_text(kept, spoken)


def _fact(document: Document, name: str) -> str | None:
    value = document.facts.get(name)
    return " ".join(value.split()) or None if isinstance(value, str) else None
