"""The straight lines that a page of a PDF draws: what may rule a table (ISO 32000-1, section 8.5).

A line is a path that is thin: a stroke, or an area that is filled, as Word draws it.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.pdf_piece import Rule
from pipeline.read.pdfium import bound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pypdfium2 import PdfPage

THIN = 3.0
"""A line is less wide than this, in points, and longer."""
CLOSE = 1.5
"""Lines that are not further apart, in points, are one line, and meet."""
MOST = 300
"""Strokes that a page with tables has; one with more is a drawing."""
WIDEST = 60
"""Edges of cells in one row."""
PATH = 2
"""What PDFium calls a path."""
BOX, MODE = struct.Struct("4f"), struct.Struct("2i")


class _Functions(NamedTuple):
    count: Callable[..., int]
    one: Callable[..., int]
    kind: Callable[..., int]
    bounds: Callable[..., int]
    mode: Callable[..., int]


@cache
def _functions() -> _Functions:
    from pypdfium2 import raw  # noqa: PLC0415 - loaded by now

    return _Functions(
        count=bound(raw.FPDFPage_CountObjects),
        one=bound(raw.FPDFPage_GetObject, ctypes.c_size_t),
        kind=bound(raw.FPDFPageObj_GetType),
        bounds=bound(raw.FPDFPageObj_GetBounds),
        mode=bound(raw.FPDFPath_GetDrawMode),
    )


def rules_of(page: PdfPage) -> list[Rule]:
    """Return the lines that a page draws, along it or across it, and can be seen."""
    return list(_rules(page))


def _rules(page: PdfPage) -> Iterator[Rule]:
    functions = _functions()
    shown = ctypes.c_void_p.from_param(ctypes.cast(page.raw, ctypes.c_void_p).value)
    box, mode = ctypes.create_string_buffer(BOX.size), ctypes.create_string_buffer(MODE.size)
    sides = [ctypes.byref(box, at * BOX.size // 4) for at in range(4)]
    ways = [ctypes.byref(mode, at * MODE.size // 2) for at in range(2)]
    for at in range(functions.count(shown)):
        each = ctypes.c_void_p.from_param(functions.one(shown, at))
        if functions.kind(each) != PATH or not functions.bounds(each, *sides):
            continue
        rule = Rule._make(BOX.unpack(box.raw))
        thin, long = sorted((rule.right - rule.left, rule.top - rule.bottom))
        if thin < THIN < long and functions.mode(each, *ways) and any(MODE.unpack(mode.raw)):
            yield rule


class Drawn(NamedTuple):
    """A line: where it stands, and of each stroke of it, where that begins, where its parts meet, and where it ends.

    Tables are drawn cell by cell.
    """

    at: float
    strokes: tuple[tuple[float, ...], ...]

    def covers(self, start: float, end: float) -> bool:
        """Tell whether one stroke goes from `start` to `end`."""
        return any(stroke[0] <= start + CLOSE and end - CLOSE <= stroke[-1] for stroke in self.strokes)


class Edges(NamedTuple):
    """A stroke along the page: where it stands, and its edges, where the cells begin and end that it is drawn by."""

    at: float
    edges: tuple[float, ...]

    def is_under(self, edges: Sequence[float], *, whole: bool = False) -> bool:
        """Tell whether it has the ends of a table, and parts where its columns do; `whole`: where all of them do."""
        same = [any(abs(edge - other) < CLOSE for other in edges) for edge in self.edges]
        ends = abs(self.edges[0] - edges[0]) < CLOSE and abs(self.edges[-1] - edges[-1]) < CLOSE
        return all(same) and ends and (len(edges) == len(same) or not whole)


def drawn_lines(rules: Sequence[Rule]) -> tuple[list[Drawn], list[Drawn]]:
    """Return the lines along a page, from the lowest, and those across it, from the left; none of a drawing."""
    along = [rule for rule in rules if rule.right - rule.left > rule.top - rule.bottom]
    across = [rule for rule in rules if rule.right - rule.left <= rule.top - rule.bottom]
    found = (
        _lines(((rule.bottom + rule.top) / 2, rule.left, rule.right) for rule in along),
        _lines(((rule.left + rule.right) / 2, rule.bottom, rule.top) for rule in across),
    )
    return found if sum(len(line.strokes) for line in chain(*found)) <= MOST else ([], [])


def strokes_along(rules: Sequence[Rule]) -> list[Edges]:
    """Return the strokes along a page, from the highest; none of a drawing."""
    along, _ = drawn_lines(rules)
    return [Edges(line.at, stroke) for line in reversed(along) for stroke in line.strokes if len(stroke) <= WIDEST]


def _lines(parts: Iterable[tuple[float, float, float]]) -> list[Drawn]:
    """Join what is drawn at one place to lines, and what of it meets to strokes."""
    lines: list[tuple[float, list[tuple[float, float]]]] = []
    for at, start, end in sorted(parts):
        if not lines or at - lines[-1][0] > CLOSE:
            lines.append((at, []))
        lines[-1][1].append((start, end))
    return [Drawn(at, tuple(_strokes(sorted(ends)))) for at, ends in lines]


def _strokes(parts: Iterable[tuple[float, float]]) -> Iterator[tuple[float, ...]]:
    edges: list[float] = []
    last = 0.0
    for start, end in parts:
        if edges and start - last > CLOSE:
            yield (*edges, last)
            edges = []
        if not edges or start - edges[-1] > CLOSE:
            edges.append(start)
        last = end if len(edges) == 1 else max(last, end)
    if edges:
        yield (*edges, last)
