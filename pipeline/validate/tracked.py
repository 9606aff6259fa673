"""The tracked changes of a Word file, rejected: what is left is the source (law 5).

Written apart from the writer, by what ECMA-376 part 1, section 17.13.5, says of each change.
"""

from __future__ import annotations

import io
import re
import zipfile
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    Element = Any  # lxml's elements, which its stubs keep private

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOT_IN_XML = re.compile("[\x00-\x08\x0b\r\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What a Word file has no place for: control characters, and returns."""
AROUND = 40


def rejected(data: bytes) -> str:
    """Return the text of a Word file with all its changes rejected, a line a paragraph."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        root = etree.fromstring(file.read("word/document.xml"))
    body: Element = root.find(f"{W}body")
    text = "".join(part for child in body for part in _block(child))
    return text.removesuffix("\n")


def writable(source: str) -> str:
    """Return as much of a source as a Word file can hold."""
    return NOT_IN_XML.sub("", source)


def difference(found: str, wanted: str) -> str:
    """Tell where two texts differ first; "" where they do not."""
    if found == wanted:
        return ""
    at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(found, wanted, strict=False)))
    return f"{found[at : at + AROUND]!r} where {wanted[at : at + AROUND]!r} should be"


def _block(element: Element) -> Iterator[str]:
    """Yield the text of a paragraph, with its end unless that is inserted, or of the rows of a table that are not."""
    if element.tag == f"{W}p":
        yield from _inline(element)
        if element.find(f"{W}pPr/{W}rPr/{W}ins") is None:
            yield "\n"
    elif element.tag != f"{W}tr" or element.find(f"{W}trPr/{W}ins") is None:
        for child in element:
            yield from _block(child)


def _inline(element: Element) -> Iterator[str]:
    for child in element:
        match child.tag.removeprefix(W):
            case "t" | "delText":
                yield child.text or ""
            case "tab":
                yield "\t"
            case "br":
                yield "\f" if child.get(f"{W}type") == "page" else "\n"
            case "ins" | "instrText" | "pPr" | "rPr":
                pass
            case _:
                yield from _inline(child)
