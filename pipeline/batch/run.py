"""Carry out a plan, one document after the other; what happens to one does not touch the others."""

from __future__ import annotations

import traceback
from time import perf_counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline.batch.files import InputError, check_writable, load, sweep, write_set
from pipeline.batch.plan import clashes, shown, symbol_name, targets
from pipeline.batch.report import Outcome, Report
from pipeline.convert import emit, normalize
from pipeline.emit import EMITTERS
from pipeline.errors import LawError, ReadError, WriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.batch.plan import Job, Plan
    from pipeline.batch.report import Status
    from pipeline.model import Record

Naming = Literal["source", "symbol"]
NO_SYMBOL = "no symbol was found, so its files are named after the source"


class Options(NamedTuple):
    """How to convert: what `pipeline.convert` takes, and by what the files are named."""

    formats: tuple[str, ...] = tuple(EMITTERS)
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

    Raises WriteError where nothing may be written into a folder of the plan at all.
    """
    folders = dict.fromkeys(job.folder for job in plan.jobs)
    for folder in folders:
        check_writable(folder)
    sweep(folders)
    outcomes = []
    for outcome in _outcomes(plan, options):
        outcomes.append(outcome)
        on_done(outcome)
    return Report(tuple(outcomes))


def read_record(job: Job, lang: str) -> Record:
    """Return the record of a document.

    It names its source without its folder, so that it is the same wherever it is made.
    Raises InputError, ReadError, LawError.
    """
    name = shown(job.source.name)
    try:
        return normalize(load(job.source), name, lang=lang)
    except ReadError as error:
        raise ReadError(shown(job.source) + str(error).removeprefix(name)) from error


def _outcomes(plan: Plan, options: Options) -> Iterator[Outcome]:
    for path, message in plan.unreadable:
        yield Outcome(path, "failed", message=f"{shown(path)}: {message}")
    jobs = plan.jobs
    if options.naming == "symbol":
        jobs = yield from _named_by_symbol(jobs, options)
    for job in jobs:
        yield _attempt(job, lambda job=job: _convert(job, options))


def _named_by_symbol(jobs, options):
    ...
