"""Scanned texts: readings that are doubtful, for an editor to look at.

Before 1994 the texts exist as scans only; of later ones these rules say nothing, for there
the same signs mean what they say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.languages import language
from pipeline.model import Finding, Indicator
from pipeline.text import Span
from pipeline.walk import plain, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Document, Inlines
    from pipeline.text import Repair

SCANNED_BEFORE = "1994"
SHOWN = 60
ORPHAN = re.compile(r"(?:[^\W\d_]|(?<=\d)\d|\))[,;.)”]? (\d{1,3})(?=$|[,;.]| [a-z])|(?:19|20)\d\d(\d{1,3})(?!\d)")
STROKE = r"(?<=[^\W_])[!°*^?]+\d?(?=[ ,;]\D)|(?<=\d)°\W?\d?|(?<=\d{4}),\"(?= [a-z])"
SPECK = r"(?<=[^\W\d_])[:;](?=[^\W\d_])|(?<=[a-z]{4})\.(?= [a-z])|(?<= )_ ?(?=\w)|\\(?=\w)|\*(?=\w)"
ROMAN = r"\([IVX]+[^\WIVXivx\d](?= )|\b[IVX]*I[TL][IVXT]*\b"
SIGNS = (
    (re.compile(STROKE), "may be the indicator of a footnote, or a letter"),
    (re.compile(SPECK), "may be a speck"),
    (re.compile(ROMAN), "may be a Roman numeral misread"),
)


def is_scanned(document: Document) -> bool:
    """Tell whether a text is of the time before there were any but printed ones."""
    return document.masthead.adopted is not None and document.masthead.adopted < SCANNED_BEFORE


def doubtful_signs(document: Document) -> Iterator[Finding]:
    """Find signs that stand where print has none: a stroke for a letter, a degree sign for a figure."""
    if not is_scanned(document):
        return
    for _, inlines in texts(document):
        text = plain(inlines)
        for pattern, reason in SIGNS:
            for match in pattern.finditer(text):
                shown = text[max(0, match.start() - SHOWN // 2) : match.end() + SHOWN // 4]
                message = f"“{match.group()}” in “{shown}” {reason}."
                yield Finding("ocr.sign", "warning", message, _span_at(inlines, match.start()))


def orphan_numbers(document: Document) -> Iterator[Finding]:
    """Find numbers that read as the indicators of footnotes the text has not."""
    if not is_scanned(document):
        return
    ours = language(document.language)
    notes = {id(footnote.inlines) for footnote in document.footnotes}
    for _, inlines in texts(document):
        text = plain(inlines)
        for match in ORPHAN.finditer(text) if id(inlines) not in notes else ():
            number = match[1] or match[2]
            at = match.end() - len(number)
            if match[2] or not ours.counts_on(text[max(0, at - SHOWN) : at], text[match.end() :]):
                shown = text[max(0, at - SHOWN // 2) : match.end()]
                message = f"{number} in “…{shown}” may be the indicator of a footnote that this text has not."
                yield Finding("ocr.number", "warning", message, _span_at(inlines, at))


def _span_at(inlines: Inlines, at: int) -> Span:
    """Return the source range of the inline that character `at` of their text belongs to."""
    for inline in inlines:
        at -= 0 if isinstance(inline, Indicator) else len(inline.text)
        if at < 0:
            return inline.span
    return inlines[-1].span


def hyphens_kept(document: Document, repairs: Sequence[Repair], source: str) -> Iterator[Finding]:
    """Find hyphens at a line's end that may be the printer's."""
    if not is_scanned(document):
        return
    joined = {repair.source.start for repair in repairs if repair.fixer == "join_broken_words"}
    for repair in repairs:
        at = repair.source.start
        if repair.fixer != "join_lines" or repair.new or at < 1 or source[at - 1] != "-" or at - 1 in joined:
            continue
        left = re.search(r"(?<![\w-])[\w-]*$", source[max(0, at - SHOWN) : at])
        right = re.match(r"\s*([^\W\d_]*)", source[at : at + SHOWN])
        if left and right and right[1].islower():
            message = f"The hyphen in “{left.group()}{right[1]}” stood at a line’s end; it may be the printer’s."
            yield Finding("ocr.hyphen", "note", message, Span(at - 1, at))
