"""The commands on a project's configuration: `unres init` and `unres config`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import click

from pipeline.cli.configuration import OWN, read_configuration
from pipeline.cli.settings import TABLE, as_file, as_toml, settings_of, table_of
from pipeline.errors import UsageError
from pipeline.limits import InputLimits, key_of


@click.command()
@click.option("--force", is_flag=True, help="Write the file anew where it is there already.")
@click.pass_context
def init(ctx: click.Context, *, force: bool) -> None:
    """Write unres.toml into this folder: all settings, explained and commented out."""
    from pipeline.batch.files import write_set  # noqa: PLC0415 - so that --help is quick

    file = Path(OWN)
    if not force and os.path.lexists(file):
        msg = f"{OWN}: is there already; --force writes it anew, and what it says is lost"
        raise UsageError(msg)
    write_set({file: as_file(_root(ctx)).encode()})
    click.echo(file)


@click.command()
@click.option("--config", "file", type=click.Path(path_type=Path), help="Configuration to tell of.")
@click.pass_context
def config(ctx: click.Context, *, file: Path | None) -> None:
    """Tell what is configured here, and where each value is set."""
    root = _root(ctx)
    configured = read_configuration(file, root, ctx)
    table = ""
    for line in table_of(root):
        if line.table != table:
            table = line.table
            click.echo(f"\n[{table}]")
        value = _limit(configured.limits, line.key) if table == TABLE else configured.values.get(line.key)
        shown = line.usual
        if (line.table, line.key) in configured.places:
            is_listed = not table and settings_of(root)[line.key].listed
            shown = as_toml(str(value).split(",") if is_listed else value)
        place = configured.places.get((line.table, line.key))
        click.echo(f"{line.key} = {shown}" + (f"  # {place}" if place else ""))


def _limit(limits: InputLimits, key: str) -> int:
    return next(value for field, value in zip(InputLimits._fields, limits, strict=True) if key_of(field) == key)


def _root(ctx: click.Context) -> click.Group:
    return cast("click.Group", ctx.find_root().command)
