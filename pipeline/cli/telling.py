"""What `unres convert` tells of each document: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

import click

from pipeline.batch.plan import shown
from pipeline.batch.report import EXIT_CODES, at_least, counted, details, log_entry, place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.batch.report import Outcome, Report
    from pipeline.model import Severity

REFRESH = 0.1
MANY, BEAT = 100, 5.0
"""Of more documents than this, a log has lines only where there is something to say, and one every few seconds."""


class Telling(NamedTuple):
    """What is told while documents are converted: the findings that count, what the flags say, what is unchanged."""

    severity: Severity | None
    verbose: bool
    quiet: bool
    json_log: bool
    unchanged: bool


@contextmanager
def told(telling: Telling, total: int) -> Iterator[Callable[[Outcome], None]]:
    """Give what tells of a document: above a progress bar on a terminal, elsewhere in lines."""
    if not telling.unchanged:
        with told(telling._replace(unchanged=True), total) as tell:
            yield lambda outcome: None if outcome.unchanged else tell(outcome)
        return
    if telling.json_log:
        yield lambda outcome: click.echo(json.dumps(log_entry(outcome)), err=True)
        return
    if telling.verbose or telling.quiet or os.environ.get("CI") or not sys.stderr.isatty():
        yield partial(_tell, telling=telling) if telling.verbose or total <= MANY else _beats(telling, total)
        return
    from rich.console import Console  # noqa: PLC0415 - loaded where it is used, so that --help is quick
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - as above

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    # It would be refreshed by a thread, and what has threads had better not fork.
    with Progress(*columns, console=console, transient=True, redirect_stdout=False, auto_refresh=False) as bar:
        task = bar.add_task("", total=total, rate="")
        started = monotonic()
        shown_at, done = 0.0, 0

        def advance(outcome: Outcome) -> None:
            nonlocal shown_at, done
            for line in _lines(outcome, telling, every=False):
                console.print(line)
            done += 1
            bar.advance(task)
            if monotonic() - shown_at > REFRESH:
                shown_at = monotonic()
                bar.update(task, rate=f"{done / (shown_at - started):,.1f} a second")
                bar.refresh()

        yield advance


def closing(report: Report, telling: Telling) -> Iterator[str]:
    """Yield what is told at the end, beside the summary: details, and what isolates documents where that is of note."""
    if report.level and (telling.verbose or not report.level.process):
        yield str(report.level)
    if not telling.quiet:
        yield from details(report)


def _lines(outcome: Outcome, telling: Telling, *, every: bool) -> Iterator[str]:
    """Yield what there is to say of a document; with `every`, also of one there is nothing to say of."""
    path = shown(outcome.source)
    if outcome.message and (EXIT_CODES[outcome.status] or not telling.quiet):
        yield f"{outcome.status}: {shown(outcome.message)}"
    elif every:
        counts = [counted(outcome.repairs, "repair"), counted(len(outcome.findings), "finding")]
        if outcome.unchanged:
            counts.append("unchanged")
        yield f"{outcome.status}: {path}: {', '.join(counts)}"
    for outdated in outcome.outdated:
        yield f"outdated: {shown(outdated)}: not what {path} becomes"
    lowest: Severity | None = "note" if telling.verbose else telling.severity
    for found in at_least(lowest, outcome.findings) if lowest else ():
        yield f"{path}:{place_of(found)}: {found.severity}: {shown(found.message)} [{found.rule}]"
    if telling.verbose and outcome.details:
        yield outcome.details.rstrip()


def _beats(telling: Telling, total: int) -> Callable[[Outcome], None]:
    """Return what tells of a document where there is something to say, and every few seconds how far the run is."""
    started = told_at = monotonic()
    done = 0

    def tell(outcome: Outcome) -> None:
        nonlocal told_at, done
        done += 1
        for line in _lines(outcome, telling, every=False):
            click.echo(line, err=True)
        now = monotonic()
        if not telling.quiet and now - told_at > BEAT:
            told_at = now
            rate = done / (now - started)
            left = (total - done) / rate
            click.echo(f"{done:,} of {total:,} documents, {rate:,.1f} a second, {left:,.0f} s left", err=True)

    return tell


def _tell(outcome: Outcome, telling: Telling) -> None:
    for line in _lines(outcome, telling, every=not telling.quiet):
        click.echo(line, err=True)
    for path in outcome.outputs if telling.verbose else ():
        click.echo(path)
