"""What a CI job takes: the action, the hooks of pre-commit and the image."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from ruamel.yaml import YAML

from tests.builders import put, resolution

ROOT = Path(__file__).parent.parent
BINS = Path(sys.executable).parent
BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail"]
"""As the runners of GitHub start it."""
LOCKED = re.compile(r"^([\w.-]+)==([\w.]+) \\$", re.MULTILINE)


def yaml(name: str) -> Any:
    return YAML(typ="safe").load(ROOT / name)


def told(*command: str | Path) -> tuple[int, str]:
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    return done.returncode, done.stdout + done.stderr


def script(step: str) -> str:
    return next(str(one["run"]) for one in yaml("action.yml")["runs"]["steps"] if one["name"] == step)


def test_the_action_passes_the_schema_of_actions() -> None:
    code, text = told(BINS / "check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")
    assert code == 0, text


def test_no_input_of_the_action_stands_in_a_script() -> None:
    steps = yaml("action.yml")["runs"]["steps"]
    assert [one["name"] for one in steps] == ["Set up Python", "Install unres", "Convert"]
    assert not any("${{" in one.get("run", "") for one in steps)


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
@pytest.mark.parametrize("step", ["Install unres", "Convert"])
def test_scripts_of_the_action_are_clean_by_shellcheck(step: str) -> None:
    checked = ["shellcheck", "--shell=bash", "-"]
    done = subprocess.run(checked, input=script(step), check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def converted(folder: Path, **inputs: str) -> tuple[int, dict[str, str]]:
    """Run the script that converts as a runner would; its code, and what it gives to further steps."""
    runner = folder / "runner temp"
    (runner / "unres" / "bin").mkdir(parents=True)
    (runner / "unres" / "bin" / "unres").symlink_to(BINS / "unres")
    outputs = runner / "outputs"
    surroundings = {
        **os.environ,
        "RUNNER_TEMP": str(runner),
        "GITHUB_OUTPUT": str(outputs),
        "GITHUB_STEP_SUMMARY": str(runner / "summary"),
        "FOLDER": "texts",
        "OUT": "out",
        "ARGS": "",
        "REPORT": "",
        **inputs,
    }
    done = subprocess.run([*BASH, "-c", script("Convert")], check=False, env=surroundings, capture_output=True)
    lines = outputs.read_text(encoding="utf-8").splitlines()
    return done.returncode, dict(line.split("=", 1) for line in lines)


@pytest.mark.usefixtures("own_folder")
def test_the_action_converts_and_reports(tmp_path: Path) -> None:
    put("texts/a.txt")
    code, given = converted(tmp_path, ARGS="--to=json,md\n\n--lang\nen\n")
    assert (code, given["exit-code"]) == (0, "0")
    assert sorted(path.suffix for path in Path("out").iterdir() if path.stem == "a") == [".json", ".md"]
    report = json.loads(Path(given["report"]).read_text(encoding="utf-8"))
    assert [Path(one["file"]).name for one in report["documents"]] == ["a.txt"]
    assert "| documents | 1 |" in (tmp_path / "runner temp" / "summary").read_text(encoding="utf-8")


@pytest.mark.usefixtures("own_folder")
def test_the_action_ends_as_the_command_does(tmp_path: Path) -> None:
    put("-x; touch broken/a.txt", resolution(second="4."))
    code, given = converted(tmp_path, FOLDER="-x; touch broken", ARGS="--strict", REPORT="report.json")
    assert (code, given) == (1, {"exit-code": "1", "report": "report.json"})
    assert Path("report.json").exists()
    assert not Path("broken").exists()


def test_the_hooks_are_hooks() -> None:
    code, text = told(BINS / "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
    assert code == 0, text
    assert {hook["entry"].split()[0] for hook in yaml(".pre-commit-hooks.yaml")} == {"unres"}


def test_the_image_is_clean_by_hadolint() -> None:
    if not (BINS / "hadolint").exists():
        pytest.skip("hadolint has no build for this platform")
    assert told(BINS / "hadolint", "Dockerfile") == (0, "")


def test_what_the_image_copies_gets_past_dockerignore() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    let_in = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    assert names == let_in
    assert [name for name in names if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    ("lock", "table", "key"), [("run", "project", "dependencies"), ("build", "build-system", "requires")]
)
def test_locks_have_all_that_is_required(lock: str, table: str, key: str) -> None:
    locked = dict(LOCKED.findall((ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")))
    named = {re.sub(r"[._]", "-", name).lower(): version for name, version in locked.items()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [Requirement(line) for line in project[table][key]]
    lacking = [one for one in wanted if not one.specifier.contains(named.get(one.name.replace("_", "-"), "0"))]
    assert lacking == [], "make requirements"
