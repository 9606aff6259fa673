"""The command: what it prints, writes and returns. The resolutions are invented."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from pipeline import __version__
from pipeline.batch import document
from pipeline.batch.manifest import NAME
from pipeline.errors import LawError
from pipeline.validate.schema import schema_text
from tests.builders import put, resolution, unres

if TYPE_CHECKING:
    from collections.abc import Iterator


ROOT = Path(__file__).parent.parent
ALL = ["a.docx", "a.json", "a.md", "a.xml"]


GAP = resolution(second="4.")


pytestmark = pytest.mark.usefixtures("own_folder")


def start(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.Popen([sys.executable, "-m", "pipeline", *arguments], env=environment, text=True, **pipes)


def told(terminal: int) -> Iterator[bytes]:
    """What is written to a terminal, until its other end is closed."""
    with suppress(OSError):
        while data := os.read(terminal, 4096):
            yield data


def written(folder: str = "out") -> dict[str, bytes]:
    paths = [path for path in Path(folder).rglob("*") if path.is_file() and path.name != NAME]
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(paths)}


class TestConvert:
    def test_a_file(self) -> None:
        put("a.txt")
        result = unres("convert", "a.txt")
        assert result.exit_code == 0
        assert result.stdout == "1 document: 1 ok; findings: none; 4 files written\n"
        assert result.stderr == "ok: a.txt: 0 repairs, 0 findings\n"
        assert list(written()) == ALL
        assert all(written().values())

    def test_a_folder(self) -> None:
        put("in/a.txt")
        put("in/sub/b.txt", resolution("A/RES/99/902"))
        assert unres("convert", "in", "--out", "made/here", "--to", "md").exit_code == 0
        assert list(written("made")) == ["here/a.md", "here/sub/b.md"]

    @pytest.mark.parametrize(("to", "endings"), [("md", ["md"]), ("xml, JSON,xml", ["json", "xml"])])
    def test_formats(self, to: str, endings: list[str]) -> None:
        put("a.txt")
        assert unres("convert", "a.txt", "--to", to).exit_code == 0
        assert list(written()) == [f"a.{ending}" for ending in endings]

    @pytest.mark.parametrize("to", ["doc", "", "md,"])
    def test_unknown_formats(self, to: str) -> None:
        result = unres("convert", "a.txt", "--to", to)
        assert result.exit_code == 2
        assert "known are json, docx, xml, md" in result.stderr

    def test_a_second_run_writes_the_same_bytes(self) -> None:
        put("a.txt")
        unres("convert", "a.txt")
        unres("convert", str(Path("a.txt").absolute()), "--out", "again")
        assert written() == written("again")

    def test_the_date_of_the_xml(self, monkeypatch: pytest.MonkeyPatch) -> None:
        put("a.txt")
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "2400000000")
        assert unres("convert", "a.txt").exit_code == 0
        assert b"2046-01-19" in written()["a.xml"]

    def test_all_files_have_the_day_and_no_finer_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        put("a.txt")
        made = {}
        for epoch in ("2400000000", "2400000099", "2400086400"):
            monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
            assert unres("convert", "a.txt").exit_code == 0
            made[epoch] = written()
        assert made["2400000000"] == made["2400000099"]
        different = {name for name, data in made["2400086400"].items() if data != made["2400000000"][name]}
        assert different == {"a.docx", "a.xml"}

    @pytest.mark.parametrize("value", ["yesterday", "9" * 30, "1.5"])
    def test_a_date_that_is_none(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        put("a.txt")
        monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
        result = unres("convert", "a.txt")
        assert result.exit_code == 2
        assert "a number of seconds since 1970 is expected" in result.stderr

    def test_the_language_may_be_given(self) -> None:
        put("a.txt")
        assert unres("convert", "a.txt", "--lang", "en", "--to", "json").exit_code == 0
        result = unres("convert", "a.txt", "--lang", "xx")
        assert result.exit_code == 2
        assert "auto" in result.stderr

    def test_names_by_symbol(self) -> None:
        put("a.txt")
        put("b.txt", resolution().partition(b"\n\n")[2].replace(b"99/901. ", b""))
        result = unres("convert", "a.txt", "b.txt", "--name", "symbol", "--to", "md")
        assert result.exit_code == 0
        assert list(written()) == ["A_RES_99_901.en.md", "b.md"]
        assert "b.txt: no symbol was found, so its files are named after the source" in result.stderr

    def test_files_of_one_name_have_those_of_their_symbols(self) -> None:
        put("a/source.txt")
        put("b/source.txt", resolution("A/RES/99/902"))
        result = unres("convert", "a/source.txt", "b/source.txt", "--name", "symbol", "--to", "md")
        assert result.exit_code == 0, result.stderr
        assert list(written()) == ["A_RES_99_901.en.md", "A_RES_99_902.en.md"]

    def test_two_documents_with_one_symbol(self) -> None:
        put("a.txt")
        put("b.txt")
        put("c.txt", resolution("A/RES/99/902"))
        result = unres("convert", "a.txt", "b.txt", "c.txt", "--name", "symbol", "--to", "md")
        assert result.exit_code == 3
        assert result.stderr.count("a.txt and b.txt would both become") == 2
        assert list(written()) == ["A_RES_99_902.en.md"]

    def test_a_second_run_tells_the_same_and_writes_nothing(self) -> None:
        put("in/a.txt", GAP)
        put("in/b.txt")
        first = unres("convert", "in", "--strict")
        files = {name: Path("out", name).stat().st_mtime_ns for name in written()}
        second = unres("convert", "in", "--strict")
        assert first.exit_code == second.exit_code == 1
        assert second.stdout.endswith("; 0 files written; 2 documents unchanged\n")
        assert second.stderr.replace(", unchanged", "") == first.stderr
        assert {name: Path("out", name).stat().st_mtime_ns for name in written()} == files

    def test_a_check(self) -> None:
        put("in/a.txt")
        put("in/b.txt")
        result = unres("convert", "in", "--to", "md", "--check")
        assert result.exit_code == 1
        assert result.stdout == "2 documents: 2 ok; findings: none; 2 files out of date\n"
        assert "outdated: out/a.md: not what in/a.txt becomes\n" in result.stderr
        assert not Path("out").exists()
        unres("convert", "in", "--to", "md")
        assert unres("convert", "in", "--to", "md", "--check").exit_code == 0
        put("out/b.md", b"edited")
        result = unres("convert", "in", "--to", "md", "--check", "--json-log")
        assert result.exit_code == 1
        assert [json.loads(line)["outdated"] for line in result.stderr.splitlines()] == [[], ["out/b.md"]]
        assert written()["b.md"] == b"edited"

    @pytest.mark.parametrize(
        ("option", "value"),
        [
            ("--jobs", "0"),
            ("--jobs", "many"),
            ("--timeout", "0"),
            ("--timeout", "-1"),
            ("--timeout", "nan"),
            ("--memory", "10"),
        ],
    )
    def test_limits_that_are_none(self, option: str, value: str) -> None:
        put("a.txt")
        assert unres("convert", "a.txt", option, value).exit_code == 2

    def test_a_document_that_takes_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        put("a.txt")
        put("b.txt")
        monkeypatch.setattr(document, "emit", lambda *_, **__: time.sleep(1000))
        result = unres("convert", "a.txt", "--timeout", "0.2")
        assert result.exit_code == 3
        assert "timeout: a.txt: took longer than 0.2 s; nothing was written, --timeout gives it longer" in result.stderr
        assert result.stdout == "1 document: 1 timed out; findings: none; 0 files written\n"

    def test_read_back(self) -> None:
        put("a.txt")
        assert unres("convert", "a.txt", "--verify").exit_code == 0


class TestExitCodes:
    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ([], 0),
            (["--strict"], 1),
            (["--fail-on", "note"], 1),
            (["--fail-on", "warning"], 1),
            (["--fail-on", "error"], 0),
            (["--fail-on", "never"], 0),
            (["--strict", "--fail-on", "never"], 2),
            (["--watch", "--check"], 2),
            (["--review", "--to", "json"], 2),
        ],
    )
    def test_findings(self, options: list[str], code: int) -> None:
        put("a.txt", GAP)
        result = unres("convert", "a.txt", "--to", "md", *options)
        assert result.exit_code == code
        assert list(written()) == ([] if code == 2 else ["a.md"])
        told = re.search(r"^a\.txt:13:1: warning: Paragraph 4.* \[body\.numbers\]$", result.stderr, re.MULTILINE)
        assert bool(told) == (code == 1)

    @pytest.mark.parametrize(
        "arguments", [["nonsense"], ["convert"], ["convert", "in"], ["convert", "a.txt", "sub/a.txt"]]
    )
    def test_usage(self, arguments: list[str]) -> None:
        put("a.txt")
        put("sub/a.txt")
        put("in/a.log")
        result = unres(*arguments)
        assert result.exit_code == 2
        assert result.stderr
        assert not written()

    def test_a_folder_without_documents(self) -> None:
        put("in/a.log")
        assert (
            unres("convert", "in").stderr
            == "unres: in: no .pdf, .txt, .docx, .odt, .rtf, .html, .htm, .xml documents in this folder or below it\n"
        )

    def test_two_documents_for_one_file(self) -> None:
        put("x/a.txt")
        put("y/A.txt")
        result = unres("convert", "x", "y")
        assert result.exit_code == 2
        assert "x/a.txt and y/A.txt would both become out/A.json" in result.stderr

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "a.txt: the file has no text"),
            (b" \n\n", "a.txt: the file has no text"),
            (b"\x00\x01\x02 not text", "a.txt: a binary file"),
            (b"one\ntwo \xe9\n", "a.txt:2: not UTF-8 text"),
            (b"a" * 50_000_000, "a.txt: 50 MB is more than a resolution can have"),
            (b"Dear Sir,\n\nThank you for your letter.\n", "a.txt: not a resolution"),
        ],
    )
    def test_what_is_refused(self, data: bytes, message: str) -> None:
        put("in/a.txt", data)
        put("in/b.txt")
        result = unres("convert", "in", "--to", "md")
        assert result.exit_code == 3
        assert f"refused: in/{message}" in result.stderr
        assert list(written()) == ["b.md"]

    def test_an_error_of_ours(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_arguments: object, **_options: object) -> None:
            msg = "oh"
            raise ZeroDivisionError(msg)

        put("a.txt")
        monkeypatch.setattr(document, "emit", fail)
        result = unres("convert", "a.txt")
        assert result.exit_code == 4
        assert "crash: a.txt: unexpected ZeroDivisionError: oh; nothing was written, please report" in result.stderr
        assert "Traceback" not in result.stderr
        assert "Traceback" in unres("convert", "a.txt", "-v").stderr

    def test_an_error_of_ours_elsewhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("pipeline.validate.schema.schema_text", lambda: 1 / 0)
        result = unres("schema")
        assert result.exit_code == 4
        assert "please report this fault of ours" in result.stderr

    def test_a_missing_file(self) -> None:
        put("a.txt")
        result = unres("convert", "none.txt", "a.txt", "--to", "md")
        assert result.exit_code == 5
        assert "failed: none.txt: no such file or folder; check the path" in result.stderr
        assert list(written()) == ["a.md"]

    def test_a_folder_that_cannot_be_written(self) -> None:
        put("a.txt")
        put("out")
        result = unres("convert", "a.txt")
        assert result.exit_code == 5
        assert "is not a folder" in result.stderr

    def test_old_files_survive_a_failure(self, monkeypatch: pytest.MonkeyPatch) -> None:
        replace, calls = os.replace, []

        def fail(source: Path, target: Path) -> None:
            calls.append(target)
            if len(calls) == 3:
                raise OSError(28, "No space left on device")
            replace(source, target)

        put("a.txt")
        unres("convert", "a.txt")
        before = written()
        put("a.txt", GAP)
        monkeypatch.setattr("os.replace", fail)
        result = unres("convert", "a.txt")
        assert result.exit_code == 5
        assert "failed: out/a.xml: cannot be written: No space left on device" in result.stderr
        assert written() == before

    def test_a_broken_law(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_arguments: object, **_options: object) -> None:
            raise LawError(4, "a paragraph is missing")

        put("a.txt")
        monkeypatch.setattr(document, "emit", fail)
        result = unres("convert", "a.txt", "none.txt")
        assert result.exit_code == 6
        assert "breach: a.txt: law 4 does not hold: a paragraph is missing; nothing was written" in result.stderr
        assert not written()

    def test_stopped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def stop(*_arguments: object) -> None:
            raise KeyboardInterrupt

        put("a.txt")
        monkeypatch.setattr("pipeline.batch.pool.Forked.wait", stop)
        result = unres("convert", "a.txt")
        assert result.exit_code == 130
        assert "stopped" in result.stderr


class TestTelling:
    def test_verbose(self) -> None:
        put("a.txt", GAP)
        result = unres("convert", "a.txt", "-v", "--to", "md,xml")
        assert result.stdout.splitlines()[:2] == ["out/a.md", "out/a.xml"]
        assert "[body.numbers]" in result.stderr

    def test_quiet(self) -> None:
        put("a.txt", GAP)
        assert unres("convert", "a.txt", "-q").output == ""
        assert unres("convert", "none.txt", "-q").stderr.startswith("failed: none.txt")

    def test_json_log(self) -> None:
        put("in/a.txt", GAP)
        put("in/b.txt", b"")
        put("in/é.txt", resolution().replace(b" lit", b"  lit"))
        result = unres("convert", "in", "--to", "md,xml", "--json-log")
        entries = [json.loads(line) for line in result.stderr.splitlines()]
        assert [entry["file"] for entry in entries] == ["in/a.txt", "in/b.txt", "in/é.txt"]
        assert [entry["status"] for entry in entries] == ["findings", "refused", "repaired"]
        assert [entry["outputs"] for entry in entries] == [["out/a.md", "out/a.xml"], [], ["out/é.md", "out/é.xml"]]
        assert [entry["repairs"] for entry in entries] == [0, 0, 1]
        assert [entry["findings"] for entry in entries] == [1, 0, 0]
        assert entries[1]["message"].startswith("in/b.txt: the file has no text")
        assert all(entry["seconds"] >= 0 for entry in entries)

    def test_names_and_texts_cannot_steer_the_terminal(self) -> None:
        put("a\x1b[2J.txt", b"")
        assert "\x1b" not in unres("convert", "a\x1b[2J.txt").output
        put("b.txt", resolution() + b"\nThe \x1b[2J light\x00house \xe2\x80\xae keepers\n")
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", unres("explain", "b.txt", "--all").output)


class TestExplain:
    def test_what_was_repaired(self) -> None:
        data = resolution(second="4.").replace(b" lit", b"  lit").replace(b" the matter", b"  the  matter")
        put("a.txt", data)
        result = unres("explain", "a.txt")
        assert result.exit_code == 0
        lines = [line.rstrip() for line in result.stdout.splitlines()]
        assert lines[:2] == [
            f"a.txt: A/RES/99/901, English, {len(data)} characters, 3 repairs",
            "Lighthouses of the inland seas",
        ]
        assert "single blanks: 3 repairs" in lines
        assert "  Write one blank where a line has several between its words." in lines
        assert "  11:35      “␣␣” → “␣”           in “he lighthouses␣␣lit;↵↵4. Reque”" in lines
        assert any(line.startswith("  13:1  warning  Paragraph 4") for line in lines)
        assert "\x1b" not in result.stdout
        assert max(map(len, lines)) <= 80

    def test_the_ledger_adds_up(self) -> None:
        put("a.txt")
        table = re.findall(r"^  [a-z, ]+? {2,}([\d,]+) +[\d.]+%", unres("explain", "a.txt").stdout, re.MULTILINE)
        *fates, total = [int(count.replace(",", "")) for count in table]
        assert len(fates) == 6
        assert sum(fates) == total == len(resolution())

    def test_examples_or_all(self) -> None:
        put("a.txt", resolution() + b"\nThe  keepers  of  the  lighthouses  take  part.\n")
        few, every = unres("explain", "a.txt").stdout, unres("explain", "a.txt", "--all").stdout
        assert few.count("“␣␣” → “␣”") == 3
        assert "… and 3 more (--all)" in few
        assert every.count("“␣␣” → “␣”") == 6
        assert "--all" not in every

    def test_a_broken_law(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_arguments: object, **_options: object) -> None:
            raise LawError(1, "a word is gone")

        put("a.txt")
        monkeypatch.setattr(document, "normalize", fail)
        result = unres("explain", "a.txt")
        assert result.exit_code == 6
        assert result.stderr.startswith("unres: law 1 does not hold, please report")

    @pytest.mark.parametrize(("name", "code"), [("none.txt", 5), ("empty.txt", 3)])
    def test_what_cannot_be_explained(self, name: str, code: int) -> None:
        put("empty.txt", b"")
        result = unres("explain", name)
        assert result.exit_code == code
        assert result.stderr.startswith(f"unres: {name}: ")


def test_schema() -> None:
    result = unres("schema")
    assert result.stdout == schema_text()
    assert json.loads(result.stdout)["$id"]


def test_version_and_help() -> None:
    assert unres("--version").stdout == f"unres {__version__}\n"
    assert "Exit codes" in unres("--help").stdout
    assert "Exit codes" in unres("convert", "--help").stdout


def test_how_documents_are_isolated_is_told() -> None:
    put("a.txt")
    assert "documents are isolated: processes of their own" in unres("convert", "a.txt", "-v").stderr
    assert "isolated" not in unres("convert", "a.txt", "--out", "other").stderr


class TestProcess:
    """The same as a process of its own, where there are signals, pipes and a real exit code."""

    def test_exit_code_and_streams(self) -> None:
        put("a.txt")
        process = start("convert", "a.txt", "none.txt", "--to", "md")
        stdout, stderr = process.communicate()
        assert process.returncode == 5
        assert stdout == "2 documents: 1 ok, 1 failed; findings: none; 1 file written\n"
        assert stderr.splitlines() == [
            "ok: a.txt: 0 repairs, 0 findings",
            "failed: none.txt: no such file or folder; check the path",
        ]

    def test_a_bar_on_a_terminal_and_lines_in_ci(self) -> None:
        put("a.txt")
        put("b.txt", b"")
        for ci, expected in {"": "2/2", "true": "ok: a.txt"}.items():
            terminal, other_end = os.openpty()
            process = start(
                "convert", "a.txt", "b.txt", "--out", f"out{ci}", stderr=other_end, env={"CI": ci, "TERM": "xterm"}
            )
            os.close(other_end)
            shown: list[bytes] = []
            reader = Thread(target=lambda end=terminal, seen=shown: seen.extend(told(end)))
            reader.start()
            stdout = process.communicate()[0]
            reader.join()
            stderr = b"".join(shown).decode(errors="replace")
            os.close(terminal)
            assert stdout == "2 documents: 1 ok, 1 refused; findings: none; 4 files written\n"
            assert expected in stderr
            assert "refused: b.txt: the file has no text" in stderr
            assert ("ok: a.txt" in stderr) == bool(ci)

    def test_nobody_reads_the_output(self) -> None:
        read, write = os.pipe()
        os.close(read)
        process = start("schema", stdout=write)
        os.close(write)
        assert process.communicate()[1] == ""
        assert process.returncode == 5

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
    def test_the_output_cannot_be_written(self) -> None:
        with Path("/dev/full").open("w") as full:
            process = start("schema", stdout=full)
            assert "reading or writing failed" in process.communicate()[1]
        assert process.returncode == 5

    def test_a_terminal_that_has_no_such_letters(self) -> None:
        put("a.txt", resolution().replace(b" lit", b"  lit"))
        process = start("explain", "a.txt", env={"PYTHONIOENCODING": "latin-1"})
        assert "\\u2192" in process.communicate()[0]
        assert process.returncode == 0

    def test_nothing_depends_on_where_and_how_it_runs(self) -> None:
        for name in "zyxwv":
            put(f"in/{name}.txt", resolution(second="4.") if name == "x" else resolution().replace(b" lit", b"  lit"))
            put(f"in/sub/{name}.txt", b"" if name == "w" else resolution(f"A/RES/99/{ord(name)}"))
        ways = {
            "1": {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
            "2": {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C.UTF-8"},
            "8": {"PYTHONHASHSEED": "3", "TZ": "UTC", "LANG": "tr_TR.UTF-8", "HOME": "/"},
        }
        seen = []
        for jobs, environment in ways.items():
            process = start("convert", "in", "--out", f"out{jobs}", "--jobs", jobs, "--json-log", env=environment)
            stdout, stderr = process.communicate()
            entries = [{**json.loads(line), "seconds": 0} for line in stderr.replace(f"out{jobs}", "out").splitlines()]
            files = {str(path.relative_to(f"out{jobs}")): path.read_bytes() for path in Path(f"out{jobs}").rglob("*.*")}
            seen.append((stdout, entries, files, process.returncode))
        assert seen[0] == seen[1] == seen[2]
        assert [entry["file"] for entry in seen[0][1]] == [
            *(f"in/{name}.txt" for name in "vwxyz"),
            *(f"in/sub/{name}.txt" for name in "vwxyz"),
        ]
        assert len(seen[0][2]) == 9 * 4 + 1

    @pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
    def test_signals(self, number: signal.Signals, code: int) -> None:
        for at in range(400):
            put(f"in/{at}.txt")
        process = start("convert", "in", "--to", "json,md")
        while not list(Path("out").glob("*.md")) and process.poll() is None:  # its other files come and go
            time.sleep(0.02)
        process.send_signal(number)
        process.communicate()
        assert process.returncode == code
        names = [Path(name) for name in written()]
        assert not [name for name in names if name.name.startswith(".")]
        assert {name.stem for name in names if name.suffix == ".md"} == {name.stem for name in names}
