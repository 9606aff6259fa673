"""Rules 2 of AKN.md section 12: what an attribute points to is there, and is of the class the attribute asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.validate.akn_rules.akn_file import Hit, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from pipeline.validate.akn_rules.akn_file import AknFile, Attribute

CLASSES = {
    "by": ("TLCPerson", "TLCOrganization"), "as": ("TLCRole",), "outcome": ("TLCConcept",), "refersTo": ("TLC",),
}  # fmt: skip
"""What the target of an attribute is called, or how that begins."""
ELSEWHERE = ("http:", "https:", "/")


def filled(file: AknFile) -> Iterator[Hit]:
    """Find pointers that are empty."""
    for pointer in file.pointers:
        if not pointer.value.strip():
            yield Hit(pointer.element, f"@{pointer.key} of <{name_of(pointer.element)}> is empty")


def formed(file: AknFile) -> Iterator[Hit]:
    """Find pointers that are neither `#eId` nor an IRI."""
    for pointer, value in _values(file):
        if not value.startswith(("#", *ELSEWHERE)):
            yield Hit(pointer.element, f"{_said(pointer, value)} is not of the form #eId")


def resolved(file: AknFile) -> Iterator[Hit]:
    """Find pointers and internal links to an eId that the file has not."""
    for pointer, value in _values(file):
        if value.startswith("#") and value[1:] not in file.ids:
            yield Hit(pointer.element, f"{_said(pointer, value)} points to nothing in this file")
    for link in file.links:
        if link.value.startswith("#") and link.value[1:] not in file.ids:
            yield Hit(link.element, f"{_said(link, link.value)} points to nothing in this file")


def classed(file: AknFile) -> Iterator[Hit]:
    """Find pointers to an element of a class that the attribute does not take."""
    for pointer, value in _values(file):
        classes = CLASSES.get(pointer.key)
        target: etree._Element | None = file.ids.get(value[1:]) if classes and value.startswith("#") else None
        if classes and target is not None and not name_of(target).startswith(classes):
            wanted = " or ".join("a term (TLC…)" if name == "TLC" else f"a {name}" for name in classes)
            yield Hit(pointer.element, f"{_said(pointer, value)} points to a <{name_of(target)}>, not to {wanted}")


def _values(file: AknFile) -> Iterator[tuple[Attribute, str]]:
    """Yield what each pointer names; `refersTo` may name several."""
    for pointer in file.pointers:
        value = pointer.value.strip()
        if pointer.key == "refersTo":
            for one in value.split():
                yield pointer, one
        elif value:
            yield pointer, value


def _said(pointer: Attribute, value: str) -> str:
    shown = value if len(value) <= 60 else f"{value[:60]}…"
    return f"@{pointer.key}=“{shown}” of <{name_of(pointer.element)}>"
