"""The configuration of a project: found, read and checked. It becomes the defaults of the options."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from pipeline.batch.plan import shown
from pipeline.cli.settings import TABLE, Setting, settings_of
from pipeline.errors import UsageError
from pipeline.limits import USUAL_LIMITS, InputLimits, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

OWN, SHARED = "unres.toml", "pyproject.toml"
"""The files of a folder that are looked for, that which goes before first."""
HEADER = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?")
KEY = re.compile(r"\s*[\"']?([\w.-]+)[\"']?\s*=")
KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a text", list: "a list of texts"}


class Place(NamedTuple):
    """Where a value is set."""

    file: Path
    line: int

    def __str__(self) -> str:
        """Return it as messages have it; without a line where none was found."""
        return f"{shown(self.file)}:{self.line}" if self.line else shown(self.file)


class Configuration(NamedTuple):
    """What is configured: values of settings by their keys, limits, and where each is set, by table and key."""

    values: Mapping[str, Any]
    limits: InputLimits
    places: Mapping[tuple[str, str], Place]


class _Set(NamedTuple):
    table: str
    key: str
    value: Any
    place: Place


def read_configuration(file: Path | None, root: click.Group, ctx: click.Context) -> Configuration:
    """Return the configuration in a file; without one in the nearest folder, from here upwards, that has any.

    Raises UsageError for what cannot be read, a key that is not known, and a value that cannot be.
    """
    settings = settings_of(root)
    values: dict[str, Any] = {}
    limits: dict[str, int] = {}
    places: dict[tuple[str, str], Place] = {}
    for each in [_each(path) for path in ([file] if file else _nearest(Path.cwd()))]:
        for one in each:
            if (one.table, one.key) in places:
                continue
            places[one.table, one.key] = one.place
            if one.table:
                limits[_limit(one)] = one.value
            else:
                values[one.key] = _value(one, settings, ctx)
    return Configuration(values, USUAL_LIMITS._replace(**limits), places)


def _nearest(start: Path) -> list[Path]:
    for folder in (start, *start.parents):
        found = [folder / name for name in (OWN, SHARED) if (folder / name).is_file()]
        if found := [path for path in found if path.name == OWN or _table(path) is not None]:
            return found
    return []


def _table(path: Path) -> Mapping[str, Any] | None:
    """Return the table of a file that is ours; None where a pyproject.toml has none."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        msg = f"{shown(path)}: cannot be read: {reason}; mend it, or name another file with --config"
        raise UsageError(msg) from None
    found: Any = told
    for name in ("tool", "unres") if path.name == SHARED else ():
        found = found.get(name) if isinstance(found, dict) else found
    if found is not None and not isinstance(found, dict):
        msg = f"{shown(path)}: tool.unres is no table; write [tool.unres], and the settings below it"
        raise UsageError(msg)
    return found


def _each(path: Path) -> Iterator[_Set]:
    prefix = "tool.unres" if path.name == SHARED else ""
    told = _table(path) or {}
    lines = _lines(path)

    def placed(table: str, key: str) -> Place:
        return Place(path, lines.get((f"{prefix}.{table}".strip("."), key), 0))

    for key, value in told.items():
        if key == TABLE and isinstance(value, dict):
            yield from (_Set(TABLE, limit, number, placed(TABLE, limit)) for limit, number in value.items())
        else:
            yield _Set("", key, value, placed("", key))


def _lines(path: Path) -> dict[tuple[str, str], int]:
    """Return the lines that keys are set in, by their tables, as far as they are written one a line."""
    found: dict[tuple[str, str], int] = {}
    table = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if header := HEADER.fullmatch(line):
            table = header[1].strip()
        elif key := KEY.match(line):
            found.setdefault((table, key[1]), number)
    return found


def _value(one: _Set, settings: Mapping[str, Setting], ctx: click.Context) -> Any:  # noqa: ANN401 - of any setting
    if one.key not in settings:
        raise _unknown(one, [*settings, TABLE])
    setting = settings[one.key]
    _check_type(one, setting.types)
    value = ",".join(one.value) if isinstance(one.value, list) else one.value
    try:
        setting.process_value(ctx, value)
    except click.BadParameter as error:
        msg = f"{one.place}: {one.key}: {error.message}"
        raise UsageError(msg) from None
    folder = one.place.file.absolute().parent
    return value if folder == Path.cwd() else setting.under(folder, value)


def _limit(one: _Set) -> str:
    names = {key_of(field): field for field in InputLimits._fields}
    if one.key not in names:
        raise _unknown(one, names)
    _check_type(one, (int,))
    if one.value < 1:
        msg = f"{one.place}: {TABLE}.{one.key} is {one.value}; a whole number from 1 is expected"
        raise UsageError(msg)
    return names[one.key]


def _check_type(one: _Set, types: tuple[type, ...]) -> None:
    listed = one.value if isinstance(one.value, list) else [one.value] * isinstance(one.value, str)
    if type(one.value) in types and all(isinstance(each, str) for each in listed):
        if any("\0" in text for text in listed):
            msg = f"{one.place}: {one.key} has a null character in it, which no name has"
            raise UsageError(msg)
        return
    # A number with a fraction says more than a whole one.
    wanted = " or ".join(KINDS[kind] for kind in types if kind is not int or float not in types)
    msg = f"{one.place}: {one.key} is {shown(repr(one.value))}; {wanted} is expected"
    raise UsageError(msg)


def _unknown(one: _Set, known: Iterable[str]) -> UsageError:
    near = get_close_matches(one.key, known, n=1, cutoff=0.5)
    name = f"{one.table}.{one.key}".strip(".")
    hint = f"did you mean {near[0]}?" if near else "`unres config` tells all settings"
    return UsageError(f"{one.place}: there is no setting {shown(name)}; {hint}")
