"""PREMIS 3: what the files of a bag are, what was done to them, by what, and what came of what.

The words for events and relationships are those of the Library of Congress' preservation vocabularies.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256, sha512
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from pipeline.batch.manifest import versions
from pipeline.package.descriptive import as_bytes
from pipeline.package.formats import format_of
from pipeline.serialize import SCHEMA_VERSION, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.model import Record

PREMIS = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
PACKAGER = f"unres {VERSION}"
CONFIGURATION = "configuration (SHA-256 of code, language data, schema and libraries): "


class Derived(NamedTuple):
    """What was made of a source: its record, the version of `unres` that made it, and the paths of the files."""

    record: Record
    version: str
    paths: Sequence[str]


class Packager(NamedTuple):
    """The `unres` that made a bag: its version, and what stands for its code, its data and its libraries."""

    version: str
    configuration: str


class _Event(NamedTuple):
    """What was done, by whom, to which files, and what came of it."""

    kind: str
    detail: str
    agents: Sequence[str]
    paths: Sequence[str]
    notes: Sequence[str] = ()


def premis(symbol: str, payload: Mapping[str, bytes], sources: Mapping[str, Derived], date: str) -> bytes:
    """Return PREMIS 3 of a bag: all its files, all events, all agents.

    `sources` has for the path of each source what was made of it; `date` (YYYY-MM-DD) is that of the events.
    """
    root = etree.Element(f"{{{PREMIS}}}premis", nsmap={"premis": PREMIS, "xsi": XSI}, version="3.0")
    _entity(root, symbol)
    made = {path: source for source, derived in sources.items() for path in derived.paths}
    for path in sorted(payload):
        _file(root, path, payload[path], symbol, made.get(path), sources.get(path))
    events = list(_events(sorted(payload), sources))
    for number, event in enumerate(events, 1):
        _event(root, number, event, date)
    for name in sorted({agent for event in events for agent in event.agents}):
        _agent(root, name)
    return as_bytes(root)


def recorded_digests(root: etree._Element) -> dict[str, tuple[str | None, str | None]]:
    """Return the SHA-512 and the size that PREMIS gives for each file, by its path."""
    found = {}
    for item in root.iter(f"{{{PREMIS}}}object"):
        fixities = {
            one.findtext(f"{{{PREMIS}}}messageDigestAlgorithm"): one.findtext(f"{{{PREMIS}}}messageDigest")
            for one in item.iter(f"{{{PREMIS}}}fixity")
        }
        path = item.findtext(f".//{{{PREMIS}}}objectIdentifierValue")
        if path and fixities:
            found[path] = (fixities.get("SHA-512"), item.findtext(f".//{{{PREMIS}}}size"))
    return found


def recorded_packager(root: etree._Element) -> Packager | None:
    """Return which `unres` made the bag, by its PREMIS; None where it names none."""
    for agent in root.iter(f"{{{PREMIS}}}agent"):
        notes = (one.text or "" for one in agent.iter(f"{{{PREMIS}}}agentNote"))
        if found := next((note for note in notes if note.startswith(CONFIGURATION)), None):
            return Packager(agent.findtext(f"{{{PREMIS}}}agentVersion") or "", found.removeprefix(CONFIGURATION))
    return None


def _events(paths: Sequence[str], sources: Mapping[str, Derived]) -> Iterator[_Event]:
    yield _Event("message digest calculation", "SHA-256 and SHA-512 of every file", [PACKAGER], paths)
    yield _Event("format identification", "by ending and signature, keys of PRONOM", [PACKAGER], paths)
    for source, (record, made_by, made) in sorted(sources.items()):
        agent = f"unres {made_by}"
        document = record.document
        read = f"text read as {document.language}: {document.source.length} code points"
        readers = ["pypdfium2", "pikepdf"] if source.lower().endswith(".pdf") else []
        yield _Event("extraction", read, [agent, *map(_library, readers)], [source])
        for name, times in sorted(Counter(repair.fixer for repair in record.repairs).items()):
            yield _Event("modification", f"repair {name}: {times}", [agent], [source])
        yield _Event("normalization", "conversion of the record to files", [agent], [source, *made])
        found = Counter(f"{one.severity} {one.rule}" for one in record.findings)
        notes = [f"finding: {name}: {times}" for name, times in sorted(found.items())]
        kept = [path for path in made if path.endswith((".json", ".xml", ".docx", ".md"))]
        detail = (
            "the source converted again gives the same record; the record passes its schema, the ledger accounts for "
            "every character, the XML passes the OASIS schema and the rules of the profile, and all files read back "
            "as the document"
        )
        yield _Event("validation", detail, [PACKAGER, _library("jsonschema-rs"), _library("lxml")], kept, notes)


def _library(name: str) -> str:
    return f"{name} {version(name)}"


def _entity(root: Any, symbol: str) -> None:  # noqa: ANN401 - an lxml element
    item = _add(root, "object")
    item.set(f"{{{XSI}}}type", "premis:intellectualEntity")
    _identifier(item, "objectIdentifier", symbol, "United Nations document symbol")


def _file(  # noqa: PLR0917 - the facts of one element, named by its caller
    root: Any,  # noqa: ANN401 - as above
    path: str,
    data: bytes,
    symbol: str,
    source: str | None,
    derived: Derived | None,
) -> None:
    item = _add(root, "object")
    item.set(f"{{{XSI}}}type", "premis:file")
    _identifier(item, "objectIdentifier", path)
    about = _add(item, "objectCharacteristics")
    for name, digest in (("SHA-256", sha256(data)), ("SHA-512", sha512(data))):
        fixity = _add(about, "fixity")
        _add(fixity, "messageDigestAlgorithm", name)
        _add(fixity, "messageDigest", digest.hexdigest())
    _add(about, "size", str(len(data)))
    _format(_add(about, "format"), path, data)
    if derived:
        _add(item, "originalName", derived.record.document.source.name)
    if source:
        _relation(item, ("derivation", "has source"), source)
    if source or derived:
        _relation(item, ("structural", "is part of"), symbol, "United Nations document symbol")


def _format(parent: Any, path: str, data: bytes) -> None:  # noqa: ANN401 - as above
    found = format_of(path, data)
    designation = _add(parent, "formatDesignation")
    _add(designation, "formatName", found.name)
    if found.version:
        _add(designation, "formatVersion", found.version)
    if found.key:
        registry = _add(parent, "formatRegistry")
        _add(registry, "formatRegistryName", "PRONOM")
        _add(registry, "formatRegistryKey", found.key)


def _relation(item: Any, kinds: tuple[str, str], value: str, scheme: str = "local") -> None:  # noqa: ANN401 - as above
    relation = _add(item, "relationship")
    _add(relation, "relationshipType", kinds[0])
    _add(relation, "relationshipSubType", kinds[1])
    _identifier(relation, "relatedObjectIdentifier", value, scheme)


def _event(root: Any, number: int, what: _Event, date: str) -> None:  # noqa: ANN401 - as above
    event = _add(root, "event")
    _identifier(event, "eventIdentifier", f"event-{number}")
    _add(event, "eventType", what.kind)
    _add(event, "eventDateTime", date)
    _add(_add(event, "eventDetailInformation"), "eventDetail", what.detail)
    outcome = _add(event, "eventOutcomeInformation")
    _add(outcome, "eventOutcome", "success")
    for note in what.notes:
        _add(_add(outcome, "eventOutcomeDetail"), "eventOutcomeDetailNote", note)
    for agent in what.agents:
        _identifier(event, "linkingAgentIdentifier", agent)
    for path in what.paths:
        _identifier(event, "linkingObjectIdentifier", path)


def _agent(root: Any, identifier: str) -> None:  # noqa: ANN401 - as above
    name, _, number = identifier.partition(" ")
    agent = _add(root, "agent")
    _identifier(agent, "agentIdentifier", identifier)
    _add(agent, "agentName", name)
    _add(agent, "agentType", "software")
    _add(agent, "agentVersion", number)
    if identifier == PACKAGER:
        _add(agent, "agentNote", f"schema of the record {SCHEMA_VERSION}")
        _add(agent, "agentNote", f"{CONFIGURATION}{versions()}")


def _identifier(parent: Any, name: str, value: str, scheme: str = "local") -> None:  # noqa: ANN401 - as above
    item = _add(parent, name)
    _add(item, f"{name}Type", scheme)
    _add(item, f"{name}Value", value)


def _add(parent: Any, name: str, text: str | None = None) -> Any:  # noqa: ANN401 - as above
    child = etree.SubElement(parent, f"{{{PREMIS}}}{name}")
    child.text = text
    return child
