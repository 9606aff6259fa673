"""Where a paragraph ends: all the evidence of a line and of those around it, added up.

The evidence: the mark a line ends with, how full it is, what the next line opens with,
and the indents and blank lines of this text, as far as they prove to mean something.
FORMAT.md sections 2.1 and 2.3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline import numbers
from pipeline.languages import COLONS, COMMAS
from pipeline.numbers import FIRST, place, successors
from pipeline.repair.page import INDICATOR, ORPHAN, Line, is_closed, without_indicators
from pipeline.repair.widths import BLANK_WIDTH, UNWRAPPED, first_unit, width
from pipeline.tables import is_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.languages import Language

NUMBER = re.compile(rf"{numbers.PARAGRAPH} *")
ITEM = re.compile(rf"(?P<mark>{numbers.ITEM}|[•‣▪●–—-] ) *")
MARKS = re.compile(r"[.,;:)\]،؛”»]+")
"""Marks an extractor parted from their line."""
SEPARATOR = re.compile(r"(?:\\\* ?){3,}")
WEIGHTS = {
    "": 0.0,
    "lead": 2.0,
    "act": 3.0,
    "number": 3.0,
    "far number": 1.0,
    "item": 3.0,
    "section": 3.0,
    "heading": 3.0,
    "fixed": 9.0,
}
QUOTES = "“«”„"
"""What the paragraphs of a statement open with, which is a quotation: each opens it again."""
INDICATOR_END = re.compile(INDICATOR.pattern + "$")
SHORT = 0.6
"""A heading's line so short was not broken."""
LONG_HEADING = 0.85
"""A heading that wraps fills more of the usual width than this."""
FULL = 0.82
"""A line that fills so much of the usual width may have been broken by the page."""
ROOM, ROOM_AFTER_INDENT = 0.05, 0.12
"""Where so much of the usual width would be left after the next word, the line ended of itself."""
NARROW = 0.955
"""First lines, set in, hold this share of the usual width, unless the text tells more (FORMAT.md section 2.1)."""
SLACK = 0.025
"""How far the width of a justified line may be off."""
SQUEEZE = 0.12
"""How much narrower a blank may be set to fill a line."""
PIECES = 0.12
"""Headings and the like are a smaller share of the lines than this."""
SAME_LINE = 1.1
ENOUGH = 3.0
"""The evidence it takes to end a paragraph."""


@dataclass(slots=True)
class Progress:
    """What the paragraphs so far lead one to expect. `voted` are the marks that end the vote one is in.

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


@dataclass(frozen=True, slots=True)
class Measure:
    """How this text was set.

    `usual` is the width of its full lines, 0 where its lines are paragraphs already;
    `indented` holds the starts of the lines set in from their page's edge; `indents` and
    `gaps` tell whether in this text indents and blank lines mean a paragraph. `spaced`
    tells of blank lines between most lines, `broken` of lines that break at an indicator;
    `narrow` is the share of the usual width that first lines hold, which the page sets in;
    `pieces` tells of printed lines that stand in pieces, so that a short line means nothing.
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


def measure_lines(body: Sequence[Line], language: Language) -> Measure:
    """Learn from the text itself how wide its lines are and what its indents and gaps mean."""
    widths = sorted(width(line.text) for line in body)
    usual = widths[int(len(widths) * 0.9)] if widths else 0
    if usual > UNWRAPPED or (widths and widths[-1] > 2 * UNWRAPPED):
        return Measure(language, 0, indents=False, gaps=False, indented=frozenset())
    indented = _indented(body)
    opens: list[tuple[bool, bool]] = []
    ends: list[tuple[bool, bool]] = []
    goes: list[tuple[bool, bool]] = []
    for before, line in pairwise(body):
        if line.page:
            continue
        cues = (line.start in indented, line.gap > 0)
        closed = is_closed(before.text) or _is_orphaned(before, line)
        if closed and (NUMBER.match(line.text) or language.opens_preambular(line.text)):
            opens.append(cues)
        elif closed and not line.text[0].isalnum():
            ends.append(cues)
        elif not closed and (line.text[0].islower() or width(before.text) >= usual * FULL):
            goes.append(cues)
    indents, gaps = ((_means(opens or ends, which, 0.6) and not _means(goes, which, 0.12)) for which in (0, 1))
    spaced = sum(line.gap > 0 for line in body) * 2 > len(body)
    broken, narrow = _breaks_at_indicators(body), _first_width(body, usual, language)
    return Measure(language, usual, indents, gaps, indented, spaced, broken, narrow, _in_pieces(body, usual))


def _in_pieces(body: Sequence[Line], usual: float) -> bool:
    """Tell whether many lines are short and yet no end of a paragraph."""
    short = sum(width(line.text) < usual * SHORT and not is_closed(line.text) for line in body)
    return short > PIECES * len(body)


def _first_width(body: Sequence[Line], usual: float, language: Language) -> float:
    """Return the share of the usual width that first lines hold, by those that are certain.

    Certain are those that open with a lead phrase after a paragraph's end that left room.
    """
    firsts = sorted(
        width(line.text)
        for before, line in pairwise(body)
        if width(before.text) < usual * NARROW - width(first_unit(line.text))
        and is_closed(before.text)
        and not is_closed(line.text)
        and language.opens_preambular(line.text)
    )
    return max(NARROW, firsts[len(firsts) * 4 // 5] / usual) if len(firsts) > 3 else NARROW


def _breaks_at_indicators(body: Sequence[Line]) -> bool:
    """Tell whether lines end at indicators where no paragraph can, more often than they do not."""
    inside = sum(len(INDICATOR.findall(line.text)) - bool(INDICATOR_END.search(line.text)) for line in body)
    ends = sum(
        INDICATOR_END.search(before.text) is not None and (not is_closed(before.text) or line.text[0].islower())
        for before, line in pairwise(body)
    )
    return ends > inside


def _means(found: list[tuple[bool, bool]], which: int, share: float) -> bool:
    return bool(found) and sum(cues[which] for cues in found) >= share * len(found)


def _indented(body: Sequence[Line]) -> frozenset[int]:
    """Return the starts of the lines that stand further in than their page's lines usually do."""
    found: set[int] = set()
    at = 0
    while at < len(body):
        end = at + 1
        while end < len(body) and not body[end].page:
            end += 1
        indents = sorted(line.indent for line in body[at:end])
        base = indents[len(indents) // 3]
        found.update(line.start for line in body[at:end] if line.indent > base)
        at = end
    return frozenset(found)


def parted(before: Line, after: Sequence[Line], measure: Measure, progress: Progress) -> bool:
    """Tell whether a paragraph ends before the first line of `after`.

    The lines behind that one are looked at for what follows a heading. Notes in `progress`
    what opened.
    """
    line = after[0]
    if measure.usual == 0:
        return line.gap > 0 or is_closed(before.text) or not line.text[0].islower()
    opening = _opening(before.text, line.text, progress, measure.language)
    if not opening and _is_heading(before, after, measure, progress):
        opening = "heading"
    same = _goes_on_printed(before, after, measure, progress, opening)
    full = _fullness(before, line, measure, progress, same=same)
    first = _firstness(after, measure, opening) if is_closed(before.text) and full == 0 else 0
    progress.printed = width(line.text) / measure.usual + (progress.printed if same else 0)
    if NUMBER.fullmatch(before.text) or ITEM.fullmatch(before.text) or MARKS.fullmatch(line.text):
        apart = False
    elif measure.language.is_enacting(before.text) or is_row(before.text) or is_row(line.text):
        apart = True
    elif progress.heading and measure.language.is_enacting(line.text):
        apart = True  # of a part, after its title
    elif progress.voted and opening != "fixed" and not without_indicators(before.text).endswith(progress.voted):
        apart = before.text.endswith(COLONS) or measure.language.vote_side.match(line.text) is not None
    elif is_closed(before.text) and opening in {"number", "item"}:
        # A list begins after a colon; "namely,\n(a) …, (b) …" goes on in its line.
        apart = not (opening == "item" and full == 0 and not progress.marks and before.text.endswith(COMMAS))
    elif (
        opening in {"fixed", "section"}
        or measure.language.section.search(before.text)
        or measure.language.annex.search(before.text)
    ):
        apart = opening != "" or progress.heading
    else:
        apart = _evidence(before, line, measure, progress, opening, ended=full > 0) + full + first >= ENOUGH
    progress.opened = apart
    if apart:
        _advance(line.text, opening, progress, measure.language)
    return apart


def _is_orphaned(before: Line, line: Line) -> bool:
    """Tell whether a paragraph ends with the indicator of a footnote that the text has not."""
    return line.gap > 0 and ORPHAN.search(before.text) is not None


def _is_heading(before: Line, after: Sequence[Line], measure: Measure, progress: Progress) -> bool:
    """Tell whether a heading stands here: lines without an end, between an end and an opening.

    After a comma, as in a preamble, only a short line before a lead phrase is one.
    """
    first = after[0].text
    if not is_closed(before.text) or NUMBER.fullmatch(before.text) or not first[0].isalnum() or first[0].islower():
        return False
    short = width(first) < measure.usual * FULL
    pending = without_indicators(before.text).endswith(COMMAS)
    alone = width(first) < measure.usual * SHORT and not measure.broken
    if alone and not pending and not is_closed(first) and len(after) > 1:
        return not after[1].text[0].islower()
    for line, following in pairwise(after):
        if is_closed(line.text):
            return False
        opening = _opening(line.text, following.text, progress, measure.language)
        if opening in {"number", "lead"}:
            return short or (opening == "number" and not pending)
        if pending:
            return False
    return False


def _opening(before: str, right: str, progress: Progress, language: Language) -> str:
    """Name what a line opens with, if it is what may open a paragraph here."""
    closing = language.date.fullmatch(before) or language.meeting.search(before)
    closed = is_closed(before) or closing is not None
    dated = language.date.fullmatch(right) and closed
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
    if item := ITEM.match(right):
        return "item" if _follows(place(item["mark"].strip()), progress.marks) else ""
    if (progress.preamble or progress.heading) and (
        language.opens_preambular(right) or language.opens_operative(right)
    ):
        return "lead"
    return ""


def _evidence(before: Line, line: Line, measure: Measure, progress: Progress, opening: str, *, ended: bool) -> float:
    """Add up what ends, openings, indents and blank lines say for a paragraph's end.

    `ended` tells whether the line left room; a colon at the end of a full line may be a title's.
    """
    score = 2.0 if is_closed(before.text) or _is_orphaned(before, line) else -2.0
    score += WEIGHTS[opening]
    alone = ended and width(before.text) < measure.usual * LONG_HEADING and not line.text[0].islower()
    if progress.heading and (opening or alone):
        score += 4
    if ended and before.text.endswith(COLONS) and not line.text[0].islower():
        score += 1
    # Preambular paragraphs end with a comma; after another mark a clause may begin with a full line.
    if opening == "lead" and not ended and not without_indicators(before.text).endswith(COMMAS):
        score -= 2
    # Of a line in pieces, without capitals, only its words tell that a paragraph opens after a comma.
    if (
        not opening
        and not _is_cased(line)
        and measure.pieces
        and not measure.broken
        and without_indicators(before.text).endswith(COMMAS)
    ):
        score -= 3
    # Where lead phrases begin with a small letter, it tells nothing.
    if line.text[0].islower() and opening not in {"lead", "item"}:
        score -= 4
    if measure.indents:
        score += 2 if line.start in measure.indented else -2
    if measure.gaps and not line.page:
        score += 2 if line.gap else -2
    return score


def _is_cased(line: Line) -> bool:
    """Tell whether a line begins with a letter of a script that has capitals."""
    return line.text[0].isupper() or line.text[0].islower()


def _goes_on_printed(before: Line, after: Sequence[Line], measure: Measure, progress: Progress, opening: str) -> bool:
    """Tell whether a line is the rest of a printed line that broke at an indicator."""
    if not measure.broken or not INDICATOR_END.search(before.text):
        return False
    return after[0].gap == 0 if measure.spaced else _is_same_line(progress.printed, after, measure, opening)


def _fullness(before: Line, line: Line, measure: Measure, progress: Progress, *, same: bool) -> float:
    """Say what the width of a line tells: a short one ends a paragraph, a full one may go on.

    `same` tells of the rest of a printed line: in a script without capitals it goes on.
    """
    cased = _is_cased(line)
    if same and not cased:
        return -5 if measure.indents and line.start in measure.indented else -3
    if cased and measure.broken and INDICATOR_END.search(before.text):
        return 0
    filled = width(before.text) / measure.usual
    if measure.broken and progress.printed <= SAME_LINE:
        filled = max(filled, progress.printed)
    left = 1 - filled - (BLANK_WIDTH + width(first_unit(line.text))) / measure.usual
    return 2 if left > (ROOM_AFTER_INDENT if progress.opened else ROOM) else 0


def _firstness(after: Sequence[Line], measure: Measure, opening: str) -> float:
    """Say what the width of a line tells of its place: a first line, set in, holds less than the others.

    One that holds more is none; one that broke although the next word had room in the usual width is one.
    """
    line = after[0]
    if measure.narrow + SLACK > 1 or INDICATOR_END.search(line.text):
        return 0
    if width(line.text) - line.text.count(" ") * SQUEEZE > (measure.narrow + SLACK) * measure.usual:
        return -4
    begins = opening != "" or line.text[0].isupper()
    # Before a figure a line may have broken early: the parts of a date or a sum are kept together.
    if not begins or len(after) < 2 or is_closed(line.text) or not after[1].text[0].isalpha():
        return 0
    left = 1 - (width(line.text) + BLANK_WIDTH + width(first_unit(after[1].text))) / measure.usual
    return 3 if left > SLACK / 2 else 0


def _is_same_line(printed: float, after: Sequence[Line], measure: Measure, opening: str) -> bool:
    """Tell whether a line is the rest of a printed line that broke at an indicator.

    Its pieces then fill the line, or end the paragraph.
    """
    together = printed + width(after[0].text) / measure.usual
    last = after[0]
    for piece in after[1:]:
        wider = together + width(piece.text) / measure.usual
        if not INDICATOR_END.search(last.text) or wider > SAME_LINE:
            break
        together, last = wider, piece
    return together <= SAME_LINE and (together > FULL or (is_closed(last.text) and not opening))


def _advance(right: str, opening: str, progress: Progress, language: Language) -> None:
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
