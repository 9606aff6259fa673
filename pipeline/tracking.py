"""What was made of a source, character by character: the changes that a Word file shows as tracked.

The document has the characters of the repaired text (law 1), and those know where they came from.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from pipeline.emit.docx_tracked import Changes, Printed
from pipeline.model import Indicator
from pipeline.parse.paragraphs import read_paragraphs
from pipeline.tables import is_row, without_strokes
from pipeline.walk import in_repaired_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.model import Document
    from pipeline.text import Repair, Text


class _Sign(NamedTuple):
    """A character of the repaired text, its offset in the source, or -1, and the rule that put it there."""

    sign: str
    source: int
    rule: str


def changes(document: Document, source: str, repaired: Text, repairs: Sequence[Repair]) -> Changes:
    """Return what was made of a source.

    `repaired` is the repaired text that the document was parsed from, and `repairs` how it came to be.
    """
    rules = _rules(len(source), repairs)
    signs = [sign for unit in _paired(document, list(_signs(source, repaired, repairs, rules))) for sign in unit]
    kept = _in_order([sign.source for sign in signs])
    printed = [Printed(sign.sign, sign.source if at in kept else -1, sign.rule) for at, sign in enumerate(signs)]
    return Changes(source, printed, rules)


def _rules(length: int, repairs: Iterable[Repair]) -> list[str]:
    """Return, for each character of the source, the last rule that moved it, or else the one that removed it."""
    rules = [""] * length
    for repair in repairs:
        if repair.fate is None:
            start, end = repair.source
            rules[start:end] = [repair.fixer] * (end - start)
    for repair in repairs:
        for at, text in repair.removed:
            rules[at : at + len(text)] = [repair.fixer] * len(text)
    return rules


def _signs(source: str, repaired: Text, repairs: Iterable[Repair], rules: Sequence[str]) -> Iterator[_Sign]:
    """Yield the characters of the body of a repaired text, without what marks it up."""
    origins, makers = _origins(source, repaired, repairs)
    body, _ = read_paragraphs(repaired.value)
    for paragraph in body:
        line = repaired.value[paragraph.start : paragraph.end]
        if is_row(line):
            # Its strokes are repair's, and its text is inserted in any case.
            yield from (_Sign(sign, -1, "") for sign in without_strokes(line).replace("\\", "") if sign != "*")
            continue
        for sign, at in zip(paragraph.text, paragraph.starts, strict=True):
            origin = origins[at]
            yield _Sign(sign, origin, makers[at] if origin < 0 else rules[origin])


def _origins(source: str, repaired: Text, repairs: Iterable[Repair]) -> tuple[list[int], list[str]]:
    """Return the source offset of each character of a text, -1 for one that was written, and then who wrote it.

    A blank written in place of white space is one of its blanks, if it had one.
    """
    written: dict[tuple[int, int], str] = {repair.source: repair.fixer for repair in repairs if repair.new}
    origins = [-1] * len(repaired.value)
    makers = [""] * len(repaired.value)
    ends = [*repaired.starts[1:], len(repaired.value)]
    for piece, end in zip(repaired.pieces, ends, strict=True):
        if piece.copied:
            origins[piece.start : end] = range(piece.source, piece.source + end - piece.start)
        else:
            maker = written.get((piece.source, piece.end), "")
            makers[piece.start : end] = [maker] * (end - piece.start)
            if repaired.value[piece.start : end] == " ":
                origins[piece.start] = source.find(" ", piece.source, piece.end)
    return origins, makers


def _paired(document: Document, signs: Sequence[_Sign]) -> list[list[_Sign]]:
    """Return the characters of each text of the document, in its order, with their origins.

    The repaired text has the first page in the order of the source, and blanks of its own.
    """
    at = 0
    found: dict[int, list[_Sign]] = {}
    for place, number, inlines in in_repaired_order(document):
        unit = found[place] = []
        for sign in (number or "") + "".join(each.text for each in inlines if not isinstance(each, Indicator)):
            blank = sign.isspace()
            while not blank and signs[at].sign.isspace():
                at += 1
            if blank and not (at < len(signs) and signs[at].sign.isspace()):
                unit.append(_Sign(sign, -1, ""))
            else:
                unit.append(signs[at]._replace(sign=sign) if signs[at].sign == sign else _Sign(sign, -1, ""))
                at += 1
    return [found[place] for place in sorted(found)]


def _in_order(offsets: Sequence[int]) -> set[int]:
    """Return the places of a longest run of offsets that rise; -1 is none.

    >>> sorted(_in_order([5, 0, 1, -1, 7, 2, 3]))
    [1, 2, 5, 6]
    """
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = [-1] * len(offsets)
    for at, offset in enumerate(offsets):
        if offset >= 0:
            length = bisect_left(tails, offset)
            before[at] = ends[length - 1] if length else -1
            tails[length : length + 1], ends[length : length + 1] = [offset], [at]
    found: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        found.add(at)
        at = before[at]
    return found
