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
from pipeline.validate.akn_rules.text import ARTICLE, CELLS, HELD, language_of
from pipeline.validate.akn_rules.vocabulary import AKN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.validate.akn_rules.akn_file import AknFile

TAB = re.compile(r"(?<![ \t])[ \t]*\t[ \t]*")
BLANKS = re.compile("(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
NUMBER = re.compile(rf"\s*(?P<printed>{PARAGRAPH})\s*")
PHRASES = frozenset(AKN + name for name in ("span", "b", "i"))
INNER = BLOCK_TAGS | {META_TAG, NOTE_TAG}
NOWHERE = ("about:", "file:")
"""Where such links lead, the place they were written at, nobody else can follow."""
SHOWN = 40


def straighten(file: AknFile) -> Iterator[Change]:
    """Write a blank for tabs between words and nothing for those at the beginning, and letters in form C."""
    for block, _ in file.blocks:
        begun = False
        for element, is_tail in _pieces(block):
            begun = begun or (is_tail and element.tag == NOTE_TAG)
            old = _piece(element, is_tail=is_tail)
            leading = None if begun else TAB.match(old)
            new = unicodedata.normalize("NFC", TAB.sub(" ", old[leading.end() :] if leading else old))
            begun = begun or bool(old.strip())
            if new != old:
                yield _write(
                    element, new, Change("straighten", line_of(block), name_of(block), old, new), is_tail=is_tail
                )


def close_blanks(file: AknFile) -> Iterator[Change]:
    """Close blanks between Chinese characters, where a language is written without them."""
    words = language_of(file)
    for block, text in file.blocks if words is not None and words.joins_without_space else ():
        number = ARTICLE.match(text)
        blanks = {at for match in BLANKS.finditer(text, number.end() if number else 0) for at in range(*match.span())}
        start = 0
        for element, is_tail in _pieces(block) if blanks else ():
            start += is_tail and element.tag == NOTE_TAG  # which is one sign of the text
            old = _piece(element, is_tail=is_tail)
            new = "".join(character for at, character in enumerate(old, start) if at not in blanks)
            start += len(old)
            if new != old:
                yield _write(
                    element, new, Change("close_blanks", line_of(block), name_of(block), old, new), is_tail=is_tail
                )


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
        if link.value == "" or link.value.startswith(NOWHERE):
            yield Change("unlink", line_of(link.element), "a", link.value, "")
            unwrap(link.element)
        elif re.search(r"\s", link.value.strip()) or link.value != link.value.strip():
            url = re.sub(r"\s+", "%20", link.value.strip())
            yield Change("unlink", line_of(link.element), "a/@href", link.value, url)
            link.element.set("href", url)


def _piece(element: etree._Element, *, is_tail: bool) -> str:
    return (element.tail if is_tail else element.text) or ""


def _write(element: etree._Element, text: str, change: Change, *, is_tail: bool) -> Change:
    if is_tail:
        element.tail = text
    else:
        element.text = text
    return change._replace(old=change.old.strip()[:SHOWN], new=change.new.strip()[:SHOWN])


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
