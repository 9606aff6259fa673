"""Akoma Ntoso XML (`.xml`), written as repaired text: our own files, and those the United Nations publishes.

What the metadata says is printed on the first page too, so only the text is read: cover page to annexes, with
the footnotes where they stand. Rules: AKN.md sections 2, 5, 6 and 9. Our files and theirs are written differently,
and neither is asked for by name: each element is read as what it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.limits import USUAL_LIMITS, InputLimits
from pipeline.read.akn_file import local, open_akn
from pipeline.read.repaired import MARK, Piece, escape, inlines, note, paragraph, rows
from pipeline.read.source import Read
from pipeline.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml import etree

SKIPPED = {"meta", "collectionBody", "img"}
BREAKS = {"eol", "br"}
FACES = {"i": "*", "italic": "*", "b": "**", "bold": "**"}
"""The stars of an element, or of its class."""
PARAGRAPHS = {"p", "heading", "subheading", "crossHeading", "listIntroduction", "listWrapUp", "longTitle", "block"}
INSIDE = PARAGRAPHS | {"embeddedStructure", "table", "num", "blockList", "ul", "ol", "li"}
"""What begins a paragraph of its own inside another."""
ALONE = {"section", "part"}
"""Their numbers stand on a line of their own, above their titles (FORMAT.md section 1.1)."""
COPY = re.compile(r"_\d+$")
"""After the marker of a footnote whose mark was used before; markers are unique (AKN.md section 6)."""
RAISED = re.compile(r"[(\s]*(?P<mark>[^\s()]*)[)\s]*")
"""A raised indicator, in Arabic in parentheses, which may stand on either side of the note."""
HOLLOW = re.compile(r"\( ?\) ?")
"""What is left of the mark before a footnote's text, where the United Nations sets its indicator in parentheses."""


def read_akn(data: bytes, name: str, limits: InputLimits = USUAL_LIMITS) -> Read:
    """Read Akoma Ntoso as repaired text; offsets are of that text.

    Raises ReadError for what `open_akn` refuses, for a footnote marker that cannot be, and for a file without text.
    """
    root = open_akn(data, name, limits)
    reader = _Reader(root, name)
    body = list(reader.blocks(root))
    source = "\n\n".join([*body, *reader.notes, *reader.unplaced])
    if not body:
        msg = f"{name}: the XML has no text; take the file it was made from"
        raise ReadError(msg)
    return Read(source, Text.of(source))


def _stars(element: etree._Element) -> str:
    """Return the stars of an element; what is bold and italic is bold."""
    looks = [local(element), *(element.get("class") or "").split()]
    return max((FACES.get(look, "") for look in looks), key=len)


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _mark(element: etree._Element) -> str:
    return escape(COPY.sub("", element.get("marker") or "").strip())


class _Reader:
    """Reads the elements in order: footnotes are collected where they stand."""

    def __init__(self, root: etree._Element, name: str) -> None:
        self.notes: list[str] = []
        self.unplaced: list[str] = []
        self._name = name
        self._marks = {_mark(element) for element in root.iter() if local(element) == "authorialNote"}
        self._editorial = {f"#{note.get('eId')}": note for note in root.iter() if local(note) == "note"}
        self._number = ""
        self._pieces: list[Piece] = []
        self._write: Callable[[Iterable[Piece]], str] = paragraph

    def blocks(self, element: etree._Element) -> Iterator[str]:
        """Yield the paragraphs of an element, the rows of tables among them."""
        name = local(element)
        if name == "table":
            yield from self._end()
            yield from self._table(element)
        elif name == "num":
            yield from self._take_number(element)
        elif name in PARAGRAPHS or _is_mixed(element):
            yield from self._inlines(element, "")
            yield from self._end()
        elif name not in SKIPPED:
            for child in element:
                yield from self.blocks(child)
            yield from self._end()  # a number without a text

    def _take_number(self, element: etree._Element) -> Iterator[str]:
        self._number = " ".join([self._number, *_text(element).split()]).strip()
        owner = next((local(above) for above in element.iterancestors() if local(above) != "p"), "")
        if owner in ALONE:
            yield from self._end()

    def _end(self) -> Iterator[str]:
        """Yield the paragraph that is begun, its number before it."""
        text = " ".join(filter(None, (escape(self._number), self._write(self._pieces))))
        self._pieces, self._number = [], ""
        if text:
            yield text

    def _inlines(self, element: etree._Element, stars: str) -> Iterator[str]:
        """Collect the pieces of a paragraph; yield those paragraphs that end inside it."""
        self._add(element.text, stars)
        for child in element:
            name = local(child)
            if name in INSIDE:
                if any(piece.text.strip() for piece in self._pieces):
                    yield from self._end()
                yield from self.blocks(child)
            elif name == "authorialNote":
                self._note(child)
            elif name == "noteRef":
                self._refer(child)
            elif name == "sup":
                self._raised(child, stars)
            elif name in BREAKS:
                yield from self._break(child)
            elif name not in SKIPPED:
                yield from self._inlines(child, _stars(child) or stars)
            self._add(child.tail, stars)

    def _add(self, text: str | None, stars: str = "") -> None:
        if text:
            self._pieces.append(Piece(escape(text), stars))

    def _refer(self, element: etree._Element) -> None:
        """Read a further mention of a footnote, or one of an editorial note, whose text is in the metadata."""
        mark = self._mark(element)
        self._indicate(mark)
        editorial = self._editorial.pop(element.get("href") or "", None)
        if editorial is not None:
            self.notes.append(note(mark, self._apart(editorial, inlines)))

    def _mark(self, element: etree._Element) -> str:
        """Return the mark of a footnote; one without takes the next number."""
        mark = _mark(element) or str(len(self.notes) + 1)
        if not MARK.fullmatch(mark):
            msg = (
                f"{self._name}:{element.sourceline}: the footnote marker {mark!r} is none that is printed; use a number"
            )
            raise ReadError(msg)
        return mark

    def _indicate(self, mark: str) -> None:
        self._pieces.append(Piece(f"[^{mark}]"))

    def _raised(self, element: etree._Element, stars: str) -> None:
        """Read a raised number as an indicator if it is said to be one, or there is such a footnote."""
        text = _text(element)
        found = RAISED.fullmatch(text)
        if not found:
            self._add(text, stars)
        elif mark := escape(found["mark"]):
            if MARK.fullmatch(mark) and (element.get("class") == "footnote" or mark in self._marks):
                self._indicate(mark)
            else:
                self._add(text, stars)

    def _break(self, element: etree._Element) -> Iterator[str]:
        """End the paragraph in a closing, whose lines one element may hold; elsewhere a line goes on in the next."""
        if any(local(above) == "conclusions" for above in element.iterancestors()):
            yield from self._end()
        else:
            self._add(" ")

    def _note(self, element: etree._Element) -> None:
        """Read a footnote; its indicator is printed where it stands, unless it says that none is."""
        mark, text = self._mark(element), self._apart(element, inlines)
        before = element.getprevious()
        if before is not None and local(before) == "sup" and (hollow := HOLLOW.match(text)):
            text = text[hollow.end() :]
        if element.get("class") == "unmentioned":
            self.unplaced.append(note(mark, text))
        else:
            self._indicate(mark)
            self.notes.append(note(mark, text))

    def _apart(self, element: etree._Element, write: Callable[[Iterable[Piece]], str]) -> str:
        """Return the text of an element that is no part of the paragraph it stands in, as `write` sets it."""
        before = self._pieces, self._number, self._write
        self._pieces, self._number, self._write = [], "", write
        text = " ".join([*self._inlines(element, ""), *self._end()])
        self._pieces, self._number, self._write = before
        return text

    def _table(self, element: etree._Element) -> Iterator[str]:
        caption = "".join(self._apart(child, paragraph) for child in element if local(child) == "caption")
        table: list[tuple[bool, list[str]]] = []
        for row in (row for part in element for row in (part, *part) if local(row) == "tr"):
            cells = [child for child in row if local(child) in {"td", "th"}]
            if cells:
                header = all(local(cell) == "th" for cell in cells)
                table.append((header, [self._apart(cell, paragraph) for cell in cells]))
        yield from rows(caption, table)


def _is_mixed(element: etree._Element) -> bool:
    """Tell whether text stands right in an element, which the schema has only for paragraphs."""
    return any(text and text.strip() for text in (element.text, *(child.tail for child in element)))
