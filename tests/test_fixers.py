"""Each fixer on its own, by the cases in `corpus/fixers` (format: `corpus/README.md`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.edits import apply
from pipeline.languages import language
from pipeline.repair import FIXERS
from pipeline.text import Text

CORPUS = Path(__file__).parent / "corpus" / "fixers"
TITLE = re.compile(r"=== (?P<title>.+?)(?: \[(?P<language>\w+)\])?")
SEEN = {"␣": " ", "␉": "\t", "␌": "\f"}
UNSEEN = re.compile(r"⟨([0-9A-F]{4,5})⟩")
BY_NAME = {fixer.__name__: fixer for fixer in FIXERS}


class Case(NamedTuple):
    fixer: str
    title: str
    language: str
    text: str
    expected: str


def read_cases(path: Path) -> list[Case]:
    found: list[Case] = []
    for part in re.split(r"(?m)^(?==== )", path.read_text(encoding="utf-8"))[1:]:
        head, _, rest = part.partition("\n")
        title = TITLE.fullmatch(head)
        assert title, f"{path.name}: {head}"
        texts = [written(text) for text in re.split(r"(?m)^---\n", rest)]
        assert len(texts) <= 2, f"{path.name}: {head}"
        found.append(Case(path.stem, title["title"], title["language"] or "en", texts[0], texts[-1]))
    return found


def written(text: str) -> str:
    for seen, stands_for in SEEN.items():
        text = text.replace(seen, stands_for)
    return UNSEEN.sub(lambda match: chr(int(match[1], 16)), text).strip("\n")


CASES = [case for path in sorted(CORPUS.glob("*.txt")) for case in read_cases(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.fixer}: {case.title}")
def test_fixer(case: Case) -> None:
    assert fixed(case, case.text) == case.expected
    assert fixed(case, case.expected) == case.expected, "the fixer is not done after one pass"


def fixed(case: Case, text: str) -> str:
    source = Text.of(f"{text}\n")
    proposals = BY_NAME[case.fixer](source, language(case.language))
    return apply(source, proposals, case.fixer, lambda _old, _new: "replaced")[0].value.strip("\n")


@pytest.mark.parametrize("name", BY_NAME)
def test_fixer_has_a_case_it_changes_and_one_it_leaves_alone(name: str) -> None:
    mine = [case for case in CASES if case.fixer == name]
    assert any(case.text != case.expected for case in mine)
    assert any(case.text == case.expected for case in mine)


def test_every_case_is_of_a_fixer() -> None:
    assert CASES
    assert {case.fixer for case in CASES} <= BY_NAME.keys()
