"""Where a paragraph ends: all the evidence of a line and of those around it, added up.

The evidence: the mark a line ends with, how full it is, what the next line opens with,
and the indents and blank lines of this text, as far as they prove to mean something.
FORMAT.md sections 2.1 and 2.3.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.languages import COLONS, COMMAS, SEMICOLONS
from pipeline.repair.measure import FULL, INDICATOR_END, SHORT
from pipeline.repair.openings import ITEM, NUMBER, advance, opening_of
from pipeline.repair.page import is_closed, is_orphaned, without_indicators
from pipeline.repair.widths import BLANK_WIDTH, first_unit, width
from pipeline.tables import is_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.languages import Language
    from pipeline.repair.measure import Measure
    from pipeline.repair.openings import Progress
    from pipeline.repair.page import Line

MARKS = re.compile(r"[.,;:)\]،؛”»]+")
"""Marks an extractor parted from their line."""
CONJUNCTION = re.compile(r"[;；؛,，،]\s*[^\W\d]{1,3}$")
"""How an item ends before the last of its list: "; and"."""
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
LONG_HEADING = 0.85
"""A heading that wraps fills more of the usual width than this."""
ROOM, ROOM_AFTER_INDENT = 0.05, 0.12
"""Where so much of the usual width would be left after the next word, the line ended of itself."""
SLACK = 0.025
"""How far the width of a justified line may be off."""
SQUEEZE = 0.12
"""How much narrower a blank may be set to fill a line."""
SAME_LINE = 1.1
TOGETHER = 1.25
"""A line so wide is two that an extractor set together, at a hyphen it took out."""
ENOUGH = 3.0
"""The evidence it takes to end a paragraph."""


def parted(before: Line, after: Sequence[Line], measure: Measure, progress: Progress) -> bool:
    """Tell whether a paragraph ends before the first line of `after`.

    The lines behind that one are looked at for what follows a heading. Notes in `progress`
    what opened.
    """
    line = after[0]
    if measure.usual == 0:
        return line.gap > 0 or is_closed(before.text) or not line.text[0].islower()
    opening = opening_of(before.text, line.text, progress, measure.language)
    if opening == "lead" and measure.run_on:
        opening = ""
    if _is_first_title(after, progress, opening) or (not opening and _is_heading(before, after, measure, progress)):
        opening = "heading"
    same = _goes_on_printed(before, after, measure, progress, opening)
    full = _fullness(before, line, measure, progress, same=same)
    first = _firstness(after, measure, opening) if is_closed(before.text) and full == 0 and not same else 0
    progress.printed = width(line.text) / measure.usual + (progress.printed if same else 0)
    if NUMBER.fullmatch(before.text) or ITEM.fullmatch(before.text) or MARKS.fullmatch(line.text):
        apart = False
    elif len(after) == 1 and ITEM.fullmatch(line.text) and opening == "item" and not is_closed(before.text):
        apart = False  # it opens nothing, and how full the line before is tells nothing once that is joined
    elif measure.language.is_enacting(before.text) or is_row(before.text) or is_row(line.text):
        apart = True
    elif progress.heading and _enacts(after, measure):
        apart = True  # of a part or an annexed convention, after its title
    elif progress.voted and opening != "fixed" and not without_indicators(before.text).endswith(progress.voted):
        apart = before.text.endswith(COLONS) or measure.language.vote_side.match(line.text) is not None
    elif opening in {"number", "item"} and (is_closed(before.text) or CONJUNCTION.search(before.text)):
        # A list begins after a colon; "namely,\n(a) …, (b) …" goes on in its line.
        apart = not (opening == "item" and full == 0 and not progress.marks and before.text.endswith(COMMAS))
        progress.entries = False
    elif progress.marks and not opening and full and before.text.endswith(SEMICOLONS) and not measure.pieces:
        apart = True  # what goes on behind a list, of the paragraph that introduced it
    elif opening == "number" and full and (progress.entries or width(before.text) < measure.usual * SHORT):
        apart = progress.entries = True
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
        advance(line.text, opening, progress, measure.language)
    return apart


def _is_heading(before: Line, after: Sequence[Line], measure: Measure, progress: Progress) -> bool:
    """Tell whether a heading stands here: lines without an end, between an end and an opening.

    After a comma, as in a preamble, only a short line before a lead phrase is one, or what stands before
    the first number of all.
    """
    first_list = progress.number == 0
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
        opening = opening_of(line.text, following.text, progress, measure.language)
        if opening in {"number", "lead"}:
            return short or (opening == "number" and (first_list or not pending))
        if pending and not first_list:
            return False
    return False


def _is_first_title(after: Sequence[Line], progress: Progress, opening: str) -> bool:
    """Tell whether a line that opens as a preambular paragraph does is a title, since the first number follows it."""
    if opening != "lead" or progress.number or len(after) < 2 or is_closed(after[0].text):
        return False
    number = NUMBER.match(after[1].text)
    return number is not None and number["number"] == "1"


def _enacts(after: Sequence[Line], measure: Measure) -> bool:
    """Tell whether a line enacts, or is one like it in an annex: "The States Parties to this Convention,"."""
    line = after[0]
    if measure.language.is_enacting(line.text):
        return True
    short = line.text[0].isupper() and line.text.endswith(COMMAS) and width(line.text) < measure.usual * FULL
    return short and len(after) > 1 and measure.language.opens_preambular(after[1].text)


def _evidence(before: Line, line: Line, measure: Measure, progress: Progress, opening: str, *, ended: bool) -> float:
    """Add up what ends, openings, indents and blank lines say for a paragraph's end.

    `ended` tells whether the line left room; a colon at the end of a full line may be a title's.
    """
    score = 2.0 if is_closed(before.text) or is_orphaned(before, line) else -2.0
    pending = without_indicators(before.text).endswith(COMMAS)
    score += WEIGHTS[opening]
    alone = ended and width(before.text) < measure.usual * LONG_HEADING and not line.text[0].islower()
    if progress.heading and (opening or alone):
        score += 4
    if ended and before.text.endswith(COLONS) and not line.text[0].islower():
        score += 1
    # Preambular paragraphs end with a comma; after another mark a clause may begin with a full line.
    if opening == "lead" and not ended and not pending:
        score -= 2
    # A phrase with a capital goes on with no sentence.
    if opening == "lead" and line.text[0].isupper() and pending:
        score += 1
    # A numbered paragraph does not end with a comma, but where a list goes on behind its items.
    if not opening and not progress.preamble and progress.number and pending:
        score -= 2
    # Of a line in pieces, without capitals, only its words tell that a paragraph opens after a comma.
    if not opening and pending and not _is_cased(line) and measure.pieces and not measure.broken:
        score -= 3
    # Where lead phrases begin with a small letter, it tells nothing.
    if line.text[0].islower() and opening not in {"lead", "item"}:
        score -= 4
    if measure.indents:
        score += 2 if line.start in measure.indented else -2
        # A title that leaves room, with text of its own behind it.
        if alone and progress.opened and line.start in measure.indented and _is_title(before.text, measure.language):
            score += 1
    if measure.gaps and not line.page:
        score += 2 if line.gap else -2
    return score


def _is_title(text: str, language: Language) -> bool:
    """Tell whether a line may be a title: no paragraph's number, lead phrase or end."""
    return not (NUMBER.match(text) or is_closed(text) or language.opens_preambular(text))


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
    if line.start in measure.flush:
        return -4
    if measure.narrow + SLACK > 1 or INDICATOR_END.search(line.text) or width(line.text) > TOGETHER * measure.usual:
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
