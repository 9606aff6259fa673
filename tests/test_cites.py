"""What documents cite, and what they do with it. The resolutions are invented."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import get_args

import networkx
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

(b) Also requests the keepers to read document A/99/8;

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
    found = [(one.target, one.relation, one.zone, one.eid, one.mentioned_in) for one in cited() if one.zone != "masthead"]
    assert found == [
        ("A/RES/98/12", "recalls", "preamble", "recital_1", ""),
        ("A/RES/98/13", "recalls", "preamble", "recital_1", ""),
        ("A/RES/98/12", "decides", "operative", "para_1", ""),
        ("A/99/7", "decides", "operative", "para_1__item_a", ""),
        ("A/99/8", "requests", "operative", "para_1__item_b", ""),
        ("decision unecosoc 2044-201A", "welcomes", "operative", "para_2", ""),
        ("A/RES/98/14", "unknown", "annex", "att_1__para_1", ""),
        ("A/98/5", "recalls", "footnote", "fn_1", "recital_1"),
        ("A/99/6", "notes", "footnote", "fn_2", "recital_2"),
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
    assert relation("", language(code)) == "unknown"
    assert set(language(code).words["relations"]) == set(get_args(Relation)) - {"unknown"}


def test_a_document_does_not_cite_itself() -> None:
    left = TEXT.replace("To keep the lamps", "To keep A/RES/99/901 the lamps")
    assert "A/RES/99/901" not in {one.target for one in cited(left)}


@pytest.mark.usefixtures("own_folder")
class TestCommand:
    def test_text_and_json(self) -> None:
        put(Path("a.md"), TEXT.encode())
        told = unres("cites", "a.md")
        assert told.exit_code == 0
        first, second, *_ = told.output.splitlines()
        assert first == "A/RES/99/901 (en): 8 works in 9 places"
        assert second == "  recital_1: recalls: 98/12 -> A/RES/98/12, 2044-03-02"
        (document,) = json.loads(unres("cites", "a.md", "--format", "json").output)
        assert (document["symbol"], len(document["citations"])) == ("A/RES/99/901", 9)
        assert set(document["citations"][0]) == set(Citation._fields)

    def test_graph_of_a_folder_that_was_converted(self) -> None:
        put(Path("in/a.txt"), resolution())
        put(Path("in/sub/b.txt"), resolution("A/RES/98/12"))
        assert unres("convert", "in", "--to", "json,md").exit_code == 0
        rows = list(csv.DictReader(io.StringIO(unres("cites", "out", "--format", "csv").output)))
        assert rows[0] == {
            "source": "A/RES/99/901",
            "target": "A/RES/98/12",
            "kind": "resolution",
            "relation": "recalls",
            "times": "1",
            "languages": "en",
        }
        Path("graph").write_bytes(unres("cites", "out", "--format", "graphml").stdout_bytes)
        graph = networkx.read_graphml("graph")
        assert graph.nodes["A/RES/99/901"]["given"] is graph.nodes["A/RES/98/12"]["given"] is True
        assert graph.nodes["A/RES/99/901"]["title"] == "Lighthouses of the inland seas"
        assert graph.edges["A/RES/99/901", "A/RES/98/12"]["relation"] == "recalls"
        assert graph.number_of_edges() == len(rows)

    def test_languages_of_a_document_are_one_work(self) -> None:
        for name in ("a.en.txt", "b.en.txt"):
            put(Path(name), resolution())
        rows = list(csv.DictReader(io.StringIO(unres("cites", "a.en.txt", "b.en.txt", "--format", "csv").output)))
        assert {row["source"] for row in rows} == {"A/RES/99/901"}

    def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(self) -> None:
        put(Path("a.txt"), resolution())
        put(Path("b.txt"), b"")
        told = unres("cites", "b.txt", "a.txt")
        assert told.exit_code == 3
        assert "b.txt" in told.stderr
        assert "A/RES/99/901 (en)" in told.stdout
