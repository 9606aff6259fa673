"""Hold a record's JSON against its public schema.

`jsonschema-rs` does it in microseconds where it is installed; `jsonschema` is always
there, and is the oracle the tests compare with. Both are loaded at the first call.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pipeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import jsonschema
    import jsonschema_rs

SCHEMA_NAME = "resolution.schema.json"
VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+", re.ASCII)


class SchemaError(NamedTuple):
    """A place in the JSON (a JSON Pointer) and what is wrong there."""

    path: str
    message: str


def schema_text(name: str = SCHEMA_NAME) -> str:
    """Return the schema of the records, or of reports, from the installed package or the checkout that it lies in."""
    return (schema_folder() / name).read_text(encoding="utf-8")


def released_text(version: str) -> str | None:
    """Return the schema of a version as it was released; None where there is none, or not yet for this program."""
    place = schema_folder() / "released" / f"{version}.schema.json"
    return place.read_text(encoding="utf-8") if VERSION.fullmatch(version) and place.is_file() else None


def released() -> list[str]:
    """Return the versions of the schema that are kept, the oldest first."""
    found: dict[str, str] = json.loads((schema_folder() / "versions.json").read_text(encoding="utf-8"))
    return list(found)


def schema_folder() -> Path:
    """Return where the schemas are."""
    package = Path(pipeline.__file__).parent
    shipped = package / "schemas"
    return shipped if shipped.is_dir() else package.parent / "schemas"


def schema_errors(data: dict[str, Any], text: str | None = None) -> list[SchemaError]:
    """Return what the schema has against a record's JSON, sorted by place; nothing where it passes.

    `text` is the schema of another version (`released_text`), else it is today's.
    """
    return sorted(_fast(text)(data))


def oracle_errors(data: dict[str, Any]) -> list[SchemaError]:
    """Return the same as `schema_errors`, always by `jsonschema`."""
    return sorted(_oracle(None)(data))


@cache
def _fast(text: str | None) -> Callable[[Any], Iterator[SchemaError]]:
    try:
        import jsonschema_rs  # noqa: PLC0415 - an extra, and only where records are validated
    except ImportError:
        return _oracle(text)
    validator = jsonschema_rs.Draft202012Validator(json.loads(text or schema_text()))
    return lambda data: (leaf for error in validator.iter_errors(data) for leaf in _fast_leaves(error))


@cache
def _oracle(text: str | None) -> Callable[[Any], Iterator[SchemaError]]:
    import jsonschema  # noqa: PLC0415 - takes a tenth of a second to load

    validator = jsonschema.Draft202012Validator(json.loads(text or schema_text()))
    return lambda data: (leaf for error in validator.iter_errors(data) for leaf in _oracle_leaves(error))


def _fast_leaves(error: jsonschema_rs.ValidationError) -> Iterator[SchemaError]:
    """Yield the error; for an object that is of no known type only by its content, the errors of its content."""
    for branch in getattr(error.kind, "context", ()):
        if _is_meant(error.instance, {child.kind.name for child in branch}):
            for child in branch:
                yield from _fast_leaves(child)
            return
    yield _error(error.instance_path, error.kind.name, error.message)


def _oracle_leaves(error: jsonschema.ValidationError) -> Iterator[SchemaError]:
    branches: dict[Any, list[jsonschema.ValidationError]] = {}
    for child in error.context or ():
        branches.setdefault(child.schema_path[0], []).append(child)
    for branch in branches.values():
        if _is_meant(error.instance, {str(child.validator) for child in branch}):
            for child in branch:
                yield from _oracle_leaves(child)
            return
    yield _error(error.absolute_path, str(error.validator), error.message)


def _is_meant(instance: object, keywords: set[str]) -> bool:
    """Tell whether an object names the type of this branch of a `oneOf`: only `type` is a `const`."""
    return isinstance(instance, dict) and "type" in instance and "const" not in keywords


def _error(path: Iterable[str | int], keyword: str, message: str) -> SchemaError:
    # The message of a `oneOf` is the whole object and says nothing.
    what = "an object whose type is known here is expected" if keyword == "oneOf" else message
    return SchemaError("".join(f"/{key}" for key in path) or "/", what)
