"""Letters of which an extractor knew the glyph and not what it stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from math import log10
from typing import TYPE_CHECKING

from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pipeline.languages import Language
    from pipeline.text import Text

FOREIGN = re.compile(
    "[^\u0000-\u00ff\u02b0-\u036f\u0600-\u06ff\u0750-\u077f\u2000-\u22ff\u25a0-\u26ff\u3000-\u303f\ufb50-\ufeff]"
)
"""No sign of punctuation, no letter of the Arabic blocks, nothing in Latin-1."""
WORD = re.compile(r"[^\s\u0000-\u0040\u00a0-\u00bf\u060c\u061b\u061f\u2010-\u2027]+")
SIGNS = re.compile("[\u064b-\u0655\u0670\u0640]")
LEAST, MORE = 3.0, 1.3
"""The words that a letter makes weigh at least so much, and so many times what those of any other weigh."""
UNKNOWN = "\u25a1"
"""Stands for a letter that is not known: XML takes no replacement character (AKN.md section 12, T2)."""
UNDECODED = re.compile("[\ufffd\U000f0000-\U000ffffd]")


def restore_letters(text: Text, language: Language) -> Iterator[Edit]:
    """Write the letter that a glyph without one stands for, where the words it stands in tell which.

    An extractor gives such a glyph as the character that has the glyph's number, of another script. Leaves alone
    languages without an alphabet in their file, and glyphs that stand in few words or make words with several letters;
    what can be no character at all becomes a white square.
    """
    value = text.value
    letters = _letters(value, language) if language.alphabet else {}
    for glyph, letter in letters.items():
        for match in re.finditer(glyph, value):
            if _is_torn(value, match.start(), language.alphabet):
                yield Edit(Span(*match.span()), letter, 0.9)
    for match in UNDECODED.finditer(value):
        if not (match.group() in letters and _is_torn(value, match.start(), language.alphabet)):
            yield Edit(Span(*match.span()), UNKNOWN, 0.9)


def _is_torn(value: str, at: int, alphabet: Collection[str]) -> bool:
    """Tell whether a letter of the alphabet stands beside a place."""
    return any(
        letter in alphabet or SIGNS.match(letter) for letter in value[max(at - 1, 0) : at] + value[at + 1 : at + 2]
    )


def _letters(value: str, language: Language) -> dict[str, str]:
    """Return the letter each foreign glyph stands for, where that is certain."""
    torn: dict[str, set[str]] = defaultdict(set)
    for word in WORD.findall(value) if FOREIGN.search(value) else ():
        bare = SIGNS.sub("", word)
        strange = set(FOREIGN.findall(bare))
        if len(strange) == 1 and any(letter in language.alphabet for letter in bare):
            torn[strange.pop()].add(bare)
    found = ((glyph, _letter(glyph, words, language)) for glyph, words in torn.items())
    return {glyph: letter for glyph, letter in found if letter}


def _letter(glyph: str, words: Collection[str], language: Language) -> str:
    """Return the letter that makes words of the dictionary of some torn ones; empty where none does much better."""
    weights = {
        letter: sum(log10(1 + language.frequency(word.replace(glyph, letter))) for word in words)
        for letter in language.alphabet
    }
    second, best = sorted(language.alphabet, key=weights.__getitem__)[-2:]
    return best if weights[best] >= max(LEAST, MORE * weights[second]) else ""
