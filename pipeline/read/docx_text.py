"""The text of a Word file: its paragraphs in order, with their numbers, footnotes, emphasis and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.docx_numbers import Element, Numbers, W, value
from pipeline.read.docx_faces import NOTE_STYLES, Faces
from pipeline.read.docx_fields import Fields
from pipeline.read.docx_notes import Notes
from pipeline.read.docx_signs import sign
from pipeline.read.repaired import MARK, Piece, escape, inlines, rows
from pipeline.read.transcript import CAPTION, MOST_SPANNED, UNPLACED, Transcript, is_layout, unmarked, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DELETED = {W + name for name in ("del", "moveFrom")}
INSERTED = {W + name for name in ("ins", "moveTo")}
SKIPPED = {COMPATIBLE + "Fallback"} | {W + name for name in ("pPr", "rPr", "sdtPr", "rt", "tblPr", "trPr", "tcPr")}
DRAWN = {COMPATIBLE + "AlternateContent"} | {W + name for name in ("drawing", "pict", "object")}
PICTURES = ("blip", "imagedata", "OLEObject", "chart")
SIGNS = {W + "noBreakHyphen": "\u2011", W + "tab": "\t"} | dict.fromkeys((W + "ptab", W + "br", W + "cr"), " ")


class Parts(NamedTuple):
    """The parts of a Word file that are read; one that it does not have is empty."""

    document: Element
    footnotes: Element
    endnotes: Element
    numbering: Element
    styles: Element
    comments: Element
    settings: Element


def write_text(parts: Parts, transcript: Transcript) -> None:
    """Write the text of a Word file as repaired text, and what is left out as findings.

    Raises ValueError, KeyError, IndexError or TypeError where its numbering, notes or fields make no sense.
    """
    reader = _Reader(parts, transcript)
    for text in reader.blocks(parts.document, reader.table):
        transcript.paragraph(text)
    reader.fields.close()
    transcript.begin_notes()
    for mark, text in reader.notes():
        transcript.footnote(mark, text)


class _Reader:
    """Reads the paragraphs in order: the counts of numbers and footnotes go on from one to the next."""

    def __init__(self, parts: Parts, transcript: Transcript) -> None:
        self._transcript = transcript
        self._notes = Notes(parts.footnotes, parts.endnotes, parts.settings, parts.document)
        self._numbers = Numbers(parts.numbering, parts.styles)
        self._faces = Faces(parts.styles)
        self._comments = {each.get(f"{W}id"): each for each in parts.comments.iter(f"{W}comment")}
        self._told: set[str] = set()
        self.fields = Fields(self._notes)
        self._paragraph: Element = None
        self._pieces: list[Piece] = []
        self._boxes: list[Element] = []
        self._unplaced: list[tuple[str, str]] = []
        self._given = ""
        self._begun = False

    def blocks(self, element: Element, table: Callable[[Element], Iterator[str]]) -> Iterator[str]:
        """Yield the paragraphs of the text, tables as `table` writes them."""
        held: list[str] = []
        for child in element:
            if child.tag == f"{W}tbl":
                yield from table(child)
            elif child.tag == f"{W}p":
                text = written(self._collected(child), self._faces.style(child))
                mark = child.find(f"{W}pPr/{W}rPr")
                if mark is not None and any(mark.find(tag) is not None for tag in DELETED):
                    # Where the end of a paragraph is deleted, the next one goes on with it, and has the number.
                    held.append(text)
                    continue
                yield from self._placed(" ".join(filter(None, (self._number(child), *held, text))), child)
                held = []
            elif child.tag == f"{W}altChunk":
                self._transcript.find("source.part")
            elif child.tag not in SKIPPED | DELETED:
                yield from self.blocks(child, table)
            yield from self._boxed()
        yield " ".join(filter(None, held))

    def table(self, table: Element) -> Iterator[str]:
        """Yield the rows of a table; one that only sets the first page, or parts of one, as its paragraphs."""
        if not self._begun or self._is_layout(table):
            yield from self._loose(table)
            return
        read: list[tuple[bool, list[str]]] = []
        for row in table.iter(f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is None:
                cells = [text for cell in row.iter(f"{W}tc") for text in self._cell(cell)]
                read += [(row.find(f"{W}trPr/{W}tblHeader") is not None, cells)] if cells else []
        yield from rows("", read)

    def notes(self) -> Iterator[tuple[str, str]]:
        """Yield mark and text of the footnotes, those nothing points to last."""
        for mark, paragraphs in self._notes.placed():
            texts = (inlines(self._collected(each)) for each in paragraphs)
            yield mark, unmarked(" ".join(filter(None, texts)), mark)
        yield from self._unplaced

    def _loose(self, table: Element) -> Iterator[str]:
        yield from self.blocks(table, self._loose)

    def _is_layout(self, table: Element) -> bool:
        counts = [sum(1 for _ in cell.iter(f"{W}p")) for cell in table.iter(f"{W}tc")]
        return is_layout(counts, nested=table.find(f".//{W}tbl") is not None)

    def _cell(self, cell: Element) -> Iterator[str]:
        """Yield the text of a cell, and an empty one for each further column it takes."""
        if cell.find(f"{W}tcPr/{W}cellDel") is None:
            yield " ".join(filter(None, self.blocks(cell, self._loose))).replace("\n\n", " ")
            yield from [""] * (min(int(value(cell, "tcPr", "gridSpan") or 1), MOST_SPANNED) - 1)

    def _placed(self, text: str, paragraph: Element) -> Iterator[str]:
        style = self._faces.style(paragraph)
        self._begun = self._begun or bool(text and next(paragraph.iterancestors(f"{W}tbl"), None) is None)
        if style == UNPLACED and text:
            mark, _, rest = text.partition(" ")
            self._unplaced.append((mark, rest))
        else:
            yield f"| {text} |" if text and style == CAPTION else text

    def _boxed(self) -> Iterator[str]:
        """Yield the text of the boxes that hang on the paragraph before."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._transcript.find("source.box")
            yield from filter(None, self.blocks(box, self._loose))

    def _number(self, paragraph: Element) -> str:
        known = len(self._numbers.faults)
        number = self._numbers.number(paragraph)
        for fault in self._numbers.faults[known:]:
            self._transcript.find("source.number", fault)
        return escape(number).replace("\u00a0", " ").strip()

    def _collected(self, paragraph: Element) -> list[Piece]:
        self._paragraph, self._pieces, self._given = paragraph, [], ""
        self._read(paragraph)
        return self._pieces

    def _read(self, element: Element) -> None:
        for child in element:
            if child.tag in DELETED | INSERTED:
                self._transcript.find("source.changes")
            if child.tag == f"{W}r":
                self._run(child)
            elif child.tag == f"{W}bookmarkStart":
                self._notes.open(child.get(f"{W}id"), child.get(f"{W}name"))
            elif child.tag == f"{W}bookmarkEnd":
                self._notes.close(child.get(f"{W}id"))
            elif child.tag == f"{MATHS}oMath":
                self._transcript.find("source.formula")
                self._pieces.append(Piece(escape("".join(each.text or "" for each in child.iter(f"{MATHS}t")))))
            elif child.tag not in SKIPPED | DELETED:
                self._read(child)

    def _run(self, run: Element) -> None:
        reference = next(run.iterchildren(f"{W}footnoteReference", f"{W}endnoteReference"), None)
        text = "".join(self._content(run))
        face = self._faces.face(run, self._paragraph)
        if face.hidden and text.strip():
            self._transcript.find("source.hidden", text)
            return
        mark = None if reference is None else self._notes.place(reference, text)
        # LibreOffice writes a mark of its own a second time, into the text that follows.
        given, self._given = self._given, text if mark else ""
        text = text.removeprefix(given) if not mark else text
        if mark:
            self._pieces.append(Piece(f"[^{mark}]"))
        elif text:
            # LibreOffice writes a mark of its own after a tab, too.
            mark = text.strip()
            indicator = face.raised and MARK.fullmatch(mark)
            if indicator and (self._notes.is_known(mark) or face.style in NOTE_STYLES):
                text = text.replace(mark, f"[^{mark}]")
            self._pieces.append(Piece(text, face.stars))

    def _content(self, run: Element) -> Iterator[str]:
        for child in run:
            if child.tag == f"{W}fldChar":
                yield self.fields.turn(child.get(f"{W}fldCharType"))
            elif child.tag == f"{W}instrText":
                self.fields.instruct(child.text or "")
            elif child.tag == f"{W}commentReference":
                self._comment(child.get(f"{W}id"))
            elif self.fields.is_hiding():
                continue
            elif child.tag == f"{W}t":
                yield escape(child.text or "")
            elif child.tag == f"{W}sym":
                yield escape(sign(child.get(f"{W}font", ""), child.get(f"{W}char", "")))
            elif child.tag == f"{W}ruby":
                yield from (escape(each.text or "") for each in child.iterfind(f"{W}rubyBase//{W}t"))
            elif child.tag in DRAWN:
                self._drawn(child)
            else:
                yield SIGNS.get(child.tag, "")

    def _comment(self, identifier: str) -> None:
        if identifier not in self._told:
            self._told.add(identifier)
            comment = self._comments.get(identifier)
            text = "" if comment is None else " ".join("".join(p.itertext()) for p in comment.iter(f"{W}p"))
            self._transcript.find("source.comment", text)

    def _drawn(self, drawn: Element) -> None:
        """Keep the boxes of a drawing for after the paragraph; of pictures there is only a finding."""
        choice = drawn.find(f"{COMPATIBLE}Choice")
        shown = drawn if choice is None else choice
        boxes = list(_outermost(shown, f"{W}txbxContent")) or list(_outermost(drawn, f"{W}txbxContent"))
        self._boxes += [box for box in boxes if "".join(box.itertext()).strip()]
        if not boxes and any(next(shown.iter(f"{{*}}{name}"), None) is not None for name in PICTURES):
            self._transcript.find("source.picture")


def _outermost(element: Element, tag: str) -> Iterator[Element]:
    for child in element:
        if child.tag == tag:
            yield child
        else:
            yield from _outermost(child, tag)
