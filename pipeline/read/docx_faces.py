"""How the runs of a Word file are set: what is emphasised, raised or hidden (ECMA-376 part 1, section 17.7.3).

A property that is on or off may stand in the run, in the style of the run, and in the style of the
paragraph. The run has the last word; two styles that both turn it on turn it off again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.docx_numbers import DEEPEST, W, value

if TYPE_CHECKING:
    from pipeline.docx_numbers import Element

OFF = {"0", "false", "off", "none"}
NAMED = {"emphasis": "*", "strong": "**", "lead phrase": ""}
"""What a style of ours says by its name: in Chinese it is shown by a face, and a lead phrase the parser finds out."""
NOTE_STYLES = {
    "footnote reference",
    "footnote characters",
    "footnote anchor",
    "endnote reference",
    "endnote characters",
}
"""The styles of indicators, as Word and LibreOffice name them."""


class Face(NamedTuple):
    """How a run is set: the stars around it, whether it stands above the line or is hidden, its style in small letters.

    It has stars where it is bold or italic and its paragraph is not.
    """

    stars: str
    raised: bool
    hidden: bool
    style: str


class Faces:
    """Looks up how a run is set."""

    def __init__(self, styles: Element) -> None:
        self._styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        default = (style for style in self._styles.values() if style.get(f"{W}default") not in {None, *OFF})
        self._default = next(
            (style.get(f"{W}styleId") for style in default if style.get(f"{W}type") == "paragraph"), ""
        )
        self._known: dict[str, dict[str, str]] = {}
        self._paragraph: Element = None
        self._whole: dict[str, str] = {}

    def style(self, paragraph: Element) -> str:
        """Return the name of the style of a paragraph, in small letters; "" for none."""
        return self._name(value(paragraph, "pPr", "pStyle") or self._default)

    def face(self, run: Element, paragraph: Element) -> Face:
        """Return how a run in a paragraph is set."""
        direct = _own(run.find(f"{W}rPr"))
        identifier = direct.get("rStyle", "")
        style, own = self._name(identifier), self._properties(identifier)
        raised = direct.get("vertAlign", own.get("vertAlign")) == "superscript" or style in NOTE_STYLES
        hidden = _is_on(direct if "vanish" in direct else own, "vanish")
        stars = NAMED.get(style)
        if stars is None:
            if paragraph is not self._paragraph:  # asked of each of its runs, which may be thousands
                self._paragraph = paragraph
                self._whole = self._properties(value(paragraph, "pPr", "pStyle") or self._default)
            stars = _stars(direct, own, self._whole)
        return Face(stars, raised, hidden, style)

    def _name(self, identifier: str) -> str:
        style = self._styles.get(identifier)
        return "" if style is None else (value(style, "name") or "").lower()

    def _properties(self, identifier: str) -> dict[str, str]:
        """Return the properties of a style, those of the styles it is based on among them."""
        known = self._known.get(identifier)
        if known is None:
            chain: dict[str, Element] = {}  # each once: a style may be based on itself
            at = identifier
            while at in self._styles and at not in chain and len(chain) < DEEPEST:
                chain[at] = self._styles[at]
                at = value(chain[at], "basedOn") or ""
            known = self._known[identifier] = {}
            for style in reversed(chain.values()):
                known.update(_own(style.find(f"{W}rPr")))
        return known


def _stars(direct: dict[str, str], own: dict[str, str], whole: dict[str, str]) -> str:
    """Return the stars of what a run says itself, in its style, and of what the style of its paragraph says."""
    if not direct and not own:
        return ""
    complex_script = "Cs" if _is_on(direct, "rtl") else ""
    for kind, stars in (("b", "**"), ("i", "*")):
        name = kind + complex_script
        base = _is_on(whole, name)
        if not base and _is_on(direct if name in direct else own, name):
            return stars
    return ""


def _own(properties: Element | None) -> dict[str, str]:
    """Return the properties that stand in an element; one without a value is on."""
    if properties is None:
        return {}
    return {each.tag.removeprefix(W): each.get(f"{W}val", "1") for each in properties.iterchildren(f"{W}*")}


def _is_on(properties: dict[str, str], name: str) -> bool:
    return properties.get(name, "0") not in OFF
