"""Plans, sets of files and outcomes. The resolutions are invented."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from pipeline import normalize
from pipeline.batch import document, files
from pipeline.batch.document import NO_SYMBOL, Options
from pipeline.batch.files import InputError, check_writable, commit, load, stage, sweep, write_set
from pipeline.batch.manifest import NAME
from pipeline.batch.plan import Job, plan, shown, symbol_name
from pipeline.batch.report import EXIT_CODES, Outcome, Status, count, exit_code, summary
from pipeline.batch.run import run
from pipeline.emit import EMITTERS, USUAL
from pipeline.errors import LawError, UsageError, WriteError
from pipeline.limits import InputLimits
from pipeline.model import Finding
from pipeline.text import Span
from tests.builders import put, resolution

if TYPE_CHECKING:
    from pipeline.laps import Laps
    from pipeline.model import Record, Severity

SUFFIXES = tuple(EMITTERS[kind].suffix for kind in USUAL)


def tree(folder: Path) -> list[str]:
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != NAME]
    return sorted(str(path.relative_to(folder)) for path in paths)


def record() -> None:
    raise KeyboardInterrupt


def convert(paths: list[Path], out: Path, options: Options | None = None) -> dict[str, Outcome]:
    options = options or Options(formats=("json", "md"))
    done: list[Outcome] = []
    told = run(plan(paths, out, options.suffixes), options, done.append)
    assert replace(told, level=None, seconds=0) == replace(count(done), seconds=0)
    return {outcome.source.name: outcome for outcome in done}


class TestPlan:
    def test_folders_below_a_folder_are_kept(self, tmp_path: Path) -> None:
        source = tmp_path / "in"
        put(source / "b.txt")
        put(source / "sub" / "deep" / "a.TXT")
        put(source / "notes.log")
        put(source / ".hidden.txt")
        put(source / ".git" / "c.txt")
        assert plan([source], tmp_path / "out", SUFFIXES).jobs == (
            Job(source / "b.txt", tmp_path / "out", "b"),
            Job(source / "sub" / "deep" / "a.TXT", tmp_path / "out" / "sub" / "deep", "a"),
        )

    def test_of_files_of_one_name_the_one_the_others_were_made_of_is_read(self, tmp_path: Path) -> None:
        for name in (
            "a.txt",
            "a.docx",
            "b.docx",
            "c.PDF",
            "c.txt",
            "c.docx",
            "d.odt",
            "d.rtf",
            "e.rtf",
            "e.html",
            "f.htm",
        ):
            put(tmp_path / name)
        found = [job.source.name for job in plan([tmp_path], tmp_path / "out", SUFFIXES).jobs]
        assert found == ["a.txt", "b.docx", "c.PDF", "d.odt", "e.rtf", "f.htm"]

    def test_akn_is_read_last_and_other_xml_not_at_all(self, tmp_path: Path) -> None:
        for name in ("a.docx", "a.xml", "b.xml", "c.xml", "d.XML"):
            put(tmp_path / name).write_text("<akomaNtoso/>")
        put(tmp_path / "c.xml").write_text("<project/>")
        (tmp_path / "d.XML").write_bytes("<akomaNtoso/>".encode("utf-16"))
        found = [job.source.name for job in plan([tmp_path], tmp_path / "out", SUFFIXES).jobs]
        assert found == ["a.docx", "b.xml", "d.XML"]

    def test_what_an_earlier_run_wrote_is_read_only_where_there_is_nothing_else(self, tmp_path: Path) -> None:
        for name in ("a.json", "a.docx", "a.xml", "b.json", "b.xml"):
            put(tmp_path / "earlier" / name).write_text("<akomaNtoso/>")
        put(tmp_path / "own.docx")
        found = [job.source.name for job in plan([tmp_path], tmp_path / "out", SUFFIXES).jobs]
        assert found == ["own.docx"]
        found = [job.source.name for job in plan([tmp_path / "earlier"], tmp_path / "out", SUFFIXES).jobs]
        assert found == ["a.docx", "b.xml"]

    def test_out_inside_the_folder_is_not_read(self, tmp_path: Path) -> None:
        put(tmp_path / "a.txt")
        put(tmp_path / "out" / "b.txt")
        assert [job.name for job in plan([tmp_path], tmp_path / "out", SUFFIXES).jobs] == ["a"]

    def test_a_folder_may_be_written_into_itself(self, tmp_path: Path) -> None:
        put(tmp_path / "a.txt")
        assert [job.name for job in plan([tmp_path], tmp_path, SUFFIXES).jobs] == ["a"]

    def test_a_file_named_twice_is_one_document(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        put(tmp_path / "a.txt")
        paths = [Path("a.txt"), Path(), tmp_path / "a.txt"]
        assert len(plan(paths, tmp_path / "out", SUFFIXES).jobs) == 1

    def test_two_documents_for_one_file_are_refused(self, tmp_path: Path) -> None:
        first, second = put(tmp_path / "x" / "a.txt"), put(tmp_path / "y" / "a.txt")
        with pytest.raises(UsageError, match="would both become") as error:
            plan([first, second], tmp_path / "out", SUFFIXES)
        assert str(first) in str(error.value)
        assert str(second) in str(error.value)

    @pytest.mark.parametrize(
        ("first", "second"), [("a.txt", "A.txt"), ("a.txt", "a.text"), ("e\u0301.txt", "\u00e9.txt")]
    )
    def test_names_that_some_file_systems_take_for_one(self, tmp_path: Path, first: str, second: str) -> None:
        put(tmp_path / first)
        put(tmp_path / second)
        with pytest.raises(UsageError, match="would both become"):
            plan([tmp_path / first, tmp_path / second], tmp_path / "out", SUFFIXES)

    def test_many_clashes_are_told_in_one_line(self, tmp_path: Path) -> None:
        for name in "abc":
            put(tmp_path / "x" / f"{name}.txt")
            put(tmp_path / "y" / f"{name}.txt")
        with pytest.raises(UsageError, match=r"\(and 2 more like it\)"):
            plan([tmp_path / "x", tmp_path / "y"], tmp_path / "out", SUFFIXES)

    def test_an_input_is_not_overwritten(self, tmp_path: Path) -> None:
        path = put(tmp_path / "a.md")
        with pytest.raises(UsageError, match="is an input and would be overwritten"):
            plan([path], tmp_path, SUFFIXES)
        assert plan([path], tmp_path, [".json"]).jobs

    def test_a_folder_without_documents(self, tmp_path: Path) -> None:
        put(tmp_path / "in" / "a.log")
        with pytest.raises(UsageError, match=r"in: no \.pdf, \.txt, \.docx, .*\.htm, \.xml documents"):
            plan([tmp_path / "in"], tmp_path / "out", SUFFIXES)

    def test_a_folder_that_cannot_be_read_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        scandir = os.scandir

        def refuse(path: str) -> object:
            if str(path).endswith("locked"):
                raise PermissionError(13, "Permission denied", str(path))
            return scandir(path)

        put(tmp_path / "in" / "a.txt")
        put(tmp_path / "in" / "locked" / "b.txt")
        monkeypatch.setattr("os.scandir", refuse)
        outcomes = convert([tmp_path / "in"], tmp_path / "out")
        assert outcomes["a.txt"].status == "ok"
        assert outcomes["locked"].status == "failed"
        assert "this folder cannot be read: Permission denied" in outcomes["locked"].message

    @pytest.mark.parametrize(
        ("symbol", "name"),
        [
            ("A/RES/99/901", "A_RES_99_901.en"),
            ("S/RES/9901 (2045)", "S_RES_9901_2045.en"),
            ("../../etc", "etc.en"),
            ("///", ""),
        ],
    )
    def test_names_by_symbol_are_safe(self, symbol: str, name: str) -> None:
        assert symbol_name(symbol, "en") == name

    def test_names_are_shown_without_what_a_terminal_obeys(self) -> None:
        assert shown("决议\x1b[2J\udcff.txt") == "决议\\x1b[2J\\udcff.txt"


class TestWriting:
    def test_a_set_is_written_and_nothing_else(self, tmp_path: Path) -> None:
        write_set({tmp_path / "new" / "a.json": b"1", tmp_path / "new" / "a.md": b"2"})
        assert tree(tmp_path) == ["new/a.json", "new/a.md"]

    @pytest.mark.parametrize("at", [1, 2, 3])
    @pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
    def test_old_files_survive_a_failure(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException
    ) -> None:
        put(tmp_path / "a.json", b"old")
        put(tmp_path / "a.md", b"old")
        replace, calls = os.replace, []

        def fail(source: Path, target: Path) -> None:
            calls.append(target)
            if len(calls) == at:
                raise error
            replace(source, target)

        monkeypatch.setattr("os.replace", fail)
        with pytest.raises((WriteError, KeyboardInterrupt)):
            write_set({tmp_path / name: b"new" for name in ("a.json", "a.xml", "a.md")})
        assert len(calls) >= at
        assert tree(tmp_path) == ["a.json", "a.md"]
        assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"old"}

    def test_a_full_disk(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(_number: int) -> None:
            raise OSError(28, "No space left on device")

        put(tmp_path / "a.json", b"old")
        monkeypatch.setattr("os.fsync", fail)
        with pytest.raises(WriteError, match=r"a\.json: cannot be written: No space left on device"):
            write_set({tmp_path / "a.json": b"new"})
        assert tree(tmp_path) == ["a.json"]
        assert (tmp_path / "a.json").read_bytes() == b"old"

    def test_without_links_the_old_files_are_copied(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_arguments: object, **_options: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        put(tmp_path / "a.json", b"old")
        monkeypatch.setattr("os.link", fail)
        write_set({tmp_path / "a.json": b"new"})
        assert tree(tmp_path) == ["a.json"]
        assert (tmp_path / "a.json").read_bytes() == b"new"

    def test_a_folder_in_the_place_of_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "a.md").mkdir()
        with pytest.raises(WriteError, match=r"a\.md: cannot be written"):
            write_set({tmp_path / "a.json": b"1", tmp_path / "a.md": b"2"})
        assert tree(tmp_path) == []

    def test_a_link_is_replaced_not_followed(self, tmp_path: Path) -> None:
        elsewhere = put(tmp_path / "elsewhere", b"old")
        (tmp_path / "a.json").symlink_to(elsewhere)
        write_set({tmp_path / "a.json": b"new"})
        assert elsewhere.read_bytes() == b"old"
        assert (tmp_path / "a.json").read_bytes() == b"new"

    def test_temporaries_of_dead_runs_are_swept(self, tmp_path: Path) -> None:
        dead = subprocess.Popen([sys.executable, "-c", ""])
        dead.wait()
        gone = [
            f".a.json.tmp-{dead.pid}",
            f".a.xml.tmp-{os.getpid()}",
            ".a.md.tmp-9" + "9" * 30,
        ]
        kept = [f".a.docx.tmp-{os.getppid()}", ".a.json.tmp-", "a.json.tmp-1", ".env"]
        for name in gone + kept:
            put(tmp_path / name)
        sweep([tmp_path, tmp_path / "not there"], lambda _path: None)
        assert tree(tmp_path) == sorted(kept)

    def test_a_run_killed_while_files_got_their_places_is_undone(self, tmp_path: Path) -> None:
        for name in ("a.json", "b.json"):
            put(tmp_path / name, b"old")
        dead = subprocess.Popen([sys.executable, "-c", ""])
        dead.wait()
        made = {tmp_path / name: b"new" for name in ("a.json", "a.md", "b.json", "b.md")}
        stage(made, dead.pid)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(files, "_restore", lambda _path, _run: None)  # as if it had been killed
            with pytest.raises(KeyboardInterrupt):
                commit(made, dead.pid, record)
        assert len(tree(tmp_path)) == 8
        counts = {path: sha256(b"new").hexdigest() for path in made if path.name[0] == "b"}
        sweep([tmp_path], counts.get)
        assert {name: (tmp_path / name).read_bytes() for name in tree(tmp_path)} == {
            "a.json": b"old",
            "b.json": b"new",
            "b.md": b"new",
        }

    def test_what_cannot_be_put_back_now_is_put_back_later(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(tmp_path / "a.json", b"old")
        put(tmp_path / "a.md", b"old")
        replace, calls = os.replace, []

        def fail(source: Path, target: Path) -> None:
            calls.append(target)
            if len(calls) > 1:
                raise OSError(5, "Input/output error")
            replace(source, target)

        with monkeypatch.context() as patch:
            patch.setattr("os.replace", fail)
            with pytest.raises(WriteError, match="Input/output error"):
                write_set({tmp_path / name: b"new" for name in ("a.json", "a.md")})
        sweep([tmp_path], lambda _path: None)
        assert tree(tmp_path) == ["a.json", "a.md"]
        assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"old"}

    def test_what_cannot_be_written_into(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        check_writable(tmp_path / "a" / "b")
        with pytest.raises(WriteError, match="is not a folder"):
            check_writable(put(tmp_path / "file") / "out")
        monkeypatch.setattr("os.access", lambda _path, _mode: False)
        with pytest.raises(WriteError, match="nothing may be written into this folder"):
            check_writable(tmp_path / "a")

    def test_what_cannot_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"none\.txt: no such file or folder; check the path"):
            load(tmp_path / "none.txt")
        with pytest.raises(InputError, match="cannot be read: Is a directory"):
            load(tmp_path)

    def test_no_more_is_read_than_is_needed_to_refuse(self, tmp_path: Path) -> None:
        limits = InputLimits(text_bytes=4, rtf_bytes=8, zip_bytes=2, pdf_bytes=1)
        assert len(load(put(tmp_path / "a.txt", b"x" * 100), limits)) == 9


class TestRun:
    def test_statuses(self, tmp_path: Path) -> None:
        put(tmp_path / "in" / "ok.txt")
        put(tmp_path / "in" / "repaired.txt", resolution().replace(b" lit", b"  lit"))
        put(tmp_path / "in" / "findings.txt", resolution(second="4."))
        put(tmp_path / "in" / "refused.txt", b"")
        outcomes = convert([tmp_path / "in", tmp_path / "missing.txt"], tmp_path / "out")
        statuses = {name: outcome.status for name, outcome in outcomes.items()}
        assert statuses == {
            "ok.txt": "ok",
            "repaired.txt": "repaired",
            "findings.txt": "findings",
            "refused.txt": "refused",
            "missing.txt": "failed",
        }
        assert tree(tmp_path / "out") == [
            f"{name}.{ending}" for name in ("findings", "ok", "repaired") for ending in ("json", "md")
        ]
        assert outcomes["repaired.txt"].repairs == 1
        assert [found.rule for found in outcomes["findings.txt"].findings] == ["body.numbers"]

    @pytest.mark.parametrize(
        ("error", "status", "message"),
        [
            (LawError(1, "a word is gone"), "breach", "law 1 does not hold: a word is gone; nothing was written"),
            (ZeroDivisionError("oh"), "crash", "unexpected ZeroDivisionError: oh; nothing was written"),
            (RecursionError(), "crash", "unexpected RecursionError"),
        ],
    )
    def test_what_goes_wrong_with_one_stays_with_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, status: str, message: str
    ) -> None:
        def fail(data: bytes, name: str, *, lang: str, limits: InputLimits, laps: Laps) -> Record:
            if name == "b.txt":
                raise error
            return normalize(data, name, lang=lang, limits=limits, laps=laps)

        monkeypatch.setattr(document, "normalize", fail)
        for name in "abc":
            put(tmp_path / "in" / f"{name}.txt")
        put(tmp_path / "out" / "b.json", b"old")
        outcomes = convert([tmp_path / "in"], tmp_path / "out")
        assert [outcome.status for outcome in outcomes.values()] == ["ok", status, "ok"]
        assert f"b.txt: {message}" in outcomes["b.txt"].message
        assert bool(outcomes["b.txt"].details) == (status == "crash")
        assert tree(tmp_path / "out") == ["a.json", "a.md", "b.json", "c.json", "c.md"]
        assert (tmp_path / "out" / "b.json").read_bytes() == b"old"

    def test_a_refused_document_leaves_its_old_files(self, tmp_path: Path) -> None:
        source = put(tmp_path / "a.txt")
        convert([source], tmp_path / "out")
        before = (tmp_path / "out" / "a.json").read_bytes()
        source.write_bytes(b"\xff\xff")
        assert convert([source], tmp_path / "out")["a.txt"].status == "refused"
        assert (tmp_path / "out" / "a.json").read_bytes() == before

    def test_messages_say_where_the_file_is_and_records_do_not(self, tmp_path: Path) -> None:
        bad = put(tmp_path / "in" / "bad.txt", b"one\n\xff")
        good = put(tmp_path / "in" / "good.txt")
        outcomes = convert([bad, good], tmp_path / "out")
        assert outcomes["bad.txt"].message.startswith(f"{bad}:2: not UTF-8 text")
        assert str(tmp_path) not in (tmp_path / "out" / "good.json").read_text(encoding="utf-8")

    def test_a_name_that_is_not_unicode(self, tmp_path: Path) -> None:
        source = put(tmp_path / os.fsdecode(b"a\xff.txt"))
        assert convert([source], tmp_path / "out")[source.name].status == "ok"

    def test_names_by_symbol(self, tmp_path: Path) -> None:
        put(tmp_path / "in" / "x.txt")
        put(tmp_path / "in" / "sub" / "y.txt", resolution("A/RES/99/902"))
        put(tmp_path / "in" / "z.txt", resolution().partition(b"\n\n")[2].replace(b"99/901. ", b""))
        outcomes = convert([tmp_path / "in"], tmp_path / "out", Options(("md",), naming="symbol"))
        assert tree(tmp_path / "out") == ["A_RES_99_901.en.md", "sub/A_RES_99_902.en.md", "z.md"]
        assert outcomes["z.txt"].message.endswith(NO_SYMBOL)
        assert not outcomes["x.txt"].message

    def test_two_documents_with_one_symbol(self, tmp_path: Path) -> None:
        for name, data in {"x": None, "y": None, "z": resolution("A/RES/99/902"), "bad": b""}.items():
            put(tmp_path / "in" / f"{name}.txt", data)
        outcomes = convert([tmp_path / "in"], tmp_path / "out", Options(("md",), naming="symbol"))
        statuses = {name: outcome.status for name, outcome in outcomes.items()}
        assert statuses == {"bad.txt": "refused", "x.txt": "refused", "y.txt": "refused", "z.txt": "ok"}
        for name in ("x.txt", "y.txt"):
            assert "x.txt and " in outcomes[name].message
            assert "y.txt would both become" in outcomes[name].message
        assert tree(tmp_path / "out") == ["A_RES_99_902.en.md"]


class TestReport:
    @pytest.mark.parametrize(
        ("statuses", "code"),
        [
            ([], 0),
            (["ok", "repaired", "findings"], 0),
            (["ok", "refused"], 3),
            (["refused", "crash"], 4),
            (["failed", "crash"], 5),
            (["failed", "breach", "refused"], 6),
        ],
    )
    def test_the_gravest_code_counts(self, statuses: list[Status], code: int) -> None:
        assert exit_code(count(Outcome(Path("a"), status) for status in statuses), "error") == code

    @pytest.mark.parametrize(("fail_on", "code"), [(None, 0), ("error", 0), ("warning", 1), ("note", 1)])
    def test_findings_that_fail_the_run(self, fail_on: Severity | None, code: int) -> None:
        found = Finding("notes.missing", "warning", "Indicator 7 has no footnote.", Span(0, 1))
        assert exit_code(count([Outcome(Path("a"), "findings", findings=(found,))]), fail_on) == code

    def test_summary(self) -> None:
        found = [Finding("r", severity, "m", Span(0, 1)) for severity in ("note", "warning", "note")]
        outcomes = (
            Outcome(Path("a"), "ok", (Path("a.md"),)),
            Outcome(Path("b"), "findings", (Path("b.md"),), findings=tuple(found)),
            Outcome(Path("c"), "breach"),
        )
        expected = "3 documents: 1 ok, 1 with findings, 1 broke a law; findings: 1 warning, 2 notes; 2 files written"
        assert summary(count(outcomes)) == expected


def test_all_kinds_of_status_have_an_exit_code() -> None:
    assert tuple(EXIT_CODES) == get_args(Status)


def test_callbacks_see_documents_as_they_are_done(tmp_path: Path) -> None:
    put(tmp_path / "in" / "a.txt")
    put(tmp_path / "in" / "b.txt")
    seen: list[list[str]] = []
    planned = plan([tmp_path / "in"], tmp_path / "out", [".md"])

    def look(_outcome: Outcome) -> None:  # the next document's files may be staged by now
        seen.append([name for name in tree(tmp_path / "out") if name[0] != "."])

    run(planned, Options(("md",)), look, jobs=1)
    assert seen == [["a.md"], ["a.md", "b.md"]]
