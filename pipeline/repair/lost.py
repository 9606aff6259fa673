"""A letter that an extractor lost of many words, put back where the dictionary has the word with it.

Some fonts have one glyph for two or three letters, and an extractor gives nothing, or a blank, for one of them.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pipeline.languages import Language
    from pipeline.text import Text

SIGN = "\u064b-\u0652"
WORD = re.compile(rf"(?<![^\W\d_])(?<![{SIGN}])[^\W\d_]++(?![{SIGN}])")
PAIR = re.compile(rf"(?<![^\W\d_])(?<![{SIGN}])([^\W\d_]++) (?=([^\W\d_]++)(?![{SIGN}]))")
"""Whole words; beside an Arabic vowel sign, letters are but a part of one."""
SHORTEST = 3
"""Of a shorter word, one more letter makes another too often."""
USUAL, KNOWN = 200, 50
"""A word so often in the dictionary may tell of a lost letter, and may be put back where one is known to be lost."""
LEAST, SHARE, MORE = 7, 0.05, 1.3
"""So many unknown words, and this part of all, are words with one letter more, and so many times what are with another."""
FAR = 20
"""So many times as often as the word that is there, the one with the letter is meant."""


def restore_lost(text: Text, language: Language) -> Iterator[Edit]:
    """Put back the letter that a text lost of many words, in place of the blank that stands for it or of nothing.

    It is the one with which by far the most words that the dictionary does not have are words of it. Leaves alone
    texts in which no letter stands out so, and words that are little less usual as they stand.
    """
    if not language.alphabet:
        return
    words = list(WORD.finditer(text.value))
    unknown = {word for match in words if len(word := match.group()) >= SHORTEST and not _weight(word, language)}
    letter = _lost(unknown, language) if len(unknown) >= LEAST else ""
    if not letter:
        return
    done: set[int] = set()
    for match in PAIR.finditer(text.value):
        left, right = match.groups()
        torn = any(len(half) == 1 or not _weight(half, language) for half in (left, right))
        if torn and match.start() not in done and _weight(left + letter + right, language) >= KNOWN:
            done.update((match.start(), match.end()))
            yield Edit(Span(match.end() - 1, match.end()), letter, 0.7)
    for match in words:
        if match.start() in done:
            continue
        word = match.group()
        found = max((_weight(word[:at] + letter + word[at:], language), at) for at in range(len(word) + 1))
        if found[0] >= max(KNOWN, FAR * _weight(word, language)):
            yield Edit(Span(match.start() + found[1], match.start() + found[1]), letter, 0.7)


def _lost(unknown: Collection[str], language: Language) -> str:
    """Return the letter that words lost; empty where there is none."""
    more = Counter(
        letter
        for word in unknown
        for letter in language.alphabet
        if any(language.frequency(word[:at] + letter + word[at:]) >= USUAL for at in range(len(word) + 1))
    )
    (letter, most), (_, second) = [*more.most_common(2), ("", 0), ("", 0)][:2]
    return letter if most >= max(LEAST, SHARE * len(unknown), MORE * second) else ""


def _weight(word: str, language: Language) -> int:
    """Return how often the dictionary has a word, or what follows a letter that may stand before any."""
    prefixed = word[0] in language.prefixes and len(word) > SHORTEST
    return language.frequency(word) or (language.frequency(word[1:]) if prefixed else 0)
