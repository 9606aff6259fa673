"""Descriptions of a document for catalogues: Dublin Core and MARCXML, of facts the records give and no others.

Which field of the United Nations Library is made of which fact: `docs/archive.md`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from lxml import etree

from pipeline.emit.akn_facts import facts
from pipeline.languages import language
from pipeline.walk import is_draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.emit.akn_facts import Facts
    from pipeline.model import Document

DC = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
MARC = "http://www.loc.gov/MARC21/slim"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LEADER = "00000nam a2200000uu 4500"
"""A new record of a printed text, in Unicode; how full it is and by which rules is not known."""
MARC_LANGUAGES = {"zho": "chi", "fra": "fre", "deu": "ger"}
"""The codes of MARC (ISO 639-2/B) where they are not those of Akoma Ntoso."""
BODY = re.compile(r"^(?:A/HRC/|[ASE]/)")
"""How the symbols of the four organs begin; the Library names a body so."""


class Edition(NamedTuple):
    """A document in one language, and its facts."""

    document: Document
    facts: Facts


def editions(documents: Sequence[Document]) -> list[Edition]:
    """Return the languages of a document with their facts, in the order of their codes."""
    ordered = sorted(documents, key=lambda one: one.language)
    return [Edition(one, facts(one, language(one.language))) for one in ordered]


def dublin_core(found: Sequence[Edition]) -> bytes:
    """Return simple Dublin Core in the container of OAI-PMH."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC})
    for one in found:
        if one.facts.title:
            _dc(root, "title", one.facts.title).set(XML_LANG, one.document.language)
    when = _latest(one.facts.adopted or one.facts.issued for one in found)
    values = [("identifier", found[0].facts.symbol), ("publisher", "United Nations"), ("date", when), ("type", "Text")]
    for name, value in (*values, *(("language", one.facts.language) for one in found)):
        if value:
            _dc(root, name, value)
    return as_bytes(root)


def marc(found: Sequence[Edition]) -> bytes:
    """Return MARCXML with the United Nations Library's fields that are known; subjects are left to cataloguers."""
    root = etree.Element(f"{{{MARC}}}record", nsmap={"marc": MARC})
    etree.SubElement(root, f"{{{MARC}}}leader").text = LEADER
    for tag, indicators, subfields in _fields(found):
        if present := [(code, value) for code, value in subfields if value]:
            field = etree.SubElement(root, f"{{{MARC}}}datafield", tag=tag, ind1=indicators[0], ind2=indicators[1])
            for code, value in present:
                etree.SubElement(field, f"{{{MARC}}}subfield", code=code).text = value
    return as_bytes(root)


Field = tuple[str, str, list[tuple[str, str | None]]]


def _fields(found: Sequence[Edition]) -> Iterator[Field]:
    """Yield tag, indicators and subfields, in the order of the tags; a value that is not known is None or empty."""
    main = next((one for one in found if one.document.language == "en"), found[0])
    symbol = main.facts.symbol
    body = BODY.match(symbol or "")
    # The Security Council counts no sessions, and its symbols have the year.
    session = main.facts.session if body and body[0] != "S/" and (main.facts.session or "").isdigit() else None
    number: list[tuple[str, str | None]] = [("a", symbol), ("b", body[0] if body else None), ("c", session)]
    draft = is_draft(main.document)
    codes = "".join(sorted(MARC_LANGUAGES.get(one.facts.language, one.facts.language) for one in found))
    yield "041", "  ", [("a", codes)]
    yield "089", "  ", [("b", "B02" if draft else "B01")]
    yield "191", "  ", number
    yield "245", "00", [("a", main.facts.title)]
    for other in found:
        if other is not main:
            yield "246", "31", [("a", other.facts.title)]
    adopted = _latest(one.facts.adopted for one in found)
    yield "269", "  ", [("a", _digits(_latest(one.facts.issued for one in found) or adopted))]
    if not draft:
        yield "791", "  ", number
    for one in found:
        yield "856", "40", [("u", _address(one))]
    yield "992", "  ", [("a", _digits(adopted))]


def _address(edition: Edition) -> str | None:
    """Return where the United Nations publish a document of this symbol in this language (AKN.md section 8)."""
    symbol = "".join((edition.facts.symbol or "").split())
    return symbol and f"https://docs.un.org/{language(edition.document.language).link}/{quote(symbol)}"


def _latest(dates: Iterator[str | None]) -> str | None:
    return max(filter(None, dates), default=None)


def _digits(date: str | None) -> str | None:
    return date and date.replace("-", "")


def _dc(root: etree._Element, name: str, text: str) -> etree._Element:
    child = etree.SubElement(root, f"{{{DC}}}{name}")
    child.text = text
    return child


def as_bytes(root: etree._Element) -> bytes:
    """Return an XML file."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
