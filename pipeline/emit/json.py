"""Write a record as JSON.

The standard library indents slowly, and puts each number of a span on a line of its
own. Here an array of objects has one item a line, and an object is broken over lines
only where it holds such an array; so a file reads and diffs well.
"""

from __future__ import annotations

from json.encoder import encode_basestring as quote
from typing import Any


def emit_json(data: dict[str, Any]) -> bytes:
    """Return a record, as plain JSON values, as UTF-8 JSON that ends in a line feed.

    The same values give the same bytes.
    """
    return (_object(data, "\n") + "\n").encode()


def _value(value: Any, newline: str) -> str:  # noqa: ANN401 - any JSON value
    """Return the text of a value; `newline` is a line feed and the indent of the line it stands in."""
    kind = type(value)
    if kind is str:
        return quote(value)
    if kind is list:
        return _array(value, newline)
    if kind is dict:
        return _object(value, newline)
    if kind is bool:
        return "true" if value else "false"
    return repr(value)  # Python writes the numbers of the model as JSON does


def _object(value: dict[str, Any], newline: str) -> str:
    deeper = newline + "  "
    parts = [
        f'"{key}": {quote(item) if type(item) is str else _value(item, deeper)}'  # most values are strings
        for key, item in value.items()
    ]
    line = ", ".join(parts)
    # A line feed inside a string is escaped, so one here is the layout of a part.
    return f"{{{deeper}{f',{deeper}'.join(parts)}{newline}}}" if "\n" in line else f"{{{line}}}"


def _array(value: list[Any], newline: str) -> str:
    if not value or type(value[0]) is not dict:
        return f"[{', '.join([_value(item, newline) for item in value])}]"
    deeper = newline + "  "
    return f"[{deeper}{f',{deeper}'.join([_object(item, deeper) for item in value])}{newline}]"
