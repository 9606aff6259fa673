"""How the runs of a Word file are set: what is emphasised, raised or hidden (ECMA-376 part 1, section 17.7.3).

A property that is on or off may stand in the run, in the style of the run, and in the style of the
paragraph. The run has the last word; two styles that both turn it on turn it off again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.docx_numbers import W, value

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


class Faces:
    """Looks up how a run is set."""

    def __init__(self, styles: Element) -> None:
        self._styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        default = (style for style in self._styles.values() if style.get(f"{W}default") not in {None, *OFF})
        self._default = next(
            (style.get(f"{W}styleId") for style in default if style.get(f"{W}type") == "paragraph"), ""
        )
        self._known: dict[str, dict[str, str]] = {}

    def style(self, element: Element) -> str:
        """Return the name of the style of a paragraph or a run, in small letters; "" for none."""
        style = self._styles.get(self._identifier(element))
        return "" if style is None else (value(style, "name") or "").lower()

    def stars(self, run: Element, paragraph: Element) -> str:
        """Return the stars around a run: it is set bold or italic where its paragraph is not."""
        named = NAMED.get(self.style(run))
        if named is not None:
            return named
        whole, own = self._properties(self._identifier(paragraph)), self._properties(self._identifier(run))
        direct = _own(run.find(f"{W}rPr"))
        complex_script = "Cs" if direct.get("rtl", "0") not in OFF else ""
        for kind, stars in (("b", "**"), ("i", "*")):
            base = _is_on(whole, kind + complex_script)
            shown = base != _is_on(own, kind + complex_script)
            if not base and (_is_on(direct, kind + complex_script) if kind + complex_script in direct else shown):
                return stars
        return ""

    def is_raised(self, run: Element) -> bool:
        """Tell whether a run stands above the line, as an indicator does."""
        found = {**self._properties(self._identifier(run)), **_own(run.find(f"{W}rPr"))}
        return found.get("vertAlign") == "superscript" or self.style(run) in NOTE_STYLES

    def is_hidden(self, run: Element) -> bool:
        """Tell whether a run is hidden: not printed, and seen by none who does not ask for it."""
        return _is_on({**self._properties(self._identifier(run)), **_own(run.find(f"{W}rPr"))}, "vanish")

    def _identifier(self, element: Element) -> str:
        if element.tag == f"{W}p":
            return value(element, "pPr", "pStyle") or self._default
        return value(element, "rPr", "rStyle") or ""

    def _properties(self, identifier: str) -> dict[str, str]:
        """Return the properties of a style, those of the styles it is based on among them."""
        known = self._known.get(identifier)
        if known is not None:
            return known
        self._known[identifier] = {}  # a style that is based on itself
        style = self._styles.get(identifier)
        found = (
            {} if style is None else {**self._properties(value(style, "basedOn") or ""), **_own(style.find(f"{W}rPr"))}
        )
        self._known[identifier] = found
        return found


def _own(properties: Element | None) -> dict[str, str]:
    """Return the properties that stand in an element; one without a value is on."""
    if properties is None:
        return {}
    return {each.tag.removeprefix(W): each.get(f"{W}val", "1") for each in properties.iterchildren(f"{W}*")}


def _is_on(properties: dict[str, str], name: str) -> bool:
    return properties.get(name, "0") not in OFF
