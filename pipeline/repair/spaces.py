"""Blanks: the ones an extractor put in, and the ones it doubled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.repair.characters import BOUND, NO_BREAK
from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.text import Text

WIDE = re.compile("[\u3000-\u303f\u3220-\u3243\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef“”‘’—…]")
INNER = re.compile(r"(?<! ) ++(?=[^ \n])")
LABEL = re.compile(
    r"(?:^|\n)(?:\[\^[^\]\s]{1,6}\]:|\d{1,3}\.|\(\w{1,4}\)|[㈠-㈩①-⑳]|(?:E?S-)?\d+/\d+\.?|[IVXL]+\.?|[A-Z]\.)$"
)
LONGEST_LABEL = 12
LATIN_QUOTE = re.compile(r"[“”‘’—…]")
LATIN_NEAR = re.compile(r"[A-Za-z,.;:]")
DOUBLED = re.compile(r"(?<=\S) {2,}(?=\S)")
OUTER = re.compile(r"[ \f]+(?=\n|\Z)|(?:(?<=\n)|\A)[ \f]+")
CLOSERS = frozenset(")]”’»")
BEFORE_MARK = re.compile(r"(?<! ) ++(?=[,;،؛](?:\s|\[\^|$)|[.:](?:\n|\[\^|$)|\)(?:[,;.،؛\s]|$))")
BEFORE_COMMA = re.compile(r"(?<! ) ++(?=,(?:\s|\[\^|$)|\.(?:\n|\[\^|$)|\)(?:[,;.\s]|$))")
BEFORE_CLOSER = re.compile(r"(?<=[^\s“«]) (?=”(?:[\s,;.:)\]]|\[\^|$))|(?<=[^\W\d_]) (?=’s\b)")
AFTER_INDICATOR = re.compile(r"(?<=\]) +(?=\. )")
INDICATED = re.compile(r"(?P<before>.)(?:\[\^[^\]\s]{1,6}\])+$")
BEFORE_INDICATOR = re.compile(r"(?<! ) ++(?=\[\^[^\]\s]{1,6}\](?!:))")
AFTER_BRACKET = re.compile(r"\( +(?=\w)")


def single_blanks(text: Text, _language: Language) -> Iterator[Edit]:
    """Write one blank where a line has several between its words.

    Leaves alone the blanks a line begins with, which may tell of a paragraph.
    """
    for match in DOUBLED.finditer(text.value) if "  " in text.value else ():
        yield Edit(Span(*match.span()), " ")


def trim_lines(text: Text, _language: Language) -> Iterator[Edit]:
    """Drop the blanks and page breaks at either end of a line."""
    value = f"\n{text.value}\n"
    if not any(edge in value for edge in (" \n", "\n ", "\f")):
        return
    for match in OUTER.finditer(text.value):
        yield Edit(Span(*match.span()), "")


def drop_wide_blanks(text: Text, language: Language) -> Iterator[Edit]:
    """Drop the blanks beside wide characters, which the United Nations does not set.

    Only in a language that joins without blanks. Leaves alone blanks between Latin
    words, those beside quotation marks that stand by a Latin word, and the one after the
    number of a paragraph (AKN.md section 10).
    """
    if not language.joins_without_space:
        return
    value = text.value
    for match in INNER.finditer(value):
        left, right = value[match.start() - 1 : match.start()], value[match.end()]
        noted = left == "]" and INDICATED.search(value, max(0, match.start() - 24), match.start())
        if noted and WIDE.match(noted["before"]):
            yield Edit(Span(*match.span()), "")
            continue
        if not (WIDE.match(left) or (WIDE.match(right) and left not in {"", "\n"})):
            continue
        quoted = LATIN_QUOTE.match(left) or LATIN_QUOTE.match(right)
        latin = quoted and (LATIN_NEAR.match(left) or LATIN_NEAR.match(right))
        if not latin and not _is_after_label(value, match.start()):
            yield Edit(Span(*match.span()), "")


def _is_after_label(value: str, at: int) -> bool:
    before = max(0, at - LONGEST_LABEL)
    return (not before or "\n" in value[before:at]) and LABEL.search(value, before, at) is not None


def drop_blanks_at_marks(text: Text, language: Language) -> Iterator[Edit]:
    """Drop the blank an extractor put before a comma, a closing bracket or quotation mark, `’s`, or an indicator.

    And before the ending of a month's first day ("1 er juillet"). Leaves alone the blanks before `;` and `:` in a
    language that sets them, suspended brackets, and such an ending where no month follows.
    """
    value = text.value
    for match in (BEFORE_COMMA if language.spaced_marks else BEFORE_MARK).finditer(value):
        before = value[match.start() - 1 : match.start()]
        if before.isalnum() or before in CLOSERS:
            yield Edit(Span(*match.span()), "")
    for match in BEFORE_CLOSER.finditer(value) if " ”" in value or " ’" in value else ():
        yield Edit(Span(*match.span()), "")
    for match in AFTER_INDICATOR.finditer(value) if "] " in value else ():
        if INDICATED.search(value, max(0, match.start() - 24), match.start()):
            yield Edit(Span(*match.span()), "")
    for match in AFTER_BRACKET.finditer(value):
        yield Edit(Span(match.start() + 1, match.end()), "")
    for match in BEFORE_INDICATOR.finditer(value) if " [^" in value else ():
        if match.start() and not value[match.start() - 1].isspace():
            yield Edit(Span(*match.span()), "")
    for match in re.finditer(language.words["first_day"], value) if "first_day" in language.words else ():
        yield Edit(Span(*match.span()), "")


def bind_marks(text: Text, language: Language) -> Iterator[Edit]:
    """Set a no-break space before `; : ! ? »` and after `«`, so that no program begins a line with the mark.

    Only in a language that sets a blank there (FORMAT.md section 2.2). Leaves alone a mark that has none:
    before 2001 the United Nations set it close.
    """
    for match in BOUND.finditer(text.value) if language.spaced_marks else ():
        yield Edit(Span(*match.span()), NO_BREAK)
