"""House templates: the looks of a user's Word file, and nothing of it that runs or loads."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import docx
import pypandoc
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, RGBColor
from openxml_audit import OpenXmlValidator

from pipeline.compare import body
from pipeline.convert import convert, normalize
from pipeline.errors import UsageError
from pipeline.house_template import read_house
from tests.builders import unres

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
GREEN = RGBColor(0, 100, 0)
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def template(head: str = "House of Lamps") -> bytes:
    word = docx.Document()
    style = word.styles.add_style("Resolution Title", WD_STYLE_TYPE.PARAGRAPH)
    style.font.color.rgb = GREEN
    word.sections[0].page_width = Cm(21)
    word.sections[0].header.paragraphs[0].text = head
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def changed(data: bytes, **parts: tuple[bytes, bytes]) -> bytes:
    """Replace text in the parts whose names begin so; a part that the file does not have is added."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            before, after = next((pair for part, pair in parts.items() if part in name), (b"", b""))
            content = old.read(name)
            new.writestr(name, content.replace(before, after) if before else content)
    return written.getvalue()


def made(house: bytes, path: Path = SAMPLES[0]) -> bytes:
    return convert(path.read_bytes(), "a.txt", formats=("docx",), house=read_house(house, "house.docx")).files["docx"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_looks_are_of_the_house_and_the_text_is_not(path: Path, tmp_path: Path) -> None:
    data = made(template(), path)
    file = tmp_path / "a.docx"
    file.write_bytes(data)
    assert OpenXmlValidator().validate(file).errors == []
    word = docx.Document(io.BytesIO(data))
    assert word.styles["Resolution Title"].font.color.rgb == GREEN
    assert word.styles["Operative Paragraph"].type == WD_STYLE_TYPE.PARAGRAPH  # which the template lacks
    assert round((word.sections[0].page_width or Cm(0)).cm, 1) == 21
    assert word.sections[0].header.paragraphs[0].text == "House of Lamps"
    record = normalize(path.read_bytes(), "a.txt")
    assert body(normalize(data, "a.docx").document) == body(record.document)


def test_template_of_pandoc_is_taken(tmp_path: Path) -> None:
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    house = subprocess.run(command, check=True, capture_output=True).stdout
    file = tmp_path / "a.docx"
    file.write_bytes(made(house))
    assert OpenXmlValidator().validate(file).errors == []
    assert {"Operative Paragraph", "Block Text"} <= {style.name for style in docx.Document(str(file)).styles}


def test_styles_that_count_or_hide_leave_the_text_alone() -> None:
    counting = b'<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:vanish/>'
    house = changed(template(), styles=(b"<w:rPr><w:color", counting + b"<w:color"))
    assert b"<w:vanish/>" in zipfile.ZipFile(io.BytesIO(house)).read("word/styles.xml")
    styles = zipfile.ZipFile(io.BytesIO(made(house))).read("word/styles.xml")
    assert b"vanish" not in styles
    assert b"numPr" not in styles


def test_nothing_that_runs_or_loads_is_taken() -> None:
    image = f'<Relationship Id="far" Type="{RELATIONSHIP}/image" Target="http://a.test/x.png" TargetMode="External"/>'
    macro = f'<Relationship Id="macro" Type="{RELATIONSHIP}/vbaProject" Target="vbaProject.bin"/>'
    attached = b'<w:attachedTemplate r:id="far"/></w:settings>'
    house = changed(
        template(),
        **{
            "document.xml.rels": (b"</Relationships>", f"{image}{macro}</Relationships>".encode()),
            "settings.xml": (b"</w:settings>", attached),
        },
    )
    with zipfile.ZipFile(io.BytesIO(house), "a") as file:
        file.writestr("word/vbaProject.bin", b"Sub AutoOpen()")
    with zipfile.ZipFile(io.BytesIO(made(house))) as file:
        assert not [name for name in file.namelist() if "vba" in name or "embeddings" in name]
        assert not any(b"a.test" in file.read(name) for name in file.namelist())
        assert b"attachedTemplate" not in file.read("word/settings.xml")


def test_field_that_loads_is_refused() -> None:
    loading = b'<w:instrText>INCLUDEPICTURE "http://a.test/x.png"</w:instrText>'
    house = changed(template(), header=(b"<w:t>House of Lamps</w:t>", loading))
    with pytest.raises(UsageError, match="INCLUDEPICTURE"):
        read_house(house, "house.docx")


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"no zip", "house.docx"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"), (template()[:900], "house.docx")],
)
def test_file_that_is_no_template_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_house(data, "house.docx")


def test_another_template_makes_the_files_again(tmp_path: Path) -> None:
    house, out = tmp_path / "house.docx", tmp_path / "out"
    asked = ["convert", str(SAMPLES[0]), "--out", str(out), "--reference-doc", str(house), "--jobs", "1"]
    house.write_bytes(template())
    assert unres(*asked).exit_code == 0
    first = next(out.glob("*.docx")).read_bytes()
    assert "unchanged" in unres(*asked).output
    house.write_bytes(template("Another house"))
    assert "unchanged" not in unres(*asked).output
    assert next(out.glob("*.docx")).read_bytes() != first
    assert unres(*asked, "--to", "md").exit_code == 2
