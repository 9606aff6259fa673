"""Which pieces of a page stand between two heights and two edges, and a table that is found among them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.read.pdf_piece import Grid, Piece

MIDDLE = 0.25
"""The middle of what stands on a base is so much of its size above it."""
OVER = 0.5
"""So much of its size may text stand over an edge: blanks, and what slants."""


class Found(NamedTuple):
    """What may be a table, and the numbers of its pieces; `crowded` tells that a row of it may be several."""

    grid: Grid
    taken: Sequence[int]
    crowded: bool = False


def height(piece: Piece) -> float:
    """Return where the middle of a piece stands: it is in the row of a table where that is."""
    return piece.base + MIDDLE * piece.size


class Heights:
    """The pieces of a page by how high they stand."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.numbers = sorted(range(len(pieces)), key=lambda at: height(pieces[at]))
        self.heights = [height(pieces[at]) for at in self.numbers]

    def between(self, bottom: float, top: float) -> list[int]:
        """Return the numbers of the pieces between two heights, in their order on the page."""
        return sorted(self.numbers[bisect_left(self.heights, bottom) : bisect_right(self.heights, top)])


def cell_of(piece: Piece, edges: Sequence[float]) -> int | None:
    """Return the number of the cell a piece stands in, of those that part at some edges; None for one over an edge."""
    at, over = bisect_right(edges, (piece.left + piece.right) / 2) - 1, OVER * piece.size
    inside = 0 <= at < len(edges) - 1 and edges[at] - over <= piece.left and piece.right <= edges[at + 1] + over
    return at if inside else None
