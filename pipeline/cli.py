"""The command `unres`: arguments, progress, exit codes. The only place that prints."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from contextlib import contextmanager
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, cast

import click

from pipeline import __version__
from pipeline.batch.plan import plan, shown
from pipeline.batch.report import EXIT_CODES, at_least, counted, exit_code, log_entry, place_of, summary
from pipeline.batch.run import OUR_FAULT, Options, run
from pipeline.commands.check import check
from pipeline.commands.package import package, verify
from pipeline.commands.repair import repair
from pipeline.emit import EMITTERS
from pipeline.errors import LawError, UnresError, UsageError
from pipeline.languages import codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import RenderableType

    from pipeline.batch.report import Outcome
    from pipeline.batch.run import Naming
    from pipeline.model import Severity

EPILOG = """\b
Exit codes (the gravest counts):
  0    all is well
  1    findings at or above --fail-on
  2    the command cannot be carried out as given
  3    documents were refused
  4    an error of ours
  5    reading or writing failed
  6    a law of the conversion does not hold
  130  stopped by Ctrl-C (143: by SIGTERM)
"""
languages = click.option(
    "--lang", type=click.Choice(["auto", *codes()]), default="auto", show_default=True, help="Language of the text."
)


class Commands(click.Group):
    """Commands whose errors lead to our exit codes."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as in click
        """Run a command; tell in a line what ended it."""
        try:
            return super().invoke(ctx)
        except UnresError as error:
            what = f"law {error.law} does not hold, {OUR_FAULT}: " if isinstance(error, LawError) else ""
            return _end(ctx, f"{what}{error}", error.exit_code)
        except BrokenPipeError:
            # Who read our output has gone. What is left of it would make Python complain at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return ctx.exit(5)
        except OSError as error:
            return _end(ctx, f"reading or writing failed: {error}", 5)
        except KeyboardInterrupt:
            return _end(ctx, "stopped; no file is left half written", 130)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:  # noqa: BLE001 - else Python would end with 1, which is for findings
            return _end(ctx, f"{OUR_FAULT}:\n{traceback.format_exc()}", 4)


def main() -> None:
    """Run the command."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    # Where the terminal cannot show a character, its code is better than a crash.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    commands(prog_name="unres")


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="unres", message="%(prog)s %(version)s")
def commands() -> None:
    """United Nations resolutions: from extracted text to one validated record, Word, Akoma Ntoso and Markdown."""


commands.add_command(check)
commands.add_command(repair)
commands.add_command(package)
commands.add_command(verify)


def _formats(_ctx: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(kind.strip().lower() for kind in value.split(",")))
    if unknown := [kind for kind in wanted if kind not in EMITTERS]:
        msg = f"unknown format {', '.join(map(repr, unknown))}; known are {', '.join(EMITTERS)}"
        raise click.BadParameter(msg)
    return wanted


@commands.command(epilog=EPILOG)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default="out", show_default=True, help="Folder to write to.")
@click.option(
    "--to",
    "formats",
    default=",".join(EMITTERS),
    show_default=True,
    callback=_formats,
    help="Formats, separated by commas.",
)
@languages
@click.option(
    "--name",
    "naming",
    type=click.Choice(["source", "symbol"]),
    default="source",
    show_default=True,
    help="Name the files by the source's name, or by symbol and language (A_RES_69_60.zh).",
)
@click.option(
    "--fail-on",
    type=click.Choice(["never", "error", "warning", "note"]),
    help="Exit with 1 where findings are this grave; files are written all the same.  [default: error]",
)
@click.option("--strict", is_flag=True, help="The same as --fail-on warning.")
@click.option("--verify", is_flag=True, help="Also read DOCX and Markdown back with pandoc and python-docx.")
@click.option("-v", "--verbose", is_flag=True, help="Tell all findings, tracebacks, and the files written.")
@click.option("-q", "--quiet", is_flag=True, help="Tell only what went wrong.")
@click.option("--json-log", is_flag=True, help="Tell of each document as a line of JSON on standard error.")
@click.pass_context
def convert(
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    out: Path,
    formats: tuple[str, ...],
    lang: str,
    naming: Naming,
    fail_on: str | None,
    strict: bool,
    verify: bool,
    verbose: bool,
    quiet: bool,
    json_log: bool,
) -> None:
    """Convert documents, or folders of them.

    A PATH is a PDF, extracted text (.txt), a Word, OpenDocument, RTF, Akoma Ntoso or Markdown file or a web page, or a
    folder that is searched for them (not for Markdown); its folders are kept below --out.
    Each NAME becomes NAME.json, NAME.docx, NAME.xml and NAME.md, all of them or none. SOURCE_DATE_EPOCH sets the
    date the XML says it was made; else that is the document's own.
    """
    if strict and fail_on:
        msg = "--strict is --fail-on warning; give one of the two"
        raise UsageError(msg)
    severity = _severity(fail_on or ("warning" if strict else "error"))
    options = Options(formats, lang, naming, _markup_date(), verify)
    planned = plan(paths, out, options.suffixes)
    telling = Telling(severity, verbose=verbose, quiet=quiet, json_log=json_log)
    with _told(telling, len(planned.jobs) + len(planned.unreadable)) as on_done:
        report = run(planned, options, on_done)
    if verbose:
        for outcome in report.outcomes:
            for path in outcome.outputs:
                click.echo(path)
    if not quiet:
        click.echo(summary(report))
    ctx.exit(exit_code(report, severity))


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
@languages
@click.option("--all", "everything", is_flag=True, help="Show every repair, not only examples.")
def explain(*, file: Path, lang: str, everything: bool) -> None:
    """Show what is repaired, and why.

    Then the account of all characters of the source, and what an editor should look at.
    """
    from pipeline.explain import explain as explained  # noqa: PLC0415 - loaded where it is used, so that --help is quick

    _print(explained(file, lang, everything=everything))


@commands.command(epilog=EPILOG)
@click.argument("paths", metavar="FILE FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@languages
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "--fail-on",
    type=click.Choice(["never", "warning", "note"]),
    default="warning",
    show_default=True,
    help="Exit with 1 where differences are this grave.",
)
@click.pass_context
def compare(ctx: click.Context, *, paths: tuple[Path, ...], lang: str, form: str, fail_on: str) -> None:
    """Show where files of one document differ.

    Each FILE is an extracted text or a record (.json): the languages of a document, or what several extractors made
    of it. All are compared with the first: numbers, nesting, footnotes, references, dates, facts of the masthead, and
    between files of one language the texts.
    """
    if len(paths) < 2:
        msg = "compare takes two files or more"
        raise UsageError(msg)
    from pipeline.differences import as_json, as_table, differences  # noqa: PLC0415 - loaded where it is used

    compared = differences(paths, lang)
    if form == "json":
        click.echo(as_json(compared))
    else:
        _print(as_table(compared))
    severity = _severity(fail_on)
    ctx.exit(int(severity is not None and any(at_least(severity, one.differences) for one in compared)))


@commands.command()
def schema() -> None:
    """Print the JSON Schema of the records."""
    from pipeline.validate.schema import schema_text  # noqa: PLC0415 - loaded where it is used

    click.echo(schema_text(), nl=False)


class Telling(NamedTuple):
    """What is told while documents are converted: the findings that count, and what the flags say."""

    severity: Severity | None
    verbose: bool
    quiet: bool
    json_log: bool


@contextmanager
def _told(telling: Telling, total: int) -> Iterator[Callable[[Outcome], None]]:
    """Give what tells of a document: above a progress bar on a terminal, elsewhere in a line for each."""
    if telling.json_log:
        yield lambda outcome: click.echo(json.dumps(log_entry(outcome)), err=True)
        return
    if telling.quiet or os.environ.get("CI") or not sys.stderr.isatty():
        yield lambda outcome: _echo(_lines(outcome, telling, every=not telling.quiet))
        return
    from rich.console import Console  # noqa: PLC0415 - loaded where it is used, so that --help is quick
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415 - as above

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("", total=total)

        def advance(outcome: Outcome) -> None:
            for line in _lines(outcome, telling, every=telling.verbose):
                console.print(line)
            bar.advance(task)

        yield advance


def _lines(outcome: Outcome, telling: Telling, *, every: bool) -> Iterator[str]:
    """Yield what there is to say of a document; with `every`, also of one there is nothing to say of."""
    path = shown(outcome.source)
    if outcome.message and (EXIT_CODES[outcome.status] or not telling.quiet):
        yield f"{outcome.status}: {shown(outcome.message)}"
    elif every:
        counts = [counted(outcome.repairs, "repair"), counted(len(outcome.findings), "finding")]
        yield f"{outcome.status}: {path}: {', '.join(counts)}"
    lowest: Severity | None = "note" if telling.verbose else telling.severity
    for found in at_least(lowest, outcome.findings) if lowest else ():
        yield f"{path}:{place_of(found)}: {found.severity}: {shown(found.message)} [{found.rule}]"
    if telling.verbose and outcome.details:
        yield outcome.details.rstrip()


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line, err=True)


def _end(ctx: click.Context, message: str, code: int) -> NoReturn:
    click.echo(f"unres: {message}", err=True)
    ctx.exit(code)


def _severity(level: str) -> Severity | None:
    """Return the least severity that makes a run fail; None for `never`."""
    return None if level == "never" else cast("Severity", level)


def _print(shown: RenderableType) -> None:
    """Print what rich shows: through click, since rich would end a broken pipe with 1, which is for findings."""
    from rich.console import Console  # noqa: PLC0415 - loaded where it is used, so that --help is quick

    console = Console(highlight=False)
    with console.capture() as capture:
        console.print(shown)
    click.echo(capture.get(), nl=False)


def _markup_date() -> str | None:
    """Return the date that SOURCE_DATE_EPOCH sets, as YYYY-MM-DD. Raises UsageError where it is none."""
    value = os.environ.get("SOURCE_DATE_EPOCH")
    if not value:
        return None
    try:
        return datetime.fromtimestamp(int(value), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        msg = f"SOURCE_DATE_EPOCH is {shown(value)}; a number of seconds since 1970 is expected"
        raise UsageError(msg) from None
