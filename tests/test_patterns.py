"""No pattern of ours takes more than linear time, and no step of a conversion; in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.attacks_on_patterns import attacks
from tests.patterns import IN_WINDOWS, ROOT

MODULES = ("patterns", "growth")


@cache
def told(module: str) -> list[dict[str, Any]]:
    """Return what a program of the tests prints, line by line."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.{module}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_pattern_is_linear() -> None:
    """Also those of the languages, and those made on the way; each is named where it is not."""
    found = told("patterns")
    slow = [f"{each['place']} {', '.join(each['names'])}: {each['fault']}" for each in found if each["fault"]]
    assert not slow, "\n".join(slow)


def test_no_pattern_escapes() -> None:
    """Every constant that is compiled in the code was caught, and every language's patterns."""
    found = told("patterns")
    assert len(found) > 400
    caught = {name for each in found for name in each["names"]}
    for path in (ROOT / "pipeline").rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            name, equals, rest = line.partition(" = re.compile(")
            if equals and name.isupper() and rest:
                assert name in caught, f"{path.name}: {name}"
    assert caught >= IN_WINDOWS.keys()
    assert all(each["tried"] > 20 for each in found if not IN_WINDOWS.keys() & set(each["names"]))


def test_every_step_is_linear() -> None:
    *slow, last = told("growth")
    assert last["texts"] > 200
    assert last["steps"] > 50
    assert not slow, "\n".join(map(str, slow))


@pytest.mark.parametrize(
    ("pattern", "attack"),
    [
        (r"x*y", ("", "x", "\x01")),
        (r"\s+$", ("", " ", "\x01")),
        (r"\(([^()]*)*\)", ("(", "a", "\x01")),
        (r"a[bc]{3,}d", ("a", "b", "\x01")),
    ],
)
def test_attacks_are_derived_from_the_pattern(pattern: str, attack: tuple[str, str, str]) -> None:
    import re

    assert attack in attacks(re.compile(pattern))


@pytest.mark.parametrize(
    ("pattern", "fault"), [(r"(?:a+)+b", "without end"), (r"a+b", "four times"), (r"(?<!a)a+b", ""), (r"\s+$", "four")]
)
def test_measure_tells_what_is_slow(pattern: str, fault: str) -> None:
    program = (
        "import re, signal, sys\nfrom tests.patterns import slow, worst\nsignal.signal(signal.SIGPROF, slow)\n"
        "print(worst(re.compile(sys.argv[1]), set())[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, pattern], cwd=Path(ROOT), capture_output=True, text=True, check=True
    )
    assert (fault in done.stdout) if fault else not done.stdout.strip()
