"""Tables, from the rows of repaired text to every format. All texts are invented."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from pipeline.emit.akn import emit_akn
from pipeline.emit.docx import emit_docx
from pipeline.emit.docx_tables import LETTER, MARGINS, table_lines
from pipeline.emit.figures import figure_columns
from pipeline.emit.markdown import emit_markdown
from pipeline.languages import codes, language
from pipeline.model import Document, Table
from pipeline.parse import parse
from pipeline.repair import repair
from pipeline.serialize import document_from_json, document_to_json
from pipeline.tables import cells
from pipeline.text import Text
from pipeline.validate.ledger import take_account
from pipeline.validate.readback import docx_differences, markdown_differences
from pipeline.validate.xml import check_xml
from pipeline.walk import body_texts, plain
from tests.builders import INVENTED, operative, table
from tests.test_rules import document

REPAIRED = r"""99/905. Lamps

The General Assembly,

1. Approves the following posts:

| Lamps of the inner harbour |

| Post | Level \| grade | Number |

| --- | --- | --- |

| Keeper,[^1] first class | P-4 | 1 |

| Boatman | | 12 |

| Total |

\| A line that begins with a stroke |

2. Decides that the posts shall be filled at sunset.

[^1]: A/99/331.
"""


def read(repaired: str = REPAIRED) -> Document:
    return parse(Text.of(repaired), language("en"), INVENTED)


def the_table(found: Document) -> Table:
    (made,) = [block for block in found.blocks if isinstance(block, Table)]
    return made


def test_rows_become_a_table_with_caption_and_names_of_columns() -> None:
    made = the_table(read())
    assert plain(made.caption) == "Lamps of the inner harbour"
    assert [[plain(cell.inlines) for cell in row.cells] for row in made.rows] == [
        ["Post", "Level | grade", "Number"],
        ["Keeper, first class", "P-4", "1"],
        ["Boatman", "", "12"],
        ["Total", "", ""],
    ]
    assert [row.header for row in made.rows] == [True, False, False, False]


def test_escaped_stroke_is_text() -> None:
    texts = [plain(inlines) for _, inlines in body_texts(read())]
    assert "| A line that begins with a stroke |" in texts


def test_cell_knows_where_it_stands() -> None:
    cell = the_table(read()).rows[2].cells[2]
    assert REPAIRED[cell.span.start : cell.span.end] == "12"


def test_nothing_of_a_table_is_lost_and_repair_leaves_it() -> None:
    text = Text.of(REPAIRED)
    take_account(REPAIRED, text, (), read())
    assert repair(text, language("en")).text.value == REPAIRED


@pytest.mark.parametrize("rows", ["| --- |", "| --- |\n\n| --- | --- |", "|  |", "| a |\n\n|||"])
def test_rows_that_say_little_are_no_harm(rows: str) -> None:
    repaired = f"The General Assembly,\n\n{rows}\n\n1. Decides to meet.\n"
    found = read(repaired)
    take_account(repaired, Text.of(repaired), (), found)
    assert check_xml(found, emit_akn(found)) == []


def test_rows_in_a_masthead_are_its_lines() -> None:
    repaired = "| United Nations | A/RES/99/905 |\n\n| --- | --- |\n\nThe General Assembly,\n\n1. Decides to meet.\n"
    found = read(repaired)
    take_account(repaired, Text.of(repaired), (), found)
    assert [plain(line.inlines) for line in found.masthead.lines] == ["United Nations", "A/RES/99/905"]


def test_row_is_cut_at_its_strokes_however_they_stand() -> None:
    assert [r"|a| b\|c |  |"[start:end] for start, end in cells(r"|a| b\|c |  |")] == ["a", r"b\|c", ""]


MADE = {
    "read": read(),
    "alone": document(table(("Lamp", "Oil"), ("First", "1"))),
    "without names of columns": document(operative("1."), table(("a", "b"), ("c", "d"), headers=0)),
    "two rows of names": document(operative("1."), table(("a", "b"), ("c", "d"), ("e", "|f|"), headers=2)),
    "two tables": document(table(("a", "b")), table(("c",), caption="Second")),
    "empty": document(operative("1."), table(("", ""), headers=0)),
    **{f"in {code}": document(table(("عمود 1", "灯塔"), ("A/99/1", "3")), language=code) for code in codes()},
}


@pytest.mark.parametrize("name", MADE)
def test_every_format_holds_the_table(name: str) -> None:
    found = MADE[name]
    assert document_from_json(document_to_json(found)) == found
    assert check_xml(found, emit_akn(found)) == []
    assert docx_differences(found, emit_docx(found)) == []
    assert markdown_differences(found, emit_markdown(found)) == []


def test_xml_tells_names_of_columns_from_other_cells() -> None:
    root = etree.fromstring(emit_akn(read()))
    rows = [[etree.QName(cell).localname for cell in row] for row in root.iter("{*}tr")]
    assert rows == [["th"] * 3, ["td"] * 3, ["td"] * 3, ["td"] * 3]
    assert root.findtext(".//{*}caption") == "Lamps of the inner harbour"
    assert root.find(".//{*}td//{*}authorialNote") is not None


def test_markdown_is_a_table_of_strokes() -> None:
    assert "| Post | Level \\| grade | Number |\n| --- | --- | --- |\n| Keeper,[^1]" in emit_markdown(read()).decode()


def test_a_narrow_column_has_room_for_its_word() -> None:
    long = "Redeployment from the Office of the Keeper of Lamps to the Office of Lenses"
    made = table(("Action", "Title of post", "Level", "Number"), (long, long, "P-4", "1"))
    opening = next(table_lines(made, language("en"))).before
    *_, number = re.findall(r'<w:gridCol w:w="(\d+)"', opening)
    assert int(number) >= 20 * (LETTER * len("Number") + MARGINS)


def test_figures_stand_to_the_right_and_their_head_with_them() -> None:
    made = table(("Post", "Number", "Share", "Grade"), ("Keeper", "1 250", "(3.5)", "P-4"), ("Cook, 2", "–", "4%", "3"))
    assert figure_columns(made) == [False, True, True, False]
    styles = [line.style for line in table_lines(made, language("en"))][:8]
    assert styles[:4] == ["Table Heading", "Table Figure Heading", "Table Figure Heading", "Table Heading"]
    assert styles[4:] == ["Table Text", "Table Figure", "Table Figure", "Table Text"]


def test_a_column_without_a_figure_is_none() -> None:
    assert figure_columns(table(("Post", "Number"), ("Keeper", "–"), ("Cook", ""))) == [False, False]
    assert figure_columns(table(("1", "2"))) == [False, False]
