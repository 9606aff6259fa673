"""The paragraphs, tables, footnotes and boxes of an RTF file, as its text comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.docx_numbers import counted
from pipeline.read.repaired import MARK, Piece, inlines, rows
from pipeline.read.transcript import CAPTION, COLUMN, UNPLACED, is_layout, unmarked, written

if TYPE_CHECKING:
    from pipeline.read.transcript import Transcript


class Style(NamedTuple):
    """A paragraph style: its name in small letters, and what all its text is."""

    name: str
    bold: bool
    italic: bool


class Aside(NamedTuple):
    """A footnote or a box that is being read: the depth of its group, and the pieces and paragraphs around it."""

    kind: str
    depth: int
    mark: str
    pieces: list[Piece]
    paragraphs: list[str] | None
    style: int


class Blocks:
    """Puts the pieces of text where they belong."""

    def __init__(self, transcript: Transcript) -> None:
        self.styles: dict[int, Style] = {}
        self._transcript = transcript
        self._pieces: list[Piece] = []
        self._style = 0
        self._asides: list[Aside] = []
        self._paragraphs: list[str] | None = None  # of the aside that is open
        self._boxes: list[str] = []
        self._notes: list[tuple[str, str]] = []
        self._marks: set[str] = set()
        self._counts = {"footnote": 0, "endnote": 0}
        self._own: set[str] = set()
        self._counted = self._raised = False
        self._given = ""
        self._in_table = self._header = self._heading = self._begun = False
        self._cell: list[str] = []
        self._row: list[list[str]] = []
        self._rows: list[tuple[bool, list[list[str]]]] = []

    def is_known(self, mark: str) -> bool:
        """Tell whether a footnote has this mark."""
        return mark in self._marks

    def set(self, text: str, *, bold: bool, italic: bool) -> Piece:
        """Return a piece of text, emphasised where it is set as its paragraph is not."""
        style = self.styles.get(self._style, Style("", bold=False, italic=False))
        bold = bold and not (style.bold or self._heading)
        return Piece(text, "**" if bold else "*" if italic and not style.italic else "")

    def write(self, piece: Piece, *, raised: bool = False) -> None:
        """Add a piece to the paragraph."""
        # LibreOffice writes a mark of its own a second time, into the text that follows.
        given, self._given = self._given, ""
        text = piece.text.removeprefix(given)
        if text:
            self._pieces.append(piece._replace(text=text))
            self._raised = raised

    def open(self, kind: str, depth: int) -> None:
        """Begin a footnote or a box, whose group is at the depth given."""
        mark = self._mark() if kind == "footnote" else ""
        self._asides.append(Aside(kind, depth, mark, self._pieces, self._paragraphs, self._style))
        self._pieces, self._paragraphs, self._given = [], [], ""

    def close(self, depth: int) -> None:
        """End the footnote or the box whose group has ended."""
        while self._asides and self._asides[-1].depth >= depth:
            self._end_paragraph()
            aside = self._asides.pop()
            paragraphs = self._paragraphs or []
            self._pieces, self._paragraphs, self._style = aside.pieces, aside.paragraphs, aside.style
            if aside.kind == "footnote":
                self._notes.append((aside.mark, " ".join(filter(None, paragraphs))))
                self._given = aside.mark if aside.mark in self._own else ""
            else:
                self._boxes += paragraphs

    def control(self, word: str, number: int | None) -> None:
        """Carry out a control word that parts text."""
        match word:
            case "par" | "sect" | "page":
                self._end_paragraph()
            case "pard":
                self._style, self._in_table, self._heading = 0, False, False
            case "outlinelevel":
                self._heading = True
            case "s":
                self._style = number or 0
            case "intbl":
                self._in_table = True
            case "cell":
                self._end_cell()
            case "row":
                self._end_row()
            case "nestcell" | "nestrow":
                self._end_paragraph()
            case "trowd":
                self._header = False
            case "trhdr":
                self._header = True
            case "chftn":
                self._counted = not self._asides
            case "ftnalt":
                self._endnote()
            case "ftnstart":
                self._counts["footnote"] = (number or 1) - 1
            case _:
                pass

    def finish(self) -> None:
        """End the text: the last paragraph, the last table, the footnotes."""
        self._end_paragraph()
        self._end_table()
        self._transcript.begin_notes()
        for mark, text in self._notes:
            self._transcript.footnote(mark, unmarked(text, mark))

    def _end_paragraph(self) -> None:
        pieces, self._pieces, self._given = self._pieces, [], ""
        style = self.styles.get(self._style, Style("", bold=False, italic=False)).name
        in_note = bool(self._asides) and self._asides[-1].kind == "footnote"
        text = inlines(pieces) if in_note else written(pieces, style or ("heading 2" if self._heading else ""))
        if self._paragraphs is not None:
            self._paragraphs.append(text)
            return
        if self._in_table:
            self._cell.append(text)
            self._header = self._header or style == COLUMN
            return
        self._end_table()
        if style == UNPLACED and text:
            mark, _, rest = text.partition(" ")
            self._notes.append((mark, rest))
        else:
            self._begun = self._begun or bool(text)
            self._transcript.paragraph(f"| {text} |" if text and style == CAPTION else text)
        self._write_boxes()

    def _end_cell(self) -> None:
        self._in_table = True
        self._end_paragraph()
        self._row.append([text for text in self._cell if text])
        self._cell = []

    def _end_row(self) -> None:
        if self._row:
            self._rows.append((self._header, self._row))
        self._row, self._header = [], False

    def _end_table(self) -> None:
        read, self._rows = self._rows, []
        if not read:
            return
        counts = [len(cell) for _, row in read for cell in row]
        if not self._begun or is_layout(counts, nested=False):
            for text in (text for _, row in read for cell in row for text in cell):
                self._transcript.paragraph(text)
        else:
            cells = [(header, [" ".join(cell).replace("\n\n", " ") for cell in row]) for header, row in read]
            for text in rows("", cells):
                self._transcript.paragraph(text)
        self._write_boxes()

    def _write_boxes(self) -> None:
        boxes, self._boxes = self._boxes, []
        for text in filter(None, boxes):
            self._transcript.find("source.box")
            self._transcript.paragraph(text)

    def _mark(self) -> str:
        """Write the indicator of the footnote that begins: the mark before it, or the next number."""
        last = self._pieces[-1] if self._pieces else None
        own = not self._counted and self._raised and last is not None and MARK.fullmatch(last.text.strip())
        if own and last is not None:
            mark = self._pieces.pop().text.strip()
            self._own.add(mark)
        else:
            self._counts["footnote"] += 1
            mark = str(self._counts["footnote"])
        self._counted = False
        self._marks.add(mark)
        self._pieces.append(Piece(f"[^{mark}]"))
        return mark

    def _endnote(self) -> None:
        """Count the note that has begun as an endnote, apart from the footnotes."""
        aside = self._asides[-1] if self._asides else None
        if aside and aside.kind == "footnote" and aside.mark not in self._own:
            self._counts["footnote"] -= 1
            self._counts["endnote"] += 1
            mark = counted(self._counts["endnote"], "lowerRoman")
            self._marks.add(mark)
            aside.pieces[-1] = Piece(f"[^{mark}]")
            self._asides[-1] = aside._replace(mark=mark)
