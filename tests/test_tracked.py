"""A Word file with tracked changes: rejected it is the source, accepted the document."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from docx_plus.revisions import accept_all_revisions, reject_all_revisions

from pipeline.compare import body
from pipeline.convert import convert, normalize
from pipeline.errors import LawError
from pipeline.validate.tracked import difference, rejected, writable
from tests.test_round_trips import SOURCES

if TYPE_CHECKING:
    from pathlib import Path

by_source = pytest.mark.parametrize(
    "path", SOURCES, ids=lambda path: path.parent.name if path.stem == "source" else path.stem
)


def tracked(data: bytes, *, review: bool = False) -> bytes:
    return convert(data, "a.txt", formats=("docx",), tracked=True, review=review).files["docx"]


def squeezed(text: str) -> str:
    return "".join(text.split())


@by_source
def test_rejected_it_is_the_source(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    made = tracked(path.read_bytes())
    assert rejected(made) == writable(source)
    # By another's rules too, but that docx-plus leaves a paragraph whose end was inserted apart.
    word = docx.Document(io.BytesIO(made))
    reject_all_revisions(word)
    assert squeezed("".join(paragraph.text for paragraph in word.paragraphs)) == squeezed(writable(source))


@by_source
def test_accepted_it_is_the_document(path: Path) -> None:
    made = tracked(path.read_bytes())
    record, files = convert(path.read_bytes(), "a.txt", formats=("docx",))
    assert body(normalize(made, "a.docx").document) == body(record.document)
    word, plain = docx.Document(io.BytesIO(made)), docx.Document(io.BytesIO(files["docx"]))
    accept_all_revisions(word)
    shown = [squeezed(paragraph.text) for paragraph in word.paragraphs]
    counted = [squeezed(paragraph.text) for paragraph in plain.paragraphs]  # without the numbers that Word counts
    assert len(shown) == len(counted)
    assert all(text.endswith(end) for text, end in zip(shown, counted, strict=True))


def test_changes_name_their_rule_and_keep_what_is_unchanged() -> None:
    made = tracked(b"A/RES/99/1\n\nThe General Assembly,\nRecalling the shared\nlamps,\n1. Decides to  meet again.\n")
    text = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert 'w:author="unres join_lines" w:date="1980-01-01T00:00:00Z"' in text
    assert '<w:del w:id="' in text
    assert "the shared</w:t>" in text
    assert text.count("shared") == 1


def test_comments_and_changes_stand_together() -> None:
    data = SOURCES[0].read_bytes()
    assert rejected(tracked(data, review=True)) == rejected(tracked(data))


def test_signs_that_xml_has_no_place_for_are_left_out() -> None:
    source = (
        "A/RES/99/1\r\n\r\nThe General Assembly,\r\n\x0c1. Decides\x02 to\tmeet" + " again and" * 20 + " again.\r\n"
    )
    made = tracked(source.encode())
    assert rejected(made) == source.replace("\r", "").replace("\x02", "")


def test_a_file_that_lost_a_word_is_found() -> None:
    source = SOURCES[0].read_text(encoding="utf-8")
    old = tracked(source.encode())
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(old)) as file, zipfile.ZipFile(buffer, "w") as new:
        for name in file.namelist():
            part = file.read(name)
            new.writestr(
                name, part.replace(b"</w:delText>", b"x</w:delText>", 1) if name.endswith("ument.xml") else part
            )
    assert "should be" in difference(rejected(buffer.getvalue()), writable(source))


def test_a_broken_weave_is_a_broken_law(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.validate.tracked.rejected", lambda _data: "")
    with pytest.raises(LawError, match="rejecting all changes"):
        tracked(SOURCES[0].read_bytes())
