"""Bytes to an Akoma Ntoso tree: any file, also one made to harm.

No network, no DTD, no entities but the five of XML, and the limits of libxml2 on depth and length of names and texts.
"""

from __future__ import annotations

from xml.parsers import expat

from lxml import etree

from pipeline.errors import ReadError
from pipeline.limits import USUAL_LIMITS, InputLimits, refuse_longer, too_much
from pipeline.markup import is_endless


def parse_akn(data: bytes, name: str, limits: InputLimits = USUAL_LIMITS) -> etree._Element:
    """Return the root of a file; `name` is what messages call it.

    Raises ReadError for what is too large, declares a document type or is not XML.
    """
    refuse_longer(data, name, limits.text_bytes, "text_bytes")
    if (declared := _document_type(data)) is not None:
        msg = f"{name}: declares the document type “{declared}”; DTDs are not read: take out its <!DOCTYPE …>"
        raise ReadError(msg)
    if is_endless(data, limits.xml_elements):
        msg = f"{name}: more than {limits.xml_elements:,} elements, which no resolution has; is it the right file?"
        raise too_much(msg, "xml_elements")
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        msg = f"{name}: not well-formed XML: {' '.join(str(error.msg).split())}; mend it first"
        raise ReadError(msg) from None
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding that only the second parser knows
        msg = f"{name}: declares a document type; DTDs are not read: take out its <!DOCTYPE …>"
        raise ReadError(msg)
    return root


class _Seen(Exception):  # noqa: N818 - it ends the reading, and is no error
    """The prolog has been read: the name of the document type, or None."""

    def __init__(self, declared: str | None) -> None:
        super().__init__()
        self.declared = declared


def _document_type(data: bytes) -> str | None:
    """Return the name of the document type that is declared, without reading any further than that."""

    def declares(name: str, *_: object) -> None:
        raise _Seen(name)

    def begins(*_: object) -> None:
        raise _Seen(None)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declares
    parser.StartElementHandler = begins
    try:
        parser.Parse(data, True)
    except _Seen as seen:
        return seen.declared
    except (expat.ExpatError, LookupError, ValueError):
        return None  # the parser that reads all of it says what is wrong
    return None
