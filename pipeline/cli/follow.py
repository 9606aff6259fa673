"""`unres convert --watch`: convert again whenever a document changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from pipeline.batch.plan import SUFFIXES
from pipeline.batch.stopping import held, let_through
from pipeline.errors import UnresError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

LOOK = 300
"""Milliseconds until a signal is seen."""


def follow(paths: Sequence[Path], out: Path, reports: Collection[Path], convert_all: Callable[[], object]) -> NoReturn:
    """Convert all, and again after each change below the paths, until a signal ends it.

    What it writes itself, into `out` and as `reports`, is no change.
    What cannot be carried out now, as where a folder is empty, is told, and may be later.
    Raises UsageError where a path is missing, and where the library that watches is.
    """
    try:
        from watchfiles import watch  # noqa: PLC0415 - an extra
    except ImportError:
        msg = "--watch needs the library watchfiles: pip install 'unres[watch]'"
        raise UsageError(msg) from None
    if missing := [str(path) for path in paths if not path.exists()]:
        msg = f"--watch needs something to watch: {', '.join(missing)} is not there"
        raise UsageError(msg)
    own, named = out.resolve(), {path.resolve() for path in paths}
    written = {path.resolve() for path in reports}

    def counts(_change: object, name: str) -> bool:
        path = Path(name).resolve()
        is_ours = path in written or (own in path.parents and own not in named)
        return path in named or (path.suffix.lower() in SUFFIXES and not is_ours)

    with held():
        # At its first look, before which it watches already, nothing need have changed.
        for at, changes in enumerate(watch(*paths, watch_filter=counts, rust_timeout=LOOK, yield_on_timeout=True)):
            with let_through():
                if changes or at == 0:
                    _converted(convert_all)
    raise AssertionError


def _converted(convert_all: Callable[[], object]) -> None:
    try:
        convert_all()
    except UnresError as error:
        click.echo(f"unres: {error}", err=True)
