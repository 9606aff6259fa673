"""Lists nest under the paragraph they belong to: how deep an item stands, and its place there.

FORMAT.md sections 3 and 4.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pipeline.model import OperativeParagraph, PreambularParagraph
from pipeline.model import Paragraph as PlainParagraph
from pipeline.numbers import successors

if TYPE_CHECKING:
    from pipeline.model import Block

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
