"""What once was a fault that a fuzzer or an attack found stays mended; `make fuzz` looks for more."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import LawError
from tests.fuzz import targets
from tests.fuzz.packing import packed, unpacked
from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus" / "fuzz"
FAULTS = sorted(path for path in CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FAULTS, ids=lambda path: f"{path.parent.name} {path.name}")
def test_fault_stays_mended(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


def test_there_are_faults_and_targets_for_them() -> None:
    assert FAULTS
    assert {path.parent.name for path in FAULTS} <= TARGETS.keys()


@pytest.mark.parametrize("target", TARGETS)
def test_target_takes_what_it_begins_with(target: str) -> None:
    given = list(seeds(target))
    assert len(given) >= 8
    for data in given:
        TARGETS[target](data)


def test_parts_are_packed_and_unpacked() -> None:
    parts = b"=== a.xml\n<a/>\n=== b/c.xml\n<b>\n</b>"
    assert unpacked(packed(parts)) == parts


def test_a_broken_law_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise LawError(1, "lost")

    monkeypatch.setattr(targets, "normalize", broken)
    with pytest.raises(LawError):
        TARGETS["text"](b"The General Assembly,")
