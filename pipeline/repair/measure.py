"""How a text was set: how wide its lines are, and what its indents and blank lines prove to mean.

FORMAT.md sections 2.1 and 2.3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.repair.openings import NUMBER, may_open
from pipeline.repair.page import INDICATOR, Line, is_closed, is_orphaned
from pipeline.repair.widths import UNWRAPPED, extent, first_unit, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language

INDICATOR_END = re.compile(INDICATOR.pattern + "$")
SHORT = 0.6
"""A heading's line so short was not broken."""
FULL = 0.82
"""A line that fills so much of the usual width may have been broken by the page."""
NARROW = 0.955
"""First lines, set in, hold this share of the usual width, unless the text tells more (FORMAT.md section 2.1)."""
EDGE = 2
"""Lines that differ by no more blanks reach one edge: an extractor counts blanks by the width of its letters."""
AFTER_COMMA = re.compile(rf",(?:{INDICATOR.pattern})* (?=[^\W\d_])")
RUN_ON = 3
"""A preamble that runs on has as many lead phrases in its lines."""
PIECES = 0.12
"""Headings and the like are a smaller share of the lines than this."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How this text was set.

    `usual` is the width of its full lines, 0 where its lines are paragraphs already;
    `indented` holds the starts of the lines set in from their page's edge; `indents` and
    `gaps` tell whether in this text indents and blank lines mean a paragraph. `spaced`
    tells of blank lines between most lines, `broken` of lines that break at an indicator;
    `narrow` is the share of the usual width that first lines hold, which the page sets in;
    `pieces` tells of printed lines that stand in pieces, so that a short line means nothing; `flush`
    holds the starts of right-to-left lines that reach the far edge, where first lines do not;
    `run_on` tells of a preamble whose lead phrases, with capitals, go on in the line.
    """

    language: Language
    usual: float
    indents: bool
    gaps: bool
    indented: frozenset[int]
    spaced: bool = False
    broken: bool = False
    narrow: float = 1
    pieces: bool = False
    flush: frozenset[int] = frozenset()
    run_on: bool = False


def measure_lines(body: Sequence[Line], language: Language) -> Measure:
    """Learn from the text itself how wide its lines are and what its indents and gaps mean."""
    widths = sorted(width(line.text) for line in body)
    usual = widths[int(len(widths) * 0.9)] if widths else 0
    extents = sorted(extent(line.text, right_to_left=language.right_to_left) for line in body)
    if extents and (extents[int(len(extents) * 0.9)] > UNWRAPPED or extents[-1] > 2 * UNWRAPPED):
        return Measure(language, 0, indents=False, gaps=False, indented=frozenset())
    indented = _indented(body)
    opens: list[tuple[bool, bool]] = []
    ends: list[tuple[bool, bool]] = []
    goes: list[tuple[bool, bool]] = []
    for before, line in pairwise(body):
        if line.page:
            continue
        cues = (line.start in indented, line.gap > 0)
        closed = is_closed(before.text) or is_orphaned(before, line)
        if closed and (NUMBER.match(line.text) or language.opens_preambular(line.text)):
            opens.append(cues)
        elif closed and not line.text[0].isalnum():
            ends.append(cues)
        elif not closed and (line.text[0].islower() or width(before.text) >= usual * FULL):
            goes.append(cues)
    indents, gaps = ((_means(opens or ends, which, 0.6) and not _means(goes, which, 0.12)) for which in (0, 1))
    spaced = sum(line.gap > 0 for line in body) * 2 > len(body)
    broken, narrow = _breaks_at_indicators(body, language), _first_width(body, usual, language)
    pieces, flush = _in_pieces(body, usual), _flush(body, usual, language) if language.right_to_left else frozenset()
    run_on = _runs_on(body, language)
    return Measure(language, usual, indents, gaps, indented, spaced, broken, narrow, pieces, flush, run_on)


def _runs_on(body: Sequence[Line], language: Language) -> bool:
    """Tell whether lead phrases with a capital stand within lines, and more of them than begin a line."""
    within = begin = 0
    for before, line in pairwise(body):
        starts = (match.end() for match in AFTER_COMMA.finditer(line.text))
        within += sum(line.text[at].isupper() and language.opens_preambular(line.text[at:]) for at in starts)
        begin += is_closed(before.text) and language.opens_preambular(line.text)
    return within >= RUN_ON and within > begin


def _in_pieces(body: Sequence[Line], usual: float) -> bool:
    """Tell whether many lines are short and yet no end of a paragraph."""
    short = sum(width(line.text) < usual * SHORT and not is_closed(line.text) for line in body)
    return short > PIECES * len(body)


def _first_width(body: Sequence[Line], usual: float, language: Language) -> float:
    """Return the share of the usual width that first lines hold, by those that are certain."""
    firsts = sorted(width(line.text) for line in _certain_firsts(body, usual, language))
    return max(NARROW, firsts[len(firsts) * 4 // 5] / usual) if len(firsts) > 3 else NARROW


def _certain_firsts(body: Sequence[Line], usual: float, language: Language) -> list[Line]:
    """Return the first lines that open with a lead phrase after a paragraph's end that left room."""
    return [
        line
        for before, line in pairwise(body)
        if width(before.text) < usual * NARROW - width(first_unit(line.text))
        and is_closed(before.text)
        and not is_closed(line.text)
        and language.opens_preambular(line.text)
    ]


def _flush(body: Sequence[Line], usual: float, language: Language) -> frozenset[int]:
    """Return the starts of the full lines that reach the far edge of their page; none where first lines do so, too.

    Where the text is set from right to left and first lines hold less, the indent may stand at their end.
    """
    found: set[int] = set()
    for page in _pages(body):
        full = [line for line in page if width(line.text) > usual * FULL]
        edge = min((line.indent for line in full), default=0)
        found.update(line.start for line in full if line.indent <= edge + EDGE)
    firsts = [line for line in _certain_firsts(body, usual, language) if width(line.text) > usual * FULL]
    reach = sum(line.start in found for line in firsts)
    proven = len(firsts) > 3 and reach * 10 <= len(firsts) and len(found) * 4 > len(body)
    return frozenset(found) if proven else frozenset()


def _breaks_at_indicators(body: Sequence[Line], language: Language) -> bool:
    """Tell whether lines end at indicators where no paragraph can, more often than they do not."""
    inside = sum(len(INDICATOR.findall(line.text)) - bool(INDICATOR_END.search(line.text)) for line in body)
    ends = sum(
        INDICATOR_END.search(before.text) is not None
        and (not is_closed(before.text) or line.text[0].islower() or not may_open(line.text, language))
        for before, line in pairwise(body)
    )
    return ends > inside


def _means(found: list[tuple[bool, bool]], which: int, share: float) -> bool:
    return bool(found) and sum(cues[which] for cues in found) >= share * len(found)


def _indented(body: Sequence[Line]) -> frozenset[int]:
    """Return the starts of the lines that stand further in than their page's lines usually do."""
    found: set[int] = set()
    for page in _pages(body):
        indents = sorted(line.indent for line in page)
        base = indents[len(indents) // 3]
        found.update(line.start for line in page if line.indent > base)
    return frozenset(found)


def _pages(body: Sequence[Line]) -> Iterator[Sequence[Line]]:
    at = 0
    while at < len(body):
        end = at + 1
        while end < len(body) and not body[end].page:
            end += 1
        yield body[at:end]
        at = end
