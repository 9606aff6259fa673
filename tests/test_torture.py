"""A short form of `make torture`: a few blows of each kind."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks.torture import BLOW, disk_fails_at, examine, lay, made_before, strike
from benchmarks.torture import convert as convert_all

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.torture import Course

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return lay(tmp_path_factory.mktemp("course"), 4)


@pytest.mark.parametrize("blow", BLOW)
def test_a_run_that_is_struck(course: Course, tmp_path: Path, blow: str) -> None:
    whom, number = BLOW[blow]
    chance = random.Random(1)  # noqa: S311 - the same each time
    for _ in range(2):
        strike(course, tmp_path / "out", whom, number, chance)


@pytest.mark.parametrize("sticks", [False, True])
@pytest.mark.parametrize("number", range(3, 100, 24))
def test_a_disk_that_fails(course: Course, tmp_path: Path, number: int, sticks: bool) -> None:  # noqa: FBT001
    made_before(course, tmp_path / "out")
    with disk_fails_at(number, tmp_path / "out", sticks=sticks) as happened:
        assert convert_all(course.new, tmp_path / "out") in (0, 5)
    assert happened() >= number
    examine(course, tmp_path / "out")
