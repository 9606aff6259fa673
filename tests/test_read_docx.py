"""Word files are read back to the document they were made of, also after an editor changed them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest

from pipeline.convert import convert, normalize
from pipeline.errors import ReadError
from pipeline.model import Run
from pipeline.read.docx import OLE, read_docx
from pipeline.serialize import to_json
from pipeline.walk import inlines_of

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


def strict() -> bytes:
    """Return a Word file in the other namespace of the standard."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("word/document.xml", '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>')
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


ITALIC = "<w:rPr><w:i/></w:rPr>"
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Slanted"><w:name w:val="Slanted"/><w:rPr><w:i/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Fat"><w:name w:val="Fat"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Fatter"><w:name w:val="Fatter"/><w:basedOn w:val="Fat"/></w:style>'
    '<w:style w:type="character" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>'
)


def styled(text: str, properties: str) -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            run("The ") + styled("Yearbook", "<w:i/>") + run(" of ") + styled("1994", "<w:b/>"),
            "The *Yearbook* of **1994**",
        ),
        (run("The ") + styled("Year", "<w:i/>") + styled("book", "<w:i/>") + run("."), "The *Yearbook*."),
        (run("The ") + styled("Yearbook", '<w:i w:val="0"/>'), "The Yearbook"),
        (run("A ") + styled("lamp ", '<w:rStyle w:val="Fatter"/>') + run("burns"), "A **lamp** burns"),
        (run("A ") + styled("lamp", '<w:rStyle w:val="Loop"/>'), "A lamp"),
        (styled("Recalling", "<w:i/>") + run(" the lamps"), "Recalling the lamps"),
        (run("1.") + "<w:r><w:tab/></w:r>" + styled("Decides", "<w:i/>") + run(" to meet"), "1. Decides to meet"),
        (run("[") + styled("on the report", "<w:i/>") + run("]"), "[on the report]"),
        (
            '<w:pPr><w:pStyle w:val="Slanted"/></w:pPr>' + run("All of it ") + styled("slanted", "<w:i/>"),
            "All of it slanted",
        ),
        (run("In ") + styled("منارة", "<w:rtl/><w:bCs/>") + styled("x", "<w:rtl/><w:b/>"), "In **منارة**x"),
        (run("H") + styled("2", '<w:vertAlign w:val="superscript"/>'), "H2"),
        (run("at least ") + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("3"), "at least ≥3"),
        (run("a") + "<w:r><w:noBreakHyphen/></w:r>" + run("b"), "a\u2011b"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>灯</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "灯",
        ),
    ],
)
def test_what_is_set_by_hand_is_read(content: str, text: str) -> None:
    data = with_parts(f"<w:p>{content}</w:p>", styles=f'<w:styles xmlns:w="{SPACE}">{STYLES}</w:styles>')
    assert read_docx(data, "a.docx").source == text


def with_parts(content: str, **parts: str) -> bytes:
    """Return a Word file with this body and further parts."""
    buffer = io.BytesIO(with_body(content))
    with zipfile.ZipFile(buffer, "a") as file:
        for name, part in parts.items():
            file.writestr(f"word/{name}.xml", part)
    return buffer.getvalue()


def with_notes(content: str) -> str:
    """Return what is read of a body that may refer to footnotes 1 and 2 and to endnote 1."""
    notes = {
        kind: f'<w:{kind}s xmlns:w="{SPACE}">'
        + "".join(f'<w:{kind} w:id="{at}"><w:p>{run(f"See {kind} {at}.")}</w:p></w:{kind}>' for at in (1, 2))
        + f"</w:{kind}s>"
        for kind in ("footnote", "endnote")
    }
    return read_docx(with_parts(content, **{f"{kind}s": part for kind, part in notes.items()}), "a.docx").source


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            run("a")
            + '<w:r><w:footnoteReference w:id="2"/></w:r>'
            + run(" b")
            + '<w:r><w:endnoteReference w:id="1"/></w:r>',
            "a[^1] b[^i]\n\n[^1]: See footnote 2.\n\n[^i]: See endnote 1.",
        ),
        (
            run("a") + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>' + run(" b"),
            r"a[^\*] b" + "\n\n" + r"[^\*]: See footnote 1.",
        ),
        (
            run("a") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + styled("1", '<w:vertAlign w:val="superscript"/>'),
            "a[^1][^1]\n\n[^1]: See footnote 1.",
        ),
    ],
    ids=["endnote", "own-mark", "mentioned-again"],
)
def test_notes_have_the_marks_word_shows(content: str, text: str) -> None:
    assert with_notes(f"<w:p>{content}</w:p>") == text


def test_mark_that_libreoffice_writes_again_after_a_tab_is_no_text() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    note = styled("3", raised) + styled("\t3", raised) + run("A/99/1.")
    notes = f'<w:footnotes xmlns:w="{SPACE}"><w:footnote w:id="1"><w:p>{note}</w:p></w:footnote></w:footnotes>'
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>3</w:t></w:r>'
    read = read_docx(with_parts(f"<w:p>{run('a')}{mark}</w:p>", footnotes=notes), "a.docx")
    assert read.source == "a[^3]\n\n[^3]: A/99/1."


def test_numbers_are_those_word_counts() -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'
        '<w:lvl w:ilvl="3"><w:start w:val="2"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%4、"/></w:lvl>'
        '<w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="cardinalText"/><w:lvlText w:val="%5"/></w:lvl>'
    )
    numbering = (
        f'<w:numbering xmlns:w="{SPACE}"><w:abstractNum w:abstractNumId="0"><w:styleLink w:val="Steps"/>{levels}'
        '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Steps"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    paragraphs = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>{deleted}</w:pPr>{run("x")}</w:p>'
        for level, deleted in ((0, ""), (1, ""), (1, "<w:rPr><w:del/></w:rPr>"), (1, ""), (2, ""), (3, ""), (4, ""))
    )
    read = read_docx(with_parts(paragraphs, numbering=numbering), "a.docx")
    assert read.source.split("\n\n") == ["3. x", "(a) x", "(b) x x", "• x", "二、 x", "x"]
    assert [finding.rule for finding in read.findings] == ["source.number"]


BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:{}>'
    "<w:drawing><w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:{}>"
    "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
).format("Choice", "Choice")


@pytest.mark.parametrize(
    ("content", "text", "rule"),
    [
        (run("one") + BOX, "one\n\nBoxed\n\nlast", "source.box"),
        (run("one") + '<w:r><w:commentReference w:id="7"/></w:r>', "one\n\nlast", "source.comment"),
        (run("one") + "<w:ins><w:r><w:t> two</w:t></w:r></w:ins>", "one two\n\nlast", "source.changes"),
        (run("one") + styled("secret", "<w:vanish/>"), "one\n\nlast", "source.hidden"),
        (run("one") + '<w:r><w:drawing><a:blip xmlns:a="x"/></w:drawing></w:r>', "one\n\nlast", "source.picture"),
        (
            run("one ")
            + '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:t>x=y</m:t></m:oMath>',
            "one x=y\n\nlast",
            "source.formula",
        ),
    ],
    ids=["box", "comment", "changes", "hidden", "picture", "formula"],
)
def test_what_is_left_out_or_uncertain_is_told(content: str, text: str, rule: str) -> None:
    comments = f'<w:comments xmlns:w="{SPACE}"><w:comment w:id="7"><w:p>{run("Is it?")}</w:p></w:comment></w:comments>'
    read = read_docx(with_parts(f"<w:p>{content}</w:p><w:p>{run('last')}</w:p>", comments=comments), "a.docx")
    assert read.source == text
    assert [finding.rule for finding in read.findings] == [rule]
    assert rule != "source.comment" or "“Is it?”" in read.findings[0].message


def test_finding_of_a_reader_has_its_place_in_the_record() -> None:
    data = changed(written(ENGLISH), "<w:t xml", '<w:commentReference w:id="1"/><w:t xml')
    (finding,) = (each for each in normalize(data, "a.docx").findings if each.rule == "source.comment")
    assert (finding.line, finding.column, finding.span.start) == (1, 1, 0)


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(f'<w:p>{run(text)}</w:p>' for text in paragraphs)}</w:tc>"


def test_table_that_only_sets_the_first_page_is_its_paragraphs() -> None:
    first = f"<w:tbl><w:tr>{cell('United Nations')}{cell('A/RES/99/901')}</w:tr></w:tbl>"
    spanned = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>both</w:t></w:r></w:p></w:tc>"
    nested = f"<w:tc><w:p/><w:sdt><w:sdtContent><w:p>{run('in')}</w:p></w:sdtContent></w:sdt></w:tc>"
    second = f"<w:tbl><w:tr>{cell('a', 'b')}{nested}</w:tr><w:tr>{spanned}</w:tr></w:tbl>"
    read = read_docx(with_body(f"{first}<w:p>{run('text')}</w:p>{second}"), "a.docx")
    assert read.source.split("\n\n") == [
        "United Nations",
        "A/RES/99/901",
        "text",
        "| a b | in |",
        "| both | |",
    ]


def test_main_part_may_have_another_name() -> None:
    buffer = io.BytesIO()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(
            "_rels/.rels", f'<Relationships><Relationship Type="{kind}" Target="/word/document2.xml"/></Relationships>'
        )
        file.writestr(
            "word/document2.xml",
            f'<w:document xmlns:w="{SPACE}"><w:body><w:p>{run("text")}</w:p></w:body></w:document>',
        )
    assert read_docx(buffer.getvalue(), "a.docx").source == "text"


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
        (with_body(f"<w:p>{'<w:ins>' * 300}{run('x')}{'</w:ins>' * 300}</w:p>"), "damaged"),
        (with_body(f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{run("lost")}</w:p>'), "cannot be read"),
        (strict(), "Strict Open XML"),
    ],
    ids=["empty", "torn", "password", "no-text", "not-xml", "entity", "bomb", "deep", "endless-field", "strict"],
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


def by_hand() -> bytes:
    """Return a resolution as an editor types it into Word: the masthead a table, lead phrases set in italics."""
    document = docx.Document()
    head = document.add_table(2, 2)
    for at, text in enumerate(("United Nations", "A/RES/99/910", "General Assembly", "Distr.: General")):
        head.cell(at // 2, at % 2).text = text
    head.cell(1, 1).add_paragraph("11 March 2045")
    for line in (
        "Ninety-ninth session",
        "Resolution adopted by the General Assembly on 1 March 2045",
        "[|on the report of the Second Committee (A/99/1)|]",
        "99/910.\tLighthouses of the inland seas",
        "|The General Assembly|,",
        "|Recalling| its resolution 98/12 of 2 March 2044, and the |Lamp Yearbook| of 2040,",
        "1.\t|Decides| to keep the lighthouses lit;",
        "2.\t|Requests| the Secretary-General to report.",
        "|62nd plenary meeting|",
    ):
        paragraph = document.add_paragraph()
        for at, part in enumerate(line.split("|")):
            paragraph.add_run(part).italic = at % 2 == 1 or None
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_resolution_typed_by_hand_has_all_its_parts() -> None:
    document = convert(by_hand(), "a.docx", verify=True).record.document
    assert [line.role for line in document.masthead.lines] == [
        "publisher", "symbol", "organ", "distribution", "issued", "session", "adopted", "proponent",
    ]  # fmt: skip
    assert [type(block).__name__ for block in document.blocks] == [
        "Enacting", "PreambularParagraph", "OperativeParagraph", "OperativeParagraph", "Closing",
    ]  # fmt: skip
    emphasised = [(run.text, run.emphasis) for run in inlines_of(document) if isinstance(run, Run) and run.emphasis]
    assert emphasised == [
        ("The General Assembly", "lead"),
        ("Recalling", "lead"),
        ("Lamp Yearbook", "italic"),
        ("Decides", "lead"),
        ("Requests", "lead"),
    ]


def test_emphasis_goes_through_our_own_word_file() -> None:
    conversion = convert(by_hand(), "a.docx", formats=("docx",))
    assert body(normalize(conversion.files["docx"], "b.docx")) == body(conversion.record)
