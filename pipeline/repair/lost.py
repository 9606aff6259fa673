"""A letter that an extractor lost of many words, put back where the dictionary has the word with it.

Some fonts have one glyph for two or three letters, and an extractor gives nothing, or a blank, for one of them.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from pipeline.repair.signs import SIGNS
from pipeline.repair.words import DICTIONARY_SIZE, LONGEST, whole_words
from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pipeline.languages import Language
    from pipeline.text import Text

PAIR = re.compile(rf"(?<![^\W\d_])(?<![{SIGNS}])([^\W\d_]++) (?=([^\W\d_]++)(?![{SIGNS}]))")
"""Two whole words."""
SHORTEST = 3
"""Of a shorter word, one more letter makes another too often."""
MOST = 1000
"""So many words tell which letter is lost."""
USUAL, KNOWN = 200, 50
"""A word so often in the dictionary may tell of a lost letter, and may be put back where one is known to be lost."""
LEAST, SHARE, MORE = 7, 0.05, 1.3
"""So many unknown words, and this part of all, are words with one letter more, so many times what are with another."""
REMEMBERED = 1 << 13
"""So many words are remembered with the letters they may want."""
FAR = 20
"""So many times as often as the word that is there, the one with the letter is meant."""


def restore_lost(text: Text, language: Language) -> Iterator[Edit]:
    """Put back the letter that a text lost of many words, in place of the blank that stands for it or of nothing.

    It is the one with which by far the most words that the dictionary does not have are words of it. Leaves alone
    texts in which no letter stands out so, and words that are little less usual as they stand.
    """
    if not language.alphabet:
        return
    words = whole_words(text.value)
    found = [match for match in PAIR.finditer(text.value) if len(match[1]) + len(match[2]) < LONGEST]
    none = {left for left in {match[1] for match in found} if _is_none(left, language)}
    pairs = [match for match in found if match[1] in none]
    long = dict.fromkeys(word for match in words if len(word := match.group()) >= SHORTEST)
    unknown = list(islice((word for word in long if not language.frequency_within(word)), MOST))
    torn = dict.fromkeys(match.groups() for match in pairs if len(match[1]) == 1)
    letter = _lost(unknown, list(torn)[:MOST], language)
    if not letter:
        return
    done: set[int] = set()
    for match in pairs:
        left, right = match.groups()
        first, second = (
            max(language.frequency_within(half), _best(half, letter, language)[0]) for half in (left, right)
        )
        whole = language.frequency_within(left + letter + right)
        as_it_is = language.frequency(left + right)
        if as_it_is > whole and len(left) == 1:
            done.update((match.start(), match.end()))
            yield Edit(Span(match.end() - 1, match.end()), "", 0.7)
        elif match.start() not in done and whole >= KNOWN and whole * DICTIONARY_SIZE > first * second:
            done.update((match.start(), match.end()))
            yield Edit(Span(match.end() - 1, match.end()), letter, 0.7)
    for match in words:
        word = match.group()
        if match.start() in done or word in language.prefixes:
            continue
        weight, at = _best(word, letter, language)
        usual = language.frequency_within(word)
        if weight >= (FAR * usual if usual else KNOWN):
            yield Edit(Span(match.start() + at, match.start() + at), letter, 0.7)


def _lost(unknown: Collection[str], torn: Collection[tuple[str | Any, ...]], language: Language) -> str:
    """Return the letter that words lost; empty where there is none."""
    more = Counter(chain.from_iterable(_wanting(word, language) for word in unknown)) + Counter(
        letter for pair in torn for letter in language.alphabet if language.frequency(letter.join(pair)) >= USUAL
    )
    (letter, most), (_, second) = [*more.most_common(2), ("", 0), ("", 0)][:2]
    return letter if most >= max(LEAST, SHARE * (len(unknown) + len(torn)), MORE * second) else ""


@lru_cache(maxsize=REMEMBERED)
def _wanting(word: str, language: Language) -> frozenset[str]:
    """Return the letters with one of which a word is a usual one.

    Most of the time of the search goes here, and the words it is for come again: in the text when it is looked
    through once more, and in other texts.
    """
    frequencies, word = language.frequencies, word.lower()
    return frozenset(
        letter
        for before, after in ((word[:at], word[at:]) for at in range(len(word) + 1))
        for letter in language.alphabet
        if frequencies.get(f"{before}{letter}{after}", 0) >= USUAL
    )


def _is_none(left: str, language: Language) -> bool:
    """Tell whether the first of two words is none."""
    rest = left[1:] if len(left) > 1 and left[0] in language.prefixes else left
    return left not in language.prefixes and (len(rest) == 1 or not language.frequency(left))


def _best(word: str, letter: str, language: Language) -> tuple[int, int]:
    """Return how often the dictionary has the most usual word that a letter makes of another, and where it goes."""
    return max((language.frequency_within(word[:at] + letter + word[at:]), at) for at in range(len(word) + 1))
