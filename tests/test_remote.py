"""Documents and files in stores: the same as on this machine. The resolutions are invented."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from contextlib import suppress
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.batch import beside, carried, store
from pipeline.batch.address import Address, located
from pipeline.batch.beside import LostError
from pipeline.batch.document import Options
from pipeline.batch.manifest import NAME
from pipeline.batch.manifest_in_store import PARTS, open_in_store
from pipeline.batch.plan import plan
from pipeline.batch.run import run
from pipeline.errors import UsageError, WriteError
from tests.builders import put, resolution, unres

fsspec = pytest.importorskip("fsspec", reason="needs the extra remote: pip install 'unres[remote]'")
from tests.stores import Failing, forget_drivers, get_all, on_disk, put_all  # noqa: E402 - after it is known to be there

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.batch.document import Naming
    from pipeline.batch.report import Outcome, Report

OPTIONS = Options(("json", "md"))
DOCUMENTS = {
    "a.txt": resolution().replace(b" lit", b"  lit"),
    "b.txt": resolution("A/RES/99/902", second="4."),
    "empty.txt": b"",
    "sub/deep/c.txt": resolution("A/RES/99/903"),
    "sub/d.xml": b"<project/>",
    "sub/.hidden.txt": resolution(),
    "notes.log": b"",
}


@pytest.fixture(autouse=True)
def stores() -> Iterator[None]:
    """Empty stores before and after."""
    for system in (fsspec.filesystem("memory"), Failing):
        system.store.clear()
        system.pseudo_dirs[:] = [""]
    Failing.fail(None)
    forget_drivers()
    yield
    Failing.fail(None)


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """The documents on this machine, and what becomes of them there: `in`, `out`."""
    for name, data in DOCUMENTS.items():
        put(tmp_path / "in" / name, data)
    convert(str(tmp_path / "in"), str(tmp_path / "out"))
    return tmp_path


def convert(source: str, out: str, options: Options = OPTIONS, *, check: bool = False) -> dict[str, Outcome]:
    done: list[Outcome] = []
    convert_to(source, out, options, done, check=check)
    return {outcome.source.name: outcome for outcome in done}


def convert_to(source: str, out: str, options: Options, done: list[Outcome], *, check: bool = False) -> Report:
    planned = plan([located(source)], located(out), options.suffixes)
    return run(planned, options, done.append, jobs=2, check=check)


def told(outcomes: dict[str, Outcome], *folders: str) -> list[str]:
    """What became of documents, without where they lie and how long it took."""
    lines = [repr(outcome._replace(source=outcome.source.name, seconds=0, stages={})) for outcome in outcomes.values()]  # type: ignore[arg-type]
    for folder in folders:
        lines = [line.replace(folder, "…").replace("PosixPath", "Address") for line in lines]
    return lines


def made_again(outcomes: dict[str, Outcome]) -> list[str]:
    return [name for name, outcome in outcomes.items() if outcome.outputs]


class TestAddresses:
    def test_what_is_no_address_is_a_path(self) -> None:
        assert [located(text) for text in ("a/b", "file:///a/b", "local:///a", "C:/a")] == [
            Path("a/b"),
            Path("/a/b"),
            Path("/a"),
            Path("C:/a"),
        ]

    def test_parts_of_an_address(self) -> None:
        address = located("S3://bucket/in//sub/a.txt")
        assert isinstance(address, Address)
        assert str(address) == "s3://bucket/in/sub/a.txt"
        assert (address.protocol, address.name, str(address.parent)) == ("s3", "a.txt", "s3://bucket/in/sub")
        assert str(located("s3://bucket") / "a" / "b.md") == "s3://bucket/a/b.md"
        assert located("s3://bucket/a b/决.txt").as_uri() == "s3://bucket/a%20b/%E5%86%B3.txt"

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("s3://", "a place is missing"),
            ("zip://a.zip::s3://bucket/b", "chained addresses"),
            ("https://example.org/a.pdf?signature=secret", "the web has no folders"),
            ("ftp://me:secret@host/in", "a password in an address is seen by others"),
            ("ftp://me:sec/ret@host/in", "a password in an address is seen by others"),
            ("sftp://me:@host/in", "a password in an address is seen by others"),
        ],
    )
    def test_addresses_that_are_not_taken(self, text: str, why: str) -> None:
        with pytest.raises(UsageError, match=why):
            located(text)

    @pytest.mark.parametrize("text", ["sftp://me@host:22/in", "sftp://host:22/in", "s3://bucket/a@b:c/d"])
    def test_addresses_without_a_password(self, text: str) -> None:
        assert str(located(text)) == text


class TestSameAsHere:
    @pytest.mark.parametrize(("is_in", "is_out"), [(True, True), (True, False), (False, True)])
    @pytest.mark.parametrize("naming", ["source", "symbol"])
    def test_bytes_manifest_and_reports(self, local: Path, is_in: bool, is_out: bool, naming: Naming) -> None:  # noqa: FBT001
        options = OPTIONS._replace(naming=naming)
        first = convert(str(local / "in"), str(local / "here"), options)
        put_all("memory://in", DOCUMENTS)
        source = "memory://in" if is_in else str(local / "in")
        out = "memory://out" if is_out else str(local / "there")
        second = convert(source, out, options)
        assert told(second, source, out) == told(first, str(local / "in"), str(local / "here"))
        assert (get_all(out) if is_out else on_disk(local / "there")) == on_disk(local / "here")
        assert not any(outcome.outputs for outcome in convert(source, out, options).values())
        assert not any(outcome.outdated for outcome in convert(source, out, options, check=True).values())

    def test_a_folder_of_this_machine_as_an_address_is_that_folder(self, local: Path) -> None:
        before = on_disk(local / "out")
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(sys.modules, "fsspec", None)
            assert made_again(convert(f"file://{local / 'in'}", f"file://{local / 'out'}")) == []
            convert(f"file://{local / 'in'}", f"file://{local / 'other'}")
        assert on_disk(local / "out") == before == on_disk(local / "other")

    def test_one_document(self, local: Path) -> None:
        put_all("memory://in", DOCUMENTS)
        assert convert("memory://in/a.txt", "memory://out")["a.txt"].status == "repaired"
        assert get_all("memory://out")["a.md"] == (local / "out" / "a.md").read_bytes()

    def test_a_document_that_is_missing(self) -> None:
        outcome = convert("memory://in/none.txt", "memory://out")["none.txt"]
        assert (outcome.status, outcome.message) == (
            "failed",
            "memory://in/none.txt: no such file or folder; check the path",
        )
        assert get_all("memory://out") == {}

    def test_names_that_are_no_files_in_a_folder(self, tmp_path: Path) -> None:
        system = fsspec.filesystem("memory")
        for name in ("/in/../x.txt", "/in//y.txt", "/in/sub//z.txt", "/in/ok.txt"):
            system.pipe_file("/in/place.txt", resolution())
            system.store[name] = system.store.pop("/in/place.txt")
        assert list(convert("memory://in", str(tmp_path / "out"))) == ["ok.txt"]
        assert sorted(on_disk(tmp_path)) == ["out/ok.json", "out/ok.md", f"out/{NAME}"]

    def test_out_inside_the_folder_is_not_read(self) -> None:
        put_all("memory://in", {"a.txt": resolution()})
        for _ in range(2):
            assert list(convert("memory://in", "memory://in/out", Options(("json", "docx")))) == ["a.txt"]

    def test_limits_hold_for_what_is_fetched(self) -> None:
        put_all("memory://in", {"a.txt": b"a" * 200_000})
        small = OPTIONS.limits._replace(text_bytes=1000, rtf_bytes=1000, zip_bytes=1000, pdf_bytes=1000)
        outcome = convert("memory://in", "memory://out", OPTIONS._replace(limits=small))["a.txt"]
        assert (outcome.status, outcome.message.partition(":")[0]) == ("refused", "memory")
        assert "memory://in/a.txt: " in outcome.message

    def test_reports_for_what_runs_it(self, local: Path, tmp_path: Path) -> None:
        put_all("memory://in", DOCUMENTS)
        for source, name in (("memory://in", "there"), (str(local / "in"), "here")):
            report = f"sarif={tmp_path / name}.sarif,junit={tmp_path / name}.xml"
            assert unres("convert", source, "--out", f"memory://{name}", "--report", report).exit_code == 3
        for ending in ("sarif", "xml"):
            texts = [
                re.sub(r'time="[^"]*"', "", (tmp_path / f"{name}.{ending}").read_text()) for name in ("there", "here")
            ]
            assert texts[0] == texts[1].replace(f"file://{local}", "memory:/").replace(str(local), "memory:/")


class TestSecondRun:
    def test_nothing_is_put_where_nothing_changed(self, local: Path) -> None:
        Failing.fail(None)
        convert(str(local / "in"), "failing://out")
        before = get_all("failing://out")
        Failing.fail(2)  # one is put to see that it can be
        assert made_again(convert(str(local / "in"), "failing://out")) == []
        assert get_all("failing://out") == before

    def test_what_was_changed_edited_or_deleted_is_made_again(self, local: Path) -> None:
        source, system = str(local / "in"), fsspec.filesystem("memory")
        convert(source, "memory://out")
        system.rm_file("/out/sub/deep/c.md")
        assert made_again(convert(source, "memory://out")) == ["c.txt"]
        system.pipe_file("/out/a.json", b"edited")
        checked = convert(source, "memory://out", check=True)
        assert [str(path) for outcome in checked.values() for path in outcome.outdated] == ["memory://out/a.json"]
        assert system.cat_file("/out/a.json") == b"edited"
        assert made_again(convert(source, "memory://out")) == ["a.txt"]
        put(local / "in" / "b.txt", resolution("A/RES/99/904"))
        assert made_again(convert(source, "memory://out")) == ["b.txt"]
        convert(source, str(local / "again"))
        assert get_all("memory://out") == on_disk(local / "again")

    def test_sets_that_were_deleted_are_forgotten(self, local: Path) -> None:
        convert(str(local / "in"), "memory://out")
        (local / "in" / "b.txt").unlink()
        for ending in ("json", "md"):
            fsspec.filesystem("memory").rm_file(f"/out/b.{ending}")
        convert(str(local / "in"), "memory://out")
        names = [json.loads(line)["name"] for line in get_all("memory://out")[NAME].splitlines()]
        assert names == ["a", "sub/deep/c"]

    def test_a_manifest_that_was_torn(self, local: Path) -> None:
        convert(str(local / "in"), "memory://out")
        whole = get_all("memory://out")[NAME]
        put_all("memory://out", {NAME: whole[:-20], f"{PARTS}/00000007-x.jsonl": whole.splitlines(keepends=True)[0]})
        assert made_again(convert(str(local / "in"), "memory://out")) == ["c.txt"]
        assert get_all("memory://out") == on_disk(local / "out")

    def test_check_of_a_folder_that_is_not_there(self, local: Path) -> None:
        checked = convert(str(local / "in"), "memory://none", check=True)
        assert sum(len(outcome.outdated) for outcome in checked.values()) == 6
        assert get_all("memory://none") == {}


def recorded(address: str) -> dict[str, str]:
    """The digests of all files of sets that count."""
    with open_in_store(Address(address), writable=False) as opened:
        return {str(path).removeprefix(f"{address}/"): digest for path, digest in opened.digests().items()}


class TestFailing:
    """A store that fails at the first object that is put, then at the second, and so on to the last."""

    def test_no_half_set_is_left(self, local: Path) -> None:
        old = {**DOCUMENTS, "a.txt": resolution("A/RES/99/905"), "b.txt": resolution("A/RES/99/906")}
        put_all("memory://old", old)
        convert("memory://old", "memory://before")
        before, after = get_all("memory://before"), on_disk(local / "out")
        for number in count(1):
            Failing.store.clear()
            put_all("failing://out", before)
            Failing.fail(number)
            with suppress(WriteError):
                for outcome in convert(str(local / "in"), "failing://out").values():
                    assert "secret" not in outcome.message
            puts, there = Failing.puts, get_all("failing://out")
            for name in ("a", "b", "sub/deep/c"):
                files = [f"{name}.json", f"{name}.md"]
                wholly = [[there.get(file) == state[file] for file in files] for state in (before, after)]
                assert any(map(all, wholly)), f"{name} is half old and half new; put {number} failed"
            if puts < number:
                break
        assert number > 6

    def test_what_is_recorded_is_there_and_is_not_made_again(self, local: Path) -> None:
        after = on_disk(local / "out")
        for number in count(1):
            Failing.store.clear()
            Failing.fail(number, sticks=True)
            with suppress(WriteError):
                convert(str(local / "in"), "failing://out")
            puts, there = Failing.puts, get_all("failing://out")
            Failing.fail(None)
            counts = recorded("failing://out")
            assert {name: sha256(there[name]).hexdigest() for name in counts} == counts
            again = made_again(convert(str(local / "in"), "failing://out"))
            assert len(again) == 3 - len(counts) // 2
            assert get_all("failing://out") == after
            if puts < number:
                break
        assert number > 6

    def test_a_set_that_can_neither_be_put_nor_put_back_is_told(self) -> None:
        addresses = [Address("failing://out") / name for name in ("a", "b")]
        put_all("failing://out", {"a": b"old", "b": b"old"})
        Failing.fail(2, sticks=True)
        with pytest.raises(WriteError, match="failing://out/a is neither what it was nor recorded"):
            store.put_set(dict.fromkeys(addresses, b"new"))

    def test_where_nothing_can_be_written_no_document_is_converted(self, local: Path) -> None:
        Failing.fail(1, sticks=True)
        with pytest.raises(WriteError, match=r"failing://out/unres-manifest\.jsonl: cannot be written: RuntimeError"):
            convert(str(local / "in"), "failing://out")


class TestWhatIsBeside:
    def test_what_a_thread_cannot_do_ends_the_run(self, local: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_arguments: object) -> None:
            msg = "s3://: its driver is not installed"
            raise UsageError(msg)

        monkeypatch.setattr(carried, "put_set", fail)
        with pytest.raises(UsageError, match="its driver is not installed"):
            convert(str(local / "in"), "memory://out")
        assert recorded("memory://out") == {}

    def test_a_process_that_dies_ends_the_run(self, local: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(beside, "START", "import sys; sys.exit(1)")
        with pytest.raises(LostError, match="run again: what is done stays done"):
            convert(str(local / "in"), "memory://out")

    def test_what_is_brought_here_is_removed(
        self, local: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "spools").mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "spools"))
        convert(str(local / "in"), "memory://out")
        assert list((tmp_path / "spools").iterdir()) == []


class TestMessages:
    def test_a_password_is_never_printed(self, local: Path) -> None:
        Failing.fail(1)
        for paths in (
            ("sftp://me:secret@host/in", "--out", "out"),
            (str(local / "in"), "--out", "ftp://me:secret@host/out"),
            (str(local / "in"), "--out", "failing://out"),
        ):
            result = unres("convert", *paths)
            assert result.exit_code in (2, 5)
            assert "secret" not in result.output
            assert "://" in result.output

    def test_a_password_in_a_configuration(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        put(tmp_path / "unres.toml", b'out = "ftp://me:secret@host/out"\n')
        put(tmp_path / "a.txt")
        monkeypatch.chdir(tmp_path)
        for command in (("convert", "a.txt"), ("config",)):
            result = unres(*command)
            assert result.exit_code == 2
            assert "unres.toml:1: out: ftp://…: a password" in result.output
            assert "secret" not in result.output

    def test_an_address_in_a_configuration(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        put(tmp_path / "unres.toml", b'out = "memory://out"\n')
        put(tmp_path / "sub" / "a.txt")
        monkeypatch.chdir(tmp_path / "sub")
        assert unres("convert", "a.txt", "--to", "md").exit_code == 0
        assert sorted(get_all("memory://out")) == ["a.md", NAME]

    def test_without_the_extra(self, local: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "fsspec", None)
        result = unres("convert", str(local / "in"), "--out", "s3://bucket/out")
        assert (result.exit_code, "pip install 'unres[remote]'" in result.output) == (2, True)

    def test_without_a_driver(self, local: Path) -> None:
        fsspec.register_implementation("driven", "no_such_driver.Driver", errtxt="Install driver_x", clobber=True)
        result = unres("convert", str(local / "in"), "--out", "driven://bucket/out")
        assert result.exit_code == 2
        assert "driven://: its driver is not installed: Install driver_x" in result.output

    def test_a_protocol_that_is_not_known(self, local: Path) -> None:
        result = unres("convert", str(local / "in"), "--out", "quux://bucket/out")
        assert (result.exit_code, "quux://: fsspec knows no such protocol" in result.output) == (2, True)

    def test_an_address_cannot_be_watched(self) -> None:
        put_all("memory://in", DOCUMENTS)
        result = unres("convert", "memory://in", "--out", "memory://out", "--watch")
        assert (result.exit_code, "an address cannot be watched" in result.output) == (2, True)

    def test_memory_of_this_process_is_not_seen_by_a_cluster(self) -> None:
        put_all("memory://in", DOCUMENTS)
        dask = ("--engine", "dask", "--scheduler", "tcp://127.0.0.1:9")
        result = unres("convert", "memory://in", "--out", "memory://out", *dask)
        assert (result.exit_code, "lies in the memory of this process" in result.output) == (2, True)


def test_fsspec_is_loaded_where_an_address_is_given_only(local: Path) -> None:
    script = (
        "import sys; from pipeline.cli import commands\n"
        "commands(sys.argv[1:], standalone_mode=False); sys.exit('fsspec' in sys.modules)"
    )
    command = [sys.executable, "-c", script, "convert", str(local / "in"), "--out", str(local / "out"), "--to", "md"]
    assert subprocess.run(command, cwd=Path(__file__).parent.parent, check=False, capture_output=True).returncode == 0
