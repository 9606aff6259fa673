"""From a folder of `unres convert` to bags, and from a bag back to its sources: the same record must come of them."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson

from pipeline.batch.files import load
from pipeline.batch.plan import shown, symbol_name
from pipeline.convert import normalize
from pipeline.errors import LawError, ReadError, UsageError
from pipeline.limits import USUAL_LIMITS, InputLimits
from pipeline.package.bag import bag_faults, bagged, read_bag
from pipeline.package.metadata import dublin_core, marc, premis
from pipeline.serialize import VERSION, from_json, to_json
from pipeline.validate.schema import schema_errors, schema_text
from pipeline.validate.xml import rule_errors, xsd_errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.model import Record

FORMATS = ("json", "docx", "xml", "md")


class Member(NamedTuple):
    """One language of a document: its record, the source's bytes, and the files by format."""

    record: Record
    source: bytes
    files: Mapping[str, bytes]


def families(out: Path, sources: Path, limits: InputLimits = USUAL_LIMITS) -> dict[str, list[Member]]:
    """Return the documents of a folder by the name of their bag. Raises ReadError, InputError, UsageError."""
    found: dict[str, list[Member]] = {}
    for path in sorted(out.rglob("*.json")):
        record = _record(load(path), shown(path))
        about = record.document.source
        source = load(sources / path.relative_to(out).parent / Path(about.name).name, limits)
        if sha256(source).hexdigest() != about.sha256:
            msg = f"{shown(path)}: its source in {shown(sources)} is another; convert it again"
            raise ReadError(msg)
        name = symbol_name(record.document.masthead.symbol or "", "")[:-1]
        if not name:
            msg = f"{shown(path)}: has no symbol, so it is of no family; package it by hand"
            raise ReadError(msg)
        files = {kind: load(path.with_suffix(f".{kind}")) for kind in FORMATS}
        members = found.setdefault(name, [])
        if any(one.record.document.language == record.document.language for one in members):
            msg = f"{shown(path)}: there is another document of this symbol and language; keep one of them"
            raise ReadError(msg)
        members.append(Member(record, source, files))
    if not found:
        msg = f"{shown(out)}: no records (.json); name a folder that `unres convert` wrote"
        raise UsageError(msg)
    return found


def bag_of(members: list[Member], date: str, limits: InputLimits = USUAL_LIMITS) -> dict[str, bytes]:
    """Return the files of a bag. `date` (YYYY-MM-DD) is when it is made."""
    members = sorted(members, key=lambda one: one.record.document.language)
    records = [one.record for one in members]
    symbol = records[0].document.masthead.symbol or ""
    payload: dict[str, bytes] = {}
    derived: dict[str, tuple[Record, list[str]]] = {}
    for record, source, files in members:
        code = record.document.language
        outputs = {f"data/representations/{kind}/{code}.{kind}": data for kind, data in files.items()}
        data = json.loads(files["json"])
        logs = {"ledger.json": _json(data["ledger"]), "repairs.jsonl": b"".join(map(_json, data["repairs"]))}
        outputs |= {f"data/logs/{code}.{name}": log for name, log in logs.items()}
        original = f"data/original/{code}/{record.document.source.name}"
        payload |= {original: source, **outputs}
        derived[original] = (record, list(outputs))
    payload["data/schemas/resolution.schema.json"] = schema_text().encode()
    payload["data/metadata/descriptive/dc.xml"] = dublin_core(records)
    payload["data/metadata/descriptive/marc.xml"] = marc(records)
    payload["data/metadata/preservation/premis.xml"] = premis(payload, derived, date)
    info = {"Bag-Software-Agent": f"unres {VERSION}", "Bagging-Date": date, "External-Identifier": symbol}
    files = bagged(payload, info)
    for fault in _content_faults(files, limits):
        msg = f"{shown(symbol)}: {fault}; convert the source again"
        raise ReadError(msg)
    return files


def faults(folder: Path, limits: InputLimits = USUAL_LIMITS) -> Iterator[str]:
    """Yield what is wrong with a bag: its files; and where these are whole, what they say. Raises ReadError."""
    files = read_bag(folder)
    broken = list(bag_faults(files))
    yield from broken
    if broken:
        return
    yield from _content_faults(files, limits)


def _content_faults(files: Mapping[str, bytes], limits: InputLimits) -> Iterator[str]:
    records = [path for path in sorted(files) if path.startswith("data/representations/json/")]
    if not records:
        yield "data/representations/json: no records"
    for path in records:
        yield from (f"{path}: {what}" for what in _record_faults(files, path, limits))


def _record_faults(files: Mapping[str, bytes], path: str, limits: InputLimits) -> Iterator[str]:
    record = _record(files[path], path)
    about, code = record.document.source, record.document.language
    source = files.get(f"data/original/{code}/{about.name}")
    xml = files.get(f"data/representations/xml/{code}.xml")
    if source is None or xml is None:
        yield "its source or its XML is missing"
        return
    yield from xsd_errors(xml) or rule_errors(xml)
    try:
        again = normalize(source, about.name, lang=code, limits=limits)
    except (ReadError, LawError) as error:
        yield f"its source cannot be converted again: {error}"
        return
    if to_json(again) != to_json(record):
        yield "converted again, its source gives another record"


def _record(data: bytes, name: str) -> Record:
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:  # also where it is nested without end, or a string is no text
        msg = f"{name}: is not JSON; convert the source again"
        raise ReadError(msg) from error
    for wrong in schema_errors(value):
        msg = f"{name}:{wrong.path}: {wrong.message}; convert the source again"
        raise ReadError(msg)
    return from_json(value)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n").encode()
