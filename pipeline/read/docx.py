"""Word files (`.docx`), written as repaired text (ECMA-376 part 1, section 17).

Tracked changes are accepted, comments, running heads and text boxes left out; of a field its
result is text. Whatever wrote the file: of our own Word files only the styles are known
that say what the text alone does not.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from pipeline.docx_numbers import Element, Numbers, W, counted, value
from pipeline.errors import ReadError
from pipeline.read.plain import LARGEST
from pipeline.read.repaired import BLANKS, MARK, Piece, escape, note, rows, starred
from pipeline.read.source import Read
from pipeline.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_PART = 4 * LARGEST
"""No part of a resolution's Word file is longer unpacked; more is a mistake or an attack."""
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an old `.doc` begins, and a Word file with a password."""
SKIPPED = {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"} | {
    W + name for name in ("pPr", "rPr", "sdtPr", "del", "moveFrom", "drawing", "pict", "object", "delText")
}
SIGNS = {W + "noBreakHyphen": "\u2011", W + "tab": "\t"} | dict.fromkeys((W + "ptab", W + "br", W + "cr"), " ")
EMPHASIS = {"emphasis": "*", "strong": "**"}
NOTEREF = re.compile(r"\s*NOTEREF\s+(\S+)")
UNPLACED = "footnote without indicator"
SECTION = re.compile(r"(?P<mark>[^\t]*[^\t.．、])\t+(?P<title>[^\t]+)")
"""The mark of a section or a part, which stands on a line of its own before its title (FORMAT.md section 1.1)."""
SECTIONS = {"heading 1", "part heading"}


def read_docx(data: bytes, name: str) -> Read:
    """Read a Word file as repaired text; offsets are of that text.

    Raises ReadError for a file that is damaged, too large, has a password, is not Word's, or has no text.
    """
    try:
        reader = _open(data, name)
        paragraphs = [*reader.body()]
        source = "\n\n".join([*paragraphs, *reader.footnotes()])
    except (KeyError, ValueError, IndexError, TypeError) as error:
        msg = f"{name}: its numbering or its footnotes cannot be read ({error}); open it in Word and save it again"
        raise ReadError(msg) from error
    if not source.strip():
        msg = f"{name}: the Word file has no text; if it holds pictures of pages, run OCR first"
        raise ReadError(msg)
    return Read(source, Text.of(source))


def _open(data: bytes, name: str) -> _Reader:
    from lxml import etree  # noqa: PLC0415 - heavy, and a run over extracted text need not wait for it

    if data.startswith(OLE):
        msg = f"{name}: an old .doc or a file with a password; save it from Word as .docx without a password"
        raise ReadError(msg)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            if "word/document.xml" not in file.namelist():
                msg = f"{name}: not a Word file; save it from Word as .docx"
                raise ReadError(msg)
            parts = {
                part: etree.fromstring(_part(file, f"word/{part}.xml", name), parser)
                for part in ("document", "footnotes", "numbering", "styles")
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, etree.XMLSyntaxError) as error:
        msg = f"{name}: a damaged Word file ({error}); open it in Word and save it again"
        raise ReadError(msg) from error
    return _Reader(**parts)


def _part(file: zipfile.ZipFile, part: str, name: str) -> bytes:
    if part not in file.namelist():
        return b"<none/>"
    with file.open(part) as opened:
        content = opened.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        msg = f"{name}: {part} unpacks to more than a resolution can have; split it into its documents"
        raise ReadError(msg)
    return content


class _Reader:
    """Reads the paragraphs in order: the counts of numbers and footnotes go on from one to the next."""

    def __init__(self, document: Element, footnotes: Element, numbering: Element, styles: Element) -> None:
        self._document = document
        self._notes = {note.get(f"{W}id"): note for note in footnotes.iter(f"{W}footnote") if not note.get(f"{W}type")}
        self._numbers = Numbers(numbering, styles)
        named = styles.iter(f"{W}style")
        self._styles = {style.get(f"{W}styleId"): (value(style, "name") or "").lower() for style in named}
        self._marks: dict[str, str] = {}
        self._automatic = 0
        self._bookmarks: dict[str, str] = {}
        self._opened: dict[str, str] = {}
        self._fields: list[str | None] = []  # an instruction until its result begins, `None` while that is text
        self._hidden = 0
        self._pieces: list[Piece] = []
        self._unplaced: list[str] = []

    def body(self) -> Iterator[str]:
        """Yield the paragraphs of the text, the rows of tables among them."""
        yield from self._blocks(self._document)

    def footnotes(self) -> Iterator[str]:
        """Yield the footnotes, those nothing points to last."""
        for identifier, mark in list(self._marks.items()):
            text = " ".join(filter(None, map(self._text, self._notes[identifier].iter(f"{W}p"))))
            yield note(mark, text.removeprefix(f"[^{mark}]").lstrip())
        yield from self._unplaced

    def _blocks(self, element: Element) -> Iterator[str]:
        held = ""
        for child in element:
            if child.tag == f"{W}tbl":
                yield from self._rows(child)
            elif child.tag != f"{W}p":
                if child.tag not in SKIPPED:
                    yield from self._blocks(child)
            else:
                number = self._number(child)
                text = " ".join(filter(None, (held, number, self._text(child))))
                # Where the end of a paragraph is deleted, the next one goes on with it.
                joined = child.find(f"{W}pPr/{W}rPr/{W}del") is not None
                held = text if joined else ""
                if text and not joined:
                    yield from self._placed(text, self._style(child))

    def _placed(self, text: str, style: str) -> Iterator[str]:
        if style == UNPLACED:
            mark, _, rest = text.partition(" ")
            self._unplaced.append(note(mark, rest))
        else:
            yield f"| {text} |" if style == "table caption" else text

    def _rows(self, table: Element) -> Iterator[str]:
        read: list[tuple[bool, list[str]]] = []
        for row in table.iterchildren(f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            if cells := [" ".join(self._cell(cell)) for cell in row.iter(f"{W}tc")]:
                read.append((row.find(f"{W}trPr/{W}tblHeader") is not None, cells))
        yield from rows("", read)

    def _cell(self, cell: Element) -> Iterator[str]:
        for paragraph in cell.iterchildren(f"{W}p"):
            if text := f"{self._number(paragraph)} {self._text(paragraph)}".strip():
                yield text

    def _number(self, paragraph: Element) -> str:
        return escape(self._numbers.number(paragraph)).replace("\u00a0", " ")

    def _style(self, element: Element) -> str:
        kind = "pPr/pStyle" if element.tag == f"{W}p" else "rPr/rStyle"
        return self._styles.get(value(element, *kind.split("/")) or "", "")

    def _text(self, paragraph: Element) -> str:
        self._pieces = []
        self._read(paragraph)
        text = "".join(starred(self._pieces))
        section = SECTION.fullmatch(text) if self._style(paragraph) in SECTIONS else None
        if section:
            return "\n\n".join(BLANKS.sub(" ", part).strip() for part in section.group("mark", "title"))
        return BLANKS.sub(" ", text).strip()

    def _read(self, element: Element) -> None:
        for child in element:
            if child.tag == f"{W}r":
                self._run(child)
            elif child.tag == f"{W}bookmarkStart":
                self._opened[child.get(f"{W}id")] = child.get(f"{W}name")
            elif child.tag == f"{W}bookmarkEnd":
                self._opened.pop(child.get(f"{W}id"), None)
            elif child.tag not in SKIPPED:
                self._read(child)

    def _run(self, run: Element) -> None:
        style = self._style(run)
        reference = run.find(f"{W}footnoteReference")
        text = "".join(self._content(run))
        if reference is not None:
            text = self._refer(reference.get(f"{W}id"), text)
        elif style == "footnote reference" and MARK.fullmatch(text):
            text = f"[^{text}]"
        if text:
            self._pieces.append(Piece(text, "" if reference is not None else EMPHASIS.get(style, "")))

    def _content(self, run: Element) -> Iterator[str]:
        for child in run:
            if child.tag == f"{W}fldChar":
                yield self._turn(child.get(f"{W}fldCharType"))
            elif child.tag == f"{W}instrText" and self._fields:
                self._fields[-1] = (self._fields[-1] or "") + (child.text or "")
            elif self._hidden or any(field is not None for field in self._fields):
                continue
            elif child.tag == f"{W}t":
                yield escape(child.text or "")
            else:
                yield SIGNS.get(child.tag, "")

    def _turn(self, kind: str) -> str:
        """Begin a field, come to its result, or end it; a field that points to a footnote shows its mark."""
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            self._fields.pop()
            self._hidden = self._hidden if self._hidden <= len(self._fields) else 0
        elif kind == "separate" and self._fields:
            found = NOTEREF.match(self._fields[-1] or "")
            self._fields[-1] = None
            if found and found[1] in self._bookmarks:
                self._hidden = self._hidden or len(self._fields)
                return f"[^{self._bookmarks[found[1]]}]"
        return ""

    def _refer(self, identifier: str, printed: str) -> str:
        if identifier not in self._notes:
            return printed
        if not printed:
            self._automatic += 1
            printed = counted(self._automatic, "decimal")
        self._marks[identifier] = printed
        self._bookmarks.update(dict.fromkeys(self._opened.values(), printed))
        return f"[^{printed}]"
