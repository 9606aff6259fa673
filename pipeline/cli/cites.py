"""The command `unres cites`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import configured, languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.limits import InputLimits


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@languages
@configured
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "graphml"]),
    default="text",
    show_default=True,
    help="A line or an object for each citation, or the graph of all documents as edges (csv) or GraphML.",
)
@click.pass_context
def cites(ctx: click.Context, *, paths: tuple[Path, ...], lang: str, limits: InputLimits, form: str) -> None:
    """Tell what documents cite, where, and what they do with it: recall, reaffirm, welcome, decide ...

    A PATH is a record (.json) or any document that `convert` takes, or a folder: of one that `convert` wrote the
    records are read, of another the documents.
    """
    from pipeline.cites import citations, report  # noqa: PLC0415 - so that --help is quick
    from pipeline.cites.graph import Graph  # noqa: PLC0415 - as above
    from pipeline.differences import read_document  # noqa: PLC0415 - as above
    from pipeline.errors import UnresError  # noqa: PLC0415 - as above
    from pipeline.walk import plain  # noqa: PLC0415 - as above

    graph, told, code = Graph(), [], 0
    for path in _documents(paths):
        try:
            document = read_document(path, lang, limits)
        except UnresError as error:
            click.echo(f"unres: {error}", err=True)
            code = max(code, error.exit_code)
            continue
        found = citations(document)
        name = path.as_posix()
        if form == "text":
            click.echo("\n".join(report.as_lines(name, document, found)))
        elif form == "json":
            told.append(report.as_json(name, document, found))
        else:
            graph.add(name, document, plain(document.title.inlines) if document.title else "", found)
    if form == "json":
        click.echo("[" + ",\n".join(told) + "]")
    elif form == "csv":
        click.echo(graph.as_csv(), nl=False)
    elif form == "graphml":
        sys.stdout.buffer.write(graph.as_graphml())
    ctx.exit(code)


def _documents(paths: Sequence[Path]) -> Iterator[Path]:
    from pipeline.batch.plan import plan  # noqa: PLC0415 - so that --help is quick

    for path in paths:
        records = sorted(path.rglob("*.json")) if path.is_dir() else []
        if records or not path.is_dir():
            yield from records or [path]
        else:
            yield from (job.source for job in plan([path], Path("out"), ()).jobs)
