"""Printed lines of right-to-left text that an extractor tore in two at a vowel sign, put together again.

The sign stands far from its letter, so the extractor takes what is to its left for another line, and often gives
that first: `ظمة الدول،` / `قواعد المن ّ` is `قواعد المنّظمة الدول،`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.repair.openings import NUMBER
from pipeline.repair.page import is_closed
from pipeline.repair.widths import usual_width, width
from pipeline.text import Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.text import Text

PIECE = re.compile(r"[^\s\f](?:(?! {4})[^\n\f])*(?<! )")
"""A line, or what wide blanks set apart of it."""
SIGNS_END = re.compile("(?<=[\u0621-\u064a])(?P<signs>(?: [\u064b-\u0652]+)+)$")
ENDING = re.compile(" \u064b$")
"""The ending -an at a line's end is only set apart from its word."""
LAST_LETTERS = re.compile("(?<![\u0621-\u064a])[\u0621-\u064a]+$")
SIGNS = re.compile("(?<! ) *[\u064b-\u0652]")
WORD = re.compile("[\u0621-\u064a]+")
LEAST, MOST = 0.86, 1.08
"""Both pieces together are so many times as wide as the usual line."""


class Piece(NamedTuple):
    """A stretch of a printed line."""

    start: int
    end: int
    text: str


def order_torn(text: Text, language: Language) -> Iterator[Move]:
    """Carry the beginning of a printed line, which ends at a sign out of place, before its end.

    The two make one line of the usual width, or its end is that of the paragraph. Between them goes a
    blank, unless they part a word of the dictionary: then they go together whatever their width, and so do more
    pieces of a line. Leaves alone a beginning that may go with the piece before it as well as with the one behind it.
    """
    if not language.right_to_left or not SIGNS.search(text.value):
        return
    page = [Piece(*match.span(), match.group()) for match in PIECE.finditer(text.value)]
    usual = usual_width(piece.text for piece in page)
    at = 1
    while at < len(page):
        last = at
        while last < len(page) and _parts_word(page, last, language):
            last += 1
        if last == at and _is_torn(page, at) and _goes_before(page, at, usual, language):
            last += 1
        for begin, end in reversed(tuple(zip(page[at:last], page[at - 1 :], strict=False))):
            glue = "" if _is_one_word(begin.text, end.text, language) else " "
            yield Move((Span(begin.start, begin.end), glue), page[at - 1].start, 0.8)
        at = max(at + 1, last)


def _parts_word(page: Sequence[Piece], at: int, language: Language) -> bool:
    """Tell whether a piece ends inside a word, at a sign out of place, of which the piece before has the rest."""
    if not SIGNS_END.search(page[at].text):
        return False
    after = at + 1 < len(page) and _is_one_word(page[at].text, page[at + 1].text, language)
    return not after and _is_one_word(page[at].text, page[at - 1].text, language)


def _is_torn(page: Sequence[Piece], at: int) -> bool:
    """Tell whether a piece, and neither the one before nor the one behind it, ends at a sign out of place."""
    found = [
        0 <= near < len(page) and SIGNS_END.search(page[near].text) is not None and not ENDING.search(page[near].text)
        for near in (at - 1, at, at + 1)
    ]
    return found == [False, True, False]


def _goes_before(page: Sequence[Piece], at: int, usual: float, language: Language) -> bool:
    """Tell whether a piece is the beginning of the line that the one before it ends, and not of the one behind it."""
    before = _fits(page[at], page[at - 1], usual)
    behind = _fits(page[at], page[at + 1], usual) if at + 1 < len(page) else 0
    opens = NUMBER.match(page[at].text) or language.opens_preambular(page[at].text)
    # Of a paragraph that begins here, the line before is the end only where both fill one line.
    return before > behind and (before > 1 or not opens)


def _fits(begin: Piece, end: Piece, usual: float) -> int:
    """Say how well two pieces make a line: 2 for a full one, 1 for the last of a paragraph, 0 for none."""
    shares = [width(begin.text) / usual, width(end.text) / usual]
    if max(shares) >= LEAST or sum(shares) > MOST:
        return 0
    return 2 if sum(shares) >= LEAST else int(is_closed(end.text))


def _is_one_word(left: str, right: str, language: Language) -> bool:
    """Tell whether the last letters of a piece and the first of another are one word, far more often than two."""
    bare = SIGNS_END.sub("", left)
    last, first = LAST_LETTERS.search(bare), WORD.match(SIGNS.sub("", right))
    if not last or not first:
        return False
    whole = language.frequency_within(last.group() + first.group())
    return whole > min(language.frequency(last.group()), language.frequency(first.group()))
