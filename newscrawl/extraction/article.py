"""The one pass over a page: bytes in, article and cleaned page out."""

from __future__ import annotations

from dataclasses import dataclass, field

from newscrawl.dates import DateCandidate, collect, country_of, known_dates
from newscrawl.extraction.body import verdict
from newscrawl.extraction.body.assemble import Assembly, assemble
from newscrawl.extraction.body.calls import take_out_calls
from newscrawl.extraction.body.clean_marks import read_marks, write_marks
from newscrawl.extraction.body.clean_tree import drop, serialise
from newscrawl.extraction.body.container import container
from newscrawl.extraction.body.embedded import embedded_html, is_only_in_data, unwrap_noscript
from newscrawl.extraction.body.fallback import is_far_longer, is_in_doubt, is_thin, lowered, without_comments
from newscrawl.extraction.body.foreign import foreign_pieces, without_foreign
from newscrawl.extraction.body.link_paragraphs import take_out_links
from newscrawl.extraction.body.live_blog import mark_entries
from newscrawl.extraction.body.live_blog_times import Clocks
from newscrawl.extraction.body.next_page import next_page
from newscrawl.extraction.body.others import take_out_others
from newscrawl.extraction.body.outliers import take_out_outliers
from newscrawl.extraction.body.questions import take_questions
from newscrawl.extraction.body.repeated import as_in_body
from newscrawl.extraction.body.roles import assign
from newscrawl.extraction.body.site_boilerplate import body_pieces, repeated_headlines, strike
from newscrawl.extraction.body.site_selectors import Marked, apply, mark, unmark
from newscrawl.extraction.body.teasers import take_out_teasers
from newscrawl.extraction.confidence.page import page_confidence, page_signals
from newscrawl.extraction.document import Document, Extraction
from newscrawl.extraction.metadata import language, metadata
from newscrawl.extraction.metadata.authors import authors
from newscrawl.extraction.metadata.metadata import Metadata
from newscrawl.extraction.metadata.publisher import house_names
from newscrawl.extraction.metadata.source import from_text, source
from newscrawl.extraction.segments import scores
from newscrawl.extraction.segments.features import Hints
from newscrawl.extraction.segments.lexicon_rows import rows
from newscrawl.extraction.segments.model import Segment
from newscrawl.extraction.segments.role import Role
from newscrawl.extraction.segments.segment import segment
from newscrawl.items import Article, Block, Removal
from newscrawl.parsing.encoding import decode_page
from newscrawl.parsing.structured import StructuredData, read
from newscrawl.parsing.tree import Element, body_of, parse
from newscrawl.parsing.trees import Matrix
from newscrawl.record.settling import settled
from newscrawl.site_memory.pieces import MemoryPiece
from newscrawl.widgets.merge import merge_removals
from newscrawl.widgets.text import strip


@dataclass(slots=True)
class PageReading:
    """A page as it came: its tree, what its data declares, and the candidates for its dates."""

    document: Document
    url: str
    """Where the page was found, redirects followed."""
    text: str
    tree: Element
    data: StructuredData
    hints: Hints
    """Titles and body by its data."""
    about: Metadata
    country: str | None
    next_page: str | None
    dates: list[DateCandidate]

    @property
    def declared_language(self) -> str | None:
        """The language by the site file, else by the page."""
        return self.document.site.get("language") or self.about.in_language


@dataclass(slots=True)
class PageBody:
    """A page's segments, each with its role: which are article, and why others are not."""

    segments: list[Segment]
    logits: Matrix
    first_logits: Matrix
    """The logits by the first model alone: a second opinion."""
    roles: list[Role]
    marked: Marked = field(default_factory=Marked)
    """What the site's rules mean on the page."""
    ruled: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Kind and rule of the segments that a rule takes."""
    within: frozenset[int] = frozenset()
    """Segments of the article's container."""
    pieces: list[MemoryPiece] = field(default_factory=list)
    """What the site's memory is to remember."""


@dataclass(slots=True)
class PageText:
    """The body as blocks: as assembled, and without the widgets that only their words give away."""

    assembly: Assembly
    texts: list[str]
    """The text of each block as assembled."""
    language: str | None
    blocks: list[Block]
    removed: list[Removal]
    signals: dict[str, float]


def extract_html(document: Document) -> Extraction:
    """Return the article of a page and its cleaned body; never raises on what a page holds."""
    page = read_page(document)
    body = find_body(page)
    text = write_text(page, body)
    article = write_article(page, body, text)
    cleaned = b"" if document.article_only else clean_page(page, body, text)  # alters the tree, so it comes last
    return Extraction(
        article,
        cleaned,
        next_page=page.next_page,
        pieces=body.pieces,
        refused=body.marked.refused,
        signals=text.signals,
    )


def read_page(document: Document) -> PageReading:
    """Decode and parse a page, and read what it declares."""
    text, _, utf8 = decode_page(document.body, document.content_type)
    tree = parse(text, utf8)
    data = read(tree)
    url = document.final_url or document.url
    about = metadata.describe(
        tree, data, document.url, facts=document.facts, final_url=document.final_url, source_text=text
    )
    following = next_page(tree, url, document.facts.get("first_page"))
    dates = collect(tree, data, url, title=about.headline) + known_dates(document.facts)
    country = country_of(url, data, about.in_language)
    return PageReading(document, url, text, tree, data, scores.hints_of(data), about, country, following, dates)


def find_body(page: PageReading) -> PageBody:
    """Give each segment its role: by the models, an earlier cleaning, the site's rules and its memory."""
    marked = mark(page.tree, page.document.site)  # before the page is segmented: it cuts inline elements out
    body = score_page(page)
    body.marked = marked
    foreign = _leave_out_foreign(page, body)
    read_marks(body_of(page.tree), body.segments, body.roles)
    _time_entries(page, body)
    body.within = container(body.segments, body.roles)
    body.ruled = repeated_headlines(body.segments, body.roles, body.logits)
    if marked:
        body.ruled |= apply(body.segments, body.roles, marked)
    if page.document.memory is not None:
        body.pieces = body_pieces(body.segments, body.roles)  # before the memory strikes: it must not unlearn them
        strike(body.segments, body.roles, body.pieces, page.document.memory)
        body.pieces += foreign
    return body


def score_page(page: PageReading) -> PageBody:
    """Return the segments of a page, the logit of each for article text, and the role of each.

    Where next to nothing is found, or most is just missed, a lower threshold is the fallback; where that finds next to
    nothing, the page's data: an article that is only there is put into the tree.
    """
    tree = page.tree
    body = _score(page)
    if is_thin(body.segments, body.roles) and unwrap_noscript(body_of(tree)):
        body = _score(page)
    _look_again(page, body)
    if _is_in_data(page, body) and (markup := embedded_html(tree, page.data)):
        body_of(tree).append(body_of(parse(f"<article>{markup}</article>"))[0])
        body = _score(page)
    _correct(page, body)
    return body


def _look_again(page: PageReading, body: PageBody) -> None:
    """Assign the roles again, in place, with a lower threshold, where the body is comments or the models are in doubt.

    A page on which that finds nothing else, or hardly more, stays as it is.
    """
    segments = body.segments
    if (beside := without_comments(segments, body.roles, body.logits)) is not None:
        again = _roles(page, segments, lowered(segments, beside))
        if not is_thin(segments, again):
            body.roles = again
    if is_in_doubt(segments, body.roles, body.logits):
        again = _roles(page, segments, lowered(segments, body.logits))
        if is_far_longer(segments, again, body.roles):
            body.roles = again


def _is_in_data(page: PageReading, body: PageBody) -> bool:
    """Tell whether the article may only be in the page's data."""
    thin = is_thin(body.segments, body.roles)
    return thin or is_only_in_data(page.hints.body, body.segments, body.roles, body.logits)


def _correct(page: PageReading, body: PageBody) -> None:
    """Correct the body, in place, by what only shows beside the rest of it; to be done after each assignment."""
    take_out_links(body.segments, body.roles, body.logits, page.url)
    take_out_calls(body.segments, body.roles, body.logits)
    take_out_others(body.segments, body.roles, body.logits)
    take_out_teasers(body.segments, body.roles, body.logits, page.url)
    take_out_outliers(body.segments, body.roles, body.logits)
    take_questions(body.segments, body.roles, body.logits)


def _score(page: PageReading) -> PageBody:
    segments, frames = segment(body_of(page.tree))
    logits, first = scores.score(segments, frames, page.hints, rows([s.text for s in segments]))
    return PageBody(segments, logits, first, _roles(page, segments, logits))


def _roles(page: PageReading, segments: list[Segment], logits: Matrix) -> list[Role]:
    return assign(segments, logits, page.about.headline, page.about.description)


def _leave_out_foreign(page: PageReading, body: PageBody) -> list[MemoryPiece]:
    """Assign the roles again without a body that is another page's; return the pieces of that."""
    foreign = foreign_pieces(body.segments, body.roles, page.document.memory)
    if foreign and (again := without_foreign(body.segments, body.logits, foreign)) is not None:
        body.roles = _roles(page, body.segments, again)
        _correct(page, body)
    return foreign


def _time_entries(page: PageReading, body: PageBody) -> None:
    """Give the entries of a live blog their times, in place."""
    document = page.document
    zone = document.site.get("time_zone")
    clocks = Clocks(page.dates, page.about.in_language, page.country, document.fetched_at, zone)
    mark_entries(page.tree, page.data, body.segments, body.roles, clocks)


def write_text(page: PageReading, body: PageBody) -> PageText:
    """Assemble the body, check its language, and take out the widgets that only their words give away."""
    assembly = assemble(body.segments, body.roles, body.within, page.declared_language, body.ruled)
    texts = [block["text"] for block in assembly.blocks]
    spoken = language.check(page.declared_language, "\n".join(texts))
    stripped = strip(assembly.blocks, language=spoken, from_html=True)
    blocks, removed = stripped.blocks, merge_removals(assembly.removed, stripped.places, stripped.removed)
    signals = page_signals(body.segments, body.logits, body.first_logits, body.roles, blocks, removed, page.hints.body)
    return PageText(assembly, texts, spoken, blocks, removed, signals)


def clean_page(page: PageReading, body: PageBody, text: PageText) -> bytes:
    """Return the page without what is none of the article; the tree is altered."""
    unmark(body.marked)
    write_marks(body_of(page.tree), body.segments, body.roles, body.within, text.assembly.mended)
    drop(text.assembly)
    return serialise(page.tree)


def write_article(page: PageReading, body: PageBody, text: PageText) -> Article:
    """Return the record of a page."""
    document, about = page.document, page.about
    standfirst = next((s.text for s, r in zip(body.segments, body.roles, strict=True) if r is Role.STANDFIRST), None)
    credits = authors(page.data, house_names(page.data, about.site_names), body.segments, body.roles)
    dates = settled(
        page.dates,
        fetched_at=document.fetched_at,
        language=text.language,
        country=page.country,
        site_zone=document.site.get("time_zone"),
    )
    return Article(
        url=document.url,
        canonical_url=about.canonical_url,
        headline=about.headline,
        description=standfirst or as_in_body(about.description, text.assembly.blocks),
        article_body="\n".join(block["text"] for block in text.blocks),
        blocks=text.blocks,
        authors=credits.people,
        author_organizations=credits.organizations,
        source=source(page.data, credits.agencies) or from_text(text.texts),
        publisher=about.publisher,
        article_section=about.article_section,
        keywords=about.keywords,
        in_language=text.language,
        images=about.images,
        is_accessible_for_free=about.is_accessible_for_free,
        date_published=dates.date_published,
        date_modified=dates.date_modified,
        date_evidence=dates.evidence,
        removed=text.removed,
        confidence=page_confidence(text.signals),
        rights=about.rights,
        not_article=verdict.reason_not_article(page.tree, page.data, text.texts, about, page.url),
        fetched_at=document.fetched_at,
    )
