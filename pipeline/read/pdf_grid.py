"""Tables that the pages of an untagged PDF draw: text in cells that ruled lines close in.

Left alone: a frame around text, columns without lines between their rows, all of a table with a word that stands across
a line or beside the cells of its row.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.pdf_lines import is_mirrored, lines_of
from pipeline.read.pdf_piece import Grid
from pipeline.read.pdf_rules import CLOSE, drawn_lines
from pipeline.read.pdf_text import WIDE, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.read.pdf_lines import Line
    from pipeline.read.pdf_piece import Page, Piece, Row
    from pipeline.read.pdf_rules import Drawn

MIDDLE = 0.25
"""Text stands in the row where this part of its size above its base is."""
OVER = 0.5
"""So much of its size may stand over a line: blanks, and what slants."""
ROWS, COLUMNS = 2, 2
"""A table has text in so many rows, and in so many columns of one of them."""

Ends = tuple[float, float]


class Parted(NamedTuple):
    """A page: its tables, and the pieces that stand in none."""

    grids: Sequence[Grid]
    pieces: Sequence[Piece]


class _Band(NamedTuple):
    """What stands between two lines along the page: from where to where, the upper line, the lines across it.

    The upper line is None, and `below` is False, where lines across the page end at none: there a page breaks a row.
    """

    bottom: float
    top: float
    above: Drawn | None
    below: bool
    edges: tuple[float, ...]


def part(pages: Sequence[Page]) -> list[Parted]:
    """Part the tables that pages draw from what else stands on them."""
    found = [_found(page) for page in pages]
    kept = {id(grid) for each in _over_pages(found) if _is_table(each) for grid in each}
    parted: list[Parted] = []
    for page, candidates in zip(pages, found, strict=True):
        grids = [(grid, taken) for grid, taken in candidates if id(grid) in kept]
        inside = set(chain.from_iterable(taken for _, taken in grids))
        pieces = [piece for at, piece in enumerate(page.pieces) if at not in inside] if inside else page.pieces
        parted.append(Parted([grid for grid, _ in grids], pieces))
    return parted


def goes_on_with(before: Grid, after: Grid) -> bool:
    """Tell whether a table may go on with the first of the next page: its columns are the same, and it stood lower."""
    lowest, highest = min(piece.base for piece in before.pieces), max(piece.base for piece in after.pieces)
    return _alike(before.columns, after.columns) and lowest < highest - CLOSE


def join(before: Grid, after: Grid) -> tuple[Grid, Row]:
    """Return a table as it goes on over the page, and the names of its columns that are printed again.

    A row that the page breaks is one row; a first row that is the same on both pages names the columns.
    """
    whole = before._replace(ends=after.ends)
    if not before.ends:
        broken = tuple((*upper, *lower) for upper, lower in zip(before.rows[-1], after.rows[0], strict=True))
        return whole._replace(rows=(*before.rows[:-1], broken, *after.rows[1:])), ()
    if len(after.rows) > 1 and _texts(before.rows[0]) == _texts(after.rows[0]):
        return whole._replace(rows=before.rows + after.rows[1:], named=True), after.rows[0]
    return whole._replace(rows=before.rows + after.rows), ()


def _alike(columns: Sequence[float], others: Sequence[float]) -> bool:
    return len(columns) == len(others) and all(abs(a - b) < CLOSE for a, b in zip(columns, others, strict=True))


def _texts(row: Row) -> list[str]:
    return list(map(joined, row))


def _over_pages(found: Sequence[Sequence[tuple[Grid, object]]]) -> list[list[Grid]]:
    """Return the tables of all pages, those together that may be one."""
    tables: list[list[Grid]] = []
    last: Grid | None = None
    for page in found:
        for at, (grid, _) in enumerate(page):
            if at == 0 and last is not None and goes_on_with(last, grid):
                tables[-1].append(grid)
            else:
                tables.append([grid])
        last = page[-1][0] if page else None
    return tables


def _is_table(parts: Sequence[Grid]) -> bool:
    """Tell whether the parts of a table are whole: lines close it in, and it has rows and columns enough."""
    closed = parts[0].begins and parts[-1].ends and all(a.ends == b.begins for a, b in pairwise(parts))
    filled = [sum(map(bool, row)) for grid in parts for row in grid.rows]
    return closed and sum(map(bool, filled)) >= ROWS and max(filled) >= COLUMNS


def _found(page: Page) -> list[tuple[Grid, list[int]]]:
    """Return what may be tables of a page, from top to bottom, each with the numbers of the pieces in it."""
    along, across = drawn_lines(page.rules)
    if not along or len(across) <= COLUMNS:
        return []
    ordered = sorted(range(len(page.pieces)), key=lambda at: _height(page.pieces[at]))
    heights = [_height(page.pieces[at]) for at in ordered]
    mirrored = is_mirrored(page.pieces)
    found: list[tuple[Grid, list[int]]] = []
    for bands in _runs(_bands(along, across)):
        numbers = ordered[bisect_left(heights, bands[-1].bottom) : bisect_right(heights, bands[0].top)]
        cells = _Cells(bands)
        taken = [at for at in sorted(numbers) if cells.place(page.pieces[at])]
        grid = None if cells.failed or not taken else cells.grid(mirrored=mirrored)
        if grid:
            found.append((grid, taken))
    return found


def _height(piece: Piece) -> float:
    return piece.base + MIDDLE * piece.size


def _bands(along: Sequence[Drawn], across: Sequence[Drawn]) -> Iterator[_Band]:
    """Yield the bands of a page from top to bottom, with the lines that cross each from end to end."""
    levels = [line.at for line in along]
    ends = Counter[float]()
    for end in sorted(end for line in across for stroke in line.strokes for end in stroke):
        near = levels[bisect_left(levels, end - 2 * CLOSE) : bisect_right(levels, end + 2 * CLOSE)]
        if not near:
            ends[next((other for other in reversed(ends) if end - other < CLOSE), end)] += 1
    cuts: list[tuple[float, Drawn | None]] = [(line.at, line) for line in along]
    cuts += [(end, None) for end, count in ends.items() if count > 1]
    for (top, above), (bottom, below) in pairwise(sorted(cuts, key=lambda cut: -cut[0])):
        edges = tuple(line.at for line in across if line.covers(bottom, top))
        yield _Band(bottom, top, above, below is not None, edges)


def _runs(bands: Iterable[_Band]) -> Iterator[list[_Band]]:
    """Yield the bands that follow one another and may be rows of one table: they have lines across them in common."""
    run: list[_Band] = []
    for band in bands:
        if run and not _is_under(run[-1].edges, band.edges):
            yield run
            run = []
        if len(band.edges) >= COLUMNS:
            run.append(band)
    if run:
        yield run


def _is_under(upper: Sequence[float], lower: Sequence[float]) -> bool:
    """Tell whether a row goes on a table: but for cells that are as wide as several, its columns are the same."""
    inner, other = set(upper[1:-1]), set(lower[1:-1])
    return bool(set(upper) & set(lower)) and (inner <= other or other <= inner)


class _Cells:
    """The cells that the bands of a table make, as they are filled; `failed` once a piece stands in none."""

    def __init__(self, bands: Sequence[_Band]) -> None:
        self.bands = bands
        self.columns = tuple(sorted({edge for band in bands for edge in band.edges}))
        self.failed = False
        self.rows: list[dict[Ends, list[Piece]]] = []
        self.reached: list[Mapping[Ends, list[Piece]]] = []
        """Of each band the cells that reach into it, where its row may have begun higher."""
        self.floors = [band.bottom for band in reversed(bands)]
        for at, band in enumerate(bands):
            begun: dict[Ends, list[Piece]] = {}
            reached: dict[Ends, list[Piece]] = {}
            for ends in pairwise(band.edges):
                if band.above.covers(*ends) if band.above else at == 0:
                    begun[ends] = reached[ends] = []
                elif at and ends in self.reached[-1]:
                    reached[ends] = self.reached[-1][ends]
            self.rows.append(begun)
            self.reached.append(reached)

    def place(self, piece: Piece) -> bool:
        """Put a piece that stands between the ends of the table into its cell; tell whether it is in one."""
        middle, over = (piece.left + piece.right) / 2, OVER * piece.size
        if not self.columns[0] <= middle <= self.columns[-1]:
            return False
        at = len(self.bands) - max(bisect_right(self.floors, _height(piece)), 1)
        for (left, right), cell in self.reached[at].items():
            if left <= middle <= right and left - over <= piece.left and piece.right <= right + over:
                cell.append(piece)
                return True
        self.failed |= bool(piece.text.strip())
        return False

    def grid(self, *, mirrored: bool) -> Grid | None:
        """Return the table, if it has columns and each row of it is one row."""
        if len(self.columns) <= COLUMNS:
            return None
        early = Counter[int]()
        rows: list[Row] = []
        for begun in self.rows:
            row: list[tuple[Piece, ...]] = [()] * (len(self.columns) - 1)
            for (left, right), cell in begun.items():
                lines = lines_of(cell, mirrored=mirrored)
                early.update(_early(lines, right - left))
                at = len(row) - self.columns.index(right) if mirrored else self.columns.index(left)
                row[at] = tuple(piece for line in lines for piece in line.pieces)
            rows.append(tuple(row))
        if max(early.values(), default=0) > 1:
            return None  # lines end side by side before they are full: rows without lines between them
        begins, ends = self.bands[0].above is not None, self.bands[-1].below
        return Grid(self.columns, tuple(rows), begins, ends)


def _early(lines: Sequence[Line], width: float) -> Iterator[int]:
    """Yield the bases of the lines of a cell that end though the next word had room on them."""
    for line, following in pairwise(lines):
        text = following.text
        word = text[:1] if WIDE.match(text) else text.split(" ", 1)[0]
        letter = (following.right - following.left) / max(len(text), 1)
        if width - (line.right - line.left) - line.size > letter * len(word):
            yield round(line.base)
