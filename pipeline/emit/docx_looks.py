"""How the Word file looks: one paragraph style for every role, as data.

The body has no formatting of its own, so that a change of style restyles the document.
Measures follow the New York template (FORMAT.md section 2.1), in points from the margin.
Left and right are those of a language written from left to right: Word mirrors indents, tabs
and alignment in paragraphs that run from right to left (ECMA-376 part 1, sections 17.3.1.12,
17.3.1.13 and 17.3.1.37, transitional), so that `left` is where a line starts in every language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pipeline.model import Emphasis

MEASURE = 492
"""Width between the margins of the page."""

BODY = 63, 368
"""Where the text begins, and how wide it is."""

MARGIN = MEASURE - sum(BODY)
"""What is left of the measure beside the text."""

MASTHEAD = 337, 155
"""The columns of the masthead: United Nations and the organ; the symbol, the distribution and the date."""

SUBPARAGRAPHS = 3
"""How many levels of sub-paragraphs have a style of their own; deeper ones share the last."""


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style. What is `None` is as in the style it is based on; `close` type is not widened.

    A style `against` its language runs from left to right in one that is written from right to left.
    """

    base: str = "Body"
    left: float | None = None
    right: float | None = None
    first: float | None = None
    tab: float | None = None
    before: float | None = None
    after: float | None = None
    size: float | None = None
    align: Literal["left", "right", "both"] | None = None
    emphasis: Emphasis | None = None
    close: bool = False
    keep_next: bool = False
    page_break: bool = False
    against: bool = False
    outline: int | None = None


LOOKS = {
    "Body": Look("Normal", left=BODY[0], right=MARGIN, after=6, align="both"),
    "Masthead": Look("Normal", after=2, align="left"),
    "Masthead Publisher": Look("Masthead", left=BODY[0], size=14, close=True),
    "Masthead Symbol": Look("Masthead", size=14, align="right", close=True),
    "Masthead Organ": Look("Masthead", left=BODY[0], before=4, after=24, size=20, emphasis="bold", close=True),
    "Masthead Distribution": Look("Masthead", before=6),
    "Masthead Issued": Look("Masthead Distribution", before=0),
    "Masthead Issued Latin": Look("Masthead Issued", align="right", against=True),
    "Masthead Original": Look("Masthead Distribution", before=0),
    "Masthead Second Organ": Look("Masthead", before=10, size=12, emphasis="bold", keep_next=True),
    "Masthead Session": Look("Masthead", before=8, emphasis="bold"),
    "Masthead Agenda Item": Look("Masthead"),
    "Masthead Agenda Title": Look("Masthead", right=MEASURE - MASTHEAD[0], emphasis="bold"),
    "Masthead Committee": Look("Masthead", emphasis="bold"),
    "Masthead Sponsors": Look("Masthead", left=BODY[0], right=MARGIN, before=12, after=6, emphasis="bold"),
    "Masthead Resolution": Look("Masthead Sponsors", before=20, size=14, keep_next=True),
    "Masthead Adopted": Look("Masthead Resolution", right=MEASURE - BODY[0] - 280),
    "Masthead Proponent": Look("Masthead", left=BODY[0], right=MARGIN, before=6, after=6, emphasis="italic"),
    "Masthead Other": Look("Masthead"),
    "Resolution Title": Look(first=-48, before=12, after=12, size=12, align="left", emphasis="bold", keep_next=True),
    "Enacting Line": Look(first=24, keep_next=True),
    "Preambular Paragraph": Look(first=24),
    "Operative Paragraph": Look(first=24, tab=111),
    "Sub-paragraph 1": Look(first=24, tab=111),
    "Sub-paragraph 2": Look(left=135, first=-24),
    "Sub-paragraph 3": Look(left=159, first=-24),
    "Plain Paragraph": Look(first=24, tab=111),
    "Unclassified Paragraph": Look(),
    "Heading 1": Look(first=-38, before=12, size=12, align="left", emphasis="bold", keep_next=True, outline=0),
    "Heading 2": Look("Heading 1", before=8, size=10, outline=1),
    "Heading 3": Look(first=-38, before=6, align="left", emphasis="italic", keep_next=True, outline=2),
    "Unnumbered Heading 1": Look("Heading 1", first=0),
    "Unnumbered Heading 2": Look("Heading 2", first=0),
    "Unnumbered Heading 3": Look("Heading 3", first=0),
    "Annex Heading": Look("Heading 1", first=0, before=0, size=14, page_break=True),
    "Annex Title": Look(after=12, size=12, align="left", emphasis="bold", keep_next=True),
    "Part Heading": Look("Heading 1", before=18, after=6),
    "Table Caption": Look(before=6, align="left", emphasis="bold", keep_next=True),
    "Table Text": Look("Normal", before=1, after=1, size=8.5, align="left"),
    "Table Heading": Look("Table Text", emphasis="italic", keep_next=True),
    "Table Figure": Look("Table Text", align="right"),
    "Table Figure Heading": Look("Table Heading", align="right"),
    "Vote Line": Look(before=3, after=2, align="left", emphasis="italic"),
    "Closing Line": Look(after=0, align="right", emphasis="italic", keep_next=True),
    "Footnote Text": Look(first=-9, size=8.5, after=2),
    "Footnote Without Indicator": Look("Footnote Text", first=0),
    "Footnote Separator": Look("Normal", left=39),
    "Header": Look("Normal", size=8.5, align="left", emphasis="bold"),
    "Running Head Right": Look("Header", align="right"),
    "Footer": Look("Normal", size=8.5, align="left", emphasis="bold"),
    "Page Number Right": Look("Footer", align="right"),
}
"""Every paragraph style by its name, in the order an editor finds them in."""

BUILT_IN = {"Heading 1", "Heading 2", "Heading 3", "Header", "Footer", "Footnote Text"}
LATER = {
    "Resolution Title": "Enacting Line",
    "Part Heading": "Enacting Line",
    "Annex Heading": "Annex Title",
    "Annex Title": "Plain Paragraph",
}
"""What follows a paragraph that an editor ends; elsewhere the same again."""


def style_id(name: str) -> str:
    """Return the identifier of the style with this name."""
    return name.replace(" ", "")


def emphasis_of(name: str) -> Emphasis | None:
    """Return the emphasis a paragraph style gives to all its text."""
    look = LOOKS.get(name)
    return (look.emphasis or emphasis_of(look.base)) if look else None
