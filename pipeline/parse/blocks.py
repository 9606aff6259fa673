"""The body: each paragraph becomes a block.

Parsing is total: a paragraph whose role is not known becomes `Unclassified`.
FORMAT.md sections 1 and 3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline import numbers
from pipeline.languages import COLONS, COMMAS, LONGEST_DAY, SEMICOLONS, is_closed
from pipeline.model import (
    AnnexStart,
    Block,
    Closing,
    ClosingLine,
    Enacting,
    Heading,
    OperativeParagraph,
    PartStart,
    PreambularParagraph,
    Unclassified,
    Vote,
)
from pipeline.model import Paragraph as PlainParagraph
from pipeline.numbers import place
from pipeline.parse.nesting import ITEM, NUMBER, Parent, add, depth_inside, depth_of
from pipeline.parse.paragraphs import cut, is_split
from pipeline.parse.tables import is_table_row, read_table
from pipeline.parse.votes import LONGEST, read_vote, vote_length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.languages import Language
    from pipeline.model import ClosingRole, Inlines
    from pipeline.parse.paragraphs import Paragraph, Reading
    from pipeline.text import Span

NEAR = 12
"""So many paragraphs after one without a number tell whether a list goes on after it."""
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
SEPARATOR = re.compile(r"(?:\* ?){3,}")
LETTERED = re.compile(r"(?P<mark>[A-Z]\.|[IVXL]+\.|[一二三四五六七八九十]+[、.]) *(?=\S)")


@dataclass(slots=True)
class Reader:
    """The blocks so far, and where among them the next paragraph stands. `acts` tells of a decision or a statement,
    `enacted` that an organ speaks in the text, or in this annex of it.
    """

    reading: Reading
    language: Language
    blocks: list[Block] = field(default_factory=list)
    part: str = ""
    annexed: bool = False
    enacted: bool = False
    operative: bool = False
    acts: bool = False
    marks: list[str] = field(default_factory=list)

    def span(self, paragraph: Paragraph) -> Span:
        """Return the source range of a paragraph."""
        return self.reading.span(paragraph)

    def inlines(self, paragraph: Paragraph, lead: int = 0) -> Inlines:
        """Return the inlines of a paragraph whose first `lead` characters are its lead phrase."""
        return self.reading.inlines(paragraph, lead)


def read_blocks(body: Sequence[Paragraph], reading: Reading) -> tuple[Block, ...]:
    """Turn the paragraphs from the enacting line on into blocks, in order."""
    acts = bool(body) and reading.language.opens_act(body[0].text)
    reader = Reader(reading, reading.language, acts=acts)
    at = 0
    while at < len(body):
        at += _read(reader, body, at)
    return tuple(reader.blocks)


def _read(reader: Reader, body: Sequence[Paragraph], at: int) -> int:
    """Read the paragraph at `at`, and return how many paragraphs it took."""
    paragraph, language = body[at], reader.language
    text = paragraph.text
    following = body[at + 1] if at + 1 < len(body) else None
    if is_table_row(paragraph, reader.reading):
        return _table(reader, body, at)
    if language.is_enacting(text):
        _enact(reader, paragraph)
    elif _opens_part(reader, body, at):
        return _start_part(reader, paragraph, body[at + 1])
    elif annex := language.annex.search(text):
        return _start_annex(reader, paragraph, annex["number"], following)
    elif language.vote.search(text):
        lines = body[at : at + vote_length(body[at : at + LONGEST], language)]
        reader.blocks.append(read_vote(lines, reader.reading))
        return len(lines)
    elif closing := _closing_role(reader, body, at):
        _close(reader, paragraph, closing)
    elif language.section.search(text) and not paragraph.marks:
        title = following if following and not _opens(following, reader) else None
        inlines = reader.reading.heading(title) if title else ()
        reader.blocks.append(Heading(text, inlines, 1, reader.reading.span(paragraph, title)))
        reader.operative, reader.marks = False, []
        return 2 if title else 1
    elif (number := NUMBER.match(text)) and number.end() < len(text) and not is_split(paragraph, number.end()):
        _number(reader, paragraph, number)
    elif (item := _item_mark(reader, paragraph)) is not None:
        _item(reader, paragraph, item, following)
    elif reader.acts and not reader.annexed and language.opens_act(text):
        _act(reader, paragraph, following)
    else:
        _unnumbered(reader, paragraph, body[at + 1 : at + 1 + NEAR])
    return 1


def _enact(reader: Reader, paragraph: Paragraph) -> None:
    lead = max(len(line) for _, line in reader.language.enacting if paragraph.text.startswith(line))
    # In a draft that an organ recommends to another one, "its resolution" is of that one.
    reader.reading = replace(reader.reading, organ=reader.language.enacting_organ(paragraph.text))
    reader.blocks.append(Enacting(reader.inlines(paragraph, lead), reader.span(paragraph)))
    reader.enacted, reader.operative, reader.marks = True, False, []


def _table(reader: Reader, body: Sequence[Paragraph], at: int) -> int:
    table, taken = read_table(body, at, reader.reading)
    if table:
        reader.blocks.append(table)
        reader.marks = []
    return taken


def _opens_part(reader: Reader, body: Sequence[Paragraph], at: int) -> bool:
    """Tell whether the next letter of the parts stands alone here, an enacting line after it or after one title."""
    text, language = body[at].text, reader.language
    wanted = chr(ord(reader.part) + 1) if reader.part else "A"
    if body[at].marks or not language.section.search(text) or numbers.canonical(text) != wanted:
        return False
    return any(language.is_enacting(paragraph.text) for paragraph in body[at + 1 : at + 3])


def _start_part(reader: Reader, paragraph: Paragraph, following: Paragraph) -> int:
    title = None if reader.language.is_enacting(following.text) else following
    inlines = reader.reading.heading(title) if title else ()
    reader.blocks.append(PartStart(paragraph.text, inlines, reader.reading.span(paragraph, title)))
    reader.part = numbers.canonical(paragraph.text)
    reader.annexed, reader.operative, reader.marks = False, False, []
    return 2 if title else 1


def _start_annex(reader: Reader, paragraph: Paragraph, number: str | None, following: Paragraph | None) -> int:
    title = following if following and not _opens(following, reader) else None
    label, span = reader.reading.heading(paragraph), reader.reading.span(paragraph, title)
    reader.blocks.append(AnnexStart(number, label, reader.reading.heading(title) if title else (), span))
    reader.annexed, reader.enacted, reader.operative, reader.marks = True, False, False, []
    return 2 if title else 1


def _opens(paragraph: Paragraph, reader: Reader) -> bool:
    """Tell whether a paragraph is a part of the text rather than the title of one."""
    text, language = paragraph.text, reader.language
    return bool(
        is_closed(text) or NUMBER.match(text) or ITEM.match(text) or language.section.search(text)
        or language.annex.search(text) or language.meeting.search(text) or is_table_row(paragraph, reader.reading)
    )  # fmt: skip


def _closing_role(reader: Reader, body: Sequence[Paragraph], at: int) -> ClosingRole | None:
    text, language = body[at].text, reader.language
    in_closing = bool(reader.blocks) and isinstance(reader.blocks[-1], Closing)
    if language.meeting.search(text):
        return "meeting"
    if language.date.fullmatch(text):
        near = in_closing or (at + 1 < len(body) and language.meeting.search(body[at + 1].text)) or at + 1 == len(body)
        return "date" if near else None
    # What follows the meeting and ends the text is its day, also where the month is misspelled.
    ends = in_closing and at + 1 == len(body) and len(text) < LONGEST_DAY and YEAR.search(text)
    return "date" if ends else None


def _close(reader: Reader, paragraph: Paragraph, role: ClosingRole) -> None:
    line = ClosingLine(role, reader.inlines(paragraph), reader.span(paragraph))
    last = reader.blocks[-1] if reader.blocks else None
    if isinstance(last, Closing):
        span = last.span._replace(end=max(last.span.end, line.span.end))
        reader.blocks[-1] = Closing((*last.lines, line), span)
    else:
        reader.blocks.append(Closing((line,), line.span))


def _number(reader: Reader, paragraph: Paragraph, number: re.Match[str]) -> None:
    rest = cut(paragraph, number.end())
    # Rules, an annexed treaty's articles, may open with a word that operative paragraphs open with.
    plain = reader.annexed and not reader.enacted
    lead = 0 if plain else reader.language.lead(rest.text, operative=True)
    kind = PlainParagraph if reader.annexed and not lead else OperativeParagraph
    reader.blocks.append(kind(number["mark"], reader.inlines(rest, lead), reader.span(paragraph)))
    reader.operative, reader.marks = True, []


def _act(reader: Reader, paragraph: Paragraph, following: Paragraph | None) -> None:
    """Read "At its 69th plenary meeting, on …, the General Assembly decided …": it is operative.

    Where it only leads to a text that follows, as in a statement of the President, it is not.
    """
    leads = paragraph.text.endswith(COLONS) and following is not None and not ITEM.match(following.text)
    inlines, span = reader.inlines(paragraph), reader.span(paragraph)
    reader.blocks.append(PlainParagraph(None, inlines, span) if leads else OperativeParagraph(None, inlines, span))
    reader.operative, reader.marks = True, []


def _unnumbered(reader: Reader, paragraph: Paragraph, following: Sequence[Paragraph]) -> None:
    text, language, span = paragraph.text, reader.language, reader.span(paragraph)
    last = reader.blocks[-1] if reader.blocks else None
    lead = language.lead(text, operative=False)
    acts = language.lead(text, operative=True)
    if _is_heading(reader, paragraph, following[0] if following else None):
        _head(reader, paragraph)
    elif reader.annexed or SEPARATOR.fullmatch(text):
        reader.blocks.append(PlainParagraph(None, reader.inlines(paragraph), span))
    elif isinstance(last, Parent) and last.children and not (lead and isinstance(last, PreambularParagraph)):
        add(
            reader.blocks,
            PlainParagraph(None, reader.inlines(paragraph), span),
            depth_inside(reader.marks, [each.text for each in following]),
        )
    elif not reader.operative and acts and (text.endswith((".", "。")) or not (lead or text.endswith(COMMAS))):
        reader.blocks.append(OperativeParagraph(None, reader.inlines(paragraph, acts), span))
    elif not reader.operative and (lead or text.endswith((*COMMAS, *SEMICOLONS, *COLONS))):
        reader.blocks.append(PreambularParagraph(reader.inlines(paragraph, lead or acts), span))
    elif last is not None and not isinstance(last, Closing | Vote) and is_closed(text):
        reader.blocks.append(PlainParagraph(None, reader.inlines(paragraph), span))
    else:
        reader.blocks.append(Unclassified(reader.inlines(paragraph), span))


def _is_heading(reader: Reader, paragraph: Paragraph, following: Paragraph | None) -> bool:
    """Tell whether a paragraph without a mark at its end is a heading: there can be one wherever numbers begin.

    One that opens as a preambular paragraph does, and has figures, rather lost its end.
    """
    text = paragraph.text
    if not text or following is None or is_closed(text):
        return False
    unfinished = reader.language.lead(text, operative=False) and any(map(str.isdigit, text))
    begins = NUMBER.match(following.text) and not unfinished
    if not (reader.operative or reader.annexed or LETTERED.match(text) or begins):
        return False
    return len(text) <= 250 and text[0] not in "[(" and not text[0].islower()


def _head(reader: Reader, paragraph: Paragraph) -> None:
    number = LETTERED.match(paragraph.text)
    if number and is_split(paragraph, number.end()):
        number = None
    rest = cut(paragraph, number.end()) if number else paragraph
    level = 1 if number and number["mark"][0] in "IVX一二三四五六七八九十" else 2
    reader.blocks.append(
        Heading(number["mark"] if number else None, reader.reading.heading(rest), level, reader.span(paragraph))
    )
    reader.operative, reader.marks = False, []


def _item_mark(reader: Reader, paragraph: Paragraph) -> re.Match[str] | None:
    """Return the match of an item's mark, where there is a paragraph for it to belong to."""
    item = ITEM.match(paragraph.text)
    belongs = reader.blocks and isinstance(reader.blocks[-1], Parent)
    return item if item and belongs and not is_split(paragraph, item.end()) else None


def _item(reader: Reader, paragraph: Paragraph, item: re.Match[str], following: Paragraph | None) -> None:
    rest = cut(paragraph, item.end())
    mark = place(item["mark"])
    after = ITEM.match(following.text) if following else None
    depth = depth_of(reader.marks, mark, place(after["mark"]) if after else "")
    reader.marks[depth:] = [mark]
    child = PlainParagraph(item["mark"], reader.inlines(rest), reader.span(paragraph))
    add(reader.blocks, child, depth + 1)
