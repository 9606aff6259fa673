"""What a machine's owner needs beside the commands: completion, the manual page, what a start may load."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import commands
from pipeline.cli.manual import as_manual
from tests.builders import unres

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "unres.1"
SHELLS = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"]}
SETUP = {"zsh": "autoload -Uz compinit; compinit -D\n"}
PATIENCE = 60
BINS = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
TYPED = {
    "unres comple": "unres completion",
    "unres convert --reference": "--reference-doc",
    "unres convert --engine das": "--engine dask",
    "unres convert --to doc": "--to docx",
    "unres check resol": "resolution.xml",
}
HEAVY = {"pipeline.read", "pipeline.model", "pipeline.parse", "pipeline.batch.run", "lxml", "rich", "docx", "orjson"}


def test_help_loads_nothing_that_converts() -> None:
    script = "import sys; from pipeline.cli import main\ntry: main()\nexcept SystemExit: print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", script, "--help"], check=True, capture_output=True, text=True)
    *_, modules = shown.stdout.splitlines()
    assert "pipeline.cli" in modules.split()
    assert not HEAVY & set(modules.split())


def test_the_model_is_a_part_of_the_package_once_it_is_asked_for() -> None:
    script = "import pipeline; print(all(getattr(pipeline, name) for name in pipeline.__all__)); pipeline.nothing"
    shown = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    assert shown.stdout == "True\n"
    assert "module 'pipeline' has no attribute 'nothing'" in shown.stderr


def test_the_manual_is_what_the_commands_say(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        PAGE.write_text(as_manual(commands), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == as_manual(commands), "write it anew with --accept"


def test_the_manual_has_every_command_and_option() -> None:
    page = as_manual(commands).replace(r"\-", "-")
    for name, command in commands.commands.items():
        assert f".SS unres {name}" in page
        options = [option for parameter in command.params for option in parameter.opts if option.startswith("-")]
        assert [option for option in options if rf"\fB{option}\fR" not in page] == []


@pytest.mark.skipif(not shutil.which("mandoc"), reason="mandoc is not installed")
def test_the_manual_is_clean_by_mandoc() -> None:
    told = subprocess.run(["mandoc", "-Tlint", PAGE], check=False, capture_output=True, text=True)
    assert (told.stdout, told.returncode) == ("", 0)


@pytest.mark.parametrize(("typed", "completed"), TYPED.items())
@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes(shell: str, typed: str, completed: str, tmp_path: Path) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "resolution.xml").touch()
    script = tmp_path / "script"
    script.write_text(SETUP.get(shell, "") + unres("completion", shell).stdout, encoding="utf-8")
    assert completed in written(shell, script, f"{typed}\t", completed, tmp_path)


@pytest.mark.parametrize(("typed", "completed"), TYPED.items())
@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
def test_fish_completes(typed: str, completed: str, tmp_path: Path) -> None:
    (tmp_path / "resolution.xml").touch()
    (tmp_path / "script").write_text(unres("completion", "fish").stdout, encoding="utf-8")
    asked = ["fish", "--no-config", "-c", f'source script; complete -C "{typed}"']
    surroundings = {**os.environ, "PATH": BINS, "HOME": str(tmp_path)}
    told = subprocess.run(asked, check=True, capture_output=True, text=True, cwd=tmp_path, env=surroundings).stdout
    assert completed.rsplit(maxsplit=1)[-1] in [line.partition("\t")[0] for line in told.splitlines()]


def written(shell: str, script: Path, typed: str, wanted: str, folder: Path) -> str:
    """What a shell on a terminal writes when this is typed, to what is wanted or its silence."""
    surroundings = {"PATH": BINS, "HOME": str(folder), "TERM": "dumb", "COLUMNS": "200", "LC_ALL": "C.UTF-8"}
    controller, terminal = pty.openpty()
    with subprocess.Popen(
        [shell, *SHELLS[shell]],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        cwd=folder,
        env=surroundings,
        start_new_session=True,
    ) as process:
        try:
            os.write(controller, f"source {script}; echo rea''dy\n".encode())
            told = read_until(controller, "ready")
            os.write(controller, typed.encode())
            return told + read_until(controller, wanted)
        finally:
            process.kill()
            os.close(terminal)
            os.close(controller)


def read_until(file: int, wanted: str) -> str:
    told = ""
    while wanted not in told and select.select([file], [], [], PATIENCE)[0]:
        told += os.read(file, 4096).decode(errors="replace")
    return told
