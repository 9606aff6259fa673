"""Fixers of structure: parts that the schema does not have, or has elsewhere. Every text keeps its place."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.akn_repair.change import Change, added, set_attribute
from pipeline.akn_repair.tree import put_after, remove, unwrap
from pipeline.numbers import canonical
from pipeline.validate.akn_rules.akn_file import line_of, name_of, text_of, within
from pipeline.validate.akn_rules.vocabulary import AKN, HIERARCHY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.validate.akn_rules.akn_file import AknFile

TEXT = frozenset(AKN + name for name in ("p", "num", "heading", "span"))
TITLE = f"{AKN}docTitle"
LONGEST_NAME = 60


def join_bodies(file: AknFile) -> Iterator[Change]:
    """Put what a second preamble and a second main body hold into the first main body, where it stands in the text.

    Sections with preambular paragraphs of their own are published so; the schema has one of each.
    """
    for document in file.all("statement"):
        body = document.find(f"{AKN}mainBody")
        following = [] if body is None else takewhile(_is_of_bodies, list(body.itersiblings(etree.Element)))
        for part in following:
            yield Change("join_bodies", line_of(part), name_of(part), "", "moved into mainBody")
            for child in list(part):
                if body is not None:
                    body.append(child)
            remove(part)


def unwrap_numbers(file: AknFile) -> Iterator[Change]:
    """Take the number of a section out of the paragraph it stands in alone; the subheading after it is its heading."""
    for num in file.all("num"):
        block = num.getparent()
        section = None if block is None else block.getparent()
        if block is None or section is None or block.tag != f"{AKN}p" or name_of(section) not in HIERARCHY:
            continue
        if text_of(block) == text_of(num) and len(block) == 1 and section[0] is block:
            yield Change("unwrap_numbers", line_of(num), "p", text_of(num), "num")
            unwrap(block)
            heading = section.find(f"{AKN}subheading")
            if heading is not None and section.find(f"{AKN}heading") is None:
                yield Change("unwrap_numbers", line_of(heading), "subheading", text_of(heading), "heading")
                heading.tag = f"{AKN}heading"


def _is_of_bodies(element: etree._Element) -> bool:
    return element.tag in {f"{AKN}preamble", f"{AKN}mainBody"}


def lift_paragraphs(file: AknFile) -> Iterator[Change]:
    """Make a paragraph of the last item of the one before, where its number is the one that is missing between two."""
    before, after = _neighbours(file)
    for point in file.all("point"):
        num, paragraph = point.find(f"{AKN}num"), within(point, "paragraph")
        printed = "" if num is None else canonical(text_of(num))
        if paragraph is None or not printed.isdecimal():
            continue
        if (before[paragraph], after[paragraph]) == (int(printed) - 1, int(printed) + 1) and _is_last(point, paragraph):
            yield Change(
                "lift_paragraphs", line_of(point), "point", text_of(num) if num is not None else "", "paragraph"
            )
            parent = point.getparent()
            put_after(paragraph, point)
            point.tag = paragraph.tag
            while parent is not None and parent is not paragraph and not len(parent):
                emptied, parent = parent, parent.getparent()
                remove(emptied)


def _neighbours(file: AknFile) -> tuple[dict[etree._Element, int], dict[etree._Element, int]]:
    """Return the last number up to each paragraph, and the first one after it, among those beside it; 0 for none."""
    before: dict[etree._Element, int] = {}
    after: dict[etree._Element, int] = {}
    last: dict[etree._Element | None, int] = {}
    coming: dict[etree._Element | None, int] = {}
    for paragraph in file.all("paragraph"):
        last[paragraph.getparent()] = _number(paragraph) or last.get(paragraph.getparent(), 0)
        before[paragraph] = last[paragraph.getparent()]
    for paragraph in reversed(file.named.get("paragraph", [])):
        after[paragraph] = coming.get(paragraph.getparent(), 0)
        coming[paragraph.getparent()] = _number(paragraph) or after[paragraph]
    return before, after


def _number(paragraph: etree._Element) -> int:
    num = paragraph.find(f"{AKN}num")
    printed = "" if num is None else canonical(text_of(num))
    return int(printed) if printed.isdecimal() else 0


def _is_last(element: etree._Element, paragraph: etree._Element) -> bool:
    """Tell whether nothing follows an element in its paragraph."""
    while element is not paragraph:
        parent = element.getparent()
        if parent is None or element.getnext() is not None:
            return False
        element = parent
    return True


def plain_headings(file: AknFile) -> Iterator[Change]:
    """Make a heading inside a paragraph of text a phrase of it, with the name of what it was as its class.

    A subheading among cross headings is one of them.
    """
    for name in ("heading", "subheading"):
        for heading in file.all(name):
            parent, before = heading.getparent(), heading.getprevious()
            if name == "subheading" and before is not None and before.tag == f"{AKN}crossHeading":
                yield Change("plain_headings", line_of(heading), name, "", "crossHeading")
                heading.tag = f"{AKN}crossHeading"
            if parent is None or parent.tag not in TEXT:
                continue
            yield Change("plain_headings", line_of(heading), name, "", "span")
            heading.tag = f"{AKN}span"
            heading.set("class", " ".join(filter(None, (heading.get("class"), name))))
            if heading.get("eId") is not None:
                yield set_attribute("plain_headings", heading, "eId", None)


def part_preface(file: AknFile) -> Iterator[Change]:
    """Make the end of a cover page the preface that a resolution lacks: from its number on, where that is a title.

    So the Security Council prints them. A title that is no number is that of the cover page.
    """
    for document in file.all("statement"):
        cover = document.find(f"{AKN}coverPage")
        if cover is None or document.find(f"{AKN}preface") is not None:
            continue
        blocks = list(cover)
        first = next((at for at, block in enumerate(blocks) if any(map(_is_number, block.iter(TITLE)))), 0)
        if not first:
            continue
        preface = etree.Element(f"{AKN}preface", {"eId": "preface"})
        preface.text = cover.text
        put_after(cover, preface)
        for block in blocks[first:]:
            preface.append(block)
        yield added("part_preface", preface)


def _is_number(title: etree._Element) -> bool:
    return (title.get("refersTo") or "").lstrip("#") == "resolutionNumber"


def name_containers(file: AknFile) -> Iterator[Change]:
    """Name a preambular paragraph by the phrase it begins with, where that is marked."""
    for preamble in file.all("preamble"):
        for container in preamble.iterfind(f"{AKN}container"):
            block = container.find(f"{AKN}p")
            if (container.get("name") or "").strip() or block is None or (block.text or "").strip():
                continue
            phrase = next(iter(block), None)
            words = "" if phrase is None or phrase.tag != f"{AKN}span" else " ".join(text_of(phrase).split())
            if words and len(words) <= LONGEST_NAME:
                yield set_attribute("name_containers", container, "name", words.rstrip(" ,，،:"))


def refer_to_whole(file: AknFile) -> Iterator[Change]:
    """Give a text that is adopted within a resolution its references: the resolution it is a part of."""
    for frbr in file.identifications:
        meta, document = frbr.element.getparent(), frbr.document
        if frbr.is_attached or meta is None or document is None or meta.find(f"{AKN}references") is not None:
            continue
        parent = document.getparent()
        if parent is None or parent.tag != f"{AKN}component":
            continue
        shown = frbr.value("Work", "number", "showAs") or frbr.value("Work", "number")
        references = etree.Element(f"{AKN}references", {"source": frbr.element.get("source") or ""})
        facts = {"eId": "attachmentOf_1", "href": frbr.work.rstrip("/"), "showAs": shown}
        etree.SubElement(references, f"{AKN}attachmentOf", facts)
        publication = meta.find(f"{AKN}publication")
        put_after(frbr.element if publication is None else publication, references)
        yield added("refer_to_whole", references)
