"""Paragraphs, notes and tables of a PDF, written as repaired text (DESIGN.md section 2)."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.edits import apply
from pipeline.model import Link, Place
from pipeline.numbers import plain_digits
from pipeline.read.pdf_text import MARK, NOTE_MARK, SMALL, texts_of, usual
from pipeline.read.plain import MARKUP
from pipeline.read.repaired import NUMBER as NUMBERED
from pipeline.read.source import Read
from pipeline.read.transcript import OPENING
from pipeline.text import Edit, Span, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pipeline.read.pdf_piece import Piece

    Box = tuple[float, float, float, float]

NUMBER = re.compile(rf"(?P<before>\s*){MARK}(?P<after>\s*)")


IN_WORD = re.compile("[^\\W\u2e80-\u9fff\uf900-\ufaff]{2}")
"""Two letters of one word, in a script that has words."""


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
        """Write the number of a note, in plain digits; brackets around it become the signs that say so."""
        for printed, sign in ((opening, "[^"), (mark, plain_digits(mark)), (closing, "]")):
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
            texts = texts_of(line)
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


def write_paragraph(pieces: Sequence[Piece], marks: Collection[str], writing: Writing) -> None:
    """Write a paragraph, if it has text; `marks` are the numbers of the notes."""
    if any(piece.text.strip() for piece in pieces):
        _write_inlines(pieces, marks, writing)
        writing.end()


def write_row(
    cells: Sequence[Sequence[Piece]], marks: Collection[str], writing: Writing, *, ruled: bool = False
) -> None:
    """Write a row of a table (`pipeline.tables`), if it has text: an empty one sets others apart.

    `ruled` tells that it is the last of those that name the columns.
    """
    if not any(piece.text.strip() for cell in cells for piece in cell):
        return
    for cell in cells:
        writing.sign("| ")
        _write_inlines(cell, marks, writing)
        writing.sign(" ")
    writing.sign(f"|\n\n|{' --- |' * len(cells)}" if ruled else "|")
    writing.end()


def _write_inlines(pieces: Sequence[Piece], marks: Collection[str], writing: Writing) -> None:
    """Write the text of a paragraph; small figures that number a note are its indicator.

    The words that open it are emphasised as its lead phrase, its title: what they are, the parser finds out itself.
    """
    size = usual(pieces)
    texts = texts_of(pieces)
    writing.locate(pieces, texts)
    opening = True
    runs = zip(pieces, texts, strict=True)
    for small, group in groupby(runs, lambda run: run[0].size <= SMALL * size):
        inner = list(group)
        text = "".join(text for _, text in inner)
        found = NUMBER.fullmatch(text) if small else None
        if found and found["mark"] in marks:
            writing.write(found["before"])
            writing.mark(found["opening"], found["mark"], found["closing"])
            writing.write(found["after"])
        else:
            opening = _write_emphasised(inner, writing, opening=opening)


def _write_emphasised(runs: Iterable[tuple[Piece, str]], writing: Writing, *, opening: bool) -> bool:
    """Write texts with the stars of their emphasis, but for the words that open a body paragraph, and parts of words.

    Out: whether what comes next opens it still.
    """
    groups = groupby(_joined_styles(runs), lambda run: run[1])
    styled = [("".join(text for text, _ in group), stars) for stars, group in groups]
    for at, (text, stars) in enumerate(styled):
        before, inner, after = _parted(text)
        last = styled[at - 1][0][-1:] if at else ""
        first = styled[at + 1][0][:1] if at + 1 < len(styled) else ""
        glued = IN_WORD.fullmatch(last + text[:1]) or IN_WORD.fullmatch(text[-1:] + first)
        starred = stars and not (opening or glued or not inner)
        writing.write(before)
        writing.sign(stars if starred else "")
        writing.write(inner)
        writing.sign(stars if starred else "")
        writing.write(after)
        opening = opening and bool(stars or OPENING.fullmatch(text) or NUMBERED.fullmatch(text))
    return opening


def _joined_styles(runs: Iterable[tuple[Piece, str]]) -> Iterator[tuple[str, str]]:
    """Yield texts and their emphasis; blanks have that of what is before them."""
    stars = ""
    for piece, text in runs:
        stars = piece.stars if text.strip() else stars
        yield text, stars


def _parted(text: str) -> tuple[str, str, str]:
    """Part a text from the blanks around it."""
    inner = text.strip()
    start = text.find(inner)
    return text[:start], inner, text[start + len(inner) :]


def write_notes(notes: Iterable[Sequence[Piece]], writing: Writing) -> None:
    """Write the notes; one that no number opens is written as a paragraph."""
    for note in notes:
        texts = texts_of(note)
        writing.locate(note, texts)
        text = "".join(texts)
        match = NOTE_MARK.match(text)
        at = match.end() if match else 0
        if match:
            writing.mark(match["opening"], match["mark"], match["closing"])
            writing.replace(text[match.end("closing") : at], ": ")
        _write_emphasised(_after(note, texts, at), writing, opening=match is None)
        writing.end()


def _after(pieces: Iterable[Piece], texts: Iterable[str], at: int) -> Iterator[tuple[Piece, str]]:
    """Yield pieces with their texts from an offset of all of it."""
    for piece, text in zip(pieces, texts, strict=True):
        yield piece, text[at:]
        at = max(at - len(text), 0)
