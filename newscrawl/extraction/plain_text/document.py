"""Plain text or Markdown in, article out."""

from __future__ import annotations

from newscrawl.dates import collect_text, country_of
from newscrawl.dates.candidate import DateCandidate
from newscrawl.extraction.document import Document, Extraction
from newscrawl.extraction.metadata import language
from newscrawl.extraction.plain_text.header import read_header
from newscrawl.extraction.plain_text.lines import read_blocks
from newscrawl.items import Article
from newscrawl.parsing.encoding import decode
from newscrawl.parsing.structured import StructuredData


def read_text(document: Document) -> Extraction:
    """Read a document that holds no HTML (``media`` text or markdown).

    What the row says (``facts``: headline, date_published, in_language) goes before what the text says. Blocks keep
    their source lines in ``raw`` for the text pipeline. Never raises on what a document holds.
    """
    text, encoding = decode(document.body, document.content_type)
    blocks = read_blocks(text)
    body = "\n".join(block["text"] for block in blocks)
    spoken = language.normalise(_fact(document, "in_language")) or language.check(None, body)
    header = read_header(blocks, spoken, _fact(document, "headline"))
    candidates: list[DateCandidate] = []
    if raw := _fact(document, "date_published"):
        candidates.append({"role": "published", "source": "row", "raw": raw, "place": "date_published"})
    lines = [block["text"] for block in blocks]
    candidates += collect_text(lines, spoken)
    blocks = blocks[header.size :]
    article = Article(
        url=document.url,
        headline=header.headline,
        description=header.description,
        article_body="\n".join(block["text"] for block in blocks),
        blocks=blocks,
        authors=header.authors,
        source=header.source,
        publisher=header.publisher,
        article_section=header.article_section,
        in_language=spoken,
        date_evidence={
            "candidates": candidates,
            "country": country_of(document.url, StructuredData(), spoken),
            "site_zone": document.site.get("time_zone"),
        },
        not_article=None if blocks else "no text",
        fetched_at=document.fetched_at,
    )
    return Extraction(article, (article.article_body or "").encode("utf-8", "replace"), encoding)


def _fact(document: Document, name: str) -> str | None:
    value = document.facts.get(name)
    return " ".join(value.split()) or None if isinstance(value, str) else None
