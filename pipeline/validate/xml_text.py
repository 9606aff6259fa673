"""The text of an Akoma Ntoso file, to hold against the document it was written from (law 4)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model import Indicator
from pipeline.walk import body_texts, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from pipeline.model import Document, Inlines

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
PARTS = ("coverPage", "preface", "preamble", "mainBody", "conclusions", "attachments")
NOTE, NOTE_REF, META, SUP = f"{AKN}authorialNote", f"{AKN}noteRef", f"{AKN}meta", f"{AKN}sup"
COPY = re.compile(r"_\d+$")


class XmlText(NamedTuple):
    """The text of a file without white space, `[7]` where a footnote is mentioned, and its notes."""

    text: str
    notes: tuple[tuple[str, str], ...]


def text_errors(document: Document, root: etree._Element) -> Iterator[str]:
    """Law 4: the text of the XML is the text of the document, its footnotes compared apart."""
    written, wanted = text_of(root), _document_text(document)
    if written.text != wanted.text:
        pairs = enumerate(zip(written.text, wanted.text, strict=False))
        at = next((index for index, (one, other) in pairs if one != other), min(map(len, (written.text, wanted.text))))
        near = slice(max(0, at - 20), at + 20)
        yield f"text differs at character {at}: XML …{written.text[near]}…, document …{wanted.text[near]}…"
    missing = Counter(wanted.notes) - Counter(written.notes)
    extra = Counter(written.notes) - Counter(wanted.notes)
    yield from (f"footnote {mark} is not in the XML as it reads: {text[:40]}" for mark, text in missing)
    yield from (f"the XML has a footnote {mark} the document has not: {text[:40]}" for mark, text in extra)


def _document_text(document: Document) -> XmlText:
    lines: list[tuple[str | None, Inlines]] = [(None, line.inlines) for line in document.masthead.lines]
    parts = [(number or "") + _marked(inlines) for number, inlines in (*lines, *body_texts(document))]
    notes = (
        (_bare(footnote.mark), _bare(_marked(footnote.inlines)))
        for footnote in document.footnotes
        if plain(footnote.inlines).strip()
    )
    return XmlText(_bare("".join(parts)), tuple(notes))


def _marked(inlines: Inlines) -> str:
    return "".join(f"[{inline.mark}]" if isinstance(inline, Indicator) else inline.text for inline in inlines)


def text_of(root: etree._Element) -> XmlText:
    """Return the text of a file, cover page to attachments, without metadata."""
    parts: list[str] = []
    notes: list[tuple[str, str]] = []
    for document in (*root.iterfind(f"{AKN}documentCollection"), *root.iter(f"{AKN}statement")):
        for note in document.iterfind(f"{AKN}meta/{AKN}notes/{AKN}note"):
            notes.append(_note(note, notes))
        for name in PARTS:
            for element in document.iterfind(f"{AKN}{name}"):
                _gather(element, parts, notes)
    return XmlText(_bare("".join(parts)), tuple(notes))


def _gather(element: etree._Element, parts: list[str], notes: list[tuple[str, str]]) -> None:
    parts.append(element.text or "")
    for child in element:
        if child.tag == NOTE:
            mark, text = _note(child, notes)
            notes.append((mark, text))
            if child.get("class") != "unmentioned":
                parts.append(f"[{mark}]")
        elif child.tag == NOTE_REF:
            parts.append(f"[{COPY.sub('', child.get('marker') or '')}]")
        elif child.tag == SUP:
            parts.append(f"[{child.text or ''}]")
        elif child.tag != META:
            _gather(child, parts, notes)
        parts.append(child.tail or "")


def _note(note: etree._Element, notes: list[tuple[str, str]]) -> tuple[str, str]:
    """Return the mark of a note and its text; what notes are inside it goes to `notes`."""
    inner: list[str] = []
    _gather(note, inner, notes)
    return _bare(COPY.sub("", note.get("marker") or "")), _bare("".join(inner))


def _bare(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(text.split()))
