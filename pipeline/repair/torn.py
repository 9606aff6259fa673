"""Printed lines of right-to-left text that an extractor tore at a vowel sign, put together again.

The sign stands far from its letter, so the extractor takes what is to its left for another line, and often gives
that first: `ظمة الدول،` / `قواعد المن ّ` is `قواعد المنظّمة الدول،`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.repair.openings import ITEM, NUMBER, may_open
from pipeline.repair.page import is_closed
from pipeline.repair.torn_columns import has_columns, put_columns_together
from pipeline.repair.torn_signs import LETTERS, LONE, SIGNS_END, Piece, Sign, has_room, put_together, tearing
from pipeline.repair.widths import usual_width, width
from pipeline.text import Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.languages import Language
    from pipeline.text import Edit, Text

PIECE = re.compile(r"[^\s\f](?:(?! {4})[^\n\f])*(?<! )")
"""A line, or what wide blanks set apart of it."""
LAST_LETTERS = re.compile(f"(?<![{LETTERS}])[{LETTERS}]+$")
SIGNS = re.compile("(?<! ) *[\u064b-\u0652]")
WORD = re.compile(f"[{LETTERS}]+")
LEAST, MOST = 0.86, 1.08
"""The pieces together are so many times as wide as the usual line."""
SET_IN = 0.78
"""What the first line of an item holds, which is set in twice."""
CERTAIN, LONELY = 0.8, 0.6
MOST_PIECES = 3
MOST_TORN = 8
BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\f")


class Page(NamedTuple):
    """A text, in pieces: the signs on lines of their own before each, and which have a blank line before them."""

    pieces: Sequence[Piece]
    apart: Mapping[int, Sequence[Sign]]
    gaps: frozenset[int]


def order_torn(text: Text, language: Language) -> Iterator[Edit | Move]:
    """Put the pieces of a printed line, torn at signs out of place, in their order, and the signs on their letters.

    Where the extractor kept columns, these tell which lines are one (`torn_columns`). Else the pieces make one line of
    the usual width, or the first is the end of its paragraph. Between them goes a blank, unless they part a word
    of the dictionary: then they go together whatever their width. Leaves alone a beginning that
    may go with the piece before it as well as with the one behind it.
    """
    value = text.value
    if not language.right_to_left or not SIGNS.search(value):
        return
    if has_columns(value):
        yield from put_columns_together(value, lambda pieces: _glues(pieces, language))
        return
    page = _page(value)
    broken = _breaks_at_fonts(page)
    usual = usual_width(piece.text for piece in page.pieces)
    at = 0
    while at < len(page.pieces):
        order = _printed(page, at, usual, language)
        if not broken:
            yield from _in_order(value, order, at, page, language)
        elif len(order) > 1 and order[0].start > order[-1].start:
            parts = zip(order[:-1], _glues(order, language), strict=True)
            yield Move(
                tuple(part for piece, glue in parts for part in (Span(piece.start, piece.end), glue)),
                order[-1].start,
                CERTAIN,
            )
        at += len(order)


def _page(value: str) -> Page:
    pieces: list[Piece] = []
    apart: dict[int, list[Sign]] = {}
    for match in PIECE.finditer(value):
        if LONE.fullmatch(match.group()):
            apart.setdefault(len(pieces), []).append(Sign(*match.span()))
        else:
            if len(pieces) in apart and BLANK_LINE.search(value, apart[len(pieces)][-1].end, match.start()):
                del apart[len(pieces)]
            pieces.append(Piece(*match.span(), match.group()))
    gaps = (at for at, (one, other) in enumerate(pairwise(pieces), 1) if BLANK_LINE.search(value, one.end, other.start))
    return Page(pieces, apart, frozenset(gaps))


def _breaks_at_fonts(page: Page) -> bool:
    """Tell whether lines end where the font changes, as behind numbers: there a sign stands behind its letter."""
    numbered = [piece.text for piece in page.pieces if NUMBER.match(piece.text)]
    return sum(NUMBER.fullmatch(text) is not None for text in numbered) * 2 > len(numbered)


def _printed(page: Page, at: int, usual: float, language: Language) -> Sequence[Piece]:
    """Return the pieces from one on that make one printed line, in reading order: often it is given from its end."""
    pieces = page.pieces[: next((gap for gap in range(at + 1, at + MOST_TORN) if gap in page.gaps), at + MOST_TORN)]
    last = at + 1
    while last < len(pieces) and _parts_word(pieces, last, language):
        last += 1
    if last > at + 1:
        return pieces[at:last][::-1]
    for count in range(2, min(MOST_PIECES, len(pieces) - at) + 1):
        signs = sum(tearing(piece) is not None for piece in pieces[at + 1 : at + count])
        signs += sum(number in page.apart for number in range(at, at + count))
        if count <= signs + 1 and _is_line(pieces[at : at + count], page, at, usual=usual, language=language):
            return pieces[at : at + count][::-1]
    if at + 1 < len(pieces) and tearing(pieces[at]):
        begin, end = pieces[at : at + 2]
        others = _fits(pieces[at - 1], begin, usual=usual) if at else 0
        fits = not may_open(end.text, language) and _fits(end, begin, usual=usual) > others
        if fits or _is_one_word(begin.text, end.text, language):
            return (begin, end)
    return pieces[at : at + 1]


def _in_order(value: str, order: Sequence[Piece], at: int, page: Page, language: Language) -> Iterator[Edit | Move]:
    lone: dict[int, list[Sign]] = {}
    for number in range(len(order)):
        for sign in page.apart.get(at + number, ()):
            # Signs stand to the right of the word they are on: between its piece and the next, or above both.
            owners = [len(order) - number] if number else [*range(len(order) - 1, 0, -1), 0]
            room = (owner for owner in owners if has_room(value[sign.start : sign.end], order[owner].text))
            lone.setdefault(next(room, owners[0]), []).append(sign)
    goes_on = at > 0 and not is_closed(page.pieces[at - 1].text) and not may_open(order[0].text, language)
    if len(order) > 1 or (lone and goes_on):
        yield from put_together(value, order, _glues(order, language), lone, CERTAIN if len(order) > 1 else LONELY)


def _glues(pieces: Sequence[Piece], language: Language) -> list[str]:
    """Return what goes between each two pieces of a line: nothing inside a word."""
    return ["" if _is_one_word(left.text, right.text, language) else " " for left, right in pairwise(pieces)]


def _parts_word(page: Sequence[Piece], at: int, language: Language) -> bool:
    """Tell whether a piece ends inside a word, at a sign out of place, of which the piece before has the rest."""
    if not tearing(page[at]):
        return False
    after = at + 1 < len(page) and _is_one_word(page[at].text, page[at + 1].text, language)
    return not after and _is_one_word(page[at].text, page[at - 1].text, language)


def _is_line(pieces: Sequence[Piece], page: Page, at: int, *, usual: float, language: Language) -> bool:
    """Tell whether pieces from one on make one line, and neither the first nor the last of them one with another."""
    end, begin = pieces[0], pieces[-1]
    before, behind = page.pieces[max(0, at - 1) : at], page.pieces[at + len(pieces) :][:1]
    others = [0]
    if len(pieces) == 2:
        if tearing(begin):
            others += [_fits(piece, begin, usual=usual) for piece in behind]
        elif at + 1 in page.apart and is_closed(end.text):  # signs may stand above both pieces
            others += [_fits(begin, piece, usual=usual) for piece in behind if may_open(piece.text, language)]
        if tearing(end):
            others += [_fits(piece, end, usual=usual) for piece in before]
    whole = _fits(*pieces, usual=usual)
    # Of a paragraph that begins here, the line before is the end only where both fill one line.
    ends = is_closed(begin.text) and at not in page.apart
    return whole > max(others) and (whole > 1 or not (may_open(begin.text, language) or ends))


def _fits(*pieces: Piece, usual: float) -> int:
    """Say how well pieces make a line: 2 for a full one, 1 for the last of a paragraph, 0 for none."""
    shares = [width(piece.text) / usual for piece in pieces]
    if max(shares) >= LEAST or sum(shares) > MOST:
        return 0
    least = SET_IN if ITEM.match(pieces[-1].text) else LEAST
    return 2 if sum(shares) >= least else int(is_closed(pieces[0].text))


def _is_one_word(left: str, right: str, language: Language) -> bool:
    """Tell whether the last letters of a piece and the first of another are one word, far more often than two."""
    bare = SIGNS_END.sub("", left)
    last, first = LAST_LETTERS.search(bare), WORD.match(SIGNS.sub("", right))
    if not last or not first:
        return False
    whole = language.frequency_within(last.group() + first.group())
    return whole > min(language.frequency(last.group()), language.frequency(first.group()))
