"""The command `unres check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import configured, failing, severity_of
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.limits import InputLimits


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@failing
@configured
@click.option("--rules", "listing", is_flag=True, help="List the rules, and check nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Tell how often each rule is broken, not where.")
@click.pass_context
def check(
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    form: str,
    fail_on: str,
    limits: InputLimits,
    listing: bool,
    quiet: bool,
) -> None:
    """Hold Akoma Ntoso files to the OASIS schema and the rules of the UN profile.

    A FILE is any Akoma Ntoso file of a resolution, whoever wrote it, or a folder that is searched for .xml files.
    """
    from pipeline.check import exit_code, hold, report, xml_files  # noqa: PLC0415 - so that --help is quick

    if listing:
        click.echo(report.rules_as_json() if form != "text" else "\n".join(report.rules_as_lines()))
        return
    if not paths:
        msg = "name the files to check, or --rules to list the rules"
        raise UsageError(msg)
    severity = severity_of(fail_on)
    tally, kept, codes = report.Tally(), [], {0}
    for file in xml_files(paths):
        one = hold(file.path, limits)
        tally.add(one)
        codes.add(exit_code(one, severity))
        if one.message:
            click.echo(one.message, err=True)
        for line in report.as_lines(one) if form == "text" and not quiet else ():
            click.echo(line)
        if form != "text":
            kept.append(one)
    if form == "text":
        click.echo("\n".join(tally.lines()))
    else:
        click.echo(report.as_json(kept) if form == "json" else report.as_sarif(kept))
    ctx.exit(max(codes))
