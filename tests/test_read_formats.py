"""OpenDocument, RTF and web pages: what another program makes of a document of ours gives the same record."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pypandoc
import pytest

from pipeline.compare import body
from pipeline.convert import convert, normalize
from pipeline.errors import ReadError
from pipeline.read import READERS, read
from pipeline.read.html import read_html
from pipeline.read.odt import read_odt
from pipeline.read.rtf import read_rtf

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = ("A_RES_99_901.en", "A_RES_99_901.zh", "A_RES_99_904.ar", "A_HRC_RES_99_4.fr")
NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{prefix}="{NAMESPACE}{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip
STYLES = (
    '<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="U" style:family="text"><style:text-properties style:text-position="super 58%"/>'
    '</style:style><style:style style:name="V" style:family="text"><style:text-properties text:display="none"/>'
    '</style:style><text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" '
    'style:num-suffix=")"/></text:list-style>'
)


def odt(content: str, styles: str = STYLES, **parts: str) -> bytes:
    """Return the smallest OpenDocument text with this content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{content}</office:text></office:body></office:document-content>",
        )
        for name, part in parts.items():
            file.writestr(name.replace("__", "/"), part)
    return buffer.getvalue()


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def raised(text: str) -> str:
    return f'<text:span text:style-name="U">{text}</text:span>'


def listed(*items: str, more: str = "", goes_on: bool = False) -> str:
    """Return a list; `more` are attributes of its items."""
    opening = f'<text:list text:style-name="L" text:continue-numbering="{str(goes_on).lower()}">'
    return opening + "".join(f"<text:list-item {more}>{item}</text:list-item>" for item in items) + "</text:list>"


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{p(text)}</table:table-cell>"


def rtf(content: str) -> bytes:
    fonts = r"{\fonttbl{\f0 Times;}{\f1\fcharset204 Times;}{\f2\fcharset134 SimSun;}}"
    return rf"{{\rtf1\ansi\ansicpg1252{fonts}{content}}}".encode("latin-1")


def html(content: str) -> bytes:
    return f"<html><head><title>no text</title><style>p {{}}</style></head><body>{content}</body></html>".encode()


def paragraphs(data: bytes, ending: str) -> list[str]:
    return read(data, f"a.{ending}").source.split("\n\n")


@pytest.mark.parametrize("form", ["docx", "odt", "rtf", "html"])
@pytest.mark.parametrize("name", NAMES)
def test_what_pandoc_makes_of_a_document_is_the_same_document(name: str, form: str, tmp_path: Path) -> None:
    path = SAMPLES / f"{name}.txt"
    text = convert(path.read_bytes(), path.name, formats=("md",)).files["md"].split(b"---\n", 2)[2].decode()
    file = tmp_path / f"a.{form}"
    pypandoc.convert_text(text, form, format="markdown", outputfile=str(file), extra_args=["--standalone"])
    found = normalize(file.read_bytes(), file.name)
    assert body(found.document) == body(normalize(path.read_bytes(), path.name).document)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("form", ["docx", "odt", "rtf"])
def test_what_libreoffice_saves_is_the_same_document(form: str, tmp_path: Path) -> None:
    path = SAMPLES / "A_RES_99_902.en.txt"
    conversion = convert(path.read_bytes(), path.name, formats=("docx",))
    (tmp_path / "a.docx").write_bytes(conversion.files["docx"])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path / "out"), "a.docx"]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path, timeout=120)
    saved = tmp_path / "out" / f"a.{form}"
    assert body(normalize(saved.read_bytes(), saved.name).document) == body(conversion.record.document)


NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>{}</text:note-citation><text:note-body>'
    "<text:p>{} See A/99/1.</text:p></text:note-body></text:note>"
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (p('The <text:span text:style-name="I">Yearbook</text:span> of  1994'), ["The *Yearbook* of 1994"]),
        (
            p('<text:span text:style-name="I">Recalling</text:span> it<text:s/>all<text:tab/>here'),
            ["Recalling it all here"],
        ),
        (p("a * b | c"), [r"a \* b \| c"]),
        (p(f"one{NOTE.format('7', '')} two"), ["one[^7] two", "[^7]: See A/99/1."]),
        (
            p(f"one{NOTE.format('1', '')} two{raised('1')} and H{raised('2')}"),
            ["one[^1] two[^1] and H2", "[^1]: See A/99/1."],
        ),
        (
            listed(p("x") + listed(p("y") + p("z")), more='text:start-value="3"')
            + p("between")
            + listed(listed(p("y")), p("x"), goes_on=True),
            ["3. x", "(a) y", "z", "between", "(b) y", "4. x"],
        ),
        (
            p("text")
            + f"<table:table><table:table-header-rows>{row(cell('State'), cell('Share'))}</table:table-header-rows>"
            + row(cell("a", 'table:number-columns-repeated="2"'))
            + "</table:table>",
            ["text", "| State | Share |", "| --- | --- |", "| a | a |"],
        ),
    ],
    ids=["emphasis", "opening", "literal", "note", "mentioned-again", "numbers", "table"],
)
def test_opendocument(content: str, expected: list[str]) -> None:
    assert paragraphs(odt(content), "odt") == expected


@pytest.mark.parametrize(
    ("content", "expected", "rule"),
    [
        (p("one<office:annotation><text:p>Is it?</text:p></office:annotation>"), ["one"], "source.comment"),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>" + p("one"),
            ["one"],
            "source.changes",
        ),
        (
            p("one<draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame>") + p("last"),
            ["one", "Boxed", "last"],
            "source.box",
        ),
        (p('one<text:span text:style-name="V">secret</text:span>'), ["one"], "source.hidden"),
        (p("one<draw:frame><draw:image/></draw:frame>"), ["one"], "source.picture"),
    ],
)
def test_opendocument_tells_what_is_left_out(content: str, expected: list[str], rule: str) -> None:
    found = read_odt(odt(content), "a.odt")
    assert found.source.split("\n\n") == expected
    assert [finding.rule for finding in found.findings] == [rule]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "damaged"),
        (odt(p(""))[:200], "damaged"),
        (odt(p("")), "no text"),
        (odt("<text:p>"), "damaged"),
        (odt(p("<text:span>" * 300 + "x" + "</text:span>" * 300)), "damaged"),
        (odt(p(" " * (64 * 1024 * 1024))), "unpacks to more"),
        (
            odt(
                p("x"),
                **{"META-INF__manifest.xml": f'<m:x xmlns:m="{NAMESPACE}manifest:1.0"><m:encryption-data/></m:x>'},
            ),
            "password",
        ),
        (odt(listed(p("y"), more='text:start-value="x"')), "numbering"),
    ],
    ids=["empty", "torn", "no-text", "not-xml", "deep", "bomb", "password", "number"],
)
def test_hostile_opendocument_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=rf"^a\.odt: .*{message}"):
        read_odt(data, "a.odt")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (r"one\par two\par", ["one", "two"]),
        (r"The {\i Yearbook} of {\b 1994}\par", ["The *Yearbook* of **1994**"]),
        (r"{\i Recalling} the lamps\par", ["Recalling the lamps"]),
        (r"caf\'e9 \u28783\'3f{\uc2\u28783\'b5\'c6}\u-10179?\u-8712?\par", ["café 灯灯🗸"]),
        (r"{\f1 \'cb\'e0\'ec\'ef\'e0} {\f2 \'b5\'c6}\par", ["Лампа 灯"]),
        (r"{\listtext\pard\plain 1.\tab}\ls1 Decides\par", ["1. Decides"]),
        (r"{\pard {\*\pn\pnlvlblt}{\pntext\'95\tab}lamps\par}", ["• lamps"]),
        (
            r"one{\super\chftn{\*\footnote\pard{\super\chftn} See.}} two{\super 1}\par",
            ["one[^1] two[^1]", "[^1]: See."],
        ),
        (r"one{\super *{\footnote\pard{\super *} See.}} two\par", [r"one[^\*] two", r"[^\*]: See."]),
        (r"one{\super\chftn{\footnote\ftnalt See.}} two\par", ["one[^i] two", "[^i]: See."]),
        (r"{\header Running head\par}{\field{\*\fldinst PAGE}{\fldrslt 7}} lamps\par", ["7 lamps"]),
        (r"{\upr{lost}{\*\ud{\u28783?}}}\par", ["灯"]),
        (r"text\par\trowd\cellx9\cellx99\intbl a\cell b\par c\cell\row\pard end\par", ["text", "| a | b c |", "end"]),
        (r"\trowd\cellx9\cellx99\intbl a\cell b\cell\row\pard end\par", ["a", "b", "end"]),
        (r"a\~b\_c \{d\} \\e * f\emdash\par", ["a\u00a0b\u2011c {d} \\\\e \\* f—"]),
        ("one {\\pict\\bin4 {}\\\\}two\\par", ["one two"]),
    ],
)
def test_rtf(content: str, expected: list[str]) -> None:
    assert paragraphs(rtf(content), "rtf") == expected


@pytest.mark.parametrize(
    ("content", "expected", "rule"),
    [
        (r"one{\*\annotation\pard Is it?}\par", ["one"], "source.comment"),
        (r"one {\deleted gone }{\revised two}\par", ["one two"], "source.changes"),
        (r"one{\deleted\par}two\par", ["onetwo"], "source.changes"),
        (
            r"one{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt Boxed\par}}}\par last\par",
            ["one", "Boxed", "last"],
            "source.box",
        ),
        (r"one{\v secret}\par", ["one"], "source.hidden"),
        (r"one{\*\shppict{\pict ffff}}{\nonshppict{\pict ffff}}\par", ["one"], "source.picture"),
    ],
)
def test_rtf_tells_what_is_left_out(content: str, expected: list[str], rule: str) -> None:
    found = read_rtf(rtf(content), "a.rtf")
    assert found.source.split("\n\n") == expected
    assert [finding.rule for finding in found.findings] == [rule]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not an RTF file"),
        (b"PK", "not an RTF file"),
        (rtf(r"\par"), "no text"),
        (rtf("one")[:-1], "ends too early"),
        (rtf("{" * 1000 + "one" + "}" * 1000), "nested without end"),
        (rtf("one") + b" " * (64 * 1024 * 1024), "more than a resolution"),
    ],
    ids=["empty", "zip", "no-text", "torn", "deep", "large"],
)
def test_hostile_rtf_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=rf"^a\.rtf: .*{message}"):
        read_rtf(data, "a.rtf")


LIBREOFFICE = (
    '<p>one<a class="sdfootnoteanc" name="n1anc" href="#n1sym"><sup>1</sup></a> two<sup>1</sup></p><div id="n1"><p>'
    '<a class="sdfootnotesym" name="n1sym" href="#n1anc">1</a> See.</p></div>'
)
WORD = (
    '<p>one<a href="#_ftn1" name="_ftnref1"><span><![if !supportFootnotes]><span>[1]</span><![endif]></span></a>'
    ' two<sup>1</sup></p><div><div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> See.</p></div></div>'
)
PANDOC = (
    '<p>one<a href="#fn1" id="fnref1"><sup>1</sup></a> two<sup>1</sup></p><section><ol><li id="fn1"><p>See.'
    '<a href="#fnref1">↩︎</a></p></li></ol></section>'
)


@pytest.mark.parametrize("content", [LIBREOFFICE, WORD, PANDOC], ids=["libreoffice", "word", "pandoc"])
def test_notes_of_a_page_are_found_by_where_links_lead(content: str) -> None:
    assert paragraphs(html(content), "html") == ["one[^1] two[^1]", "[^1]: See."]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>one\ntwo <script>x</script><p>three</p>text", ["one two", "three", "text"]),
        ("<p>The <i>Yearbook</i> of <b>1994</b></p>", ["The *Yearbook* of **1994**"]),
        ("<p>A <span style='font-style: italic'>lamp</span></p>", ["A *lamp*"]),
        ("<p><em>Recalling</em> the lamps</p>", ["Recalling the lamps"]),
        ("<p>see <a href='#top'>above</a> and <a href='/x'>2</a></p>", ["see above and 2"]),
        ("one<br><br>two<br>three", ["one", "two\nthree"]),
        ("<ol start=3><li>x<li value=7>y<ol type=a><li>z</ol></ol>", ["3. x", "7. y", "(a) z"]),
        ("<ul><li>x</ul>", ["• x"]),
        ("<ol style='list-style: none'><li>1. x</ol>", ["1. x"]),
        ("<pre>one\ntwo\n\nthree * four</pre>", ["one\ntwo", "three \\* four"]),
        (
            "<p>text</p><table><caption>Scale</caption><tr><th>State<th>Share<tr><td rowspan=2>a<td>1<tr><td>2</table>",
            ["text", "| Scale |", "| State | Share |", "| --- | --- |", "| a | 1 |", "| | 2 |"],
        ),
        ("<table><tr><td><p>one</p><table><tr><td>two</table></td></tr></table>", ["one", "two"]),
        ("<h2>IV\tLamps</h2><p>x</p>", ["IV", "Lamps", "x"]),
        ("<p>a * b &lt; c</p>", [r"a \* b < c"]),
    ],
)
def test_page(content: str, expected: list[str]) -> None:
    assert paragraphs(html(content), "htm") == expected


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("<p>one</p><nav>Home</nav>", "source.navigation"),
        ("<p>one<img src=x></p>", "source.picture"),
        ("<p>one<span style='display:none'>secret</span></p>", "source.hidden"),
        ("<p>one<del>gone</del></p>", "source.changes"),
    ],
)
def test_page_tells_what_is_left_out(content: str, rule: str) -> None:
    found = read_html(html(content), "a.html")
    assert found.source == "one"
    assert [finding.rule for finding in found.findings] == [rule]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("windows-1251", "windows-1251"), ("utf-8", ""), ("utf-8-sig", "windows-1251"), ("utf-16", ""), ("gbk", "gb2312")],
)
def test_page_is_decoded_as_it_says(encoding: str, told: str) -> None:
    text = "<p>灯</p>" if encoding == "gbk" else "<p>Лампа</p>"
    data = f"<meta charset='{told}'>{text}".encode(encoding)
    assert read_html(data, "a.html").source == text[3:-4]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no text"),
        (html("<p></p><script>x</script>"), "no text"),
        (html("<div>" * 1000 + "x"), "nested without end"),
        (html("<p " + " ".join(f"a{at}=1" for at in range(5000)) + ">x"), "far too long"),
        (html("<p " + "a" * 10_000), "far too long"),
        (b"<p>caf\xe9", "not utf-8 text"),
        (b"<meta charset=klingon><p>x", "not klingon text"),
        (b"<p>" + b"x" * (16 * 1024 * 1024), "more than a resolution"),
    ],
    ids=["empty", "no-text", "deep", "attributes", "open-tag", "encoding", "unknown-encoding", "large"],
)
def test_hostile_page_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=rf"^a\.html:.*{message}"):
        read_html(data, "a.html")


def test_every_kind_of_file_has_its_reader() -> None:
    assert {".odt", ".rtf", ".html", ".htm"} <= READERS.keys()
