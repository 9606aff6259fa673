"""`unres check`: files of the United Nations profile, ours and others', against the schema and the rules."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.batch.files import InputError, load
from pipeline.batch.report import at_least
from pipeline.batch.shown import shown
from pipeline.errors import ReadError, UsageError
from pipeline.limits import USUAL_LIMITS, InputLimits
from pipeline.validate.akn_parse import parse_akn
from pipeline.validate.akn_rules import Broken, broken, rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Severity


class Checked(NamedTuple):
    """A file and where it breaks rules; or what is wrong with reading it, and the exit code of that."""

    path: Path
    broken: tuple[Broken, ...] = ()
    message: str = ""
    code: int = 0


class Found(NamedTuple):
    """A file, and where it lies in the folder that was named."""

    path: Path
    below: Path


def xml_files(paths: Sequence[Path]) -> Iterator[Found]:
    """Yield the files named, and the .xml files of folders named, all the way down, without hidden ones.

    Raises UsageError for a folder without them. A folder that cannot be read is yielded itself, to be told.
    """
    seen: set[Path] = set()
    for path in paths:
        found = list(_below(path)) if path.is_dir() else [Found(path, Path(path.name))]
        if not found:
            msg = f"{shown(path)}: no .xml files in this folder or below it"
            raise UsageError(msg)
        for file in found:
            if (place := file.path.absolute()) not in seen:
                seen.add(place)
                yield file


def _below(folder: Path) -> Iterator[Found]:
    unreadable: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=lambda error: unreadable.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if name[0] != ".")
        for name in sorted(files):
            if name[0] != "." and name.lower().endswith(".xml"):
                yield Found(Path(place, name), Path(place, name).relative_to(folder))
    yield from (Found(path, Path(path.name)) for path in unreadable)


def hold(path: Path, limits: InputLimits = USUAL_LIMITS) -> Checked:
    """Hold a file to all rules. What is wrong with reading it is in the result; nothing is raised."""
    try:
        root = parse_akn(load(path, limits), shown(path), limits)
    except (ReadError, InputError) as error:
        return Checked(path, (), str(error), error.exit_code)
    return Checked(path, tuple(sorted(broken(root, rules()), key=lambda hit: hit.line)))


def exit_code(checked: Checked, severity: Severity | None) -> int:
    """Return 5 for a file that cannot be read, 3 for one refused, 1 for findings this grave, else 0."""
    grave = severity is not None and any(at_least(severity, (hit.rule for hit in checked.broken)))
    return checked.code or int(grave)
