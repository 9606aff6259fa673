"""The files of the languages, one TOML file each beside this one."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def data_of(code: str) -> dict[str, Any]:
    """Return what the file of a language says. Raises KeyError for a code that has no file."""
    source = HERE / f"{code}.toml"
    if not source.is_file():
        raise KeyError(code)
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of the languages there are files for, sorted."""
    return tuple(sorted(file.stem for file in HERE.glob("*.toml")))


@cache
def codes_by_iso3() -> dict[str, str]:
    """Return the codes by those of Akoma Ntoso: `zh` by `zho`."""
    return {data_of(code)["iso3"]: code for code in codes()}
