"""The command `unres convert`: what it takes, and what it tells of each document."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from pipeline.batch.isolation import LEAST_MEMORY, Limits, cores
from pipeline.cli.location import Location
from pipeline.cli.options import EPILOG, JSON_LOG, configured, day_of_run, failing, languages, severity_of
from pipeline.cli.reports import check_places, noted, reports_of
from pipeline.cli.settings import Setting
from pipeline.cli.values import check_fitting, finite, formats_begun, formats_of
from pipeline.emit import CHOICES, USUAL

if TYPE_CHECKING:
    from pipeline.batch.document import Naming
    from pipeline.batch.report import Outcome, Report
    from pipeline.limits import InputLimits
    from pipeline.reports import Wanted


@click.command(epilog=EPILOG)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=Location())
@click.option(
    "--out",
    cls=Setting,
    type=Location(),
    default="out",
    show_default=True,
    help="Folder to write to, or the address of one in a store.",
)
@click.option(
    "--to",
    "formats",
    cls=Setting,
    listed=True,
    default=",".join(USUAL),
    show_default=True,
    callback=formats_of,
    shell_complete=formats_begun,
    help=f"Formats, separated by commas: {', '.join(CHOICES)}.",
)
@click.option(
    "--markdown",
    "dialect",
    cls=Setting,
    type=click.Choice(["pandoc", "gfm"]),
    default="pandoc",
    show_default=True,
    help="Dialect of Markdown: pandoc's, or what GitHub and most other readers know.",
)
@click.option(
    "--note-refs",
    cls=Setting,
    type=click.Choice(["noteRef", "ref"]),
    default="noteRef",
    show_default=True,
    help="Element of later mentions of a footnote in the XML; some programs drop noteRef.",
)
@languages
@click.option(
    "--name",
    "naming",
    cls=Setting,
    type=click.Choice(["source", "symbol"]),
    default="source",
    show_default=True,
    help="Name the files by the source's name, or by symbol and language (A_RES_69_60.zh).",
)
@failing
@click.option("--strict", is_flag=True, help="The same as --fail-on warning.")
@click.option(
    "--verify/--no-verify",
    cls=Setting,
    default=False,
    help="Also read the files back with pandoc and other readers, and compare.",
)
@click.option(
    "--review/--no-review", cls=Setting, default=False, help="Comment in the Word file what an editor should check."
)
@click.option(
    "--tracked/--no-tracked", cls=Setting, default=False, help="Show in the Word file all repairs as tracked changes."
)
@click.option(
    "--reference-doc",
    "reference",
    cls=Setting,
    type=click.Path(path_type=Path),
    example="house.docx",
    help="Word file whose styles, page and running heads the Word files take.",
)
@click.option(
    "--jobs",
    cls=Setting,
    example=2,
    type=click.IntRange(min=1),
    default=cores,
    show_default="all processors",
    help="Documents converted at a time.",
)
@click.option(
    "--timeout",
    cls=Setting,
    type=click.FloatRange(min=0, min_open=True),
    callback=finite,
    default=Limits().seconds,
    show_default=True,
    help="Seconds a document may take.",
)
@click.option(
    "--memory",
    cls=Setting,
    type=click.IntRange(min=LEAST_MEMORY),
    default=Limits().memory,
    show_default=True,
    help="Megabytes of memory a document may take.",
)
@configured
@click.option(
    "--engine",
    cls=Setting,
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Where documents are converted: on this machine, or by the workers of a Dask cluster.",
)
@click.option(
    "--scheduler",
    cls=Setting,
    metavar="ADDRESS",
    example="tcp://127.0.0.1:8786",
    help="Address of the Dask scheduler, as tcp://HOST:8786.",
)
@click.option(
    "--report",
    "reports",
    cls=Setting,
    listed=True,
    keyed=True,
    multiple=True,
    callback=reports_of,
    example="junit=unres.xml",
    metavar="KIND[=FILE]",
    help="Reports, separated by commas or repeated: junit=FILE, sarif=FILE, json=FILE, github.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file is not what it would be.")
@click.option("--watch", is_flag=True, help="Go on: convert what changes, until stopped.")
@click.option("-v", "--verbose", is_flag=True, help="Tell all findings, tracebacks, and the files written.")
@click.option("-q", "--quiet", is_flag=True, help="Tell only what went wrong.")
@click.option(
    "--log-json",
    "--json-log",
    "json_log",
    is_flag=True,
    help="Tell of each document as a line of JSON on standard error.",
)
@click.pass_context
def convert(
    ctx: click.Context,
    *,
    paths: tuple[PurePath, ...],
    out: PurePath,
    formats: tuple[str, ...],
    dialect: str,
    note_refs: str,
    lang: str,
    naming: Naming,
    fail_on: str,
    strict: bool,
    verify: bool,
    review: bool,
    tracked: bool,
    reference: Path | None,
    jobs: int,
    timeout: float,
    memory: int,
    limits: InputLimits,
    engine: str,
    scheduler: str | None,
    reports: tuple[Wanted, ...],
    check: bool,
    watch: bool,
    verbose: bool,
    quiet: bool,
    json_log: bool,
) -> None:
    """Convert documents, or folders of them.

    A PATH is a PDF, extracted text (.txt), a Word, OpenDocument, RTF, Akoma Ntoso or Markdown file or a web page, or a
    folder that is searched for them (not for Markdown); its folders are kept below --out. PATH and --out may be
    addresses that fsspec knows, as s3://bucket/folder.
    Each NAME becomes NAME.json, NAME.docx, NAME.xml and NAME.md, all of them or none. SOURCE_DATE_EPOCH sets the
    day that the files say they were made; else that is the document's own, and in Word files 1 January 1980.
    What was made before, and would be made again of the same document, is left as it is.
    """
    # What converts takes longer to load than all options: who asks for --help need not wait for it.
    from pipeline.batch.document import Options  # noqa: PLC0415
    from pipeline.batch.plan import plan  # noqa: PLC0415
    from pipeline.batch.report import exit_code, summary  # noqa: PLC0415
    from pipeline.batch.run import run  # noqa: PLC0415
    from pipeline.cli.follow import follow  # noqa: PLC0415
    from pipeline.cli.telling import Telling, closing, told  # noqa: PLC0415
    from pipeline.house import referenced  # noqa: PLC0415

    check_fitting(ctx)
    if "docx" not in formats:
        review, tracked, reference = False, False, None
    severity = severity_of("warning" if strict else fail_on)
    if dialect != "pandoc":
        formats = tuple(dialect if kind == "md" else kind for kind in formats)
    if note_refs != "noteRef":
        formats = tuple("xmlref" if kind == "xml" else kind for kind in formats)
    template = referenced(reference) if reference else None
    options = Options(formats, lang, naming, day_of_run(), verify, review, tracked, template, limits)
    isolation, cluster = Limits(timeout, memory), scheduler if engine == "dask" else None
    ctx.meta[JSON_LOG] = json_log
    telling = Telling(severity, verbose=verbose, quiet=quiet, json_log=json_log, unchanged=not watch)

    def convert_all() -> Report:
        planned = plan(paths, out, options.suffixes, named_later=naming == "symbol")
        documents = len(planned.jobs) + len(planned.unreadable)
        check_places(reports, planned, options.suffixes)
        with noted(reports, severity) as note, told(telling, documents) as tell:

            def on_done(outcome: Outcome) -> None:
                note(outcome)
                tell(outcome)

            report = run(planned, options, on_done, jobs=jobs, limits=isolation, check=check, scheduler=cluster)
        if not quiet:
            click.echo(summary(report, check=check))
        if not json_log:  # else there is nothing but JSON on standard error
            for line in closing(report, telling):
                click.echo(line, err=True)
        return report

    if watch:
        follow(paths, out, [one.path for one in reports if one.path], convert_all)
    ctx.exit(exit_code(convert_all(), severity))
