"""Numbers that an extractor set apart from their paragraphs, carried back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.repair.layout import on_pages
from pipeline.repair.openings import NUMBER
from pipeline.repair.page import body_end, is_closed, lines
from pipeline.text import Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.repair.page import Line
    from pipeline.text import Text


@on_pages
def place_numbers(text: Text, language: Language) -> Iterator[Move]:
    """Carry each number of a run ("1." and "2.", a line each) before its paragraph of those that follow the run.

    Leaves alone a lone number, numbers that do not count on by one, and a run before
    the next number of which there are not just as many paragraphs that open with an operative
    lead phrase (FORMAT.md section 3.3), the first of them right after the run.
    """
    page = lines(text.value[: body_end(text.value)])
    at = 0
    while at < len(page):
        end = _run_end(page, at)
        if end - at > 1:
            openings = _openings(page, end, end - at, language)
            for number, line in zip(page[at + 1 : end], openings[1:], strict=False):
                yield Move((Span(number.start, number.end), "\n"), line.start, 0.9)
        at = max(end, at + 1)


def _run_end(page: Sequence[Line], first: int) -> int:
    """Return the line after the lone numbers that count on from line `first`; `first` where it is none."""
    last = None
    for at in range(first, len(page)):
        match = NUMBER.fullmatch(page[at].text)
        if not match or (last is not None and int(match[1]) != last + 1):
            return at
        last = int(match[1])
    return len(page)


def _openings(page: Sequence[Line], first: int, wanted: int, language: Language) -> Sequence[Line]:
    """Return the lines that open the `wanted` paragraphs from line `first` to the next number; none in doubt."""
    found: list[Line] = []
    for at in range(first, len(page)):
        line = page[at]
        if NUMBER.match(line.text) or len(found) > wanted:
            break
        if language.opens_operative(line.text) and (at == first or is_closed(page[at - 1].text)):
            found.append(line)
        elif at == first:
            break
    return found if len(found) == wanted else ()
