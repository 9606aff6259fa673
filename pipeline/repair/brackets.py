"""Brackets of right-to-left text: turned where they are the wrong way round, and those around footnote numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.numbers import LEADING_DIGIT, plain_digits
from pipeline.repair.page import lines
from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.languages import Language
    from pipeline.repair.page import Line
    from pipeline.text import Text

FELLOW = {"(": ")", ")": "(", "[": "]", "]": "["}
BRACKET = re.compile(r"(?P<whole>\((?:\d{1,4}|[A-Z])\))|[()\[\]]")
"""A bracket, or a number between two that are the right way round."""
TURNED = re.compile(r"^\)[^\s()]{1,4}\(|\)(?:\d{1,4}|[A-Z])\(")
WHOLE = re.compile(r"\].*\[")
HANGING_PAIR = re.compile(r"[()] ?[()] ?(?=\S)")
NUMBER = re.compile(rf"{LEADING_DIGIT}\d{{0,2}}")
EMPTY_PAIR = re.compile(rf"({LEADING_DIGIT}\d{{0,2}})( ?[()] ?[()] ?)(?=\S)")
MARKED_PAIR = re.compile(r"\[\^[1-9]\d{0,2}\]: (\*{0,3}[()] ?[()]\*{0,3} ?)(?=\S)")
PAIR = re.compile(rf"(\( ?)({LEADING_DIGIT}\d{{0,2}})( ?\) ?)(?=\S)")


def turn_enclosing(text: Text, language: Language) -> Iterator[Edit]:
    """Turn the brackets the wrong way round that enclose a line, the mark of an item or a year (`)2011(`).

    Leaves alone all others: whether one is turned, only the whole paragraph tells; and a line where numbers
    share their brackets (`)1)2(`).
    """
    if not language.right_to_left:
        return
    for line in lines(text.value):
        yield from _turn(line, _enclosing)


def turn_brackets(text: Text, language: Language) -> Iterator[Edit]:
    """Turn the brackets of a paragraph that close before they open: some extractors give the glyph that is seen.

    Leaves alone brackets that are in pairs, those around a number alone, those without a fellow, and a
    paragraph that would have others to turn then.
    """
    if not language.right_to_left:
        return
    for line in lines(text.value):
        yield from _turn(line, _crossed)


def _turn(line: Line, wrong: Callable[[str], list[int]]) -> Iterator[Edit]:
    """Propose to turn the brackets of a line that are wrong, if that leaves none of them wrong, nor makes others so."""
    places = wrong(line.text)
    turned = list(line.text)
    for at in places:
        turned[at] = FELLOW[line.text[at]]
    after = "".join(turned)
    if places and not wrong(after) and not _enclosing(after):
        for at in places:
            yield Edit(Span(line.start + at, line.start + at + 1), turned[at], 0.9)


def _enclosing(line: str) -> list[int]:
    """Find the brackets that enclose a line, the mark of an item or a year and are the wrong way round."""
    spans = [match.span() for match in TURNED.finditer(line)]
    if WHOLE.fullmatch(line):
        spans.append((0, len(line)))
    return sorted({edge for start, end in spans for edge in (start, end - 1)})


def _crossed(paragraph: str) -> list[int]:
    """Find the brackets that are in pairs once all of a group are turned."""
    opened: list[str] = []
    waiting: list[re.Match[str]] = []
    group: list[int] = []
    found: list[int] = []
    for match in BRACKET.finditer(paragraph):
        mark = match.group()
        if match["whole"]:
            continue
        if waiting and mark == FELLOW[waiting[-1].group()]:
            group += [waiting.pop().start(), match.start()]
            if not waiting:
                found += group
                group = []
        elif mark in "([":
            opened.append(mark)
        elif opened and FELLOW[opened[-1]] == mark:
            opened.pop()
        else:
            waiting.append(match)
    return sorted(found)


def free_notes(text: Text, language: Language) -> Iterator[Edit]:
    """Take the brackets off the number that a footnote opens with, as other languages print it, in their digits.

    Leaves alone a number in brackets at a line's start whose words do not open as a footnote
    does: it may be an indicator, after which the sentence goes on.
    """
    if not language.bracketed_notes:
        return
    number = False
    for line in lines(text.value):
        if number and (match := HANGING_PAIR.match(line.text)):
            yield Edit(Span(line.start, line.start + match.end()), "")
        number = NUMBER.fullmatch(line.text) is not None
        if match := EMPTY_PAIR.match(line.text):
            yield from _as_number(line, match, 1)
            yield Edit(Span(line.start + match.start(2), line.start + match.end(2)), " ")
        elif (match := PAIR.match(line.text)) and language.note.search(line.text[match.end() :]):
            yield Edit(Span(line.start, line.start + match.end(1)), "")
            yield from _as_number(line, match, 2)
            yield Edit(Span(line.start + match.start(3), line.start + match.end(3)), " ")


def _as_number(line: Line, match: re.Match[str], group: int) -> Iterator[Edit]:
    """Write the number of a footnote in the digits that number footnotes in all languages."""
    if (number := plain_digits(match[group])) != match[group]:
        yield Edit(Span(line.start + match.start(group), line.start + match.end(group)), number)


def free_marked(text: Text, language: Language) -> Iterator[Edit]:
    """Take the empty brackets off a footnote whose number is marked: those that stood around its number.

    Leaves alone brackets that have something in them.
    """
    if not language.bracketed_notes:
        return
    for line in lines(text.value):
        if match := MARKED_PAIR.match(line.text):
            yield Edit(Span(line.start + match.start(1), line.start + match.end(1)), "")
