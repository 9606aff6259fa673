"""The option `--report`: which reports are asked for, and where they go."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.batch.plan import shown, targets
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.batch.plan import Plan
    from pipeline.batch.report import Outcome
    from pipeline.model import Severity
    from pipeline.reports import Wanted


def reports_of(_ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[Wanted, ...]:
    """Return the reports that texts ask for, each of one or more.

    Raises BadParameter where one is unknown, or a file lacks.
    """
    from pipeline.reports import FORMS, UNASKED, Wanted  # noqa: PLC0415 - so that --help is quick

    found: list[Wanted] = []
    for one in filter(None, (part.strip() for part in ",".join(values).split(","))):
        kind, _, name = one.partition("=")
        if kind not in FORMS:
            msg = f"unknown report {kind!r}; known are {', '.join(FORMS)}"
            raise click.BadParameter(msg)
        if bool(name) == (kind == UNASKED):
            msg = f"{kind} names no file" if name else f"{kind} needs a file: {kind}=FILE"
            raise click.BadParameter(msg)
        found.append(Wanted(kind, Path(name) if name else None))
    if len({one.path and one.path.absolute() for one in found}) < len(found):
        msg = "two reports cannot go to one place"
        raise click.BadParameter(msg)
    return tuple(found)


@contextmanager
def noted(wanted: Sequence[Wanted], severity: Severity | None) -> Iterator[Callable[[Outcome], None]]:
    """Give what notes outcomes down for the reports that are asked for, which most runs do not."""
    if not wanted:
        yield lambda _: None
        return
    from pipeline.reports import reporting  # noqa: PLC0415 - as above

    with reporting(wanted, severity, partial(click.echo, nl=False)) as note:
        yield note


def check_places(wanted: Sequence[Wanted], planned: Plan, suffixes: Sequence[str]) -> None:
    """Raise UsageError where a report would take the place of a document, or of what one becomes."""
    if not wanted:
        return
    taken = {place.absolute() for job in planned.jobs for place in (job.source, *targets(job, suffixes))}
    for path in filter(None, (one.path for one in wanted)):
        if path.absolute() in taken:
            msg = f"{shown(path)}: a report would overwrite this file; give it another name"
            raise UsageError(msg)
