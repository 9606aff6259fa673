"""The one pair model <-> JSON.

The JSON is the model, told by three rules: an object carries the names of its class's
fields, and a block or an inline also its `type` (`operative_paragraph`, `run`); a tuple
is an array and a span `[start, end]`; what is not known (`None`) is left out and
everything else is always there. `schemas/resolution.schema.json` says the same to
others, and `from_json` is the exact inverse of `to_json` (DESIGN.md, law 3).
"""

from __future__ import annotations

import re
import types
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    Literal,
    NamedTuple,
    NoReturn,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from pipeline.errors import ReadError
from pipeline.model import Block, Document, Inline, Record
from pipeline.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[Any], Any]

Json = Any  # a JSON value
Value = Any  # a value of the model
Hint = Any  # an annotation or a class of the model
VERSION: Final = "0.1.0"
SCHEMA_VERSION: Final = "2.1.0"
SCHEMA_ID: Final = f"https://unres.org/schemas/resolution/{SCHEMA_VERSION}/resolution.schema.json"

HEADER: Final = {
    "$schema": SCHEMA_ID,
    "schema_version": SCHEMA_VERSION,
    "generator": {"name": "unres", "version": VERSION},
}

ATOMS: Final = frozenset({str, int, float, bool})
ATOM_NAMES: Final = {str: "a string", int: "a whole number", float: "a number", bool: "true or false"}
TAGGED: Final = frozenset(get_args(Inline) + get_args(Block))


def to_json(record: Record) -> dict[str, Any]:
    """Return the record as plain JSON values, with the header that names its schema."""
    return {**HEADER, **_write(record)}


def from_json(data: Json) -> Record:
    """Return the record that `to_json` wrote.

    Raises ReadError with a JSON Pointer to the first value that is not of the shape of
    the schema, or where the data were written for another major version of it.
    """
    found = data.get("schema_version") if isinstance(data, dict) else None
    ours = SCHEMA_VERSION.split(".")[0]
    if not isinstance(found, str) or found.split(".")[0] != ours:
        msg = f"/schema_version: a record of version {ours} is expected, not {found!r}; convert the source again"
        raise ReadError(msg)
    record: Record = _read(Record, {key: value for key, value in data.items() if key not in HEADER})
    return record


def document_to_json(document: Document) -> dict[str, Any]:
    """Return the document alone as plain JSON values."""
    written: dict[str, Any] = _write(document)
    return written


def document_from_json(data: Json) -> Document:
    """Return the document that `document_to_json` wrote. Raises ReadError as `from_json` does."""
    document: Document = _read(Document, data)
    return document


class _Field(NamedTuple):
    """How one field of a class is read back."""

    name: str
    read: Reader
    required: bool
    default: Any


class _MismatchError(Exception):
    """A value is not of its shape; `path` is collected from the inside out."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.path: list[str] = []


def _refuse(expected: str) -> NoReturn:
    msg = f"{expected} is expected"
    raise _MismatchError(msg)


@cache
def tag(kind: Hint) -> str | None:
    """Return the `type` of a class in the JSON: `operative_paragraph`; None for one that has none."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower() if kind in TAGGED else None


@cache
def _names(kind: Hint) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _write(value: Value) -> Json:
    kind: Hint = type(value)
    if kind in ATOMS:
        return value
    if kind is Span:
        return [value.start, value.end]
    if kind is tuple:
        return [_write(item) for item in value]
    written: dict[str, Any] = {"type": tag(kind)} if kind in TAGGED else {}
    for name in _names(kind):
        item = getattr(value, name)
        if item is not None:
            written[name] = item if type(item) in ATOMS else _write(item)
    return written


def _read(kind: Hint, data: Json) -> Value:
    try:
        return _object(kind)(data)
    except _MismatchError as error:
        path = "".join(f"/{key}" for key in reversed(error.path)) or "/"
        msg = f"{path}: {error}; hold the file against {SCHEMA_ID}"
        raise ReadError(msg) from None


@cache
def _reader(hint: Hint) -> Reader:
    """Return the function that reads a value with this annotation."""
    origin: Hint = get_origin(hint)
    arguments = get_args(hint)
    if hint in ATOMS:
        return _atom(hint)
    if hint is Span:
        return _span
    if is_dataclass(hint):
        return _object(cast("Hint", hint))
    if origin is Literal:
        return _literal(arguments)
    if origin is tuple and arguments[-1] is ...:
        return _array(arguments[0])
    if origin is tuple:
        return _sequence(arguments)
    if origin in {Union, types.UnionType}:
        known = tuple(kind for kind in arguments if kind is not type(None))
        return _reader(known[0]) if len(known) == 1 else _union(known)
    msg = f"no JSON form for {hint}"
    raise TypeError(msg)


def _atom(kind: Hint) -> Reader:
    # A number that another program wrote back may have lost its ".0".
    kinds = (float, int) if kind is float else (kind,)

    def read(data: Json) -> Value:
        if type(data) not in kinds:
            _refuse(ATOM_NAMES[kind])
        return kind(data) if kind is float else data

    return read


def _span(data: Json) -> Span:
    if type(data) is list and len(data) == 2 and type(data[0]) is int and type(data[1]) is int:
        return Span(data[0], data[1])
    _refuse("[start, end]")


def _literal(values: tuple[str, ...]) -> Reader:
    known = frozenset(values)

    def read(data: Json) -> Value:
        if not isinstance(data, str) or data not in known:
            _refuse(f"one of {', '.join(values)}")
        return data

    return read


def _array(item: Hint) -> Reader:
    def read(data: Json) -> Value:
        if type(data) is not list:
            _refuse("an array")
        reader, done = _reader(item), []
        for value in data:
            try:
                done.append(reader(value))
            except _MismatchError as error:
                error.path.append(str(len(done)))
                raise
        return tuple(done)

    return read


def _sequence(items: tuple[Hint, ...]) -> Reader:
    readers = [_reader(item) for item in items]

    def read(data: Json) -> Value:
        if type(data) is not list or len(data) != len(readers):
            _refuse(f"an array of {len(readers)}")
        return tuple([reader(value) for reader, value in zip(readers, data, strict=True)])

    return read


def _union(kinds: tuple[Hint, ...]) -> Reader:
    known = {str(tag(kind)): kind for kind in kinds}

    def read(data: Json) -> Value:
        found = data.get("type") if type(data) is dict else None
        kind = known.get(found) if isinstance(found, str) else None
        if kind is None:
            _refuse(f"an object whose type is one of {', '.join(known)}")
        return _object(kind)(data)

    return read


@cache
def _fields(kind: Hint) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    return tuple(
        _Field(
            field.name,
            _reader(hints[field.name]),
            required=type(None) not in get_args(hints[field.name]),
            default=None if field.default is MISSING else field.default,
        )
        for field in fields(kind)
    )


@cache
def _object(kind: Hint) -> Reader:
    name = tag(kind)

    def read(data: Json) -> Value:
        if type(data) is not dict or data.get("type") != name:
            _refuse(f"an object of type {name}" if name else "an object")
        values: list[Any] = []
        left = len(data) - (name is not None)
        for field, reader, required, default in _fields(kind):
            if field in data:
                left -= 1
                try:
                    values.append(reader(data[field]))
                except _MismatchError as error:
                    error.path.append(field)
                    raise
            elif required:
                _refuse(f"the field {field}")
            else:
                values.append(default)
        if left:
            unknown = sorted(data.keys() - {"type", *_names(kind)})
            _refuse(f"no field {', '.join(unknown)}")
        return kind(*values)

    return read
