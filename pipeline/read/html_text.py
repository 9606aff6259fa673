"""The text of a web page: its paragraphs in order, with the numbers of lists, footnotes, emphasis and tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline import numbers
from pipeline.docx_numbers import counted
from pipeline.read.html_notes import find_notes, is_back
from pipeline.read.html_setting import FORMS, Setting, form_of, set_in
from pipeline.read.repaired import MARK, Piece, escape, inlines, rows
from pipeline.read.transcript import MOST_SPANNED, SECTION_STYLE, is_layout, line, sectioned, unmarked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.read.html_notes import Element
    from pipeline.read.transcript import Transcript

BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "ol", "p", "section", "summary", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
SKIPPED = {
    "head", "script", "style", "template", "noscript", "iframe", "object", "audio", "video", "canvas", "button",
    "select", "input", "textarea", "title", "rp", "rt",
}  # fmt: skip
PICTURES = {"img", "svg", "picture"}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
BULLETED = {"·", "o", "§", "\uf0b7", "\uf0a7"}
"""What Word writes for a bullet of a font of signs."""
LARGEST_NUMBER = 10_000
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
MARKED = re.compile(rf"(?:{numbers.PARAGRAPH}|{numbers.ITEM}|[•‣▪●])(?=\s)")
"""A paragraph that opens with a number or the mark of an item."""
SPACE = re.compile(r"[ \t\r\n\f]+")
BREAKS = re.compile(r"\n{2,}")
BREAK = "\n"
"""Where a page breaks a line; what that means, repair finds out."""


def write_text(root: Element, transcript: Transcript) -> None:
    """Write the text of a page as repaired text, and what is left out as findings."""
    reader = _Reader(root, transcript)
    for text in reader.paragraphs(root, Setting()):
        transcript.paragraph(text)
    transcript.begin_notes()
    for mark, text in reader.notes():
        transcript.footnote(mark, text)


class _Reader:
    """Reads the elements in order."""

    def __init__(self, root: Element, transcript: Transcript) -> None:
        self._transcript = transcript
        self._notes = find_notes(root)
        self._marks = set(self._notes.indicators.values())
        self._pieces: list[Piece] = []
        self._number = self._given = ""
        self._begun = self._heading = False
        self._line: Callable[[Sequence[Piece]], str] = line

    def paragraphs(self, element: Element, setting: Setting) -> Iterator[str]:
        """Yield the paragraphs of an element, and those it stands in the middle of."""
        yield from self._children(element, setting)
        yield from self._end()

    def notes(self) -> Iterator[tuple[str, str]]:
        """Yield mark and text of the footnotes."""
        self._line = inlines
        for holder, mark in self._notes.holders.items():
            texts = list(self.paragraphs(holder, Setting(note=mark)))
            yield mark, unmarked(" ".join(texts).replace("\n\n", " ").replace(BREAK, " "), mark)

    def _children(self, element: Element, setting: Setting) -> Iterator[str]:
        self._say(element.text, setting)
        for child in element:
            yield from self._element(child, setting)
            self._say(child.tail, setting)

    def _element(self, element: Element, setting: Setting) -> Iterator[str]:
        kind, style = element.tag, element.get("style", "").lower()
        if not isinstance(kind, str) or kind in SKIPPED or self._is_note(element, setting):
            return
        if element.get("hidden") is not None or HIDDEN.search(style):
            if "".join(element.itertext()).strip():
                self._transcript.find("source.hidden", "".join(element.itertext()))
        elif kind == "nav":
            self._transcript.find("source.navigation")
        elif kind in PICTURES:
            self._transcript.find("source.picture")
        elif kind == "br":
            self._pieces.append(Piece(BREAK))
        elif kind == "del":
            self._transcript.find("source.changes")
        elif kind == "pre":
            yield from self._end()
            self._begun = True
            yield escape("".join(element.itertext())).strip("\n")
        elif kind == "table":
            yield from self._end()
            yield from self._table(element, setting)
        elif kind in {"ol", "ul"}:
            yield from self._end()
            yield from self._list(element, setting)
        elif kind in BLOCKS:
            yield from self._end()
            self._heading = kind in HEADINGS
            yield from self._children(element, set_in(element, style, setting))
            yield from self._end()
            self._heading = False
        elif "mso-list:ignore" in style.replace(" ", "") and "".join(element.itertext()).strip() in BULLETED:
            self._pieces.append(Piece("• "))
        else:
            yield from self._children(element, set_in(element, style, setting))

    def _is_note(self, element: Element, setting: Setting) -> bool:
        """Write an indicator; pass over a footnote, which comes at the end, and a link back out of one."""
        if mark := self._notes.indicators.get(element):
            self._pieces.append(Piece(f"[^{mark}]"))
            self._given = mark
            return True
        if element in self._notes.holders:
            return True
        return bool(setting.note) and element.tag == "a" and is_back(element, setting.note, self._notes)

    def _say(self, text: str | None, setting: Setting) -> None:
        if not text:
            return
        written = escape(SPACE.sub(lambda blanks: "\t" if "\t" in blanks[0] else " ", text))
        # LibreOffice writes a mark of its own a second time, into the text that follows.
        given, self._given = self._given, ""
        written = written.removeprefix(given)
        mark = written.strip()
        if setting.raised and MARK.fullmatch(mark) and mark in self._marks:
            self._pieces.append(Piece(f"[^{mark}]"))
        elif written:
            self._pieces.append(Piece(written, setting.stars))

    def _end(self) -> Iterator[str]:
        """End the paragraph; two breaks of a line end one too."""
        pieces, self._pieces = self._pieces, []
        # LibreOffice keeps the tab between the mark of a section and its title.
        heading = self._heading or _is_head(pieces)
        if section := sectioned(pieces, SECTION_STYLE if heading else ""):
            yield section
            return
        lines: list[list[Piece]] = [[]]
        for piece in pieces:
            if piece.text == BREAK:
                lines.append([])
            else:
                lines[-1].append(piece)
        text = BREAKS.sub("\n\n", BREAK.join(map(self._line, lines))).strip("\n")
        if text:
            # A list whose items print their marks themselves shows no count (`list-style: none`, of a style sheet).
            number = "" if MARKED.match(text) else self._number
            self._number = ""
            self._begun = True
            yield f"{number} {text}" if number else text

    def _list(self, element: Element, setting: Setting) -> Iterator[str]:
        form = form_of(element)
        start = element.get("start", "")
        number = int(start) if start.lstrip("-").isascii() and start.lstrip("-").isdigit() else 1
        for child in element:
            if child.tag != "li":
                yield from self._element(child, setting)
                continue
            value = child.get("value", "")
            number = int(value) if value.isascii() and value.isdigit() else number
            own = FORMS.get(child.get("type", ""), form)
            self._number = self._written(number, own) if _has_text(child) else ""
            number += _has_text(child)
            yield from self._element(child, setting)
            self._number = ""

    def _written(self, number: int, form: str) -> str:
        if form in {"bullet", "none"}:
            return "•" if form == "bullet" else ""
        if form == "decimal" or not 0 < number < LARGEST_NUMBER:
            return f"{number}."
        # A page cannot say what stands around a letter; every language's lists are known by this form.
        written = f"({counted(number, form)})"
        self._transcript.find("source.letter", written)
        return written

    def _table(self, table: Element, setting: Setting) -> Iterator[str]:
        """Yield the rows of a table; one that only sets the page, as its paragraphs."""
        found = [each for each in table.iter("tr") if next(each.iterancestors("table")) is table]
        begun = self._begun
        read: list[tuple[bool, list[list[str]]]] = []
        over: dict[int, int] = {}
        for row in found:
            cells: list[list[str]] = []
            kinds = [child for child in row if child.tag in {"td", "th"}]
            for cell in kinds:
                while over.get(len(cells), 0):
                    over[len(cells)] -= 1
                    cells.append([])
                text = [text for text in self.paragraphs(cell, setting) if text]
                down, across = _spanned(cell, "rowspan"), _spanned(cell, "colspan")
                over.update(dict.fromkeys(range(len(cells), len(cells) + across), down - 1) if down > 1 else {})
                cells += [text, *([[]] * (across - 1))]
            heads = row.getparent().tag == "thead" or all(each.tag == "th" for each in kinds)
            read += [(heads and bool(kinds), cells)] if cells else []
        counts = [sum(text.count("\n\n") + 1 for text in cell) for _, row in read for cell in row]
        if not begun or is_layout(counts, nested=next(table.iterdescendants("table"), None) is not None):
            yield from (text for _, row in read for cell in row for text in cell)
            return
        caption = next(table.iterchildren("caption"), None)
        title = "" if caption is None else " ".join(self.paragraphs(caption, setting))
        yield from rows(title, [(header, [_joined(cell) for cell in row]) for header, row in read])


def _is_head(pieces: list[Piece]) -> bool:
    """Tell whether a paragraph is emphasised as a whole, and no number opens it."""
    mark = "".join(piece.text for piece in pieces).partition("\t")[0]
    return not any(map(str.isdigit, mark)) and all(piece.stars for piece in pieces if piece.text.strip())


def _spanned(cell: Element, key: str) -> int:
    value = cell.get(key, "1")
    return min(max(int(value), 1), MOST_SPANNED) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _joined(cell: list[str]) -> str:
    return " ".join(cell).replace("\n\n", " ").replace(BREAK, " ")


def _has_text(item: Element) -> bool:
    """Tell whether a number stands before an item; one that begins with a list inside has only that one's."""
    first = next(iter(item), None)
    return bool((item.text or "").strip()) or first is None or first.tag not in {"ol", "ul"}
