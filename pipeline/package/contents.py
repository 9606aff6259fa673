"""What a bag says, held against what it holds: by every version its files, schemas and ledgers, by the same one all.

The policy is told in `docs/archive.md`.
"""

from __future__ import annotations

import json
from hashlib import sha256, sha512
from typing import TYPE_CHECKING, NamedTuple

import orjson

from pipeline.batch.manifest import versions
from pipeline.batch.plan import shown
from pipeline.convert import normalize, source_text
from pipeline.errors import LawError, ReadError
from pipeline.languages import codes
from pipeline.limits import USUAL_LIMITS, InputLimits
from pipeline.package.bag import bag_faults, read_bag
from pipeline.package.descriptive import dublin_core, editions, marc
from pipeline.package.preservation import Packager, recorded_digests, recorded_packager
from pipeline.package.recount import recount
from pipeline.package.schemas import metadata_faults, parse
from pipeline.serialize import VERSION, from_json, to_json
from pipeline.validate.schema import released_text, schema_errors
from pipeline.validate.xml import check_xml, written_errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.model import Record

RECORDS = "data/representations/json/"
PREMIS_PATH = "data/metadata/preservation/premis.xml"


class Verdict(NamedTuple):
    """What is wrong with a bag, and what could not be held against it, or only in part."""

    faults: tuple[str, ...]
    notices: tuple[str, ...] = ()


class Told(NamedTuple):
    """A sentence on a bag: a fault, or a notice."""

    text: str
    is_fault: bool = True


def verdict(folder: Path, limits: InputLimits = USUAL_LIMITS) -> Verdict:
    """Check a bag: its files, and where these are whole, what they say. Raises ReadError for what is no bag at all."""
    files = read_bag(folder)
    if broken := tuple(bag_faults(files)):
        return Verdict(broken)
    return content_verdict(files, limits)


def content_verdict(files: Mapping[str, bytes], limits: InputLimits = USUAL_LIMITS) -> Verdict:
    """Check what the files of a whole bag say."""
    if faults := tuple(metadata_faults(files)):
        return Verdict(faults)
    root = parse(files[PREMIS_PATH])
    told = [*map(Told, _digest_faults(files, recorded_digests(root)))]
    packager = recorded_packager(root)
    if packager is None:
        return Verdict((*(one.text for one in told), f"{PREMIS_PATH}: names no program that made the bag"))
    if packager.version != VERSION:
        text = (
            f"made by unres {packager.version}, and this is {VERSION}: its files, schemas and ledgers are checked, its "
            f"sources are not converted again; for that install unres {packager.version}"
        )
        told.append(Told(text, is_fault=False))
    told += _records_told(files, packager, limits)
    return Verdict(tuple(one.text for one in told if one.is_fault), tuple(one.text for one in told if not one.is_fault))


def _digest_faults(files: Mapping[str, bytes], recorded: Mapping[str, tuple[str | None, str | None]]) -> Iterator[str]:
    payload = {path: data for path, data in files.items() if path.startswith("data/") and path != PREMIS_PATH}
    for path in sorted(payload.keys() ^ recorded.keys()):
        yield f"{PREMIS_PATH}: {path}: {'is not described' if path in payload else 'is described and not there'}"
    for path in sorted(payload.keys() & recorded.keys()):
        if recorded[path] != (sha512(payload[path]).hexdigest(), str(len(payload[path]))):
            yield f"{PREMIS_PATH}: {path}: has another digest or size"


def _records_told(files: Mapping[str, bytes], packager: Packager, limits: InputLimits) -> Iterator[Told]:
    paths = [path for path in sorted(files) if path.startswith(RECORDS)]
    if not paths:
        yield Told(f"{RECORDS}: no records")
    records = []
    for path in paths:
        try:
            record = read_record(files[path], path)
        except ReadError as error:
            yield Told(str(error))
            continue
        records.append(record)
        for one in _record_told(files, record, packager, limits):
            yield one._replace(text=f"{path}: {one.text}")
    if len(records) == len(paths) and packager == Packager(VERSION, versions()):
        found = editions([record.document for record in records])
        for name, wanted in (("dc.xml", dublin_core(found)), ("marc.xml", marc(found))):
            if files[f"data/metadata/descriptive/{name}"] != wanted:
                yield Told(f"data/metadata/descriptive/{name}: does not say what the records do")


def _record_told(files: Mapping[str, bytes], record: Record, packager: Packager, limits: InputLimits) -> Iterator[Told]:
    about, code = record.document.source, record.document.language
    source = files.get(f"data/original/{code}/{about.name}")
    xml = files.get(f"data/representations/xml/{code}.xml")
    if source is None or xml is None:
        yield Told("its source or its XML is missing")
        return
    if sha256(source).hexdigest() != about.sha256:
        yield Told("its source is another")
        return
    for name, wanted in logs(files[f"{RECORDS}{code}.json"]).items():
        if files.get(f"data/logs/{code}.{name}") != wanted:
            yield Told(f"data/logs/{code}.{name}: is missing or does not say what the record does")
    same = packager.version == VERSION
    # The rules of the profile are of a version; schema and text are not.
    yield from map(Told, check_xml(record.document, xml) if same else written_errors(record.document, xml))
    try:
        text = source_text(source, about.name, limits)
    except ReadError as error:
        yield Told(f"its source cannot be read: {error}", is_fault=same)
        return
    if not same and len(text) != about.length:
        yield Told("this version reads another text from its source, so its ledger is not recounted", is_fault=False)
        return
    yield from map(Told, recount(record, text))
    if same:
        yield from _replayed(record, source, packager, limits)


def _replayed(record: Record, source: bytes, packager: Packager, limits: InputLimits) -> Iterator[Told]:
    try:
        again = normalize(source, record.document.source.name, lang=record.document.language, limits=limits)
    except (ReadError, LawError) as error:
        yield Told(f"its source cannot be converted again: {error}")
        return
    if to_json(again) == to_json(record):
        return
    if packager.configuration == versions():
        yield Told("converted again, its source gives another record")
    else:
        what = "converted again with other libraries than those it was made with, its source gives another record"
        yield Told(what, is_fault=False)


def logs(data: bytes) -> dict[str, bytes]:
    """Return the ledger and the repairs of a record, as files of their own by name."""
    value = json.loads(data)
    return {"ledger.json": _line(value["ledger"]), "repairs.jsonl": b"".join(map(_line, value["repairs"]))}


def read_record(data: bytes, name: str) -> Record:
    """Return a record that is valid by the version of the schema it names. Raises ReadError."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:  # also where it is nested without end, or a string is no text
        msg = f"{name}: is not JSON; convert the source again"
        raise ReadError(msg) from error
    version = value.get("schema_version") if isinstance(value, dict) else None
    schema = released_text(version) if isinstance(version, str) else None
    if isinstance(version, str) and schema is None:
        msg = f"{name}: is of schema {shown(version)}, which this version does not know; is there a later unres?"
        raise ReadError(msg)
    for wrong in schema_errors(value, schema):
        msg = f"{name}:{wrong.path}: {wrong.message}; convert the source again"
        raise ReadError(msg)
    record = from_json(value)
    if record.document.language not in codes():
        msg = f"{name}: is in the language {shown(record.document.language)}, which this version does not know"
        raise ReadError(msg)
    return record


def _line(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n").encode()
