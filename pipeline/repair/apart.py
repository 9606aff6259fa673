"""Vowel signs of right-to-left text that an extractor set apart, and the words it tore in doing so.

It sorts glyphs by where they stand, and a sign, which has no width, stands before its letter or
after it, with a blank before it (`المن ّف ِذة` is `المنفِّذة`). Whether the pieces are one word, the dictionary
tells; which letter has the sign, what may stand where in a word (as in `signs`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, pairwise, product
from math import log10
from typing import TYPE_CHECKING, NamedTuple

from pipeline.bidi import stretches
from pipeline.repair.signs import DOUBLING, SIGN, SIGNS
from pipeline.repair.words import DICTIONARY_SIZE, DOUBTFUL, SURE, whole_words
from pipeline.text import Edit, Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.text import Text

LETTERS = "\u0621-\u063a\u0641-\u064a"
PIECE = f"[{LETTERS}][{SIGNS}{LETTERS}]*+"
AGAIN = "[\u0623\u0625]{2}"
"""An alef drawn twice, which `signs` knows."""
CHAIN = re.compile(
    f"(?<![{LETTERS}{SIGNS}]){PIECE}(?: ++[{SIGNS}](?: ?+[{SIGNS}])*+ *+(?!{AGAIN}){PIECE}|(?<=[{SIGNS}]) ++{PIECE})+"
)
APART = re.compile(f" [{SIGNS}]")
AMONG = re.compile(f" [{SIGNS}]*+\\Z")
MOST_SIGNS = 8
"""No more signs stand together."""
PART = re.compile(f"[{LETTERS}{SIGNS}]| +")
MOST_BLANKS = 8
"""So many blanks are looked at together; where there are more, none."""
YIELDING = "\u064f"
"""The vowel that is on another letter where two vowels are apart."""
ONLY_LAST = "\u064b"
"""The ending -an: after the last letter of a word, or after its alef."""
VOWELS, ENDINGS = "\u064e\u064f\u0650", "\u064c\u064d"
NEVER_DOUBLE = "\u0621\u0622\u0623\u0625\u0627\u0629\u0649"
"""The alefs and the letters that only end words: no doubling sign is on them."""
NARROW, BEFORE_NARROW = "\u062f\u0641\u0634\u0633\u0638\u0643", "\u064a\u062a\u0644\u0631\u0648\u0632"
"""Letters before which their own doubling sign is given in the references; and letters before
those that have the sign themselves."""
STEM_OF_TWO = re.compile(
    f"\u0648?(?:\u0627\u0644|\u0644\u0644|[\u0628\u0644\u064a\u062a])?(?:(?![\u0648\u064a])[{LETTERS}]){{2}}"
)
"""A word of two letters, with what words begin with: the second is the doubled one (`كلّ`, `للحدّ`, `يحلّ`)."""
ARTICLE = re.compile("[\u0648\u0628\u0643]?\u0627\u0644(?!\u062a)|\u0644\u0644")
"""A word with the article takes no ending -un or -in. Of words in `الت`, some have none (`التزام`)."""
HERE, UNKNOWN, LETTER = 1, 1e-6, 1e-7
"""How often a word counts that the text has and the dictionary does not, one that neither has, and one letter."""
NO_WORD = UNKNOWN / DICTIONARY_SIZE
PREFIXED, APART_ALSO = 0.03, 1e-5
"""By what a known word with one more letter before it is less likely, and an unknown one with blanks around a sign."""
REACH = 3
"""A vowel is given no more letters before the one it is on together with a doubling sign."""


class Torn(NamedTuple):
    """A chain of pieces: where its letters are, and after how many of them there are signs and blanks."""

    value: str
    letters: Sequence[int]
    signs: Sequence[tuple[int, int]]
    blanks: dict[int, list[Span]]
    ends: set[int]

    def word(self, at: int) -> tuple[int, int]:
        """Return where the word begins and ends that has the letter after the first `at`."""
        ends = sorted({0, len(self.letters), *self.ends})
        last = next(end for end in ends if end > at)
        return ends[ends.index(last) - 1], last

    def text(self, first: int, last: int) -> str:
        """Return some of the letters."""
        return "".join(self.value[at] for at in self.letters[first:last])


def close_apart(text: Text, language: Language) -> Iterator[Edit | Move]:
    """Close words torn at vowel signs, and carry each of these to the letter it is on.

    Leaves alone a sign that nothing is set apart at, and pieces that are likelier words of their own. Doubtful is
    a word that neither the dictionary nor the text has whole.
    """
    if not language.right_to_left:
        return
    for match in CHAIN.finditer(text.value):
        torn = _read(text.value, *match.span())
        if not APART.search(match.group()) or len(torn.blanks) > MOST_BLANKS:
            continue
        torn.ends.update(_ends(torn, language))
        for at, blanks in torn.blanks.items():
            sure = at in torn.ends or _share(torn.text(*torn.word(at)), text.value, language) > NO_WORD
            yield from (Edit(blank, "", SURE if sure else DOUBTFUL) for blank in blanks[at in torn.ends :])
        order = _order(torn)
        if any(after < before for before, after in pairwise(order)):
            yield Move(tuple(stretches(text.value, order)), match.start(), SURE)


def _read(value: str, start: int, end: int) -> Torn:
    """Take a chain apart."""
    letters: list[int] = []
    signs: list[tuple[int, int]] = []
    torn = Torn(value, letters, signs, {}, set())
    for part in PART.finditer(value, start, end):
        if part.group()[0] == " ":
            torn.blanks.setdefault(len(letters), []).append(Span(*part.span()))
        elif SIGN.match(part.group()):
            signs.append((len(letters), part.start()))
        else:
            letters.append(part.start())
    return torn


def _ends(torn: Torn, language: Language) -> Iterable[int]:
    """Return after how many letters words end, of the places where there is a blank."""
    twice = {at for at, blanks in torn.blanks.items() if len(blanks) > 1}

    def weigh(ends: Sequence[int]) -> float:
        places = pairwise((0, *ends, len(torn.letters)))
        total = 0.0
        for place in places:
            share = _share(torn.text(*place), torn.value, language)
            total += log10(share * (APART_ALSO if share <= NO_WORD and twice.intersection(range(*place)) else 1))
        return total

    sure = {at for at, sign in torn.signs if torn.value[sign] == ONLY_LAST}
    ways = product(*(((at,),) if at in sure else ((), (at,)) for at in torn.blanks))
    return max((tuple(chain.from_iterable(way)) for way in ways), key=weigh)


def _share(word: str, value: str, language: Language) -> float:
    """Return what part a word is of all that are written, as the dictionary has it, or as it stands in a text."""
    if len(word) == 1:
        return LETTER / DICTIONARY_SIZE
    times: float = language.frequency(word)
    if not times and word[0] in language.prefixes:
        times = PREFIXED * max(language.frequency(word[1:]), PREFIXED * language.frequency(word[2:]))
    return max(times, HERE if word in _words(value) else UNKNOWN) / DICTIONARY_SIZE


@lru_cache(maxsize=1)
def _words(value: str) -> frozenset[str]:
    """Return the words of a text that no sign is set apart at."""
    return frozenset(match.group() for match in whole_words(CHAIN.sub(" ", value)))


def _order(torn: Torn) -> list[int]:
    """Return the offsets of the characters of a chain in their new order, without the blanks that go."""
    value = torn.value
    on: dict[int, list[int]] = {}
    free: set[int] = set()
    # Doubling signs first: vowels go with them, and of two vowels the one that yields comes last.
    for at, sign in sorted(torn.signs, key=lambda place: (value[place[1]] != DOUBLING, value[place[1]] == YIELDING)):
        doubling = value[sign] == DOUBLING
        paired = [owner for owner in sorted(free) if at <= owner <= at + REACH] if _is_apart(torn, sign) else []
        owner = paired[0] if paired and value[sign] in VOWELS else _owner(torn, at, sign)
        free = (free | {owner}) if doubling else free - {owner}
        on.setdefault(owner, []).append(sign)
    order: list[int] = []
    for number, letter in enumerate(torn.letters, 1):
        order += [letter, *sorted(on.get(number, ()))]
        if number in torn.ends:
            order += range(*torn.blanks[number][0])
    return order


def _is_apart(torn: Torn, sign: int) -> bool:
    """Tell whether a blank is before a sign, or before the signs it stands among."""
    return AMONG.search(torn.value, max(0, sign - MOST_SIGNS), sign) is not None


def _owner(torn: Torn, at: int, sign: int) -> int:
    """Return the number of the letter that a sign is on, which is given after the first `at`."""
    if at == len(torn.letters) or not _is_apart(torn, sign):
        return at
    if at in torn.ends:
        return _owner_between(torn, at, sign)
    first, last = torn.word(at)
    if torn.value[sign] == DOUBLING:
        return _doubled(torn.text(first, last), at - first) + first
    return last if torn.value[sign] in ENDINGS else at


def _owner_between(torn: Torn, at: int, sign: int) -> int:
    """Return the number of the letter for a sign between two words."""
    value = torn.value
    glued = value[sign + 1] != " "
    if value[sign] in ENDINGS:
        with_article = ARTICLE.match(torn.text(torn.word(at - 1)[0], at))
        return torn.word(at)[1] if glued or with_article else at
    return at + (glued and value[sign] not in (DOUBLING, "\u064b"))


def _doubled(word: str, at: int) -> int:
    """Return the number of the letter of a word that a doubling sign is on, which is given after the first `at`."""
    if STEM_OF_TWO.fullmatch(word):
        return len(word)
    if word[at] in NEVER_DOUBLE:
        return at
    return at + (word[at - 1] in NEVER_DOUBLE or (word[at] in NARROW and word[at - 1] not in BEFORE_NARROW))
