"""How the pieces of one printed line stand, which an extractor set apart because the line's blanks are wide.

It parts a line where what a blank is wider than its glyph is more than twice the letter beside it. Pieces that are
left- or right-aligned with the line above or below, or have their middle under its middle, stay with that line; the
others stand before or behind the block of lines, by how far to the left they begin. So an order of the pieces is
possible only if, laid out in it, they would have been parted, kept and set apart just as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.repair.openings import ITEM, NUMBER
from pipeline.repair.page import INDICATOR
from pipeline.repair.widths import UNITS, width

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

    from pipeline.repair.page import Line

    Extent = tuple[float, float]

INDENT = 0.0645
"""How far a first line, and again what follows its number, is set in, as a share of the usual width (FORMAT.md 2.1)."""
LEADING = (0.0895, 0.098)
"""A piece begins so much further left for each line of its block, as a share of the usual width, to stand before it:
thrice the leading of the pages, of which there are two settings."""
ALIGNED, APART = 0.022, 0.006
"""Shares of the usual width: edges no further from each other may be aligned; those so near each other are."""
ROUGH = 0.035
"""How far off a place may be, as a share of the usual width."""
LETTER = 1.86
"""Twice a letter's width, in the units of a line set a little wide."""
PARTS, KEEPS = 0.3, 0.6
"""A blank so much wider than `LETTER` parts, and one no wider than that does not, is certain."""
WIDE = 1.3
"""No narrower blank parts a line."""
SAME = 0.12
"""Letters whose widths differ by less are equally wide here."""


class Place(NamedTuple):
    """Where a printed line stands, and its pieces in the text.

    `first` tells of a paragraph's first line, and `numbered` of one whose number stands before its pieces; `near`
    are the extents of the lines right above and below, with their blocks. `attached` are the starts of the pieces in
    a block with other lines, and that block; `before` and `behind` the starts of those before and behind it, and
    `bounds` where a piece begins that may be either; none where that is not known.
    """

    usual: float
    first: bool
    numbered: bool
    near: tuple[tuple[Extent, int], ...]
    attached: Mapping[int, int]
    before: frozenset[int]
    behind: frozenset[int]
    bounds: Extent | None


def bounds_of(above: int, below: int, usual: float) -> Extent:
    """Return between which places a piece must begin to stand before or behind its block of lines.

    `above` and `below` count the lines of the block above and below the printed line.
    """
    ends = [(below - above) * leading * usual for leading in LEADING]
    return min(ends) - ROUGH * usual, max(ends) + ROUGH * usual


def stands(order: Sequence[Line], place: Place) -> bool:
    """Tell whether a printed line with its pieces in this order would stand in the text as it does."""
    blank, extents = _lay_out(order, place)
    if not _parts(order, blank, place):
        return False
    return all(
        _stands(piece, extent, place, opens=piece is order[0]) for piece, extent in zip(order, extents, strict=True)
    )


def _stands(piece: Line, extent: Extent, place: Place, *, opens: bool) -> bool:
    usual, left = place.usual, extent[0]
    home = place.attached.get(piece.start)
    if any(block != home and _touches(extent, line, APART * usual) for line, block in place.near):
        return False
    if home is not None:
        aligned = any(block == home and _aligned(extent, line, ALIGNED * usual) for line, block in place.near)
        return aligned or (opens and place.first)
    if not place.bounds:
        return True
    first, last = place.bounds
    return not (piece.start in place.before and left > last) and not (piece.start in place.behind and left < first)


def indent(text: str, *, first: bool, numbered: bool) -> float:
    """Return how far a printed line that opens so is set in, behind its number, as a share of the usual width."""
    return INDENT * (2 if numbered or _number(text) else 1) if first else 0


def _number(text: str) -> re.Match[str] | None:
    return NUMBER.match(text) or ITEM.match(text)


def _lay_out(order: Sequence[Line], place: Place) -> tuple[float, list[Extent]]:
    """Return how wide each blank of a justified line is, and from where to where each piece goes."""
    left = indent(order[0].text, first=place.first, numbered=place.numbered) * place.usual
    rows = [_words(piece.text) for piece in order]
    if place.first and (number := _number(order[0].text)):
        rows[0] = _words(order[0].text[number.end() :]) or rows[0]
    wide = [sum(map(width, row)) for row in rows]
    blank = (place.usual - left - sum(wide)) / max(1, sum(map(len, rows)) - 1)
    extents: list[Extent] = []
    for row, own in zip(rows, wide, strict=True):
        right = left + own + blank * (len(row) - 1)
        extents.append((left, right))
        left = right + blank
    return blank, extents


def _parts(order: Sequence[Line], blank: float, place: Place) -> bool:
    """Tell whether a line with such blanks is parted between these pieces, and not within them.

    Where pieces begin with a blank, that is after the last letter of the word before it, else before the first
    letter of the next word.
    """
    led = [piece.indent > 0 for piece in order]
    # A lead phrase is parted by its other font, with no blank.
    if blank < WIDE or led[0] or (any(led) and not all(led[2 if place.first else 1 :])):
        return False
    at, others = (-1, slice(None, -1)) if any(led) else (0, slice(1, None))
    parted = order[:-1] if any(led) else order[1:]
    if any(led) and place.first:
        parted = parted[1:]
    edges = [UNITS[_words(piece.text)[at][at]] for piece in parted]
    kept = [UNITS[word[at]] for piece in order for word in _words(piece.text)[others] if word[at].isalnum()]
    if edges and kept and max(edges) > min(kept) + SAME:
        return False
    if any(led):
        return True
    return (not edges or blank > LETTER * max(edges) + PARTS) and (not kept or blank < LETTER * min(kept) + KEEPS)


def _words(text: str) -> list[str]:
    return INDICATOR.sub("", text).split() or [text]


def _touches(piece: Extent, line: Extent, slack: float) -> bool:
    return any(abs(a - b) < slack for a, b in zip(piece, line, strict=True))


def _aligned(piece: Extent, line: Extent, slack: float) -> bool:
    return _touches(piece, line, slack) or abs(sum(piece) - sum(line)) < 2 * slack
