"""The marks that end and join texts, in all languages (FORMAT.md section 4)."""

from __future__ import annotations

ENDS = tuple(".;:,?!。；：，？！…،؛؟")
"""The marks a paragraph ends with, in all languages."""
COMMAS = (",", "，", "،")
COLONS = (":", "：")
SEMICOLONS = (";", "；", "؛")
CLOSERS = "\"'”“’»)）]】》〉」』 \u00a0"
"""What may stand after the mark that ends a paragraph; in some languages the mark “ closes."""


def is_closed(text: str) -> bool:
    """Tell whether a text ends the way a paragraph ends: with a mark, whatever closes after it."""
    return text.rstrip(CLOSERS).endswith(ENDS)
