"""Fixers of text: white space, the form of letters, and numbers that stand in the wrong element. No word changes."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.akn_repair.change import Change
from pipeline.akn_repair.tree import remove, unwrap
from pipeline.numbers import PARAGRAPH, canonical
from pipeline.validate.akn_rules.akn_file import BLOCK_TAGS, META_TAG, NOTE_TAG, line_of, name_of, text_of
from pipeline.validate.akn_rules.text import ARTICLE, BETWEEN_HAN, CELLS, HELD, language_of
from pipeline.validate.akn_rules.vocabulary import AKN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.validate.akn_rules.akn_file import AknFile

TAB = re.compile(r"[ \t]*\t[ \t]*")
NUMBER = re.compile(rf"\s*(?P<printed>{PARAGRAPH})\s*")
PHRASES = frozenset(AKN + name for name in ("span", "b", "i"))
INNER = BLOCK_TAGS | {META_TAG, NOTE_TAG}
SHOWN = 40


def straighten(file: AknFile) -> Iterator[Change]:
    """Write a blank for tabs between words and nothing for those at the beginning, and letters in form C."""
    for element, _ in file.blocks:
        yield from _rewritten("straighten", element, _straight)


def close_blanks(file: AknFile) -> Iterator[Change]:
    """Close blanks between Chinese characters, where a language is written without them."""
    for element, text in file.blocks if _is_closed(file) else ():
        if BETWEEN_HAN.search(text, _after_number(text)):
            yield from _rewritten("close_blanks", element, _closed)


def lift_numbers(file: AknFile) -> Iterator[Change]:
    """Put the number at the beginning of a text into `num`, where it follows that of the paragraph before."""
    last: dict[etree._Element | None, int] = {}
    for paragraph in file.all("paragraph"):
        parent, num = paragraph.getparent(), paragraph.find(f"{AKN}num")
        if num is not None:
            printed = canonical(text_of(num))
            last[parent] = int(printed) if printed.isdecimal() else 0
            continue
        lead = _lead(paragraph.find(f"{AKN}content/{AKN}p"))
        match = NUMBER.match(lead.text or "") if lead is not None else None
        if (
            lead is None
            or match is None
            or not last.get(parent)
            or canonical(match["printed"]) != str(last[parent] + 1)
        ):
            continue
        last[parent] += 1
        lead.text = (lead.text or "")[match.end() :]
        num = etree.Element(f"{AKN}num")
        num.text, num.tail = match["printed"], paragraph.text
        paragraph.insert(0, num)
        yield Change("lift_numbers", line_of(paragraph), "num", "", num.text)


def join_numbers(file: AknFile) -> Iterator[Change]:
    """Join a paragraph that is a number and nothing else with the next one, which has none."""
    for paragraph in file.all("paragraph"):
        num, after = paragraph.find(f"{AKN}num"), paragraph.getnext()
        if num is None or after is None or after.tag != paragraph.tag or after.find(f"{AKN}num") is not None:
            continue
        if text_of(paragraph) == text_of(num) and not any(True for _ in paragraph.iter(*(AKN + held for held in HELD))):
            yield Change("join_numbers", line_of(paragraph), "num", "", text_of(num))
            after.insert(0, num)
            remove(paragraph)


def drop_empty(file: AknFile) -> Iterator[Change]:
    """Drop paragraphs, headings and titles without text, and what only held them."""
    for name in ("docTitle", "heading", "crossHeading", "p"):
        for element in file.all(name):
            parent = element.getparent()
            if parent is None or parent.tag in CELLS or text_of(element):
                continue
            if next(element.iter(*(AKN + held for held in HELD)), None) is None and _may_go(element):
                yield Change("drop_empty", line_of(element), name_of(element), "", "")
                remove(element)


def unlink(file: AknFile) -> Iterator[Change]:
    """Write blanks in a URL as %20; of a link to nowhere keep the words alone."""
    for link in file.links:
        if name_of(link.element) != "a":
            continue
        if link.value in {"", "about:blank"}:
            yield Change("unlink", line_of(link.element), "a", link.value, "")
            unwrap(link.element)
        elif re.search(r"\s", link.value.strip()) or link.value != link.value.strip():
            url = re.sub(r"\s+", "%20", link.value.strip())
            yield Change("unlink", line_of(link.element), "a/@href", link.value, url)
            link.element.set("href", url)


def _straight(text: str, at_start: bool) -> str:  # noqa: FBT001 - what is written is told with where it stands
    leading = TAB.match(text) if at_start else None
    return unicodedata.normalize("NFC", TAB.sub(" ", text[leading.end() :] if leading else text))


def _closed(text: str, at_start: bool) -> str:  # noqa: FBT001 - as above
    begin = _after_number(text) if at_start else 0
    while match := BETWEEN_HAN.search(text, begin):
        text = text[: match.start(1)] + text[match.end(1) :]
        begin = match.start()
    return text


def _after_number(text: str) -> int:
    number = ARTICLE.match(text)
    return number.end() if number else 0


def _is_closed(file: AknFile) -> bool:
    words = language_of(file)
    return words is not None and words.joins_without_space


def _rewritten(fixer: str, block: etree._Element, write: Callable[[str, bool], str]) -> Iterator[Change]:
    """Write the text of a block anew, piece by piece; the blocks in it are written when it is their turn."""
    begun = False
    for element, is_tail in _pieces(block):
        old = (element.tail if is_tail else element.text) or ""
        begun = begun or (is_tail and element.tag == NOTE_TAG)
        new = write(old, not begun)
        begun = begun or bool(old.strip())
        if new != old:
            if is_tail:
                element.tail = new
            else:
                element.text = new
            yield Change(fixer, line_of(element), name_of(block), old.strip()[:SHOWN], new.strip()[:SHOWN])


def _pieces(block: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Yield where the text of a block stands: (element, whether it is the text after it)."""
    yield block, False
    for child in block:
        if str(child.tag).startswith("{") and child.tag not in INNER:
            yield from _pieces(child)
        yield child, True


def _lead(block: etree._Element | None) -> etree._Element | None:
    """Return the element whose text is the first of a block: the block, or the phrase it begins with."""
    if block is None or (block.text or "").strip():
        return block
    first = next(iter(block), None)
    return first if first is not None and first.tag in PHRASES else None


def _may_go(element: etree._Element) -> bool:
    """Tell whether what an element stands in is still something without it."""
    parent = element.getparent()
    return parent is not None and (len(parent) > 1 or name_of(element) != "p")
