"""The head of the first page of a Word file, set as the official one is (FORMAT.md sections 1.1 and 2.1).

Two lines of a table with rules between and below: United Nations and the symbol, the organ and
how, when and in which language the document was issued. A head that has not all of them is paragraphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.emit.docx_line import Line
from pipeline.emit.docx_looks import MASTHEAD
from pipeline.emit.docx_runs import is_turned
from pipeline.emit.docx_tables import table_opening
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages import Language
    from pipeline.model import MastheadLine

FIRST = ("publisher", "symbol", "organ")
BESIDE = ("distribution", "issued", "original")
"""What stands beside the organ."""

WIDTHS = [width * 20 for width in MASTHEAD]
START, END = (
    [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{align}</w:tcPr>' for width in WIDTHS]
    for align in ('<w:vAlign w:val="bottom"/>', "")
)
"""How the cells of the two rows begin."""
ROW = "<w:tr><w:trPr><w:cantSplit/>"


def masthead_lines(lines: Sequence[MastheadLine], language: Language) -> Iterator[Line]:
    """Yield the paragraphs of a masthead, in printed order."""
    framed = _framed(lines)
    if framed:
        opening = table_opening("MastheadTable", WIDTHS, language)
        before = [
            # Readers of a screen take the first row for the names of the columns, which is nearly so.
            f"{opening}{ROW}<w:tblHeader/></w:trPr>{START[0]}",
            START[1],
            f"{ROW}</w:trPr>{END[0]}",
            END[1],
        ] + [""] * framed
        for at, line in enumerate(lines[:framed]):
            after = "</w:tc></w:tr>" if at == 1 else "</w:tc>" if at in (0, 2) else ""
            ending = "</w:tc></w:tr></w:tbl>" if at == framed - 1 else after
            yield Line(_style(line, language), line.inlines, before=before[at], after=ending)
    for line in lines[framed:]:
        yield Line("Masthead Second Organ" if framed and line.role == "organ" else _style(line, language), line.inlines)


def _framed(lines: Sequence[MastheadLine]) -> int:
    """Return how many of the lines stand in the table."""
    roles = [line.role for line in lines]
    beside = next((at for at, role in enumerate(roles[3:]) if role not in BESIDE), len(roles[3:]))
    return 3 + beside if tuple(roles[:3]) == FIRST and beside else 0


def _style(line: MastheadLine, language: Language) -> str:
    if language.right_to_left and line.role == "issued" and is_turned(plain(line.inlines)):
        return "Masthead Issued Latin"
    return f"Masthead {line.role.replace('_', ' ').title()}"
