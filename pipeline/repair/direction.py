"""Lines of a right-to-left text, put in the order in which they are read.

Extractors give them as they are printed, or half so (FORMAT.md section 2.2, Arabic). What an
extractor did is told by the text itself; every line is carried out as a move of its own characters.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.bidi import characters, printed, read, stretches
from pipeline.languages import COMMAS
from pipeline.repair.page import lines
from pipeline.repair.runs import is_in_runs, read_runs
from pipeline.text import Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.text import Text

EMBEDDED = re.compile("\u202b[^\u202b\u202c]*\u202c")
WHOLE_LINE = re.compile(r"[^\n\f]+")
LINE = re.compile(r"\S(?:[^\n\f]*\S)?")

FIRST_COMMA = re.compile("[،,] ?")
STRAY_SIGN = re.compile("(?<![\u0621-\u0652])\u064b(?=[\u0621-\u064a])")
BARE_END = re.compile("(?<=[\u0621-\u064a]{2}[\u0621-\u0646\u0648-\u064a]\u0627)(?= *\n)")
"""The end of a word that may end in -an, which a pronoun (`ها`) may not."""
NEAR = 900
"""A sign is no further from its word than some lines."""
PRINTED_FORM = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
NEVER_FIRST = re.compile("(?<![\u0621-\u0652])[\u0629\u0649][\u0621-\u064a]")
ONLY_LAST = re.compile("[\u0621-\u064a][\u0629\u0649](?![\u0621-\u0652])")
"""Two letters that only end words: where more words begin with them, the letters are reversed."""


def order_embedded(text: Text, language: Language) -> Iterator[Move]:
    """Put in reading order the lines whose order direction controls tell.

    Such a line has all its letters inside embeddings, and so is printed as they say.
    Leaves alone lines with letters outside of them, where a control is only a hint to the display.
    """
    value = text.value
    if not language.right_to_left or not EMBEDDED.search(value):
        return
    for match in LINE.finditer(value):
        if (line := printed(value, *match.span())) is not None:
            yield from _moved(value, match.start(), read(value, line))


def order_runs(text: Text, language: Language) -> Iterator[Move]:
    """Put in reading order the lines whose runs stand as they are printed, each read rightly by itself.

    Leaves alone a text whose numbers stand apart from the words before them, as in all others.
    """
    value = text.value
    if not language.right_to_left or not is_in_runs(value):
        return
    right = True
    for match in WHOLE_LINE.finditer(value):
        order, right = read_runs(value, *match.span(), right=right)
        yield from _moved(value, match.start(), order)


def order_reversed(text: Text, language: Language) -> Iterator[Move]:
    """Put in reading order the lines of a text whose letters stand as they are printed, from left to right.

    Leaves alone a text in which more words end than begin with the letters that only end words.
    """
    value = text.value
    if not language.right_to_left or not is_reversed(value):
        return
    for match in LINE.finditer(value):
        yield from _moved(value, match.start(), read(value, list(characters(value, *match.span()))))


def is_reversed(value: str) -> bool:
    """Tell whether the letters of words stand in reverse."""
    value = unicodedata.normalize("NFKC", value) if PRINTED_FORM.search(value) else value
    return len(NEVER_FIRST.findall(value)) > len(ONLY_LAST.findall(value))


def _moved(value: str, start: int, order: Sequence[int]) -> Iterator[Move]:
    """Propose to carry characters to where a line starts; nothing where they are in order."""
    if any(after < before for before, after in pairwise(order)):
        yield Move(tuple(stretches(value, order)), start)


def end_enacting(text: Text, language: Language) -> Iterator[Move]:
    """Carry the comma of an enacting line, set before it or on a line of its own above it, to its end.

    Leaves alone every other line that begins with a comma: it may be the end of any other.
    """
    if not language.right_to_left:
        return
    page = lines(text.value)
    for above, line in zip([None, *page], page, strict=False):
        comma = FIRST_COMMA.match(line.text)
        words = line.text[comma.end() :] if comma else line.text
        if words.endswith(COMMAS) or not (language.is_enacting(words) or language.enacting_spaced(words)):
            continue
        if comma:
            yield Move((Span(line.start, line.start + 1),), line.end, 0.9)
        elif above and above.text in COMMAS:
            yield Move((Span(above.start, above.end),), line.end, 0.9)


def return_signs(text: Text, language: Language) -> Iterator[Move]:
    """Carry a sign for the ending -an, which stands before a word's first letter, to the word it was printed on.

    That is the next whose last letter, an alef, ends a line. Leaves alone a sign for which there
    is none near, and all signs that follow a letter.
    """
    if not language.right_to_left or not is_in_runs(text.value):
        return
    done = 0
    for match in STRAY_SIGN.finditer(text.value):
        word = BARE_END.search(text.value, max(done, match.end()), match.end() + NEAR)
        if word:
            done = word.end()
            yield Move((Span(*match.span()),), word.end(), 0.7)
