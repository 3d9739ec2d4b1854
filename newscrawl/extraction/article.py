"""The one pass over a page: bytes in, article and cleaned page out."""

from __future__ import annotations

from lxml.html import HtmlElement

from newscrawl.dates import collect, country_of, known_dates
from newscrawl.extraction.body import verdict
from newscrawl.extraction.body.assemble import assemble
from newscrawl.extraction.body.clean_marks import ATTRIBUTE, read_marks, write_marks
from newscrawl.extraction.body.clean_tree import drop, serialise
from newscrawl.extraction.body.container import container
from newscrawl.extraction.body.embedded import embedded_html
from newscrawl.extraction.body.fallback import is_doubtful, is_thin, promote
from newscrawl.extraction.body.foreign import foreign_pieces, without_foreign
from newscrawl.extraction.body.link_paragraphs import take_out_links
from newscrawl.extraction.body.live_blog import mark_entries
from newscrawl.extraction.body.live_blog_times import Clocks
from newscrawl.extraction.body.next_page import next_page
from newscrawl.extraction.body.noscript import unwrap_noscript
from newscrawl.extraction.body.repeated import as_in_body
from newscrawl.extraction.body.roles import assign
from newscrawl.extraction.body.site_boilerplate import body_pieces, repeated_headlines, strike
from newscrawl.extraction.body.site_selectors import apply, mark, unmark
from newscrawl.extraction.confidence.page import page_confidence, page_signals
from newscrawl.extraction.document import Document, Extraction
from newscrawl.extraction.metadata import language, metadata
from newscrawl.extraction.metadata.authors import authors
from newscrawl.extraction.metadata.publisher import house_names
from newscrawl.extraction.metadata.source import from_text, source
from newscrawl.extraction.segments import scores as body
from newscrawl.extraction.segments.lexicon_rows import rows
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import segment
from newscrawl.items import Article, Block, Removal
from newscrawl.parsing.encoding import decode_page
from newscrawl.parsing.structured import StructuredData, read
from newscrawl.parsing.tree import body_of, parse
from newscrawl.parsing.trees import Matrix
from newscrawl.record.settling import settled
from newscrawl.widgets.merge import merge_removals
from newscrawl.widgets.text import strip


def extract_html(document: Document) -> Extraction:
    """Return the article of a page and its cleaned body; never raises on what a page holds."""
    # Read: the tree, the page's data, and what both declare
    text, _, utf8 = decode_page(document.body, document.content_type)
    tree = parse(text, utf8)
    data = read(tree)
    address = document.final_url or document.url
    about = metadata.describe(
        tree, data, document.url, facts=document.facts, final_url=document.final_url, source_text=text
    )
    following = next_page(tree, address, document.facts.get("first_page"))
    candidates = collect(tree, data, address, title=about.headline) + known_dates(document.facts)

    # Judge: the role of each segment, by the models, the site's rules and memory
    marked = mark(tree, document.site)
    segments, logits, roles = judge(text, tree, data, about, address)
    foreign = foreign_pieces(segments, roles, document.memory)
    if foreign and (again := without_foreign(segments, logits, foreign)) is not None:
        roles = assign(segments, again, about.headline, about.description)
    if ATTRIBUTE in text:
        read_marks(body_of(tree), segments, roles)
    country = country_of(address, data, about.in_language)
    zone = document.site.get("time_zone")
    mark_entries(tree, data, segments, roles, Clocks(candidates, about.in_language, country, document.fetched_at, zone))
    within = container(segments, roles)
    ruled = repeated_headlines(segments, roles)
    if marked:
        ruled |= apply(segments, roles, marked)
    pieces = body_pieces(segments, roles)
    strike(segments, roles, pieces, document.memory)
    pieces += foreign

    # Assemble: the body, its language, its header
    declared = document.site.get("language") or about.in_language
    assembly = assemble(segments, roles, within, declared, ruled)
    standfirst = next((s.text for s, role in zip(segments, roles, strict=True) if role is Role.STANDFIRST), None)
    credits = authors(data, house_names(data, address), segments, roles)
    article_body = "\n".join(block["text"] for block in assembly.blocks)
    spoken = language.check(declared, article_body)
    blocks, removed = judge_text(assembly.blocks, spoken, assembly.removed)
    told = body.hints_of(data).body
    signals = page_signals(segments, logits, roles, blocks, removed, told)
    reason = verdict.reason_not_article(tree, data, [b["text"] for b in assembly.blocks], about, address)

    # Return: the cleaned page and the article
    page = b""
    if not document.article_only:
        unmark(marked)
        write_marks(body_of(tree), segments, roles, within, assembly.mended)
        drop(assembly)
        page = serialise(tree)
    dates = settled(candidates, fetched_at=document.fetched_at, language=spoken, country=country, site_zone=zone)
    article = Article(
        url=document.url,
        canonical_url=about.canonical_url,
        headline=about.headline,
        description=standfirst or as_in_body(about.description, assembly.blocks),
        article_body="\n".join(block["text"] for block in blocks),
        blocks=blocks,
        authors=credits.people,
        author_organizations=credits.organizations,
        source=source(data, credits.agencies) or from_text([block["text"] for block in assembly.blocks]),
        publisher=about.publisher,
        article_section=about.article_section,
        keywords=about.keywords,
        in_language=spoken,
        images=about.images,
        is_accessible_for_free=about.is_accessible_for_free,
        date_published=dates.date_published,
        date_modified=dates.date_modified,
        date_evidence=dates.evidence,
        removed=removed,
        confidence=page_confidence(signals),
        rights=about.rights,
        not_article=reason,
        fetched_at=document.fetched_at,
    )
    return Extraction(article, page, next_page=following, pieces=pieces, refused=marked.refused, signals=signals)


def judge(
    text: str, tree: HtmlElement, data: StructuredData, about: metadata.Metadata, url: str
) -> tuple[list[Segment], Matrix, list[Role]]:
    """Return segments of a page, the logit of each for article text, and the role of each.

    Where next to nothing is found, or most is just missed, trafilatura is the fallback; where that finds next to
    nothing, the page's data: an article that is only there is put into ``tree``.
    """
    segments, margins, roles = _judge(tree, data, about)
    if is_thin(segments, roles) and unwrap_noscript(body_of(tree)):
        segments, margins, roles = _judge(tree, data, about)
    if is_thin(segments, roles) or is_doubtful(segments, margins):
        promote(text, segments, roles)
    if is_thin(segments, roles) and (markup := embedded_html(tree, data)):
        body_of(tree).append(parse(f"<article>{markup}</article>").body[0])
        segments, margins, roles = _judge(tree, data, about)
    take_out_links(segments, roles, margins, url)
    return segments, margins, roles


def _judge(
    tree: HtmlElement, data: StructuredData, about: metadata.Metadata
) -> tuple[list[Segment], Matrix, list[Role]]:
    segments, frames = segment(body_of(tree))
    margins = body.score(segments, frames, body.hints_of(data), rows([s.text for s in segments]))
    return segments, margins, assign(segments, margins, about.headline, about.description)


def judge_text(blocks: list[Block], language: str | None, removed: list[Removal]) -> tuple[list[Block], list[Removal]]:
    """Return the blocks without the widgets that only their words give away, and all that was removed."""
    stripped = strip(blocks, language=language, from_html=True)
    return stripped.blocks, merge_removals(removed, stripped.places, stripped.removed)
