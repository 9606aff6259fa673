"""Repaired text to a document: one paragraph becomes one block of the model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import Closing, Document, Footnote, Indicator, Vote
from pipeline.parse.blocks import read_blocks
from pipeline.parse.masthead import close, opening, read_masthead
from pipeline.parse.paragraphs import Reading, read_paragraphs
from pipeline.walk import inlines_of, plain

if TYPE_CHECKING:
    from pipeline.languages import Language
    from pipeline.model import Source
    from pipeline.parse.paragraphs import Paragraph
    from pipeline.text import Text


def parse(text: Text, language: Language, source: Source) -> Document:
    """Parse repaired text. Total: it never refuses a text.

    Spans in the document are of the source, through the origins that `text` keeps.
    """
    body, notes = read_paragraphs(text.value)
    first = opening(body, language)
    # Before the first enacting line may stand the letter and the title of a part.
    organs = (language.enacting_organ(paragraph.text) for paragraph in body[first : first + 3])
    organ = next((found for found in organs if found), None)
    reading = Reading(text, language, organ, set())
    masthead, title = read_masthead(body[:first], body[first].text if first < len(body) else "", reading)
    # Without an enacting line, the masthead tells whose it is.
    reading = replace(reading, organ=masthead.organ, own="".join((masthead.symbol or "").split()) or None)
    blocks = read_blocks(body[first:], reading)
    for block in blocks:
        if isinstance(block, Closing):
            masthead = close(masthead, block.lines, language)
        elif isinstance(block, Vote):  # "Adopted at the 2500th meeting by …"
            meeting = language.meeting_number(plain(block.lines[0].inlines))
            masthead = replace(masthead, meeting=masthead.meeting or meeting)
    document = Document(language.code, masthead, title, blocks, (), source)
    footnotes = (Footnote(mark, reading.inlines(note), reading.span(note)) for mark, note in _ordered(notes, document))
    return replace(document, footnotes=tuple(footnotes))


def _ordered(notes: list[tuple[str, Paragraph]], document: Document) -> list[tuple[str, Paragraph]]:
    """Return the footnotes in the order of their first mentions, those that are never mentioned last.

    The text has them as its pages do, or as a file keeps them; the document is the same.
    """
    mentioned = [inline.mark for inline in inlines_of(document) if isinstance(inline, Indicator)]
    places = {mark: at for at, mark in enumerate(dict.fromkeys(mentioned))}
    return sorted(notes, key=lambda note: places.get(note[0], len(places)))
