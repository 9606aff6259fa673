"""Fixers of the identification: IRIs, and the facts they are made of (AKN.md section 3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.akn_repair.change import Change, added, set_attribute
from pipeline.akn_repair.tree import put_after
from pipeline.numbers import iri_number
from pipeline.validate.akn_rules.akn_file import text_of, within
from pipeline.validate.akn_rules.frbr import ANNEX
from pipeline.validate.akn_rules.identification import LEVELS
from pipeline.validate.akn_rules.vocabulary import AKN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.validate.akn_rules.akn_file import AknFile
    from pipeline.validate.akn_rules.identification import Frbr

SEGMENTS = re.compile(
    r"/akn/un/[A-Za-z]+/[A-Za-z][^/]*/(?P<actor>[a-z][a-z0-9-]*)/(?P<date>\d{4}-\d\d-\d\d)?/(?P<number>[A-Za-z0-9][^/]*)/?"
)
DATE = re.compile(r"\d{4}-\d\d-\d\d")
UNKNOWN = "0001-01-01"
VERSION = re.compile(r"@(\d{4}-\d\d-\d\d)/?$")
BEFORE_NUMBER = ("FRBRsubtype", "FRBRcountry")
BEFORE_SUBTYPE = ("FRBRcountry",)


def name_version(file: AknFile) -> Iterator[Change]:
    """Say that a statement holds the original version, as all do that are no later version by their IRI."""
    for document in file.all("statement"):
        iri = document.find(f"{AKN}meta/{AKN}identification/{AKN}FRBRExpression/{AKN}FRBRuri")
        if document.get("contains") is None and iri is not None and not VERSION.search(iri.get("value", "")):
            yield set_attribute("name_version", document, "contains", "originalVersion")


def complete_identification(file: AknFile) -> Iterator[Change]:
    """Write subtype, number and format where they are missing: from the IRI, and as the text prints them."""
    for frbr in file.identifications:
        match = SEGMENTS.fullmatch(frbr.work)
        if not match:
            continue
        if frbr.at("Work", "subtype") is None:
            yield from _insert(frbr, "Work", BEFORE_SUBTYPE, "FRBRsubtype", {"value": "deliberation"})
        if frbr.at("Work", "number") is None:
            shown = printed_number(frbr, match["number"])
            facts = {"value": match["number"], **({"showAs": shown} if shown else {})}
            yield from _insert(frbr, "Work", BEFORE_NUMBER, "FRBRnumber", facts)
        if frbr.at("Manifestation", "format") is None:
            yield from _insert(frbr, "Manifestation", (), "FRBRformat", {"value": "xml"})


def rebuild_iris(file: AknFile) -> Iterator[Change]:
    """Make the IRIs of the facts beside them.

    Left alone are IRIs of another form, and those whose date is another than that of the Work
    where the text does not say which is right.
    """
    annexes = 0
    for frbr in file.identifications:
        annexes += frbr.is_attached
        match = SEGMENTS.fullmatch(frbr.work)
        language = frbr.value("Expression", "language", "language")
        date = _date(frbr, match["date"]) if match else ""
        if not (match and date and language):
            continue
        work = f"/akn/un/statement/deliberation/{match['actor']}/{date}/{match['number']}"
        version = VERSION.search(frbr.expression)
        expression = f"{work}/{language}@{version[1] if version else ''}"
        part = frbr.value("Work", "this").rstrip("/").removeprefix(f"{frbr.work.rstrip('/')}/")
        if not (ANNEX.fullmatch(part) if frbr.is_attached else part == "!main"):
            part = f"!annex_{annexes}" if frbr.is_attached else "!main"
        for level, base, ending in zip(LEVELS, (work, expression, expression), ("", "", ".xml"), strict=True):
            for name, iri in (("this", f"{base}/{part}{ending}"), ("uri", f"{base}{ending}")):
                element = frbr.at(level, name)
                if element is not None and element.get("value") != iri:
                    yield set_attribute("rebuild_iris", element, "value", iri)


def add_publication(file: AknFile) -> Iterator[Change]:
    """Write the publication: the date of issue, else that of the Work, and the symbol as printed."""
    for frbr in file.identifications:
        meta = frbr.element.getparent()
        if frbr.is_attached or meta is None or meta.find(f"{AKN}publication") is not None:
            continue
        issued = frbr.value("Expression", "date", "date") or frbr.value("Work", "date", "date")
        symbol = printed_symbol(frbr) or frbr.value("Work", "number", "showAs")
        if issued and symbol:
            facts = {"date": issued, "name": "unDocument", "showAs": symbol, "number": iri_number(symbol)}
            element = etree.Element(f"{AKN}publication", facts)
            put_after(frbr.element, element)
            yield added("add_publication", element)


def printed_symbol(frbr: Frbr) -> str:
    """Return the symbol on the cover page, of an adopted text that of the resolution; "" where none is printed."""
    document = frbr.document
    while document is not None:
        for number in document.iterfind(f"{AKN}coverPage//{AKN}docNumber"):
            if text := " ".join(text_of(number).split()):
                return text.rstrip("*")
        document = within(document, "statement", "documentCollection")
    return ""


def printed_number(frbr: Frbr, segment: str) -> str:
    """Return a number as printed: in the preface, else at the end of the symbol; "" where it is not printed."""
    document = frbr.document
    if document is not None and document.tag != f"{AKN}doc":
        for number in document.iterfind(f"{AKN}preface//{AKN}docNumber"):
            return text_of(number).rstrip(". ")
    symbol = printed_symbol(frbr)
    starts = [0, *(match.end() for match in re.finditer("/", symbol))]
    return next((symbol[start:] for start in starts if iri_number(symbol[start:]) == segment), "")


def _date(frbr: Frbr, in_iri: str | None) -> str:
    """Return the date of the Work: of its metadata, if that of the IRI is the same or missing, or the text agrees."""
    known = frbr.value("Work", "date", "date")
    if not DATE.fullmatch(known) or known == UNKNOWN:
        return in_iri or ""
    if in_iri in {None, known}:
        return known
    document = frbr.document
    printed = [] if document is None else document.findall(f"{AKN}conclusions//{AKN}docDate")
    return known if printed and all(date.get("date") == known for date in printed) else ""


def _insert(frbr: Frbr, level: str, after: tuple[str, ...], name: str, facts: dict[str, str]) -> Iterator[Change]:
    """Put an element after the first of some elements that is there; last without them."""
    block = frbr.element.find(f"{AKN}FRBR{level}")
    if block is None:
        return
    element = etree.Element(AKN + name, facts)
    before = next((found for one in after if (found := block.find(AKN + one)) is not None), None)
    if before is None:
        before = block[-1]
    put_after(before, element)
    yield added("complete_identification", element)
