"""One document: read, converted, its files staged; what became of it as plain JSON values."""

from __future__ import annotations

import traceback
from dataclasses import asdict
from hashlib import sha256
from time import perf_counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline.batch.files import InputError, load, stage
from pipeline.batch.plan import shown, symbol_name, targets
from pipeline.convert import Marks, emit, normalize, read_source
from pipeline.convert import convert as convert_text
from pipeline.emit import EMITTERS, USUAL
from pipeline.errors import LawError, ReadError, WriteError
from pipeline.house import Reference
from pipeline.house import load as load_house
from pipeline.laps import Laps
from pipeline.limits import USUAL_LIMITS, InputLimits

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.batch.isolation import Answer
    from pipeline.batch.plan import Job
    from pipeline.model import Record

Naming = Literal["source", "symbol"]
NO_SYMBOL = "no symbol was found, so its files are named after the source"
WARMING = b"The General Assembly,\nDecides to meet again.\n"


class Options(NamedTuple):
    """How to convert: what `pipeline.convert` takes, and by what the files are named."""

    formats: tuple[str, ...] = USUAL
    lang: str = "auto"
    naming: Naming = "source"
    markup_date: str | None = None
    verify: bool = False
    review: bool = False
    tracked: bool = False
    reference: Reference | None = None
    limits: InputLimits = USUAL_LIMITS

    @property
    def configuration(self) -> Options:
        """All of it that changes what is made: of a template what it is, not where it lies."""
        return self._replace(reference=self.reference and Reference("", self.reference.sha256))

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings of the files each document becomes."""
        return tuple(EMITTERS[kind].suffix for kind in self.formats)


def read_record(path: Path, lang: str, limits: InputLimits = USUAL_LIMITS, laps: Laps | None = None) -> Record:
    """Return the record of the document in a file.

    It names its source without the folder, so that it is the same wherever it is made.
    Raises InputError, ReadError, LawError.
    """
    name = shown(path.name)
    try:
        return normalize(load(path, limits), name, lang=lang, limits=limits, laps=laps)
    except ReadError as error:
        raise ReadError(shown(path) + str(error).removeprefix(name), limit=error.limit) from error


def warm(options: Options) -> None:
    """Load and compile what every document takes."""
    house = load_house(options.reference) if options.reference else None
    convert_text(WARMING, "warming", lang="en", formats=options.formats, house=house)


def convert(job: Job, options: Options, run: int | None) -> Answer:
    """Convert a document; stage its files for the run of this number, or where there is none only make them.

    The answer has what became of it, the SHA-256 of what was read, and of the files by format.
    """
    started = perf_counter()
    try:
        answer = _staged(job, options, run)
    except Exception as error:  # noqa: BLE001 - told as the outcome of this document
        answer = _failure(error)
    return {**answer, "seconds": perf_counter() - started}


def find_name(job: Job, options: Options) -> Answer:
    """Read a document for the name its files have after its symbol; an empty one where it has none."""
    try:
        return {"status": "ok", "name": _symbol_name(read_record(job.source, options.lang, options.limits))}
    except Exception as error:  # noqa: BLE001 - told as the outcome of this document
        return _failure(error)


def _staged(job: Job, options: Options, run: int | None) -> Answer:
    laps = Laps()
    record = read_record(job.source, options.lang, options.limits, laps)
    files = emit(
        record,
        options.formats,
        markup_date=options.markup_date,
        verify=options.verify,
        marks=_marks(job, options) if options.review or options.tracked else None,
        house=load_house(options.reference) if options.reference else None,
        laps=laps,
    ).files
    made = [files[kind] for kind in options.formats]
    if run is not None:
        stage(dict(zip(targets(job, options.suffixes), made, strict=True)), run)
    return {
        "status": "findings" if record.findings else "repaired" if record.repairs else "ok",
        "repairs": len(record.repairs),
        "findings": [asdict(found) for found in record.findings],
        "note": NO_SYMBOL if options.naming == "symbol" and not _symbol_name(record) else "",
        "source": record.document.source.sha256,
        "files": [sha256(data).hexdigest() for data in made],
        "stages": laps.seconds,
    }


def _marks(job: Job, options: Options) -> Marks:
    read = read_source(load(job.source, options.limits), shown(job.source.name), options.limits)
    return Marks(read, options.review, options.tracked)


def _symbol_name(record: Record) -> str:
    return symbol_name(record.document.masthead.symbol or "", record.document.language)


def _failure(error: Exception) -> Answer:
    """Return what went wrong; where the fault is not the document's, without its name."""
    match error:
        case ReadError():
            return {"status": "refused", "message": str(error)}
        case InputError() | WriteError():
            return {"status": "failed", "message": str(error)}
        case LawError():
            return {"status": "breach", "message": f"law {error.law} does not hold: {error}"}
        case MemoryError():
            return {"status": "memory", "message": "took more memory than it may"}
    details = "".join(traceback.format_exception(error))
    return {"status": "crash", "message": f"unexpected {type(error).__name__}: {error}", "details": details}
