"""The commands `unres package` and `unres verify`."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import day_of_run
from pipeline.errors import ReadError, UsageError


@click.command()
@click.argument("out", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--to", type=click.Choice(["bag"]), required=True, help="Kind of package.")
@click.option("--sources", type=click.Path(path_type=Path), required=True, help="Folder that was converted.")
@click.option("--bags", type=click.Path(path_type=Path), default="bags", show_default=True, help="Folder to write to.")
def package(*, out: Path, to: str, sources: Path, bags: Path) -> None:  # noqa: ARG001 - bags are the only kind so far
    """Make a BagIt bag of each document in OUT, a folder that `unres convert` wrote, with all its languages."""
    from pipeline.package.bag import write_bag  # noqa: PLC0415 - so that --help is quick
    from pipeline.package.family import bag_of, families  # noqa: PLC0415 - as above

    date = day_of_run()
    if date is None:
        # No clock is read, and the day of the document is not that of what was done to it.
        msg = "set SOURCE_DATE_EPOCH, the seconds since 1970 of the run (date +%s): the events of a bag have that date"
        raise UsageError(msg)
    made = {bags / name: bag_of(members, date) for name, members in families(out, sources).items()}
    for folder, files in made.items():
        write_bag(folder, files)
        click.echo(folder)


@click.command()
@click.argument("bags", metavar="BAG...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.pass_context
def verify(ctx: click.Context, *, bags: tuple[Path, ...]) -> None:
    """Hash the files of bags again, hold them to schema and rules, and convert their sources again."""
    from pipeline.package.family import faults  # noqa: PLC0415 - so that --help is quick

    code = 0
    for bag in bags:
        try:
            found = list(faults(bag))
        except ReadError as error:
            click.echo(str(error), err=True)
            code = 3
            continue
        for fault in found:
            click.echo(f"{bag}: {fault}")
        code = max(code, int(bool(found)))
    ctx.exit(code)
