"""Tables: the rows of repaired text that follow one another (`pipeline.tables` tells how they are written)."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING

from pipeline.model import Cell, Row, Table
from pipeline.tables import cells, is_row, is_rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.parse.paragraphs import Paragraph, Reading


def is_table_row(paragraph: Paragraph, reading: Reading) -> bool:
    """Tell whether a paragraph is a row of a table."""
    return is_row(_line(paragraph, reading))


def row_cells(paragraph: Paragraph, reading: Reading) -> list[Paragraph]:
    """Return the cells of a row as paragraphs of their own; none for the rule under the names of the columns."""
    line = _line(paragraph, reading)
    found = [] if is_rule(line) else cells(line)
    return [reading.part(paragraph.start + start, paragraph.start + end) for start, end in found]


def read_table(body: Sequence[Paragraph], at: int, reading: Reading) -> tuple[Table | None, int]:
    """Read the table whose first row stands at `at`, and return it with how many paragraphs it took.

    The rows of a table are made equally long, with empty cells at their ends. Rows that
    are nothing but a rule are no table: None.
    """
    lines = list(takewhile(lambda paragraph: is_table_row(paragraph, reading), islice(body, at, None)))
    rule = next((at for at, line in enumerate(lines) if is_rule(_line(line, reading))), 0)
    rows = [(at < rule, line, row_cells(line, reading)) for at, line in enumerate(lines)]
    rows = [row for row in rows if row[2]]
    if not rows:
        return None, len(lines)
    width = max(len(found) for _, _, found in rows)
    caption = rows.pop(0)[2][0] if len(rows) > 1 and len(rows[0][2]) == 1 < width else None
    read = [_row(line, found, width, reading, header=header) for header, line, found in rows]
    span = reading.span(lines[0], lines[-1])
    return Table(reading.inlines(caption) if caption else (), tuple(read), span), len(lines)


def _row(line: Paragraph, found: Sequence[Paragraph], width: int, reading: Reading, *, header: bool) -> Row:
    read = [Cell(reading.inlines(cell), reading.span(cell)) for cell in found]
    end = read[-1].span._replace(start=read[-1].span.end)
    read += [Cell((), end)] * (width - len(read))
    return Row(tuple(read), header, reading.span(line))


def _line(paragraph: Paragraph, reading: Reading) -> str:
    return reading.source.value[paragraph.start : paragraph.end]
