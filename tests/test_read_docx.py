"""Word files are read back to the document they were made of, also after an editor changed them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.convert import convert, normalize
from pipeline.errors import ReadError
from pipeline.read.docx import OLE, read_docx
from pipeline.serialize import to_json

if TYPE_CHECKING:
    from pipeline.model import Record

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
ENGLISH = next(path for path in SAMPLES if path.name == "A_RES_99_901.en.txt")
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def written(path: Path) -> bytes:
    """Return the Word file made of a sample."""
    return convert(path.read_bytes(), path.name, formats=("docx",)).files["docx"]


def body(record: Record) -> Any:
    """Return the document as JSON, without what tells of its source."""
    return bare(to_json(record)["document"])


def bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: bare(one) for key, one in value.items() if key not in {"span", "source"}}
    return [bare(one) for one in value] if isinstance(value, list) else value


def changed(data: bytes, old: str, new: str) -> bytes:
    """Return the Word file with a change in its main part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as file, zipfile.ZipFile(buffer, "w") as copy:
        for name in dict.fromkeys(file.namelist()):
            content = file.read(name)
            if name == "word/document.xml":
                assert content.count(old.encode()) > 0
                content = content.replace(old.encode(), new.encode(), 1)
            copy.writestr(name, content)
    return buffer.getvalue()


def with_body(content: str) -> bytes:
    """Return the smallest Word file with this body."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", f'<w:document xmlns:w="{SPACE}"><w:body>{content}</w:body></w:document>')
    return buffer.getvalue()


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample_is_read_back(path: Path) -> None:
    before = normalize(path.read_bytes(), path.name)
    after = normalize(written(path), "a.docx")
    assert body(after) == body(before)
    assert not after.repairs


def test_changed_word_is_kept_and_nothing_else_changes() -> None:
    data = written(ENGLISH)
    before = normalize(data, "a.docx")
    after = normalize(changed(data, "lights", "lanterns"), "a.docx")
    old, new = (str(body(record)) for record in (before, after))
    assert old != new
    assert old.replace("lights", "lanterns", 1) == new


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            f"{run('kept ')}<w:ins>{run('put in')}</w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
            "kept put in",
        ),
        (f"<w:moveFrom>{run('gone')}</w:moveFrom><w:moveTo>{run('moved')}</w:moveTo>", "moved"),
        (run("a*b | c [^1]"), r"a\*b \| c \[^1]"),
        ('<w:commentRangeStart w:id="1"/><w:proofErr/>' + run("plain") + '<w:commentRangeEnd w:id="1"/>', "plain"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + run("today")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "today",
        ),
        (f"<w:hyperlink>{run('link')}</w:hyperlink><w:sdt><w:sdtContent>{run('ed')}</w:sdtContent></w:sdt>", "linked"),
    ],
)
def test_what_word_adds_is_not_text(content: str, text: str) -> None:
    assert read_docx(with_body(f"<w:p>{content}</w:p>"), "a.docx").source == text


def test_paragraph_whose_end_is_deleted_goes_on() -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('one ')}</w:p>"
    assert read_docx(with_body(f"{first}<w:p>{run('two')}</w:p>"), "a.docx").source == "one two"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "damaged"),
        (b"PK\x03\x04 and no more", "damaged"),
        (OLE + bytes(512), "password"),
        (with_body("<w:p/>"), "no text"),
        (with_body("<w:p>"), "damaged"),
        (with_body(f"<w:p>{run('&lamp;')}</w:p>"), "damaged"),
        (with_body("<w:p/>" + " " * (64 * 1024 * 1024)), "unpacks to more"),
    ],
    ids=["empty", "torn", "password", "no-text", "not-xml", "entity", "bomb"],
)
def test_hostile_file_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=rf"^a\.docx: .*{message}"):
        read_docx(data, "a.docx")


def test_archive_of_another_kind_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(ReadError, match="not a Word file"):
        read_docx(buffer.getvalue(), "a.docx")
