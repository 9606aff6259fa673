"""The comments of a Word file: at which words they stand, and what they say. All texts are invented."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import docx
import pytest
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from pipeline.compare import body
from pipeline.convert import convert, normalize, source_text
from pipeline.emit.docx import emit_docx
from pipeline.emit.docx_comments import Remark
from pipeline.model import Document, Footnote, Indicator, Masthead, Place, Record, Run, Source, Unclassified
from pipeline.review import remarks, uncertain
from pipeline.text import Repair, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent
SOURCES = sorted([*ROOT.glob("corpus/documents/*/source.txt"), *ROOT.parent.glob("samples/*.txt")])
EARLY = ROOT / "corpus/documents/S_RES_9361.en/source.txt"
TABLE = ROOT.parent / "samples/A_RES_99_905.en.txt"
NO_MASTHEAD = Masthead(None, None, None, None, None, None, None, ())


class Comment(NamedTuple):
    """A comment: the words it is on, `*` for a footnote, and what it says."""

    words: str
    text: str


def comments(data: bytes) -> list[Comment]:
    """Read the comments with python-docx; each must begin and end once, in one paragraph of the body."""
    document = docx.Document(io.BytesIO(data))
    words: dict[int, str] = {}
    for paragraph in document.element.body.iter(qn("w:p")):
        begun: dict[int, str] = {}
        for element in paragraph.iter():
            if element.tag == qn("w:commentRangeStart"):
                assert int(element.get(qn("w:id"))) not in {*begun, *words}
                begun[int(element.get(qn("w:id")))] = ""
            elif element.tag == qn("w:commentRangeEnd"):
                words[int(element.get(qn("w:id")))] = begun.pop(int(element.get(qn("w:id"))))
            elif element.tag in {qn("w:t"), qn("w:footnoteReference")}:
                begun = {each: text + (element.text or "*") for each, text in begun.items()}
        assert not begun
    shown = [int(each.get(qn("w:id"))) for each in document.element.body.iter(qn("w:commentReference"))]
    assert sorted(shown) == sorted(words) == [each.comment_id for each in document.comments]
    return [Comment(words[each.comment_id], each.text) for each in document.comments]


def reviewed(path: Path) -> list[Comment]:
    return comments(convert(path.read_bytes(), path.name, formats=["docx"], review=True).files["docx"])


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name if path.stem == "source" else path.stem)
def test_comments_are_all_there_and_change_nothing(path: Path, tmp_path: Path) -> None:
    made = convert(path.read_bytes(), path.name, formats=["docx"], review=True, verify=True)
    found = comments(made.files["docx"])
    wanted = remarks(made.record, source_text(path.read_bytes(), path.name))
    assert sorted(each.text for each in found) == sorted("\n".join(each.paragraphs) for each in wanted)
    again = normalize(made.files["docx"], "a.docx")
    assert body(again.document) == body(made.record.document)
    assert sum(each.rule == "source.comment" for each in again.findings) == len(found)
    (tmp_path / "a.docx").write_bytes(made.files["docx"])
    assert OpenXmlValidator().validate(tmp_path / "a.docx").errors == []


def test_without_remarks_the_file_has_no_comments() -> None:
    document = convert(EARLY.read_bytes(), "a.txt", formats=[]).record.document
    plain = emit_docx(document)
    with zipfile.ZipFile(io.BytesIO(plain)) as file:
        assert "word/comments.xml" not in file.namelist()
        assert b"comment" not in b"".join(map(file.read, file.namelist()))
    assert emit_docx(document, [Remark(Span(0, 1), ("Look.",))]) != plain == emit_docx(document, ())


def test_comments_stand_at_the_words_concerned() -> None:
    found = reviewed(EARLY)

    def words(start: str) -> list[str]:
        return [each.words for each in found if each.text.startswith(start)]

    assert words("“$” → “S”") == ["S/98473"]
    assert words("22 in “…d the keepers") == [", 22"]
    assert words("“6” → “b”") == ["By night;"]
    assert words("“30Ibid., document") == ["*30"]


def test_comment_says_what_was_where_and_by_which_rule() -> None:
    (found,) = (each for each in reviewed(EARLY) if each.text.startswith("“$”"))
    change, around, place = found.text.split("\n")
    assert change == "“$” → “S”"
    assert "document $/98473" in around
    assert place.startswith("line 9, column 77; rule mend_symbols, confidence 95%: Read")


def test_table_has_one_comment() -> None:
    (found,) = (each for each in reviewed(TABLE) if "rule set_tables" in each.text)
    assert found.words == "Action"
    assert "more" in found.text


def test_date_is_the_day_given() -> None:
    document = convert(EARLY.read_bytes(), "a.txt", formats=[]).record.document
    for day, date in (("1970-01-02", "1970-01-02T00:00:00Z"), (None, "1980-01-01T00:00:00Z")):
        data = emit_docx(document, [Remark(Span(0, 1), ("Look.",))], date=day)
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            start = f'w:id="0" w:author="unres" w:date="{date}" w:initials="un"'
            assert start in file.read("word/comments.xml").decode()


def test_place_has_its_page() -> None:
    made = convert(EARLY.read_bytes(), "a.txt", formats=[]).record
    half = made.document.source.length // 2
    box = (0.0, 0.0, 1.0, 1.0)
    pages = (Place(Span(0, half), 1, box), Place(Span(half, 2 * half), 2, box))
    source = Source("a.pdf", "0" * 64, 2 * half, pages)
    document = Document("en", made.document.masthead, None, made.document.blocks, (), source)
    record = Record(document, made.findings, made.repairs, made.ledger)
    found = remarks(record, source_text(EARLY.read_bytes(), "a.txt"))
    assert found
    for each in found:
        assert f"page {1 if each.span.start < half else 2}, line " in each.paragraphs[-1]


def anchored(span: tuple[int, int]) -> str:
    """Return the words of a comment in a document whose paragraph goes on over a page with a footnote."""
    inlines = (
        Run("over the ", Span(10, 100)),
        Indicator("1", Span(100, 101)),
        Run(" page", Span(101, 105)),
    )
    notes = (Footnote("1", (Run("Low.", Span(40, 44)),), Span(38, 44)),)
    blocks = (Unclassified((Run("First.", Span(0, 6)),), Span(0, 6)), Unclassified(inlines, Span(10, 105)))
    document = Document("en", NO_MASTHEAD, None, blocks, notes, Source("a", "0" * 64, 105))
    (found,) = comments(emit_docx(document, [Remark(Span(*span), ("<&>",))]))
    assert found.text == "<&>"
    return found.words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ((2, 3), "First."),
        ((7, 8), "over the "),
        ((200, 201), " page"),
        ((0, 104), "First."),
        ((20, 103), "over the * page"),
        ((42, 43), "*"),
        ((50, 51), "over the "),
        ((100, 101), "*"),
        ((101, 101), " page"),
        ((500, 600), " page"),
    ],
)
def test_nearest_words_have_the_comment(span: tuple[int, int], words: str) -> None:
    assert anchored(span) == words


def doubt(start: int, end: int, old: str, new: str, fixer: str = "a") -> Repair:
    return Repair(fixer, Span(start, end), old, new, 0.9, "replaced", ())


@pytest.mark.parametrize(
    ("repairs", "tables", "parts"),
    [
        ([doubt(2, 2, "", "[^"), doubt(3, 3, "", "]")], [], [(("7", "[^7]"),)]),
        ([doubt(2, 2, "", "[^"), doubt(4, 4, "", "]")], [], [(("", "[^"), ("", "]"))]),
        ([doubt(2, 2, "", "[^"), doubt(8, 8, "", "]")], [], [(("", "[^"),), (("", "]"),)]),
        ([doubt(2, 2, "", "|"), doubt(12, 12, "", "|")], [Span(2, 14)], [(("", "|"), ("", "|"))]),
        ([doubt(2, 2, "", "|"), doubt(3, 3, "", "|", "b")], [], [(("", "|"),), (("", "|"),)]),
    ],
    ids=["letters-between", "other-between", "next-line", "table", "two-fixers"],
)
def test_changes_that_belong_together_are_one(
    repairs: Sequence[Repair], tables: Sequence[Span], parts: list[tuple[tuple[str, str], ...]]
) -> None:
    certain = Repair("a", Span(0, 1), "x", "y", 1.0, "replaced", ())
    assert [each.parts for each in uncertain([certain, *repairs], "ab7 cd\nefghijkl", tables)] == parts
