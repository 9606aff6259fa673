"""Arabic digits of the 1990s, which stand in reverse (FORMAT.md section 2.5, "ar 1990s")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.bidi import DIGITS, reading_of_digits
from pipeline.text import Move, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.text import Text


def order_digits(text: Text, language: Language) -> Iterator[Move]:
    """Put the digits of Arabic numbers in the order of reading (`٥٧٩١` is 1975), where all of them are in reverse.

    The years and the round numbers of the text tell. Leaves alone digits of other scripts, the order of numbers that
    a stroke joins, and a text whose numbers do not agree, for a finding (`pipeline/validate/order.py`).
    """
    if not language.right_to_left or reading_of_digits(text.value) != "backward":
        return
    for match in DIGITS.finditer(text.value):
        if match.group() != match.group()[::-1]:
            start, end = match.span()
            yield Move(tuple(Span(at, at + 1) for at in reversed(range(start, end))), start, 0.9)
