"""Repair of Akoma Ntoso files: each fixer by the cases in `corpus/akn_repair`, the whole, and the command."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from pipeline.akn_repair import FIXERS, mend, text_outside_metadata
from pipeline.cli import commands
from pipeline.validate.akn_rules import broken, rules
from pipeline.validate.akn_rules.akn_file import AknFile
from pipeline.validate.akn_rules.vocabulary import NAMESPACE

CORPUS = Path(__file__).parent / "corpus"
CLEAN = CORPUS / "akn_rules" / "note.placement" / "pass.xml"
TITLE = re.compile(r"=== (?P<title>.+?)(?: \[(?P<language>[a-z]{3})\])?")
UNSEEN = re.compile(r"⟨([0-9A-F]{4})⟩")
BY_NAME = {fixer.__name__: fixer for fixer in FIXERS}
LANGUAGE = (
    "<meta><identification><FRBRExpression><FRBRlanguage language={!r}/></FRBRExpression></identification></meta>"
)


class Case(NamedTuple):
    fixer: str
    title: str
    before: str
    after: str


def read_cases(path: Path) -> list[Case]:
    found = []
    for part in re.split(r"(?m)^(?==== )", path.read_text(encoding="utf-8"))[1:]:
        head, _, rest = part.partition("\n")
        title = TITLE.fullmatch(head)
        assert title, f"{path.name}: {head}"
        texts = [whole(text.strip(), title["language"]) for text in re.split(r"(?m)^---\n", rest)]
        assert len(texts) <= 2, f"{path.name}: {head}"
        found.append(Case(path.stem, title["title"], texts[0], texts[-1]))
    return found


def whole(text: str, language: str | None) -> str:
    text = UNSEEN.sub(lambda match: chr(int(match[1], 16)), text.replace("␉", "\t"))
    known = LANGUAGE.format(language) if language else ""
    document = text if text.startswith("<statement") else f"<statement>{known}{text}</statement>"
    return f'<akomaNtoso xmlns="{NAMESPACE}">{document}</akomaNtoso>'


CASES = [case for path in sorted((CORPUS / "akn_repair").glob("*.txt")) for case in read_cases(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.fixer}: {case.title}")
def test_fixer(case: Case) -> None:
    root = etree.fromstring(case.before)
    text = text_outside_metadata(root)
    changes = list(BY_NAME[case.fixer](AknFile(root)))
    assert canonical(root) == canonical(etree.fromstring(case.after))
    assert bool(changes) == (case.before != case.after)
    assert {change.fixer for change in changes} <= {case.fixer, "mend_pointers"}  # which declares terms
    assert text_outside_metadata(root) == text
    assert not list(BY_NAME[case.fixer](AknFile(root))), "the fixer is not done after one pass"


def canonical(root: etree._Element) -> bytes:
    etree.cleanup_namespaces(root, top_nsmap={"akn4un": "http://un.org/akn4un"})
    return etree.tostring(root, method="c14n")


@pytest.mark.parametrize("name", BY_NAME)
def test_fixer_has_a_case_it_changes_and_one_it_leaves_alone(name: str) -> None:
    mine = [case for case in CASES if case.fixer == name]
    assert any(case.before != case.after for case in mine)
    assert any(case.before == case.after for case in mine)


def test_every_case_is_of_a_fixer() -> None:
    assert CASES
    assert {case.fixer for case in CASES} <= BY_NAME.keys()


WORK = "/akn/un/statement/deliberation/unga/2099-12-02/99-60"
FAULTS = (
    (' contains="originalVersion"', ""), ("/!main", "/!main/"), ("99-60/eng@/!main", "99-60/eng@!main"),
    (f'FRBRuri value="{WORK}"', f'FRBRuri value="{WORK}/"'),
    ('<FRBRsubtype value="deliberation"/><FRBRnumber value="99-60" showAs="99/60"/>', ""),
    ('<FRBRformat value="xml"/>', ""), ('href="#unga" as="#issuer"', 'href="ga" as="issuer"'),
    ('<publication date="2099-12-09" name="unDocument" showAs="A/RES/99/60" number="A-RES-99-60"/>\n', ""),
    ('by="#unga" as="#author"', 'by="" as="A/99/PV.1"'), ("<p>Takes note", "<p>\tTakes note"),
    ('eId="para_2__list_1', 'eId="para_18_list'), ('eId="para_2"', 'eId="para_18"'), ('eId="preface"', ""),
    ("https://docs.un.org/en/A/99/288", "https://docs.un.org/en/A/99/288 (Part I)"),
)  # fmt: skip


def dirty() -> bytes:
    text = CLEAN.read_text(encoding="utf-8")
    for clean, fault in FAULTS:
        assert clean in text, clean
        text = text.replace(clean, fault)
    return text.encode()


def test_a_dirty_file_becomes_clean_and_says_the_same() -> None:
    before = etree.fromstring(dirty())
    assert len({hit.rule.id for hit in broken(before, rules())}) > 12
    mended = mend(dirty(), "x.xml")
    assert mended.left == ()
    assert text_outside_metadata(etree.fromstring(mended.data)) == text_outside_metadata(before)
    assert {change.fixer for change in mended.changes} > {"renumber", "rebuild_iris", "mend_pointers", "straighten"}
    assert mend(mended.data, "x.xml") == (mended.data, (), ())


def test_a_clean_file_stays_byte_for_byte() -> None:
    assert mend(CLEAN.read_bytes(), "x.xml") == (CLEAN.read_bytes(), (), ())


@pytest.mark.parametrize("rule", ["text.date", "part.formula", "note.sequence", "text.number", "frbr.country"])
def test_what_the_file_does_not_tell_is_left(rule: str) -> None:
    mended = mend((CORPUS / "akn_rules" / rule / "fail.xml").read_bytes(), "x.xml")
    assert {hit.rule.id for hit in mended.left} == {rule}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, ["repair", *map(str, arguments)])


def test_the_command_writes_what_is_clean_and_tells_what_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "a"
    folder.mkdir(parents=True)
    (folder / "dirty.xml").write_bytes(dirty())
    (tmp_path / "in" / "left.xml").write_bytes((CORPUS / "akn_rules" / "text.date" / "fail.xml").read_bytes())
    (tmp_path / "in" / "no.xml").write_text("<a>")
    result = run(tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert [path.name for path in (tmp_path / "out").rglob("*.xml")] == ["dirty.xml"]
    assert (tmp_path / "out" / "a" / "dirty.xml").read_bytes() == mend(dirty(), "x").data
    assert "left.xml: is not clean after the repair" in result.stderr
    assert "no.xml: not well-formed" in result.stderr
    assert "[text.date]" in result.stdout
    assert "files: 3, written clean: 1, refused: 2" in result.stdout


def test_json_has_every_change_and_what_is_left(tmp_path: Path) -> None:
    (tmp_path / "dirty.xml").write_bytes(dirty())
    result = run(tmp_path / "dirty.xml", "--out", tmp_path / "out", "--format", "json")
    (file,) = json.loads(result.stdout)["files"]
    assert result.exit_code == 0
    assert len(file["changes"]) == len(mend(dirty(), "x").changes)
    assert {"fixer", "line", "what", "old", "new"} == set(file["changes"][0])
    assert file["left"] == []


def test_no_input_is_overwritten_and_no_two_files_become_one(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.xml").write_bytes(CLEAN.read_bytes())
    assert run(tmp_path / "a", "--out", tmp_path / "a").exit_code == 2
    assert run(tmp_path / "a", tmp_path / "b", "--out", tmp_path / "out").exit_code == 2
    assert not (tmp_path / "out").exists()
    assert run(tmp_path / "missing.xml", "--out", tmp_path / "out").exit_code == 5


def test_what_an_earlier_run_wrote_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_bytes(dirty())
    for _ in range(2):
        result = run(tmp_path, "--out", tmp_path / "out", "-q")
        assert result.exit_code == 0
        assert "files: 1, written clean: 1, refused: 0" in result.stdout
    assert sorted(path.name for path in (tmp_path / "out").rglob("*")) == ["x.xml"]
