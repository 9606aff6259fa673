"""Pieces of glyphs to lines and paragraphs of repaired text (DESIGN.md section 2)."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.model import Link, Place
from pipeline.read.plain import MARKUP
from pipeline.read.source import Read
from pipeline.text import Edit, Span, Text, apply

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pipeline.read.pdf_piece import Piece

    Box = tuple[float, float, float, float]

MARK = r"(?P<opening>[()]?)(?P<mark>\d{1,3})(?!\d)(?P<closing>[()]?)"
NOTE_MARK = re.compile(rf"{MARK}\s*")
NUMBER = re.compile(rf"(?P<before>\s*){MARK}(?P<after>\s*)")
SMALL = 0.8
"""An indicator is at most this part of the size of the text it stands in."""
GAP = 2.0
"""Two pieces of a line this many times their size apart are of two columns."""
INDENT = 4.0
"""Lines whose beginnings differ by less, in points, start at one place."""
ENDS = tuple(".,;:!?]。，；：！？\u060c\u061b\u061f")
WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
"""Scripts that are written without blanks, and their marks."""
BLANKS = re.compile(r"\s+")


class Writing:
    """The source of a PDF as it grows, and the edits that make repaired text of it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.edits: list[Edit] = []
        self.places: list[Place] = []
        self.links: list[Link] = []

    def locate(self, pieces: Iterable[Piece], texts: Iterable[str]) -> None:
        """Note where the texts of some pieces, written next, stand: a place a line, a link a stretch."""
        start = self.length
        ended = True
        for piece, text in zip(pieces, texts, strict=True):
            span = Span(start, start + len(text))
            start = span.end
            if not text.strip():
                ended |= piece.breaks
                continue
            place = Place(span, piece.page, _box(piece))
            if not ended and place.page == self.places[-1].page:
                self.places[-1] = _around(self.places[-1], place)
            else:
                self.places.append(place)
            ended = piece.breaks
            if piece.link:
                self._link(span, piece.link, text)

    def _link(self, span: Span, href: str, text: str) -> None:
        start, end = span.start + len(text) - len(text.lstrip()), span.end - len(text) + len(text.rstrip())
        before = self.links[-1] if self.links else None
        if before and before.href == href and start - before.span.end <= 1:
            start = self.links.pop().span.start
        self.links.append(Link(Span(start, end), href))

    def write(self, text: str) -> None:
        """Write text of the page, with a backslash before what could be taken for markup."""
        for match in MARKUP.finditer(text):
            self._insert("\\", self.length + match.start())
        self.parts.append(text)
        self.length += len(text)

    def sign(self, sign: str) -> None:
        """Put a sign into the repaired text that the source does not have."""
        self._insert(sign, self.length)

    def mark(self, opening: str, mark: str, closing: str) -> None:
        """Write the number of a note; brackets around it become the signs that say so."""
        for printed, sign in ((opening, "[^"), (mark, mark), (closing, "]")):
            self.replace(printed, sign)

    def replace(self, printed: str, sign: str) -> None:
        """Write what the page shows, for which the repaired text has a sign."""
        self.edits.append(Edit(Span(self.length, self.length + len(printed)), sign))
        self.parts.append(printed)
        self.length += len(printed)

    def end(self) -> None:
        """End the paragraph."""
        self.parts.append("\n\n")
        self.length += 2

    def read(self, repeated: Iterable[Sequence[Piece]]) -> Read:
        """Return what was written, and after it what the pages repeat, which is dropped as furniture."""
        kept = self.length
        for line in repeated:
            texts = _texts(line)
            self.locate(line, texts)
            self.parts.append("".join(texts) + "\n")
            self.length += len(self.parts[-1])
        source = "".join(self.parts)
        text, repairs = apply(Text.of(source), self.edits, "mark_structure", lambda _old, _new: "replaced")
        span = Span(len(text.value) - (self.length - kept), len(text.value))
        furniture = [Edit(span, "")] if self.length > kept else []
        text, dropped = apply(text, furniture, "drop_artifacts", lambda _old, _new: "furniture")
        return Read(source, text, (*repairs, *dropped), tuple(self.places), tuple(self.links))

    def _insert(self, sign: str, at: int) -> None:
        self.edits.append(Edit(Span(at, at), sign))


def _box(piece: Piece) -> Box:
    """Return the box of a piece; places of a line that is read from the right are measured from there."""
    left, right = sorted((abs(piece.left), abs(piece.right)))
    return round(left, 1), round(piece.bottom, 1), round(right, 1), round(piece.top, 1)


def _around(first: Place, second: Place) -> Place:
    (left, bottom, right, top), other = first.box, second.box
    box = min(left, other[0]), min(bottom, other[1]), max(right, other[2]), max(top, other[3])
    return Place(Span(first.span.start, second.span.end), first.page, box)


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
        if piece.left - column[-1].right > GAP * column[-1].size:
            yield column
            column = []
        column.append(piece)
    yield column


def joined(pieces: Iterable[Piece]) -> str:
    """Return the text of some pieces as one line."""
    return "".join(_texts(pieces))


def _texts(pieces: Iterable[Piece]) -> list[str]:
    """Return the text of each piece of a paragraph, with one blank between words.

    A line ends with a blank, unless a hyphen or the script joins it to the next.
    """
    texts: list[str] = []
    before = " "
    broken = False
    for piece in pieces:
        text = piece.text
        if "  " in text or not text.isprintable():
            text = BLANKS.sub(" ", text)
        if broken and text.strip() and not (before == "-" or WIDE.match(before) or WIDE.match(text)):
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
    where a paragraph starts; of one line nothing can be told but that it has no end.
    """
    size = usual(before)
    old = list(lines(piece for piece in before if piece.text.strip() and piece.size > SMALL * size))
    new = next(lines(piece for piece in after if piece.text.strip()))
    if abs(new[0].size - old[-1][0].size) > 1:
        return False
    ended = joined(old[-1]).endswith(ENDS)
    rights = [max(piece.right for piece in line) for line in old]
    if ended and rights[-1] < max(rights) - INDENT * 2:
        return False
    start, *others = [min(piece.left for piece in line) for line in old]
    left = min(piece.left for piece in new)
    margin = min(others, default=start)
    if start - margin > INDENT:
        return abs(left - margin) < INDENT
    return not ended and left < start + INDENT


def write_paragraph(pieces: Sequence[Piece], marks: Collection[str], writing: Writing) -> None:
    """Write a paragraph, if it has text; `marks` are the numbers of the notes."""
    if any(piece.text.strip() for piece in pieces):
        _write_inlines(pieces, marks, writing)
        writing.end()


def write_row(cells: Iterable[Sequence[Piece]], marks: Collection[str], writing: Writing) -> None:
    """Write a row of a table (`pipeline.tables`)."""
    for cell in cells:
        writing.sign("| ")
        _write_inlines(cell, marks, writing)
        writing.sign(" ")
    writing.sign("|")
    writing.end()


def _write_inlines(pieces: Sequence[Piece], marks: Collection[str], writing: Writing) -> None:
    """Write the text of a paragraph; small figures that number a note are its indicator."""
    size = usual(pieces)
    texts = _texts(pieces)
    writing.locate(pieces, texts)
    runs = zip(pieces, texts, strict=True)
    for small, group in groupby(runs, lambda run: run[0].size <= SMALL * size):
        text = "".join(text for _, text in group)
        found = NUMBER.fullmatch(text) if small else None
        if found and found["mark"] in marks:
            writing.write(found["before"])
            writing.mark(found["opening"], found["mark"], found["closing"])
            writing.write(found["after"])
        else:
            writing.write(text)


def starts_note(pieces: Iterable[Piece], size: float) -> bool:
    """Tell whether a number in small figures opens some pieces; `size` is what most of them has."""
    first = next((piece for piece in pieces if piece.text.strip()), None)
    return first is not None and first.size <= SMALL * size and NOTE_MARK.match(first.text.strip()) is not None


def marks_of(notes: Iterable[Sequence[Piece]]) -> set[str]:
    """Return the numbers of the notes."""
    return {match["mark"] for note in notes if (match := NOTE_MARK.match(joined(note)))}


def write_notes(notes: Iterable[Sequence[Piece]], writing: Writing) -> None:
    """Write the notes; one that no number opens is written as a paragraph."""
    for note in notes:
        texts = _texts(note)
        writing.locate(note, texts)
        _write_note("".join(texts), writing)


def _write_note(text: str, writing: Writing) -> None:
    match = NOTE_MARK.match(text)
    if match:
        writing.mark(match["opening"], match["mark"], match["closing"])
        writing.replace(text[match.end("closing") : match.end()], ": ")
        text = text[match.end() :]
    writing.write(text)
    writing.end()
