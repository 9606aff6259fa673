"""What several commands take and say."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from pipeline.batch.plan import shown
from pipeline.cli.settings import Setting
from pipeline.errors import UsageError
from pipeline.languages import codes
from pipeline.limits import USUAL_LIMITS

if TYPE_CHECKING:
    from pipeline.limits import InputLimits
    from pipeline.model import Severity

EPILOG = """\b
Exit codes (the gravest counts):
  0    all is well
  1    findings at or above --fail-on, files out of date
  2    the command cannot be carried out as given
  3    documents were refused, or took too much time or memory
  4    an error of ours
  5    reading or writing failed
  6    a law of the conversion does not hold
  130  stopped by Ctrl-C (143: by SIGTERM, 129: by SIGHUP)
"""
JSON_LOG = "unres.json_log"
"""What a command notes of its context where errors, too, are to be JSON."""
languages = click.option(
    "--lang",
    cls=Setting,
    type=click.Choice(["auto", *codes()]),
    default="auto",
    show_default=True,
    help="Language of the text.",
)
failing = click.option(
    "--fail-on",
    cls=Setting,
    type=click.Choice(["never", "error", "warning", "note"]),
    default="error",
    show_default=True,
    help="Exit with 1 where findings are this grave; files are written all the same.",
)


def _configure(ctx: click.Context, _parameter: click.Parameter, file: Path | None) -> InputLimits:
    """Make what is configured the defaults of the command's options; return the limits of readers."""
    if ctx.resilient_parsing:  # a shell asks how a line may go on
        return USUAL_LIMITS
    from pipeline.cli.configuration import read_configuration  # noqa: PLC0415 - so that --help is quick

    configured = read_configuration(file, cast("click.Group", ctx.find_root().command), ctx)
    named = {one.key: one.name for one in ctx.command.params if isinstance(one, Setting) and one.name}
    ctx.default_map = {named[key]: value for key, value in configured.values.items() if key in named}
    return configured.limits


configured = click.option(
    "--config",
    "limits",
    type=click.Path(path_type=Path),
    is_eager=True,
    callback=_configure,
    metavar="FILE",
    help="Configuration.  [default: unres.toml or [tool.unres] of pyproject.toml, here or above]",
)
"""Gives the command `limits`, and its settings the values of the configuration."""


def severity_of(level: str) -> Severity | None:
    """Return the least severity that makes a run fail; None for `never`."""
    return None if level == "never" else cast("Severity", level)


def day_of_run() -> str | None:
    """Return the day that SOURCE_DATE_EPOCH sets, as YYYY-MM-DD; None where it is not set. No clock is read.

    A day, and no time of it: what is made then depends on nothing finer than what the manifest keeps.
    Raises UsageError where it is no number of seconds.
    """
    value = os.environ.get("SOURCE_DATE_EPOCH")
    if not value:
        return None
    try:
        return datetime.fromtimestamp(int(value), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        msg = f"SOURCE_DATE_EPOCH is {shown(value)}; a number of seconds since 1970 is expected"
        raise UsageError(msg) from None
