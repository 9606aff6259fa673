"""Rows of a table in a tagged PDF whose tags call them paragraphs: those that stand side by side.

Left alone: a number and its text, a line of two columns. A table has two rows at least, and one of them three cells.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.pdf_text import lines
from pipeline.read.pdf_tree import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.read.pdf_piece import Piece
    from pipeline.read.pdf_tree import Mark

LEVEL = 1.5
"""First lines whose bases differ by less, in points, stand side by side."""
ROWS, COLUMNS = 2, 3


class _Placed(NamedTuple):
    """A block, and the page, base and ends of its first line."""

    block: Block
    page: int
    base: float
    left: float
    right: float


def with_rows(blocks: Sequence[Block], pieces: Mapping[Mark, Sequence[Piece]]) -> list[Block]:
    """Return the blocks that have text, paragraphs that stand side by side as the rows of tables."""
    group = max((block.group for block in blocks), default=0)
    found: list[Block] = []
    for beside, run in groupby(_beside(_placed(blocks, pieces)), lambda row: len(row) > 1):
        rows = list(run)
        if beside and len(rows) >= ROWS and max(map(len, rows)) >= COLUMNS:
            group += 1
            found += _table(rows, group)
        else:
            found += [placed.block for row in rows for placed in row]
    return found


def _placed(blocks: Iterable[Block], pieces: Mapping[Mark, Sequence[Piece]]) -> Iterator[_Placed]:
    for block in blocks:
        inside = [piece for cell in block.cells for mark in cell for piece in pieces.get(mark, ())]
        shown = [piece for piece in inside if piece.text.strip()]
        if shown:
            first = next(lines(shown))
            left, right = min(piece.left for piece in first), max(piece.right for piece in first)
            yield _Placed(block, first[0].page, first[0].base, left, right)


def _beside(placed: Iterable[_Placed]) -> Iterator[list[_Placed]]:
    """Yield the paragraphs of each line, those that follow one another from left to right on one base."""
    row: list[_Placed] = []
    for each in placed:
        before = row[-1] if row else None
        if before and not (
            before.block.kind == each.block.kind == "paragraph"
            and before.page == each.page
            and abs(before.base - each.base) < LEVEL
            and before.right <= each.left
        ):
            yield row
            row = []
        row.append(each)
    if row:
        yield row


def _table(rows: Sequence[Sequence[_Placed]], group: int) -> Iterator[Block]:
    """Yield the rows as blocks; a paragraph is in the column of the longest row that begins there, or before it."""
    starts = [each.left for each in max(rows, key=len)]
    for row in rows:
        cells: list[tuple[Mark, ...]] = [()] * len(starts)
        for each in row:
            at = max((at for at, start in enumerate(starts) if start < each.left + LEVEL), default=0)
            cells[at] += each.block.cells[0]
        yield Block("row", tuple(cells), group)
