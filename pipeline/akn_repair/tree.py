"""Moving elements without losing the text around them, which lxml keeps with the element before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def put_after(place: etree._Element, element: etree._Element) -> None:
    """Put an element after another one, on a line of its own where that one is."""
    parent = place.getparent()
    if parent is not None:
        before = place.getprevious()
        indent = parent.text if before is None else before.tail
        parent.insert(parent.index(place) + 1, element)
        element.tail = place.tail
        if element.getnext() is None and not (place.tail or "").strip() and not (indent or "").strip():
            place.tail = indent


def remove(element: etree._Element) -> None:
    """Take an element out; the text after it stays."""
    parent = element.getparent()
    if parent is not None:
        _give(element, element.tail or "")
        element.tail = None
        parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    _give(element, element.text or "")
    element.text = None
    at = parent.index(element)
    for child in reversed(element):
        parent.insert(at, child)
    remove(element)


def _give(element: etree._Element, text: str) -> None:
    """Add a text to what stands before an element."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text
