"""Carry out a plan, one document after the other; what happens to one does not touch the others."""

from __future__ import annotations

import traceback
from time import perf_counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline.batch.files import InputError, check_writable, load, sweep, write_set
from pipeline.batch.plan import clashes, shown, symbol_name, targets
from pipeline.batch.report import Outcome, Report
from pipeline.convert import emit, normalize
from pipeline.emit import EMITTERS, USUAL
from pipeline.errors import LawError, ReadError, WriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from pathlib import Path

    from pipeline.batch.plan import Job, Plan
    from pipeline.model import Record

Naming = Literal["source", "symbol"]
OUR_FAULT = "please report this fault of ours with the document"
NO_SYMBOL = "no symbol was found, so its files are named after the source"


class Options(NamedTuple):
    """How to convert: what `pipeline.convert` takes, and by what the files are named."""

    formats: tuple[str, ...] = USUAL
    lang: str = "auto"
    naming: Naming = "source"
    markup_date: str | None = None
    verify: bool = False

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings of the files each document becomes."""
        return tuple(EMITTERS[kind].suffix for kind in self.formats)


def run(plan: Plan, options: Options, on_done: Callable[[Outcome], None]) -> Report:
    """Convert the documents of a plan, and tell `on_done` of each as it is done.

    Raises WriteError where nothing at all may be written into the folder of the plan.
    """
    check_writable(plan.out)
    sweep({job.folder for job in plan.jobs})
    outcomes = []
    for outcome in _outcomes(plan, options):
        outcomes.append(outcome)
        on_done(outcome)
    return Report(tuple(outcomes))


def read_record(path: Path, lang: str) -> Record:
    """Return the record of the document in a file.

    It names its source without the folder, so that it is the same wherever it is made.
    Raises InputError, ReadError, LawError.
    """
    name = shown(path.name)
    try:
        return normalize(load(path), name, lang=lang)
    except ReadError as error:
        raise ReadError(shown(path) + str(error).removeprefix(name)) from error


def _outcomes(plan: Plan, options: Options) -> Iterator[Outcome]:
    for path, message in plan.unreadable:
        yield Outcome(path, "failed", message=f"{shown(path)}: {message}")
    jobs = plan.jobs
    if options.naming == "symbol":
        jobs = yield from _named_by_symbol(jobs, options)
    for job in jobs:
        yield _convert(job, options)


def _named_by_symbol(jobs: Iterable[Job], options: Options) -> Generator[Outcome, None, tuple[Job, ...]]:
    """Return the jobs named by their symbols; yield what became of those that end here.

    All must be read before any is written. Their records are not kept, so that memory does
    not grow with the number of documents; reading them again costs less than writing them.
    """
    named = []
    for job in jobs:
        try:
            name = _symbol_name(read_record(job.source, options.lang))
        except Exception as error:  # noqa: BLE001 - told as the outcome of this document
            yield _failure(job, error)
        else:
            named.append(job._replace(name=name or job.name))
    clashing = clashes(named, options.suffixes)
    for job, message in clashing.items():
        yield Outcome(job.source, "refused", message=message)
    return tuple(job for job in named if job not in clashing)


def _convert(job: Job, options: Options) -> Outcome:
    started = perf_counter()
    try:
        outcome = _written(job, options)
    except Exception as error:  # noqa: BLE001 - told as the outcome of this document
        outcome = _failure(job, error)
    return outcome._replace(seconds=perf_counter() - started)


def _written(job: Job, options: Options) -> Outcome:
    record = read_record(job.source, options.lang)
    files = emit(record, options.formats, markup_date=options.markup_date, verify=options.verify).files
    outputs = targets(job, options.suffixes)
    write_set(dict(zip(outputs, (files[kind] for kind in options.formats), strict=True)))
    return Outcome(
        job.source,
        "findings" if record.findings else "repaired" if record.repairs else "ok",
        tuple(outputs),
        len(record.repairs),
        record.findings,
        f"{shown(job.source)}: {NO_SYMBOL}" if options.naming == "symbol" and not _symbol_name(record) else "",
    )


def _symbol_name(record: Record) -> str:
    return symbol_name(record.document.masthead.symbol or "", record.document.language)


def _failure(job: Job, error: Exception) -> Outcome:
    path = shown(job.source)
    match error:
        case ReadError():
            return Outcome(job.source, "refused", message=str(error))
        case InputError() | WriteError():
            return Outcome(job.source, "failed", message=str(error))
        case LawError():
            what = f"law {error.law} does not hold: {error}"
            return Outcome(job.source, "breach", message=f"{path}: {what}; nothing was written, {OUR_FAULT}")
    details = "".join(traceback.format_exception(error))
    what = f"unexpected {type(error).__name__}: {error}"
    return Outcome(job.source, "crash", message=f"{path}: {what}; nothing was written, {OUR_FAULT}", details=details)
