"""The Word file, read back by other programs and by a small model of how Word counts. All texts are invented."""

from __future__ import annotations

import io
import json
import random
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any, get_args

import docx
import pypandoc
import pytest
from docx_plus.lint import lint
from lxml import etree
from openxml_audit import OpenXmlValidator

from pipeline.convert import convert
from pipeline.emit.docx import emit_docx
from pipeline.emit.docx_looks import LOOKS
from pipeline.emit.docx_numbering import plan
from pipeline.model import (
    AnnexStart,
    Block,
    Closing,
    ClosingLine,
    Date,
    Document,
    Enacting,
    Footnote,
    Heading,
    Inline,
    Masthead,
    MastheadLine,
    MastheadRole,
    OperativeParagraph,
    Paragraph,
    Reference,
    Target,
    Title,
    Unclassified,
)
from tests.builders import (
    INVENTED,
    NOWHERE,
    mark,
    preambular,
    run,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def cite(text: str, symbol: str | None) -> Reference:
    return Reference(text, Target("resolution" if symbol else "decision", symbol), NOWHERE)


def operative(number: str | None, text: str = "Decides;", children: tuple[Paragraph, ...] = ()) -> OperativeParagraph:
    return OperativeParagraph(number, (run(text),), NOWHERE, children)


def item(number: str | None, text: str = "item;", children: tuple[Paragraph, ...] = ()) -> Paragraph:
    return Paragraph(number, (run(text),), NOWHERE, children)


def heading(number: str | None, text: str, level: int = 1) -> Heading:
    return Heading(number, (run(text),), level, NOWHERE)


def note(number: str, *inlines: Inline) -> Footnote:
    return Footnote(number, inlines or (run(f"Text of note {number}."),), NOWHERE)


def document(
    *blocks: Block,
    notes: tuple[Footnote, ...] = (),
    title: str | None = "Calm of invented seas",
    symbol: str | None = "A/RES/99/901",
    language: str = "en",
) -> Document:
    lines = (
        MastheadLine("publisher", (run("United Nations"),), NOWHERE),
        MastheadLine("symbol", (run(symbol or "no symbol"),), NOWHERE),
    )
    head = Masthead("unga", symbol, "99/901", "99", None, None, None, lines)
    titled = Title("99/901.", (run(title),), NOWHERE) if title else None
    return Document(language, head, titled, blocks, notes, INVENTED)


def full() -> Document:
    return document(
        Enacting((run("The General Assembly", "italic"), run(",")), NOWHERE),
        preambular(run("Recalling", "lead"), run(" a thing,"), mark("1"), children=(item("(a)"), item("(b)"))),
        heading("I", "General"),
        operative("1.", "Decides;", (item("(a)", "one;", (item("(i)", "deep;"),)),)),
        Unclassified((run("Unknown words"),), NOWHERE),
        Closing((ClosingLine("date", (Date("1 March 2099", "2099-03-01", NOWHERE),), NOWHERE),), NOWHERE),
        AnnexStart("I", (run("Annex I"),), (run("Rules"),), NOWHERE),
        item("1.", "A rule."),
        notes=(note("1"),),
    )


def part(data: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return etree.fromstring(file.read(name))


def body_of(data: bytes) -> Any:
    return part(data, "word/document.xml")


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    found = docx.Document(io.BytesIO(data)).paragraphs
    return [(paragraph.style.name, paragraph.text) for paragraph in found if paragraph.style]


def pandoc(data: bytes) -> Any:
    command = [pypandoc.get_pandoc_path(), "--from=docx", "--to=json"]
    return json.loads(subprocess.run(command, input=data, capture_output=True, check=True).stdout)["blocks"]


def shown_numbers(data: bytes, *, counts_by_list: bool) -> list[str | None]:
    """Return the number each paragraph shows, in Word (by `w:abstractNum`) or elsewhere (by `w:num`)."""
    numbering = part(data, "word/numbering.xml")
    lists = {}
    for num in numbering.iter(f"{W}num"):
        override = num.find(f"{W}lvlOverride")
        start = {int(override.get(f"{W}ilvl")): int(override[0].get(f"{W}val"))}
        lists[num.get(f"{W}numId")] = (num.find(f"{W}abstractNumId").get(f"{W}val"), start)
    levels = {
        (outline.get(f"{W}abstractNumId"), int(level.get(f"{W}ilvl"))): (
            level.find(f"{W}numFmt").get(f"{W}val"),
            level.find(f"{W}lvlText").get(f"{W}val"),
        )
        for outline in numbering.iter(f"{W}abstractNum")
        for level in outline.iter(f"{W}lvl")
    }
    counts: dict[str, dict[int, int]] = {}
    begun: set[tuple[str, int]] = set()
    shown: list[str | None] = []
    for paragraph in body_of(data).iter(f"{W}p"):
        place = paragraph.find(f"{W}pPr/{W}numPr")
        if place is None:
            literal = paragraph.find(f"{W}r/{W}tab")
            shown.append(literal.getparent().getprevious().findtext(f"{W}t") if literal is not None else None)
            continue
        number, level = place[1].get(f"{W}val"), int(place[0].get(f"{W}val"))
        outline, starts = lists[number]
        count = counts.setdefault(number if counts_by_list else outline, {})
        fresh = level in starts and (number, level) not in begun
        begun.add((number, level))
        count[level] = starts[level] if fresh else count.get(level, 0) + 1
        for deeper in [at for at in count if at > level]:
            del count[deeper]
        kind, text = levels[outline, level]
        shown.append(text.replace(f"%{level + 1}", spell(kind, count[level])).replace("\xa0", " "))
    return shown


def spell(kind: str, value: int) -> str:
    if kind == "decimal":
        return str(value)
    if kind.endswith("Letter"):
        text = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
    else:
        tens, ones = divmod(value, 10)
        text = "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
    return text.upper() if kind.startswith("upper") else text


def test_python_docx_reads_every_paragraph_in_order_with_its_style() -> None:
    assert paragraphs(emit_docx(full())) == [
        ("Masthead Publisher", "United Nations"),
        ("Masthead Symbol", "A/RES/99/901"),
        ("Resolution Title", "99/901.\tCalm of invented seas"),
        ("Enacting Line", "The General Assembly,"),
        ("Preambular Paragraph", "Recalling a thing,"),
        ("Sub-paragraph 1", "item;"),
        ("Sub-paragraph 1", "item;"),
        ("Heading 1", "I\tGeneral"),
        ("Operative Paragraph", "Decides;"),
        ("Sub-paragraph 1", "one;"),
        ("Sub-paragraph 2", "deep;"),
        ("Unclassified Paragraph", "Unknown words"),
        ("Closing Line", "1 March 2099"),
        ("Annex Heading", "Annex I"),
        ("Annex Title", "Rules"),
        ("Plain Paragraph", "A rule."),
    ]


def test_every_style_in_use_is_defined_and_every_masthead_role_has_one() -> None:
    data = emit_docx(full())
    styles = part(data, "word/styles.xml")
    defined = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    assert {base.get(f"{W}val") for base in styles.iter(f"{W}basedOn", f"{W}next")} <= defined
    for name in ("document", "footnotes", "headerEven", "headerOdd", "footerEven", "footerOdd"):
        used = part(data, f"word/{name}.xml").iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
        assert {style.get(f"{W}val") for style in used} <= defined
    assert {f"Masthead {role.replace('_', ' ').title()}" for role in get_args(MastheadRole)} <= set(LOOKS)


def test_the_body_has_no_formatting_of_its_own_and_no_empty_paragraph() -> None:
    body = body_of(emit_docx(full()))
    assert {child.tag for properties in body.iter(f"{W}pPr") for child in properties} == {f"{W}pStyle", f"{W}numPr"}
    assert {child.tag for properties in body.iter(f"{W}rPr") for child in properties} == {f"{W}rStyle"}
    assert all(paragraph.findall(f"{W}r") for paragraph in body.iter(f"{W}p"))


def test_pandoc_reads_footnotes_where_they_stand() -> None:
    data = emit_docx(document(preambular(run("One,"), mark("1"), run(" two"), mark("2")), notes=(note("1"), note("2"))))
    inlines = pandoc(data)[-1]["c"]
    assert [inline["t"] for inline in inlines] == ["Str", "Note", "Space", "Str", "Note"]
    assert "Text" in json.dumps(inlines[1])
    assert [inline.get("c") for inline in inlines[1]["c"][0]["c"] if inline["t"] == "Str"][-1] == "1."


def test_a_second_mention_is_a_live_reference_to_the_first() -> None:
    data = emit_docx(
        document(
            preambular(run("a"), mark("1"), run("b"), mark("2"), run("c")),
            preambular(run("d"), mark("1", repeated=True)),
            notes=(note("1"), note("2")),
        )
    )
    body = body_of(data)
    assert [found.text for found in body.iter(f"{W}instrText")] == [r" NOTEREF _Ref1 \f \h "]
    (bookmark,) = body.iter(f"{W}bookmarkStart")
    assert bookmark.get(f"{W}name") == "_Ref1"
    assert bookmark.getnext().find(f"{W}footnoteReference").get(f"{W}id") == "1"
    assert len(list(body.iter(f"{W}footnoteReference"))) == 2
    assert paragraphs(data)[-1][1] == "d1"


def marks_shown(data: bytes) -> list[str]:
    """Return the marks a reader sees: Word counts those that are not given."""
    shown: list[str] = []
    count = 0
    for reference in body_of(data).iter(f"{W}footnoteReference"):
        given = reference.get(f"{W}customMarkFollows")
        count += not given
        shown.append(reference.getnext().text if given else str(count))
    return shown


@pytest.mark.parametrize(
    ("marks", "given"),
    [("1 2 3", ""), ("* 1 2", "*"), ("1 2 4 5", "4 5"), ("7 8", "7 8"), ("1 3 2", "3"), ("1 * ** 2", "* **")],
)
def test_footnote_marks_are_those_printed(marks: str, given: str) -> None:
    every = marks.split()
    data = emit_docx(document(preambular(*(mark(each) for each in every)), notes=tuple(note(each) for each in every)))
    assert marks_shown(data) == every
    custom = body_of(data).xpath("//*[@*[local-name()='customMarkFollows']]")
    assert [reference.getnext().text for reference in custom] == given.split()
    footnotes = part(data, "word/footnotes.xml")[2:]
    assert [
        footnote.find(f".//{W}t").text for footnote in footnotes if footnote.find(f".//{W}footnoteRef") is None
    ] == [*given.split()]


def test_two_footnotes_with_one_mark_are_placed_in_turn() -> None:
    blocks = preambular(mark("*"), run("x"), mark("*"))
    data = emit_docx(document(blocks, notes=(note("*", run("First.")), note("*", run("Second.")))))
    assert marks_shown(data) == ["*", "*"]
    footnotes = part(data, "word/footnotes.xml")
    assert [footnote.findall(f".//{W}t")[-1].text for footnote in footnotes[2:]] == ["First.", "Second."]


def test_an_indicator_without_footnote_stays_and_a_footnote_without_indicator_too() -> None:
    data = emit_docx(document(preambular(run("a"), mark("9")), notes=(note("4", run("Lost, "), mark("9")),)))
    assert paragraphs(data)[-2:] == [("Preambular Paragraph", "a9"), ("Footnote Without Indicator", "4 Lost, 9")]
    assert not list(body_of(data).iter(f"{W}footnoteReference"))


def test_an_indicator_in_a_footnote_points_to_the_footnote_in_the_text() -> None:
    notes = (note("1"), note("2", run("As in note "), mark("1", repeated=True), mark("3")), note("3"))
    data = emit_docx(document(preambular(mark("1"), mark("2")), notes=notes))
    footnotes = part(data, "word/footnotes.xml")
    assert [found.text for found in footnotes.iter(f"{W}instrText")] == [r" NOTEREF _Ref1 \f \h "]
    assert not list(footnotes.iter(f"{W}footnoteReference"))
    assert [found.get(f"{W}name") for found in body_of(data).iter(f"{W}bookmarkStart")] == ["_Ref1"]
    assert paragraphs(data)[-1] == ("Footnote Without Indicator", "3 Text of note 3.")


NESTED = (item("(a)", children=(item("(i)"), item("(ii)", children=(item("a."), item("b."))))), item("(b)"))
LISTS: dict[str, tuple[Block, ...]] = {
    "in order": (operative("1."), operative("2."), operative("3.")),
    "restart after a heading": (operative("1."), operative("2."), heading("II", "More"), operative("1.")),
    "continued after a heading": (operative("1."), heading("II", "More"), operative("2.")),
    "gap": (operative("1."), operative("4."), operative("5.")),
    "bis": (operative("1."), operative("1 bis."), operative("2.")),
    "nested": (operative("1.", children=NESTED), operative("2.", children=NESTED), operative("3.")),
    "lists of recitals": (preambular(children=NESTED), preambular(children=NESTED), operative("1.", children=NESTED)),
    "list in an unnumbered paragraph": (operative("1."), operative(None, children=NESTED), operative("2.")),
    "gap in letters": (operative("1.", children=(item("(a)"), item("(c)"), item("(d)"))), operative("2.")),
    "letter after h": (preambular(children=tuple(item(f"({letter})") for letter in "ghijk")),),
    "beyond z": (preambular(children=tuple(item(f"({letter})") for letter in ("y", "z", "aa", "bb"))),),
    "list that goes on in the next paragraph": (
        operative("1.", children=(item("(a)"), item("(b)"))),
        operative("2.", children=(item("(c)"), item("(d)"))),
    ),
    "other forms": (item("1)"), item("2)"), item("a)"), item("A."), item("B."), item("IV."), item("V."), item("（1）")),
    "with a dash": (operative("1 -"), operative("2 -", children=(item("(أ)"),)), operative("3 -"), operative("4–")),
    "forms that change": (operative("1.", children=(item("(a)"),)), operative("2.", children=(item("(i)"),))),
    "not Word's": (item("一、"), item("㈠"), item("01."), item("iiii."), item("12345."), item("أ"), item("1.1")),
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("counts_by_list", [False, True])
def test_the_number_shown_is_the_number_printed(name: str, *, counts_by_list: bool) -> None:
    found = document(*LISTS[name], title=None)
    assert shown_numbers(emit_docx(found), counts_by_list=counts_by_list)[2:] == printed(found.blocks)


def printed(blocks: tuple[Block, ...] | tuple[Paragraph, ...]) -> list[str | None]:
    numbers: list[str | None] = []
    for block in blocks:
        numbers.append(getattr(block, "number", None))
        numbers += printed(getattr(block, "children", ()))
    return numbers


@pytest.mark.parametrize("counts_by_list", [False, True])
def test_any_numbers_in_any_order_are_shown_as_printed(*, counts_by_list: bool) -> None:
    chance = random.Random(69)  # noqa: S311  a fixed sequence
    texts = ["1.", "2.", "3.", "(a)", "(b)", "(c)", "(i)", "(ii)", "(h)", "(j)", "a.", "b.", "i.", "㈠", None]

    def some(depth: int) -> tuple[Paragraph, ...]:
        count = chance.randrange(4) if depth < 4 else 0
        return tuple(item(chance.choice(texts), children=some(depth + 1)) for _ in range(count))

    for _ in range(60):
        blocks = tuple(operative(chance.choice(texts), children=some(1)) for _ in range(chance.randrange(8)))
        found = document(*blocks, title=None)
        assert shown_numbers(emit_docx(found), counts_by_list=counts_by_list)[2:] == printed(blocks)


def test_ordinary_lists_are_counted_by_word() -> None:
    items: list[tuple[int | None, str | None]] = [
        (0, "1."), (1, "(a)"), (1, "(b)"), (0, "2."), (1, "(a)"), (None, "II"), (0, "3."), (0, "3 bis."), (0, "1."),
    ]  # fmt: skip
    places, numbering = plan(items)
    assert [place and tuple(place) for place in places] == [
        (1, 0), (1, 1), (1, 1), (1, 0), (1, 1), None, (1, 0), None, (2, 0),
    ]  # fmt: skip
    assert [num.start for num in numbering.nums] == [1, 1]


def test_pandoc_counts_the_same() -> None:
    data = emit_docx(document(operative("3.", children=NESTED), heading("II", "More"), operative("4."), title=None))
    lists = [block["c"][0] for block in pandoc(data) if block["t"] == "OrderedList"]
    assert [attributes[0] for attributes in lists] == [3, 4]


def test_references_are_links_to_the_documents_and_nothing_else() -> None:
    found = document(
        preambular(
            cite("resolution 99/3 B", "A/RES/99/3B"),
            cite("resolution 9999 (2099)", "S/RES/9999 (2099)"),
            cite("the same", "A/RES/99/3B"),
            cite("decision 99/519", None),
            cite("odd", 'javascript:"x"?a&b#<é'),
        ),
        notes=(note("1", cite("A/99/7", "A/99/7")),),
    )
    data = emit_docx(found)
    relations = part(data, "word/_rels/document.xml.rels")
    targets = [relation.get("Target") for relation in relations if relation.get("TargetMode") == "External"]
    assert targets == [
        "https://docs.un.org/en/A/RES/99/3B",
        "https://docs.un.org/en/S/RES/9999(2099)",
        "https://docs.un.org/en/javascript%3A%22x%22%3Fa%26b%23%3C%C3%A9",
        "https://docs.un.org/en/A/99/7",
    ]
    identifiers = [link.get(f"{R}id") for link in body_of(data).iter(f"{W}hyperlink")]
    assert identifiers == ["link1", "link2", "link1", "link3", "link4"]


HOSTILE = (
    "<script>alert(1)</script>",
    "]]> <![CDATA[",
    "&amp; &#x1; &lt;w:p/>",
    '{=HYPERLINK "http://example.org"}',
    '"quoted" \u2018x\u2019 %1 \\f  two  spaces ',
    "</w:t></w:r><w:r><w:br/>",
    "𠀀 emoji 🏳️",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_it_says_text_stays_text(text: str) -> None:
    found = document(
        preambular(run(text), cite(text, text), mark(text)),
        operative(text, text),
        notes=(note(text, run(text)),),
        title=text,
        symbol=text,
    )
    data = emit_docx(found)
    texts = [shown for _, shown in paragraphs(data)]
    assert texts[1] == text
    assert texts[-2] == text + text + text
    assert texts[-1] == f"{text}\t{text}"
    assert docx.Document(io.BytesIO(data)).core_properties.title == text
    assert part(data, "word/headerOdd.xml").findtext(f".//{W}t") == text
    assert not list(body_of(data).iter(f"{W}instrText", f"{W}fldSimple", f"{W}br"))


def test_characters_xml_does_not_allow_are_left_out() -> None:
    text = "a\x00b\x0bc\x1fd\ud800e\ufffef\tg\nh\ri"
    found = document(preambular(run(text), mark(text), cite(text, text)), notes=(note(text, run(text)),), title=text)
    data = emit_docx(found)
    assert paragraphs(data)[-1][1] == "abcdef g h i" * 3
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            etree.fromstring(file.read(name))


def test_the_same_document_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4000000000")  # no part of the input
    first = emit_docx(full())
    assert emit_docx(full()) == first
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert len(set(file.namelist())) == len(file.namelist())
        assert file.namelist()[0] == "[Content_Types].xml"
    dated = docx.Document(io.BytesIO(emit_docx(full(), date="2096-10-02"))).core_properties
    assert f"{dated.created:%Y-%m-%d %H:%M:%S}" == f"{dated.modified:%Y-%m-%d %H:%M:%S}" == "2096-10-02 00:00:00"


def test_every_part_is_declared_and_every_relationship_leads_to_a_part() -> None:
    with zipfile.ZipFile(io.BytesIO(emit_docx(full()))) as file:
        names = set(file.namelist())
        types = etree.fromstring(file.read("[Content_Types].xml"))
        relations = etree.fromstring(file.read("word/_rels/document.xml.rels"))
    declared = {found.get("PartName", "").lstrip("/") for found in types if found.get("PartName")}
    assert declared == {name for name in names if not name.endswith(".rels") and name != "[Content_Types].xml"}
    assert {f"word/{relation.get('Target')}" for relation in relations} <= names


def test_properties_say_what_the_document_is() -> None:
    properties = docx.Document(io.BytesIO(emit_docx(full()))).core_properties
    found = (properties.title, properties.subject, properties.author, properties.language, properties.keywords)
    assert found == ("Calm of invented seas", "A/RES/99/901", "General Assembly", "en-GB", "99/901, 99")


@pytest.mark.parametrize(
    ("title", "symbol", "even", "odd"),
    [
        ("Calm", "A/RES/99/901", ["A/RES/99/901", "Calm"], ["Calm", "A/RES/99/901"]),
        (None, "S/RES/9999 (2099)", ["S/RES/9999 (2099)", ""], ["", "S/RES/9999 (2099)"]),
        (None, None, ["", ""], ["", ""]),
    ],
)
def test_running_heads_differ_by_page(title: str | None, symbol: str | None, even: list[str], odd: list[str]) -> None:
    section = docx.Document(io.BytesIO(emit_docx(document(title=title, symbol=symbol)))).sections[0]
    cells = [
        [cell.text for cell in header.tables[0].rows[0].cells] for header in (section.even_page_header, section.header)
    ]
    assert cells == [even, odd]
    assert section.different_first_page_header_footer
    assert "".join(section.first_page_header._element.itertext()) == ""
    assert re.findall(r"PAGE|NUMPAGES", etree.tostring(section.footer._element).decode()) == ["PAGE", "NUMPAGES"]


def lead_style(language: str) -> Any:
    styles = part(emit_docx(document(language=language)), "word/styles.xml")
    return styles.find(f"{W}style[@{W}styleId='LeadPhrase']/{W}rPr")


def test_the_language_decides_the_lead_phrase_the_tags_and_the_fonts() -> None:
    assert lead_style("en").find(f"{W}i") is not None
    assert lead_style("en").find(f"{W}b") is None
    assert lead_style("zh").find(f"{W}b") is not None
    defaults = part(emit_docx(document(language="zh")), "word/styles.xml").find(f"{W}docDefaults//{W}rPr")
    assert defaults.find(f"{W}lang").get(f"{W}eastAsia") == "zh-CN"
    assert defaults.find(f"{W}rFonts").get(f"{W}eastAsia") == "SimSun"
    settings = part(emit_docx(document()), "word/settings.xml")
    assert settings.find(f"{W}themeFontLang").get(f"{W}val") == "en-GB"
    assert settings.find(f"{W}evenAndOddHeaders") is not None
    assert settings.find(f"{W}updateFields") is None


def test_emphasis_is_not_turned_off_inside_the_same_emphasis() -> None:
    closing = Closing((ClosingLine("meeting", (run("62nd meeting", "italic"), run(" x", "bold")), NOWHERE),), NOWHERE)
    styles = body_of(emit_docx(document(closing))).findall(f".//{W}p")[-1].iter(f"{W}rStyle")
    assert [style.get(f"{W}val") for style in styles] == ["Strong"]


@pytest.mark.parametrize(
    "sample", sorted((Path(__file__).parent.parent / "samples").glob("*.txt")), ids=lambda path: path.stem
)
def test_samples_are_valid_office_open_xml(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "sample.docx"
    path.write_bytes(convert(sample.read_bytes(), sample.name, formats=["docx"]).files["docx"])
    assert OpenXmlValidator().validate(path).errors == []
    # A style for every role may look like another's; and the linter takes the day of a German date for a typed number.
    assert lint(docx.Document(str(path)), exclude=["duplicate-styles", "manual-list"]) == []
