"""The commands on a project's configuration: `unres init` and `unres config`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from pipeline.cli.configuration import OWN, read_configuration
from pipeline.cli.settings import as_file, as_toml, settings_of, table_of
from pipeline.errors import UsageError
from pipeline.limits import InputLimits, key_of

if TYPE_CHECKING:
    from pipeline.cli.configuration import Configuration
    from pipeline.cli.settings import Line


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
    """Tell what holds here, and where each value is set. A line that is commented out is an example: nothing is set."""
    root = _root(ctx)
    configured = read_configuration(file, root, ctx)
    table = ""
    for line in table_of(root):
        if line.table != table:
            table = line.table
            click.echo(f"\n[{table}]")
        click.echo(_told(line, configured, root))


def _told(line: Line, configured: Configuration, root: click.Group) -> str:
    setting = None if line.table else settings_of(root)[line.key]
    if place := configured.places.get((line.table, line.key)):
        value = configured.values[line.key] if setting else _limit(configured.limits, line.key)
        return f"{line.key} = {as_toml(str(value).split(',') if setting and setting.listed else value)}  # {place}"
    if setting and callable(setting.default):
        return f"{line.key} = {as_toml(setting.default())}  # {line.without}"
    return f"# {line.key} = {line.value}  # not set" if line.without else f"{line.key} = {line.value}"


def _limit(limits: InputLimits, key: str) -> int:
    return next(value for field, value in zip(InputLimits._fields, limits, strict=True) if key_of(field) == key)


def _root(ctx: click.Context) -> click.Group:
    return cast("click.Group", ctx.find_root().command)
