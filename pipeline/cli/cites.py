"""The command `unres cites`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import EPILOG, configured, languages

if TYPE_CHECKING:
    from pipeline.limits import InputLimits


@click.command(epilog=EPILOG)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--to",
    "form",
    type=click.Choice(["text", "json", "csv", "edges", "graphml"]),
    default="text",
    show_default=True,
    help="Citations as text, JSON or CSV; or their graph, its edges as CSV or the whole as GraphML.",
)
@languages
@configured
@click.pass_context
def cites(ctx: click.Context, *, paths: tuple[Path, ...], form: str, lang: str, limits: InputLimits) -> None:
    """Tell what documents cite, where, and what they do with it.

    A PATH is a document that `unres convert` takes or a record it wrote (.json), or a folder: where `unres convert`
    wrote, the records are read. In the graph works are nodes, read or only cited; an edge is what one does with another
    (recalls, welcomes, ...), weighted by how often.
    """
    from pipeline.cites.gathering import Citing, gather  # noqa: PLC0415 - so that --help is quick
    from pipeline.cites.report import REPORTS  # noqa: PLC0415 - as above

    documents, codes = [], {0}
    for one in gather(paths, lang, limits):
        if isinstance(one, Citing):
            documents.append(one)
        else:
            click.echo(f"unres: {one.message}", err=True)
            codes.add(one.code)
    # UTF-8 wherever it goes, for files are made of it.
    click.echo(REPORTS[form](documents).encode() if form != "text" else REPORTS[form](documents))
    ctx.exit(max(codes))
