"""Tell where files of one document differ: as a table for a terminal, or as JSON."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from rich.console import Group
from rich.table import Table
from rich.text import Text

from pipeline.batch.document import read_record
from pipeline.batch.files import load
from pipeline.batch.report import counted
from pipeline.batch.shown import shown
from pipeline.compare import Difference, compare
from pipeline.errors import ReadError
from pipeline.explain import STYLES
from pipeline.limits import USUAL_LIMITS, InputLimits
from pipeline.serialize import from_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rich.console import RenderableType

    from pipeline.model import Document


class Compared(NamedTuple):
    """A file beside the first one, and where the two differ."""

    first: str
    other: str
    differences: tuple[Difference, ...]


def differences(paths: Sequence[Path], lang: str, limits: InputLimits = USUAL_LIMITS) -> list[Compared]:
    """Compare every file with the first: extracted texts, or records as `.json`.

    Raises InputError, ReadError, LawError.
    """
    first, *others = [(shown(path), read_document(path, lang, limits)) for path in paths]
    return [Compared(first[0], name, compare(first[1], document)) for name, document in others]


def read_document(path: Path, lang: str, limits: InputLimits = USUAL_LIMITS) -> Document:
    """Return the document of a record's JSON, or of a text. Raises InputError, ReadError, LawError."""
    if path.suffix != ".json":
        return read_record(path, lang, limits).document
    try:
        return from_json(orjson.loads(load(path, limits))).document
    except orjson.JSONDecodeError as error:
        msg = f"{shown(path)}:{error.lineno}:{error.colno}: no JSON: {error.msg}; is it a record of `unres convert`?"
        raise ReadError(msg) from error
    except ReadError as error:
        msg = f"{shown(path)}: {error}"
        raise ReadError(msg) from error


def as_json(compared: Sequence[Compared]) -> str:
    """Return the differences as JSON, a list of one entry a file that was compared with the first."""
    data: list[dict[str, Any]] = [
        {
            "first": one.first,
            "other": one.other,
            "differences": [found._asdict() for found in one.differences],
        }
        for one in compared
    ]
    return orjson.dumps(data, option=orjson.OPT_INDENT_2).decode()


def as_table(compared: Sequence[Compared]) -> RenderableType:
    """Return what a terminal shows: for each file a line, and a table where it differs from the first."""
    return Group(*[part for one in compared for part in _shown(one)])


def told_apart(one: str, other: str) -> tuple[str, str]:
    """Return two paths without the folders in which both are: where there is little room, what differs is to be seen.

    >>> told_apart("/archive/en/a.txt", "/archive/fr/a.txt")
    ('en/a.txt', 'fr/a.txt')
    """
    left, right = PurePath(one).parts, PurePath(other).parts
    pairs = enumerate(zip(left[:-1], right[:-1], strict=False))
    same = next((at for at, (mine, its) in pairs if mine != its), min(len(left), len(right)) - 1)
    return str(PurePath(*left[same:])), str(PurePath(*right[same:]))


def _shown(compared: Compared) -> Iterator[RenderableType]:
    count = len(compared.differences)
    yield Text(f"{compared.first} and {compared.other}: {counted(count, 'difference') if count else 'no difference'}")
    if not count:
        return
    table = Table("where", "what", box=None, padding=(0, 2, 0, 0))
    for name in told_apart(compared.first, compared.other):
        table.add_column(Text(shown(name)), overflow="fold")
    for found in compared.differences:
        what = Text(found.rule.removeprefix("compare."), style=STYLES[found.severity])
        table.add_row(Text(found.place), what, *(Text(shown(side) or "-") for side in (found.left, found.right)))
    yield table
