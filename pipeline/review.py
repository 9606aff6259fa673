"""What an editor should check of a record, each with its place: findings, and repairs that are not certain."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pipeline.emit.docx_comments import Remark
from pipeline.model import Table
from pipeline.repair import FIXERS
from pipeline.text import Span, line_and_column, line_starts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.model import Place as PagePlace
    from pipeline.model import Record
    from pipeline.text import Repair

WHY: Mapping[str, str] = {fixer.__name__: (fixer.__doc__ or "").partition("\n")[0] for fixer in FIXERS}
BLANK = re.compile(r"(?<!\S) | (?!\S)")
SEEN = {"\n": "↵", "\t": "⇥", "\f": "⇟", "\r": "␍", "\u00a0": "⍽", "\u3000": "□"}
NEAR = 8
"""Changes of one fixer so near to one another are one repair: `7` becomes `[^7]` by two."""
AROUND = 30
"""Characters of the source to show on both sides of a change."""
LONGEST = 300
"""What is longer is shown by its beginning and its end."""
SHOWN = 3
"""So many changes of one repair are shown; a table takes one for each cell."""
WIDE = re.compile(" {4,}")


class Change(NamedTuple):
    """An uncertain repair: the range of the source, and in one part or several what it said and what was made of it."""

    fixer: str
    span: Span
    parts: tuple[tuple[str, str], ...]
    confidence: float


def remarks(record: Record, source: str) -> tuple[Remark, ...]:
    """Return a remark for each finding and for each repair with a confidence under 1, in the order of the source.

    `source` is the text the record was made of. A remark on a repair has what the source
    said and what was made of it, where that is, and the rule; one on a finding its message.
    """
    places = _Places(source, record.document.source.places)
    tables = sorted(block.span for block in record.document.blocks if isinstance(block, Table))
    found = [
        Remark(each.span, (each.message, f"{places.name(each.span.start)}; {each.severity}, rule {each.rule}"))
        for each in record.findings
    ]
    found += [
        Remark(each.span, tuple(_told(each, source, places.name(each.span.start))))
        for each in uncertain(record.repairs, source, tables)
    ]
    return tuple(sorted(found, key=lambda remark: remark.span))


def uncertain(repairs: Iterable[Repair], source: str, tables: Sequence[Span]) -> Iterator[Change]:
    """Yield the repairs with a confidence under 1.

    Those of one fixer that all but touch, or are of one table, are one.
    """
    doubted = (repair for repair in repairs if repair.confidence < 1)
    for fixer, log in groupby(doubted, lambda repair: repair.fixer):
        change: Change | None = None
        for repair in sorted(log, key=lambda repair: repair.source):
            one = Change(fixer, repair.source, ((repair.old, repair.new),), repair.confidence)
            joined = _joined(change, one, source, tables) if change else one
            if change and not joined:
                yield change
            change = joined or one
        if change:
            yield change


def _joined(first: Change, second: Change, source: str, tables: Sequence[Span]) -> Change | None:
    """Return two changes as one, or None where they are two."""
    between = source[first.span.end : second.span.start]
    at = bisect_right(tables, first.span.end, key=lambda span: span.start) - 1
    one_table = at >= 0 and second.span.start < tables[at].end
    touch = first.span.end <= second.span.start and len(between) <= NEAR and "\n" not in between
    if not one_table and not touch:
        return None
    parts = (*first.parts, *second.parts)
    if between.isalnum() and len(between) <= NEAR:
        (*before, (old, new)), (more, made) = first.parts, second.parts[0]
        parts = (*before, (old + between + more, new + between + made))
    span = Span(first.span.start, max(first.span.end, second.span.end))
    return Change(first.fixer, span, parts, min(first.confidence, second.confidence))


def _told(change: Change, source: str, place: str) -> Iterator[str]:
    done = "was moved" if change.confidence else "has no certain place and was left"
    shown = [
        f"“{_short(old)}” {done}" if old == new else f"“{_short(old)}” → “{_short(new)}”"
        for old, new in change.parts[:SHOWN]
    ]
    more = len(change.parts) - SHOWN
    yield "; ".join(shown) + (f"; and {more} more" if more > 0 else "")
    start, end = change.span
    if end - start <= AROUND:
        yield f"in the source: “{_short(source[max(0, start - AROUND) : end + AROUND])}”"
    why = WHY.get(change.fixer, "")
    yield f"{place}; rule {change.fixer}, confidence {change.confidence:.0%}{f': {why}' if why else ''}"


class _Places:
    """Names the places of a source: page, where it has pages, line and column."""

    __slots__ = ("_lines", "_pages", "_starts")

    def __init__(self, source: str, pages: Sequence[PagePlace] | None) -> None:
        self._lines = line_starts(source)
        self._pages = sorted(pages or (), key=lambda page: page.span)
        self._starts = [page.span.start for page in self._pages]

    def name(self, offset: int) -> str:
        """Return the name of a place, `page 2, line 31, column 4`."""
        line, column = line_and_column(self._lines, offset)
        at = max(0, bisect_right(self._starts, offset) - 1)
        page = f"page {self._pages[at].page}, " if self._pages else ""
        return f"{page}line {line}, column {column}"


def _short(text: str) -> str:
    shown = visible(WIDE.sub("  …  ", text))
    half = LONGEST // 2
    return shown if len(shown) <= LONGEST else f"{shown[:half].rstrip()} … {shown[-half:].lstrip()}"


def visible(text: str) -> str:
    r"""Return a text with its white space shown by signs, and escaped what else cannot be seen.

    A lone blank between words stays one, so that a sentence reads.

    >>> print(visible(" note 7\n\n"), visible("a  b\u200bc"))
    ␣note 7↵↵ a␣␣b\u200bc
    """
    marked = BLANK.sub("␣", text)
    return "".join(c if c.isprintable() else SEEN.get(c) or ascii(c)[1:-1] for c in marked)
