"""Tables of an untagged PDF with lines along the page only, as the United Nations set them.

Lines close in the names of the columns, and end the table. They are drawn cell by cell, so they show the columns.

Left alone: a table without names, or with text that goes over from one column to the next; rows with nothing in the
last column; all of a table with a line of which it cannot be said in which row it belongs.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.pdf_cells import Found, Heights, cell_of, height
from pipeline.read.pdf_lines import is_mirrored, lines_of
from pipeline.read.pdf_piece import Grid
from pipeline.read.pdf_rules import CLOSE, strokes_along
from pipeline.read.pdf_text import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.read.pdf_lines import Line
    from pipeline.read.pdf_piece import Page, Piece, Row
    from pipeline.read.pdf_rules import Edges

COLUMNS = 2
"""More columns than that: two may be two lists."""
WITHIN, BETWEEN = 1.7, 2.5
"""Lines of one row stand at most this many times their size apart, and rows without a line between them."""
DOUBLE = 6
"""A line may be two that are not so far apart, in points."""
APART = 1.1
"""Rows stand at least this many times as far apart as the lines in them."""


class _Level(NamedTuple):
    """Lines that stand side by side, by their columns; their base, and the size of the largest."""

    base: float
    size: float
    lines: dict[int, Line]


def ruled(page: Page, after: Grid | None) -> list[Found]:
    """Return the tables of a page from top to bottom.

    `after` is the first table of the next page: where it has the names of the last once more, that goes on over the
    page, with what stands below the last of its lines.
    """
    lines = strokes_along(page.rules)
    if len(lines) < 2:
        return []
    reading = _Reading(page, lines)
    found: list[Found] = []
    at = 0
    while at + 1 < len(lines):
        table, at = reading.table(at, after)
        found += [table] if table else []
    return found


def has_columns_of(before: Grid, after: Grid) -> bool:
    """Tell whether the columns of two tables are as wide, wherever the tables stand."""
    aside = after.columns[0] - before.columns[0]
    return len(before.columns) == len(after.columns) and all(
        abs(upper + aside - lower) < CLOSE for upper, lower in zip(before.columns, after.columns, strict=True)
    )


def has_names_of(before: Grid, after: Grid) -> bool:
    """Tell whether the first rows of two tables read the same."""
    return list(map(joined, before.rows[0])) == list(map(joined, after.rows[0]))


class _Reading:
    """Reads what stands between the lines of a page; of its methods, `edges` are where the columns of a table part."""

    def __init__(self, page: Page, lines: Sequence[Edges]) -> None:
        self.lines = lines
        self.pieces = page.pieces
        self.standing = Heights(page.pieces)
        self.mirrored = is_mirrored(page.pieces)

    def table(self, first: int, after: Grid | None) -> tuple[Found | None, int]:
        """Return the table below a line, if there is one, and the number of the line where to go on."""
        lines, edges = self.lines, self.lines[first].edges
        at = first + 1
        if len(edges) <= COLUMNS or not lines[at].is_under(edges, whole=True):
            return None, at
        names = self.row(self.levels(lines[first].at, lines[at].at, edges) or [], edges)
        if not names[-1]:
            return None, at
        rows = [names]
        while at + 1 < len(lines) and lines[at + 1].is_under(edges):
            levels = self.levels(lines[at].at, lines[at + 1].at, edges)
            if levels is None or (not levels and lines[at].at - lines[at + 1].at > DOUBLE):
                break  # what stands between two tables
            body = self.rows(levels, edges)
            if levels and not body:
                return None, at + 1
            rows += body
            at += 1
        grid, bottom = Grid(edges, tuple(rows), begins=True, ends=True, named=True), lines[at].at
        if after and has_columns_of(grid, after) and has_names_of(grid, after):
            rest = self.below(bottom, lines[at + 1].at if at + 1 < len(lines) else -math.inf, edges)
            if more := self.rows(rest, edges):
                grid = grid._replace(rows=(*rows, *more))
                bottom = min(line.base for line in rest[-1].lines.values())
        whole = Found(grid, self.standing.between(bottom, lines[first].at)) if len(grid.rows) > 1 else None
        return whole, at + 1 if whole else at

    def levels(self, top: float, bottom: float, edges: Sequence[float]) -> list[_Level] | None:
        """Return what stands between two heights, from top to bottom; None where some of it stands in no column."""
        columns: list[list[Piece]] = [[] for _ in edges[1:]]
        for at in self.standing.between(bottom, top):
            piece = self.pieces[at]
            column = cell_of(piece, edges)
            if column is not None:
                columns[-1 - column if self.mirrored else column].append(piece)
            elif piece.text.strip():
                return None
        lines = [(line, at) for at, column in enumerate(columns) for line in lines_of(column, mirrored=self.mirrored)]
        found: list[_Level] = []
        for line, column in sorted(lines, key=lambda each: -each[0].base):
            if not found or found[-1].base - line.base > CLOSE or column in found[-1].lines:
                found.append(_Level(line.base, line.size, {}))
            found[-1].lines[column] = line
        return found

    def below(self, top: float, bottom: float, edges: Sequence[float]) -> list[_Level]:
        """Return what stands below the last line of a table, as far as it may be rows of it."""
        pieces = [self.pieces[at] for at in self.standing.between(bottom, top)]
        strange = [height(piece) + CLOSE for piece in pieces if piece.text.strip() and cell_of(piece, edges) is None]
        found = self.levels(top, max([*strange, bottom]), edges) or []
        gaps = [upper.base - lower.base > BETWEEN * lower.size for upper, lower in pairwise(found)]
        return found[: gaps.index(True) + 1] if True in gaps else found

    def row(self, levels: Sequence[_Level], edges: Sequence[float]) -> Row:
        """Return lines as one row, with a cell a column."""
        cells = [[level.lines[at] for level in levels if at in level.lines] for at in range(len(edges) - 1)]
        return tuple(tuple(piece for line in cell for piece in line.pieces) for cell in cells)

    def rows(self, levels: Sequence[_Level], edges: Sequence[float]) -> list[Row]:
        """Return the rows that lines make, one for each that has something in the last column; nothing in doubt."""
        full = [at for at, level in enumerate(levels) if len(edges) - 2 in level.lines]
        if not full:
            return []
        starts = [0, *(_parting(levels, upper, lower) for upper, lower in pairwise(full)), len(levels)]
        parts = [levels[start:end] for start, end in pairwise(starts)]
        return [self.row(part, edges) for part in parts] if all(map(_is_row, parts)) else []


def _parting(levels: Sequence[_Level], upper: int, lower: int) -> int:
    """Return where the lower of two rows starts, of each of which a line is known: below the widest gap between them.

    Where none is wider than the others, they part nowhere: the lower starts where the upper does.
    """
    gaps = [levels[at].base - levels[at + 1].base for at in range(upper, lower)]
    widest, *others = sorted(gaps, reverse=True)
    return upper + gaps.index(widest) + 1 if not others or widest > APART * others[0] else 0


def _is_row(levels: Sequence[_Level]) -> bool:
    """Tell whether lines stand so near that they may be of one row."""
    near = all(upper.base - lower.base <= WITHIN * lower.size for upper, lower in pairwise(levels))
    return near and len(levels) > 0
