"""read -> repair -> parse -> validate -> emit: the one place that sees all the stages."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from pipeline.emit import EMITTERS, USUAL
from pipeline.errors import LawError, ReadError
from pipeline.languages import codes, detect, language
from pipeline.laps import Laps
from pipeline.limits import USUAL_LIMITS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pipeline.emit.docx_house import House
    from pipeline.limits import InputLimits
    from pipeline.model import Record
    from pipeline.read.source import Read


XML = frozenset({"xml", "xmlref"})
"""The formats that law 4 is for."""


class Conversion(NamedTuple):
    """A record and its files, by format."""

    record: Record
    files: Mapping[str, bytes]


class Marks(NamedTuple):
    """What a Word file is to show of its source: comments for an editor, or the repairs as tracked changes, or both."""

    read: Read
    review: bool
    tracked: bool


def read_source(data: bytes, name: str, limits: InputLimits = USUAL_LIMITS) -> Read:
    """Read a document, as `pipeline.read.read` does, whose readers are loaded when the first is read."""
    from pipeline.read import read  # noqa: PLC0415 - most of the start, and a command that reads nothing need not wait

    return read(data, name, limits)


def normalize(
    data: bytes, name: str, *, lang: str = "auto", limits: InputLimits = USUAL_LIMITS, laps: Laps | None = None
) -> Record:
    """Turn the bytes of an extracted text into a record.

    `name` is what messages call it. `lang` is a code of `pipeline.languages` or `auto`;
    what is past `limits` is refused. On `laps` it is told how long each stage took.
    Raises ReadError where the input is refused, LawError where laws 1 and 2 do not hold.
    """
    # Their patterns take long to compile: a command that converts nothing need not wait for them.
    from pipeline.model import Record, Source  # noqa: PLC0415
    from pipeline.parse import parse  # noqa: PLC0415
    from pipeline.repair import repair  # noqa: PLC0415
    from pipeline.text import Text  # noqa: PLC0415
    from pipeline.validate.ledger import take_account  # noqa: PLC0415
    from pipeline.validate.rules import find, is_resolution  # noqa: PLC0415

    laps = laps or Laps()
    read = read_source(data, name, limits)
    laps.end("read")
    code = detect(read.source) if lang == "auto" else lang
    if code is None:
        msg = f"{name}: the language is none of {', '.join(codes())}; if it is one of them, name it with --lang"
        raise ReadError(msg)
    ours = language(code)
    repaired = repair(read.text, ours)
    laps.end("repair")
    repairs = (*read.repairs, *repaired.repairs)
    source = Source(name, sha256(data).hexdigest(), len(read.source), read.places, read.links)
    document = parse(repaired.text, ours, source)
    laps.end("parse")
    if not is_resolution(document):
        wanted = "no symbol, no lead phrase, no organ" + (f" in {ours.name}" if lang != "auto" else "")
        msg = f"{name}: not a resolution as far as can be seen: {wanted}; is it the right file, and its --lang right?"
        raise ReadError(msg)
    ledger = take_account(read.source, repaired.text, repairs, document)
    again = repair(Text.of(repaired.text.value), ours)
    if again.text.value != repaired.text.value:
        first = again.repairs[0]
        raise LawError(2, f"repairing the repaired text changes it: {first.fixer} at {first.old!r}")
    record = Record(document, find(document, repairs, read.source, read.findings, repaired.text), repairs, ledger)
    laps.end("validate")
    return record


def emit(
    record: Record,
    formats: Collection[str],
    *,
    markup_date: str | None = None,
    verify: bool = False,
    marks: Marks | None = None,
    house: House | None = None,
    laps: Laps | None = None,
) -> Conversion:
    """Make the files of a record, in the formats named, and hold them to laws 3 to 5.

    `markup_date` (YYYY-MM-DD) is the day that the files which have a date say they were made. With `verify`, all
    files but the XML, JSON and PDF are also read back by independent readers (law 5).
    By its `marks` the Word file has a comment at each finding and each uncertain repair, or
    shows all repairs as tracked changes, which is held to law 5 at once: rejecting all gives the
    source, accepting all the plain file. `house` is a template that it takes its looks from
    (`pipeline.house_template`). On `laps` it is told how long each stage took.
    Raises LawError for the first law that does not hold.
    """
    from pipeline.serialize import document_from_json, to_json  # noqa: PLC0415 - loaded where it is used
    from pipeline.validate.schema import schema_errors  # noqa: PLC0415 - as above

    laps = laps or Laps()
    data = to_json(record)
    for error in schema_errors(data):
        raise LawError(3, f"the record does not pass its schema: {error}")
    if document_from_json(data["document"]) != record.document:
        raise LawError(3, "the document read back from JSON is another")
    laps.end("validate")
    files = {
        kind: _word(record, marks, house, markup_date)
        if kind == "docx" and (marks or house)
        else EMITTERS[kind].emit(record, data, markup_date)
        for kind in formats
    }
    laps.end("emit")
    for kind in files.keys() & XML:
        from pipeline.validate.xml import check_xml  # noqa: PLC0415 - as above

        for message in check_xml(record.document, files[kind]):
            raise LawError(4, message)
    if verify:
        from pipeline.validate.readback import DIFFERENCES  # noqa: PLC0415 - starts pandoc

        for kind in files.keys() & DIFFERENCES.keys():
            for message in DIFFERENCES[kind](record.document, files[kind]):
                raise LawError(5, f"{kind}: {message}")
    laps.end("validate")
    return Conversion(record, files)


def _word(record: Record, marks: Marks | None, house: House | None, date: str | None) -> bytes:
    """Return the Word file with comments, tracked changes, the looks of a house. Raises LawError."""
    from pipeline.emit.docx import emit_docx  # noqa: PLC0415 - loaded where it is used
    from pipeline.repair import repair  # noqa: PLC0415 - as above
    from pipeline.review import remarks  # noqa: PLC0415 - as above
    from pipeline.tracking import changes  # noqa: PLC0415 - as above
    from pipeline.validate.tracked import difference, rejected, writable  # noqa: PLC0415 - as above

    document = record.document
    comments = remarks(record, marks.read.source) if marks and marks.review else ()
    if not (marks and marks.tracked):
        return emit_docx(document, comments, house=house, date=date)
    source = marks.read.source
    repaired = repair(marks.read.text, language(document.language)).text
    marked = emit_docx(document, comments, changes(document, source, repaired, record.repairs), house, date=date)
    if message := difference(rejected(marked), writable(source)):
        raise LawError(5, f"docx: rejecting all changes does not give the source: {message}")
    accepted, wanted = (read_source(data, "a.docx").source for data in (marked, emit_docx(document)))
    if message := difference(accepted, wanted):
        raise LawError(5, f"docx: accepting all changes does not give the document: {message}")
    return marked


def convert(
    data: bytes,
    name: str,
    *,
    lang: str = "auto",
    formats: Collection[str] = USUAL,
    markup_date: str | None = None,
    verify: bool = False,
    review: bool = False,
    tracked: bool = False,
    house: House | None = None,
    limits: InputLimits = USUAL_LIMITS,
) -> Conversion:
    """Turn the bytes of an extracted text into a record and its files.

    `review` is for comments in the Word file, `tracked` for tracked changes; `house` is a template that it takes
    its looks from (`pipeline.house_template.read_house`).
    Raises ReadError where the input is refused, LawError where a law does not hold.
    """
    record = normalize(data, name, lang=lang, limits=limits)
    marks = Marks(read_source(data, name, limits), review, tracked) if review or tracked else None
    return emit(record, formats, markup_date=markup_date, verify=verify, marks=marks, house=house)


def source_text(data: bytes, name: str, limits: InputLimits = USUAL_LIMITS) -> str:
    """Return the text of a source that the spans of its record count in. Raises ReadError."""
    return read_source(data, name, limits).source


__all__ = ["Conversion", "Marks", "codes", "convert", "emit", "normalize", "read_source", "source_text"]
