"""Later mentions of footnotes as `ref`, for consumers that drop `noteRef`."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from pipeline.convert import convert, normalize
from pipeline.serialize import document_to_json
from tests.builders import put, unres

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
TEXT = """A/RES/99/901

Resolution adopted by the General Assembly on 1 March 2045

99/901. Lighthouses

The General Assembly,

Recalling its resolution 98/12 of 2 March 2044,[^1] and the report of the keepers,[^*]

1. Decides to keep the lamps[^1] as the keepers[^*] say, and as resolution 98/12 has it.

[^1]: See A/98/5.

[^*]: A/99/6.
"""


def xml(kind: str) -> bytes:
    return convert(TEXT.encode(), "a.md", lang="en", formats=(kind,)).files[kind]


def told(data: bytes, name: str) -> object:
    """Return what a file says, without where it stands in it."""

    def bare(value: object) -> object:
        if isinstance(value, dict):
            return {key: bare(each) for key, each in value.items() if key not in {"span", "source"}}
        return [bare(each) for each in value] if isinstance(value, list) else value

    return bare(document_to_json(normalize(data, name, lang="en").document))


def test_mentions_are_refs_that_show_the_mark() -> None:
    root = etree.fromstring(xml("xmlref"))
    assert root.find(f".//{AKN}noteRef") is None
    refs = [ref for ref in root.iter(f"{AKN}ref") if ref.get("class") == "footnoteRef"]
    assert [ref.findtext(f"{AKN}sup") for ref in refs] == ["1", "*"]
    assert [ref.get("href") for ref in refs] == ["#authorialNote_1", "#authorialNote_star_1"]
    assert root.find(f".//{AKN}alternativeReference[@for='{refs[0].get('eId')}']") is None


def test_both_are_read_back_the_same() -> None:
    assert told(xml("xmlref"), "a.xml") == told(xml("xml"), "a.xml") == told(TEXT.encode(), "a.md")


@pytest.mark.usefixtures("own_folder")
class TestCommand:
    def test_the_files_pass_the_check(self) -> None:
        put("a.md", TEXT.encode())
        assert unres("convert", "a.md", "--to", "xml,json", "--note-refs", "ref").exit_code == 0
        assert Path("out/a.xml").read_bytes() == xml("xmlref")
        assert unres("check", "out/a.xml", "--fail-on", "note").exit_code == 0

    @pytest.mark.parametrize(
        ("old", "new", "rule"),
        [
            ('class="footnoteRef" href="#authorialNote_1"', 'class="footnoteRef" href="#para_1"', "mention.target"),
            ('<sup class="footnote">1</sup>', '<sup class="footnote">2</sup>', "mention.marker"),
        ],
    )
    def test_a_mention_that_is_wrong_is_found(self, old: str, new: str, rule: str) -> None:
        text = xml("xmlref").decode()
        assert old in text
        put("a.xml", text.replace(old, new).encode())
        found = unres("check", "a.xml")
        assert (found.exit_code, rule in found.output) == (1, True)

    def test_another_element_is_another_file(self) -> None:
        put("a.md", TEXT.encode())
        assert unres("convert", "a.md", "--to", "xml").exit_code == 0
        assert unres("convert", "a.md", "--to", "xml", "--note-refs", "ref", "--check").exit_code == 1

    def test_it_is_for_the_xml(self) -> None:
        put("a.md", TEXT.encode())
        assert unres("convert", "a.md", "--to", "md", "--note-refs", "ref").exit_code == 2
