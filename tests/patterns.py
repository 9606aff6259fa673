"""Every pattern of the project, and how fast a search with it grows. Run as a program, in a process of its own.

    python -m tests.patterns    prints a line of JSON for each pattern: where it is compiled, itself, and its worst case

Patterns are caught where `re` makes them: of all modules, of all languages, and those that are
made as the samples are converted to every format and read back.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import signal
import sys
import time
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from tests.attacks_on_patterns import attacks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

ROOT = Path(__file__).parent.parent
METHODS = frozenset({"match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split", "scanner"})
ANCHORED = frozenset({"match", "fullmatch"})
BLOW_UP, SHORT, LONG = 100, 8_000, 32_000
QUICK = 0.01
"""A search of `SHORT` characters that takes less than this is not quadratic: that would be millions of steps."""
STEEP = 8
"""Four times the text may take so many times as long: 4 is linear, 16 quadratic."""
PATIENCE = 2
IN_WINDOWS = {
    "INDICATED": "searched in the 24 characters before a blank",
}
"""Patterns whose searches are given a few characters only, whatever the length of the text."""


class Site(NamedTuple):
    """Where a pattern is compiled, and by which methods it is used."""

    place: str
    names: set[str]
    uses: set[str]


class Watched:
    """A pattern that tells which of its methods are asked for."""

    def __init__(self, pattern: re.Pattern[Any], uses: set[str]) -> None:
        self._pattern, self._uses = pattern, uses

    def __getattr__(self, name: str) -> Any:
        if name in METHODS:
            self._uses.add(name)
        return getattr(self._pattern, name)


def collected() -> dict[re.Pattern[Any], Site]:
    """Return every pattern that code of the package compiles."""
    found: dict[re.Pattern[Any], Site] = {}
    compiled: Any = re._compile  # type: ignore[attr-defined]

    def watch(pattern: Any, flags: int) -> Any:
        if isinstance(pattern, Watched):
            return pattern
        made = compiled(pattern, flags)
        frame = sys._getframe(1)
        asked = frame.f_code.co_name  # `compile`, or the `search` of `re.search`
        while frame.f_code.co_filename == re.__file__ and frame.f_back:
            frame = frame.f_back
        path = Path(frame.f_code.co_filename)
        if ROOT / "pipeline" not in path.parents:
            return made
        name = name_at(path, frame.f_lineno)
        site = found.setdefault(made, Site(f"{path.relative_to(ROOT)}:{frame.f_lineno}", set(), set()))
        site.names.add(name)
        site.uses.update(used(name, path) | ({asked} & METHODS))
        return made if asked in METHODS else Watched(made, site.uses)

    re._compile = watch  # type: ignore[attr-defined]
    try:
        exercise()
    finally:
        re._compile = compiled  # type: ignore[attr-defined]
    return found


def exercise() -> None:
    """Import all modules, load all languages, convert all samples to all formats and read them back."""
    package = importlib.import_module("pipeline")
    for module in pkgutil.walk_packages(package.__path__, "pipeline."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    languages, conversion = importlib.import_module("pipeline.languages"), importlib.import_module("pipeline.convert")
    formats = set(importlib.import_module("pipeline.emit").EMITTERS) - {"pdf", "epub", "txt", "xmlref"}
    for code in languages.codes():
        languages.language(code)
    for path in sorted((ROOT / "samples").glob("*.txt")):
        made = conversion.convert(path.read_bytes(), path.name, formats=formats, review=True)
        for form in formats - {"json"}:
            conversion.normalize(made.files[form], f"a.{form}")


@cache
def name_at(path: Path, line: int) -> str:
    """Return the name that the pattern compiled in a line is given, "" for one without."""
    found = ""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Assign | ast.keyword | ast.AnnAssign):
            continue
        value = node.value
        if value is None or not value.lineno <= line <= (value.end_lineno or 0):
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else node
        if isinstance(target, ast.Tuple):
            return ", ".join(getattr(each, "id", "") for each in target.elts)
        found = getattr(target, "id", "") or getattr(target, "arg", "") or found or ""
    return found


def used(name: str, path: Path) -> set[str]:
    """Return the methods that code asks for of a name: of a constant where it stands or is imported, else anywhere."""
    found: set[str] = set()
    for file, (methods, imported) in uses().items():
        if file == path or not name.isupper():
            found |= methods[name]
        for own in imported[name]:
            found |= methods[own]
    return found if name else set()


@cache
def uses() -> dict[Path, tuple[dict[str, set[str]], dict[str, set[str]]]]:
    """Return for each file the methods asked for of every name in it, and what it calls the names it imports."""
    found: dict[Path, tuple[dict[str, set[str]], dict[str, set[str]]]] = {}
    for path in (ROOT / "pipeline").rglob("*.py"):
        methods, imported = found[path] = defaultdict(set), defaultdict(set)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                methods[getattr(node.value, "id", "") or getattr(node.value, "attr", "")].add(node.attr)
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    imported[alias.name].add(alias.asname or alias.name)
    return found


class SlowError(Exception):
    """A search took more time of the processor than it may."""


def slow(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SlowError


def seconds(pattern: re.Pattern[Any], use: str, text: str) -> float:
    """Return the time of the processor that a pattern takes, the patience where it is more."""
    given = text.encode() if isinstance(pattern.pattern, bytes) else text
    search = getattr(pattern, use)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    begun = time.process_time()
    try:
        for _ in search(given) if use == "finditer" else [search(given)]:
            pass
    except SlowError:
        return PATIENCE
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - begun


def worst(pattern: re.Pattern[Any], asked: set[str]) -> tuple[int, str]:
    """Return how many patterns were tried on it, and the first that takes more than linear time, "" for none."""
    count = 0
    for use in sorted(asked) if asked and asked <= ANCHORED else ["finditer"]:
        for before, repeated, end in attacks(pattern):
            count += 1

            def text(length: int, before: str = before, repeated: str = repeated, end: str = end) -> str:
                return before + repeated * (length // len(repeated)) + end

            told = f"{use} of {before!r} + {repeated!r} * n + {end!r}"
            if seconds(pattern, use, text(BLOW_UP)) >= PATIENCE / 2:
                return count, f"without end: {told}"
            if seconds(pattern, use, text(SHORT)) < QUICK:
                continue
            # A busy machine makes one measure wrong, but hardly the least of several.
            ratio = min(seconds(pattern, use, text(LONG)) for _ in range(2)) / min(
                seconds(pattern, use, text(SHORT)) for _ in range(3)
            )
            if ratio > STEEP and seconds(pattern, use, text(LONG)) >= QUICK * STEEP:
                return count, f"x{ratio:.0f} for four times the text: {told}"
    return count, ""


def told() -> Iterator[dict[str, object]]:
    """Yield what there is to tell of each pattern."""
    signal.signal(signal.SIGPROF, slow)
    for pattern, site in collected().items():
        tried, fault = (0, "") if site.names <= IN_WINDOWS.keys() else worst(pattern, site.uses)
        names = sorted(site.names)
        yield {"place": site.place, "names": names, "pattern": str(pattern.pattern), "tried": tried, "fault": fault}


if __name__ == "__main__":
    for one in told():
        print(json.dumps(one), flush=True)
