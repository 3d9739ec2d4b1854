"""The author as the reader sees him: bylines in an article's header and footer."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from newscrawl.extraction.metadata.agencies import agencies_in
from newscrawl.extraction.metadata.byline_forms import (
    first_part,
    initials,
    is_credential,
    is_date_part,
    is_prose_line,
    is_role,
    is_small_word,
    whole_pieces,
)
from newscrawl.extraction.metadata.byline_labels import (
    ends_in_label,
    has_label,
    is_label,
    is_open,
    is_other_label,
    is_others,
    joins,
)
from newscrawl.extraction.metadata.byline_lines import BylineLine, BylineSurroundings
from newscrawl.extraction.metadata.byline_pieces import BylinePiece
from newscrawl.extraction.metadata.credited import Credits, without_trailing
from newscrawl.extraction.metadata.function_words import function_words
from newscrawl.extraction.metadata.lexicon import lexicon
from newscrawl.extraction.metadata.name_shape import clean_name, has_given_name, is_name, is_unspaced, may_hold_name
from newscrawl.extraction.metadata.names import is_byline, parse_byline
from newscrawl.extraction.metadata.people import read_names, tidy, without_report
from newscrawl.extraction.metadata.shown_credits import ShownCredits
from newscrawl.extraction.segments.role import Role

_CUTS: Final = re.compile(r"\s?[|•·;]\s?|\s[-–—/]\s|,\s")
_LABEL_WORDS: Final = 10
"""Words up to which a line of the text that begins with a label is a byline."""
_BARE: Final = 70
_NEAR: Final = 4
"""Lines from the headline within which a bare name stands."""
_FEW: Final = 3
_LIST: Final = 200
"""Characters of a line that lists several authors with their degrees."""
_UNSPACED: Final = 5
_SHORT: Final = 24


def read_bylines(around: BylineSurroundings, house: list[str], prose: str) -> ShownCredits:
    """Return whom the lines around an article's text show as author.

    ``house``: the publication's names. ``prose``: the article's text, in whose lower-case words no name is looked for.
    """
    shown = ShownCredits()
    for line in around.header + around.footer:
        if label := lexicon().other.match(f"{line.text.lower()} "):
            shown.others += read_names(line.text[label.end() :], house).people
    reader = _Reader(house, prose)
    reader.read(around.header, shown)
    if not shown.labelled.people and not shown.marked.people:
        reader.read(list(around.above), shown, bare=False, linked=False)
    if not shown.labelled.people and not shown.marked.people:
        footer = ShownCredits()
        reader.read(_until_next(around.footer), footer, bare=False, linked=False)
        reader.read_labels(around.footer, footer.labelled)
        shown.behind = footer.labelled if footer.labelled else footer.marked
        reader.read_signature(around.footer, shown)
    reader.read_boxes(around.footer + around.header, shown)
    return shown


def _until_next(footer: list[BylineLine]) -> list[BylineLine]:
    """Return the lines behind a text up to where something else begins: a heading, another article."""
    for i, line in enumerate(footer):
        if i and line.heading and not is_name(line.text) and not has_label(line.text) and not is_label(line.text):
            return footer[:i] + [other for other in footer[i:] if other.in_own_footer]
    return footer


class _Reader:
    """Reads lines piece by piece; a label holds for what follows it."""

    def __init__(self, house: list[str], prose: str) -> None:
        self._house = house
        self._prose = prose

    def read(self, lines: list[BylineLine], shown: ShownCredits, *, bare: bool = True, linked: bool = True) -> None:
        """Add whom ``lines`` credit to ``shown``; ``linked``: a link to an author's page is enough."""
        label = ""
        for at, line in enumerate(lines):
            if line.role is Role.HEADLINE and len(line.pieces) == 1:
                continue
            if shown.labelled.people and label != "by":
                break
            before, label = label, self._line(line, label, shown, linked)
            unread = (
                not shown.labelled.people
                and not shown.marked.people
                and line.role not in (Role.HEADLINE, Role.STANDFIRST)
            )
            if bare and unread and before != "other" and not shown.bare.people:
                self._bare(lines, at, shown.bare)

    def _line(self, line: BylineLine, label: str, shown: ShownCredits, linked: bool) -> str:
        """Read a line's pieces; return the label that holds for the next line."""
        known = len(shown.labelled.people)
        last = text = ""
        for piece in whole_pieces(line):
            spoken, text = text, piece.text.strip()
            before, last = last, ""
            if is_others(f"{spoken} {text}" if is_label(text) else text):
                label = "other"
                last = "other" if is_other_label(text) else ""
            elif (is_label(text) or ends_in_label(text)) and not is_prose_line(line):
                label = last = "by"
            elif label == "by" and self._follows(piece, before, shown.labelled):
                last = "open" if joins(text) or is_open(text) else "closed"
            elif line.role is Role.HEADLINE and not lexicon().by.match(f"{text.lower()} "):
                continue
            elif self._labelled(piece, line, shown):
                label, last = "by", "open" if is_open(text) else "closed"
            elif label == "other" and text[:1] not in "|·•":
                continue
            elif (
                (piece.own or (piece.linked and linked))
                and (linked or not piece.boxed)
                and not is_prose_line(line)
                and not self._is_about(line, piece)
            ):
                self._marked(piece, line, shown.marked)
                label = ""
            else:
                label = label if joins(text) else ""
        if last == "other":
            return "other"
        return "by" if last == "by" and len(shown.labelled.people) == known else ""

    def read_labels(self, lines: list[BylineLine], credits: Credits) -> None:
        """Add who stands behind an element that says "Author" and nothing else."""
        pieces = [piece for line in lines for piece in line.pieces]
        for at, piece in enumerate(pieces):
            if not credits.people and is_label(piece.text) and len(piece.text) > _NEAR:
                named = next((p.text for p in pieces[at + 1 : at + 3] if self._may_be_name(p.text)), "")
                credits.add(named, self._house, strict=True)

    def _labelled(self, piece: BylinePiece, line: BylineLine, shown: ShownCredits) -> bool:
        """Read a piece that has its own label; tell whether it names somebody."""
        text = piece.text
        if is_unspaced(text) and not has_label(text):
            return len(name := tidy(text)) <= _SHORT and self._reporter(name, shown)
        if not has_label(text) or (is_prose_line(line) and piece is not line.pieces[0]):
            return False
        if line.role is Role.BODY and len(text.split()) > _LABEL_WORDS:
            return False
        inner = not lexicon().by.match(f"{text.lower()} ")
        marked = line.dated or piece.own or piece.linked
        if inner and not marked and len(line.text.split()) > _LABEL_WORDS:
            return False
        credits = Credits()
        credits.add_line(text, self._house)
        if inner and not (marked or all(map(has_given_name, credits.people))):
            return False
        if not credits and not credits.agencies:
            return False
        shown.labelled.add_people(credits.people)
        if not inner or credits.people:
            shown.labelled.add_organizations(credits.organizations)
        shown.labelled.agencies += credits.agencies
        return True

    def _reporter(self, text: str, shown: ShownCredits) -> bool:
        """Read a name with a reporter's title beside it, as in Chinese and Korean; tell whether it is one."""
        text = without_report(text.strip("【】（）()[] "))
        people, agency = parse_byline(text) if is_byline(text) else ([], None)
        shown.labelled.add_people(people)
        shown.labelled.agencies += [agency] if agency else []
        return bool(people)

    def _follows(self, piece: BylinePiece, before: str, credits: Credits) -> bool:
        """Read what follows a label (``before``: what the piece before it was); tell whether it belongs to it."""
        text = piece.text.strip()
        if joins(text):
            return True
        if before == "closed" and text[:1] not in ",&;" and not joins(text.split()[0]):
            return False
        found = Credits()
        found.add_line(f"by {text.lstrip(',;:| ')}", self._house)
        named = read_names(text, self._house)
        people = found.people or named.people
        marked = piece.own or piece.linked
        if all(" " not in name for name in people) and not any(map(is_unspaced, people)):
            people = people if not credits.people and (marked or all(map(has_given_name, people))) else []
        sure = piece.rel or piece.linked
        people = [name for name in people if sure or " " not in name or self._may_be_name(name)]
        credits.add_people(people)
        credits.add_organizations(found.organizations)
        return bool(people or found.organizations)

    @staticmethod
    def _is_about(line: BylineLine, piece: BylinePiece) -> bool:
        """Tell whether a piece stands in a sentence about the author."""
        return piece.boxed and len(line.text) > _BARE and not line.dated

    def _marked(self, piece: BylinePiece, line: BylineLine, credits: Credits) -> None:
        named = read_names(first_part(piece.text), self._house)
        listed = sum(other.linked and is_name(other.text) for other in line.pieces)
        sure = piece.rel or len(named.people) > 1 or (piece.linked and listed > 1)
        full = [name for name in named.people if is_name(name) and (sure or self._may_be_name(name))]
        credits.add_people(full or [name for name in named.people if self._is_word(name, piece)])
        credits.add_organizations(named.organizations)

    def _is_word(self, name: str, piece: BylinePiece) -> bool:
        """Tell whether one word that is marked as the author's may be how he calls himself."""
        folded = name.casefold()
        return (
            " " not in name
            and name[:1].isupper()
            and len(name) > 2
            and not is_small_word(folded, self._prose)
            and folded not in lexicon().never
            and (piece.rel or (piece.linked and has_given_name(name)) or is_unspaced(name))
        )

    def _bare(self, lines: list[BylineLine], at: int, credits: Credits) -> None:
        """Read a name that stands in the header with nothing but its place to say that it is the author's."""
        line = lines[at]
        if not line.pieces or len(line.text) > _LIST or line.heading:
            return
        cut = [part for piece in line.pieces for part in _CUTS.split(piece.text) if part and part.strip(" ,·|")]
        dated = line.dated or any(map(is_date_part, cut))
        beside = dated or any(0 <= i < len(lines) and lines[i].dated for i in (at - 1, at + 1))
        astray = any(piece.astray for piece in line.pieces)
        if not beside and (astray or not (at <= _NEAR or line.role is Role.BODY)):
            return
        cut = [part for part in cut if not is_date_part(part)]
        parts = [part for part in map(without_trailing, cut) if not is_credential(part)]
        if any(has_given_name(part) and is_name(part) for part in parts):
            names = [part for part in parts if self._holds_names(part)]
        else:
            names = [part for part in parts if self._may_be_name(part) and not is_unspaced(part)]
        if not names or len(parts) > _FEW + len(names) + 1:
            return
        alone = len(names) == len(parts) or line.dated or is_role(parts[-1])
        sure = any(has_given_name(name) for name in names) and not line.text.isupper()
        sure = sure or (line.set_apart and line.role is Role.BODY)
        if alone and (beside or sure):
            for name in names:
                credits.add(name, self._house, strict=True)

    def _holds_names(self, text: str) -> bool:
        """Tell whether a part of a line that has a name in it is one or more names."""
        named = read_names(text, self._house).people
        return bool(named) and all(map(is_name, named)) and not is_others(text) and not is_role(text)

    def _may_be_name(self, text: str) -> bool:
        """Tell whether a text is a name, and no phrase of the article's words where its first is no given name."""
        if len(text) > _BARE or not may_hold_name(text):
            return False
        named = read_names(text, self._house).people
        if not named or not all(map(is_name, named)) or is_others(text) or agencies_in(text):
            return False
        if is_unspaced(text):
            return len(text) <= _UNSPACED
        words = [word.casefold() for name in named for word in name.split() if word not in lexicon().particles]
        if all(map(has_given_name, named)):
            return True
        return words[0] not in function_words() and not any(is_small_word(word, self._prose) for word in words)

    def read_signature(self, footer: list[BylineLine], shown: ShownCredits) -> None:
        """Read a name that stands right behind the text, or as its last line, and is no reviewer's or editor's."""
        for line in footer[: _FEW - 1]:
            text = line.text.strip(" –—-()[]/")
            astray = any(piece.astray for piece in line.pieces)
            if len(text) > _BARE or not self._may_be_name(text) or line.heading or astray or text in shown.others:
                continue
            if line.right or line.text[:1] in "–—-(/" or has_given_name(text):
                shown.bare.add(text, self._house, strict=True)
                return

    def read_boxes(self, lines: list[BylineLine], shown: ShownCredits) -> None:
        """Read boxes about the author: a name with lines below that begin with it, or its initials above it."""
        for line, following in pairwise(lines):
            if line.text.isupper() and is_name(following.text) and line.text == initials(following.text):
                shown.boxed.add(following.text, self._house, strict=True)
            first = following.text.split()[0].strip(",:")
            if len(following.text) <= _BARE // 2 or first not in line.text:
                continue
            name = clean_name(line.text)
            if name and name.split()[0] == first and is_name(name) and self._may_be_name(name):
                shown.boxed.add(name, self._house, strict=True)
