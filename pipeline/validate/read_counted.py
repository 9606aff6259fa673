"""Formats whose readers count footnotes themselves: GitHub's Markdown, ODT, EPUB, RTF; and plain text.

What ought to be found there: a note whose printed mark is what the reader counts is a footnote; any
other is a paragraph at the end, after its raised mark. A mark is all that is read of a mention.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.validate.read_pandoc import read_pandoc, through_pandoc
from pipeline.validate.reading import (
    FIRST,
    Expected,
    Reading,
    UnreadableError,
    collapse,
    differences,
    expected,
    without_places,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.model import Document

LABEL = re.compile(r"\\.|^\[\^[^][\s]+\]:|\[\^([^][\s]+)\]", re.DOTALL | re.MULTILINE)
RTF_CHARACTERS = re.compile(rb"\\\\|((?:\\u-?[0-9]+ ?[^\\{}])+)")
RTF_UNIT = re.compile(rb"\\u(-?[0-9]+)")
MARKED = re.compile("⟦([^⟦⟧]*)⟧")


def labels(data: bytes) -> list[str]:
    """Return the label of each footnote indicator in Markdown, which begins with its front matter."""
    text = data.decode(errors="replace").partition("\n---\n")[2]
    return [match[1] for match in LABEL.finditer(text) if match[1]]


def gfm_differences(document: Document, data: bytes) -> list[str]:
    """Return a sentence for each difference between the document and its GitHub Markdown; none if law 5 holds.

    Read as pandoc reads the HTML it makes of it, raw HTML included; the labels in the file are the marks.
    """
    try:
        page = through_pandoc(data, "gfm+yaml_metadata_block", "html")
        reading = read_pandoc(page, "html", {})
    except UnreadableError as error:
        return [f"Pandoc cannot read the Markdown: {error}."]
    found = labels(data)
    if len(found) != len(reading.notes):
        return [f"The Markdown has {len(found)} footnote indicators, and pandoc reads {len(reading.notes)}."]
    notes = dict(zip(found, reading.notes, strict=True))
    wrong = list(notes) != [str(at) for at in range(1, len(notes) + 1)]
    faults = [f"GitHub would show other numbers than {', '.join(notes)}."] if wrong else []
    return _compared(document, found, Reading(reading.paragraphs, list(notes.values()), faults))


def book_differences(form: str) -> Callable[[Document, bytes], list[str]]:
    """Return what compares a document with its file in a format that pandoc writes and reads (law 5)."""

    def compared(document: Document, data: bytes) -> list[str]:
        data = _readable_rtf(data) if form == "rtf" else data
        try:
            reading = read_pandoc(data, form)
        except UnreadableError as error:
            return [f"Pandoc cannot read the file: {error}."]
        if reading.title and reading.paragraphs[:1] == [reading.title]:
            reading = reading._replace(paragraphs=reading.paragraphs[1:])  # a book opens with it
        return _compared(document, [str(at) for at in range(1, len(reading.notes) + 1)], reading)

    return compared


def _readable_rtf(data: bytes) -> bytes:
    """Return RTF as pandoc's reader understands it.

    It passes over what is marked as new to old readers, footnotes too; it knows no character of two UTF-16 units,
    and of what old readers show for one only a question mark.
    """

    def character(found: re.Match[bytes]) -> bytes:
        if not found[1]:
            return found[0]
        units = [int(unit) % 0x10000 for unit in RTF_UNIT.findall(found[0])]
        return b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le", errors="replace").encode()

    return RTF_CHARACTERS.sub(character, data).replace(rb"{\*\footnote", rb"{\footnote")


def plain_differences(document: Document, data: bytes) -> list[str]:
    """Return a sentence for each difference between the document and its plain text; none if law 5 holds."""
    wanted = expected(document)
    paragraphs = [f"{number} {text}".strip() for number, text in wanted.paragraphs]
    paragraphs += [f"⟦{mark}⟧ {text}" for mark, text in wanted.notes]
    bare = [_without_signs(MARKED.sub(r"[\1]", without_places(text))) for text in paragraphs]
    found = [_without_signs(text) for text in data.decode().split("\n\n")]
    return list(differences(["".join(bare)], [], Reading(["".join(found)], [], [])))


def _without_signs(text: str) -> str:
    """Leave out white space, and the strokes between cells."""
    return "".join(text.replace("|", "").split())


def _compared(document: Document, marks: list[str], reading: Reading) -> list[str]:
    """Compare a reading whose mentions have these marks, in order."""
    paragraphs, notes = _counted(expected(document))
    found = [FIRST.sub(lambda at: f"⟦{marks[int(at[1]) - 1]}⟧", text) for text in reading.paragraphs]
    read = Reading([_joined(text) for text in found], [_joined(text) for text in reading.notes], reading.faults)
    return list(differences(paragraphs, notes, read))


def _counted(wanted: Expected) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the paragraphs to be found, and the notes a reader counts; a mark is `⟦7⟧`."""
    counted: list[tuple[str, str]] = []
    own: list[str] = []
    for mark, text in wanted.notes:
        if mark == str(len(counted) + 1):
            counted.append((mark, _joined(without_places(text))))
        else:
            own.append(collapse(f"⟦{mark}⟧ {without_places(text)}"))
    paragraphs = [without_places(f"{number} {text}".strip()) for number, text in wanted.paragraphs]
    return [_joined(text) for text in (*paragraphs, *own)], counted


def _joined(text: str) -> str:
    """Take neighbouring marks as one: some formats do not tell where raised text that touches parts."""
    return text.replace("⟧⟦", "")
