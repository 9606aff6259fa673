"""Last lines of paragraphs that an extractor set before the end of the line above them, carried back.

It parts a line at a wide blank: `2. Endorses the report`, then the last line, `the present resolution;`, and only
behind a blank line the rest of the line above it, `of the Committee, subject to what is in`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.repair.layout import on_pages
from pipeline.repair.measure import INDICATOR_END
from pipeline.repair.openings import ITEM, NUMBER
from pipeline.repair.page import body_end, is_closed, lines
from pipeline.repair.widths import BLANK_WIDTH, first_unit, usual_width, width
from pipeline.text import Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.repair.page import Line
    from pipeline.text import Text

LONGEST = 0.9
"""A last line is no wider than this share of the usual line."""
SET_IN, SLACK = 0.1, 0.03
"""How much less a full line may hold that is set in, and how far a width may be off."""
MOST = 6
"""More pieces of one line are left alone."""


@on_pages
def place_last_lines(text: Text, language: Language) -> Iterator[Move]:
    """Carry a last line behind the lines that stand alone below it, where these complete the line above it.

    They stand between blank lines, and what comes next opens a paragraph; together with the line above, or where that
    one ends a paragraph alone, they fill one printed line, and the first word of the last line has no room in it.
    Leaves alone a last line that opens as a paragraph does, and several pieces below a line that is a piece itself.
    """
    page = lines(text.value[: body_end(text.value)])
    if all(line.gap for line in page[1:]):
        return  # what stands alone tells nothing
    usual = usual_width(line.text for line in page)
    for at in range(1, len(page) - 1):
        if not is_closed(page[at].text) or not page[at + 1].gap or page[at + 1].page or page[at].page:
            continue
        end = _pieces_end(page, at + 1, language)
        if end and _completes(page, at, end, usual, language):
            last, pieces = page[at], page[at + 1 : end]
            yield Move(("\n", Span(last.start, last.end)), pieces[-1].end, 0.8)


def _pieces_end(page: Sequence[Line], first: int, language: Language) -> int:
    """Return the line behind the lines that stand alone from `first` on, where it opens a paragraph; 0 in doubt."""
    for at in range(first, min(first + MOST + 1, len(page))):
        line = page[at]
        if at > first and _opens(line, language):
            # A number opens a paragraph even where no blank line tells of it.
            return at if line.gap or NUMBER.match(line.text) else 0
        if not line.gap or line.page:
            return 0
    return 0


def _opens(line: Line, language: Language) -> bool:
    """Tell whether a line opens a paragraph, as far as it alone can."""
    return bool(
        NUMBER.match(line.text)
        or ITEM.match(line.text)
        or language.opens_preambular(line.text)
        or language.opens_operative(line.text)
        or language.meeting.search(line.text)
    )


def _completes(page: Sequence[Line], at: int, end: int, usual: float, language: Language) -> bool:
    """Tell whether the lines from behind line `at` to `end` are the rest of the line above it."""
    last, above, pieces = page[at], page[at - 1], page[at + 1 : end]
    if width(last.text) > LONGEST * usual or _opens(last, language) or (last.gap and not is_closed(above.text)):
        return False
    following = BLANK_WIDTH + width(first_unit(last.text))
    full = width(above.text) + following > usual * (1 - SLACK)
    # Above may stand the end of a paragraph, or a heading.
    headed = NUMBER.match(pieces[0].text) and not full and not NUMBER.fullmatch(above.text)
    alone = is_closed(above.text) or headed
    if alone and (is_closed(pieces[-1].text) or not _opens(pieces[0], language) or last.text[0].isupper()):
        return False
    if not alone and (full or (_opens(pieces[0], language) and not NUMBER.fullmatch(above.text))):
        return False
    if not alone and len(pieces) > 1 and at > 1 and _goes_on_beside(page[at - 2], above, usual):
        return False  # pieces of a line on both sides of its paragraph's last: their order is anyone's guess
    if is_closed(pieces[-1].text) and INDICATOR_END.search(above.text):
        return False  # a text that breaks its lines at indicators
    printed = [*(() if alone else (above,)), *pieces]
    wide = sum(width(line.text) for line in printed) + BLANK_WIDTH * (len(printed) - 1)
    return wide <= usual * (1 + SLACK) and wide + following > usual * (1 - SET_IN)


def _goes_on_beside(line: Line, following: Line, usual: float) -> bool:
    """Tell whether a line inside a sentence has room for the first word of the one that follows."""
    room = usual * (1 - SET_IN) - width(line.text) - BLANK_WIDTH
    return not is_closed(line.text) and not NUMBER.fullmatch(line.text) and width(first_unit(following.text)) < room
