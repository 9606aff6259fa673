"""Blanks: the ones an extractor put in, and the ones it doubled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.text import Text

WIDE = "\u3000-\u303f\u3220-\u3243\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef“”‘’—…"
TIGHT = re.compile(rf"(?<=[{WIDE}]) +(?=[^ \n])|(?<=[^ \n]) +(?=[{WIDE}])")
LABEL = re.compile(r"(?:^|\n)(?:\[\^[^\]\s]{1,6}\]:|\d{1,3}\.|\(\w{1,4}\)|[㈠-㈩]|(?:E?S-)?\d+/\d+\.?|[IVXL]+\.?|[A-Z]\.)$")
LATIN_QUOTE = re.compile(r"[“”‘’—…]")
LATIN_NEAR = re.compile(r"[A-Za-z,.;:]")
DOUBLED = re.compile(r" {2,}|\f+ *")
OUTER = re.compile(r" +(?=\n|\Z)|(?:(?<=\n)|\A) +")
BEFORE_MARK = re.compile(r"(?<=[^\W_]) +(?=[,;](?:\s|\[\^|$)|[.:](?:\n|\[\^|$))|(?<=[^\W_]) +(?=\.$)|(?<=\() +(?=\w)|(?<=\w) +(?=\)(?:[,;.\s]|$))")
BEFORE_INDICATOR = re.compile(r"(?<=[^\s]) +(?=\[\^[^\]\s]{1,6}\](?!:))")


def single_blanks(text: Text, _language: Language) -> Iterator[Edit]:
    """Write one blank where there are several, and none at either end of a line."""
    edges = [match.span() for match in OUTER.finditer(text.value)]
    taken = {start for start, _ in edges}
    for start, end in edges:
        yield Edit(Span(start, end), "")
    for match in DOUBLED.finditer(text.value):
        if match.start() not in taken:
            yield Edit(Span(*match.span()), " ")


def drop_wide_blanks(text: Text, language: Language) -> Iterator[Edit]:
    """Drop the blanks beside wide characters, which the United Nations does not set.

    Only in a language that joins without blanks. Leaves alone blanks between Latin
    words, those beside quotation marks that stand by a Latin word, and the one after the
    number of a paragraph (AKN.md section 10).
    """
    if not language.joins_without_space:
        return
    value = text.value
    for match in TIGHT.finditer(value):
        left, right = value[match.start() - 1], value[match.end()]
        quoted = LATIN_QUOTE.match(left) or LATIN_QUOTE.match(right)
        latin = quoted and (LATIN_NEAR.match(left) or LATIN_NEAR.match(right))
        if not latin and not LABEL.search(value, max(0, match.start() - 12), match.start()):
            yield Edit(Span(*match.span()), "")


def drop_blanks_at_marks(text: Text, language: Language) -> Iterator[Edit]:
    """Drop the blank an extractor put before a comma, a closing bracket or an indicator.

    Leaves alone languages that set a blank before a mark, and suspended brackets.
    """
    if not language.spaced_marks:
        for match in BEFORE_MARK.finditer(text.value):
            yield Edit(Span(*match.span()), "")
    for match in BEFORE_INDICATOR.finditer(text.value):
        yield Edit(Span(*match.span()), "")
