"""What is configured: where it is found, what goes before what, what is refused, and the files made of the settings."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from pipeline.cli import commands
from pipeline.cli.settings import as_page, settings_of
from pipeline.limits import InputLimits
from tests.builders import put, resolution, unres

PAGE = Path(__file__).parent.parent / "docs" / "configuration.md"


pytestmark = pytest.mark.usefixtures("own_folder")


def made(*arguments: str) -> list[str]:
    """What a conversion of a document makes of it: the endings."""
    put("a.txt")
    assert unres("convert", "a.txt", "--out", "made", *arguments).exit_code == 0
    return sorted(path.suffix for path in Path("made").iterdir() if path.stem == "a")


def test_the_file_sets_what_the_command_line_does_not() -> None:
    put("unres.toml", b'to = ["json", "xml"]\n')
    assert made() == [".json", ".xml"]
    assert made("--to", "md") == [".json", ".md", ".xml"]


def test_what_goes_before_what() -> None:
    put("pyproject.toml", b'[tool.unres]\nto = "md"\nlang = "en"\n')
    assert made() == [".md"]
    put("unres.toml", b'to = "json"\n')
    told = unres("config").stdout
    assert 'to = ["json"]  # ' in told
    assert "unres.toml:1" in told
    assert 'lang = "en"  # ' in told
    assert "pyproject.toml:3" in told


def test_the_nearest_folder_above_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    put("unres.toml", b'out = "made"\nto = "md"\n')
    put("pyproject.toml", b"[project]\nname = 'other'\n")
    put("below/pyproject.toml", b"[tool.other]\nto = 1\n")
    put("below/further/a.txt")
    monkeypatch.chdir("below/further")
    assert unres("convert", "a.txt").exit_code == 0
    monkeypatch.chdir("../..")
    assert Path("made/a.md").exists()


def test_a_file_can_be_named() -> None:
    put("unres.toml", b'to = "nonsense"\n')
    put("ci/other.toml", b'to = "md"\n')
    assert made("--config", "ci/other.toml") == [".md"]
    assert unres("convert", "a.txt", "--config", "/dev/null", "--out", "all").exit_code == 0
    assert unres("convert", "a.txt", "--config", "none.toml").exit_code == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("job = 2", "unres.toml:1: there is no setting job; did you mean jobs?"),
        ("\n[limits]\npdf_pages = 2", "unres.toml:3: there is no setting limits.pdf_pages; did you mean pdf-pages?"),
        ("zzzz = 2", "unres.toml:1: there is no setting zzzz; `unres config` tells all settings"),
        ("[convert]\njobs = 2", "unres.toml: there is no setting convert"),
        ('jobs = "2"', "unres.toml:1: jobs is '2'; a whole number is expected"),
        ("jobs = true", "unres.toml:1: jobs is True; a whole number is expected"),
        ("jobs = 0", "unres.toml:1: jobs: 0 is not in the range x>=1."),
        ('timeout = "1"', "unres.toml:1: timeout is '1'; a number is expected"),
        ("timeout = nan", "unres.toml:1: timeout: nan is no number of seconds"),
        ("verify = 1", "unres.toml:1: verify is 1; true or false is expected"),
        ("to = [1]", "unres.toml:1: to is [1]; a text or a list of texts is expected"),
        ('to = ["doc"]', "unres.toml:1: to: unknown format 'doc'; known are json, docx"),
        ('lang = "xx"', "unres.toml:1: lang: 'xx' is not one of 'auto'"),
        ("[limits]\npdf-pages = 0", "unres.toml:2: limits.pdf-pages is 0; a whole number from 1 is expected"),
        ("[limits]\npdf-pages = 1.5", "unres.toml:2: pdf-pages is 1.5; a whole number is expected"),
        ("jobs = = 2", "unres.toml: cannot be read: Invalid value (at line 1, column 8)"),
        ("limits = 2", "unres.toml:1: there is no setting limits"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(text: str, message: str) -> None:
    put("unres.toml", text.encode())
    put("a.txt")
    result = unres("convert", "a.txt")
    assert result.exit_code == 2
    assert message in result.stderr
    assert not Path("out").exists()


def test_a_table_that_is_none() -> None:
    put("pyproject.toml", b"[tool]\nunres = 2\n")
    assert "tool.unres is no table" in unres("config").stderr


@pytest.mark.parametrize("command", ["convert", "check", "explain"])
def test_limits_are_those_of_every_command(command: str) -> None:
    put("unres.toml", b"[limits]\ntext-bytes = 10\n")
    name = "a.xml" if command == "check" else "a.txt"
    put(name)
    result = unres(command, name)
    assert result.exit_code == 3
    assert "allow more (limits.text-bytes)" in result.stderr


def test_a_document_is_looked_at_again_where_limits_changed() -> None:
    put("a.txt")
    assert unres("convert", "a.txt").exit_code == 0
    put("unres.toml", b"[limits]\ntext-bytes = 10\n")
    assert unres("convert", "a.txt").exit_code == 3


def test_strict_on_the_command_line_goes_before_what_is_configured() -> None:
    put("unres.toml", b'fail-on = "never"\n')
    put("a.txt", resolution(second="4."))
    assert unres("convert", "a.txt").exit_code == 0
    assert unres("convert", "a.txt", "--strict").exit_code == 1
    assert unres("convert", "a.txt", "--strict", "--fail-on", "error").exit_code == 2


def test_a_switch_that_is_configured_can_be_turned_off() -> None:
    put("unres.toml", b"review = true\n")
    assert made("--to", "md") == [".md"]
    assert unres("convert", "a.txt", "--to", "md", "--review").exit_code == 2
    assert unres("convert", "a.txt", "--no-review").exit_code == 0


def test_init_writes_what_holds_anyway() -> None:
    assert unres("init").stdout == "unres.toml\n"
    text = Path("unres.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == {"limits": {}}
    before = unres("config").stdout
    put("unres.toml", re.sub(r"^# (?=[a-z-]+ = )", "", text, flags=re.MULTILINE).encode())
    told = tomllib.loads(Path("unres.toml").read_text(encoding="utf-8"))
    assert told.keys() == settings_of(commands).keys() | {"limits"}
    assert len(told["limits"]) == len(InputLimits._fields)
    assert re.sub("  # .*", "", unres("config").stdout) == before


def test_init_overwrites_only_by_force() -> None:
    put("unres.toml", b"jobs = 2\n")
    result = unres("init")
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert Path("unres.toml").read_bytes() == b"jobs = 2\n"
    assert unres("init", "--force").exit_code == 0
    assert Path("unres.toml").read_bytes().startswith(b"# Configuration of unres.")


def test_the_page_is_what_the_settings_say(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        PAGE.write_text(as_page(commands), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == as_page(commands), "write it anew with --accept"


def test_what_is_configured_is_told_as_toml() -> None:
    put("unres.toml", b'to = ["json"]\n[limits]\npdf-pages = 7\n')
    told = tomllib.loads(unres("config").stdout)
    assert told["to"] == ["json"]
    assert told["limits"]["pdf-pages"] == 7
    assert json.dumps(told["jobs"]) == "2"
