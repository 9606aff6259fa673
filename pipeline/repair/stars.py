"""Notes marked with asterisks: on a symbol, an agenda item or a sponsor (FORMAT.md section 1.5)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.repair.furniture import text_start
from pipeline.repair.layout import is_set
from pipeline.repair.page import NOTE, body_end, lines
from pipeline.text import Edit, Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.text import Proposal, Text

STARS = re.compile(r"(?<![*^\\\s])(?:\\\*){1,3}(?![\\*\]])")
"""Asterisks right after what they mark."""


STARRED = re.compile(r"(?:^|(?<=\. ))((?:\\\*){1,3}) (?=[^\s\\])")
"""The mark of a footnote before its text, at a paragraph's beginning or after another footnote."""


def lift_starred(text: Text, language: Language) -> Iterator[Proposal]:
    """Carry the paragraphs that are footnotes marked with asterisks to the end of a text set in paragraphs.

    Leaves alone paragraphs whose asterisks the masthead has not, and texts in lines.
    """
    value = text.value
    end = body_end(value)
    if "\n\\*" not in value[:end] or not is_set(value, language):
        return
    page = lines(value[:end])
    start = page[text_start(page, language)].start
    wanted = {match.group() for match in STARS.finditer(value, 0, start)}
    for line in page:
        notes = list(STARRED.finditer(line.text)) if line.start > start else []
        if not notes or notes[0].start() or not wanted.issuperset(note[1] for note in notes):
            continue
        for note, stop in zip(notes, [*(after.start() for after in notes[1:]), len(line.text)], strict=True):
            mark = Span(line.start + note.start(1), line.start + note.end(1))
            rest = Span(line.start + note.end(), line.start + note.end() + len(line.text[note.end() : stop].rstrip()))
            yield Move(("\n\n[^", mark, "]: ", rest), len(value.rstrip()))
            yield Edit(Span(mark.end, rest.start), "")
        yield Edit(Span(len(value[: line.start].rstrip()), line.start), "")


def mark_stars(text: Text, language: Language) -> Iterator[Edit]:
    """Mark the asterisks of a footnote that was lifted, at each place in the masthead, else at the first.

    Several sponsors may have the same one ("State not a member of the Human Rights Council").
    Leaves alone asterisks that have no footnote, or more than one, and those that are set apart.
    """
    value = text.value
    end = body_end(value)
    notes = Counter(match[1] for match in NOTE.finditer(value) if match[1].startswith("\\*"))
    wanted = {mark for mark, count in notes.items() if count == 1 and f"[^{mark}]" not in value[:end]}
    if not wanted:
        return
    page = lines(value[:end])
    start = page[text_start(page, language)].start if page else 0
    done: set[str] = set()
    for match in STARS.finditer(value, 0, end):
        mark = match.group()
        if mark in wanted and (mark not in done or match.start() < start):
            done.add(mark)
            yield Edit(Span(match.start(), match.start()), "[^")
            yield Edit(Span(match.end(), match.end()), "]")
