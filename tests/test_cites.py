"""What documents cite, and what they do with it. The resolutions are invented."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import get_args

import networkx as nx
import pytest

from pipeline.cites import Citation, citations
from pipeline.cites.relations import Relation, relation
from pipeline.convert import convert, normalize
from pipeline.languages import codes, language
from tests.builders import put, resolution, unres

TEXT = """A/RES/99/901

Resolution adopted by the General Assembly on 1 March 2045

99/901. Lighthouses

The General Assembly,

Recalling its resolutions 98/12 of 2 March 2044 and 98/13,[^1]

Noting with concern the report of the keepers,[^2]

1. Decides, in accordance with its resolution 98/12:

(a) To keep the lamps of the report A/99/7;

(b) To read document A/99/8;

2. Welcomes Economic and Social Council decision 2044/201 A of 3 March 2044.

Annex

Rules

1. Reaffirms resolution 98/14 of 4 March 2044.

[^1]: See A/98/5.

[^2]: A/99/6.
"""
PHRASES = {
    "ar": ("وإذ تشير إلى", "تقرر", "وإذ تلاحظ مع القلق"),
    "de": ("unter Hinweis auf", "beschließt", "mit Besorgnis feststellend"),
    "en": ("Recalling also", "Decides", "Noting with concern"),
    "es": ("Recordando también", "Decide", "Observando con preocupación"),
    "fr": ("Rappelant également", "Décide", "Notant avec préoccupation"),
    "ru": ("ссылаясь также на", "постановляет", "отмечая с обеспокоенностью"),
    "zh": ("又回顾", "决定", "关切地注意到"),
}


def cited(text: str = TEXT) -> tuple[Citation, ...]:
    return citations(normalize(text.encode(), "a.md", lang="en").document)


def test_each_citation_has_its_work_its_place_and_its_relation() -> None:
    found = [
        (one.target, one.relation, one.zone, one.eid, one.mentioned_in) for one in cited() if one.zone != "masthead"
    ]
    assert found == [
        ("A/RES/98/12", "recalls", "preamble", "preamble__container_1", ""),
        ("A/RES/98/13", "recalls", "preamble", "preamble__container_1", ""),
        ("A/RES/98/12", "decides", "operative", "para_1", ""),
        ("A/99/7", "decides", "operative", "para_1__list_1__point_a", ""),
        ("A/99/8", "decides", "operative", "para_1__list_1__point_b", ""),
        ("decision unecosoc 2044-201A", "welcomes", "operative", "para_2", ""),
        ("A/RES/98/14", "cites", "annex", "att_1__para_1", ""),
        ("A/98/5", "recalls", "footnote", "authorialNote_1", "preamble__container_1"),
        ("A/99/6", "notes", "footnote", "authorialNote_2", "preamble__container_2"),
    ]


def test_places_are_those_of_the_xml() -> None:
    xml = convert(TEXT.encode(), "a.md", lang="en", formats=("xml",)).files["xml"].decode()
    for one in cited():
        assert not one.eid or f'eId="{one.eid}"' in xml


def test_dates_and_addresses_of_works() -> None:
    first, second, *_ = cited()
    assert (first.date, first.iri) == ("2044-03-02", "/akn/un/statement/deliberation/unga/2044-03-02/98-12")
    assert (second.date, second.iri, second.url) == (None, None, "https://docs.un.org/en/A/RES/98/13")


@pytest.mark.parametrize("code", sorted(codes()))
def test_relations_are_the_same_in_every_language(code: str) -> None:
    assert [relation(phrase, language(code)) for phrase in PHRASES[code]] == ["recalls", "decides", "notes"]
    assert relation("", language(code)) == "cites"
    assert set(language(code).words["relations"]) == set(get_args(Relation)) - {"cites"}


def test_a_document_does_not_cite_itself() -> None:
    left = TEXT.replace("To keep the lamps", "To keep A/RES/99/901 the lamps")
    assert "A/RES/99/901" not in {one.target for one in cited(left)}


PARAGRAPHS = {
    "ar": ("تشير إلى الفقرة ٤ من قرارها 98/12،", "4"),
    "de": ("unter Hinweis auf Ziffer 4 der Resolution 98/12,", "4"),
    "en": ("Recalling paragraphs 4 (b) and 7 of its resolution 98/12,", "4 (b) and 7"),
    "es": ("Recordando el párrafo 4 b) de su resolución 98/12,", "4 b)"),
    "fr": ("Rappelant le paragraphe 4 b) de sa résolution 98/12,", "4 b)"),
    "ru": ("ссылаясь на пункты 4 и 7 своей резолюции 98/12,", "4 и 7"),
    "zh": ("回顾其第98/12号决议第4和7段，", "4和7"),
}
ENACTED = {
    "ar": "إن الجمعية العامة،",
    "de": "Die Generalversammlung,",
    "en": "The General Assembly,",
    "es": "La Asamblea General,",
    "fr": "L’Assemblée générale,",
    "ru": "Генеральная Ассамблея,",
    "zh": "大会，",
}


@pytest.mark.parametrize("code", sorted(codes()))
def test_the_paragraph_of_a_work_is_told_where_it_is_printed(code: str) -> None:
    text, printed = PARAGRAPHS[code]
    lines = ("A/RES/99/901", ENACTED[code], text, text.translate({ord(each): "x" for each in "4٤"}))
    found = citations(normalize("\n\n".join(lines).encode(), "a.txt", lang=code).document)
    assert [(one.target, one.paragraph) for one in found] == [("A/RES/98/12", printed), ("A/RES/98/12", None)]


RANGES = {
    "ar": "تشير إلى الفقرات 10–12 من قرارها 98/12،",
    "de": "unter Hinweis auf die Ziffern 10–12 der Resolution 98/12,",
    "en": "Recalling paragraphs 10–12 of its resolution 98/12,",
    "es": "Recordando los párrafos 10–12 de su resolución 98/12,",
    "fr": "Rappelant les paragraphes 10–12 de sa résolution 98/12,",
    "ru": "ссылаясь на пункты 10–12 своей резолюции 98/12,",
    "zh": "回顾其第98/12号决议第10–12段，",
}


@pytest.mark.parametrize("code", sorted(codes()))
def test_paragraphs_from_one_to_another_may_have_a_dash_between(code: str) -> None:
    text = "\n\n".join(("A/RES/99/901", ENACTED[code], RANGES[code]))
    (found,) = citations(normalize(text.encode(), "a.txt", lang=code).document)
    assert found.paragraph == "10–12"


@pytest.mark.usefixtures("own_folder")
class TestCommand:
    def test_text_and_json(self) -> None:
        put(Path("a.md"), TEXT.encode())
        told = unres("cites", "a.md")
        assert told.exit_code == 0
        first, second, *_ = told.output.splitlines()
        assert first == "a.md: A/RES/99/901 cites 9 times"
        assert second == (
            "  recalls    A/RES/98/12  “98/12”  preamble preamble__container_1  "
            "/akn/un/statement/deliberation/unga/2044-03-02/98-12"
        )
        (document,) = json.loads(unres("cites", "a.md", "--to", "json").output)
        assert (document["work"], len(document["citations"])) == ("A/RES/99/901", 9)
        assert set(document["citations"][0]) == set(Citation._fields)

    def test_networkx_reads_the_graph(self) -> None:
        put(Path("in/a.txt"), resolution())
        put(Path("in/sub/b.txt"), resolution("A/RES/98/12").replace(b"98/12 of 2 March 2044", b"97/3"))
        Path("graph").write_bytes(unres("cites", "in", "--to", "graphml").stdout_bytes)
        graph = nx.read_graphml("graph")
        assert set(graph.nodes) == {"A/RES/99/901", "A/RES/98/12", "A/RES/97/3"}
        assert graph.nodes["A/RES/99/901"]["files"] == "in/a.txt"
        assert graph.nodes["A/RES/99/901"]["title"] == "Lighthouses of the inland seas"
        assert "files" not in graph.nodes["A/RES/97/3"]
        assert dict(graph.edges["A/RES/99/901", "A/RES/98/12"]) == {"id": "e2", "relation": "recalls", "weight": 1}
        edges = list(csv.DictReader(io.StringIO(unres("cites", "in", "--to", "edges").output)))
        assert {(one["source"], one["target"]) for one in edges} == set(graph.edges())

    def test_records_say_the_same_as_the_documents(self) -> None:
        put(Path("in/a.txt"), resolution())
        assert unres("convert", "in", "--to", "json,md").exit_code == 0
        written, read = (unres("cites", folder, "--to", "edges").output for folder in ("out", "in"))
        assert written == read
        assert "A/RES/99/901,A/RES/98/12,recalls,1" in read

    def test_languages_of_a_document_are_one_work(self) -> None:
        for name in ("a.en.txt", "b.en.txt"):
            put(Path(name), resolution())
        rows = list(csv.DictReader(io.StringIO(unres("cites", "a.en.txt", "b.en.txt", "--to", "edges").output)))
        assert [(row["source"], row["weight"]) for row in rows] == [("A/RES/99/901", "1")]

    def test_files_of_one_name_are_two_documents(self) -> None:
        for folder, symbol in (("a", "A/RES/99/901"), ("b", "A/RES/99/902")):
            put(Path(folder, "source.txt"), resolution(symbol))
        told = unres("cites", "a/source.txt", "b/source.txt")
        assert told.exit_code == 0, told.output
        assert "A/RES/99/901 cites" in told.output
        assert "A/RES/99/902 cites" in told.output

    def test_no_cell_is_a_formula(self) -> None:
        put(Path("=now().txt"), resolution())
        (row,) = csv.DictReader(io.StringIO(unres("cites", "=now().txt", "--to", "csv").output))
        assert row["file"] == "'=now().txt"

    def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(self) -> None:
        put(Path("a.txt"), resolution())
        put(Path("b.txt"), b"")
        told = unres("cites", "b.txt", "a.txt")
        assert told.exit_code == 3
        assert "b.txt" in told.stderr
        assert "A/RES/99/901 cites" in told.stdout
