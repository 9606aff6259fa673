"""A house template: the styles of a Word file of the user's, its page and its running heads, in ours.

A style of the template that has the name of one of ours takes its place, whatever its identifier; a style that
the template does not have is added from ours. What would change the text is left out of it: numbers that a style
counts, hidden text, the language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language

Element = Any  # lxml's elements, which its stubs keep private
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
UNTAKEN = [W + name for name in ("numPr", "vanish", "webHidden", "specVanish", "lang", "bidi")]
"""What no style may bring along: it would change what is read."""
BEFORE_BIDI = {
    W + name
    for name in (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "suppressLineNumbers",
        "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
        "autoSpaceDE", "autoSpaceDN",
    )
}  # fmt: skip
"""What stands before `w:bidi` in the properties of a paragraph (ECMA-376 part 1, section 17.3.1.26)."""
POINTERS = ("basedOn", "next", "link")


class HousePart(NamedTuple):
    """A running head or foot: `header` or `footer`, of which pages, its XML and its relationships."""

    kind: str
    pages: str
    xml: bytes
    relationships: str


class House(NamedTuple):
    """What is taken of a template.

    `page` and `grid` are the XML of its page, `measure` the width between its margins in points, `settings` that of
    how pages differ. `parts` are its running heads, none where it has none and ours are written; `media` the pictures
    in them by their names. All of it is clean: nothing in it runs, and nothing leads out of the file but links.
    """

    styles: bytes
    theme: bytes | None
    fonts: bytes | None
    page: str
    grid: str
    measure: int
    settings: str
    is_first_different: bool
    has_even_pages: bool
    parts: tuple[HousePart, ...]
    media: tuple[tuple[str, bytes], ...]


def merged(house: House, ours: bytes, defaults: str, language: Language) -> bytes:
    """Return the styles of a house, with those of ours that it lacks, for a language; `defaults` are ours."""
    from lxml import etree  # noqa: PLC0415 - heavy, and only the first Word file of a process needs it

    root: Element = etree.fromstring(house.styles)
    own: Element = etree.fromstring(ours)
    rename_styles(root, identifiers(root, own))
    for untaken in list(root.iter(*UNTAKEN)):
        untaken.getparent().remove(untaken)
    _set_language(root, etree.fromstring(defaults), language)
    known = {_key(style) for style in root.iter(f"{W}style")}
    has_default = {style.get(f"{W}type") for style in root.iter(f"{W}style") if style.get(f"{W}default") == "1"}
    for style in own.iter(f"{W}style"):
        if _key(style) not in known:
            if style.get(f"{W}type") in has_default:
                style.attrib.pop(f"{W}default", None)
            root.append(style)
    # Word refuses a file that names prefixes to ignore which it does not declare.
    etree.cleanup_namespaces(root, keep_ns_prefixes=root.get(IGNORABLE, "").split())
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def with_styles(part: bytes, house: House, ours: bytes) -> bytes:
    """Return a running head of a house, the identifiers of its styles as `merged` gives them."""
    from lxml import etree  # noqa: PLC0415 - as above

    root = etree.fromstring(part)
    rename_styles(root, identifiers(etree.fromstring(house.styles), etree.fromstring(ours)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def identifiers(root: Element, own: Element) -> dict[str, str]:
    """Return for each style of a template the identifier it has with us.

    That of our style of the same name and kind, else its own, set apart where we give it to another.
    """
    ours = {_key(style): style.get(f"{W}styleId") for style in own.iter(f"{W}style")}
    taken = set(ours.values())
    found: dict[str, str] = {}
    for style in root.iter(f"{W}style"):
        identifier = style.get(f"{W}styleId")
        known = ours.pop(_key(style), None)
        found[identifier] = known or (f"{identifier}House" if identifier in taken else identifier)
    return found


def rename_styles(root: Element, renamed: dict[str, str]) -> None:
    """Give the styles of a part, and what points to them, other identifiers."""
    for style in root.iter(f"{W}style"):
        style.set(f"{W}styleId", renamed[style.get(f"{W}styleId")])
        for pointer in style.iterchildren(*(W + name for name in POINTERS)):
            target = pointer.get(f"{W}val")
            if target in renamed:
                pointer.set(f"{W}val", renamed[target])
            else:
                style.remove(pointer)
    for used in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"):
        used.set(f"{W}val", renamed.get(used.get(f"{W}val"), "Normal"))


def _key(style: Element) -> tuple[str, str]:
    """Return the kind and the name of a style, without its aliases; Word looks at no capitals in names of its own."""
    name = style.find(f"{W}name")
    shown = style.get(f"{W}styleId") if name is None else name.get(f"{W}val")
    return style.get(f"{W}type", "paragraph"), shown.partition(",")[0].strip().casefold()


def _set_language(root: Element, ours: Element, language: Language) -> None:
    """Say in the defaults which language the text is in, and in each style that is based on none its direction."""
    from lxml import etree  # noqa: PLC0415 - as above

    defaults = root.find(f"{W}docDefaults")
    if defaults is None:
        defaults = ours
        root.insert(0, defaults)
    else:
        outer = _child(_child(defaults, "rPrDefault", 0), "rPr", 0)
        outer.extend(list(ours.iter(f"{W}lang")))
    if language.right_to_left:
        for style in _based_on_none(root):
            properties = style.find(f"{W}pPr")
            if properties is None:
                properties = etree.Element(f"{W}pPr")
                style.insert(_place_of_properties(style), properties)
            at = sum(child.tag in BEFORE_BIDI for child in properties)
            properties.insert(at, etree.Element(f"{W}bidi"))


def _child(element: Element, name: str, at: int) -> Element:
    from lxml import etree  # noqa: PLC0415 - as above

    found = element.find(W + name)
    if found is None:
        found = etree.Element(W + name)
        element.insert(at, found)
    return found


def _based_on_none(root: Element) -> Iterator[Element]:
    for style in root.iter(f"{W}style"):
        if style.get(f"{W}type", "paragraph") == "paragraph" and style.find(f"{W}basedOn") is None:
            yield style


def _place_of_properties(style: Element) -> int:
    """Return where the properties of the paragraph stand in a style: before those of its text."""
    after = {W + name for name in ("rPr", "tblPr", "trPr", "tcPr", "tblStylePr")}
    return next((at for at, child in enumerate(style) if child.tag in after), len(style))
