"""Repaired text as its paragraphs, with the inlines of each.

The grammar is DESIGN.md section 2: `[^7]` is an indicator, `*…*` and `**…**` are
emphasis, a backslash makes the next character literal.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model import Date, Indicator, Reference, Run, Target
from pipeline.parse.references import mark as find_references

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.model import Emphasis, Inline, Inlines, Organ
    from pipeline.parse.symbols import Found
    from pipeline.text import Span, Text

PARAGRAPH = re.compile(r"[^\n]+")
NOTE = re.compile(r"\[\^([^\]\s]{1,6})\]: ?")
TOKEN = re.compile(r"\\(?P<literal>.)|\[\^(?P<mark>[^\]\s]{1,6})\]|(?P<stars>\*{1,2})")


class Paragraph(NamedTuple):
    """A paragraph of repaired text: its place there, and its text without indicators and escapes.

    `starts` holds, for each character of `text`, its offset in the repaired text;
    `marks` the indicators as (offset in `text`, mark, start, end).
    """

    start: int
    end: int
    text: str
    starts: tuple[int, ...]
    marks: tuple[tuple[int, str, int, int], ...]
    emphasis: tuple[tuple[int, int, Emphasis], ...]


def read_paragraphs(value: str) -> tuple[list[Paragraph], list[tuple[str, Paragraph]]]:
    """Return the paragraphs of the body, and the footnotes as (mark, paragraph)."""
    body: list[Paragraph] = []
    notes: list[tuple[str, Paragraph]] = []
    for match in PARAGRAPH.finditer(value):
        note = NOTE.match(match.group())
        if note:
            notes.append((note[1].replace("\\", ""), _read(value, match.start() + note.end(), match.end())))
        else:
            body.append(_read(value, *match.span()))
    return body, notes


def _read(value: str, start: int, end: int) -> Paragraph:
    text: list[str] = []
    starts: list[int] = []
    marks: list[tuple[int, str, int, int]] = []
    emphasis: list[tuple[int, int, Emphasis]] = []
    opened: dict[str, int] = {}
    at = start
    for token in TOKEN.finditer(value, start, end):
        text.append(value[at : token.start()])
        starts += range(at, token.start())
        at = token.end()
        if token["literal"]:
            text.append(token["literal"])
            starts.append(token.end() - 1)
        elif token["mark"]:
            marks.append((len(starts), token["mark"].replace("\\", ""), token.start(), token.end()))
        elif (since := opened.pop(token["stars"], None)) is not None:
            emphasis.append((since, len(starts), "bold" if len(token["stars"]) == 2 else "italic"))
        else:
            opened[token["stars"]] = len(starts)
    text.append(value[at:end])
    starts += range(at, end)
    return Paragraph(start, end, "".join(text), tuple(starts), tuple(marks), tuple(emphasis))


def is_split(paragraph: Paragraph, end: int) -> bool:
    """Tell whether an indicator stands before character `end`, so that no number can be taken off there."""
    return any(at < end for at, *_ in paragraph.marks)


def cut(paragraph: Paragraph, start: int) -> Paragraph:
    """Return the paragraph from character `start` on."""
    return Paragraph(
        paragraph.starts[start] if start < len(paragraph.starts) else paragraph.end,
        paragraph.end,
        paragraph.text[start:],
        paragraph.starts[start:],
        tuple((max(0, at - start), mark, first, last) for at, mark, first, last in paragraph.marks),
        tuple((max(0, a - start), max(0, b - start), kind) for a, b, kind in paragraph.emphasis if b > start),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """What it takes to read a paragraph's inlines.

    `source` is the repaired text with its origins, `organ` the enacting organ, which "its
    resolution" means, and `own` the document's symbol, which it does not cite itself: where it
    stands in the text, a running head was left there. `seen` collects the marks of the footnotes
    mentioned so far, so paragraphs are read in the order of the text.
    """

    source: Text
    language: Language
    organ: Organ | None
    seen: set[str]
    own: str | None = None

    def span(self, first: Paragraph, last: Paragraph | None = None) -> Span:
        """Return the source range of a paragraph, or of two and what lies between."""
        return self.source.source_span(first.start, (last or first).end)

    def part(self, start: int, end: int) -> Paragraph:
        """Return a stretch of the repaired text as a paragraph of its own."""
        return _read(self.source.value, start, end)

    def inlines(self, paragraph: Paragraph, lead: int = 0) -> Inlines:
        """Return the inlines of a paragraph whose first `lead` characters are its lead phrase."""
        cited = find_references(paragraph.text, self.language, self.organ)
        return read_inlines(paragraph, self, [each for each in cited if not self._is_own(each)], lead)

    def _is_own(self, found: Found) -> bool:
        symbol = found.what.symbol if isinstance(found.what, Target) else None
        return symbol is not None and symbol == self.own

    def heading(self, paragraph: Paragraph) -> Inlines:
        """Return the inlines of a title or heading, which is bold as a whole: bold words in it say nothing more."""
        emphasis = tuple(each for each in paragraph.emphasis if each[2] != "bold")
        return self.inlines(paragraph._replace(emphasis=emphasis))

    def label(self, paragraph: Paragraph) -> Inlines:
        """Return the inlines of a paragraph that names the document itself, and so cites nothing."""
        return read_inlines(paragraph, self, (), 0)


def _goes_on(text: str, lead: int, style: tuple[int, int, Emphasis]) -> bool:
    return lead > 0 and not text[lead : style[0]].strip()


def read_inlines(paragraph: Paragraph, reading: Reading, cited: Sequence[Found], lead: int) -> Inlines:
    """Return the inlines of a paragraph: runs, indicators, and what it cites."""
    source = reading.source
    styles: list[tuple[int, int, Emphasis]] = [(0, lead, "lead")] if lead else []
    # What goes on from a lead phrase without a word between belongs to the opening: files do not tell the two apart.
    styles += [style for style in paragraph.emphasis if style[0] >= lead and not _goes_on(paragraph.text, lead, style)]
    marked = sorted(at for at, *_ in paragraph.marks)
    known = {
        start: (end, what)
        for start, end, what in cited
        if start >= lead and bisect_right(marked, start) == bisect_left(marked, end)
    }
    marks: dict[int, list[Inline]] = {}
    for at, mark, first, last in paragraph.marks:
        marks.setdefault(at, []).append(Indicator(mark, source.source_span(first, last), mark in reading.seen))
        reading.seen.add(mark)
    edges = {0, len(paragraph.text), *marks, *known, *(end for end, _ in known.values())}
    edges.update(edge for start, end, _ in styles for edge in (start, end))
    edges.update(_blank_ends(paragraph.text, sorted(edges), styles[bool(lead) :]))
    ordered = sorted(edges)
    faces: dict[int, Emphasis] = {}
    for first, last, kind in reversed(styles):
        faces.update(dict.fromkeys(ordered[bisect_left(ordered, first) : bisect_left(ordered, last)], kind))
    found: list[Inline] = []
    inside = 0
    for start, end in zip_longest(*_pairs(ordered), fillvalue=-1):
        found += marks.get(start, ())
        if end < 0 or start < inside:
            continue
        stop, what = known.get(start, (end, None))
        inside = stop
        text = paragraph.text[start:stop]
        span = source.source_span(paragraph.starts[start], paragraph.starts[stop - 1] + 1)
        match what:
            case None:
                style = None if text.isspace() else faces.get(start)
                found.append(Run(text, span, style))
            case str():
                found.append(Date(text, what, span))
            case Target():
                found.append(Reference(text, what, span))
    return tuple(found)


def _blank_ends(text: str, edges: list[int], styles: Sequence[tuple[int, int, Emphasis]]) -> Iterator[int]:
    """Yield where blanks end or begin at the ends of emphasised stretches: they are not emphasised themselves.

    An indicator or a date inside the emphasis parts it, and every format shows it the same so.
    """
    for first, last, _ in styles:
        inside = edges[bisect_left(edges, first) : bisect_right(edges, last)]
        for start, end in pairwise(inside):
            stretch = text[start:end]
            yield start + len(stretch) - len(stretch.lstrip())
            yield start + len(stretch.rstrip())


def _pairs(edges: list[int]) -> tuple[list[int], list[int]]:
    return edges, edges[1:]
