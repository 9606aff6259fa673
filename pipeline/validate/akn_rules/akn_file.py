"""An Akoma Ntoso file as the rules ask it: its elements by name, its eIds, pointers and links, gone through once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, cast

from lxml import etree

from pipeline.validate.akn_rules.identification import Frbr
from pipeline.validate.akn_rules.vocabulary import AKN

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTERS = frozenset({"refersTo", "source", "by", "as", "outcome", "for", "period", "alternativeTo", "placementBase"})
"""The attributes whose value names an element of the same file."""
DOCUMENTS = ("statement", "documentCollection")
PARTS = ("coverPage", "preface", "preamble", "mainBody", "conclusions", "attachments")
BLOCKS = ("p", "num", "heading", "subheading", "crossHeading", "listIntroduction", "listWrapUp", "caption")
"""The elements that hold a line or a paragraph of text."""


class Hit(NamedTuple):
    """A place where a rule is broken: the element, and what is wrong there. A line where no element is to be had."""

    element: etree._Element | None
    message: str
    line: int = 0


class Attribute(NamedTuple):
    """An attribute that leads somewhere."""

    element: etree._Element
    key: str
    value: str


class Block(NamedTuple):
    """A block and its text; a footnote in it is one sign, its text is of blocks of its own."""

    element: etree._Element
    text: str


class AknFile:
    """A parsed file.

    `named` holds the elements of the Akoma Ntoso namespace by name, in document order;
    `eids` every eId with its element, `ids` the first element of each.
    """

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.elements: list[etree._Element] = []
        self.named: dict[str, list[etree._Element]] = {}
        self.eids: list[tuple[str, etree._Element]] = []
        self.pointers: list[Attribute] = []
        self.links: list[Attribute] = []
        named, elements = self.named, self.elements
        for element in root.iter(etree.Element):
            elements.append(element)
            tag = str(element.tag)
            if tag.startswith(AKN):
                named.setdefault(tag[len(AKN) :], []).append(element)
            for key, value in cast("list[tuple[str, str]]", element.items()):
                if key == "eId":
                    self.eids.append((value, element))
                elif key == "href":
                    self.links.append(Attribute(element, key, value))
                elif key in POINTERS:
                    self.pointers.append(Attribute(element, key, value))
        self.ids = dict(reversed(self.eids))

    def all(self, *names: str) -> Iterator[etree._Element]:
        """Yield the elements of these names, name by name."""
        for name in names:
            yield from self.named.get(name, ())

    @cached_property
    def documents(self) -> list[etree._Element]:
        """The resolution, or the collection and the resolutions in it."""
        return list(self.all(*DOCUMENTS))

    @cached_property
    def identifications(self) -> list[Frbr]:
        """The identification of the document, of its parts and its annexes."""
        return [Frbr(element) for element in self.all("identification")]

    @cached_property
    def content(self) -> list[tuple[str, etree._Element, str]]:
        """The eIds outside the metadata, with their elements and the names of these."""
        metadata = {element for meta in self.all("meta") for element in meta.iter(etree.Element)}
        return [
            (eid, element, tag[len(AKN) :])
            for eid, element in self.eids
            if element not in metadata and (tag := str(element.tag)).startswith(AKN)
        ]

    @cached_property
    def parts(self) -> list[tuple[etree._Element, etree._Element]]:
        """The parts of each document that hold text, in order: (document, part)."""
        tags = {AKN + name for name in PARTS}
        return [(document, part) for document in self.documents for part in document if part.tag in tags]

    @cached_property
    def text(self) -> str:
        """All text of the file, to tell quickly what none of its blocks has."""
        return str(self.root.xpath("string()"))

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks of all parts, in document order."""
        found: list[tuple[etree._Element, list[str]]] = []
        for _, part in self.parts:
            _gather(part, [], found)
        return [Block(element, "".join(pieces)) for element, pieces in found]


OBJECT = "\ufffc"
BLOCK_TAGS = frozenset(AKN + name for name in BLOCKS)
NOTE_TAG, META_TAG = f"{AKN}authorialNote", f"{AKN}meta"


def _gather(element: etree._Element, own: list[str], found: list[tuple[etree._Element, list[str]]]) -> None:
    """Add the text of an element to the block it stands in, and open a block of its own for each below it."""
    own.append(element.text or "")
    for child in element:
        tag = child.tag
        if tag in BLOCK_TAGS:
            inner: list[str] = []
            found.append((child, inner))
            _gather(child, inner, found)
        elif tag == NOTE_TAG:
            own.append(OBJECT)
            _gather(child, [], found)
        elif tag != META_TAG and isinstance(tag, str):
            _gather(child, own, found)
        own.append(child.tail or "")


def line_of(element: etree._Element) -> int:
    """Return the line an element begins in."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def name_of(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: etree._Element) -> str:
    """Return all text of an element, without the white space around it."""
    return "".join(cast("Iterator[str]", element.itertext(etree.Element))).strip()


def within(element: etree._Element, *names: str) -> etree._Element | None:
    """Return the nearest element of these names around this one."""
    return next(element.iterancestors(*(AKN + name for name in names)), None)
