"""`unres check`: files, folders, hostile files, the formats of its report, exit codes, and the page of the rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from pipeline.check.report import rules_as_markdown
from pipeline.cli import commands
from pipeline.errors import ReadError
from pipeline.limits import USUAL_LIMITS
from pipeline.validate.akn_parse import parse_akn
from pipeline.validate.akn_rules import rules

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests" / "corpus" / "akn_rules"
CLEAN, DIRTY, TABS = (
    CORPUS / "note.placement/pass.xml",
    CORPUS / "pointer.target/fail.xml",
    CORPUS / "text.tab/fail.xml",
)
SARIF = json.loads((ROOT / "tests" / "vendored" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, ["check", *map(str, arguments)])


def test_a_clean_file_is_told_and_ends_with_0() -> None:
    result = run(CLEAN)
    assert result.exit_code == 0
    assert result.stdout == "1 file: 1 without findings\n"


def test_a_finding_has_file_line_severity_message_and_rule_and_its_help_once() -> None:
    result = run(DIRTY)
    assert result.exit_code == 1
    line = "error: @outcome=“#lit” of <step> points to nothing in this file [pointer.target]"
    assert f"{DIRTY}:11: {line}" in result.stdout
    assert result.stdout.count("Declare the term in references") == 1


@pytest.mark.parametrize(
    ("path", "level", "code"),
    [
        (DIRTY, "never", 0), (DIRTY, "error", 1), (DIRTY, "note", 1),
        (TABS, "error", 0), (TABS, "warning", 1), (CLEAN, "note", 0),
    ],
)  # fmt: skip
def test_fail_on(path: Path, level: str, code: int) -> None:
    assert run(path, "--fail-on", level).exit_code == code


def test_a_folder_is_searched_and_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (below / "clean.XML").write_bytes(CLEAN.read_bytes())
    (tmp_path / "broken.xml").write_bytes(CLEAN.read_bytes()[:900])
    (tmp_path / ".hidden.xml").write_text("x")
    (tmp_path / "text.txt").write_text("x")
    result = run(tmp_path, "-q")
    assert result.exit_code == 3
    assert "broken.xml: not well-formed XML" in result.stderr
    assert "2 files: 1 without findings, 1 could not be checked" in result.stdout


def test_what_cannot_be_carried_out_or_read_has_its_exit_code(tmp_path: Path) -> None:
    assert run().exit_code == 2
    assert run(tmp_path).exit_code == 2
    missing = run(tmp_path / "missing.xml", CLEAN)
    assert missing.exit_code == 5
    assert "no such file" in missing.stderr


HEAD = '<?xml version="1.0"?>\n'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 9 if n else "ha"}">' for n in range(12))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            f"{HEAD}<!DOCTYPE akomaNtoso [{LAUGHS}]><akomaNtoso>&l11;</akomaNtoso>".encode(),
            "document type “akomaNtoso”",
        ),
        (f'{HEAD}<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'.encode(), "document type “a”"),
        (f'{HEAD}<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a b="&x;"/>'.encode("utf-16"), "document type"),
        (
            '<?xml version="1.0" encoding="gb18030"?><!DOCTYPE a [<!ENTITY x "y">]><a/>'.encode("gb18030"),
            "document type",
        ),
        (b"<a>" * 300 + b"</a>" * 300, "not well-formed"),
        (b"<a>&undeclared;</a>", "not well-formed"),
        (b"", "not well-formed"),
        (b"\x00\xff\xfe", "not well-formed"),
        (b"%PDF-1.7", "not well-formed"),
        (b"<a>" + b" " * USUAL_LIMITS.text_bytes + b"</a>", "17 MB is more than a resolution can have"),
    ],
)
def test_hostile_files_are_refused_by_name(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=f"^x.xml: .*{message}"):
        parse_akn(data, "x.xml")


def test_json_has_every_finding_and_every_refusal(tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_text("<a>")
    result = run(DIRTY, tmp_path / "bad.xml", "--format", "json")
    dirty, bad = json.loads(result.stdout)["files"]
    assert dirty["error"] is None
    assert dirty["findings"] == [
        {
            "rule": "pointer.target",
            "severity": "error",
            "line": 11,
            "message": "@outcome=“#lit” of <step> points to nothing in this file",
        }
    ]
    assert "not well-formed" in bad["error"]
    assert result.exit_code == 3


def test_sarif_passes_its_schema(tmp_path: Path) -> None:
    bad = tmp_path / "не XML &.xml"
    bad.write_text("<a>")
    result = run(CORPUS, bad, "--format", "sarif")
    log: dict[str, Any] = json.loads(result.stdout)
    jsonschema.Draft7Validator(SARIF).validate(log)
    (found,) = log["runs"]
    assert {one["ruleId"] for one in found["results"]} == {rule.id for rule in rules()}
    assert all(found["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"] for one in found["results"])
    assert not found["invocations"][0]["executionSuccessful"]
    assert found["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].count("not well-formed") == 1


def test_rules_are_listed() -> None:
    lines = run("--rules").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [rule.id for rule in rules()]
    listed = json.loads(run("--rules", "--format", "json").stdout)
    assert [one["id"] for one in listed] == [rule.id for rule in rules()]
    assert {"severity", "statement", "help", "source", "ours"} <= listed[0].keys()


def test_the_page_of_the_rules_is_that_of_the_table(request: pytest.FixtureRequest) -> None:
    page = ROOT / "docs" / "akn-rules.md"
    if request.config.getoption("--accept"):
        page.write_text(rules_as_markdown(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == rules_as_markdown(), "write it anew with --accept"
