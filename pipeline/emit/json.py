"""Write a record as JSON."""

from __future__ import annotations

from typing import Any

import orjson


def emit_json(data: dict[str, Any]) -> bytes:
    """Return a record, as plain JSON values, as UTF-8 JSON that ends in a line feed.

    Indented, so that it reads and diffs well. The same values give the same bytes.
    """
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
