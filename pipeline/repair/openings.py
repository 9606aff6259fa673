"""What a line opens with, and what the paragraphs so far lead one to expect (FORMAT.md sections 2.1 and 2.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline import numbers
from pipeline.numbers import FIRST, place, successors
from pipeline.repair.page import is_closed

if TYPE_CHECKING:
    from pipeline.languages import Language

NUMBER = re.compile(rf"{numbers.PARAGRAPH} *")
ITEM = re.compile(rf"(?P<mark>{numbers.ITEM}|[•‣▪●–—-] ) *")
DECIMAL = re.compile(r"(?P<number>\d{1,3})(?:\.\d{1,2}){1,3}\.? +(?=[^\W\d_]|\()")
"""The number of a paragraph below a numbered one: 2.1, in forms and rules that are annexed."""
SEPARATOR = re.compile(r"(?:\\\* ?){3,}")
DAY = re.compile(r"\d{1,2} [^\W\d_]{2,20}(?:/[^\W\d_]{2,20})? [12]\d{3}")
"""A date, also where its month is misspelled: behind a meeting nothing else stands."""
QUOTES = "“«”„"
"""What the paragraphs of a statement open with, which is a quotation: each opens it again."""


@dataclass(slots=True)
class Progress:
    """What the paragraphs so far lead one to expect. `voted` are the marks that end the vote one is in.

    `entries` tells of numbered lines that end without a mark, as those of a form do.
    `acts` tells of a decision or a statement, whose paragraphs open with the meeting or a quotation mark.
    """

    number: int = 0
    marks: tuple[str, ...] = ()
    preamble: bool = True
    heading: bool = False
    voted: tuple[str, ...] = ()
    printed: float = 0.0
    opened: bool = False
    acts: bool = False
    entries: bool = False


def may_open(text: str, language: Language) -> bool:
    """Tell whether a line begins as a paragraph may, whatever stands before it."""
    numbered = NUMBER.match(text) or DECIMAL.match(text) or ITEM.match(text)
    return bool(numbered) or language.opens_preambular(text) or language.is_enacting(text)


def opening_of(before: str, right: str, progress: Progress, language: Language) -> str:
    """Name what a line opens with, if it is what may open a paragraph here."""
    met = language.meeting.search(before) is not None
    closed = is_closed(before) or met or language.date.fullmatch(before) is not None
    dated = (language.date.fullmatch(right) and closed) or (met and DAY.fullmatch(right))
    if dated or language.meeting.search(right) or language.vote.search(right) or language.annex.search(right):
        return "fixed"
    if closed and language.section.search(right):
        return "section"
    if SEPARATOR.fullmatch(right) or SEPARATOR.fullmatch(before):
        return "fixed"
    if progress.acts and closed and (right[0] in QUOTES or language.opens_act(right)):
        return "act"
    if number := NUMBER.match(right):
        step = int(number[1]) - progress.number
        return "number" if step == 1 or number[1] == "1" else "far number" if 1 < step < 4 else ""
    if decimal := DECIMAL.match(right):
        return "number" if int(decimal["number"]) == progress.number else ""
    if item := ITEM.match(right):
        return "item" if _follows(place(item["mark"].strip()), progress.marks) else ""
    if (progress.preamble or progress.heading) and (
        language.opens_preambular(right) or language.opens_operative(right)
    ):
        return "lead"
    return ""


def advance(right: str, opening: str, progress: Progress, language: Language) -> None:
    """Note in `progress` that a paragraph opened with the line `right`."""
    if number := NUMBER.match(right) if opening in {"number", "far number"} else None:
        progress.number, progress.marks = int(number["number"]), ()
    elif opening == "item" and (item := ITEM.match(right)):
        progress.marks = (*progress.marks, place(item["mark"].strip()))
    elif opening == "fixed":
        voted = language.vote.search(right) is not None
        progress.voted = (("]",) if right.startswith("[") else ("]", ".", "。")) if voted else ()
    if opening in {"section", "heading"} or language.annex.search(right):
        progress.heading, progress.preamble = True, True
    elif opening:
        progress.heading = False
        progress.preamble = opening == "lead" or (progress.preamble and "number" not in opening)


def _follows(mark: str, marks: tuple[str, ...]) -> bool:
    """Tell whether an item's place begins a list or goes on with one that is open."""
    return mark in FIRST or any(mark in successors(other) for other in marks)
