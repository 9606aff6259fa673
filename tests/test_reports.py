"""Reports of a run for the systems that ran it. The resolutions are invented."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
from jsonschema import Draft202012Validator
from junitparser import Error, Failure, JUnitXml, TestCase
from lxml import etree

from pipeline.batch.report import Outcome, count, details
from pipeline.cli.follow import LOOK
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
XSD = etree.XMLSchema(etree.parse(ROOT / "tests" / "vendored" / "junit-10.xsd"))
TIMES = re.compile(r' time="[^"]+"|"seconds": [^,}]+|"stages": \{[^}]*\}')
OUTCOMES = (
    Outcome(Path("in/a.txt"), "ok", (Path("out/a.md"),), seconds=0.5, stages={"read": 0.1, "repair": 0.4}),
    Outcome(Path("in/b,c.txt"), "findings", findings=(NOTE, WARNING), repairs=2, seconds=0.25, stages={"repair": 0.25}),
    Outcome(Path("in/sub/c.pdf"), "refused", message="in/sub/c.pdf: is <cut> short\x07"),
    Outcome(Path("in/d.txt"), "repaired", repairs=1, unchanged=True, outdated=(Path("out/d.md"),)),
)


pytestmark = pytest.mark.usefixtures("own_folder")


def reports(*, severity: Any = "warning", outcomes: tuple[Outcome, ...] = OUTCOMES) -> dict[str, str]:
    wanted = [Wanted(kind, Path("reports", kind)) for kind in ("junit", "sarif", "json")]
    with reporting(wanted, severity, click.echo) as note:
        for outcome in outcomes:
            note(outcome)
    assert not list(Path("reports").glob(".*"))
    return {one.kind: one.path.read_text(encoding="utf-8") for one in wanted if one.path}


def check_junit(text: str) -> JUnitXml:
    XSD.assertValid(etree.fromstring(text.encode()))
    return JUnitXml.fromstring(text.encode())


def cases(text: str) -> dict[str, TestCase]:
    suite = next(iter(JUnitXml.fromstring(text.encode())))
    return {case.name: case for case in suite}


def test_junit_has_a_case_for_each_document() -> None:
    text = reports()["junit"]
    parsed = check_junit(text)
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
    assert (found["d.txt"].system_out or "").startswith("unchanged: ")


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
    Draft202012Validator(SCHEMA).validate(report)
    assert [one["verdict"] for one in report["documents"]] == ["passed", "failure", "error", "failure"]
    assert report["documents"][1]["findings"][1]["message"] == "No note,\n1: none."
    assert report["totals"]["rules"] == {"notes.missing": 1, "repair.uncertain": 1}
    assert (report["totals"]["unchanged"], report["totals"]["stopped"]) == (1, "")


def test_reports_of_no_documents_are_whole() -> None:
    found = reports(outcomes=())
    jsonschema.Draft7Validator(SARIF).validate(json.loads(found["sarif"]))
    Draft202012Validator(SCHEMA).validate(json.loads(found["json"]))
    assert check_junit(found["junit"]).tests == 0


def test_github_gets_commands_and_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "page.md")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(Path.cwd().parent))
    Path("page.md").write_text("before\n", encoding="utf-8")
    said: list[str] = []
    with reporting([Wanted("github", None)], "warning", said.append) as note:
        for outcome in OUTCOMES:
            note(outcome)
    here = Path.cwd().name
    assert said == [
        f"::warning file={here}/in/b%2Cc.txt,line=7,col=4,title=notes.missing::No note,\\n1: none.\n",
        f"::error file={here}/in/sub/c.pdf,title=unres%3A refused::in/sub/c.pdf: is <cut> short\\x07\n",
        f"::error file={here}/out/d.md,title=unres%3A outdated::This file is not what it would be.\n",
    ]
    page = Path("page.md").read_text(encoding="utf-8")
    assert page.startswith("before\n### unres\n")
    assert "| refused | 1 |\n" in page
    assert "| `notes.missing` | 1 |\n" in page
    failures = page.partition("| did not pass | status |  |\n| --- | --- | --- |\n")[2]
    assert [unescape(line) for line in failures.splitlines()] == [
        "| in/b,c.txt | findings | 7:4: No note,\\n1: none. |",
        "| in/sub/c.pdf | refused | in/sub/c.pdf: is <cut> short\\x07 |",
        "| in/d.txt | repaired | 1 file out of date |",
        "",
    ]
    assert "<cut>" not in failures


def test_page_of_github_names_so_many_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "page.md")
    with reporting([Wanted("github", None)], None, list[str]().append) as note:
        for _ in range(60):
            note(OUTCOMES[2])
    page = Path("page.md").read_text(encoding="utf-8")
    assert page.count("| refused |") == 50 + 1
    assert page.endswith("\nand 10 more documents.\n\n")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (KeyboardInterrupt(), "stopped by a signal"),
        (SystemExit(143), "stopped by a signal"),
        (WriteError("out: another run\x1b"), "out: another run\\x1b"),
        (RecursionError("too deep"), "RecursionError: too deep"),
    ],
)
def test_reports_are_written_when_the_run_is_stopped(error: BaseException, reason: str) -> None:
    wanted = [Wanted(kind, Path(kind)) for kind in ("junit", "sarif", "json")]

    def stopped() -> None:
        with reporting(wanted, None, click.echo) as note:
            note(OUTCOMES[0])
            raise error

    with pytest.raises(type(error)):
        stopped()
    report = json.loads(Path("json").read_bytes())
    Draft202012Validator(SCHEMA).validate(report)
    assert (len(report["documents"]), report["totals"]["stopped"]) == (1, reason)
    text = Path("junit").read_text(encoding="utf-8")
    assert check_junit(text).tests == 1
    assert f"<system-err>The run did not reach its end: {reason}</system-err>" in text
    log = json.loads(Path("sarif").read_bytes())
    jsonschema.Draft7Validator(SARIF).validate(log)
    assert not log["runs"][0]["invocations"][0]["executionSuccessful"]
    assert reason in Path("sarif").read_text(encoding="utf-8").replace("\\\\", "\\")


def test_the_other_reports_are_written_where_one_cannot_be() -> None:
    Path("a").mkdir()
    wanted = [Wanted("junit", Path("a/b/unres.xml")), Wanted("json", Path("report.json"))]
    with pytest.raises(WriteError, match="unres\\.xml: cannot be written"), reporting(wanted, None, click.echo):
        Path("a/b").write_bytes(b"")
    assert json.loads(Path("report.json").read_bytes())["totals"]["documents"] == 0


def test_a_finding_of_a_pdf_is_on_a_page_and_has_no_line() -> None:
    outcome = Outcome(Path("a.pdf"), "findings", findings=(replace(WARNING, page=6),))
    said: list[str] = []
    with reporting([Wanted("github", None), Wanted("sarif", Path("sarif"))], None, said.append) as note:
        note(outcome)
    assert said == ["::warning file=a.pdf,title=notes.missing::No note,\\n1: none. (page 6)\n"]
    result = json.loads(Path("sarif").read_bytes())["runs"][0]["results"][0]
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "a.pdf"}}}]
    assert result["message"]["text"].endswith(" (page 6)")


def test_names_that_are_no_unicode_are_reported() -> None:
    name = os.fsdecode(b"in/\xff\n.txt")
    found = reports(outcomes=(Outcome(Path(name), "refused", message="in: refused"),))
    check_junit(found["junit"])
    log = json.loads(found["sarif"])
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "in/%FF%0A.txt"
    assert json.loads(found["json"])["documents"][0]["file"] == name


def test_what_killed_runs_left_beside_a_report_is_removed() -> None:
    Path("report.json").write_text("old", encoding="utf-8")
    Path(f".report.json.tmp-{1 << 22}").write_bytes(b"{")  # no process has this number
    with reporting([Wanted("json", Path("report.json"))], None, click.echo):
        pass
    assert os.listdir() == ["report.json"]  # noqa: PTH208 - hidden ones too


def test_report_that_cannot_be_written_is_told_before_anything_is_converted() -> None:
    Path("file").write_bytes(b"")
    with (
        pytest.raises(WriteError, match="file: is not a folder"),
        reporting([Wanted("json", Path("file/r"))], None, click.echo),
    ):
        pytest.fail("the run began")


def test_report_that_was_there_stays_where_the_new_one_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("report.json").write_text("old", encoding="utf-8")

    def no_space(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    message = r"report\.json: cannot be written: No space"
    with pytest.raises(WriteError, match=message), reporting([Wanted("json", Path("report.json"))], None, click.echo):
        pass
    assert Path("report.json").read_text(encoding="utf-8") == "old"
    assert os.listdir() == ["report.json"]  # noqa: PTH208 - hidden ones too


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("junit", "junit needs a file: junit=FILE"),
        ("github=a", "github names no file"),
        ("html=a", "unknown report 'html'; known are junit, sarif, json, github"),
        ("junit=a,json=./a", "two reports cannot go to one place"),
        ("json=a.txt", "a.txt: a report would overwrite this file; give it another name"),
        ("json=out/a.json", "out/a.json: a report would overwrite this file; give it another name"),
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
    first = unres("convert", "in", "--to", "json", "--report", "json=one.json, junit=one.xml")
    second = unres("convert", "in", "--to", "json", "--report", "json=two.json", "--report", "junit=two.xml")
    check_junit(Path("one.xml").read_text(encoding="utf-8"))
    check_junit(Path("two.xml").read_text(encoding="utf-8"))
    assert first.exit_code == second.exit_code == 0
    one, two = (json.loads(Path(name).read_bytes())["documents"][0] for name in ("one.json", "two.json"))
    Draft202012Validator(SCHEMA).validate(json.loads(Path("two.json").read_bytes()))
    assert not one["unchanged"]
    assert two["unchanged"]
    assert one["findings"] == two["findings"] != []
    assert set(one["stages"]) == {"read", "repair", "parse", "validate", "emit"}


def test_the_same_run_gives_the_same_reports_but_for_times() -> None:
    for name in "abcdefgh":
        put(Path(f"in/{name}.txt"), resolution(second="4.") if name in "bg" else resolution())
    put(Path("in/empty.txt"), b"")
    seen = []
    for jobs in ("1", "4"):
        shutil.rmtree("out", ignore_errors=True)
        unres("convert", "in", "--to", "md", "--jobs", jobs, "--report", "junit=r/junit,sarif=r/sarif,json=r/json")
        files = {path.name: path.read_text(encoding="utf-8") for path in Path("r").iterdir()}
        seen.append({name: TIMES.sub("", text) for name, text in files.items()})
    assert seen[0] == seen[1]
    assert seen[0]["sarif"] == files["sarif"]
    assert len(cases(files["junit"])) == 9


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
    Draft202012Validator(SCHEMA).validate(report)
    assert report["totals"]["stopped"] == "stopped by a signal"
    assert 0 < len(report["documents"]) < 60  # what was written last need not have been told


def test_details_tell_what_took_the_time() -> None:
    report = count(OUTCOMES * 3)
    report.seconds = 1.5
    assert list(details(report)) == [
        "time: 1.5 s, 8.0 documents a second",
        "repaired: 6 documents",
        "by rule: repair.uncertain 3, notes.missing 3",
        "time by stage: read 0.3 s (13%), repair 2.0 s (87%)",
        "slowest: in/a.txt 0.50 s, in/a.txt 0.50 s, in/a.txt 0.50 s, in/b,c.txt 0.25 s, in/b,c.txt 0.25 s",
    ]
    assert list(details(count(OUTCOMES))) == []


def test_log_in_json_holds_nothing_else() -> None:
    put(Path("in/a.txt"), resolution())
    put(Path("in/b.txt"), resolution())
    result = unres("convert", "in", "--to", "md", "--log-json", "-v", "--report", "json=report.json")
    assert [json.loads(line)["file"] for line in result.stderr.splitlines()] == ["in/a.txt", "in/b.txt"]
    assert json.loads(Path("report.json").read_bytes())["totals"]["documents"] == 2
    Path("out/unres-manifest.jsonl").unlink()
    Path("out/unres-manifest.jsonl").mkdir()
    result = unres("convert", "in", "--to", "md", "--log-json")
    assert json.loads(result.stderr)["error"].startswith("out/unres-manifest.jsonl: cannot be written")
    assert result.exit_code == 5


def test_schema_of_reports_is_printed() -> None:
    assert json.loads(unres("schema", "--report").stdout) == SCHEMA
    assert unres("schema", "--report", "--docs").exit_code == 2


def test_a_document_that_takes_too_long_is_among_the_slowest() -> None:
    # So long that it is not done before anyone looks at the clock, on however busy a machine.
    long = resolution() + b"".join(b"\n%d. Decides to keep the lamps lit;\n" % number for number in range(3, 999))
    put(Path("in/a.txt"), long)
    put(Path("in/b.txt"), long)
    unres("convert", "in", "--to", "md", "--timeout", "0.000001", "--report", "json=report.json,junit=unres.xml")
    documents = json.loads(Path("report.json").read_bytes())["documents"]
    assert [one["status"] for one in documents] == ["timeout", "timeout"]
    assert all(one["seconds"] for one in documents)
    suite = check_junit(Path("unres.xml").read_text(encoding="utf-8"))
    assert (suite.tests, suite.errors) == (2, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_report_in_the_folder_that_is_watched_is_no_change() -> None:
    pytest.importorskip("watchfiles")
    put(Path("in/a.txt"), resolution())
    put(Path("b.txt"), resolution())
    report = Path("in/report.xml")
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "convert",
        "in",
        "--to",
        "md",
        "--watch",
        "--report",
        f"junit={report}",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:

        def wait_for(documents: int) -> None:
            while not report.exists() or JUnitXml.fromfile(str(report)).tests < documents:
                assert process.poll() is None
                time.sleep(0.05)

        wait_for(1)
        time.sleep(3 * LOOK / 1000)  # as long as it may take until a change is seen
        Path("b.txt").rename("in/b.txt")
        wait_for(2)
        time.sleep(3 * LOOK / 1000)
        process.send_signal(signal.SIGTERM)
        told, _ = process.communicate(timeout=60)
    assert [line.partition(":")[0] for line in told.splitlines()] == ["1 document", "2 documents"]
