"""Each rule by files of its own: `corpus/akn_rules/RULE/pass*.xml` breaks nothing, `fail*.xml` this rule alone.

Where a fault cannot but break other rules too, the file names them in its first comment: `also breaks: …`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from pipeline.validate.akn_rules import FINDERS, broken, rules
from pipeline.validate.akn_rules.oasis import schema_path
from pipeline.validate.akn_rules.vocabulary import IDENTIFIED

CORPUS = Path(__file__).parent / "corpus" / "akn_rules"
FILES = sorted(CORPUS.glob("*/*.xml"))
XSD = "{http://www.w3.org/2001/XMLSchema}"
ALSO = re.compile(r"<!-- also breaks: ([\w. -]+?) -->")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}: {path.stem}")
def test_rule(path: Path) -> None:
    data = path.read_bytes()
    also = ALSO.search(data.decode())
    wanted = {path.parent.name, *(also[1].split() if also else ())} if path.stem.startswith("fail") else set()
    found = broken(etree.fromstring(data), rules())
    assert {hit.rule.id for hit in found} == wanted, found
    lines = data.count(b"\n")
    assert all(1 <= hit.line <= lines and hit.message for hit in found), found


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_rule_has_a_file_that_passes_and_one_that_fails(rule: object) -> None:
    stems = [path.stem for path in FILES if path.parent.name == getattr(rule, "id", None)]
    assert any(stem.startswith("pass") for stem in stems)
    assert any(stem.startswith("fail") for stem in stems)


def test_every_file_is_of_a_rule_and_says_which_way() -> None:
    assert FILES
    assert {path.parent.name for path in FILES} == {rule.id for rule in rules()} == set(FINDERS)
    assert all(path.stem.startswith(("pass", "fail")) for path in FILES)


def test_every_rule_is_told_in_full() -> None:
    for rule in rules():
        assert rule.statement.endswith("."), rule.id
        assert rule.help.endswith("."), rule.id
        assert rule.source.startswith("AKN.md"), rule.id
        assert rule.severity in {"error", "warning", "note"}, rule.id


def test_the_elements_that_need_an_eid_are_those_of_the_schema() -> None:
    definitions = {(child.tag, child.get("name")): child for child in etree.parse(schema_path()).getroot()}

    def uses(element: etree._Element, seen: set[tuple[str, str | None]]) -> bool:
        for part in element.iter(f"{XSD}attributeGroup", f"{XSD}extension", f"{XSD}restriction", f"{XSD}element"):
            name = part.get("ref") if part.tag == f"{XSD}attributeGroup" else part.get("base") or part.get("type")
            if name == "idreq":
                return True
            if part.tag == f"{XSD}element" and part is not element:
                continue
            kind = f"{XSD}attributeGroup" if part.tag == f"{XSD}attributeGroup" else f"{XSD}complexType"
            found = definitions.get((kind, name))
            if found is not None and (kind, name) not in seen and uses(found, seen | {(kind, name)}):
                return True
        return False

    needing = {name for (tag, name), element in definitions.items() if tag == f"{XSD}element" and uses(element, set())}
    assert needing == IDENTIFIED
