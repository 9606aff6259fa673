"""What all the modules that read a PDF hand to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Piece(NamedTuple):
    """What a text object shows: text, size in points, box, base line; the marked content it belongs to (-1: none).

    `breaks` tells that a line ends after it; `page` is counted from 1, `link` is what the page links it to,
    `stars` is how repaired text marks its emphasis.
    """

    text: str
    size: float
    left: float
    bottom: float
    right: float
    top: float
    base: float
    mark: int
    breaks: bool
    page: int = 0
    link: str = ""
    stars: str = ""


class Rule(NamedTuple):
    """A straight line that a page draws, along the page or across it: its box in points."""

    left: float
    bottom: float
    right: float
    top: float


class Page(NamedTuple):
    """What a page shows: its pieces in the order PDFium reads them, and the lines it draws."""

    pieces: Sequence[Piece]
    rules: Sequence[Rule] = ()


Row = tuple[tuple[Piece, ...], ...]
"""The pieces of each cell of a row, in the order they are read."""


class Grid(NamedTuple):
    """A table: where its columns part, in points; its rows, of which each has a cell a column.

    `begins` and `ends` tell that it has a line above it and below it: no page breaks its first row, or its last.
    `named` tells that the first row names the columns.
    """

    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    begins: bool
    ends: bool
    named: bool = False

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All that stands in the table."""
        return tuple(piece for row in self.rows for cell in row for piece in cell)
