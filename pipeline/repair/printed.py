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
WIDEST = 2.0
"""The widest letter, where no other tells."""
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


def orders_of(pieces: Sequence[Line], place: Place) -> list[tuple[Line, ...]]:
    """Return the orders in which the pieces, laid out as one line, would stand in the text as they do.

    The first piece is the first of its paragraph where the line is.
    """
    rows = _rows(pieces, place)
    wide = [sum(map(width, row)) for row in rows]
    left = indent(pieces[0].text, first=place.first, numbered=place.numbered) * place.usual
    blank = (place.usual - left - sum(wide)) / max(1, sum(map(len, rows)) - 1)
    ends, begins = _parted(pieces, rows, blank, place)
    long = [own + blank * (len(row) - 1) for own, row in zip(wide, rows, strict=True)]
    found: list[tuple[Line, ...]] = []

    def extend(order: tuple[int, ...], at: float) -> None:
        if len(order) == len(pieces):
            found.append(tuple(pieces[number] for number in order))
        for number, piece in enumerate(pieces):
            last = len(order) + 1 == len(pieces)
            fits = begins[number] if order else (number == 0 or not place.first) and not piece.indent
            if number in order or not fits or not (last or ends[number]):
                continue
            if _stands(piece, (at, at + long[number]), place, opens=not order):
                extend((*order, number), at + long[number] + blank)

    if blank >= WIDE:
        extend((), left)
    return found


def _rows(pieces: Sequence[Line], place: Place) -> list[list[str]]:
    """Return the words of each piece, without the number that opens a paragraph."""
    rows = [_words(piece.text) for piece in pieces]
    if place.first and (number := _number(pieces[0].text)) and (rest := pieces[0].text[number.end() :]):
        rows[0] = _words(rest)
    return rows


def _parted(
    pieces: Sequence[Line], rows: Sequence[Sequence[str]], blank: float, place: Place
) -> tuple[list[bool], list[bool]]:
    """Return of each piece whether a line with such blanks may be parted behind it, and before it.

    Where pieces begin with a blank, that depends on the last letter of the word before it, else on the first letter of
    the next word. A lead phrase is parted by its other font, with no blank.
    """
    every = [True] * len(pieces)
    if any(piece.indent for piece in pieces):
        kept = [UNITS[word[-1]] for row in rows for word in row[:-1] if word[-1].isalnum()]
        most = min(kept, default=WIDEST) + SAME
        ends = [UNITS[row[-1][-1]] <= most or (place.first and at == 0) for at, row in enumerate(rows)]
        loose = place.first and not sum(piece.indent == 0 for piece in pieces) > 2
        return ends, [piece.indent > 0 or loose for piece in pieces]
    kept = [UNITS[word[0]] for row in rows for word in row[1:] if word[0].isalnum()]
    least = min(kept, default=WIDEST)
    if blank >= LETTER * least + KEEPS:
        return every, [False] * len(pieces)
    most = min(least + SAME, (blank - PARTS) / LETTER)
    return every, [UNITS[row[0][0]] <= most for row in rows]


def _stands(piece: Line, extent: Extent, place: Place, *, opens: bool) -> bool:
    """Tell whether a piece that goes so far would be kept, or set apart, as it is."""
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


def _words(text: str) -> list[str]:
    return INDICATOR.sub("", text).split() or [text]


def _touches(piece: Extent, line: Extent, slack: float) -> bool:
    return any(abs(a - b) < slack for a, b in zip(piece, line, strict=True))


def _aligned(piece: Extent, line: Extent, slack: float) -> bool:
    return _touches(piece, line, slack) or abs(sum(piece) - sum(line)) < 2 * slack
