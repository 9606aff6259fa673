"""Tables that an extractor kept in columns (`pdftotext -layout`), written as rows of cells.

FORMAT.md section 2.3. The columns must be plain to see: at least three, apart by two blanks or
more that stand under one another in at least three lines, and each row with something in the last.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.repair.furniture import text_start
from pipeline.repair.layout import on_pages
from pipeline.repair.page import body_end, lines
from pipeline.text import Edit, Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.repair.page import Line
    from pipeline.text import Proposal, Text

STRETCH = re.compile(r"\S+(?: \S+)*")
COLUMNS, ROWS = 3, 3
"""Two columns may be a number and its paragraph, or a footnote."""
WIDEST_GAP = 2
"""More blank lines than that end a table."""
APART = 2
"""Columns are so many blanks apart."""


class Printed(NamedTuple):
    """A line as stretches of words: (left, right) on the printed line, which begins at offset `origin`."""

    line: Line
    origin: int
    stretches: tuple[tuple[int, int], ...]


class Row(NamedTuple):
    """A line of a table: its stretches by their columns."""

    printed: Printed
    cells: dict[int, tuple[int, int]]


@on_pages
def set_tables(text: Text, language: Language) -> Iterator[Proposal]:
    """Write a table set in columns as rows `| a | b |`, the lines of a cell joined.

    Leaves alone lines whose columns overlap, rows with nothing in the last column, and all of a
    table with words of which it cannot be said in which row they belong.
    """
    value = text.value
    if not re.search(r"\S {2,}\S", value):
        return
    page = lines(value[: body_end(value)])
    body = [_printed(line) for line in page[text_start(page, language) :]]
    at = 0
    while at < len(body):
        end, columns = _extent(body, at)
        # Right below another line, the first row may be the rest of one.
        if end - at >= ROWS and len(columns) >= COLUMNS and (body[at].line.gap or body[at].line.page):
            rows = [_row(printed, columns) for printed in body[at:end]]
            yield from _proposals(rows, len(columns))
        at = end


def _printed(line: Line) -> Printed:
    found = (match.span() for match in STRETCH.finditer(line.text))
    return Printed(line, line.start - line.indent, tuple((a + line.indent, b + line.indent) for a, b in found))


def _extent(body: Sequence[Printed], at: int) -> tuple[int, list[tuple[int, int]]]:
    """Return where the table ends whose first line may stand at `at`, and its columns as (left, right).

    A line that would run two columns together, or has two stretches in one, is none of it.
    """
    columns = list(body[at].stretches)
    end = at + 1
    if len(columns) < COLUMNS:
        return end, []
    while end < len(body) and not body[end].line.page and body[end].line.gap <= WIDEST_GAP:
        merged = _merged(columns, body[end].stretches)
        if merged is None:
            break
        columns = merged
        end += 1
    while end > at and len(body[end - 1].stretches) == 1 and body[end - 1].line.gap:
        end -= 1  # a short line after the table
    return end, columns


def _merged(columns: list[tuple[int, int]], stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]] | None:
    """Return the columns widened by the stretches of a line; None where two columns or stretches would be one."""
    merged: list[tuple[int, int]] = []
    counts = (0, 0)
    marked = [(left, right, 1, 0) for left, right in columns] + [(left, right, 0, 1) for left, right in stretches]
    for left, right, column, stretch in sorted(marked):
        if merged and left < merged[-1][1] + APART:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
            counts = (counts[0] + column, counts[1] + stretch)
        else:
            merged.append((left, right))
            counts = (column, stretch)
        if max(counts) > 1:
            return None
    return merged


def _row(printed: Printed, columns: Sequence[tuple[int, int]]) -> Row:
    cells: dict[int, tuple[int, int]] = {}
    for left, right in printed.stretches:
        at = next(at for at, (first, last) in enumerate(columns) if first <= left < last)
        cells[at] = (printed.origin + left, printed.origin + right)
    return Row(printed, cells)


def _proposals(lines_of: list[Row], width: int) -> Iterator[Proposal]:
    """Yield what makes a table of its lines; nothing where it is not certain what belongs where."""
    full = [at for at, row in enumerate(lines_of) if width - 1 in row.cells]
    lone = [at for at, row in enumerate(lines_of) if width - 1 not in row.cells]
    if len(full) < ROWS or any(len(lines_of[at].cells) != 1 for at in lone):
        return
    homes = _homes(lines_of, full, lone)
    if homes is None:
        return
    gaps = [lines_of[at].printed.line.gap for at in full]
    header = gaps[1] > 0 and 0 in gaps[2:]
    for at in full:
        yield from _strokes(lines_of[at], width, header=header and at == full[0])
    for at in lone:
        ((column, (start, end)),) = lines_of[at].cells.items()
        first, last = lines_of[homes[at]].cells[column]
        after = homes[at] < at
        yield Move((" ", Span(start, end)) if after else (Span(start, end), " "), last if after else first, 0.9)


def _homes(rows: list[Row], full: list[int], lone: list[int]) -> dict[int, int] | None:
    """Return for each line that is the rest of a cell the row it belongs to; None where one has none for certain.

    It stands right below its row, or right above it; where it stands between two rows, it is
    as the others of the table are.
    """
    closed = {at for at in lone if rows[at].printed.line.gap == 0 and at > full[0]}
    opened = {at for at in lone if at + 1 < len(rows) and rows[at + 1].printed.line.gap == 0}
    below, above = closed - opened, opened - closed
    if below and above:
        return None
    homes: dict[int, int] = {}
    for at in lone:
        home = bisect_left(full, at) - (1 if below else 0)
        certain = at in (closed if below else opened) and (below or above) and 0 <= home < len(full)
        if not certain or rows[at].cells.keys() - rows[full[home]].cells.keys():
            return None
        homes[at] = full[home]
    return homes


def _strokes(row: Row, width: int, *, header: bool) -> Iterator[Edit]:
    """Yield the strokes of a row, and under the names of the columns the rule."""
    cells = sorted(row.cells.items())
    first, (start, _) = cells[0]
    # Where nothing sets the line in, with the line end before it: what is moved here comes after the stroke.
    before = min(row.printed.origin, start - 1)
    yield Edit(Span(before, start), ("\n" if before < row.printed.origin else "") + "| " * (first + 1), 0.9)
    for (left, (_, end)), (right, (begin, _)) in pairwise(cells):
        yield Edit(Span(end, begin), " |" * (right - left) + " ", 0.9)
    rule = "\n\n|" + " --- |" * width if header else ""
    yield Edit(Span(cells[-1][1][1], cells[-1][1][1]), " |" + rule, 0.9)
