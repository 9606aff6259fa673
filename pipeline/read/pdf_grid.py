"""Tables that the pages of an untagged PDF draw: text in cells that ruled lines close in.

Left alone: a frame around text, columns without lines between their rows, all of a table with a word that stands across
a line, or beside its cells. `pipeline.read.pdf_ruled` reads those that have lines along the page only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.pdf_cells import Found, Heights, cell_of, height
from pipeline.read.pdf_lines import is_mirrored, lines_of
from pipeline.read.pdf_piece import Grid
from pipeline.read.pdf_ruled import has_columns_of, has_names_of, ruled
from pipeline.read.pdf_rules import CLOSE, drawn_lines
from pipeline.read.pdf_text import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.read.pdf_lines import Line
    from pipeline.read.pdf_piece import Page, Piece, Row
    from pipeline.read.pdf_rules import Drawn

ROWS, COLUMNS = 2, 2
"""A table has text in so many rows, and in so many columns of one of them."""
DRAWN = 4
"""With so many rows that lines part, all rows are parted: with fewer, they may be names, text and a sum."""

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
    after: Grid | None = None
    for at in reversed(range(len(pages))):
        found[at] = found[at] or ruled(pages[at], after)
        after = found[at][0].grid if found[at] else None
    kept = {id(each) for parts in _over_pages(found) if _is_table(parts) for each in parts}
    parted: list[Parted] = []
    for page, candidates in zip(pages, found, strict=True):
        tables = [each for each in candidates if id(each) in kept]
        inside = set(chain.from_iterable(each.taken for each in tables))
        pieces = [piece for at, piece in enumerate(page.pieces) if at not in inside] if inside else page.pieces
        parted.append(Parted([each.grid for each in tables], pieces))
    return parted


def goes_on_with(before: Grid, after: Grid) -> bool:
    """Tell whether a table may go on with the first of the next page: its columns are the same, and it stood lower."""
    lowest, highest = min(piece.base for piece in before.pieces), max(piece.base for piece in after.pieces)
    return has_columns_of(before, after) and lowest < highest - CLOSE


def join(before: Grid, after: Grid) -> tuple[Grid, Row]:
    """Return a table as it goes on over the page, and the names of its columns that are printed again.

    A row that the page breaks is one row; a first row that is the same on both pages names the columns.
    """
    whole = before._replace(ends=after.ends)
    if not before.ends:
        broken = tuple((*upper, *lower) for upper, lower in zip(before.rows[-1], after.rows[0], strict=True))
        return whole._replace(rows=(*before.rows[:-1], broken, *after.rows[1:])), ()
    if len(after.rows) > 1 and has_names_of(before, after):
        return whole._replace(rows=before.rows + after.rows[1:], named=True), after.rows[0]
    return whole._replace(rows=before.rows + after.rows), ()


def _over_pages(found: Sequence[Sequence[Found]]) -> list[list[Found]]:
    """Return the tables of all pages, those together that may be one."""
    tables: list[list[Found]] = []
    last: Found | None = None
    for page in found:
        for at, each in enumerate(page):
            if at == 0 and last is not None and goes_on_with(last.grid, each.grid):
                tables[-1].append(each)
            else:
                tables.append([each])
        last = page[-1] if page else None
    return tables


def _is_table(parts: Sequence[Found]) -> bool:
    """Tell whether the parts of a table are whole: lines close it in, and it has rows and columns enough.

    Where a row may be several, so many must be drawn that lines between rows are the rule.
    """
    grids = [each.grid for each in parts]
    closed = grids[0].begins and grids[-1].ends and all(upper.ends == lower.begins for upper, lower in pairwise(grids))
    filled = [sum(map(bool, row)) for grid in grids for row in grid.rows]
    least = DRAWN if any(each.crowded for each in parts) else ROWS
    return closed and sum(map(bool, filled)) >= least and max(filled) >= COLUMNS


def _found(page: Page) -> list[Found]:
    """Return what may be tables of a page, from top to bottom."""
    along, across = drawn_lines(page.rules)
    if not along or len(across) <= COLUMNS:
        return []
    standing = Heights(page.pieces)
    mirrored = is_mirrored(page.pieces)
    found: list[Found] = []
    for bands in _runs(_bands(along, across)):
        cells = _Cells(bands)
        taken = [at for at in standing.between(bands[-1].bottom, bands[0].top) if cells.place(page.pieces[at])]
        shown = any(page.pieces[at].text.strip() for at in taken)
        if shown and not cells.failed and len(cells.columns) > COLUMNS:
            found.append(cells.table(taken, mirrored=mirrored))
    return found


def _bands(along: Sequence[Drawn], across: Sequence[Drawn]) -> Iterator[_Band]:
    """Yield the bands of a page from top to bottom, with the lines that cross each from end to end."""
    levels = [line.at for line in along]
    ends: list[list[float]] = []
    for end in sorted(end for line in across for stroke in line.strokes for end in stroke):
        if bisect_left(levels, end - 2 * CLOSE) < bisect_right(levels, end + 2 * CLOSE):
            continue
        if not ends or end - ends[-1][0] > CLOSE:
            ends.append([])
        ends[-1].append(end)
    cuts: list[tuple[float, Drawn | None]] = [(line.at, line) for line in along]
    cuts += [(group[0], None) for group in ends if len(group) > 1]
    for (top, above), (bottom, below) in pairwise(sorted(cuts, key=lambda cut: -cut[0])):
        edges = tuple(line.at for line in across if line.covers(bottom, top))
        yield _Band(bottom, top, above, below is not None, edges)


def _runs(bands: Iterable[_Band]) -> Iterator[list[_Band]]:
    """Yield the bands that follow one another and may be rows of one table."""
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
    """The cells that the bands of a table make, as they are filled; `failed` once a piece stands in none.

    `rows` are the cells that begin in each band, `reached` those that reach into it.
    """

    def __init__(self, bands: Sequence[_Band]) -> None:
        self.bands = bands
        self.floors = [band.bottom for band in reversed(bands)]
        self.columns = tuple(sorted({edge for band in bands for edge in band.edges}))
        self.failed = False
        self.rows: list[dict[Ends, list[Piece]]] = []
        self.reached: list[dict[Ends, list[Piece]]] = []
        for at, band in enumerate(bands):
            begun: dict[Ends, list[Piece]] = {}
            upper = self.reached[-1] if at else {}
            for ends in pairwise(band.edges):
                if band.above.covers(*ends) if band.above else at == 0:
                    begun[ends] = []
            self.rows.append(begun)
            self.reached.append({ends: upper[ends] for ends in pairwise(band.edges) if ends in upper} | begun)

    def place(self, piece: Piece) -> bool:
        """Put a piece that stands between the ends of the table into its cell; tell whether it is in one."""
        at = len(self.bands) - max(bisect_right(self.floors, height(piece)), 1)
        edges = self.bands[at].edges
        number = cell_of(piece, edges)
        cell = None if number is None else self.reached[at].get((edges[number], edges[number + 1]))
        if cell is None:
            self.failed |= bool(piece.text.strip())
            return False
        cell.append(piece)
        return True

    def table(self, taken: Sequence[int], *, mirrored: bool) -> Found:
        """Return the table; a row of it may be several where lines side by side end before they are full."""
        numbers = {edge: at for at, edge in enumerate(self.columns)}
        width = len(self.columns) - 1
        early = Counter[int]()
        rows: list[Row] = []
        for begun in self.rows:
            row: list[tuple[Piece, ...]] = [()] * width
            for (left, right), cell in begun.items():
                lines = lines_of(cell, mirrored=mirrored)
                early.update(_early(lines, right - left))
                at = width - numbers[right] if mirrored else numbers[left]
                row[at] = tuple(piece for line in lines for piece in line.pieces)
            rows.append(tuple(row))
        grid = Grid(self.columns, tuple(rows), self.bands[0].above is not None, self.bands[-1].below)
        return Found(grid, taken, crowded=max(early.values(), default=0) > 1)


def _early(lines: Sequence[Line], width: float) -> Iterator[int]:
    """Yield the bases of the lines of a cell that end though the next word had room on them."""
    for line, following in pairwise(lines):
        text = following.text
        word = text[:1] if WIDE.match(text) else text.split(" ", 1)[0]
        letter = (following.right - following.left) / max(len(text), 1)
        if width - (line.right - line.left) - line.size > letter * len(word):
            yield round(line.base)
