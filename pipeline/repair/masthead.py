"""The first page's head: its two columns set apart, its lines joined by what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.languages import COMMAS
from pipeline.repair.drafts import submission
from pipeline.repair.furniture import TITLE_NUMBER, text_start
from pipeline.repair.layout import on_pages
from pipeline.repair.lines import joint
from pipeline.repair.page import Line, as_printed, body_end, lines
from pipeline.text import Edit, Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.text import Text

RIGHT = ("distribution", "issued", "original")
"""What stands below the symbol in the right column."""
OPEN_ROLES = {"adopted", "proponent", "agenda_title", "sponsors", "other"}
"""The lines that may go on: every other one says all it says on one line."""


@on_pages
def split_columns(text: Text, language: Language) -> Iterator[Edit]:
    """Part the masthead's left column from its right, where an extractor set both on one line.

    Leaves alone lines that are not a publisher or organ followed by a symbol or "Distr.".
    """
    for line in masthead_lines(text.value, language):
        for match in re.finditer(r" +", line.text):
            left, right = line.text[: match.start()], as_printed(line.text[match.end() :])
            if language.role(left) in {"publisher", "organ"} and language.role(right) in {"symbol", "distribution"}:
                yield Edit(Span(line.start + match.start(), line.start + match.end()), "\n\n")


@on_pages
def order_columns(text: Text, language: Language) -> Iterator[Move]:
    """Carry the lines of the masthead's right column to where they are printed: the symbol beside the publisher,
    the distribution with what is below it beside the organ.

    Some extractors give one column after the other, the right one in the middle of the agenda item. Leaves alone a
    masthead without a publisher or a symbol.
    """
    page = masthead_lines(text.value, language)
    roles = [language.role(as_printed(line.text)) for line in page]
    if not {"publisher", "symbol"} <= {*roles}:
        return
    publisher, symbol = roles.index("publisher"), roles.index("symbol")
    if symbol != publisher + 1:
        yield Move(("\n\n", Span(page[symbol].start, page[symbol].end)), page[publisher].end, 0.9)
    if "distribution" not in roles:
        return
    first = last = roles.index("distribution")
    while last + 1 < len(page) and roles[last + 1] in RIGHT:
        last += 1
    beside = roles.index("organ") if "organ" in roles else publisher
    if first < beside or {*range(beside + 1, first)} - {symbol}:
        yield Move(("\n\n", Span(page[first].start, page[last].end)), page[beside].end, 0.9)


@on_pages
def join_masthead(text: Text, language: Language) -> Iterator[Edit]:
    """Join the lines of one statement of the masthead, and set the statements apart.

    A statement ends where the next line says something known; brackets close it, and no
    comma does ("Resolution der Generalversammlung," / "verabschiedet am"). The
    title runs from its number to the enacting line, that of a draft from the line after its sponsors.
    """
    page = masthead_lines(text.value, language)
    title = next((at for at, line in enumerate(page) if TITLE_NUMBER.match(line.text)), len(page))
    draft = submission(page, language) if title == len(page) else None
    first, last = draft or (title, title)
    title = last + 1 if draft else title
    state = "other"
    for at, line in enumerate(page):
        found = "title" if at >= title else language.role(as_printed(line.text))
        if at:
            inside = first < at <= last or at > title
            named = language.kind(page[at - 1].text) or language.kind(line.text)
            goes_on = inside or (at < first and not named and _goes_on(page[at - 1], state, found))
            new = joint(page[at - 1].text, line.text, language) if goes_on else "\n\n"
            yield Edit(Span(page[at - 1].end, line.start), new)
            if goes_on:
                continue
        state = "agenda_title" if found == "other" and state == "agenda_item" else found


def masthead_lines(value: str, language: Language) -> Sequence[Line]:
    """Return the lines before the enacting line."""
    page = lines(value[: body_end(value)])
    return page[: text_start(page, language)]


def _goes_on(before: Line, state: str, found: str) -> bool:
    if before.text.startswith("[") and "]" not in before.text:
        return True
    if state == "proponent" and before.text.endswith("]"):
        return False
    if state == found == "committee":
        return True
    if state == found == "adopted" and before.text.endswith(COMMAS):
        return True
    return found in {"other", "issued"} and state in OPEN_ROLES and (found == "other" or state == "adopted")
