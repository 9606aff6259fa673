"""Descriptions of a bag's content: PREMIS 3, Dublin Core and MARCXML, of facts the records give and no others."""

from __future__ import annotations

from hashlib import sha256, sha512
from typing import TYPE_CHECKING, Any

from lxml import etree

from pipeline.languages import language
from pipeline.serialize import SCHEMA_VERSION, VERSION
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.model import Record

PREMIS = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
DC = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
MARC = "http://www.loc.gov/MARC21/slim"
MARC_LANGUAGES = {"zho": "chi", "fra": "fre", "deu": "ger"}
"""The codes of MARC (ISO 639-2/B) where they are not those of Akoma Ntoso."""


def date_of(records: Iterable[Record]) -> str | None:
    """Return the latest date of the document that its languages give, as YYYY-MM-DD."""
    heads = [record.document.masthead for record in records]
    return max((date for head in heads if (date := head.adopted or head.issued)), default=None)


def dublin_core(records: Sequence[Record]) -> bytes:
    """Return simple Dublin Core in the container of OAI-PMH."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC})
    facts: list[tuple[str, str | None]] = [
        ("title", plain(one.document.title.inlines)) for one in records if one.document.title
    ]
    facts += [("identifier", records[0].document.masthead.symbol), ("publisher", "United Nations")]
    facts += [("date", date_of(records)), ("type", "Text")]
    facts += [("language", language(one.document.language).iso3) for one in records]
    for name, value in facts:
        if value:
            etree.SubElement(root, f"{{{DC}}}{name}").text = value
    return _bytes(root)


def marc(records: Sequence[Record]) -> bytes:
    """Return MARCXML with the United Nations Library's fields that are known; subjects are left to cataloguers."""
    root = etree.Element(f"{{{MARC}}}record", nsmap={"marc": MARC})
    etree.SubElement(root, f"{{{MARC}}}leader").text = "00000nam a2200000 u 4500"
    ours = [language(one.document.language).iso3 for one in records]
    codes = "".join(sorted(MARC_LANGUAGES.get(code, code) for code in ours))
    english = [one for one in records if one.document.language == "en"]
    title = (english or list(records))[0].document.title
    symbol = records[0].document.masthead.symbol
    facts = [("041", codes), ("191", symbol), ("245", plain(title.inlines) if title else None)]
    facts += [("269", (date_of(records) or "").replace("-", "")), ("791", symbol)]
    for tag, value in facts:
        if value:
            field = etree.SubElement(root, f"{{{MARC}}}datafield", tag=tag, ind1=" ", ind2=" ")
            etree.SubElement(field, f"{{{MARC}}}subfield", code="a").text = value
    return _bytes(root)


def premis(payload: Mapping[str, bytes], families: Mapping[str, tuple[Record, Sequence[str]]], date: str) -> bytes:
    """Return PREMIS 3: all files, what was done to each source, and with what.

    `families` has for the path of each source its record and the paths made of it.
    """
    root = etree.Element(f"{{{PREMIS}}}premis", nsmap={"premis": PREMIS, "xsi": XSI}, version="3.0")
    made = {path: source for source, (_, paths) in families.items() for path in paths}
    for path in sorted(payload):
        _object(root, path, payload[path], made.get(path))
    number = 0
    for source, (record, paths) in sorted(families.items()):
        counts: dict[str, int] = {}
        for repair in record.repairs:
            counts[repair.fixer] = counts.get(repair.fixer, 0) + 1
        events = [("extraction", f"text read: {record.document.source.length} code points", [source])]
        events += [("modification", f"repair {name}: {times}", [source]) for name, times in sorted(counts.items())]
        checked = [path for path in paths if path.endswith((".json", ".xml"))]
        events += [("validation", "schema of the record, ledger of all characters, XSD and rules", checked)]
        events += [("conversion", "record to files", [source, *paths])]
        for what in events:
            number += 1
            _event(root, number, what, date)
    agent = _add(root, "agent")
    _identifier(agent, "agentIdentifier", "unres")
    _add(agent, "agentName", "unres")
    _add(agent, "agentType", "software")
    _add(agent, "agentVersion", VERSION)
    _add(agent, "agentNote", f"schema of the record {SCHEMA_VERSION}")
    return _bytes(root)


def _object(root: Any, path: str, data: bytes, source: str | None) -> None:  # noqa: ANN401 - an lxml element
    item = _add(root, "object")
    item.set(f"{{{XSI}}}type", "premis:file")
    _identifier(item, "objectIdentifier", path)
    about = _add(item, "objectCharacteristics")
    for name, digest in (("SHA-256", sha256(data)), ("SHA-512", sha512(data))):
        fixity = _add(about, "fixity")
        _add(fixity, "messageDigestAlgorithm", name)
        _add(fixity, "messageDigest", digest.hexdigest())
    _add(about, "size", str(len(data)))
    _add(_add(_add(about, "format"), "formatDesignation"), "formatName", path.rpartition(".")[2])
    if source:
        relation = _add(item, "relationship")
        _add(relation, "relationshipType", "derivation")
        _add(relation, "relationshipSubType", "has source")
        _identifier(relation, "relatedObjectIdentifier", source)


def _event(root: Any, number: int, what: tuple[str, str, Iterable[str]], date: str) -> None:  # noqa: ANN401 - as above
    kind, detail, linked = what
    event = _add(root, "event")
    _identifier(event, "eventIdentifier", f"event-{number}")
    _add(event, "eventType", kind)
    _add(event, "eventDateTime", date)
    _add(_add(event, "eventDetailInformation"), "eventDetail", detail)
    _identifier(event, "linkingAgentIdentifier", "unres")
    for path in linked:
        _identifier(event, "linkingObjectIdentifier", path)


def _identifier(parent: Any, name: str, value: str) -> None:  # noqa: ANN401 - as above
    item = _add(parent, name)
    _add(item, f"{name}Type", "local")
    _add(item, f"{name}Value", value)


def _add(parent: Any, name: str, text: str | None = None) -> Any:  # noqa: ANN401 - as above
    child = etree.SubElement(parent, f"{{{PREMIS}}}{name}")
    child.text = text
    return child


def _bytes(root: Any) -> bytes:  # noqa: ANN401 - as above
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
