"""The styles of an OpenDocument text: what is emphasised, raised or hidden, how lists count (ODF 1.3 part 3, 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.docx_numbers import DEEPEST

if TYPE_CHECKING:
    Element = Any  # lxml's elements, which its stubs keep private

NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, STYLE = f"{{{NAMESPACE}text:1.0}}", f"{{{NAMESPACE}style:1.0}}"
FORMAT = f"{{{NAMESPACE}xsl-fo-compatible:1.0}}"
WEIGHTS = (f"{FORMAT}font-weight", f"{STYLE}font-weight-asian", f"{STYLE}font-weight-complex")
SLANTS = (f"{FORMAT}font-style", f"{STYLE}font-style-asian", f"{STYLE}font-style-complex")
NAMED = {"emphasis": "*", "strong emphasis": "**", "strong": "**", "lead phrase": ""}
"""What a style says by its name: in Chinese it is shown by a face, and a lead phrase the parser finds out."""


class Level(NamedTuple):
    """A level of a list: its first number, its format, and the signs around; how many levels it shows."""

    start: int
    form: str
    before: str
    after: str
    shown: int
    bullet: str


class Styles:
    """Looks up the styles of a text by their names."""

    def __init__(self, *parts: Element) -> None:
        self._styles = {
            (each.get(f"{STYLE}family"), each.get(f"{STYLE}name")): each
            for part in parts
            for each in part.iter(f"{STYLE}style")
        }
        self._lists = {each.get(f"{STYLE}name"): each for part in parts for each in part.iter(f"{TEXT}list-style")}
        self._outline = next((each for part in parts for each in part.iter(f"{TEXT}outline-style")), None)
        self._known: dict[tuple[str, str | None], dict[str, str]] = {}

    def name(self, paragraph: Element) -> str:
        """Return the name of the style of a paragraph, or of the style its own is made of, in small letters."""
        return self._name("paragraph", paragraph.get(f"{TEXT}style-name"))

    def stars(self, span: str | None, paragraph: Element) -> str | None:
        """Return the stars around a span in this style; `None` where the style does not say."""
        named = NAMED.get(self._name("text", span))
        if named is not None:
            return named
        own = self._properties("text", span)
        whole = self._properties("paragraph", paragraph.get(f"{TEXT}style-name"))
        for names, on, stars in ((WEIGHTS, "bold", "**"), (SLANTS, "italic", "*")):
            if any(own.get(name) == on != whole.get(name) for name in names):
                return stars
        return "" if any(name in own for name in WEIGHTS + SLANTS) else None

    def is_raised(self, span: str | None) -> bool | None:
        """Tell whether a span in this style stands above the line; `None` where the style does not say."""
        position = self._properties("text", span).get(f"{STYLE}text-position")
        if position is None:
            return None
        place = position.split()[0]
        return place == "super" or (place.endswith("%") and not place.startswith(("-", "0%")))

    def is_hidden(self, span: str | None) -> bool:
        """Tell whether a span in this style is hidden."""
        return self._properties("text", span).get(f"{TEXT}display") == "none"

    def level(self, style: str | None, at: int) -> Level | None:
        """Return level `at` (from 1) of a list style, of headings where `style` is `None`."""
        levels = self._outline if style is None else self._lists.get(style)
        if levels is None:
            return None
        found = next((each for each in levels if each.get(f"{TEXT}level") == str(at)), None)
        if found is None:
            return None
        before, after = found.get(f"{STYLE}num-prefix", ""), found.get(f"{STYLE}num-suffix", "")
        return Level(
            int(found.get(f"{TEXT}start-value", "1")),
            found.get(f"{STYLE}num-format", ""),
            before,
            after,
            int(found.get(f"{TEXT}display-levels", "1")),
            found.get(f"{TEXT}bullet-char", ""),
        )

    def _name(self, family: str, identifier: str | None) -> str:
        """Return the name of a style; the parent's, where it is made for one place only."""
        for _ in range(DEEPEST):
            style = self._styles.get((family, identifier))
            if style is None:
                break
            shown = style.get(f"{STYLE}display-name")
            parent = style.get(f"{STYLE}parent-style-name")
            if shown or not parent or style.getparent().tag.endswith("}styles"):
                return str(shown or identifier).replace("_20_", " ").lower()
            identifier = parent
        return (identifier or "").replace("_20_", " ").lower()

    def _properties(self, family: str, identifier: str | None) -> dict[str, str]:
        known = self._known.get((family, identifier))
        if known is None:
            chain: dict[str | None, Element] = {}  # each once: a style may be made of itself
            at = identifier
            while (family, at) in self._styles and at not in chain and len(chain) < DEEPEST:
                chain[at] = self._styles[family, at]
                at = chain[at].get(f"{STYLE}parent-style-name")
            known = self._known[family, identifier] = {}
            for style in reversed(chain.values()):
                own = style.find(f"{STYLE}text-properties")
                known.update({} if own is None else own.attrib)
        return known
