"""Torn lines of right-to-left text whose extractor kept the columns of the page.

Two lines that stand one beside the other are one printed line: real ones reach the right edge both.
"""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from pipeline.repair.torn_signs import LETTER, LONE, Piece, Sign, put_together, tearing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.text import Edit, Move

WHOLE_LINE = re.compile(r"[^\n\f]+")
PIECE = re.compile("[\u064b-\u0652]+(?= {2}|$)|\\S(?:(?! {3})[^\n\f])*(?<! )")
"""Signs by themselves, a line, or what wide blanks set apart of it."""
UNSEEN = re.compile("(?<=[\u0621-\u0652]) ?[\u064b-\u0652]")
INDENTED = re.compile("^ {6}", re.MULTILINE)
SET_IN = 0.2
"""Where so many lines are set in, blanks stand for columns."""
SLACK = 3
"""Columns are off by so many letters."""
NEAR = 8
"""Pieces of one line are no further apart: a sign is between them."""
MOST_LINES = 3
CERTAIN = 0.9


class Column(NamedTuple):
    """A piece, or signs apart, and between which columns from the left it is printed."""

    piece: Piece
    left: int
    right: int

    @property
    def shown(self) -> int:
        """Where it may end: signs, with the blank before them, take no column where the extractor knew."""
        return self.right - sum(map(len, UNSEEN.findall(self.piece.text)))


class Row(NamedTuple):
    """A line of the text: its pieces and the signs that stand apart on it."""

    start: int
    end: int
    pieces: tuple[Column, ...]
    signs: tuple[Column, ...]


def has_columns(value: str) -> bool:
    """Tell whether an extractor kept the columns of the page."""
    return len(INDENTED.findall(value)) > SET_IN * value.count("\n")


def put_columns_together(value: str, glues: Callable[[Sequence[Piece]], Sequence[str]]) -> Iterator[Edit | Move]:
    """Make one line of those that are printed as one, and put the signs they were torn at on letters."""
    rows = list(_rows(value))
    groups = _groups(value, rows)
    signs = [[sign for row in group for sign in row.signs] for group in groups]
    for number, group in enumerate(groups):
        if any(row.pieces for row in group):
            continue
        # A line of signs only belongs to the one below it, or above.
        for near in (number + 1, number - 1):
            if 0 <= near < len(groups) and _are_over(signs[number], _columns(groups[near])):
                signs[near] += signs[number]
                break
    for group, apart in zip(groups, signs, strict=True):
        order = sorted(_columns(group), key=lambda column: -column.right)
        if order and (apart or any(tearing(column.piece) for column in order[:-1])):
            pieces = [column.piece for column in order]
            yield from put_together(value, pieces, glues(pieces), _owned(apart, order), CERTAIN)


def _owned(apart: Sequence[Column], order: Sequence[Column]) -> dict[int, list[Sign]]:
    """Return the signs that stand apart by the piece they are above, or the next to their left."""
    lone: dict[int, list[Sign]] = {}
    for sign in apart:
        owner = next((at for at, column in enumerate(order) if sign.left >= column.left - 1), len(order) - 1)
        near = max(0, order[owner].right - sign.right)
        lone.setdefault(owner, []).append(Sign(sign.piece.start, sign.piece.end, near))
    return lone


def _rows(value: str) -> Iterator[Row]:
    for match in WHOLE_LINE.finditer(value):
        line = match.group().rstrip()
        indent = len(line) - len(line.lstrip())
        columns = [_column(match.start(), piece, indent + len(line)) for piece in PIECE.finditer(line)]
        signs = tuple(column for column in columns if LONE.fullmatch(column.piece.text))
        pieces = tuple(column for column in columns if column not in signs)
        if columns:
            yield Row(match.start(), match.start() + len(line), pieces, signs)


def _column(line: int, piece: re.Match[str], end: int) -> Column:
    start, stop = piece.span()
    return Column(Piece(line + start, line + stop, piece.group()), end - stop, end - start)


def _groups(value: str, rows: Sequence[Row]) -> list[list[Row]]:
    """Return the lines, those together that stand one beside the other."""
    groups: list[list[Row]] = []
    for row, following in zip_longest(rows, rows[1:]):
        last = groups[-1] if groups else []
        near = _distance(value, last, row) if 0 < len(last) < MOST_LINES else None
        if near is not None and following and _distance(value, [*last, row], following) is None:
            nearer = _distance(value, [row], following)
            near = None if nearer is not None and nearer < near else near
        if near is None:
            groups.append([row])
        else:
            last.append(row)
    return groups


def _distance(value: str, last: Sequence[Row], row: Row) -> int | None:
    """Return how far from the lines before it a line stands, right below and beside them; None where it does not."""
    between = value[last[-1].end : row.start]
    if between.count("\n") != 1 or "\f" in between or not (row.pieces and any(row.pieces for row in last)):
        return None
    if not all(LETTER.search(column.piece.text) for column in row.pieces):
        return None
    columns = sorted([*row.pieces, *_columns(last)], key=lambda column: -column.left)
    signs = row.signs or any(above.signs for above in last)
    distances: list[int] = []
    for right, left in pairwise(columns):
        if right.left - left.shown < -SLACK:
            return None
        if (right in row.pieces) != (left in row.pieces):
            if not (signs or tearing(right.piece)):
                return None
            distances.append(abs(right.left - left.right))
    return min(distances) if min(distances) <= NEAR else None


def _columns(group: Sequence[Row]) -> list[Column]:
    return [column for row in group for column in row.pieces]


def _are_over(signs: Sequence[Column], columns: Sequence[Column]) -> bool:
    return any(column.left - 1 <= sign.left <= column.right + 1 for sign in signs for column in columns)
