"""A document made by us is read back from each format to the same document."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare import body
from pipeline.convert import convert, normalize
from pipeline.emit.akn import emit_akn
from pipeline.emit.markdown import emit_markdown
from pipeline.model import Document, Masthead, OperativeParagraph, Run, Source, Unclassified
from pipeline.read.akn import read_akn
from pipeline.read.markdown import read_markdown
from pipeline.read.repaired import escape
from tests.builders import mark, note, run

if TYPE_CHECKING:
    from pipeline.convert import Conversion
    from pipeline.model import Emphasis

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


SIGNS = r"""\*[]()^_~$"'@#<>&.-|:!/=+{}`1a中 """
HOSTILE = st.text(st.sampled_from(SIGNS), min_size=1, max_size=24).map(lambda text: " ".join(text.split()))
NO_MASTHEAD = Masthead(None, None, None, None, None, None, None, ())


@given(HOSTILE.filter(bool), HOSTILE, st.sampled_from([None, "italic", "bold"]))
def test_whatever_a_text_says_it_stays_text(first: str, second: str, emphasis: Emphasis | None) -> None:
    pieces = (run(f"x {first} "), run(second, emphasis), run(" y"), mark("1"), run(first))
    block = Unclassified(tuple(piece for piece in pieces if getattr(piece, "text", "x")), pieces[0].span)
    alone = Unclassified((run(first),), pieces[0].span)
    notes = (note("1", run(first)),)
    source = Source("a", "0" * 64, 0)
    document = Document("en", NO_MASTHEAD, None, (block, alone), notes, source)
    stars = {"italic": "*", "bold": "**", None: ""}[emphasis] if second else ""
    text = f"x {escape(first)} {stars}{escape(second)}{stars} y[^1]{escape(first)}"
    wanted = "\n\n".join(" ".join(part.split()) for part in (text, escape(first), f"[^1]: {escape(first)}"))
    read = {
        "md": read_markdown(emit_markdown(document), "a.md").source,
        "xml": read_akn(emit_akn(document), "a.xml").source,
    }
    for kind, found in read.items():
        assert found == wanted, kind


WITH_NOTE = """The General Assembly,

Recalling the letter,[^1]

1\\. Decides to remain seized of the matter.

[^1]: *Official Records of the General Assembly*, Ninety-ninth Session, Supplement No. 4.
"""


@pytest.mark.parametrize("kind", [*FORMATS, "odt", "rtf", "html"])
def test_emphasis_that_opens_a_footnote_is_read_back(kind: str) -> None:
    before, files = convert(WITH_NOTE.encode(), "a.md", formats=(kind,))
    opening = before.document.footnotes[0].inlines[0]
    assert isinstance(opening, Run)
    assert opening.emphasis == "italic"
    after = normalize(files[kind], f"a.{kind}")
    assert body(after.document) == body(before.document)


@pytest.mark.parametrize("kind", [*FORMATS, "odt", "rtf", "html"])
def test_bold_words_in_a_heading_are_read_back(kind: str) -> None:
    text = WITH_NOTE.replace("1\\.", "Means of **verification** and *Yearbook*\n\n1\\.")
    before, files = convert(text.encode(), "a.md", formats=(kind,))
    after = normalize(files[kind], f"a.{kind}")
    assert body(after.document) == body(before.document)


def test_a_list_of_our_page_is_read_with_its_printed_marks() -> None:
    items = "1\\. Decides to keep lit:\n\n(a) 12 lamps:\n\n• The first;\n\n(b) The lantern.\n\n2\\."
    text = WITH_NOTE.replace("1\\.", items)
    before, files = convert(text.encode(), "a.md", formats=("html",))
    operative = before.document.blocks[2]
    assert isinstance(operative, OperativeParagraph)
    assert [child.number for child in operative.children] == ["(a)", "(b)"]
    assert body(normalize(files["html"], "a.html").document) == body(before.document)
