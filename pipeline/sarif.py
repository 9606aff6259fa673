"""SARIF 2.1.0, which code hosts and editors show beside the lines: what all our logs have in common."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pipeline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePath

SCHEMA_URI = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def location(path: PurePath, line: int = 0, column: int = 0) -> dict[str, Any]:
    """Return where something is; of a line that is 0, in which file."""
    uri = path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
    place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if line:
        place["region"] = {"startLine": line, **({"startColumn": column} if column else {})}
    return {"physicalLocation": place}


def driver(rules: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the tool that found something, with the rules it knows."""
    return {"driver": {"name": "unres", "semanticVersion": pipeline.__version__, "rules": list(rules)}}


def notification(message: str, path: PurePath | None = None) -> dict[str, Any]:
    """Return why a file could not be looked at, or without one, why the run ended."""
    told: dict[str, Any] = {"level": "error", "message": {"text": message}}
    return {**told, "locations": [location(path)]} if path else told
