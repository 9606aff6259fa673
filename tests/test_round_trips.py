"""A document made by us is read back from each format to the same document."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.compare import body
from pipeline.convert import convert, normalize

if TYPE_CHECKING:
    from pipeline.convert import Conversion

ROOT = Path(__file__).parent
SOURCES = sorted([*ROOT.glob("corpus/documents/*/source.txt"), *ROOT.parent.glob("samples/*.txt")])
FORMATS = ("docx", "xml", "md")


@cache
def made(path: Path) -> Conversion:
    return convert(path.read_bytes(), path.name, formats=FORMATS)


def test_there_are_sources() -> None:
    assert SOURCES


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name if path.stem == "source" else path.stem)
def test_document_is_read_back(path: Path, kind: str) -> None:
    before, files = made(path)
    after = normalize(files[kind], f"a.{kind}")
    assert body(after.document) == body(before.document)
    assert not after.repairs


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("path", [path for path in SOURCES if path.stem != "source"], ids=lambda path: path.stem)
def test_what_is_read_back_is_written_alike(path: Path, kind: str) -> None:
    """From the second time on, the files are the same too, but for what they say of their source."""
    files = made(path).files
    again = convert(files[kind], f"a.{kind}", formats=("md",)).files["md"]
    assert again == files["md"]
