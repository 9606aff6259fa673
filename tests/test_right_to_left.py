"""A language written from right to left, in every format. All texts are invented."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from pipeline.emit.akn import emit_akn
from pipeline.emit.docx import emit_docx
from pipeline.emit.docx_runs import RIGHT, directed
from pipeline.emit.markdown import emit_markdown
from pipeline.languages import language
from pipeline.model import AnnexStart, Document, Masthead, Reference, Target, Title
from pipeline.validate.readback import docx_differences, markdown_differences
from pipeline.validate.xml import check_xml
from tests.builders import (
    INVENTED,
    NOWHERE,
    closing,
    enacting,
    heading,
    inlines,
    item,
    lead,
    line,
    mark,
    note,
    operative,
    preambular,
    run,
)

if TYPE_CHECKING:
    from pathlib import Path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARKS = {
    "en": ("1.", "2.", "(a)", "(b)", "(i)", "(ii)", "I", "II"),
    "fr": ("1.", "2.", "a)", "b)", "i)", "ii)", "I", "II"),
    "ru": ("1.", "2.", "а)", "b)", "i)", "ii)", "I", "II"),
    "ar": ("1 -", "٢ -", "(أ)", "(ب)", "'1'", "'٢'", "أولا -", "ثانيا -"),
}
"""The numbers that each language prints for the same list."""


def cite(text: str, symbol: str) -> Reference:
    return Reference(text, Target("resolution", symbol), NOWHERE)


def document(code: str = "ar") -> Document:
    first, second, a, b, i, ii, part, other_part = MARKS[code]
    masthead = Masthead(
        *("unga", "A/RES/99/903", "99/903", None, "2099-12-30", "2099-12-24", "83"),
        (
            line("symbol", "A/RES/99/903"),
            line("organ", "الجمعية العامة"),
            line("issued", "30 December 2099"),
            line("adopted", "قرار اتخذته الجمعية العامة في 24 كانون الأول/ديسمبر 2099"),
        ),
    )
    report = cite("A/99/650", "A/99/650")
    blocks = (
        enacting(lead("إن الجمعية العامة"), "،"),
        preambular(
            lead("إذ تشير"), " إلى منارات البحار (", report, " و ", cite("98/12", "A/RES/98/12"), ")", mark("1"), "،"
        ),
        preambular(lead("وإذ تؤكد"), " ذلك", mark("2"), " ", run("بشدة", "bold"), mark("1", repeated=True), "،"),
        heading(part, 1, "أحكام عامة"),
        operative(
            first,
            lead("تقرر"),
            " ما يلي:",
            children=(item(a, "إضاءة المنارات؛", children=(item(i, "ليلا؛"), item(ii, "نهارا؛"))), item(b, "صيانتها؛")),
        ),
        heading(other_part, 1, "أحكام أخرى"),
        operative(second, lead("تطلب"), " تطبيق قرار مجلس الأمن S/RES/9325 (2099) والنظام GPS."),
        closing(("meeting", "الجلسة العامة 83"), ("date", "24 كانون الأول/ديسمبر 2099")),
        AnnexStart(None, inlines("المرفق"), inlines("قائمة المنارات"), NOWHERE),
        item(first, "منارة الجنوب."),
    )
    notes = (
        note("1", "Lighthouse Series, vol. 7, No. 12 (", report, ")."),
        note("2", report, "، الفقرة 6."),
    )
    title = Title("99/903", inlines("منارات البحار الداخلية"), NOWHERE)
    return Document(code, masthead, title, blocks, notes, INVENTED)


def part(data: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return etree.fromstring(file.read(f"word/{name}.xml"))


PARTS = ("document", "footnotes", "headerEven", "headerOdd", "footerEven", "footerOdd", "styles", "numbering")


def test_every_format_holds_the_laws(tmp_path: Path) -> None:
    made = document()
    written = emit_docx(made)
    assert docx_differences(made, written) == []
    assert markdown_differences(made, emit_markdown(made)) == []
    assert check_xml(made, emit_akn(made)) == []
    path = tmp_path / "made.docx"
    path.write_bytes(written)
    assert OpenXmlValidator().validate(path).errors == []


def test_word_is_told_the_direction_of_paragraphs_sections_tables_and_numbers() -> None:
    data = emit_docx(document())
    styles = part(data, "styles")
    assert styles.find(f"{W}style[@{W}styleId='Normal']/{W}pPr/{W}bidi") is not None
    assert dict(styles.find(f"{W}docDefaults//{W}lang").attrib) == {f"{W}val": "en-GB", f"{W}bidi": "ar-SA"}
    assert part(data, "settings").find(f"{W}themeFontLang").get(f"{W}bidi") == "ar-SA"
    assert part(data, "document").find(f"{W}body/{W}sectPr/{W}bidi") is not None
    for head in ("headerEven", "headerOdd"):
        assert part(data, head).find(f"{W}tbl/{W}tblPr/{W}bidiVisual") is not None
    assert all(level.find(f"{W}rPr/{W}rtl") is not None for level in part(data, "numbering").iter(f"{W}lvl"))


def test_a_language_written_from_left_to_right_says_nothing_of_it() -> None:
    data = emit_docx(document("en"))
    tags = {element.tag for name in PARTS for element in part(data, name).iter()}
    assert not tags & {f"{W}bidi", f"{W}rtl", f"{W}bidiVisual"}
    assert "rtl" not in emit_markdown(document("en")).decode()


@pytest.mark.parametrize("name", PARTS[:6])
def test_a_run_is_of_one_direction_and_says_so(name: str) -> None:
    runs = [
        ("".join(text.text for text in run.iter(f"{W}t")), run.find(f"{W}rPr/{W}rtl") is not None)
        for run in part(emit_docx(document()), name).iter(f"{W}r")
    ]
    shown = [(text, right) for text, right in runs if text]
    assert shown
    for text, right in shown:
        assert right or not re.search(f"[{RIGHT}]", text)
        assert not right or not re.search("[A-Za-z]", text)


@pytest.mark.parametrize(
    ("texts", "left_to_right"),
    [
        (["قرارها 98/12 المؤرخ 2 آذار/مارس 2099"], []),
        (["الوثيقة (A/99/650)، الفقرة 6"], ["A/99/650"]),
        (["القرار S/RES/9325 (2099) والنظام GPS."], ["S/RES/9325 (2099)", "GPS"]),
        (["الوثيقتان A/99/1 و A/99/2 (انظر A/99/3)."], ["A/99/1", "A/99/2", "A/99/3"]),
        (["Lighthouse Series, vol. 7 (", "A/99/650", ")."], ["Lighthouse Series, vol. 7 (", "A/99/650", ")."]),
        (["منارة ", "North", " ", "Light", " الكبرى"], ["North", " ", "Light"]),
        (["30 December 2099"], ["30 December 2099"]),
        (["1 -", "", "83"], []),
    ],
)
def test_latin_words_and_what_belongs_to_them_run_from_left_to_right(
    texts: list[str], left_to_right: list[str]
) -> None:
    found = directed(texts, language("ar"))
    assert ["".join(piece.text for piece in pieces) for pieces in found] == texts
    assert [piece.text for pieces in found for piece in pieces if not piece.right_to_left] == left_to_right


@pytest.mark.parametrize(("name", "edge"), [("footerEven", "right"), ("footerOdd", "left")])
def test_the_page_and_the_count_of_pages_are_shown_in_their_order(name: str, edge: str) -> None:
    """In a paragraph from right to left, page 2 of 5 is shown as `5/2`."""
    foot = part(emit_docx(document()), name)
    assert foot.find(f"{W}p/{W}pPr/{W}bidi").get(f"{W}val") == "0"
    assert foot.find(f"{W}p/{W}pPr/{W}jc").get(f"{W}val") == edge
    assert foot.find(f".//{W}rtl") is None
    assert part(emit_docx(document("en")), name).find(f"{W}p/{W}pPr/{W}jc") is None


def test_a_lead_phrase_may_be_bold_and_italic_in_every_format() -> None:
    made = document()
    looks = part(emit_docx(made), "styles").find(f"{W}style[@{W}styleId='LeadPhrase']/{W}rPr")
    assert [look.tag for look in looks] == [f"{W}b", f"{W}bCs", f"{W}i", f"{W}iCs"]
    assert '<span class="bold italic">إذ تشير</span>' in emit_akn(made).decode()
    assert "\n***إذ تشير*** إلى" in emit_markdown(made).decode()


def test_markdown_says_the_direction_to_pandoc_and_to_other_readers() -> None:
    front, text = emit_markdown(document()).decode().removeprefix("---\n").split("\n---\n\n")
    assert "dir: 'rtl'" in front.split("\n")
    assert text.startswith('<div dir="rtl">\n\n')
    assert text.endswith("\n\n</div>\n")


def test_languages_share_their_eids_whatever_they_print() -> None:
    def eids(code: str) -> list[str]:
        return re.findall('eId="([^"]+)"', emit_akn(document(code)).decode())

    english = eids("en")
    assert "sec_I__para_1__list_1__point_a__list_1__point_ii" in english
    assert "sec_II__para_2__content" in english
    assert [code for code in MARKS if eids(code) != english] == []
    assert '<FRBRlanguage language="ara"/>' in emit_akn(document()).decode()


def test_a_latin_line_that_begins_with_a_number_is_shown_in_its_order() -> None:
    """In a paragraph from right to left it would read `December 2099 30`."""
    parts = zipfile.ZipFile(io.BytesIO(emit_docx(document())))
    text, styles = parts.read("word/document.xml").decode(), parts.read("word/styles.xml").decode()
    assert re.findall('w:val="MastheadIssuedLatin"/></w:pPr><w:r><w:t [^>]*>([^<]*)<', text) == ["30 December 2099"]
    assert re.search('w:styleId="MastheadIssuedLatin">.*?<w:bidi w:val="0"/><w:jc w:val="right"/>', styles)
    assert "Latin" not in zipfile.ZipFile(io.BytesIO(emit_docx(document("en")))).read("word/styles.xml").decode()
