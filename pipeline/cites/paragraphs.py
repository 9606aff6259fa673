"""The paragraph of a work that is cited: "paragraph 4 of its resolution 72/287" (FORMAT.md section 4)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.model import Indicator
from pipeline.numbers import UNSEEN, plain_digits

if TYPE_CHECKING:
    from pipeline.languages import Language
    from pipeline.model import Inlines

NEAR = 200
"""So many characters on either side of a number say which paragraph is meant."""


def paragraph_cited(inlines: Inlines, at: int, language: Language) -> str | None:
    """Return the paragraphs that the reference at this place of the inlines names, as printed, in ASCII digits.

    None where none is printed, and for all but the first of several works that share their noun: "paragraph 3 of
    resolutions 60/1 and 60/2" does not say which of them.
    """
    near = {"before": _text(inlines, range(at - 1, -1, -1)), "after": _text(inlines, range(at + 1, len(inlines)))}
    for side, pattern in _patterns(language):
        if found := pattern.search(near[side]):
            return plain_digits(found["number"])
    return None


def _text(inlines: Inlines, places: range) -> str:
    """Return the text at the places nearest first, as far as it is near, in reading order."""
    pieces: list[str] = []
    length = 0
    for place in places:
        if length >= NEAR:
            break
        inline = inlines[place]
        if not isinstance(inline, Indicator):
            pieces.append(inline.text[-NEAR:] if places.step < 0 else inline.text[:NEAR])
            length += len(pieces[-1])
    text = "".join(pieces[:: places.step])
    return re.sub(r"\s+", " ", UNSEEN.sub("", text))


@cache
def _patterns(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((side, re.compile(pattern)) for side, pattern in language.words["paragraph_cited"].items())
