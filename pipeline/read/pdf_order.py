"""Glyphs in the order they stand on the page to the order they are read."""

from __future__ import annotations

import re
from itertools import groupby, pairwise, zip_longest
from typing import TYPE_CHECKING

from pipeline.bidi import LETTERS, read
from pipeline.read.pdf_signs import CONNECTOR, KASHIDA
from pipeline.read.pdf_text import SMALL, WIDE, usual

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.read.pdf_piece import Piece

BLANK = 0.15
"""Glyphs that are this part of their size apart are of two words."""
PARTED = 0.28
"""And so are pieces, of which the box of the ink is known and not their width."""
OPENING = "([{<«"
BRACKETS = OPENING + ")]}>»"
MARKS = ".,;:!?\u060c\u061b\u061f\"'\u201c\u201d\u2018\u2019"
RANGE = re.compile(r"(?<!\d)(?P<range>(?P<first>\d{1,4})[-\u2013](?P<last>\d{1,4}))[^\w\s]?\Z")
"""Two numbers at the right end of a line."""
YEAR = 4
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def in_reading_order(row: Iterable[Piece], *, from_the_right: bool) -> list[Piece]:
    """Return the glyphs of a line in the order they are read.

    `from_the_right` says so of the page: a line of it is read from the right, but numbers and
    foreign words in it from the left (`pipeline.bidi`), and a bracket opens on its right. Raised
    figures are a word of their own.
    """
    if not from_the_right:
        return list(_with_blanks(sorted(row, key=lambda piece: piece.left), PARTED))
    glyphs = _from_left(row)
    mixed = any(LETTERS.match(piece.text) for piece in glyphs)
    raised = SMALL * usual(glyphs)
    shaped = _with_shapes(_with_range(list(_with_blanks(glyphs, BLANK))))
    groups = [list(group) for _, group in groupby(shaped, lambda piece: piece.size <= raised)]
    ordered = (piece for group in reversed(groups) for piece in _from_the_right(group, mixed=mixed))
    return list(_without_lines(list(ordered)))


def _without_lines(glyphs: Sequence[Piece]) -> Iterator[Piece]:
    """Drop the lines that connect letters; one that connects nothing is a character of the text: `(هـ)`."""
    for piece, after in zip_longest(glyphs, glyphs[1:]):
        if piece.text != CONNECTOR:
            yield piece
        elif after is not None and after.text[0] in BRACKETS:
            yield piece._replace(text=KASHIDA)


def _from_left(row: Iterable[Piece]) -> list[Piece]:
    """Return glyphs from left to right.

    In a line set so tight that a blank stands within a letter, it is on that side of it where PDFium has it.
    """
    placed = sorted(enumerate(row), key=lambda each: each[1].left)
    for at in range(len(placed) - 1):
        (number, letter), (after, blank) = placed[at : at + 2]
        if blank.text == " " and blank.right <= letter.right and after == number + 1 and LETTERS.match(letter.text):
            placed[at], placed[at + 1] = placed[at + 1], placed[at]
    return [piece for _, piece in placed]


def _from_the_right(glyphs: Sequence[Piece], *, mixed: bool) -> Iterator[Piece]:
    order = read("".join(piece.text[0] for piece in glyphs), range(len(glyphs)), mixed=mixed)
    for at, place in enumerate(order):
        piece = glyphs[place]
        # What goes from left to right has a neighbour that does; all else is mirrored.
        if place + 1 in order[at + 1 : at + 2] or (place and place - 1 in order[max(at - 1, 0) : at]):
            yield piece
        else:
            yield piece._replace(text=piece.text.translate(MIRRORED))


def _with_range(glyphs: list[Piece]) -> list[Piece]:
    """Join two numbers with a hyphen that open a line: without a letter before them, they go from left to right.

    Programs that order a paragraph as a whole print them from the right all the same; years tell by which is less.
    """
    found = RANGE.search("".join(piece.text[0] for piece in glyphs))
    if not found or (len(found["last"]) == len(found["first"]) == YEAR and found["first"] > found["last"]):
        return glyphs
    start, end = found.span("range")
    whole = glyphs[start]._replace(text=found["range"], right=glyphs[end - 1].right)
    return [*glyphs[:start], whole, *glyphs[end:]]


def _with_blanks(glyphs: Sequence[Piece], least: float) -> Iterator[Piece]:
    """Put a blank where glyphs leave room for it, but not beside a script that has none."""
    for before, piece in pairwise(glyphs):
        yield before
        apart = piece.left - before.right > least * max(before.size, piece.size)
        last, first = before.text[-1:], piece.text[:1]
        if apart and " " not in (last, first) and not (WIDE.match(last) or WIDE.match(first)):
            yield before._replace(text=" ", left=before.right)
    yield from glyphs[-1:]


def _with_shapes(glyphs: Sequence[Piece]) -> list[Piece]:
    """Give every bracket the shape it shows.

    Whether a PDF says of a bracket what it means or what it looks like depends on the program that made it. What it
    looks like is seen from where it stands: it opens to the text beside it, and the other side is free.
    """
    letters = [piece.text[0] for piece in glyphs]
    before, after = list(_beside_text(letters)), list(_beside_text(letters[::-1]))[::-1]
    opens: dict[int, bool] = {}
    brackets = [at for at, letter in enumerate(letters) if letter in BRACKETS]
    for at in brackets:
        if (
            letters[at] == letters[at - 1].translate(MIRRORED)
            and at - 1 in opens
            and not (before[at - 1] and after[at])
        ):
            opens[at - 1], opens[at] = True, False  # nothing stands between the two
        elif before[at] != after[at]:
            opens[at] = after[at]
    _close(brackets, letters, opens)
    shapes = {at: _shape(letters[at], opens=opens[at]) for at in brackets}
    return [
        piece._replace(text=shapes[at] + piece.text[1:]) if at in shapes else piece for at, piece in enumerate(glyphs)
    ]


def _close(brackets: Sequence[int], letters: Sequence[str], opens: dict[int, bool]) -> None:
    """Tell of brackets with text on both sides, or none, whether they open: one that opened closes."""
    following: dict[str, int] = {}
    nexts = {}
    for at in reversed(brackets):
        family = _shape(letters[at], opens=True)
        nexts[at] = following.get(family, at)
        following[family] = at
    last: dict[str, int] = {}
    for at in brackets:
        family = _shape(letters[at], opens=True)
        if at not in opens:
            opens[at] = not (opens.get(last.get(family, -1), False) or opens.get(nexts[at], False))
        last[family] = at


def _beside_text(letters: Iterable[str]) -> Iterator[bool]:
    """Tell of each letter whether text is beside it on the side it is come from; marks are passed over."""
    beside = False
    for letter in letters:
        yield beside
        if letter == " ":
            beside = False
        elif letter not in BRACKETS and letter not in MARKS:
            beside = True


def _shape(bracket: str, *, opens: bool) -> str:
    return bracket if (bracket in OPENING) == opens else bracket.translate(MIRRORED)
