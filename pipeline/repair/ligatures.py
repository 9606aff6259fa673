"""Letters that an extractor gives too many: of a glyph that stands for two, or of one that stands for none."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.repair.words import whole_words
from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.text import Text

WORD = re.compile(r"[^\W\d_]+")
LEAST_KNOWN, SOME = 50, 3
"""A word so often in the dictionary is one; so many words of a text are not drawn out by chance."""
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


def drop_drawn(text: Text, language: Language) -> Iterator[Edit]:
    """Drop the letter that an extractor gives for a line which draws a word out (`الحكلم` for `الحكـم`).

    Such a word is none, and without the letter it is one of the dictionary and of the text, or the letters around it
    stand so in other such words. Leaves alone texts with few of them.
    """
    if language.drawn is None:
        return
    words = whole_words(text.value)
    known = {match.group() for match in words}
    found: dict[str, tuple[int, int]] = {}
    for word in known:
        line = None if language.frequency_within(word) else language.drawn.search(word)
        while line and language.frequency_within(word[: line.start()] + word[line.end() :]) < LEAST_KNOWN:
            line = language.drawn.search(word, line.end())
        if line:
            found[word] = line.span()
    around = Counter(word[start - 1 : end + 1] for word, (start, end) in found.items())
    sure = {
        word
        for word, (start, end) in found.items()
        if word[:start] + word[end:] in known or around[word[start - 1 : end + 1]] > 1
    }
    if len(sure) < SOME:
        return
    for match in words:
        if match.group() in sure:
            start, end = found[match.group()]
            yield Edit(Span(match.start() + start, match.start() + end), "", 0.7)
