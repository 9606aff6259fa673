"""ODT, EPUB, RTF, plain text and PDF. All texts are invented."""

from __future__ import annotations

import io
import shutil
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings

from pipeline import convert, normalize
from pipeline.cli import commands
from pipeline.emit import EMITTERS, USUAL
from pipeline.emit.pandoc import PandocError, emit_epub, emit_odt, emit_rtf
from pipeline.emit.pandoc_ast import tree
from pipeline.emit.pdf import MISSING, emit_pdf
from pipeline.emit.plain import emit_plain
from pipeline.errors import WriteError
from pipeline.validate.readback import DIFFERENCES
from tests.builders import document, heading, item, link, loose, mark, note, operative, put, run, table
from tests.hostile import documents
from tests.test_readback import DOCUMENT

if TYPE_CHECKING:
    from pipeline.model import Document

SAMPLES = Path(__file__).parent.parent / "samples"
EMIT = {"odt": emit_odt, "epub": emit_epub, "rtf": emit_rtf, "txt": emit_plain}


def arabic() -> Document:
    path = SAMPLES / "A_RES_99_904.ar.txt"
    return normalize(path.read_bytes(), path.name).document


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name).decode()


@pytest.mark.parametrize("form", EMIT)
def test_it_reads_back(form: str) -> None:
    for found in (DOCUMENT, arabic()):
        data = EMIT[form](found)
        assert DIFFERENCES[form](found, data) == []
        assert EMIT[form](found) == data


@pytest.mark.parametrize("form", ["odt", "epub", "txt"])
def test_hostile_text_reads_back(form: str) -> None:
    @settings(max_examples=8, deadline=None, suppress_health_check=[*HealthCheck])
    @given(documents)
    def hold(made: Document) -> None:
        assert DIFFERENCES[form](made, EMIT[form](made)) == []

    hold()


@pytest.mark.parametrize("form", EMIT)
def test_tables_with_captions_keep_their_order(form: str) -> None:
    made = document(loose("Before"), table(("Post", "No."), ("Keeper 🏳", ""), caption="Posts’ list"), loose("After"))
    assert DIFFERENCES[form](made, EMIT[form](made)) == []


@pytest.mark.parametrize("form", EMIT)
@pytest.mark.parametrize("other", [loose("Other"), loose(run("Ebb"), mark("2")), operative("3.", "Ebb", mark("1"))])
def test_a_file_of_another_document_is_reported(form: str, other: object) -> None:
    notes = (note("1", "One."), note("2", "Two."))
    made = document(operative("2.", "Ebb", mark("1")), notes=notes)
    assert DIFFERENCES[form](made, EMIT[form](document(other, notes=notes))) != []  # type: ignore[arg-type]


def test_a_file_that_cannot_be_opened_is_reported() -> None:
    assert DIFFERENCES["odt"](DOCUMENT, b"no zip")[0].startswith("Pandoc cannot read the file: ")


def test_only_notes_that_are_counted_so_are_footnotes() -> None:
    made = document(
        loose("Tide", mark("*"), " ebb", mark("1"), " and", mark("1", repeated=True), " flood", mark("7")),
        notes=(note("*", "Star."), note("1", "One."), note("7", "Seven.")),
    )
    content = part(emit_odt(made), "content.xml")
    assert content.count("<text:note ") == 1
    assert "<text:note-citation>1</text:note-citation>" in content
    anchors = ("authorialNote_star_1", "authorialNote_1__mention", "authorialNote_7")
    assert all(f'xlink:href="#{anchor}"' in content and f'text:name="{anchor}"' in content for anchor in anchors)


def test_plain_text_shows_the_structure() -> None:
    made = document(
        operative("1.", "Decides", mark("1"), ":", children=(item("(a)", "this;", children=(item("(i)", "so;"),)),)),
        table(("Post", "No."), ("Keeper", "2"), caption="Posts"),
        loose("again", mark("1", repeated=True), "."),
        notes=(note("1", "One."), note("2", "Two.")),
    )
    assert emit_plain(made).decode().split("\n\n") == [
        "1. Decides[1]:", "    (a) this;", "        (i) so;", "Posts", "Post | No.", "Keeper | 2", "again[1].",
        "2 Two.", "[1] One.\n",
    ]  # fmt: skip


def test_no_level_of_headings_is_skipped_on_the_way_down() -> None:
    made = document(heading("", 2, "Ebb"), heading("A.", 3, "Springs"), heading("I", 1, "Flood"))
    levels = [node["c"][0] for node in tree(made)["blocks"] if node["t"] == "Header"]
    assert levels == [1, 2, 2]


def test_a_language_from_right_to_left_is_set_so() -> None:
    found = arabic()
    assert 'writing-mode="rl-tb"' in part(emit_odt(found), "styles.xml")
    book = emit_epub(found)
    assert '<html dir="rtl" ' in part(book, "EPUB/text/ch001.xhtml")
    assert 'page-progression-direction="rtl"' in part(book, "EPUB/content.opf")
    assert b"\\rtlpar" in emit_rtf(found)
    assert b"\\rtlpar" not in emit_rtf(DOCUMENT)


def test_rtf_has_no_link_that_leads_nowhere() -> None:
    written = emit_rtf(DOCUMENT).decode()
    assert 'HYPERLINK "#' not in written
    assert written.count("HYPERLINK") == 1


def test_a_book_begins_as_its_standard_asks() -> None:
    data = emit_epub(DOCUMENT)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        first = file.infolist()[0]
        assert (first.filename, first.compress_type, file.read(first)) == ("mimetype", 0, b"application/epub+zip")
    assert "A/RES/99/901 – Readers of things" in part(data, "EPUB/content.opf")


def test_pandoc_that_fails_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["pipeline.emit.pandoc"]
    monkeypatch.setattr(module, "tree", lambda made: {**tree(made), "blocks": [{"t": "Unheard"}]})
    with pytest.raises(PandocError):
        emit_odt(DOCUMENT)


def test_formats_are_written_on_demand_and_only_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put("a.txt")
    assert CliRunner().invoke(commands, ["convert", "a.txt"]).exit_code == 0
    assert sorted(path.suffix for path in Path("out").glob("a.*")) == [".docx", ".json", ".md", ".xml"]
    wanted = "html,odt,epub,rtf,txt,md"
    command = ["convert", "a.txt", "--to", wanted, "--markdown", "gfm", "--out", "more", "--verify"]
    done = CliRunner().invoke(commands, command)
    assert (done.exit_code, done.output) == (0, done.output)
    assert sorted(path.suffix[1:] for path in Path("more").glob("a.*")) == sorted(wanted.split(","))
    assert '<a id="para_1"></a>1. ' in Path("more/a.md").read_text(encoding="utf-8")


def test_two_formats_of_one_name_are_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(commands, ["convert", str(put(tmp_path / "a.txt")), "--to", "md,gfm"])
    assert done.exit_code == 2
    assert "would both become NAME.md" in done.output


def test_all_formats_have_an_ending_and_the_usual_ones_are_among_them() -> None:
    assert set(USUAL) <= set(EMITTERS)
    assert all(emitter.suffix.startswith(".") for emitter in EMITTERS.values())
    assert set(DIFFERENCES) == set(EMITTERS) - {"json", "xml", "xmlref", "pdf"}


def test_pdf_without_a_program_for_it_is_refused_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = CliRunner().invoke(commands, ["convert", str(tmp_path / "missing.txt"), "--to", "pdf"])
    assert done.exit_code == 2
    assert MISSING in " ".join(done.output.replace("│", " ").split())
    with pytest.raises(WriteError, match="install LibreOffice"):
        emit_pdf(DOCUMENT)


@pytest.mark.parametrize("script", ["exit 3", "exit 0"])
def test_a_program_that_writes_no_pdf_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = put(tmp_path / "soffice", f"#!/bin/sh\n{script}\n".encode())
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(WriteError, match="PDF"):
        emit_pdf(DOCUMENT)


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice, which writes the PDF")
def test_pdf_has_the_text_is_tagged_and_the_same_each_time() -> None:
    data = emit_pdf(document(loose("Tides return.", link("99/1", "A/RES/99/1")), symbol="A/RES/99/901"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo.CreationDate) == "D:19800101000000Z"
    assert data == emit_pdf(document(loose("Tides return.", link("99/1", "A/RES/99/1")), symbol="A/RES/99/901"))


@pytest.mark.parametrize("form", ["html", "gfm", *EMIT])
def test_a_conversion_holds_law_5_for_every_format(form: str) -> None:
    path = SAMPLES / "A_RES_99_905.en.txt"
    assert convert(path.read_bytes(), path.name, formats=[form], verify=True).files[form]
