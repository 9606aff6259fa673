"""Reports of a run for the systems that ran it. The resolutions are invented."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml, TestCase

from pipeline.batch.report import Outcome, count, details
from pipeline.errors import WriteError
from pipeline.model import Finding
from pipeline.reports import Wanted, reporting
from pipeline.text import Span
from tests.builders import put, resolution, unres

ROOT = Path(__file__).parent.parent
SARIF = json.loads((ROOT / "tests" / "vendored" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
SCHEMA = json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
NOTE = Finding("repair.uncertain", "note", "Is “a” an <a> & 50 %?\x1b", Span(3, 9), 2, 4)
WARNING = Finding("notes.missing", "warning", "No note,\n1: none.", Span(3, 9), 7, 4)
OUTCOMES = (
    Outcome(Path("in/a.txt"), "ok", (Path("out/a.md"),), seconds=0.5, stages={"read": 0.1, "repair": 0.4}),
    Outcome(Path("in/b,c.txt"), "findings", findings=(NOTE, WARNING), repairs=2, seconds=0.25, stages={"repair": 0.25}),
    Outcome(Path("in/sub/c.pdf"), "refused", message="in/sub/c.pdf: is <cut> short\x07"),
    Outcome(Path("in/d.txt"), "repaired", repairs=1, unchanged=True, outdated=(Path("out/d.md"),)),
)


pytestmark = pytest.mark.usefixtures("own_folder")


def reports(*, severity: Any = "warning", outcomes: tuple[Outcome, ...] = OUTCOMES) -> dict[str, str]:
    wanted = [Wanted(kind, Path("reports", kind)) for kind in ("junit", "sarif", "json")]
    with reporting(wanted, severity, sys.stdout) as note:
        for outcome in outcomes:
            note(outcome)
    assert not list(Path("reports").glob(".*"))
    return {one.kind: one.path.read_text(encoding="utf-8") for one in wanted if one.path}


def cases(text: str) -> dict[str, TestCase]:
    suite = next(iter(JUnitXml.fromstring(text.encode())))
    return {case.name: case for case in suite}


def test_junit_has_a_case_for_each_document() -> None:
    text = reports()["junit"]
    parsed = JUnitXml.fromstring(text.encode())
    assert (parsed.tests, parsed.failures, parsed.errors) == (4, 2, 1)
    found = cases(text)
    assert {name: [type(one) for one in case.result] for name, case in found.items()} == {
        "a.txt": [],
        "b,c.txt": [Failure],
        "c.pdf": [Error],
        "d.txt": [Failure],
    }
    assert found["c.pdf"].classname == "in/sub"
    assert (found["c.pdf"].result[0].type, found["c.pdf"].result[0].message) == (
        "refused",
        "in/sub/c.pdf: is <cut> short\\x07",
    )
    assert found["b,c.txt"].result[0].message == "7:4: warning: No note,\\n1: none. [notes.missing]"
    assert "Is “a” an <a> & 50 %?\\x1b" in (found["b,c.txt"].system_out or "")
    assert found["d.txt"].result[0].type == "outdated"


def test_severity_says_what_fails_in_junit() -> None:
    assert not cases(reports(severity=None)["junit"])["b,c.txt"].result
    assert len(cases(reports(severity="note")["junit"])["b,c.txt"].result[0].text.splitlines()) == 2


def test_sarif_passes_its_schema_and_names_the_lines() -> None:
    log = json.loads(reports()["sarif"])
    jsonschema.Draft7Validator(SARIF).validate(log)
    run = log["runs"][0]
    assert not run["invocations"][0]["executionSuccessful"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    found = [(one["ruleId"], one["level"], one["locations"][0]["physicalLocation"]) for one in run["results"]]
    assert {rule for rule, _, _ in found} == rules
    assert found[1] == (
        "notes.missing",
        "warning",
        {"artifactLocation": {"uri": "in/b%2Cc.txt"}, "region": {"startLine": 7, "startColumn": 4}},
    )
    assert [rule for rule, _, _ in found[2:]] == ["document.refused", "document.outdated"]


def test_json_passes_its_schema_and_tells_all() -> None:
    report = json.loads(reports()["json"])
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert [one["verdict"] for one in report["documents"]] == ["passed", "failure", "error", "failure"]
    assert report["documents"][1]["findings"][1]["message"] == "No note,\n1: none."
    assert report["totals"]["rules"] == {"notes.missing": 1, "repair.uncertain": 1}
    assert (report["totals"]["unchanged"], report["totals"]["interrupted"]) == (1, False)


def test_reports_of_no_documents_are_whole() -> None:
    found = reports(outcomes=())
    jsonschema.Draft7Validator(SARIF).validate(json.loads(found["sarif"]))
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(found["json"]))
    assert JUnitXml.fromstring(found["junit"].encode()).tests == 0


def test_github_gets_commands_and_a_page(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "page.md")
    Path("page.md").write_text("before\n", encoding="utf-8")
    with reporting([Wanted("github", None)], "warning", sys.stdout) as note:
        for outcome in OUTCOMES:
            note(outcome)
    assert capsys.readouterr().out.splitlines() == [
        "::warning file=in/b%2Cc.txt,line=7,col=4,title=notes.missing::No note,\\n1: none.",
        "::error file=in/sub/c.pdf,title=unres%3A refused::in/sub/c.pdf: is <cut> short\\x07",
        "::error file=out/d.md,title=unres%3A outdated::This file is not what it would be.",
    ]
    page = Path("page.md").read_text(encoding="utf-8")
    assert page.startswith("before\n### unres\n")
    assert "| refused | 1 |\n" in page


def test_reports_are_written_when_the_run_is_stopped() -> None:
    wanted = Wanted("json", Path("report.json"))

    def stopped() -> None:
        with reporting([wanted], None, sys.stdout) as note:
            note(OUTCOMES[0])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    report = json.loads(Path("report.json").read_bytes())
    assert (len(report["documents"]), report["totals"]["interrupted"]) == (1, True)


def test_report_that_cannot_be_written_is_told_before_anything_is_converted() -> None:
    Path("file").write_bytes(b"")
    with (
        pytest.raises(WriteError, match="file: is not a folder"),
        reporting([Wanted("json", Path("file/r"))], None, sys.stdout),
    ):
        pytest.fail("the run began")


def test_report_that_was_there_stays_where_the_new_one_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("report.json").write_text("old", encoding="utf-8")

    def no_space(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    message = r"report\.json: cannot be written: No space"
    with pytest.raises(WriteError, match=message), reporting([Wanted("json", Path("report.json"))], None, sys.stdout):
        pass
    assert Path("report.json").read_text(encoding="utf-8") == "old"
    assert os.listdir() == ["report.json"]  # noqa: PTH208 - hidden ones too


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("junit", "junit needs a file: junit=FILE"),
        ("github=a", "github names no file"),
        ("html=a", "unknown report 'html'; known are junit, sarif, json, github"),
        ("junit=a,json=a", "two reports cannot go to one place"),
    ],
)
def test_report_that_is_not_understood_is_an_error_of_usage(value: str, message: str) -> None:
    put(Path("a.txt"), resolution())
    result = unres("convert", "a.txt", "--report", value)
    assert result.exit_code == 2
    assert message in result.stderr


def test_unchanged_documents_are_in_the_reports_with_their_findings() -> None:
    text = resolution(second="4.")  # no paragraph 2: a finding
    put(Path("in/a.txt"), text)
    first = unres("convert", "in", "--to", "json", "--report", "json=one.json,junit=one.xml")
    second = unres("convert", "in", "--to", "json", "--report", "json=two.json")
    assert first.exit_code == second.exit_code == 0
    one, two = (json.loads(Path(name).read_bytes())["documents"][0] for name in ("one.json", "two.json"))
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(Path("two.json").read_bytes()))
    assert not one["unchanged"]
    assert two["unchanged"]
    assert one["findings"] == two["findings"] != []
    assert set(one["stages"]) == {"read", "repair", "parse", "validate", "emit"}


def test_report_of_a_configuration_is_meant_from_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    put(Path("a.txt"), resolution())
    Path("unres.toml").write_text('report = ["junit=reports/unres.xml"]\n', encoding="utf-8")
    below = Path("below")
    below.mkdir()
    monkeypatch.chdir(below)
    assert unres("convert", "../a.txt", "--to", "md", "--out", "out").exit_code == 0
    monkeypatch.chdir("..")
    assert JUnitXml.fromfile("reports/unres.xml").tests == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_reports_of_a_run_that_is_terminated_are_whole() -> None:
    for number in range(60):
        put(Path(f"in/{number:03}.txt"), resolution())
    command = [sys.executable, "-m", "pipeline", "convert", "in", "--jobs", "1", "--report", "json=report.json"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while len(list(Path("out").glob("*.md"))) < 3:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    report = json.loads(Path("report.json").read_bytes())
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert report["totals"]["interrupted"]
    assert 3 <= len(report["documents"]) < 60


def test_details_tell_what_took_the_time() -> None:
    assert list(details(count([*OUTCOMES, *OUTCOMES]))) == [
        "repaired: 4 documents",
        "by rule: repair.uncertain 2, notes.missing 2",
        "time by stage: read 0.2 s (13%), repair 1.3 s (87%)",
        "slowest: in/a.txt 0.50 s, in/a.txt 0.50 s, in/b,c.txt 0.25 s, in/b,c.txt 0.25 s",
    ]
    assert list(details(count(OUTCOMES))) == []
