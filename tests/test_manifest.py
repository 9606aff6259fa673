"""What a second run does: nothing it need not, and whatever it must. The resolutions are invented."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.batch import manifest
from pipeline.batch.document import Options
from pipeline.batch.manifest import NAME, Entry, key, open_manifest
from pipeline.batch.plan import plan
from pipeline.batch.report import count, exit_code
from pipeline.batch.run import run
from pipeline.errors import WriteError
from tests.builders import put, resolution

if TYPE_CHECKING:
    from pipeline.batch.report import Outcome

ROOT = Path(__file__).parent.parent
OPTIONS = Options(("json", "md"))
CONTENT = "0" * 64


def entry(name: str, content: str = CONTENT) -> Entry:
    return Entry(name, key("", name, content), {f"{name}.md": content}, {"status": "ok"})


def convert(folder: Path, out: Path, options: Options = OPTIONS, *, check: bool = False) -> dict[str, Outcome]:
    done: list[Outcome] = []
    run(plan([folder], out, options.suffixes), options, done.append, jobs=2, check=check)
    return {outcome.source.name: outcome for outcome in done}


def made_again(outcomes: dict[str, Outcome]) -> list[str]:
    assert all(outcome.unchanged != bool(outcome.outputs) for outcome in outcomes.values())
    return [name for name, outcome in outcomes.items() if not outcome.unchanged]


def state(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """All there is to a file: its bytes, its number, and when it was last changed."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path): (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder of three documents: one with a repair, one with a finding, one below."""
    put(tmp_path / "in" / "a.txt", resolution().replace(b" lit", b"  lit"))
    put(tmp_path / "in" / "b.txt", resolution("A/RES/99/902", second="4."))
    put(tmp_path / "in" / "sub" / "c.txt", resolution("A/RES/99/903"))
    return tmp_path / "in"


@pytest.fixture
def out(tmp_path: Path, source: Path) -> Path:
    convert(source, tmp_path / "out")
    return tmp_path / "out"


class TestSecondRun:
    def test_nothing_is_touched_and_all_is_told_again(self, source: Path, out: Path, tmp_path: Path) -> None:
        first = convert(source, tmp_path / "other")
        before = state(out)
        second = convert(source, out)
        assert made_again(second) == []
        assert state(out) == before
        timeless: dict[str, Any] = {"seconds": 0, "stages": {}}
        assert {name: told._replace(outputs=(), unchanged=True, **timeless) for name, told in first.items()} == {
            name: told._replace(**timeless) for name, told in second.items()
        }
        assert second["b.txt"].findings[0].rule == "body.numbers"
        assert exit_code(count(second.values()), "warning") == 1

    def test_no_time_counts(self, source: Path, out: Path) -> None:
        for path in (source / "a.txt", out / "a.md"):
            os.utime(path, (1, 1))
        assert made_again(convert(source, out)) == []

    def test_another_place_counts_no_more_than_a_time(self, source: Path, out: Path, tmp_path: Path) -> None:
        source.rename(tmp_path / "moved")
        assert made_again(convert(tmp_path / "moved", out)) == []
        out.rename(tmp_path / "moved out")
        assert made_again(convert(tmp_path / "moved", tmp_path / "moved out")) == []

    @pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(path.read_bytes() + b" ")])
    def test_what_was_deleted_or_edited_is_made_again(self, source: Path, out: Path, harm: object) -> None:
        before = state(out)
        harm(out / "sub" / "c.json")  # type: ignore[operator]
        assert made_again(convert(source, out)) == ["c.txt"]
        assert {name: content for name, (content, *_) in state(out).items()} == {
            name: content for name, (content, *_) in before.items()
        }

    def test_a_changed_document(self, source: Path, out: Path) -> None:
        put(source / "a.txt", resolution("A/RES/99/904"))
        assert made_again(convert(source, out)) == ["a.txt"]
        assert b"99/904" in (out / "a.md").read_bytes()

    def test_a_document_changed_back_to_what_it_was(self, source: Path, out: Path) -> None:
        old = (source / "a.txt").read_bytes()
        for data in (resolution("A/RES/99/904"), old):
            put(source / "a.txt", data)
            assert made_again(convert(source, out)) == ["a.txt"]

    @pytest.mark.parametrize(
        "options",
        [
            OPTIONS._replace(lang="en"),
            OPTIONS._replace(formats=("json", "md", "xml")),
            OPTIONS._replace(markup_date="2045-01-01"),
            OPTIONS._replace(verify=True),
        ],
    )
    def test_other_options(self, source: Path, out: Path, options: Options) -> None:
        assert made_again(convert(source, out, options)) == ["a.txt", "b.txt", "c.txt"]
        assert made_again(convert(source, out, options)) == []

    def test_another_version(self, source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(manifest, "versions", lambda: "another")
        assert made_again(convert(source, out)) == ["a.txt", "b.txt", "c.txt"]

    def test_a_document_that_fails_is_tried_each_time(self, source: Path, out: Path) -> None:
        old = (out / "a.md").read_bytes()
        put(source / "a.txt", b"")
        for _ in range(2):
            assert convert(source, out)["a.txt"].status == "refused"
        assert (out / "a.md").read_bytes() == old

    def test_names_by_symbol(self, source: Path, tmp_path: Path) -> None:
        options, out = OPTIONS._replace(naming="symbol"), tmp_path / "out"
        assert len(made_again(convert(source, out, options))) == 3
        assert made_again(convert(source, out, options)) == []
        (out / "A_RES_99_902.en.md").unlink()
        assert made_again(convert(source, out, options)) == ["b.txt"]


class TestCheck:
    def test_all_is_as_it_should_be(self, source: Path, out: Path) -> None:
        before = state(out)
        checked = convert(source, out, check=True)
        assert not any(outcome.outdated for outcome in checked.values())
        assert exit_code(count(checked.values()), "error") == 0
        assert state(out) == before

    def test_files_are_named(self, source: Path, out: Path) -> None:
        (out / "a.md").unlink()
        put(out / "b.json", b"edited")
        before = state(out)
        checked = convert(source, out, check=True)
        assert [outcome.outdated for outcome in checked.values()] == [(out / "a.md",), (out / "b.json",), ()]
        assert exit_code(count(checked.values()), None) == 1
        assert state(out) == before

    def test_bytes_count_and_not_the_manifest(self, source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(manifest, "versions", lambda: "another")
        assert not any(outcome.outdated for outcome in convert(source, out, check=True).values())
        (out / NAME).unlink()
        assert not any(outcome.outdated for outcome in convert(source, out, check=True).values())
        assert not (out / NAME).exists()

    def test_where_nothing_was_made(self, source: Path, tmp_path: Path) -> None:
        checked = convert(source, tmp_path / "none", check=True)
        assert sum(len(outcome.outdated) for outcome in checked.values()) == 6
        assert not (tmp_path / "none").exists()


class TestManifest:
    def test_what_it_says(self, out: Path) -> None:
        lines = [json.loads(line) for line in (out / NAME).read_text(encoding="ascii").splitlines()]
        assert [line["name"] for line in lines] == ["a", "b", "sub/c"]
        assert [list(line["files"]) for line in lines] == [
            ["a.json", "a.md"],
            ["b.json", "b.md"],
            ["sub/c.json", "sub/c.md"],
        ]

    def test_it_is_the_same_whatever_came_before(self, source: Path, out: Path, tmp_path: Path) -> None:
        put(source / "b.txt", resolution())
        convert(source, out)
        put(source / "b.txt", resolution("A/RES/99/902", second="4."))
        convert(source, out)
        convert(source, tmp_path / "new")
        assert (out / NAME).read_bytes() == (tmp_path / "new" / NAME).read_bytes()

    @pytest.mark.parametrize("cut", [1, 30, 200])
    def test_a_torn_last_line(self, source: Path, out: Path, cut: int) -> None:
        whole = (out / NAME).read_bytes()
        (out / NAME).write_bytes(whole[:-cut])
        assert made_again(convert(source, out)) == ["c.txt"]
        assert (out / NAME).read_bytes() == whole

    @pytest.mark.parametrize("line", [b"\xff\x00", b"[]", b"{}", b'{"name": 1}', b"null", b""])
    def test_damaged_lines(self, source: Path, out: Path, line: bytes) -> None:
        whole = (out / NAME).read_bytes()
        _first, rest = whole.split(b"\n", 1)
        (out / NAME).write_bytes(line + b"\n" + rest)
        assert made_again(convert(source, out)) == ["a.txt"]
        assert (out / NAME).read_bytes() == whole

    def test_the_last_line_of_a_set_counts(self, tmp_path: Path) -> None:
        put(tmp_path / "a.md")
        with open_manifest(tmp_path, writable=True) as opened:
            for content in (CONTENT, "1" * 64, CONTENT):
                opened.append(entry("a", content))
            assert opened.find(entry("a").key) == entry("a")
            assert opened.digests() == {tmp_path / "a.md": CONTENT}
            assert opened.find(entry("b").key) is None
            opened.compact()
        assert (tmp_path / NAME).read_bytes() == entry("a").line()

    def test_sets_that_were_deleted_are_forgotten(self, tmp_path: Path) -> None:
        put(tmp_path / "a.md")
        with open_manifest(tmp_path, writable=True) as opened:
            opened.append(entry("a"))
            opened.append(entry("b"))
            opened.compact()
        assert (tmp_path / NAME).read_bytes() == entry("a").line()
        (tmp_path / "a.md").unlink()
        with open_manifest(tmp_path, writable=True) as opened:
            opened.compact()
        assert not (tmp_path / NAME).exists()

    def test_names_that_are_not_unicode(self, tmp_path: Path) -> None:
        odd = entry(os.fsdecode(b"a\xff"))
        with open_manifest(tmp_path, writable=True) as opened:
            opened.append(odd)
        with open_manifest(tmp_path, writable=False) as opened:
            assert opened.find(odd.key) == odd

    def test_libraries_are_those_of_the_package(self) -> None:
        import tomllib

        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        names = {dependency.partition(">")[0] for dependency in project["dependencies"]}
        assert set(manifest.LIBRARIES) == names - {"click", "rich", "jsonschema", "jsonschema-rs"}


HOLD = """
import sys
from pathlib import Path
from pipeline.batch.manifest import open_manifest
with open_manifest(Path(sys.argv[1]), writable=sys.argv[2] == "w"):
    print("open", flush=True)
    sys.stdin.read()
"""


class TestTwoRuns:
    @pytest.mark.parametrize(("one", "other", "fits"), [("w", True, False), ("w", False, False), ("r", False, True)])
    def test_they_do_not_harm_each_other(self, source: Path, out: Path, one: str, other: bool, fits: bool) -> None:  # noqa: FBT001
        before = state(out)
        command = [sys.executable, "-c", HOLD, str(out), one]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, **pipes) as holder:  # type: ignore[call-overload]
            holder.stdout.readline()
            if fits:
                convert(source, out, check=not other)
            else:
                with pytest.raises(WriteError, match="another run is writing into this folder"):
                    convert(source, out, check=not other)
            holder.communicate()
        assert state(out) == before
        assert made_again(convert(source, out)) == []
