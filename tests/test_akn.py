"""Akoma Ntoso: every structure, in two languages, held to the schema, the rules and the text law.

All texts are invented; the symbols (session 99) do not exist.
"""

from __future__ import annotations

import importlib.util
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline.convert import normalize
from pipeline.emit.akn import emit_akn
from pipeline.model import (
    AnnexStart,
    Block,
    Document,
    Footnote,
    Masthead,
    Paragraph,
    Reference,
    Run,
    Target,
    Title,
)
from pipeline.validate.xml import check_xml, rule_errors, xml_text, xsd_errors
from pipeline.walk import plain
from tests.builders import (
    INVENTED,
    NOWHERE,
    Piece,
    closing,
    date,
    enacting,
    heading,
    inlines,
    item,
    lead,
    line,
    loose,
    mark,
    note,
    operative,
    part,
    preambular,
    table,
    vote,
)

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
NO_MASTHEAD = Masthead(None, None, None, None, None, None, None, ())
CHECKER = Path(__file__).parents[1].parent / "shared" / "score" / "akn_check.py"


def fragment(*blocks: Block, notes: tuple[Footnote, ...] = (), language: str = "en", **fields: Any) -> Document:
    masthead = fields.get("masthead", NO_MASTHEAD)
    return Document(language, masthead, fields.get("title"), blocks, notes, INVENTED)


def english() -> Document:
    cited = Reference("77/12 A", Target("resolution", "A/RES/77/12A", "unga", "77-12A", "2022-12-01"), NOWHERE)
    report = Reference("A/99/650", Target("document", "A/99/650"), NOWHERE)
    masthead = Masthead(
        *("unga", "A/RES/99/901", "99/901", "Ninety-ninth session", "2099-12-30", "2099-12-24", "83"),
        (
            line("publisher", "United Nations"),
            line("symbol", "A/RES/99/901", mark("*")),
            line("organ", "General Assembly"),
            line("distribution", "Distr.: General"),
            line("issued", date("30 December 2099", "2099-12-30")),
            line("session", "Ninety-ninth session"),
            line("agenda_item", "Agenda item 138 (a)"),
            line("agenda_title", "Invention"),
            line("adopted", "Resolution adopted by the General Assembly on ", date("24 December 2099", "2099-12-24")),
            line("proponent", "[on the report of the Fifth Committee (", report, ", para. 6)]"),
        ),
    )
    title = Title("99/901.", inlines("Questions of invention"), NOWHERE)
    return fragment(
        enacting(Run("The General Assembly", NOWHERE, "italic"), ","),
        preambular(lead("Recalling"), " resolution ", cited, " of ", date("1 December 2022", "2022-12-01"), mark("1")),
        preambular(
            lead("Noting"), ":",
            children=(item("(a)", "One,"), item("(b)", "Two:", children=(item("(i)", "Three & <four>,"),))),
        ),
        heading("I", 1, "First section"),
        preambular(lead("Having considered"), " the report,"),
        operative("1.", lead("Takes note"), " of it;", mark("1", repeated=True)),
        operative(
            "2.", lead("Requests"), " the Secretary-General:",
            children=(
                item("(a)", "To report;"),
                item("(b)", "To provide:", children=(item("(i)", "A plan;"), item("(ii)", "A budget;"))),
                item(None, "in good time;"),
            ),
        ),
        heading("II", 1, "Second section"),
        heading("A.", 2, "Part"),
        heading(None, 3, "Unnumbered heading"),
        operative("1.", lead("Approves"), " the rest.", mark("2")),
        closing(("meeting", "83rd plenary meeting"), ("date", date("24 December 2099", "2099-12-24"))),
        AnnexStart("I", inlines("Annex I"), inlines("Terms of reference"), NOWHERE),
        item(None, "We, the inventors,"),
        heading("A.", 1, "Mandate"),
        item("1.", "The mandate.", mark("3")),
        AnnexStart("II", inlines("Annex II"), (), NOWHERE),
        item("1.", "More."),
        notes=(note("*", "Reissued."), note("1", "See ", report, "."), note("2", "Ibid."), note("3", "Ibid., annex.")),
        masthead=masthead,
        title=title,
    )  # fmt: skip


def chinese() -> Document:
    cited = Reference("第77/12A号决议", Target("resolution", "A/RES/77/12A", "unga", "77-12A", "2022-12-01"), NOWHERE)
    report = Reference("A/99/650", Target("document", "A/99/650"), NOWHERE)
    masthead = Masthead(
        *("unga", "A/RES/99/901", "99/901", "第九十九届会议", "2099-12-30", "2099-12-24", "83"),
        (
            line("publisher", "联合国"),
            line("symbol", "A/RES/99/901", mark("*")),
            line("organ", "大会"),
            line("distribution", "Distr.: General"),
            line("issued", date("2099年12月30日", "2099-12-30")),
            line("session", "第九十九届会议"),
            line("agenda_item", "议程项目138(a)"),
            line("agenda_title", "发明"),
            line("adopted", date("2099年12月24日", "2099-12-24"), "大会决议"),
            line("proponent", "[根据第五委员会的报告(", report, "，第6段)通过]"),
        ),
    )
    return fragment(
        enacting("大会，"),
        preambular(lead("回顾"), "其", date("2022年12月1日", "2022-12-01"), cited, "，", mark("1")),
        preambular(
            lead("注意到"), "：",
            children=(item("(a)", "一，"), item("(b)", "二：", children=(item("㈠", "三与<四>，"),))),
        ),
        heading("一", 1, "第一节"),
        preambular(lead("审议了"), "报告，"),
        operative("1.", lead("注意到"), "报告；", mark("1", repeated=True)),
        operative(
            "2.", lead("请"), "秘书长：",
            children=(
                item("(a)", "报告；"),
                item("(b)", "提供：", children=(item("㈠", "计划；"), item("(二)", "预算；"))),
                item(None, "并及时办理；"),
            ),
        ),
        heading("二", 1, "第二节"),
        heading("A.", 2, "部分"),
        heading(None, 3, "无编号标题"),
        operative("1.", lead("核准"), "其余部分。", mark("2")),
        closing(("date", date("2099年12月24日", "2099-12-24")), ("meeting", "第83次全体会议")),
        AnnexStart("一", inlines("附件一"), inlines("职权范围"), NOWHERE),
        item(None, "我们发明者，"),
        heading("A.", 1, "任务"),
        item("1.", "任务规定。", mark("3")),
        AnnexStart("二", inlines("附件二"), (), NOWHERE),
        item("1.", "其他。"),
        notes=(note("*", "重新印发。"), note("1", "见", report, "。"), note("2", "同上。"), note("3", "同上，附件。")),
        language="zh",
        masthead=masthead,
        title=Title("99/901.", inlines("发明问题"), NOWHERE),
    )  # fmt: skip


def council() -> Document:
    masthead = Masthead(
        *("unsc", "S/RES/9901 (2099)", "9901 (2099)", None, "2099-11-20", "2099-11-20", "9527"),
        (
            line("publisher", "United Nations"),
            line("symbol", "S/RES/9901 (2099)"),
            line("organ", "Security Council"),
            line("distribution", "Distr.: General"),
            line("issued", "20 November 2099"),
            line("resolution", "Resolution 9901 (2099)"),
            line(
                *("adopted", "Adopted by the Security Council at its 9527th meeting, on "),
                date("20 November 2099", "2099-11-20"),
            ),
        ),
    )
    return fragment(
        enacting("The Security Council,"),
        preambular(lead("Recalling"), " itself,"),
        operative("1.", lead("Decides"), " to remain seized of the matter."),
        masthead=masthead,
    )


def draft() -> Document:
    lines = (
        line("publisher", "United Nations"),
        line("symbol", "A/C.1/99/L.5"),
        line("distribution", "Distr.: Limited"),
        line("original", "Original: French"),
        line("committee", "First Committee"),
        line("sponsors", "Iceland and Samoa:", mark("*"), " draft resolution"),
    )
    return fragment(
        enacting("The General Assembly"),
        operative(None, lead("Decides"), " to invent."),
        masthead=Masthead("unga", "A/C.1/99/L.5", None, None, "2099-10-01", None, None, lines),
        title=Title(None, inlines("Invention"), NOWHERE),
        notes=(note("*", "On behalf of others."),),
    )


def mixed() -> Document:
    """Return what no resolution should be: everything out of place."""
    return fragment(
        loose("Before everything"),
        item("(a)", "a stray item"),
        enacting("The General Assembly,"),
        item(None, "words between"),
        preambular("without a lead phrase, and much longer than forty characters in all,", mark("9")),
        closing(("meeting", "1st meeting"), ("date", date("1 May 2098", "2098-05-01"))),
        preambular(lead("Recalling"), ":", children=(item(None, "first"), item("(a)", "then"), item(None, "tail"))),
        enacting("The General Assembly,"),
        operative("1.", children=(item("(a)", "no words of its own"),)),
        operative("1.", "again", children=(item(None, "plain"), item(None, "more"))),
        operative(
            "2.", "intro",
            children=(
                item(None, "plain"), item("•", "one"), item("•", "two"), item(None, "tail"), item(None, "tail 2"),
                item(None, "new", children=(item("(a)", "x"),)), item("(b)", "y"), item(None, "end"),
            ),
        ),
        operative("3.", children=(item(None, "only", children=(item(None, "nested"),)),)),
        operative("4."),
        heading(None, 2), heading("A", 3, "Low"), heading("A", 1, "High"), enacting("The Council,"),
        preambular("Recalling:", children=(item("(a)", "x"),)), loose(" "), item(None, "Unnumbered"),
        closing(("meeting", "2nd meeting"), ("date", date("30 February 2099", "2099-02-30"))),
        item("2", "after the closing"), loose("and last", mark("*"), mark("*"), mark("7", repeated=True)),
        AnnexStart(None, (), (), NOWHERE),
        AnnexStart(None, inlines("Annex", mark("1")), inlines("Title"), NOWHERE),
        vote("without_vote", "[Adopted without a vote.]"), closing(("date", date("1 May 2098", "2098-05-01"))),
        table(("Lamp", "Oil"), ("One", ""), caption="Lamps"), part("C", "Late part"),
        preambular("Mindful,"),
        notes=(note("*", "Star."), note("*", "Another ", mark("1")), note("1", "One."), note("2", "Never."), note("3")),
    )  # fmt: skip


DOCUMENTS = {
    "english": english,
    "chinese": chinese,
    "council": council,
    "draft": draft,
    "mixed": mixed,
    "empty": fragment,
}


def eids(data: bytes) -> set[str]:
    return {value for element in etree.fromstring(data).iter(etree.Element) if (value := element.get("eId"))}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_schema_rules_and_text_hold(name: str) -> None:
    document = DOCUMENTS[name]()
    data = emit_akn(document)
    assert xsd_errors(data) == []
    assert rule_errors(data) == []
    assert check_xml(document, data) == []


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("english", set()),
        ("chinese", {"I6"}),  # sections are numbered 一 in Chinese and I elsewhere: one eId for both
        ("council", set()),
        ("draft", set()),
        ("empty", {"S1"}),  # a text without a title has no preface, for none is invented
        ("mixed", {"S1", "S9", "N6", "I6"}),
    ],
)
def test_independent_checker_agrees(name: str, allowed: set[str], tmp_path: Path) -> None:
    if not CHECKER.is_file():
        pytest.skip(f"the independent checker is not here: {CHECKER}")
    spec = importlib.util.spec_from_file_location("akn_check", CHECKER)
    assert spec
    assert spec.loader
    checker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(checker)
    path = tmp_path / "out.xml"
    path.write_bytes(emit_akn(DOCUMENTS[name]()))
    findings = checker.check(str(path))
    assert [finding for finding in findings if finding[0] == "E"] == []
    assert {finding[1] for finding in findings} <= allowed, findings


def test_languages_share_their_eids() -> None:
    assert eids(emit_akn(english())) == eids(emit_akn(chinese()))


def test_same_bytes_and_the_markup_date_given() -> None:
    assert emit_akn(english()) == emit_akn(english())
    assert b'<FRBRdate date="2100-01-02" name="markup"/>' in emit_akn(english(), markup_date="2100-01-02")
    assert b'<FRBRdate date="2099-12-24" name="markup"/>' in emit_akn(english())
    assert b'<FRBRdate date="0001-01-01" name="markup"/>' in emit_akn(fragment())


def test_first_mention_is_the_note_and_a_second_refers_to_it() -> None:
    root = etree.fromstring(emit_akn(english()))
    order = [element.get("marker") for element in root.iter(f"{AKN}authorialNote", f"{AKN}noteRef")]
    assert order == ["*", "1", "1", "2", "3"]
    editorial, again = root.iter(f"{AKN}noteRef")
    assert (editorial.get("href"), editorial.get("class")) == ("#note_1", None)
    assert (again.get("href"), again.get("eId")) == ("#authorialNote_1", "noteRef_2")


def test_a_mark_without_footnote_is_printed_and_a_footnote_without_mark_is_kept() -> None:
    data = emit_akn(fragment(operative("1.", "Text.", mark("4")), notes=(note("5", "Kept."),)))
    assert b'Text.<sup class="footnote">4</sup><authorialNote' in data
    assert xml_text(data).notes == (("5", "Kept."),)
    assert xml_text(data).text == "1.Text.[4]"


def test_a_mark_used_twice_gets_two_markers() -> None:
    document = fragment(operative("1.", mark("*"), "a", mark("*"), "b"), notes=(note("*", "A."), note("*", "B.")))
    root = etree.fromstring(emit_akn(document))
    assert [found.get("marker") for found in root.iter(f"{AKN}authorialNote")] == ["*", "*_2"]
    assert check_xml(document, emit_akn(document)) == []


def test_citations_are_linked_as_far_as_they_are_known() -> None:
    def cite(target: Target) -> str:
        data = emit_akn(fragment(operative("1.", Reference("x", target, NOWHERE)))).decode()
        found = re.search(r"<content.*?<p[^>]*>(.*?)</p>", data)
        assert found
        return found[1]

    full = cite(Target("resolution", "S/RES/9902 (2098)", "unsc", "9902-2098", "2098-01-02"))
    assert full == '<ref eId="ref_1" href="/akn/un/statement/deliberation/unsc/2098-01-02/9902-2098">x</ref>'
    undated = cite(Target("resolution", "S/RES/9902 (2098)", "unsc", "9902-2098"))
    assert undated == '<a href="https://docs.un.org/en/S/RES/9902(2098)">x</a>'
    assert cite(Target("decision", None, "unga", "99-501")) == "x"
    assert "<a " in cite(Target("resolution", "A/RES/98/1", "unga", "98-1", "2098-02-30"))


def test_facts_of_the_first_page_and_the_closing() -> None:
    root = etree.fromstring(emit_akn(english()))
    assert root.findtext(f".//{AKN}coverPage//{AKN}docNumber") == "A/RES/99/901"
    assert root.findtext(f".//{AKN}preface//{AKN}docNumber") == "99/901"
    session = root.find(f".//{AKN}session")
    assert session is not None
    assert session.get("value") == "99"
    location = root.find(f".//{AKN}location")
    assert location is not None
    assert location.xpath("string()") == "83rd plenary meeting"
    assert root.findtext(f".//{AKN}location/{AKN}quantity") == "83rd"


def test_a_council_resolution_is_headed_in_the_preface() -> None:
    root = etree.fromstring(emit_akn(council()))
    names = [found.get("name") for found in root.iterfind(f".//{AKN}preface/{AKN}container")]
    assert names == ["publicationInfo", "publicationHeading"]
    assert root.findtext(f".//{AKN}preface//{AKN}docType") == "Resolution"
    assert root.findtext(f".//{AKN}preface//{AKN}docNumber") == "9901 (2099)"
    assert root.xpath("//*[local-name()='FRBRWork']/*[local-name()='FRBRuri']/@value") == [
        "/akn/un/statement/deliberation/unsc/2099-11-20/9901-2099"
    ]


def test_a_draft_is_named_dated_and_numbered_from_its_first_page() -> None:
    data = emit_akn(draft()).decode()
    assert '<statement name="resolutionDraft"' in data
    assert "/deliberation/unga/2099-10-01/C.1-99-L.5/eng@" in data
    assert '<FRBRdate date="2099-10-01" name="publication"/>' in data
    assert "<workflow" not in data
    assert 'fromLanguage="fra"' in data
    assert '<paragraph eId="para_1"><content' in data


def test_a_draft_decision_is_named_so() -> None:
    found = draft()
    lines = (*found.masthead.lines[:-1], line("proponent", "Draft decision submitted by the Bureau"))
    data = emit_akn(replace(found, masthead=replace(found.masthead, lines=lines))).decode()
    assert '<statement name="decisionDraft"' in data


def test_what_has_no_number_takes_none_that_is_or_may_be_printed_beside_it() -> None:
    blocks = (
        operative(None, "We meet."),
        operative("1.", "Decides one."),
        operative(None, "We go on."),
        operative("2.", "Decides two."),
        heading("I", 1, "Lamps"),
        operative(None, "No number stands here."),
        heading(None, 3, "A heading"),
        heading("1", 3, "Another"),
        operative("3.", "Decides three."),
    )
    data = emit_akn(fragment(*blocks))
    assert check_xml(fragment(*blocks), data) == []
    names = (f"{AKN}paragraph", f"{AKN}section", f"{AKN}division")
    found = [element.get("eId") for element in etree.fromstring(data).iter(*names)]
    assert found == [
        "para_nn_1", "para_1", "para_nn_2", "para_2", "sec_I", "sec_I__para_nn_1",
        "sec_I__dvs_nn_1", "sec_I__dvs_1", "sec_I__dvs_1__para_3",
    ]  # fmt: skip


def test_text_is_normalised_and_stripped_of_what_xml_cannot_hold() -> None:
    data = emit_akn(fragment(operative("1.", "Cafe\u0301 \x00\x0b&<>\"'")))
    assert "Café &amp;&lt;&gt;\"'" in data.decode()
    assert xsd_errors(data) == []


def test_random_documents_hold() -> None:
    chance = random.Random(99)  # noqa: S311  # the same documents each time, no secret
    marks = ("1", "2", "3", "*", "9")

    def words() -> tuple[Piece, ...]:
        pieces: list[Piece] = [f"w{chance.randrange(99)}"] * chance.randrange(3)
        if chance.random() < 0.3:
            pieces.append(mark(chance.choice(marks), repeated=chance.random() < 0.5))
        return tuple(pieces)

    def items(depth: int) -> tuple[Paragraph, ...]:
        count = chance.randrange(4) if depth else 0
        numbers = (chance.choice((None, "(a)", "(b)", "•", "i.")) for _ in range(count))
        return tuple(item(number, *words(), children=items(depth - 1)) for number in numbers)

    def block() -> Block:
        number = chance.choice((None, "1.", "2.", "(a)"))
        return chance.choice(
            (
                lambda: heading(chance.choice((None, "I", "A")), chance.randint(1, 3), *words()),
                lambda: operative(number, *words(), children=items(3)),
                lambda: item(number, *words(), children=items(2)),
                lambda: preambular(*words(), children=items(2)),
                lambda: enacting(*words()),
                lambda: loose(*words()),
                lambda: closing(("meeting", "3rd meeting"), ("date", date("1 May 2099", "2099-05-01"))),
                lambda: AnnexStart(None, inlines(*words()), inlines(*words()), NOWHERE),
            )
        )()

    for _ in range(150):
        blocks = [block() for _ in range(chance.randrange(9))]
        notes = tuple(note(sign, "Note.") for sign in chance.sample(marks, 3))
        document = fragment(*blocks, notes=notes)
        assert check_xml(document, emit_akn(document)) == [], document


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('eId="sec_I__para_1"', 'eId="sec_I__para_2"', "eid.unique: eId sec_I__para_2 is that of the <paragraph>"),
        ('outcome="#adopted"', 'outcome="#rejected"', "@outcome=“#rejected” of <step> points to nothing"),
        ('as="#author" outcome', 'as="#unga" outcome', "@as=“#unga” of <step> points to a <TLCOrganization>"),
        ('href="https://docs.un.org/en/A/99/650"', 'href="A/99/650"', "@href=“A/99/650” of <a> is no absolute URL"),
        ('marker="2" placement', 'marker="3" placement', "marker 3 is that of the footnote in line"),
        ("<p>Ibid.</p>", "<p> </p>", "footnote 2 is empty"),
        ('href="#authorialNote_1"', 'href="#authorialNote_2"', "the mention is marked “1”, its footnote “2”"),
        ('<FRBRnumber value="99-901"', '<FRBRnumber value="99-902"', "frbr.number: the number is “99-902”"),
        (
            'docNumber refersTo="#resolutionNumber">99/901',
            'docNumber refersTo="#resolutionNumber">99/902',
            "is numbered “99",
        ),
        ('docDate date="2099-12-24"', 'docDate date="2099-12-25"', "the conclusions are dated 2099-12-25"),
        ("To report;", "To retort;", "text differs"),
        ("<p>Reissued.</p>", "<p>Reissued!</p>", "footnote * is not in the XML as it reads"),
        ("<num>2.</num>", "", "text differs"),
        ('<noteRef eId="noteRef_1"', '<noteref eId="noteRef_1"', "file.schema:"),
        ("</akomaNtoso>", "", "not well-formed"),
    ],
)
def test_a_broken_file_is_caught(old: str, new: str, message: str) -> None:
    text = emit_akn(english()).decode()
    assert old in text
    found = check_xml(english(), text.replace(old, new, 1).encode())
    assert any(message in error for error in found), found


def test_a_mention_before_its_note_and_an_html_list_are_caught() -> None:
    text = emit_akn(english()).decode()
    found = re.search(r"<noteRef[^>]*class[^>]*>", text)
    assert found
    moved = text.replace(found[0], "").replace("<formula", f"<p>{found[0]}</p><formula", 1)
    assert any("mention of footnote 1 stands before" in error for error in rule_errors(moved.encode()))
    listed = text.replace("<p>To report;</p>", "<ul><li><p>To report;</p></li></ul>")
    assert any("<ul> is not allowed in a resolution" in error for error in rule_errors(listed.encode()))


def test_a_lost_block_is_caught() -> None:
    document = english()
    shorter = replace(document, blocks=document.blocks[:-1])
    assert any("text differs" in error for error in check_xml(document, emit_akn(shorter)))
    fewer = replace(document, footnotes=document.footnotes[:-1])
    assert any("footnote 3" in error for error in check_xml(document, emit_akn(fewer)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Agenda item 98 (f)"),
        ("fr", "Point 98 f) de l’ordre du jour"),
        ("es", "Tema 98 f) del programa"),
        ("ru", "Пункт 98 f) повестки дня"),
        ("de", "Tagesordnungspunkt 98 f)"),
        ("ar", "البند 98 (و) من جدول الأعمال"),
        ("zh", "议程项目98(f)"),
    ],
)
def test_an_agenda_item_has_its_letter_in_every_language(language: str, text: str) -> None:
    lines = (line("agenda_item", text),)
    root = etree.fromstring(emit_akn(fragment(masthead=replace(NO_MASTHEAD, lines=lines), language=language)))
    assert [one.get("title") for one in root.iter(f"{AKN}inline")] == ["98(f)"]


def test_the_preface_of_a_draft_without_a_title_is_its_sponsors() -> None:
    lines = (line("symbol", "S/2099/826"), line("sponsors", "Atlantis: draft resolution"))
    masthead = replace(NO_MASTHEAD, organ="unsc", symbol="S/2099/826", lines=lines)
    data = emit_akn(fragment(enacting("The Security Council,"), operative("1.", "Decides."), masthead=masthead))
    preface = next(etree.fromstring(data).iter(f"{AKN}preface"))
    assert preface.findtext(f".//{AKN}docTitle/{AKN}docProponent") == "Atlantis: draft resolution"
    assert rule_errors(data) == []


def test_the_type_of_a_resolution_is_told_where_a_comma_follows_its_number() -> None:
    lines = (line("resolution", "Резолюция 9902 (2099),"),)
    masthead = replace(NO_MASTHEAD, organ="unsc", number="9902 (2099)", lines=lines)
    root = etree.fromstring(emit_akn(fragment(masthead=masthead, language="ru")))
    assert [one.text for one in root.iter(f"{AKN}docType")] == ["Резолюция"]


def test_the_star_of_a_symbol_is_of_an_editorial_note_and_that_of_a_sponsor_of_a_footnote() -> None:
    lines = (line("symbol", "A/C.3/99/L.2", mark("*")), line("sponsors", "Utopia:", mark("**"), " draft resolution"))
    masthead = replace(NO_MASTHEAD, organ="unga", symbol="A/C.3/99/L.2", lines=lines)
    notes = (note("*", "Reissued for technical reasons."), note("**", "Of the isles."))
    document = fragment(operative("1.", "Decides."), masthead=masthead, notes=notes)
    data = emit_akn(document)
    root = etree.fromstring(data)
    assert [one.get("marker") for one in root.iterfind(f".//{AKN}meta/{AKN}notes/{AKN}note")] == ["*"]
    assert [one.get("href") for one in root.iter(f"{AKN}noteRef")] == ["#note_1"]
    assert [one.get("eId") for one in root.iter(f"{AKN}authorialNote")] == ["authorialNote_star_2"]
    check_xml(document, data)
    read = normalize(data, "a.xml", lang="en").document
    assert {(each.mark, plain(each.inlines)) for each in read.footnotes} == {
        ("*", "Reissued for technical reasons."),
        ("**", "Of the isles."),
    }
