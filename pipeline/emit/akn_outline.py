"""The outline of a body in Akoma Ntoso: which element a heading opens, and what is numbered beside what.

Rules: AKN.md sections 5 and 7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Block, Heading, OperativeParagraph, Paragraph, PartStart
from pipeline.numbers import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ABBREVIATIONS = {"part": "part", "section": "sec", "title": "title", "division": "dvs"}
PARAGRAPH = "para"


def element_of(heading: Heading | PartStart) -> str:
    """Return the element a heading opens: part, section, title below it, division if it has no number."""
    if isinstance(heading, PartStart):
        return "part"
    return {1: "section", 2: "title"}.get(heading.level, "division") if heading.number else "division"


def level_of(heading: Heading | PartStart) -> int:
    """Return the level of a heading; those of parts are above all others."""
    return heading.level if isinstance(heading, Heading) else 0


def beside_numbers(parts: Sequence[Block]) -> frozenset[int]:
    """Return the places of the blocks without a number that stand beside one of their kind with a number.

    The first of them must not take the name of the paragraph that is printed as 1. Paragraphs are beside each other
    in all of the body, as their numbers run through it; headings under the same heading.
    """
    found = [(at, kind, _has_number(parts[at])) for at, kind in enumerate(_kinds(parts)) if kind]
    numbered = {kind for _, kind, has_number in found if has_number}
    return frozenset(at for at, kind, has_number in found if kind in numbered and not has_number)


def _has_number(block: Block) -> bool:
    """Tell whether an eId can carry the number of a block: a dash is none."""
    number = block.number if isinstance(block, Heading | PartStart | OperativeParagraph | Paragraph) else None
    return bool(number and canonical(number))


def _kinds(parts: Sequence[Block]) -> Iterator[tuple[int, str] | None]:
    """Yield for each block what numbers it, a heading (-1 for the body), and its name in eIds; None for other kinds."""
    opened: list[tuple[int, int]] = []
    for at, block in enumerate(parts):
        if isinstance(block, Heading | PartStart):
            while opened and opened[-1][0] >= level_of(block):
                opened.pop()
            yield (opened[-1][1] if opened else -1), ABBREVIATIONS[element_of(block)]
            opened.append((level_of(block), at))
        else:
            yield (-1, PARAGRAPH) if isinstance(block, OperativeParagraph | Paragraph) else None
