"""The runs of a Word file, each of one direction.

In a language written from right to left a run says so itself (`w:rtl`, ECMA-376 part 1,
section 17.3.2.30): Word then takes its font, size and emphasis for complex scripts, and its
signs and blanks run with the script. Symbols, Latin words and what belongs to them are runs
without it. No text is changed, no control character is added.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.languages import Language

SPECIAL = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')
UNWRITABLE = re.compile("[\x00-\x08\x0b\r\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML has no place for, and returns, which it makes line breaks."""
ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": " ", "\n": " ", "\r": " "}

RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""The blocks of Unicode for scripts that are written from right to left, with their signs and digits."""
RIGHT_TO_LEFT = re.compile(f"[{RIGHT}]")
LETTER = re.compile(rf"[^\W\d_{RIGHT}]")
STRETCH = re.compile(rf"{LETTER.pattern}(?:[^{RIGHT}]*[^\W_{RIGHT}])?")
"""From a letter to the last letter or digit before the other script: `A/69/440`, `S/RES/1325 (2000`."""
NUMBER_FIRST = re.compile(r"[\W_]*\d")


class Piece(NamedTuple):
    """A stretch of text in one direction."""

    text: str
    right_to_left: bool


def directed(texts: Sequence[str], language: Language) -> list[list[Piece]]:
    """Cut each of the texts that make up a paragraph where the direction turns.

    The texts are looked at together: a symbol may be in one, and the words around it in its
    neighbours. A paragraph without a letter of a right-to-left script runs from left to right,
    its full stop too.
    """
    if not language.right_to_left:
        return [[Piece(text, right_to_left=False)] for text in texts]
    whole = "".join(texts)
    turns = [at for stretch in _left_to_right(whole) for at in stretch]
    pieces: list[list[Piece]] = []
    start = 0
    for text in texts:
        end = start + len(text)
        cuts = [start, *turns[bisect_right(turns, start) : bisect_left(turns, end)], end]
        # Before the first turn, and after each second one, the text runs from right to left.
        pieces.append([Piece(whole[a:b], bisect_right(turns, a) % 2 == 0) for a, b in pairwise(cuts)])
        start = end
    return pieces


def is_left_to_right(text: str) -> bool:
    """Tell whether a text has letters, and none of a script that is written from right to left."""
    return not RIGHT_TO_LEFT.search(text) and LETTER.search(text) is not None


def is_turned(text: str) -> bool:
    """Tell whether a text would be shown out of order where all around it runs from right to left.

    A number before words from left to right is taken there for one of the other script (UAX 9, rules W7 and N1):
    `23 December 2024` would be shown as `December 2024 23`.
    """
    return NUMBER_FIRST.match(text) is not None and is_left_to_right(text)


def _left_to_right(text: str) -> list[tuple[int, int]]:
    if not RIGHT_TO_LEFT.search(text):
        return [(0, len(text))] if LETTER.search(text) else []
    return [(match.start(), match.end() + _closes(text, match)) for match in STRETCH.finditer(text)]


def _closes(text: str, match: re.Match[str]) -> bool:
    """Tell whether the next character closes a parenthesis that the stretch opened."""
    return text[match.end() : match.end() + 1] == ")" and match[0].count("(") > match[0].count(")")


def escape(text: str) -> str:
    """Return the text for XML; characters XML does not allow are dropped, breaks and tabs become spaces."""
    return SPECIAL.sub(lambda match: ESCAPED.get(match[0], ""), text)


def text_of(text: str) -> str:
    """Return the element of a text in a run."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def run(content: str, style: str = "", *, right_to_left: bool = False) -> str:
    """Return a run of the elements given, in a character style."""
    properties = (f'<w:rStyle w:val="{style}"/>' if style else "") + ("<w:rtl/>" if right_to_left else "")
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"


def runs(pieces: Sequence[Piece], style: str = "") -> str:
    """Return the runs of a text."""
    return "".join(run(text_of(piece.text), style, right_to_left=piece.right_to_left) for piece in pieces if piece.text)


def field(instruction: str, shown: str) -> str:
    """Return a field with the result it shows until Word works it out again."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
