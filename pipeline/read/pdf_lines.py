"""The lines of an untagged PDF's pages, and what is usual among them (FORMAT.md section 2.1)."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.bidi import LETTERS
from pipeline.read.pdf_order import in_reading_order
from pipeline.read.pdf_text import SMALL, joined, usual

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.read.pdf_piece import Grid, Piece

RECENT = 3
"""A piece belongs to one of this many lines before it, in the order PDFium reads them."""
LEVEL = 0.15
RAISED = 0.6
"""Bases that differ by less than these parts of the size are one line, and a line with figures raised from it."""
ALIKE = 3
"""Lines end at one place where they end within this many points."""
COMMON = 0.2
"""A distance found this often, beside the one found most, is not there by chance."""
USUAL, WIDEST = 1.2, 1.6
"""Lines stand this many times their size apart, and not more than that; what stands further apart are paragraphs."""


class Line(NamedTuple):
    """What stands on one base line: its pieces in reading order, its base, size and ends in points.

    `grid` is the table that stands in its place: its base is that of the first of its lines.
    """

    pieces: tuple[Piece, ...]
    base: float
    size: float
    left: float
    right: float
    mirrored: bool
    grid: Grid | None = None

    @property
    def text(self) -> str:
        """The text of the line."""
        return joined(self.pieces)


class Measure(NamedTuple):
    """What is usual in the document, in points: the size of its text, the distance of its lines, where they end."""

    size: float
    leading: float
    right: float


def is_mirrored(page: Sequence[Piece]) -> bool:
    """Tell whether a page is read from the right."""
    return any(LETTERS.match(piece.text) for piece in page)


def line_of_grid(grid: Grid, *, mirrored: bool) -> Line:
    """Return a table as a line of its page."""
    pieces = grid.pieces
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    return Line(pieces, max(piece.base for piece in pieces), usual(pieces), left, right, mirrored, grid)


def lines_of(page: Sequence[Piece], *, mirrored: bool) -> list[Line]:
    """Return the lines of a page from top to bottom; raised figures belong to the line they are raised from.

    `mirrored` tells that the page is read from the right.
    """
    rows: list[list[Piece]] = []
    largest: list[Piece] = []
    for piece in page:
        recent = range(len(rows) - 1, max(len(rows) - RECENT, 0) - 1, -1)
        at = next((at for at in recent if _is_beside(largest[at], piece)), None)
        if at is None:
            rows.append([piece])
            largest.append(piece)
            continue
        rows[at].append(piece)
        if piece.size > largest[at].size:
            largest[at] = piece
    found = [_line(row, mirrored=mirrored) for row in rows if any(piece.text.strip() for piece in row)]
    return sorted(found, key=lambda line: -line.base)


def _is_beside(largest: Piece, piece: Piece) -> bool:
    """Tell whether a piece stands on the line of another: on its base, or one of them is small and raised."""
    raised = piece.base - largest.base
    if piece.size > largest.size:
        raised = -raised
    return abs(raised) < LEVEL * largest.size or (
        min(piece.size, largest.size) <= SMALL * max(piece.size, largest.size)
        and 0 < raised < RAISED * max(piece.size, largest.size)
    )


def _line(row: Sequence[Piece], *, mirrored: bool) -> Line:
    """Return a line; of a page that is read from the right, places are measured from there."""
    size = usual(row)
    ordered = in_reading_order(row, from_the_right=mirrored)
    pieces = [piece._replace(breaks=False) if piece.breaks else piece for piece in ordered]
    if mirrored:
        pieces = [piece._replace(left=-piece.right, right=-piece.left) for piece in pieces]
    pieces[-1] = pieces[-1]._replace(breaks=True)
    base = next(piece.base for piece in row if piece.size == size)
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    return Line(tuple(pieces), base, size, left, right, mirrored)


def measure_pages(pages: Sequence[Sequence[Line]]) -> Measure:
    """Measure the text: the size most of it has, and the smallest distance that is common between its lines.

    Tables count where there is nothing else.
    """
    text = [[line for line in page if not line.grid] for page in pages]
    pages = text if any(text) else pages
    sizes = Counter[float]()
    for page in pages:
        for line in page:
            sizes[round(line.size)] += len(line.text)
    size = max(sizes, key=lambda size: sizes[size])
    gaps = Counter[float]()
    for page in pages:
        for upper, lower in pairwise(page):
            if round(upper.size) == round(lower.size) == size and upper.base - lower.base > size / 2:
                gaps[round((upper.base - lower.base) * 2) / 2] += 1
    common = [gap for gap, count in gaps.items() if count > COMMON * max(gaps.values())]
    ends = Counter(round(line.right / ALIKE) for page in pages for line in page)
    right = max((end for end, count in ends.items() if count > 2), default=-math.inf) * ALIKE
    leading = min(common, default=math.inf)
    return Measure(size, leading if leading < WIDEST * size else USUAL * size, right)
