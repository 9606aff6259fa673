"""What a page of HTML of ours says: its text as pandoc reads it, its anchors and marks as lxml does."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.validate.read_pandoc import read_pandoc
from pipeline.validate.reading import FIRST, Reading, collapse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree


class Page(NamedTuple):
    """A page that was read: `marks` are the printed marks of the notes in its list, in order."""

    reading: Reading
    marks: list[str]


def read_html(data: bytes) -> Page:
    """Read a page. Raises UnreadableError where pandoc refuses it."""
    from lxml import html  # noqa: PLC0415 - only checks need it

    root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    firsts = [(str(link.get("href"))[1:], _text(link)) for link in _links(root, "doc-noteref")]
    reading = read_pandoc(data, "html", {anchor: at for at, (anchor, _) in enumerate(firsts, 1)})
    marked = [FIRST.sub(lambda found: f"⟦{_mark(firsts, found[1])}#{found[1]}⟧", text) for text in reading.paragraphs]
    marks = [_text(link) for link in _links(root, "doc-backlink")]
    return Page(Reading(marked, reading.notes, list(_faults(root))), marks)


def _links(root: etree._Element, role: str) -> list[etree._Element]:
    return [link for link in root.iter("a") if link.get("role") == role]


def _mark(firsts: list[tuple[str, str]], number: str) -> str:
    return firsts[int(number) - 1][1] if int(number) <= len(firsts) else ""


def _text(element: etree._Element) -> str:
    return collapse("".join(map(str, element.itertext())))


def _faults(root: etree._Element) -> Iterator[str]:
    """Yield what is wrong with a page whatever its document: anchors given twice, links that lead nowhere, scripts."""
    anchors = Counter(element.get("id") for element in root.iter("*") if element.get("id"))
    yield from (f"The page has the anchor {anchor} twice." for anchor, count in anchors.items() if count > 1)
    for link in root.iter("a"):
        address = link.get("href") or ""
        if address.startswith("#") and address[1:] not in anchors:
            yield f"A link leads to {address}, which is not in the page."
    yield from (f"The page has an element {found.tag}." for found in root.iter("script", "object", "iframe", "form"))
