"""An untagged PDF to repaired text, by geometry: base lines, sizes, gaps (FORMAT.md section 2.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.numbers import PARAGRAPH
from pipeline.read.pdf_grid import goes_on_with, join, part
from pipeline.read.pdf_lines import is_mirrored, line_of_grid, lines_of, measure_pages
from pipeline.read.pdf_piece import Grid
from pipeline.read.pdf_text import (
    ENDS,
    INDENT,
    NOTE_MARK,
    SMALL,
    goes_on,
    joined,
    lines,
    marks_of,
    split,
    starts_note,
)
from pipeline.read.pdf_writing import Writing, write_notes, write_paragraph, write_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.read.pdf_grid import Parted
    from pipeline.read.pdf_lines import Line, Measure
    from pipeline.read.pdf_piece import Page, Piece
    from pipeline.read.source import Read

    Block = list[Piece] | Grid
    """A paragraph or a table."""

LESSER = 0.95
"""Notes and what the page repeats are at most this part of the size of the text."""
PARTED = 1.25
"""A paragraph starts where the base lines are this many times the usual distance apart."""
JOB = re.compile(r"\*\d{7}\*|(?:GE\.)?\d\d-\d{5}\b.{0,30}|\d{1,3}/\d{1,3}")
ROOM = 0.4
"""A line that leaves this part of the width free was ended on purpose."""
LABEL = re.compile(r"\(?\w{1,5}[.)]")
"""The number of a paragraph; a gap after it parts no columns."""
LISTED = re.compile(r"(?:\(?\w{1,5}[.)]|\d{1,3}(?:\.\d{1,3})+) ")
HANGING = 3.0
"""The text of an item may stand so many times the size to the right of its number, and go on below itself."""
NUMBERED = re.compile(PARAGRAPH)
FAR = 1.8
"""What the page repeats stands at least this many times the usual distance from the text."""


def read_untagged(pages: Sequence[Page]) -> Read:
    """Write repaired text of pages that do not say what they are made of."""
    paged = [_lines(page, parted) for page, parted in zip(pages, part(pages), strict=True)]
    measure = measure_pages(paged)
    blocks: list[Block] = []
    notes: list[list[Piece]] = []
    repeated: list[Sequence[Piece]] = []
    for page in paged:
        inner, outer = _without_margins(page, measure)
        repeated += [line.pieces for line in outer]
        at = _notes_start(inner, measure)
        for line in inner[at:]:
            if _is_rule(line):
                repeated.append(line.pieces)
            elif not notes or _starts_note(line):
                notes.append(list(line.pieces))
            else:
                notes[-1] += line.pieces
        repeated += _add(list(_blocks(inner[:at], measure)), blocks, measure)
    marks = marks_of(notes)
    writing = Writing()
    for block in blocks:
        if isinstance(block, Grid):
            for at, row in enumerate(block.rows):
                write_row(row, marks, writing, ruled=block.named and at == 0)
        else:
            write_paragraph(block, marks, writing)
    write_notes(notes, writing)
    return writing.read(repeated)


def _add(page: Sequence[Block], blocks: list[Block], measure: Measure) -> list[Sequence[Piece]]:
    """Add the blocks of a page to those before it, of which the last may go on; return what the page repeats of it."""
    before, first = (blocks[-1], page[0]) if blocks and page else (None, None)
    if isinstance(before, Grid) and isinstance(first, Grid) and goes_on_with(before, first):
        blocks[-1], names = join(before, first)
        blocks += page[1:]
        return list(names)
    if isinstance(before, list) and isinstance(first, list) and _goes_on(before, first, measure):
        before += first
        page = page[1:]
    blocks += page
    return []


def _lines(page: Page, parted: Parted) -> list[Line]:
    """Return the lines of a page from top to bottom, a table as one of them."""
    mirrored = is_mirrored(page.pieces)
    lines = lines_of(parted.pieces, mirrored=mirrored)
    lines += [line_of_grid(grid, mirrored=mirrored) for grid in parted.grids]
    return sorted(lines, key=lambda line: -line.base) if parted.grids else lines


def _without_margins(page: Sequence[Line], measure: Measure) -> tuple[list[Line], list[Line]]:
    """Part the lines of a page from what stands in its margins: running head, folio, job number, bar code."""
    start = _margin(page, measure)
    end = len(page) - _margin(page[::-1], measure)
    if start >= end:
        return list(page), []
    return list(page[start:end]), [*page[:start], *page[end:]]


def _margin(page: Sequence[Line], measure: Measure) -> int:
    """Count the small lines at the edge of a page, up to one that stands far from the next.

    Job numbers, bar codes and folios are known whatever their size is.
    """
    found = 0
    for at, line in enumerate(page):
        if line.grid:
            return found
        if JOB.fullmatch(line.text):
            found = at + 1
            continue
        if line.size > LESSER * measure.size or _starts_note(line):
            return found
        following = page[at + 1] if at + 1 < len(page) else None
        if following is None or abs(line.base - following.base) > FAR * measure.leading:
            return at + 1
    return found


def _starts_note(line: Line) -> bool:
    return starts_note(line.pieces, line.size)


def _is_rule(line: Line) -> bool:
    return not line.text.strip("_-–— ")


def _notes_start(page: Sequence[Line], measure: Measure) -> int:
    """Return where the notes of a page start: the small lines at its foot, if a number opens one of them."""
    at = len(page)
    while at and not page[at - 1].grid and (page[at - 1].size <= LESSER * measure.size or _is_rule(page[at - 1])):
        at -= 1
    if at < len(page) and NOTE_MARK.fullmatch(page[at].text):
        at += 1  # an indicator for which the last line of the text had no room
    return at if any(map(_starts_note, page[at:])) else len(page)


def _blocks(page: Sequence[Line], measure: Measure) -> Iterator[Block]:
    """Yield the paragraphs and tables of a page; columns that stand side by side are paragraphs of their own."""
    paragraph: list[Piece] = []
    before: Line | None = None
    for line in page:
        if line.grid:
            if paragraph:
                yield paragraph
            yield line.grid
            paragraph, before = [], None
            continue
        columns = list(filter(joined, split(line.pieces)))  # a blank far from the text is no column
        columns[-1][-1] = columns[-1][-1]._replace(breaks=True)
        if line.mirrored or LABEL.fullmatch(joined(columns[0])):
            columns = [list(line.pieces)]
        if paragraph and (before is None or len(columns) > 1 or _is_parted(paragraph, before, line, measure)):
            yield paragraph
            paragraph = []
        yield from columns[:-1]
        paragraph += columns[-1]
        before = line
        if len(columns) > 1:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _is_parted(paragraph: Sequence[Piece], before: Line, line: Line, measure: Measure) -> bool:
    """Tell whether a line starts a paragraph after another: by distance, by size, or since the other ends early."""
    if line.size <= SMALL * measure.size and NOTE_MARK.fullmatch(line.text):
        return False  # an indicator for which its line had no room
    leading = measure.leading * max(1, line.size / measure.size)
    if before.base - line.base > PARTED * leading or abs(before.size - line.size) > 1:
        return True
    return _ends_early(before.left, before.right, measure) and not _is_unfinished(paragraph, before, line)


def _is_unfinished(paragraph: Sequence[Piece], before: Line, line: Line) -> bool:
    """Tell whether a line was broken inside a sentence: it has no mark at its end, and the next goes on below it.

    It goes on below its beginning, or below the text after its number: with a small letter, or,
    after several lines, with a figure that is no paragraph's number.
    Where paragraphs open with a small letter, as in Russian, they end with a mark.
    """
    text, following = before.text.rstrip(), line.text.lstrip()
    indent = HANGING * before.size if LISTED.match(text) else INDENT
    if line.left > before.left + indent or text.endswith(ENDS) or LABEL.match(following):
        return False
    several = sum(piece.breaks for piece in paragraph) > 1
    return following[:1].islower() or (several and following[:1].isdigit() and not NUMBERED.match(following))


def _ends_early(left: float, right: float, measure: Measure) -> bool:
    return measure.right - right > ROOM * (measure.right - left)


def _goes_on(before: Sequence[Piece], after: Sequence[Piece], measure: Measure) -> bool:
    """Tell whether the first paragraph of a page goes on with the last of the page before."""
    if LABEL.fullmatch(joined(before)):
        return True  # a number for whose text the page had no room
    *_, last = lines(before)
    left, right = min(piece.left for piece in last), max(piece.right for piece in last)
    return not _ends_early(left, right, measure) and goes_on(before, after)
