"""How a page sets what an element holds: its emphasis, whether it is raised, and what its lists count in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.read.html_notes import Element

STARS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
STYLED = re.compile(r"font-(?:(?P<italic>style\s*:\s*(?:italic|oblique))|weight\s*:\s*(?:bold|[6-9]00))")
UNSTYLED = re.compile(r"font-(?:style|weight)\s*:\s*normal")
FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*(?P<form>[a-z-]+)")
CSS_FORMS = {
    "decimal": "decimal", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "none": "none",
}  # fmt: skip


class Setting(NamedTuple):
    """How the text at a place is set."""

    stars: str = ""
    raised: bool = False
    note: str = ""
    """The mark of the footnote that is being read."""


def set_in(element: Element, style: str, setting: Setting) -> Setting:
    """Return how the text of an element is set."""
    found = STYLED.search(style)
    stars = STARS.get(element.tag) or (("*" if found["italic"] else "**") if found else setting.stars)
    if stars == "*" and setting.stars == "**":
        stars = "**"
    if UNSTYLED.search(style) and not found:
        stars = ""
    raised = element.tag == "sup" or "vertical-align:super" in style.replace(" ", "") or setting.raised
    return setting._replace(stars=stars, raised=raised)


def form_of(element: Element) -> str:
    """Return what a list counts in, as Word names it: "bullet", "none", "decimal", "lowerLetter" …."""
    if element.tag == "ul":
        return "none" if "none" in element.get("style", "") else "bullet"
    style = LIST_STYLE.search(element.get("style", ""))
    return CSS_FORMS.get(style["form"], "decimal") if style else FORMS.get(element.get("type", ""), "decimal")
