"""The text of an OpenDocument text: its paragraphs in order, with their numbers, footnotes, emphasis and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.odt_lists import Lists
from pipeline.read.odt_styles import NAMESPACE, TEXT, Styles
from pipeline.read.repaired import MARK, Piece, escape, inlines, rows
from pipeline.read.transcript import CAPTION, MOST_SPANNED, UNPLACED, is_layout, unmarked, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.read.odt_styles import Element
    from pipeline.read.transcript import Transcript

TABLE, DRAW, OFFICE = (f"{{{NAMESPACE}{name}:1.0}}" for name in ("table", "drawing", "office"))
PARAGRAPHS = {f"{TEXT}p", f"{TEXT}h"}
SKIPPED = {f"{TEXT}{name}" for name in ("tracked-changes", "sequence-decls", "variable-decls", "user-field-decls")} | {
    f"{TEXT}{name}" for name in ("ruby-text", "table-of-content-source", "index-title-template")
}
SIGNS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": " "}
CELLS = {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}


class Setting(NamedTuple):
    """How the text at a place is set."""

    stars: str = ""
    raised: bool = False


def write_text(body: Element, content: Element, styles: Element, transcript: Transcript) -> None:
    """Write a text as repaired text, and what is left out as findings.

    Raises ValueError where its numbering makes no sense.
    """
    reader = _Reader(Styles(styles, content), transcript)
    changes = body.find(f"{TEXT}tracked-changes")
    if changes is not None and len(changes):
        transcript.find("source.changes")
    for text in reader.blocks(body, reader.table):
        transcript.paragraph(text)
    transcript.begin_notes()
    for mark, text in reader.notes():
        transcript.footnote(mark, text)


class _Reader:
    """Reads the paragraphs in order: the counts of numbers go on from one to the next."""

    def __init__(self, styles: Styles, transcript: Transcript) -> None:
        self._styles = styles
        self._transcript = transcript
        self._lists = Lists(styles)
        self._notes: list[tuple[str, Element]] = []
        self._marks: set[str] = set()
        self._unplaced: list[tuple[str, str]] = []
        self._boxes: list[Element] = []
        self._number = self._given = ""
        self._begun = False

    def blocks(self, element: Element, table: Callable[[Element], Iterator[str]]) -> Iterator[str]:
        """Yield the paragraphs of the text, tables as `table` writes them."""
        for child in element:
            if child.tag in PARAGRAPHS:
                yield from self._placed(child)
            elif child.tag == f"{TABLE}table":
                yield from table(child)
            elif child.tag == f"{TEXT}list":
                yield from self._list(child, table)
            elif child.tag in (f"{DRAW}frame", f"{DRAW}custom-shape"):
                self._drawn(child)
            elif child.tag not in SKIPPED and child.get(f"{TEXT}display") != "none":
                yield from self.blocks(child, table)
            yield from self._boxed()

    def table(self, table: Element) -> Iterator[str]:
        """Yield the rows of a table; one that only sets the first page, or parts of one, as its paragraphs."""
        cells = [[each for each in row if each.tag in CELLS] for row in table.iter(f"{TABLE}table-row")]
        counts = [sum(1 for _ in cell.iter(*PARAGRAPHS)) for row in cells for cell in row]
        if not self._begun or is_layout(counts, nested=table.find(f".//{TABLE}table") is not None):
            yield from self._loose(table)
            return
        read: list[tuple[bool, list[str]]] = []
        for row in table.iter(f"{TABLE}table-row"):
            header = row.getparent().tag == f"{TABLE}table-header-rows"
            texts = [text for cell in row if cell.tag in CELLS for text in self._cell(cell)]
            while texts and not texts[-1] and len(texts) > 1 and len(texts) > len(cells[0]):
                texts.pop()
            read += [(header, texts)] if texts else []
        yield from rows("", read)

    def notes(self) -> Iterator[tuple[str, str]]:
        """Yield mark and text of the footnotes, those nothing points to last."""
        for mark, body in self._notes:
            texts = [inlines(self._pieces(each)) for each in body.iter(*PARAGRAPHS)]
            yield mark, unmarked(" ".join(filter(None, texts)), mark)
        yield from self._unplaced

    def _loose(self, table: Element) -> Iterator[str]:
        yield from self.blocks(table, self._loose)

    def _cell(self, cell: Element) -> Iterator[str]:
        """Yield the text of a cell, as often as it is said to be there; a covered one is empty."""
        text = " ".join(filter(None, self.blocks(cell, self._loose))).replace("\n\n", " ")
        repeated = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        yield from [text] * min(repeated, MOST_SPANNED)

    def _list(self, element: Element, table: Callable[[Element], Iterator[str]]) -> Iterator[str]:
        self._lists.begin(element)
        for item in element:
            known = len(self._lists.faults)
            number = self._lists.item(item) if item.tag == f"{TEXT}list-item" and _has_number(item) else ""
            for fault in self._lists.faults[known:]:
                self._transcript.find("source.number", fault)
            self._number = number
            yield from self.blocks(item, table)
            self._number = ""
        self._lists.end()

    def _placed(self, paragraph: Element) -> Iterator[str]:
        number, self._number = self._number, ""
        if paragraph.tag == f"{TEXT}h":
            number = number or self._lists.heading(paragraph)
        pieces = self._pieces(paragraph)
        style = self._styles.name(paragraph)
        text = written(pieces, style)
        text = " ".join(filter(None, (escape(number).replace("\u00a0", " ").strip(), text)))
        if not text:
            return
        inside = any(each.tag == f"{TABLE}table" for each in paragraph.iterancestors())
        self._begun = self._begun or not inside
        if style == UNPLACED:
            mark, _, rest = text.partition(" ")
            self._unplaced.append((mark, rest))
        else:
            yield f"| {text} |" if style == CAPTION else text

    def _boxed(self) -> Iterator[str]:
        """Yield the text of the boxes that hang on the paragraph before."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._transcript.find("source.box")
            yield from self.blocks(box, self._loose)

    def _pieces(self, paragraph: Element) -> list[Piece]:
        pieces: list[Piece] = []
        self._read(paragraph, paragraph, Setting(), pieces)
        return pieces

    def _read(self, element: Element, paragraph: Element, setting: Setting, pieces: list[Piece]) -> None:
        self._say(element.text, setting, pieces)
        for child in element:
            if child.tag == f"{TEXT}note":
                pieces.append(Piece(self._note(child)))
            elif child.tag == f"{TEXT}s":
                pieces.append(Piece(" ", setting.stars))
            elif child.tag == f"{OFFICE}annotation":
                text = " ".join("".join(each.itertext()) for each in child.iter(f"{TEXT}p"))
                self._transcript.find("source.comment", text)
            elif child.tag.startswith(DRAW):
                self._drawn(child)
            elif child.tag in SIGNS:
                pieces.append(Piece(SIGNS[child.tag], setting.stars))
            elif child.tag == f"{TEXT}span":
                self._span(child, paragraph, setting, pieces)
            elif child.tag not in SKIPPED:
                self._read(child, paragraph, setting, pieces)
            self._say(child.tail, setting, pieces)

    def _span(self, span: Element, paragraph: Element, setting: Setting, pieces: list[Piece]) -> None:
        style = span.get(f"{TEXT}style-name")
        if self._styles.is_hidden(style):
            self._transcript.find("source.hidden", "".join(span.itertext()))
            return
        stars, raised = self._styles.stars(style, paragraph), self._styles.is_raised(style)
        inside = Setting(setting.stars if stars is None else stars, setting.raised if raised is None else raised)
        self._read(span, paragraph, inside, pieces)

    def _say(self, text: str | None, setting: Setting, pieces: list[Piece]) -> None:
        # LibreOffice writes a mark of its own a second time, into the text that follows.
        given, self._given = self._given, ""
        if text := (text or "").removeprefix(given):
            written = escape(text)
            if setting.raised and MARK.fullmatch(written) and written in self._marks:
                pieces.append(Piece(f"[^{written}]"))
            else:
                pieces.append(Piece(written, setting.stars))

    def _note(self, note: Element) -> str:
        """Keep a note for the end, and return its indicator, as the file says it is shown."""
        citation, body = note.find(f"{TEXT}note-citation"), note.find(f"{TEXT}note-body")
        shown = "" if citation is None else escape("".join("".join(citation.itertext()).split()))
        mark = shown if MARK.fullmatch(shown) else str(len(self._notes) + 1)
        if citation is not None and citation.get(f"{TEXT}label"):
            self._given = citation.get(f"{TEXT}label")
        if body is not None:
            self._notes.append((mark, body))
        self._marks.add(mark)
        return f"[^{mark}]"

    def _drawn(self, drawn: Element) -> None:
        """Keep the boxes of a drawing for after the paragraph; of pictures there is only a finding."""
        boxes = [
            each for each in drawn.iter(f"{DRAW}text-box", f"{DRAW}custom-shape") if "".join(each.itertext()).strip()
        ]
        self._boxes += boxes[:1]
        if not boxes and next(drawn.iter(f"{DRAW}image", f"{DRAW}object"), None) is not None:
            self._transcript.find("source.picture")


def _has_number(item: Element) -> bool:
    """Tell whether a number stands before an item; one that begins with a list inside has only that one's."""
    first = next((child for child in item if isinstance(child.tag, str)), None)
    return first is not None and first.tag != f"{TEXT}list"
