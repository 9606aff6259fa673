"""Letters that an extractor doubled where a font has one glyph for two of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.text import Text

WORD = re.compile(r"[^\W\d_]+")
COMMONER = 2
"""A word so many times more usual than the same without the doubled letter is meant."""


def drop_doubled(text: Text, language: Language) -> Iterator[Edit]:
    """Drop the letter that a ligature was given too much: without it, the word is one of the dictionary.

    Where a text has such words, the same pair of letters is doubled in words that could also be read
    as they stand. Leaves alone those much more usual as they stand, and texts without any.
    """
    if language.doubled is None:
        return
    doubtful: list[tuple[Span, str]] = []
    sure: set[str] = set()
    for match in WORD.finditer(text.value):
        word = match.group()
        if not (found := language.doubled.search(word)):
            continue
        known, less = language.frequency(word), language.frequency(word[: found.start()] + word[found.end() :])
        span = Span(match.start() + found.start(), match.start() + found.end())
        if not known and less:
            sure.add(found.group())
            yield Edit(span, "", 0.9)
        elif known < COMMONER * less or not known:
            doubtful.append((span, found.group()))
    yield from (Edit(span, "", 0.7) for span, letter in doubtful if letter in sure)
