"""How much a row of letters looks like a word: by the dictionary, and by the letters that follow others in it."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.languages import Font, Language

EDGE = " "
"""Stands before and after the letters of a word."""
CONTEXT = 3
"""So many letters tell which one follows."""
ENDING = 3
"""So many letters tell whether a word ends there."""
TRUST = 4.0
"""So often a context must stand in the dictionary to weigh as much as what shorter ones say of it."""
KNOWN = 3.0
"""What it counts for a word that it is known."""
USUAL, RARER = -2.5, 0.1
"""How likely the most usual word of one or two letters is, and how much less the next."""
SCALE = 0.5
"""Letters of the words that a dictionary lacks are likelier than it says."""
NEVER = -8.0
NO_WORD = -60.0
SHORT = 2
"""Of so few letters only known words are words."""


class Spelling:
    """The words of a language and the letters that follow one another in them.

    >>> from pipeline.languages import language
    >>> spelling = spelling_of(language("ru"), language("ru").font)
    >>> spelling.weigh("положение") > spelling.weigh("положени"), spelling.weigh("мирами") > spelling.weigh("мирамие")
    (True, True)
    """

    def __init__(self, language: Language, font: Font) -> None:
        """Count the letters of all words of the dictionary and of those that lead paragraphs."""
        self.short = {word: USUAL - RARER * at for at, word in enumerate(font.short)}
        self.known = {word.replace("ё", "е") for word in language.frequencies} | language.lead_words | set(font.words)
        self.counts: Counter[str] = Counter()
        self.totals: Counter[str] = Counter()
        for word in self.known:
            row = EDGE + word + EDGE
            for at in range(1, len(row)):
                for long in range(min(CONTEXT, at) + 1):
                    before = row[at - long : at]
                    self.counts[before + row[at]] += 1
                    self.totals[before] += 1
        self.endings = Counter(word[-ENDING:] for word in self.known)
        self.never = font.no_ending
        self._weighed: dict[str, float] = {}

    def weigh(self, word: str) -> float:
        """Return the logarithm of how likely a word is, in small letters; a known one has a bonus."""
        if word not in self._weighed:
            self._weighed[word] = self._weigh(word)
        return self._weighed[word]

    def _weigh(self, word: str) -> float:
        if len(word) <= SHORT:
            return self.short.get(word, NO_WORD)
        row = EDGE + word + EDGE
        total = sum(log(self._likelihood(row[max(0, at - CONTEXT) : at], row[at])) for at in range(1, len(row)))
        ending = log((self.endings[word[-ENDING:]] + 1) / len(self.known))
        never = NEVER if self.never.search(word) else 0
        return SCALE * total + ending + never + (KNOWN if word in self.known else 0)

    def _likelihood(self, before: str, letter: str) -> float:
        """Return how likely a letter is after others, by the longest rows of them that the dictionary has."""
        found = 1e-4
        for long in range(len(before) + 1):
            context = before[len(before) - long :]
            total = self.totals[context]
            found = (self.counts[context + letter] + TRUST * found) / (total + TRUST)
        return found


@lru_cache(maxsize=2)
def spelling_of(language: Language, font: Font) -> Spelling:
    """Return the spelling of a language; it takes a moment, once."""
    return Spelling(language, font)
