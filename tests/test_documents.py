"""Whole documents against their golden files in `corpus/documents` (format: `corpus/README.md`)."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.convert import convert
from pipeline.languages import language
from pipeline.model import Indicator, OperativeParagraph, Paragraph, PreambularParagraph
from pipeline.read.plain import read_plain
from pipeline.repair import repair
from pipeline.walk import texts

if TYPE_CHECKING:
    from pipeline.model import Block, Document

CORPUS = Path(__file__).parent / "corpus" / "documents"
CASES = [path.parent for path in sorted(CORPUS.glob("*/source.txt"))]
MARKUP_DATE = "2045-06-01"
TRANSLATED = {"A_RES_99_901", "A_RES_99_902"}
"""Documents that stand here in English and in other languages: a new language's sample is compared by itself."""


@cache
def made(case: Path) -> tuple[Document, dict[str, bytes]]:
    data = (case / "source.txt").read_bytes()
    record, files = convert(data, f"{case.name}.txt", markup_date=MARKUP_DATE, verify=True)
    repaired = repair(read_plain(data, case.name).text, language(record.document.language)).text
    golden = {f"document.{kind}": files[kind] for kind in ("json", "md", "xml")}
    return record.document, {"repaired.txt": repaired.value.encode(), **golden}


def test_there_are_cases() -> None:
    assert CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_document(case: Path, request: pytest.FixtureRequest) -> None:
    _, files = made(case)
    for name, content in files.items():
        if request.config.getoption("--accept"):
            (case / name).write_bytes(content)
        assert content.decode() == (case / name).read_text(encoding="utf-8"), name


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_says_where_it_is_from_and_why(case: Path) -> None:
    about = tomllib.loads((case / "about.toml").read_text(encoding="utf-8"))
    assert about.keys() == {"origin", "reason"}
    assert {path.name for path in case.iterdir()} == {
        "about.toml", "source.txt", "repaired.txt", "document.json", "document.md", "document.xml",
    }  # fmt: skip


@pytest.mark.parametrize("case", [case for case in CASES if case.name[:12] in TRANSLATED], ids=lambda case: case.name)
def test_languages_of_a_document_have_one_shape(case: Path) -> None:
    english, other = made(case.with_name(f"{case.name[:12]}.en"))[0], made(case)[0]
    assert [shape(block) for block in english.blocks] == [shape(block) for block in other.blocks]
    assert marks(english) == marks(other)
    assert english.masthead.number == other.masthead.number
    assert english.masthead.adopted == other.masthead.adopted


def shape(block: Block) -> object:
    """The kind of a block and the shape of its list; how numbers are printed differs between languages."""
    if isinstance(block, OperativeParagraph | Paragraph | PreambularParagraph):
        return type(block).__name__, [shape(child) for child in block.children]
    return type(block).__name__


def marks(document: Document) -> list[list[str]]:
    found = [[one.mark for one in inlines if isinstance(one, Indicator)] for _, inlines in texts(document)]
    return [row for row in found if row]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_record_says_which_source_it_is_of(case: Path) -> None:
    source = json.loads((case / "document.json").read_text(encoding="utf-8"))["document"]["source"]
    assert source["length"] == len((case / "source.txt").read_text(encoding="utf-8"))
