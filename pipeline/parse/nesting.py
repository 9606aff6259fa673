"""Lists nest under the paragraph they belong to: how deep an item stands, and its place there.

FORMAT.md sections 3 and 4.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeVar

from pipeline import numbers
from pipeline.model import OperativeParagraph, PreambularParagraph
from pipeline.model import Paragraph as PlainParagraph
from pipeline.numbers import place, successors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import Block

NUMBER = re.compile(rf"(?P<mark>{numbers.PARAGRAPH}) *")
ITEM = re.compile(rf"(?P<mark>{numbers.ITEM}|[•‣▪●]) *")
DEEPEST = 8
"""Lists in lists, `(a)`, `(i)`, `a.`; the longest resolutions have four (FORMAT.md section 4)."""
Parent = OperativeParagraph | PreambularParagraph | PlainParagraph
P = TypeVar("P", OperativeParagraph, PreambularParagraph, PlainParagraph)


def depth_of(marks: list[str], mark: str, after: str) -> int:
    """Return how deep a mark stands: beside the open list it goes on with, else inside the last.

    `(i)` after `(h)` goes on with the letters unless `(ii)` follows. What would stand deeper than any
    list does stands beside the last.
    """
    roman = mark == "i" and after == "ii"
    if not roman:
        for depth in range(len(marks) - 1, -1, -1):
            if mark in successors(marks[depth]):
                return depth
    return min(len(marks), DEEPEST - 1)


def depth_inside(marks: list[str], following: Sequence[str]) -> int:
    """Return how deep a paragraph without a number stands: in an item, where the list of that one goes on after it.

    `following` are the texts after it. After the last item of all lists it goes on with what they belong to.
    """
    for text, after in zip_longest(following, following[1:], fillvalue=""):
        if NUMBER.match(text):
            break
        if item := ITEM.match(text):
            next_item = ITEM.match(after)
            depth = depth_of(marks, place(item["mark"]), place(next_item["mark"]) if next_item else "")
            return min(depth + 2, DEEPEST) if depth < len(marks) else 1
    return 1


def add(blocks: list[Block], child: PlainParagraph, depth: int) -> None:
    """Put an item under the last of the blocks, at its depth."""
    match blocks[-1]:
        case OperativeParagraph() as parent:
            blocks[-1] = _nested(parent, child, depth)
        case PreambularParagraph() as parent:
            blocks[-1] = _nested(parent, child, depth)
        case PlainParagraph() as parent:
            blocks[-1] = _nested(parent, child, depth)


def _nested(parent: P, child: PlainParagraph, depth: int) -> P:
    """Return the parent with the child put at its depth under its last children."""
    span = parent.span._replace(end=max(parent.span.end, child.span.end))
    if depth > 1 and parent.children:
        last = _nested(parent.children[-1], child, depth - 1)
        return replace(parent, children=(*parent.children[:-1], last), span=span)
    return replace(parent, children=(*parent.children, child), span=span)
