"""What several commands take and say."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import click

from pipeline.batch.plan import shown
from pipeline.errors import UsageError
from pipeline.languages import codes

if TYPE_CHECKING:
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
languages = click.option(
    "--lang", type=click.Choice(["auto", *codes()]), default="auto", show_default=True, help="Language of the text."
)


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
