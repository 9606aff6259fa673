"""All ways to read a word of a text in a font of which an extractor gives the code (`pipeline/repair/fonts.py`).

How likely each is, is a logarithm: that of the letters in a word (`pipeline/repair/spelling.py`), and what is said here
of marks and numbers, which are rarer or more frequent in running text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.repair.spelling import NO_WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.languages import Font
    from pipeline.repair.spelling import Spelling

LONGEST = 80
"""No word has more signs: what is longer is left alone."""
OPENERS = {"(": -3.5, "[": -4.5, '"': -4.5}
CLOSERS = {
    ",": -2.3, ".": -3.0, ")": -3.5, ";": -4.0, "]": -4.5, ":": -6.0, '"': -6.5, "*": -12.0, "!": -12.0, "?": -12.0,
}  # fmt: skip
INDICATORS = dict.fromkeys("13579", -6.0) | dict.fromkeys("02468", -10.0)
"""A digit glued to a word; an even one is a small letter more often than not."""
AFTER = CLOSERS | INDICATORS
HYPHENS = frozenset("-\u2010\u2011")
MARKS = "".join(CLOSERS)
MOST_OPENERS, MOST_CLOSERS = 2, 4
STROKE, BETWEEN_WORDS, HYPHEN = -1.0, -5.0, -1.5
"""A stroke beside a number or a Latin word, one between words, and a hyphen."""
CAPITAL, CAPITALS, ONE_CAPITAL = -1.5, -3.0, -9.0
"""A word with a capital, one of capitals, and one of one letter for which a digit or a Latin letter stands."""
NUMERAL, ROMAN, LATIN, LATIN_LETTER, NOTHING, SUFFIX, SIGN = -4.5, -6.0, -5.0, -2.5, -2.0, -4.0, -20.0
OWN = 2.0
"""What it counts for a word that the text has elsewhere."""
LONG = 4
"""A word of so many letters is told by them; the ending of a number has no more."""
CERTAIN = 4.0
"""By so much the likeliest reading of a word is the only one."""
MOST = 4
"""So many readings of the beginning of a word are followed up."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)*|\d\d?:\d\d")
ROMAN_NUMBER = re.compile("[IVXL]+")
LATIN_WORD = re.compile("[A-Za-z][A-Za-z0-9]*(?:[.][A-Za-z0-9]+)*|[0-9]+[A-Za-z]+")
LETTER = re.compile(r"[(\[]?[^\w\s]")
LATIN_CAPITAL = re.compile(r"[(\[]?[A-Z]")
REPEATED = re.compile(r"([_.*-])\1{2,}")
"""A rule, dots or stars."""


class Reading(NamedTuple):
    """A way to read signs: how likely it is, what it reads, one for one, and which stretches are in the font."""

    weight: float
    text: str
    letters: tuple[tuple[int, int], ...]

    def then(self, other: Reading) -> Reading:
        """Return the two in a row."""
        length = len(self.text)
        letters = *self.letters, *((length + start, length + end) for start, end in other.letters)
        return Reading(self.weight + other.weight, self.text + other.text, letters)


class Reader:
    """Reads words in a font, each by itself."""

    def __init__(self, font: Font, spelling: Spelling) -> None:
        self.font = font
        self.spelling = spelling
        self.own: frozenset[str] = frozenset()
        self._read: dict[str, tuple[Reading, ...]] = {}

    def learn(self, words: Iterable[str]) -> None:
        """Take note of the words that can be read in one way only: the text may have them elsewhere."""
        own: set[str] = set()
        for signs in words:
            best, *others = self.readings(signs)
            if not others or best.weight - others[0].weight > CERTAIN:
                own.update(best.text[start:end].lower() for start, end in best.letters if end - start >= LONG)
        self.own = frozenset(own)
        self._read.clear()

    def readings(self, signs: str) -> tuple[Reading, ...]:
        """Return all ways to read a word that are at all likely, the likeliest first; at least one."""
        if signs not in self._read:
            found = [Reading(0, signs, ())]
            if len(signs) <= LONGEST:
                found = self._joined(self.font.parts.split(signs))
                if "/" in signs and not self.font.foreign.search(signs):  # it may be a letter, too
                    found += self._part(signs, suffix=False, symbol=False)
            best: dict[str, Reading] = {}
            for reading in sorted(found, key=lambda one: -one.weight):
                best.setdefault(reading.text, reading)
            self._read[signs] = tuple(best.values())
        return self._read[signs]

    def _joined(self, parts: Sequence[str]) -> list[Reading]:
        """Read the parts of a word, every other of which is what joins two."""
        symbol = "/" in parts and self._has_number(parts[::2])
        found = [Reading(0, "", ())]
        for at, part in enumerate(parts):
            if at % 2:
                cost = HYPHEN if part in HYPHENS else STROKE if symbol or part != "/" else BETWEEN_WORDS
                choices = [Reading(cost, part, ())]
            elif not part:
                continue
            elif symbol and not at and (letter := self.font.letters.get(part[-1])) and LETTER.fullmatch(part):
                choices = [Reading(0, part[:-1] + letter, ((len(part) - 1, len(part)),))]
            else:
                suffix = at > 1 and parts[at - 1] in HYPHENS and parts[at - 2].isdigit()
                capital = "/" in parts and LATIN_CAPITAL.fullmatch(part) is not None
                choices = self._part(part, suffix=suffix, symbol=symbol or capital)
            rows = (one.then(choice) for one in found for choice in choices)
            found = sorted(rows, key=lambda row: -row.weight)[:MOST]
        return found

    def _has_number(self, parts: Sequence[str]) -> bool:
        """Tell whether parts that strokes join are those of a symbol, a footnote's mark or a number."""
        return (
            not parts[-1].strip(MARKS)
            or all(part.isdigit() for part in parts)
            or any(self.font.foreign.search(part) or (part.isdigit() and len(part) > 1) for part in parts)
        )

    def _part(self, part: str, *, suffix: bool, symbol: bool) -> list[Reading]:
        """Read a word or a number with the marks before and after it."""
        if self.font.foreign.search(part):
            return [Reading(0, part, ())]
        found = []
        for start, end, weight in _cores(part):
            core = part[start:end]
            if (plain := _plain(core)) is not None and (core or not suffix):
                found.append(Reading(weight + plain, part, ()))
            word = self._word(core, symbol=symbol)
            # A digit after small letters is an indicator; capitals go on with one.
            if word and not (part[end:][:1].isdigit() and len(word) > 1 and word.isupper()):
                likely = SUFFIX if suffix and len(word) <= LONG else self._weigh(word, core)
                found.append(Reading(weight + likely, part[:start] + word + part[end:], ((start, end),)))
        return found or [Reading(NO_WORD, part, ())]

    def _word(self, core: str, *, symbol: bool) -> str:
        """Return the word that signs are in the font; empty where they cannot be one."""
        letters = self.font.letters
        if not core or (symbol and core.isalnum()) or not all(sign in letters for sign in core):
            return ""
        word = "".join(letters[sign] for sign in core)
        return word if word[1:].islower() or word.islower() or word.isupper() else ""

    def _weigh(self, word: str, core: str) -> float:
        small = word.lower()
        case = 0.0
        if word != small:
            case = CAPITAL if word[1:].islower() else CAPITALS
            if len(word) == 1:
                case = ONE_CAPITAL if core.isalnum() else CAPITAL
        return self.spelling.weigh(small) + case + (OWN if small in self.own else 0)


def _cores(part: str) -> Iterator[tuple[int, int, float]]:
    """Yield each way to set marks apart from a word: where the word starts and ends, and how likely the marks are."""
    opens = 0.0
    for start in range(min(MOST_OPENERS, len(part)) + 1):
        if start:
            if part[start - 1] not in OPENERS:
                return
            opens += OPENERS[part[start - 1]]
        weight = opens
        for end in range(len(part), max(start, len(part) - MOST_CLOSERS) - 1, -1):
            if end < len(part):
                if part[end] not in AFTER:
                    break
                weight += AFTER[part[end]]
            yield start, end, weight


def _plain(core: str) -> float | None:
    """Return how likely signs are that are not in the font; None where they are neither word nor number."""
    if not core or REPEATED.fullmatch(core):
        return NOTHING
    if NUMBER.fullmatch(core):
        return NUMERAL
    if ROMAN_NUMBER.fullmatch(core):
        return ROMAN
    if len(core) == 1 and not core.isalnum():
        return SIGN
    return LATIN + LATIN_LETTER * len(core) if LATIN_WORD.fullmatch(core) else None
