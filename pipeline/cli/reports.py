"""The option `--report`: which reports are asked for, and where they go."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.batch.report import Outcome
    from pipeline.model import Severity
    from pipeline.reports import Wanted


def reports_of(_ctx: click.Context, _parameter: click.Parameter, value: str) -> tuple[Wanted, ...]:
    """Return the reports that a text asks for. Raises BadParameter where one is unknown, or a file lacks."""
    from pipeline.reports import FORMS, UNASKED, Wanted  # noqa: PLC0415 - so that --help is quick

    found: list[Wanted] = []
    for one in filter(None, (part.strip() for part in value.split(","))):
        kind, _, name = one.partition("=")
        if kind not in FORMS:
            msg = f"unknown report {kind!r}; known are {', '.join(FORMS)}"
            raise click.BadParameter(msg)
        if bool(name) == (kind == UNASKED):
            msg = f"{kind} names no file" if name else f"{kind} needs a file: {kind}=FILE"
            raise click.BadParameter(msg)
        found.append(Wanted(kind, Path(name) if name else None))
    if len({one.path for one in found}) < len(found):
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

    with reporting(wanted, severity, sys.stdout) as note:
        yield note
