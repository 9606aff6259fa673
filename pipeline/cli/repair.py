"""The command `unres repair`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.batch.files import InputError, check_writable, load, write_set
from pipeline.batch.shown import shown
from pipeline.cli.options import configured
from pipeline.errors import LawError, ReadError, UsageError, WriteError

if TYPE_CHECKING:
    from pipeline.akn_repair.report import Outcome
    from pipeline.check import Found
    from pipeline.limits import InputLimits


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default="out", show_default=True, help="Folder to write to.")
@configured
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="Tell how much was changed, not what.")
@click.pass_context
def repair(
    ctx: click.Context, *, paths: tuple[Path, ...], out: Path, limits: InputLimits, form: str, quiet: bool
) -> None:
    """Make Akoma Ntoso files of others clean by the rules of `unres check`.

    A FILE is any Akoma Ntoso file of a resolution, or a folder that is searched for .xml files; its folders are kept
    below --out. No word of a text is changed, and nothing is written that the file itself does not tell; each change
    is told. A file that cannot be made clean so is not written, and what is left is told.
    """
    from pipeline.akn_repair import report  # noqa: PLC0415 - so that --help is quick
    from pipeline.check import xml_files  # noqa: PLC0415 - as above

    own = out.resolve()
    # What an earlier run wrote below a folder that is searched is no input.
    files = [file for file in xml_files(paths) if file.path in paths or own not in file.path.resolve().parents]
    if not files:
        msg = f"all .xml files are below {shown(out)}, where they would be written to; choose another folder with --out"
        raise UsageError(msg)
    _refuse_clashes(files, out)
    check_writable(out)
    tally, kept, codes = report.Tally(), [], {0}
    for file in files:
        outcome = _repaired(file, out, limits)
        tally.add(outcome)
        codes.add(outcome.code)
        if outcome.message:
            click.echo(outcome.message, err=True)
        for line in report.as_lines(outcome) if form == "text" and not quiet else ():
            click.echo(shown(line))
        if form == "json":
            kept.append(outcome)
    click.echo(report.as_json(kept) if form == "json" else "\n".join(tally.lines()))
    ctx.exit(max(codes))


def _repaired(file: Found, out: Path, limits: InputLimits) -> Outcome:
    """Repair a file and write it, where it is clean then. What goes wrong with it is in the outcome."""
    from pipeline.akn_repair import mend  # noqa: PLC0415 - so that --help is quick
    from pipeline.akn_repair.report import Outcome  # noqa: PLC0415 - as above

    try:
        mended = mend(load(file.path, limits), shown(file.path), limits)
        if mended.left:
            message = f"{shown(file.path)}: is not clean after the repair; what is left needs an editor; not written"
            return Outcome(file.path, mended._replace(data=b""), None, message, 3)
        write_set({out / file.below: mended.data})
    except (ReadError, InputError, WriteError, LawError) as error:
        return Outcome(file.path, message=str(error), code=error.exit_code)
    return Outcome(file.path, mended._replace(data=b""), out / file.below)


def _refuse_clashes(files: list[Found], out: Path) -> None:
    """Raise UsageError where a file would be overwritten by its repair, or two would be written as one."""
    owners: dict[Path, Path] = {}
    sources = {file.path.resolve() for file in files}
    for path, below in files:
        target = (out / below).resolve()
        if target in sources:
            msg = f"{shown(out / below)} is an input and would be overwritten; choose another folder with --out"
            raise UsageError(msg)
        if owners.setdefault(target, path) is not path:
            msg = f"{shown(owners[target])} and {shown(path)} would both become {shown(out / below)}; repair them apart"
            raise UsageError(msg)
