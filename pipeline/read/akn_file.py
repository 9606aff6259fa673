"""Akoma Ntoso files as trees of elements, and what is refused before anything in them is read."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.limits import InputLimits, refuse_longer, too_much
from pipeline.markup import is_endless

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
"""Drafts of the standard have a further step after it ("/CSD13")."""
DOCTYPE = b"<!DOCTYPE"
TYPES = {"statement", "documentCollection"}
"""What resolutions and decisions are (AKN.md section 1, D1 and D3)."""


def open_akn(data: bytes, name: str, limits: InputLimits) -> etree._Element:
    """Return the root of an Akoma Ntoso file, without comments and instructions.

    Raises ReadError for what is no XML, has a document type or entities, is too large or too deep, is not
    Akoma Ntoso, or is an act of another type.
    """
    from lxml import etree  # noqa: PLC0415 - heavy, and a run over extracted text need not wait for it

    refuse_longer(data, name, limits.text_bytes, "text_bytes")
    if DOCTYPE in data.replace(b"\0", b""):  # in UTF-16, every other byte
        raise ReadError(_foreign(name))
    if is_endless(data, limits.xml_elements):
        raise _endless(name, limits)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        msg = f"{name}:{line}:{column}: not well-formed XML: {error.msg}; mend it there, or take the file as published"
        raise ReadError(msg) from error
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding of its own
        raise ReadError(_foreign(name))
    _check_size(root, name, limits)
    _check_type(root, name)
    return root


def _foreign(name: str) -> str:
    return f"{name}: the XML has a document type, which can bring in foreign text; delete the lines from <!DOCTYPE to >"


def _endless(name: str, limits: InputLimits) -> ReadError:
    msg = f"{name}: more than {limits.xml_elements:,} elements; no resolution has so many, split it into its documents"
    return too_much(msg, "xml_elements")


def _check_size(root: etree._Element, name: str, limits: InputLimits) -> None:
    if next(islice(root.iter(), limits.xml_elements, None), None) is not None:
        raise _endless(name, limits)
    level = [root]
    for _ in range(limits.xml_depth):
        level = [child for element in level for child in element]
    if level:
        place = f"{name}:{level[0].sourceline}"
        msg = f"{place}: more than {limits.xml_depth} elements inside one another; take out what no resolution has"
        raise too_much(msg, "xml_depth")


def _check_type(root: etree._Element, name: str) -> None:
    if local(root) != "akomaNtoso":
        msg = f"{name}: not Akoma Ntoso 3.0, its root is <{root.tag}>; unres reads no other XML"
        raise ReadError(msg)
    found = [local(child) for child in root]
    if not found or found[0] not in TYPES:
        kind = f"of the type <{found[0]}>" if found else "without a document"
        msg = f"{name}: Akoma Ntoso {kind}; unres reads resolutions and decisions, which are <statement>"
        raise ReadError(msg)


def local(element: etree._Element) -> str:
    """Return the name of an element of Akoma Ntoso; "" for any other."""
    space, _, name = str(element.tag).rpartition("}")
    return name if space.startswith("{" + NAMESPACE) else ""
