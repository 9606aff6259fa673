"""The schema of the records as a page to read: a section for each kind of object, a row for each field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Schema = Mapping[str, Any]

LIMITS = {
    "pattern": "pattern `{}`",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "minLength": "at least {} character",
    "minItems": "at least {}",
    "contentMediaType": "{}",
}
WIDTH = 60
"""So long an example is left out of the table; the example of the object has it."""
DIALECT = "JSON Schema 2020-12"


def schema_page(schema: Schema) -> str:
    """Return the schema as Markdown that needs nothing else. Order is that of the schema."""
    return "\n".join(_lines(schema))


def _lines(schema: Schema) -> Iterator[str]:
    yield from (f"# {schema['title']}", "", schema["description"], "")
    yield from (f"Version {schema['properties']['schema_version']['examples'][0]}, `{schema['$id']}`, {DIALECT}.", "")
    yield from _section({**schema, "examples": []}, schema["$defs"])
    for name, found in schema["$defs"].items():
        yield from (f"## {name}", "", found["description"], "")
        yield from _section(found, schema["$defs"])
    yield from (
        "## A whole record",
        "",
        "```json",
        json.dumps(schema["examples"][0], indent=2, ensure_ascii=False),
        "```",
    )
    yield ""


def _section(found: Schema, definitions: Schema) -> Iterator[str]:
    if "properties" in found:
        yield "| field | type | | unit or pattern | what | example |"
        yield "|---|---|---|---|---|---|"
        for name, field in found["properties"].items():
            need = "required" if name in found["required"] else "optional"
            cells = (f"`{name}`", _type(field), need, _limits(field), _described(field, definitions), _example(field))
            yield f"| {' | '.join(map(_cell, cells))} |"
        yield ""
    else:
        told = ", ".join(filter(None, (_type(found), _limits(found))))
        yield from (f"{told[0].upper()}{told[1:]}.", "")
    for example in found.get("examples", ()):
        yield from ("```json", json.dumps(example, indent=None, ensure_ascii=False), "```", "")


def _type(field: Schema) -> str:
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name})"
    if "oneOf" in field:
        return "one of " + ", ".join(map(_type, field["oneOf"]))
    if "const" in field:
        return "constant"
    if "enum" in field:
        return "one of " + ", ".join(f"`{value}`" for value in field["enum"])
    if "prefixItems" in field:
        return "array of " + ", ".join(map(_type, field["prefixItems"]))
    return f"array of {_type(field['items'])}" if field["type"] == "array" else str(field["type"])


def _limits(field: Schema) -> str:
    told = [LIMITS[name].format(field[name]) for name in LIMITS if name in field]
    return ", ".join(told)


def _described(field: Schema, definitions: Schema) -> str:
    if "description" in field or "$ref" not in field:
        return str(field["description"])
    return str(definitions[field["$ref"].rpartition("/")[2]]["description"])


def _example(field: Schema) -> str:
    if "const" in field:
        return f"`{json.dumps(field['const'])}`"
    told = (json.dumps(one, ensure_ascii=False) for one in field.get("examples", ()))
    return ", ".join(f"`{one}`" for one in told if len(one) <= WIDTH)


def _cell(text: str) -> str:
    r"""Return a text for a cell of a table.

    >>> print(_cell("a|b"))
    a\|b
    """
    return text.replace("|", "\\|")
