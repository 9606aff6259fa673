"""What a Word file says, read after the OOXML standard (ECMA-376 part 1, section 17).

Opened with python-docx; then the paragraphs of the main part in order, with the numbers
Word counts, the footnote references with the marks Word shows, and the results of fields.
What Word would show otherwise once it works out its fields and notes is a fault.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from pipeline.docx_numbers import Element, Numbers, W, counted, value
from pipeline.validate.reading import Reading, UnreadableError, collapse

if TYPE_CHECKING:
    from docx.opc.part import Part

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SKIPPED = {
    FALLBACK,
    *(W + name for name in ("pPr", "rPr", "del", "moveFrom", "drawing", "pict", "object", "footnoteRef")),
}
"""What holds no text of the paragraph; a paragraph in a drawing is read by itself."""

SIGNS = {W + name: sign for name, sign in (
    ("tab", " "), ("ptab", " "), ("br", " "), ("cr", " "), ("noBreakHyphen", "\u2011"), ("softHyphen", "\u00ad"),
)}  # fmt: skip
REFERENCE = W + "footnoteReference"
NOTEREF = re.compile(r"\s*NOTEREF\s+(\S+)")


def read_docx(data: bytes) -> Reading:
    """Read a Word file. Raises UnreadableError where python-docx cannot open it."""
    # Heavy, and only checks need it.
    import docx  # noqa: PLC0415
    from docx.exceptions import PythonDocxError  # noqa: PLC0415

    try:
        document = docx.Document(io.BytesIO(data))
    except (PythonDocxError, BadZipFile, KeyError, SyntaxError, ValueError) as error:
        raise UnreadableError(str(error)) from error
    root, styles = document.part.element, document.styles.element
    notes = _Notes(root, _related(document.part, "footnotes"), document.settings.element)
    reader = _Reader(notes, styles)
    numbers = Numbers(_related(document.part, "numbering"), styles)
    paragraphs = [
        collapse(f"{numbers.number(paragraph)} {reader.text(paragraph)}")
        for paragraph in root.iter(f"{W}p")
        if next(paragraph.iterancestors(FALLBACK), None) is None
    ]
    texts = [reader.note(identifier) for identifier in notes.order]
    return Reading(paragraphs, texts, [*numbers.faults, *notes.faults, *reader.faults])


def _related(part: Part, kind: str) -> Element:
    """Return the root of the part of this kind, or an empty one."""
    from lxml import etree  # noqa: PLC0415 - heavy, and only checks need it

    found = (rel.target_part for rel in part.rels.values() if not rel.is_external and rel.reltype.endswith(f"/{kind}"))
    target = next(found, None)
    return etree.Element(kind) if target is None else etree.fromstring(target.blob)


class _Notes:
    """The footnotes of a Word file: the order of their references, and the marks Word shows."""

    def __init__(self, root: Element, footnotes: Element, settings: Element) -> None:
        self.faults: list[str] = []
        self.order: list[str] = []
        self.marks: dict[str, str] = {}
        self.bookmarks: dict[str, str] = {}
        self.texts = {note.get(f"{W}id"): note for note in footnotes.iter(f"{W}footnote") if not note.get(f"{W}type")}
        rules = [*settings.iter(f"{W}footnotePr"), *root.iter(f"{W}footnotePr")]
        self._form = next(filter(None, (value(rule, "numFmt") for rule in rules)), "decimal")
        self._next = int(next(filter(None, (value(rule, "numStart") for rule in rules)), "1"))
        if any(value(rule, "numRestart") not in (None, "continuous") for rule in rules):
            self.faults.append("Word counts the footnotes anew on each page or in each section.")
        opened: dict[str, str] = {}
        for element in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", REFERENCE):
            identifier = element.get(f"{W}id")
            if element.tag == REFERENCE:
                self._place(element, identifier)
                self.bookmarks.update(dict.fromkeys(opened.values(), identifier))
            elif element.tag == f"{W}bookmarkEnd":
                opened.pop(identifier, None)
            else:
                opened[identifier] = element.get(f"{W}name")
        self.faults += (
            f"Word does not show footnote {lost}: it has no reference." for lost in self.texts.keys() - self.marks
        )

    def _place(self, reference: Element, identifier: str) -> None:
        if identifier in self.marks or identifier not in self.texts:
            self.faults.append(f"A second reference to footnote {identifier}, or one to no footnote.")
            return
        self.order.append(identifier)
        if is_on(reference, "customMarkFollows"):
            self.marks[identifier] = "".join(text.text or "" for text in reference.itersiblings(f"{W}t"))
        else:
            self.marks[identifier] = counted(self._next, self._form)
            self._next += 1

    def token(self, identifier: str, sign: str) -> str:
        """Return the token of an indicator: `#` at the reference, `→` at a field that points to it."""
        if identifier not in self.marks:
            return ""
        return f"⟦{self.marks[identifier]}{sign}{self.order.index(identifier) + 1}⟧"


def is_on(element: Element, name: str) -> bool:
    """Tell whether an attribute of the element is switched on."""
    return element.get(W + name, "0") not in ("0", "false", "off")


class _Reader:
    """Reads the text of paragraphs. What a field shows is held until its end."""

    def __init__(self, notes: _Notes, styles: Element) -> None:
        self.faults: list[str] = []
        self._notes = notes
        self._raised = {
            style.get(f"{W}styleId")
            for style in styles.iter(f"{W}style")
            if value(style, "rPr", "vertAlign") == "superscript"
        }
        self._held: list[list[str]] = [[]]
        self._fields: list[str] = []

    def text(self, paragraph: Element) -> str:
        """Return the text of a paragraph, with tokens for the indicators."""
        self._held, self._fields = [[]], []
        self._read(paragraph)
        if self._fields:
            self.faults.append(f"A field is not closed in its paragraph: {self._fields[-1].strip()}.")
        return "".join(text for held in self._held for text in held)

    def note(self, identifier: str) -> str:
        """Return the text of a footnote, without the mark it begins with."""
        note, mark = self._notes.texts[identifier], self._notes.marks[identifier]
        text = collapse(" ".join(self.text(paragraph) for paragraph in note.iter(f"{W}p")))
        start = f"⟦{mark}⟧"
        if note.find(f".//{W}footnoteRef") is None and not text.startswith(start):
            self.faults.append(f"Footnote {mark} does not begin with its mark.")
        return text.removeprefix(start).lstrip()

    def _read(self, element: Element) -> None:
        for child in element:
            name = child.tag
            if name in (f"{W}t", f"{W}delText"):
                self._held[-1].append(child.text or "")
            elif name in SIGNS:
                self._held[-1].append(SIGNS[name])
            elif name == f"{W}sym":
                self._held[-1].append(chr(int(child.get(f"{W}char"), 16)))
            elif name == f"{W}r":
                self._read_run(child)
            elif name == f"{W}fldChar":
                self._turn(child.get(f"{W}fldCharType"))
            elif name == f"{W}instrText" and self._fields:
                self._fields[-1] += child.text or ""
            elif name == f"{W}fldSimple":
                self._fields.append(child.get(f"{W}instr"))
                self._held.append([])
                self._read(child)
                self._turn("end")
            elif name not in SKIPPED:
                self._read(child)

    def _read_run(self, run: Element) -> None:
        reference = run.find(REFERENCE)
        if reference is not None:
            self._held[-1].append(self._notes.token(reference.get(f"{W}id"), "#"))
            if is_on(reference, "customMarkFollows"):
                return  # the text of the run is the mark
        if value(run, "rPr", "vertAlign") != "superscript" and value(run, "rPr", "rStyle") not in self._raised:
            self._read(run)
            return
        self._held.append([])
        depth = len(self._held)
        self._read(run)
        if depth == len(self._held) and (text := "".join(self._held.pop())):
            self._held[-1].append(f"⟦{text}⟧")

    def _turn(self, kind: str) -> None:
        """Begin a field, come to its result, or end it."""
        if kind == "begin":
            self._fields.append("")
            self._held.append([])
        elif kind == "separate":
            self._held[-1].clear()
        elif self._fields:
            self._held[-2].append(self._shown(self._fields.pop(), "".join(self._held.pop())))

    def _shown(self, instruction: str, result: str) -> str:
        """Return what a field shows; one that points to a footnote has to show its mark."""
        found = NOTEREF.match(instruction)
        if not found:
            return result
        token = self._notes.token(self._notes.bookmarks.get(found[1], ""), "→")
        if token.partition("→")[0] != result.removesuffix("⟧"):
            self.faults.append(f"A field shows {result or 'nothing'}, and Word would make it {token or 'an error'}.")
        return token or result
