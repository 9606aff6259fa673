"""From a folder of `unres convert` to bags: a bag for each document, with all its languages."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson

from pipeline.batch.files import load
from pipeline.batch.plan import shown, symbol_name
from pipeline.errors import ReadError, UsageError
from pipeline.limits import USUAL_LIMITS, InputLimits
from pipeline.package.bag import bagged
from pipeline.package.contents import content_verdict, logs, read_record
from pipeline.package.descriptive import dublin_core, editions, marc
from pipeline.package.preservation import Derived, premis
from pipeline.package.schemas import METADATA, schema_files
from pipeline.serialize import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.model import Record

FORMATS = ("json", "docx", "xml", "md")


class Place(NamedTuple):
    """Where a language of a document lies: its record, and its source."""

    record: Path
    source: Path


class Member(NamedTuple):
    """One language of a document: its record, the version that made it, the source's bytes, the files by format."""

    record: Record
    version: str
    source: bytes
    files: Mapping[str, bytes]


def families(out: Path, sources: Path) -> dict[str, list[Place]]:
    """Return the documents of a folder by the name of their bag.

    Raises ReadError for a record that cannot be read or has no symbol, and for two of one symbol and language;
    InputError for one that cannot be loaded; UsageError where there are none.
    """
    found: dict[str, list[Place]] = {}
    owners: dict[tuple[str, str], str] = {}
    for path in sorted(out.rglob("*.json")):
        document = read_record(load(path), shown(path)).document
        name = symbol_name(document.masthead.symbol or "", "")[:-1]
        if not name:
            msg = f"{shown(path)}: has no symbol, so it is of no family; package it by hand"
            raise ReadError(msg)
        owner = owners.setdefault((name, document.language), shown(path))
        if owner != shown(path):
            msg = f"{shown(path)}: {owner} is of the same symbol and language; keep one of them"
            raise ReadError(msg)
        source = sources / path.relative_to(out).parent / Path(document.source.name).name
        found.setdefault(name, []).append(Place(path, source))
    if not found:
        msg = f"{shown(out)}: no records (.json); name a folder that `unres convert` wrote"
        raise UsageError(msg)
    return found


def bag_of(places: Sequence[Place], date: str, limits: InputLimits = USUAL_LIMITS) -> dict[str, bytes]:
    """Return the files of a bag, checked. `date` (YYYY-MM-DD) is when it is made.

    Raises InputError, and ReadError where a source is another, or what was made of it is not what it becomes.
    """
    members = sorted((_member(place, limits) for place in places), key=lambda one: one.record.document.language)
    documents = editions([one.record.document for one in members])
    symbol = documents[0].document.masthead.symbol or ""
    payload = schema_files()
    derived: dict[str, Derived] = {}
    for record, version, source, files in members:
        code = record.document.language
        made = {f"data/representations/{kind}/{code}.{kind}": data for kind, data in files.items()}
        made |= {f"data/logs/{code}.{name}": log for name, log in logs(files["json"]).items()}
        original = f"data/original/{code}/{record.document.source.name}"
        payload |= {original: source, **made}
        derived[original] = Derived(record, version, sorted(made))
    described = dict(zip(METADATA, (dublin_core(documents), marc(documents)), strict=False))
    payload |= described
    *_, premis_path = METADATA
    payload[premis_path] = premis(symbol, payload, derived, date)
    info = {"Bag-Software-Agent": f"unres {VERSION}", "Bagging-Date": date, "External-Identifier": symbol}
    bag = bagged(payload, info)
    for fault in (*content_verdict(bag, limits).faults, *_unread(members)):
        msg = f"{shown(symbol)}: {fault}; convert the source again"
        raise ReadError(msg)
    return bag


def _member(place: Place, limits: InputLimits) -> Member:
    data = load(place.record)
    record = read_record(data, shown(place.record))
    source = load(place.source, limits)
    if sha256(source).hexdigest() != record.document.source.sha256:
        msg = f"{shown(place.record)}: its source {shown(place.source)} is another; convert it again"
        raise ReadError(msg)
    files = {"json": data} | {kind: load(place.record.with_suffix(f".{kind}")) for kind in FORMATS[1:]}
    return Member(record, orjson.loads(data)["generator"]["version"], source, files)


def _unread(members: Sequence[Member]) -> list[str]:
    """Tell where a Word file or Markdown, read by other programs, is not the document (law 5)."""
    from pipeline.validate.readback import DIFFERENCES  # noqa: PLC0415 - starts pandoc

    found: list[str] = []
    for member in members:
        document = member.record.document
        found += (f"{document.language}.docx: {one}" for one in DIFFERENCES["docx"](document, member.files["docx"]))
        markdown = DIFFERENCES["md"](document, member.files["md"])
        if markdown and DIFFERENCES["gfm"](document, member.files["md"]):
            found += (f"{document.language}.md: {one}" for one in markdown)
    return found
