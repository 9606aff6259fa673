"""The wheel: all is in it, and what it does depends on nothing around it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent
SAMPLES = [ROOT / "samples" / f"A_RES_99_902.{code}.txt" for code in ("en", "zh")]
PLACES = [
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "Pacific/Kiritimati", "HOME": "/nonexistent"},
]


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Path]:
    """The wheel, built twice."""
    folders = [tmp_path_factory.mktemp("wheel") for _ in range(2)]
    for folder in folders:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    return [next(folder.glob("*.whl")) for folder in folders]


def test_a_wheel_is_built_to_the_same_bytes(wheels: Sequence[Path]) -> None:
    assert wheels[0].read_bytes() == wheels[1].read_bytes()


def test_the_wheel_has_all_data(wheels: Sequence[Path]) -> None:
    made = [path for path in (ROOT / "pipeline").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    wanted = {path.relative_to(ROOT).as_posix() for path in made}
    schemas = [path for path in (ROOT / "schemas").rglob("*") if path.is_file()]
    wanted |= {f"pipeline/{path.relative_to(ROOT).as_posix()}" for path in schemas}
    held = set(zipfile.ZipFile(wheels[0]).namelist())
    assert {path for path in wanted if path.endswith((".toml", ".css", ".json", ".xsd"))}
    assert wanted - held == set()
    assert any(name.endswith("/data/share/man/man1/unres.1") for name in held)


def ran(package: Path, place: dict[str, str], folder: Path, *arguments: str | Path) -> str:
    """What Python says, in a folder, when the package is found first at a place of its own."""
    ours = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    surroundings = {**ours, "PYTHONPATH": str(package), **place}
    command = [sys.executable, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder, env=surroundings).stdout


def test_the_wheel_writes_the_same_bytes_anywhere(wheels: Sequence[Path], tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheels[0]) as wheel:
        wheel.extractall(site)
    written: list[dict[str, bytes]] = []
    shown: set[str] = set()
    for name, package, place in [("a", site, PLACES[0]), ("b", site, PLACES[1]), ("c", ROOT, PLACES[0])]:
        folder = tmp_path / name
        folder.mkdir()
        assert ran(package, place, folder, "-c", "import pipeline; print(pipeline.__file__)").startswith(str(package))
        shown.add(ran(package, place, folder, "-m", "pipeline", "--help"))
        ran(package, place, folder, "-m", "pipeline", "convert", *SAMPLES, "--config", "/dev/null")
        written.append({path.name: path.read_bytes() for path in (folder / "out").glob("A_*")})
    assert len(shown) == 1
    assert len(written[0]) == 4 * len(SAMPLES)
    assert written[0] == written[1] == written[2]
