"""What the options of `unres convert` take, and which of them go together."""

from __future__ import annotations

from math import isfinite

import click
from click.core import ParameterSource

from pipeline.emit import CHOICES, EMITTERS
from pipeline.errors import UsageError

OF_WORD = {"review": "--review", "tracked": "--tracked", "reference": "--reference-doc"}


def formats_of(_ctx: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    """Return the formats that a list with commas names. Raises BadParameter for what cannot be made."""
    wanted = tuple(dict.fromkeys(kind.strip().lower() for kind in value.split(",")))
    if unknown := [kind for kind in wanted if kind not in CHOICES]:
        msg = f"unknown format {', '.join(map(repr, unknown))}; known are {', '.join(CHOICES)}"
        raise click.BadParameter(msg)
    if len({EMITTERS[kind].suffix for kind in wanted}) < len(wanted):
        msg = "md and gfm would both become NAME.md; name one of them"
        raise click.BadParameter(msg)
    for lacking in filter(None, (EMITTERS[kind].lacking() for kind in wanted)):
        raise click.BadParameter(lacking)
    return wanted


def finite(_ctx: click.Context, _parameter: click.Parameter, value: float) -> float:
    """Return a number that is one. Raises BadParameter."""
    if not isfinite(value):
        msg = f"{value} is no number of seconds"
        raise click.BadParameter(msg)
    return value


def formats_begun(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Return the formats that a shell may go on with; behind a comma none, which not every shell can take."""
    return [kind for kind in CHOICES if kind.startswith(incomplete)]


def check_fitting(ctx: click.Context) -> None:
    """Raise UsageError where options of a command line do not go together."""
    given = ctx.params
    asked = {name for name in given if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    if given["strict"] and "fail_on" in asked:
        msg = "--strict is --fail-on warning; give one of the two"
        raise UsageError(msg)
    if given["check"] and given["watch"]:
        msg = "--check writes nothing and --watch goes on writing; give one of the two"
        raise UsageError(msg)
    if (given["engine"] == "dask") != (given["scheduler"] is not None):
        msg = "--engine dask and --scheduler ADDRESS go together; give both of them, or none"
        raise UsageError(msg)
    for name in ("review", "tracked", "reference"):
        if name in asked and given[name] and "docx" not in given["formats"]:
            msg = f"{OF_WORD[name]} is for the Word file; --to has to name docx"
            raise UsageError(msg)
    if "note_refs" in asked and given["note_refs"] != "noteRef" and "xml" not in given["formats"]:
        msg = "--note-refs is for the XML; --to has to name xml"
        raise UsageError(msg)
