"""Whether an extracted text still has its words in the order of reading, and all their letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.bidi import reading_of_digits
from pipeline.languages import language
from pipeline.model import Finding, OperativeParagraph, Paragraph, PreambularParagraph, Unclassified
from pipeline.text import CERTAIN, Span
from pipeline.walk import plain, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Block, Document
    from pipeline.text import Repair

DISPLACED = re.compile("^[،؛.]|[؀-ۿ]وإذ |[)][\u0621-\u064a]")
"""A mark before its word, a paragraph's opening at the end of a word: pieces of print in reverse."""
TORN_OPENING = re.compile("[\u0621-\u0652] ?وإذ [\u0621-\u064a]")
CROSSED = re.compile(rf"^(?:[،؛.)\u064b-\u0652]|[»”](?![\u0621-\u064a]))|{TORN_OPENING.pattern}")
"""The same in a paragraph: such an opening follows a mark, wherever it stands in a sentence.

No paragraph begins with a vowel sign; a quotation may open with the mark that closes those of others.
"""
FEW, SOME = 0.03, 0.05
SOME_WORDS = 0.001
"""Openings inside a sentence for each word of the text: those that the best texts have are fewer."""
LOST = 0.01
"""Words that are none for each word of the text."""


def doubtful_order(document: Document, repairs: Sequence[Repair], source: str) -> Iterator[Finding]:
    """Find a text from right to left whose lines stand in pieces, the last before the first.

    They cannot be put together again: a piece that begins with a comma may follow any other. Where lines were
    put in order, what their paragraphs still have out of order tells.
    """
    if not language(document.language).right_to_left:
        return
    reversed_letters = any(repair.fixer == "order_reversed" for repair in repairs)
    ordered = any(repair.fixer.startswith("order_") for repair in repairs)
    lines = [line for line in source.splitlines() if line.strip()]
    displaced = sum(DISPLACED.search(line) is not None for line in lines)
    texts = list(_texts(document.blocks))
    crossed = sum(CROSSED.search(text) is not None for text in texts)
    torn = sum(len(TORN_OPENING.findall(text)) for text in texts)
    words = sum(text.count(" ") + 1 for text in texts)
    # One may be the text's own, however short it is.
    inside = (crossed > 1 and crossed > SOME * len(texts)) or (torn > 1 and torn > SOME_WORDS * words)
    if reversed_letters or (not ordered and displaced > FEW * len(lines)) or inside:
        message = (
            "The lines of this text stand in pieces in the order of the page, not of reading: parts of sentences are "
            "in wrong places. Compare it with the PDF, or extract it again with pdftotext."
        )
        yield Finding("source.order", "error", message, Span(0, 0))


def doubtful_digits(document: Document) -> Iterator[Finding]:
    """Find a text from right to left some of whose numbers in Arabic digits read as years backwards only."""
    if not language(document.language).right_to_left:
        return
    if reading_of_digits("\n".join(plain(inlines) for _, inlines in texts(document))) in {"backward", "doubtful"}:
        message = (
            "The digits of some numbers may stand in reverse (٥٧٩١ for 1975), but too few do, or others do not. All "
            "were left. Compare the numbers with the PDF."
        )
        yield Finding("source.digits", "warning", message, Span(0, 0))


def decoded_font(repairs: Sequence[Repair]) -> Iterator[Finding]:
    """Find a text whose letters are those of a font that an extractor knew only the code of."""
    words = [repair for repair in repairs if repair.fixer == "decode_fonts"]
    if words:
        doubtful = sum(repair.confidence < CERTAIN for repair in words)
        message = (
            f"The extractor gave the code of a font for its letters: {len(words)} words were written anew, by what "
            f"words the language has, {doubtful} of them in doubt. Compare the text with the PDF, commas above all."
        )
        yield Finding("source.font", "warning", message, Span(0, 0))


def lost_letters(document: Document, repairs: Sequence[Repair]) -> Iterator[Finding]:
    """Find a text in which many letters stand alone that are no words, or one was put back: those beside were lost."""
    back = sum(repair.fixer == "restore_lost" for repair in repairs)
    if back:
        message = (
            f"The extractor lost a letter of many words: it was put back at {back} places, by what the dictionary has, "
            "and may be missing at others. Compare the text with the PDF, or convert the PDF itself."
        )
        yield Finding("source.letters", "error", message, Span(0, 0))
    lone = language(document.language).words.get("lone")
    if lone is None:
        return
    texts = list(_texts(document.blocks))
    count = sum(len(re.findall(lone, text)) for text in texts)
    if not back and count > LOST * sum(text.count(" ") + 1 for text in texts):
        message = (
            f"{count} letters stand alone that are no words: the extractor lost those beside them. Compare the text "
            "with the PDF, or convert the PDF itself."
        )
        yield Finding("source.letters", "error", message, Span(0, 0))


def _texts(blocks: Sequence[Block | Paragraph]) -> Iterator[str]:
    """Yield the texts of the body's paragraphs and of their items."""
    for block in blocks:
        if isinstance(block, PreambularParagraph | OperativeParagraph | Paragraph | Unclassified):
            yield plain(block.inlines)
            yield from _texts(getattr(block, "children", ()))
