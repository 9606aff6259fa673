"""The check of law 5 has to fail where a file is not its document. All texts are invented."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from pipeline.docx_numbers import UnknownFormatError, counted
from pipeline.emit.docx import emit_docx
from pipeline.emit.markdown import emit_markdown
from pipeline.model import (
    AnnexStart,
    Closing,
    ClosingLine,
    Date,
    Document,
    Enacting,
    Footnote,
    Heading,
    Masthead,
    MastheadLine,
    PreambularParagraph,
    Reference,
    Target,
    Title,
)
from pipeline.validate.readback import docx_differences, markdown_differences
from tests.builders import (
    INVENTED,
    NOWHERE,
    item,
    mark,
    operative,
    run,
)

if TYPE_CHECKING:
    from collections.abc import Callable

CITED = Reference("resolution 99/1", Target("resolution", "A/RES/99/1"), NOWHERE)
SEASONS = (item("(i)", "In spring;"), item("(ii)", "In autumn;"))
TIMES = (item("(a)", "By day;", children=SEASONS), item("(b)", "By night;"))
DOCUMENT = Document(
    "en",
    Masthead(
        "unga", "A/RES/99/901", "99/901", None, None, None, None,
        (MastheadLine("symbol", (run("A/RES/99/901"), mark("*")), NOWHERE),),
    ),
    Title("99/901.", (run("Readers of things"),), NOWHERE),
    (
        Enacting((run("The General Assembly,"),), NOWHERE),
        PreambularParagraph(
            (run("Recalling", "lead"), run(" "), CITED, run(" on lighthouses,"), mark("1"), run(" and kites,")), NOWHERE
        ),
        PreambularParagraph((run("Noting", "lead"), run(" that tides return"), mark("2"), run(" each day,")), NOWHERE),
        Heading("I", (), 1, NOWHERE),
        operative("1.", run("Decides to look again"), mark("1", repeated=True), run(" at tides:"), children=TIMES),
        operative("2.", run("Requests", "lead"), run(" a report"), mark("9"), run(".")),
        operative("4.", run("Thanks", "lead"), run(" the keepers.")),
        Closing((ClosingLine("date", (Date("2 December 2094", "2094-12-02", NOWHERE),), NOWHERE),), NOWHERE),
        AnnexStart("I", (run("Annex I"),), (run("Keepers"),), NOWHERE),
        item("一、", "The oldest of them"),
        item("1.", "The youngest of them"),
    ),
    (
        Footnote("*", (run("Issued again."),), NOWHERE),
        Footnote("1", (run("See document A/99/1, note "), mark("2"), run(".")), NOWHERE),
        Footnote("2", (run("Tables of the tides."),), NOWHERE),
        Footnote("7", (run("A note that nothing mentions."),), NOWHERE),
    ),
    INVENTED,
)  # fmt: skip

Change = tuple[str, str]


def in_markdown(*changes: Change) -> list[str]:
    data = emit_markdown(DOCUMENT).decode()
    for old, new in changes:
        assert data.count(old) == 1, old
        data = data.replace(old, new)
    return markdown_differences(DOCUMENT, data.encode())


def in_docx(*changes: Change, part: str = "document") -> list[str]:
    """Change the XML of a part, and read the Word file."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(emit_docx(DOCUMENT))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == f"word/{part}.xml":
                text = content.decode()
                for before, after in changes:
                    assert text.count(before) == 1, before
                    text = text.replace(before, after)
                content = text.encode()
            new.writestr(name, content)
    return docx_differences(DOCUMENT, made.getvalue())


def docx_part(name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(emit_docx(DOCUMENT))) as file:
        return file.read(f"word/{name}.xml").decode()


def paragraph_with(text: str, *, tag: str = "p", part: str = "document") -> str:
    """Return the XML of the paragraph that has the text."""
    xml = docx_part(part)
    at = xml.index(text)
    start = max(xml.rfind(f"<w:{tag}>", 0, at), xml.rfind(f"<w:{tag} ", 0, at))
    return xml[start : xml.index(f"</w:{tag}>", at) + len(tag) + 5]


@pytest.mark.parametrize("differences", [in_markdown, in_docx])
def test_what_was_written_is_read_back(differences: Callable[[], list[str]]) -> None:
    assert differences() == []


def test_a_changed_word_is_reported() -> None:
    named = "Paragraph “Noting that tides return[^2] each day,” reads back as “ that tides retire"
    (found,) = in_markdown(("tides return[^2]", "tides retire[^2]"))
    assert found == f"{named}[^2] each day,” where it has “ that tides return[^2] each day,”."
    ours, pandocs = in_docx(("tides return", "tides retire"))
    assert ours == found
    assert pandocs.startswith(named.replace("[^2]", "[^]"))
    assert pandocs.endswith(", as pandoc reads it.")


def test_a_lost_blank_is_reported() -> None:
    assert len(in_markdown(("a report", "areport"))) == 1
    assert len(in_docx(("a report", "areport"))) == 2


def test_a_lost_paragraph_is_reported() -> None:
    lost = "Paragraph “The General Assembly,” is lost."
    assert in_markdown(("The General Assembly,\n", "")) == [lost]
    assert in_docx((paragraph_with("The General Assembly,"), ""))[0] == lost


def test_an_added_paragraph_is_reported() -> None:
    added = "A paragraph “Nobody wrote this.” is not in the document."
    assert in_markdown(("::: masthead\n", "Nobody wrote this.\n\n::: masthead\n")) == [added]
    extra = "<w:body><w:p><w:r><w:t>Nobody wrote this.</w:t></w:r></w:p>"
    assert in_docx(("<w:body>", extra))[0] == added


def test_swapped_paragraphs_are_reported() -> None:
    elsewhere = re.compile("Paragraph “(Annex I|Keepers)” stands at another place.")
    found = in_markdown(("# Annex I {#att_1}", "@"), ("## Keepers", "# Annex I {#att_1}"), ("@", "## Keepers"))
    assert [bool(elsewhere.fullmatch(each)) for each in found] == [True]
    one, other = paragraph_with(">Annex I<"), paragraph_with(">Keepers<")
    found = in_docx((one + other, other + one))
    assert [bool(elsewhere.match(each.replace(", as", ". as"))) for each in found] == [True, True]


def test_a_lost_footnote_is_reported() -> None:
    lost = "Footnote 2 “Tables of the tides.” is lost."
    assert in_markdown(("[^2]: Tables of the tides.\n", "")) != []
    assert lost in in_markdown(("[^2]: Tables of the tides.\n", ""), ("[^2]", ""))
    assert in_markdown(("7 A note that nothing", "[^7]: A note that nothing")) == [
        "Paragraph “7 A note that nothing mentions.” is lost."
    ]
    found = in_docx(('<w:footnoteReference w:id="3"/>', ""))
    assert lost in found
    assert "Word does not show footnote 3: it has no reference." in found
    found = in_docx((paragraph_with("Tables of", tag="footnote", part="footnotes"), ""), part="footnotes")
    assert lost in found
    assert "A second reference to footnote 3, or one to no footnote." in found


def test_a_changed_footnote_is_reported() -> None:
    change = ("Tables of the tides.", "Tables of the tide.")
    found = "Footnote 2 “Tables of the tides.” reads back as “les of the tide.” where it has “les of the tides.”"
    assert in_markdown(change) == [f"{found}."]
    assert in_docx(change, part="footnotes") == [f"{found}.", f"{found}, as pandoc reads it."]


def test_a_moved_indicator_is_reported() -> None:
    (found,) = in_markdown(("return[^2] each day,", "return each day,[^2]"))
    assert "reads back as “at tides return each day,[^2]”" in found
    assert len(in_docx((" each day,", ""), ("tides return", "tides return each day,"))) == 2


def test_exchanged_notes_are_reported() -> None:
    changes = ("lighthouses,[^1]", "lighthouses,[^2]"), ("return[^2]", "return[^1]")
    assert len(in_markdown(*changes)) == 4
    one, other = '<w:footnoteReference w:id="2"/>', '<w:footnoteReference w:id="3"/>'
    found = in_docx((one, "@"), (other, one), ("@", other))
    assert any(each.startswith("Footnote 1 “See") for each in found)


def test_another_label_is_reported() -> None:
    found = markdown_differences(DOCUMENT, emit_markdown(DOCUMENT).replace(b"[^2]", b"[^3]"))
    assert [each.partition(" where")[0][-25:] for each in found] == [" tides return[^3] each day,”"[-25:]]


@pytest.mark.parametrize("other", ["^[1](#fn3)^", "^1^", "[^1]", "1", ""])
def test_a_further_mention_that_does_not_lead_to_its_note_is_reported(other: str) -> None:
    assert in_markdown(("again^[1](#fn2)^", f"again{other}")) != []


def test_a_field_that_does_not_show_the_mark_of_its_note_is_reported() -> None:
    field = paragraph_with("to look again")
    assert any("A field shows ⟦8⟧" in each for each in in_docx((field, field.replace(">1<", ">8<"))))
    assert any("would make it an error" in each for each in in_docx((field, field.replace("_Ref2", "_Ref9"))))


@pytest.mark.parametrize("other", ["5\\. ", "4. ", ""])
def test_a_changed_number_in_markdown_is_reported(other: str) -> None:
    assert len(in_markdown(("4\\. *Thanks*", f"{other}*Thanks*"))) == 1


def test_a_number_word_would_count_otherwise_is_reported() -> None:
    night = paragraph_with("By night;")
    deeper = in_docx((night, night.replace('w:ilvl w:val="1"', 'w:ilvl w:val="2"')))
    assert deeper == ["Paragraph “(b) By night;” reads back as “(iii) By night;” where it has “(b) By night;”."]
    unnumbered = in_docx((night, re.sub("<w:numPr>.*</w:numPr>", "", night)))
    assert unnumbered == ["Paragraph “(b) By night;” reads back as “By night;” where it has “(b) By night;”."]
    unknown = in_docx((night, re.sub('<w:numId w:val="[0-9]+"', '<w:numId w:val="99"', night)))
    assert "A paragraph is in list 99, which the Word file does not have." in unknown
    starts = in_docx(('<w:startOverride w:val="4"/>', '<w:startOverride w:val="3"/>'), part="numbering")
    assert len(starts) == 1
    assert starts[0].startswith("Paragraph “4. Thanks the keepers.” reads back as “3. Thanks")


def test_text_that_reads_as_markup_is_reported() -> None:
    assert len(in_markdown(("on lighthouses,", "on @lighthouses,"))) == 1


def test_a_file_that_cannot_be_opened_is_reported() -> None:
    assert docx_differences(DOCUMENT, b"no zip")[0].startswith("The Word file cannot be read: ")
    assert in_docx(("<w:body>", "<w:body><w:p>"))[0].startswith("The Word file cannot be read: ")


def test_formats_that_are_not_known_are_refused() -> None:
    with pytest.raises(UnknownFormatError):
        counted(3, "hebrew1")
