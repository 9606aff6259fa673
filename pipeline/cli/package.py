"""The commands `unres package` and `unres verify`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.batch.plan import shown
from pipeline.cli.options import EPILOG, configured, day_of_run
from pipeline.errors import ReadError, UnresError, UsageError

if TYPE_CHECKING:
    from pipeline.limits import InputLimits


@click.command(epilog=EPILOG)
@click.argument("out", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--to", type=click.Choice(["bag"]), required=True, help="Kind of package.")
@click.option("--sources", type=click.Path(path_type=Path), required=True, help="Folder that was converted.")
@click.option("--bags", type=click.Path(path_type=Path), default="bags", show_default=True, help="Folder to write to.")
@configured
@click.pass_context
def package(
    ctx: click.Context,
    *,
    out: Path,
    to: str,  # noqa: ARG001 - bags are the only kind so far
    sources: Path,
    bags: Path,
    limits: InputLimits,
) -> None:
    """Make a BagIt bag of each document in OUT, a folder that `unres convert` wrote, with all its languages.

    Each bag is checked in full before it gets its name. One that is there already and is the same is left as it is.
    """
    from pipeline.package.bag import write_bag  # noqa: PLC0415 - so that --help is quick
    from pipeline.package.family import bag_of, families  # noqa: PLC0415 - as above

    date = day_of_run()
    if date is None:
        # No clock is read, and the day of the document is not that of what was done to it.
        msg = "set SOURCE_DATE_EPOCH, the seconds since 1970 of the run (date +%s): the events of a bag have that date"
        raise UsageError(msg)
    code = 0
    for name, places in families(out, sources).items():
        try:
            write_bag(bags / name, bag_of(places, date, limits))
        except UnresError as error:
            click.echo(f"unres: {error}", err=True)
            code = max(code, 3 if isinstance(error, ReadError) else error.exit_code)
        else:
            click.echo(shown(bags / name))
    ctx.exit(code)


@click.command(epilog=EPILOG)
@click.argument("bags", metavar="BAG...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@configured
@click.pass_context
def verify(ctx: click.Context, *, bags: tuple[Path, ...], form: str, limits: InputLimits) -> None:
    """Hash the files of bags again, hold them to schemas and ledgers, and convert their sources again.

    A bag that another version of unres made is not converted again, as that may rightly give other files; a notice
    says so.
    """
    from pipeline.package.contents import Verdict, verdict  # noqa: PLC0415 - so that --help is quick

    code = 0
    told = []
    for bag in bags:
        refused = ""
        try:
            found = verdict(bag, limits)
        except ReadError as error:
            found, refused, code = Verdict(()), str(error), 3
            click.echo(refused, err=True)
        code = max(code, int(bool(found.faults)))
        told.append({"bag": str(bag), "refused": refused or None, **found._asdict()})
        for line in found.faults if form == "text" else ():
            click.echo(f"{shown(bag)}: {line}")
        for line in found.notices if form == "text" else ():
            click.echo(f"{shown(bag)}: notice: {line}", err=True)
    if form == "json":
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    ctx.exit(code)
