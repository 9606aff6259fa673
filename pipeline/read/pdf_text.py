"""Pieces of glyphs to lines, and what lines tell of paragraphs and notes."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.numbers import SYMBOL_LENGTH, canonical, is_broken, successors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.read.pdf_piece import Piece


MARK = r"(?P<opening>[()]?)(?P<mark>\d{1,3})(?!\d)(?P<closing>[()]?)"
NOTE_MARK = re.compile(rf"{MARK}\s*")
SMALL = 0.8
"""An indicator is at most this part of the size of the text it stands in."""
GAP = 2.0
"""Two pieces of a line this many times their size apart are of two columns."""
INDENT = 4.0
"""Lines whose beginnings differ by less, in points, start at one place."""
SLIGHT = 1.0
"""Justified lines end at one place, but for so much in points."""
ENDS = tuple(".,;:!?]。，；：！？\u060c\u061b\u061f")
NUMBER = re.compile(r"\(?\w{1,4}[.)](?=\s)")
"""The number that opens a paragraph."""
WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
"""Scripts that are written without blanks, and their marks."""
BLANKS = re.compile(r"\s+")
RECENT = SYMBOL_LENGTH
"""So many pieces hold the end of a line that may be broken inside a symbol: in some files each is one character."""


def usual(pieces: Iterable[Piece]) -> float:
    """Return the size most of a text has, in points."""
    sizes = Counter[float]()
    for piece in pieces:
        sizes[piece.size] += len(piece.text.strip())
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of each line."""
    line: list[Piece] = []
    for piece in pieces:
        line.append(piece)
        if piece.breaks:
            yield line
            line = []
    if line:
        yield line


def split(line: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the columns of a line."""
    column = [line[0]]
    for piece in line[1:]:
        # The gap after an indicator is as wide as the text around it has it, not the small figures.
        if piece.left - column[-1].right > GAP * max(column[-1].size, piece.size):
            yield column
            column = []
        column.append(piece)
    yield column


def joined(pieces: Iterable[Piece]) -> str:
    """Return the text of some pieces as one line."""
    return "".join(texts_of(pieces))


def texts_of(pieces: Iterable[Piece]) -> list[str]:
    """Return the text of each piece of a paragraph, with one blank between words.

    A line ends with a blank, unless a hyphen, a broken symbol or the script joins it to the next.
    """
    texts: list[str] = []
    before = " "
    broken = False
    for piece in pieces:
        text = piece.text
        if "  " in text or not text.isprintable():
            text = BLANKS.sub(" ", text)
        if broken and text.strip():
            if is_broken("".join(texts[-RECENT:]).rstrip(" "), text.lstrip(" ")):
                texts[-1], text, before = texts[-1].rstrip(" "), text.lstrip(" "), ""
            elif not (before == "-" or WIDE.match(before) or WIDE.match(text)):
                text = f" {text.lstrip(' ')}"
        if before == " ":
            text = text.lstrip(" ")
        texts.append(text)
        before = text[-1:] or before
        broken = piece.breaks or (broken and not text.strip())
    for at in reversed(range(len(texts))):
        texts[at] = texts[at].rstrip(" ")
        if texts[at]:
            break
    return texts


def goes_on(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Tell whether the first paragraph of a page goes on with the last of the page before.

    Word tags them as two. A line that goes on starts where the lines before it do, and not
    where a paragraph starts; of one line nothing can be told but that it has no end, and its number no successor.
    """
    size = usual(before)
    old = list(lines(piece for piece in before if piece.text.strip() and piece.size > SMALL * size))
    new = next(lines(piece for piece in after if piece.text.strip()))
    if abs(new[0].size - old[-1][0].size) > 1:
        return False
    ended = joined(old[-1]).endswith(ENDS)
    rights = [max(piece.right for piece in line) for line in old]
    if ended and rights[-1] < max(rights) - 2 * size:
        return False
    start, *others = [min(piece.left for piece in line) for line in old]
    left = min(piece.left for piece in new)
    margin = min(others, default=start)
    if abs(start - margin) > INDENT:
        return abs(left - margin) < INDENT
    if _follows(joined(old[0]), joined(new)):
        return False
    # Some files set Arabic with the indent at the end of the line, where it tells as much.
    end = max(rights[1:], default=rights[0])
    if ended and start < 0 and end - rights[0] > INDENT:
        return abs(rights[-1] - end) < SLIGHT and abs(max(piece.right for piece in new) - end) < SLIGHT
    return not ended and left < start + INDENT


def _follows(before: str, after: str) -> bool:
    """Tell whether the number that opens a line is the next after the one that opens another: `12.` and `13.`."""
    numbers = [NUMBER.match(text) for text in (before, after)]
    marks = [canonical(found[0]) for found in numbers if found]
    return len(marks) == len(numbers) and marks[1] in successors(marks[0])


def starts_note(pieces: Iterable[Piece], size: float) -> bool:
    """Tell whether a number in small figures opens some pieces; `size` is what most of them has."""
    first = next((piece for piece in pieces if piece.text.strip()), None)
    return first is not None and first.size <= SMALL * size and NOTE_MARK.match(first.text.strip()) is not None


def marks_of(notes: Iterable[Sequence[Piece]]) -> set[str]:
    """Return the numbers of the notes."""
    return {match["mark"] for note in notes if (match := NOTE_MARK.match(joined(note)))}
