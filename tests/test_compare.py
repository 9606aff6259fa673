"""Where documents differ, and that the languages of one do not. All of them are invented."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from pipeline.cli import commands
from pipeline.compare import body, compare
from pipeline.convert import normalize
from pipeline.outline import outline, shape
from tests.builders import put

if TYPE_CHECKING:
    from click.testing import Result

    from pipeline.model import Document

ENGLISH = """A/RES/99/901
99/901. Lighthouses of the inland seas
The General Assembly,
Recalling its resolution 98/12 of 2 March 2044,1
1. Decides to keep lit:
(a) The lamps;
(b) The lanterns, in accordance with A/99/917;
2. Requests the Secretary-General to report to it on the matter.
62nd plenary meeting
2 December 2044
1 See A/99/918.
"""
FRENCH = """A/RES/99/901
99/901. Les phares des mers intérieures
L’Assemblée générale,
Rappelant sa résolution 98/12 du 2 mars 20441,
1. Décide de garder allumées :
a) Les lampes ;
b) Les lanternes, conformément au document A/99/917 ;
2. Prie le Secrétaire général de lui faire rapport sur la question.
62e séance plénière
2 décembre 2044
1 Voir A/99/918.
"""
RUSSIAN = """A/RES/99/901
99/901. Маяки внутренних морей
Генеральная Ассамблея,
ссылаясь на свою резолюцию 98/12 от 2 марта 2044 года1,
1. постановляет не гасить:
a) лампы;
b) фонари, согласно документу A/99/917;
2. просит Генерального секретаря представить ей доклад по этому вопросу.
62-е пленарное заседание,
2 декабря 2044 года
1 См. A/99/918.
"""


def document(text: str, lang: str) -> Document:
    return normalize(text.encode(), "a.txt", lang=lang).document


def unres(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["compare", *arguments], prog_name="unres")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("text", "lang"), [(FRENCH, "fr"), (RUSSIAN, "ru")])
def test_languages_of_one_document_have_one_shape(text: str, lang: str) -> None:
    english, other = document(ENGLISH, "en"), document(text, lang)
    assert [place.path for place in outline(english)][2:6] == [
        "operative 1", "operative 1 a", "operative 1 b", "operative 2",
    ]  # fmt: skip
    assert compare(english, other) == ()
    assert shape(english) == shape(other)
    assert body(english) != body(other)


def test_columns_of_a_masthead_in_any_order_are_one_record() -> None:
    left = "United Nations\n\nGeneral Assembly\n\nNinety-ninth session\n\nAgenda item 142\n\n"
    right = "A/RES/99/901\n\nDistr.: General\n\n20 December 2044\n\n"
    topic, rest = "The\nseas\n\n", ENGLISH.partition("\n")[2]
    texts = [right + left + topic + rest, left + right + topic + rest, left + topic + right + rest]
    first, *others = [body(normalize(text.encode(), "text.txt").document) for text in texts]
    assert others == [first, first]
    assert [line["role"] for line in first["masthead"]["lines"]] == [
        "publisher", "symbol", "organ", "distribution", "issued", "session", "agenda_item", "agenda_title",
    ]  # fmt: skip


def test_a_paragraph_that_one_lacks_is_one_difference() -> None:
    less = FRENCH.replace("a) Les lampes ;\n", "").replace("b) Les", "a) Les")
    found = compare(document(ENGLISH, "en"), document(less, "fr"))
    (number,) = [one for one in found if one.rule == "compare.numbers"]
    assert number[2:] == ("after operative 1 a, block 4", "operative 1 b", "")


def test_other_footnotes_references_dates_and_facts() -> None:
    other = FRENCH.replace("20441,", "2043,").replace("98/12", "98/13").replace("62e", "63e")
    found = {
        one.rule: (one.place, one.left, one.right) for one in compare(document(ENGLISH, "en"), document(other, "fr"))
    }
    assert found["compare.references"] == ("preambular, block 2", "A/RES/98/12", "A/RES/98/13")
    assert found["compare.dates"] == ("preambular, block 2", "2044-03-02", "2043-03-02")
    assert found["compare.facts"] == ("meeting", "62", "63")
    assert "compare.text" not in found


NOTED = (
    "A/RES/99/901\n\n99/901. Lighthouses\n\nThe General Assembly,\n\n"
    "Recalling the lamps,[^1] the oil[^2] and the ships,\n\nRecalling the wicks,[^3]\n\n"
    "1. Takes note of the lamps[^1] and of the fog;[^4]\n\n2. Takes note of the oil.[^2]\n\n"
    "[^1]: A/99/911.\n\n[^2]: A/99/912.\n\n[^3]: A/99/913.\n\n[^4]: A/99/914.\n"
)


def noted(text: str) -> Document:
    return normalize(text.encode(), "a.md", lang="en").document


def without_note(text: str, mark: int) -> str:
    """Take a footnote and its mentions away, and count those after it anew."""
    bare = re.sub(rf"\[\^{mark}\](?:: .*\n)?", "", text)
    return re.sub(r"\[\^(\d)\]", lambda found: f"[^{int(found[1]) - (int(found[1]) > mark)}]", bare)


@pytest.mark.parametrize(
    ("mark", "places"),
    [
        (3, [("preambular, block 3", "3")]),
        (2, [("preambular, block 2", "2"), ("operative 2, block 5", "2")]),
        (4, [("operative 1, block 4", "4")]),
    ],
)
def test_a_footnote_that_one_lacks_is_told_where_it_is_mentioned_and_not_at_those_after_it(
    mark: int, places: list[tuple[str, str]]
) -> None:
    whole, less = noted(NOTED), noted(without_note(NOTED, mark))
    found = [one for one in compare(whole, less) if one.rule == "compare.footnotes"]
    assert [one[2:] for one in found] == [("number of footnotes", "4", "3"), *((place, at, "") for place, at in places)]
    found = [one for one in compare(less, whole) if one.rule == "compare.footnotes"]
    assert [one[2:] for one in found[1:]] == [(place, "", f"+{at}") for place, at in places]


def test_a_footnote_mentioned_in_place_of_another_is_a_difference() -> None:
    other = NOTED.replace("oil.[^2]", "oil.[^3]")
    (found,) = (one for one in compare(noted(NOTED), noted(other)) if one.rule == "compare.footnotes")
    assert found[2:] == ("operative 2, block 5", "2", "3")


def test_texts_of_one_language() -> None:
    (found,) = compare(document(ENGLISH, "en"), document(ENGLISH.replace("The lamps", "The lamp"), "en"))
    assert found == ("compare.text", "warning", "operative 1 a, block 4", "The lamps;", "The lamp;")


HEAD = """United Nations

A/HRC/RES/99/4

General Assembly

Distr.: General

20 December 2044

Human Rights Council

Ninety-ninth session

Agenda item 3 (b)

Promotion of lanterns

Resolution adopted by the Human Rights Council on 12 December 2044

[on the proposal of Atlantis (A/HRC/99/L.7)]

99/4. Lanterns

The Human Rights Council,

1. Decides to keep lit the lamps.

46th meeting

12 December 2044

[Adopted by a recorded vote of 3 to 2, with no abstentions. The voting was as follows:

In favour:

Atlantis, Lilliput and Utopia

Against:

Cockaigne and Ruritania]
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("of 3 to 2", "of 6 to 2", {("compare.votes", "vote, block 4"), ("compare.text", "vote, block 4")}),
        ("Lilliput and Utopia", "Laputa and Utopia", {("compare.text", "vote, block 4")}),
        ("99/4. Lanterns", "99/4. Lamps", {("compare.text", "title")}),
        ("Promotion of", "Praise of", {("compare.text", "agenda title")}),
        ("item 3 (b)", "item 3 (c)", {("compare.facts", "agenda item"), ("compare.text", "agenda item")}),
        ("Ninety-ninth", "Ninety-eighth", {("compare.text", "session")}),
        ("20 December", "21 December", {
            ("compare.facts", "issued"), ("compare.dates", "issued"), ("compare.text", "issued"),
        }),
        ("L.7)", "L.8)", {("compare.references", "proponent"), ("compare.text", "proponent")}),
        ("of Atlantis", "of Utopia", {("compare.text", "proponent")}),
    ],
)  # fmt: skip
def test_what_is_before_and_after_the_text_of_one_language(old: str, new: str, expected: set[tuple[str, str]]) -> None:
    found = compare(document(HEAD, "en"), document(HEAD.replace(old, new), "en"))
    assert {(one.rule, one.place) for one in found} == expected


VOTED = """人权理事会，

1. 决定让灯长明。

[经记录表决，以3票赞成、2票反对、0票弃权获得通过。表决情况如下：

赞成：

大西洲、小人国和乌托邦

反对：

安乐乡和鲁里坦尼亚]
"""


def test_languages_count_the_same_votes() -> None:
    english = HEAD[HEAD.index("The Human") :].replace("46th meeting\n\n12 December 2044\n\n", "")
    assert compare(document(english, "en"), document(VOTED, "zh")) == ()
    for old, new, left, right in (
        ("2票反对", "21票反对", "against 2 (2 named)", "against 21 (2 named)"),
        ("大西洲、", "", "in favour 3 (3 named)", "in favour 3 (2 named)"),
    ):
        assert [one[2:] for one in compare(document(english, "en"), document(VOTED.replace(old, new), "zh"))] == [
            ("vote, block 3", left, right)
        ]


def test_a_paragraph_of_another_kind_or_number_in_place_of_one_is_a_difference() -> None:
    found = compare(document(ENGLISH, "en"), document(FRENCH.replace("2. Prie", "3. Prie"), "fr"))
    assert [one[2:] for one in found] == [("after operative 1 b, block 5", "operative 2", "operative 3")]


def test_a_title_that_only_one_language_has_is_a_difference() -> None:
    english = HEAD.replace("99/4. Lanterns", "")
    (found,) = compare(document(english, "en"), replace(document(HEAD, "en"), language="zz"))
    assert found == ("compare.facts", "warning", "title", "", "Lanterns")


class TestCommand:
    def test_texts_and_records(self) -> None:
        put("a.en.txt", ENGLISH.encode())
        put("a.fr.txt", FRENCH.encode())
        CliRunner().invoke(commands, ["convert", "a.fr.txt", "--to", "json"])
        result = unres("a.en.txt", "a.fr.txt", "out/a.fr.json")
        assert result.exit_code == 0, result.output
        assert result.stdout.splitlines() == [
            "a.en.txt and a.fr.txt: no difference",
            "a.en.txt and out/a.fr.json: no difference",
        ]

    def test_a_difference_is_a_finding(self) -> None:
        put("a.txt", ENGLISH.encode())
        put("b.txt", ENGLISH.replace("98/12", "98/13").encode())
        result = unres("a.txt", "b.txt")
        assert result.exit_code == 1
        assert "A/RES/98/12" in result.stdout
        assert "A/RES/98/13" in result.stdout
        assert unres("a.txt", "b.txt", "--fail-on", "never").exit_code == 0
        (entry,) = json.loads(unres("a.txt", "b.txt", "--format", "json").stdout)
        assert (entry["first"], entry["other"]) == ("a.txt", "b.txt")
        assert {found["rule"] for found in entry["differences"]} == {"compare.references", "compare.text"}

    def test_what_cannot_be_compared(self) -> None:
        put("a.txt", ENGLISH.encode())
        Path("b.json").write_text("{")
        Path("c.json").write_text("{}")
        assert unres("a.txt").exit_code == 2
        for name in ("b.json", "c.json"):
            result = unres("a.txt", name)
            assert (result.exit_code, name in result.output) == (3, True), result.output
        assert unres("a.txt", "none.txt").exit_code == 5
