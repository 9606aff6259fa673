"""The command `unres`: arguments, progress, exit codes. The only place that prints."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pipeline import __version__
from pipeline.cli.check import check
from pipeline.cli.cites import cites
from pipeline.cli.completion import completion
from pipeline.cli.convert import convert
from pipeline.cli.options import EPILOG, JSON_LOG, configured, languages, severity_of
from pipeline.cli.package import package, verify
from pipeline.cli.project import config, init
from pipeline.cli.repair import repair
from pipeline.errors import OUR_FAULT, LawError, UnresError, UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pipeline.limits import InputLimits


REPORT_SCHEMA = "report.schema.json"


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
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # not every platform has both
        if number and signal.getsignal(number) is signal.SIG_DFL:  # under nohup one of them is to be ignored
            signal.signal(number, lambda number, _: sys.exit(128 + number))
    # Where the terminal cannot show a character, its code is better than a crash.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    commands(prog_name="unres")


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="unres", message="%(prog)s %(version)s")
def commands() -> None:
    """United Nations resolutions: from extracted text to one validated record, Word, Akoma Ntoso and Markdown."""


for command in (convert, cites, check, repair, package, verify, init, config, completion):
    commands.add_command(command)


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
@languages
@configured
@click.option("--all", "everything", is_flag=True, help="Show every repair, not only examples.")
def explain(*, file: Path, lang: str, limits: InputLimits, everything: bool) -> None:
    """Show what is repaired, and why.

    Then the account of all characters of the source, and what an editor should look at.
    """
    from pipeline.explain import explain as explained  # noqa: PLC0415 - loaded where it is used, so that --help is quick

    _print(explained(file, lang, everything=everything, limits=limits))


@commands.command(epilog=EPILOG)
@click.argument("paths", metavar="FILE FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@languages
@configured
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "--fail-on",
    type=click.Choice(["never", "warning", "note"]),
    default="warning",
    show_default=True,
    help="Exit with 1 where differences are this grave.",
)
@click.pass_context
def compare(
    ctx: click.Context, *, paths: tuple[Path, ...], lang: str, limits: InputLimits, form: str, fail_on: str
) -> None:
    """Show where files of one document differ.

    Each FILE is an extracted text or a record (.json): the languages of a document, or what several extractors made
    of it. All are compared with the first: numbers, nesting, footnotes, references, dates, votes, facts of the
    masthead, and between files of one language all texts, with those of the masthead and the title.
    """
    if len(paths) < 2:
        msg = "compare takes two files or more"
        raise UsageError(msg)
    from pipeline.batch.report import at_least  # noqa: PLC0415 - loaded where it is used
    from pipeline.differences import as_json, as_table, differences  # noqa: PLC0415 - as above

    compared = differences(paths, lang, limits)
    if form == "json":
        click.echo(as_json(compared))
    else:
        _print(as_table(compared))
    severity = severity_of(fail_on)
    ctx.exit(int(severity is not None and any(at_least(severity, one.differences) for one in compared)))


@commands.command()
@click.option("--docs", is_flag=True, help="As a page in Markdown.")
@click.option("--of", "version", metavar="VERSION", help="Of another version, as it was released: 2.0.0.")
@click.option("--report", "of_report", is_flag=True, help="Of what `unres convert --report json=FILE` writes.")
def schema(*, docs: bool, version: str | None, of_report: bool) -> None:
    """Print the JSON Schema of the records."""
    from pipeline.schema_page import schema_page  # noqa: PLC0415 - loaded where it is used
    from pipeline.validate.schema import released, released_text, schema_text  # noqa: PLC0415 - as above

    if of_report and (docs or version):
        msg = "--report stands alone; give it without --docs and --of"
        raise UsageError(msg)
    ours = schema_text(REPORT_SCHEMA) if of_report else schema_text()
    text = ours if version is None else released_text(version)
    if text is None:
        msg = f"--of {version}: no such version of the schema; known are {', '.join(released())}"
        raise UsageError(msg)
    click.echo(schema_page(json.loads(text)) if docs else text, nl=False)


def _end(ctx: click.Context, message: str, code: int) -> NoReturn:
    click.echo(json.dumps({"error": message}) if ctx.meta.get(JSON_LOG) else f"unres: {message}", err=True)
    ctx.exit(code)


def _print(shown: RenderableType) -> None:
    """Print what rich shows: through click, since rich would end a broken pipe with 1, which is for findings."""
    from rich.console import Console  # noqa: PLC0415 - loaded where it is used, so that --help is quick

    console = Console(highlight=False)
    with console.capture() as capture:
        console.print(shown)
    click.echo(capture.get(), nl=False)
