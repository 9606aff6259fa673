"""The marks of a list's items, where an extractor gave a letter for a line that draws the letter of the mark out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.numbers import place, successors
from pipeline.repair.openings import ITEM, NUMBER
from pipeline.repair.page import lines
from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.text import Text

DRAWN_OUT = "\u0640"


def restore_marks(text: Text, language: Language) -> Iterator[Edit]:
    """Write the line that draws out the letter of an item's mark where it was read as a letter: `(هل)` after `(د)`.

    Leaves alone a mark whose first letter is not the one that the list has come to.
    """
    if language.drawn_mark is None or not language.drawn_mark.search(text.value):
        return
    last = ""
    for line in lines(text.value):
        if match := language.drawn_mark.match(line.text):
            letter = place(match["letter"])
            if letter in successors(last):
                yield Edit(Span(line.start + match.start("line"), line.start + match.end("line")), DRAWN_OUT, 0.9)
                last = letter
        elif NUMBER.match(line.text):
            last = ""
        elif (item := ITEM.match(line.text)) and (mark := place(item["mark"].strip())) and item["mark"][1:2].isalpha():
            last = mark
