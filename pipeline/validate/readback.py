"""Law 5: what an independent reader reads back from our files is the text of the document.

Pandoc reads Markdown and Word files. From Word files a reader of our own, after the OOXML
standard, reads also what pandoc leaves out: automatic numbers and the marks of notes.
Text, numbers, footnotes and the places of indicators are compared; how much white space
there is, and of what kind, is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.validate.read_counted import book_differences, gfm_differences, labels, plain_differences
from pipeline.validate.read_docx import read_docx
from pipeline.validate.read_html import read_html
from pipeline.validate.read_pandoc import read_pandoc
from pipeline.validate.reading import FIRST, Reading, UnreadableError, collapse, differences, expected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.model import Document

FURTHER = re.compile("→[0-9]+⟧")
ADJACENT = re.compile("(?:⟦[^⟦⟧#]*⟧){2,}")


def markdown_differences(document: Document, data: bytes) -> list[str]:
    """Return a sentence for each difference between the document and its Markdown; none if law 5 holds.

    Pandoc gives the text, the labels in the file give the printed marks of the notes.
    """
    try:
        reading = read_pandoc(data, "markdown")
    except UnreadableError as error:
        return [f"Pandoc cannot read the Markdown: {error}."]
    found = labels(data)
    if len(found) != len(reading.notes):
        return [f"The Markdown has {len(found)} footnote indicators, and pandoc reads {len(reading.notes)}."]
    marked = [FIRST.sub(lambda at: f"⟦{_mark(found[int(at[1]) - 1])}#{at[1]}⟧", text) for text in reading.paragraphs]
    wanted = expected(document)
    paragraphs = [f"{number} {text}".strip() for number, text in wanted.paragraphs]
    return list(differences(paragraphs, wanted.notes, reading._replace(paragraphs=marked)))


def html_differences(document: Document, data: bytes) -> list[str]:
    """Return a sentence for each difference between the document and its page of HTML; none if law 5 holds.

    Pandoc gives the text; lxml the printed marks, and whether anchors and links of the page are sound.
    """
    try:
        page = read_html(data)
    except UnreadableError as error:
        return [f"Pandoc cannot read the page: {error}."]
    wanted = expected(document)
    paragraphs = [f"{number} {text}".strip() for number, text in wanted.paragraphs]
    found = list(differences(paragraphs, wanted.notes, page.reading))
    marks = [collapse(mark) for mark, _ in wanted.notes]
    return found if marks == page.marks else [*found, f"The notes are marked {page.marks}, and should be {marks}."]


def docx_differences(document: Document, data: bytes) -> list[str]:
    """Return a sentence for each difference between the document and its Word file; none if law 5 holds.

    Once as our reader finds it, and once as pandoc does, without the numbers that Word
    counts and without the marks of notes.
    """
    wanted = expected(document)
    paragraphs = [f"{number} {text}".strip() for number, text in wanted.paragraphs]
    try:
        found = list(differences(paragraphs, wanted.notes, read_docx(data)))
        reading = _without_marks(read_pandoc(data, "docx"), [mark for mark, _ in wanted.notes])
    except UnreadableError as error:
        return [f"The Word file cannot be read: {error}."]
    bare = [(_bare(full), _bare(text)) for full, (_, text) in zip(paragraphs, wanted.paragraphs, strict=True)]
    notes = [(mark, _bare(text)) for mark, text in wanted.notes]
    unnumbered = _as_numbered(bare, reading.paragraphs)
    return found + [f"{text[:-1]}, as pandoc reads it." for text in differences(unnumbered, notes, reading)]


def _as_numbered(wanted: list[tuple[str, str]], found: list[str]) -> list[str]:
    """Choose for each paragraph, with its number or without, what pandoc ought to read.

    Pandoc has a number where it is text and drops it where Word counts it; the reader of
    our own checks both. A paragraph of nothing but a number that Word counts is nothing.
    """
    chosen: list[str] = []
    at = 0
    for full, text in wanted:
        now = found[at] if at < len(found) else ""
        chosen.append(full if now == full or (text and now != text and full in found) else text)
        at += bool(chosen[-1])
    return chosen


def _mark(label: str) -> str:
    """Return the printed mark that a label stands for: `7`, `star-2`, `7.2` where two notes share a mark."""
    name = label.partition(".")[0]
    return "*" * int(name[5:]) if re.fullmatch("star-[0-9]", name) else unquote(name)


def _bare(text: str) -> str:
    """Leave what pandoc knows: of first mentions the place, of others the mark, adjacent ones as one."""
    text = FURTHER.sub("⟧", FIRST.sub(r"⟦#\1⟧", text))
    return ADJACENT.sub(lambda found: f"⟦{re.sub('[⟦⟧]', '', found[0])}⟧", text)


def _without_marks(reading: Reading, marks: list[str]) -> Reading:
    """Take away the mark that a note begins with where Word does not count it."""
    starts = [f"⟦{mark}⟧ " for mark in marks] + [""] * len(reading.notes)
    notes = [f"{text} ".removeprefix(start).strip() for start, text in zip(starts, reading.notes, strict=False)]
    return Reading([_bare(text) for text in reading.paragraphs], [_bare(text) for text in notes], reading.faults)


DIFFERENCES: Mapping[str, Callable[[Document, bytes], list[str]]] = {
    "docx": docx_differences,
    "md": markdown_differences,
    "gfm": gfm_differences,
    "html": html_differences,
    "odt": book_differences("odt"),
    "epub": book_differences("epub"),
    "rtf": book_differences("rtf"),
    "txt": plain_differences,
}
"""How the files of a format are held to law 5."""
