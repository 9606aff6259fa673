"""The structure tree of a tagged PDF: its paragraphs, notes and table rows (ISO 32000-1, section 14.7).

Read with pikepdf (qpdf). Tags say what the page only shows: which lines are one
paragraph, also across pages, and which are a note.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object

DEEPEST = 100
MOST_ELEMENTS = 500_000
INLINE = {
    "/Span",
    "/Link",
    "/Reference",
    "/Quote",
    "/Em",
    "/Strong",
    "/Sub",
    "/Lbl",
    "/BibEntry",
    "/Code",
    "/NonStruct",
}
"""Roles whose text goes on in the paragraph around them; `Lbl` is the number of a list item."""


class Mark(NamedTuple):
    """Marked content: the page, counted from 0, and its number on the page."""

    page: int
    number: int


class Block(NamedTuple):
    """A paragraph, the paragraph of a note or a row of a table: its marked content in order, a tuple a cell."""

    kind: Literal["paragraph", "note", "row"]
    cells: tuple[tuple[Mark, ...], ...]
    group: int
    """Blocks of one note or one table have one number."""


def blocks_of(data: bytes, name: str) -> list[Block]:
    """Return the blocks of a tagged PDF in reading order; none of one that is not tagged.

    Raises ReadError for a tree that is too deep or too large.
    """
    # Heavy, and only a PDF needs it.
    import pikepdf  # noqa: PLC0415

    try:
        document = pikepdf.open(io.BytesIO(data))
    except pikepdf.PdfError as error:
        msg = f"{name}: the PDF is damaged ({error}); repair it with qpdf or mutool"
        raise ReadError(msg) from error
    with document:
        root = document.Root.get("/StructTreeRoot")
        if root is None:
            return []
        pages = {page.obj.objgen: at for at, page in enumerate(document.pages)}
        roles = {str(key): str(value) for key, value in dict(root.get("/RoleMap", {})).items()}
        walk = _Walk(name, pages, roles)
        walk.element(root, 0, 0)
        walk.flush()
        return walk.blocks


class _Walk:
    """Collects the blocks on one way through the tree."""

    def __init__(self, name: str, pages: dict[tuple[int, int], int], roles: dict[str, str]) -> None:
        self.name, self.pages, self.roles = name, pages, roles
        self.blocks: list[Block] = []
        self.open: list[Mark] = []
        self.kind: Literal["paragraph", "note"] = "paragraph"
        self.group = 0
        self.groups = 0
        self.count = 0

    def flush(self) -> None:
        """Close the paragraph that is open."""
        if self.open:
            self.blocks.append(Block(self.kind, (tuple(self.open),), self.group))
            self.open = []

    def element(self, element: Object, page: int, depth: int) -> None:
        """Take an element and what is under it."""
        self._count(depth)
        page = self._page(element, page)
        role = self._role(element)
        if role == "/Note":
            self._note(element, page, depth)
        elif role == "/TR":
            self.flush()
            self._row(element, page, depth)
        elif role in INLINE:
            self._kids(element, page, depth)
        else:
            if role == "/Table":
                self.groups += 1
            self.flush()
            self._kids(element, page, depth)
            self.flush()

    def _note(self, element: Object, page: int, depth: int) -> None:
        """Take a note; the paragraph that mentions it goes on after it."""
        around = self.open, self.kind, self.group
        self.groups += 1
        self.open, self.kind, self.group = [], "note", self.groups
        self._kids(element, page, depth)
        self.flush()
        self.open, self.kind, self.group = around

    def _row(self, element: Object, page: int, depth: int) -> None:
        cells: list[tuple[Mark, ...]] = []
        for kid in _array(element):
            if not hasattr(kid, "keys"):
                continue
            at = len(self.blocks)
            self.element(kid, page, depth + 1)
            self.flush()
            inner = [block for block in self.blocks[at:] if block.kind == "paragraph"]
            notes = [block for block in self.blocks[at:] if block.kind != "paragraph"]
            self.blocks[at:] = notes
            cells.append(tuple(mark for block in inner for cell in block.cells for mark in cell))
        if cells:
            self.blocks.append(Block("row", tuple(cells), self.groups))

    def _kids(self, element: Object, page: int, depth: int) -> None:
        for kid in _array(element):
            if not hasattr(kid, "keys"):
                self.open.append(Mark(page, int(kid)))
            elif "/MCID" in kid:
                self.open.append(Mark(self._page(kid, page), int(kid["/MCID"])))
            elif "/S" in kid:
                self.element(kid, page, depth + 1)

    def _page(self, element: Object, page: int) -> int:
        own = element.get("/Pg")
        return page if own is None else self.pages.get(own.objgen, page)

    def _role(self, element: Object) -> str:
        role = str(element.get("/S", ""))
        for _ in range(len(self.roles)):
            if role in INLINE or role not in self.roles or self.roles[role] == role:
                break
            role = self.roles[role]
        return role

    def _count(self, depth: int) -> None:
        self.count += 1
        if depth > DEEPEST or self.count > MOST_ELEMENTS:
            msg = f"{self.name}: the tags of the PDF are nested without end; print it to PDF anew, or save its text"
            raise ReadError(msg)


def _array(element: Object) -> Iterator[Object]:
    """Yield the kids of an element, of which one may stand by itself."""
    from pikepdf import Array  # noqa: PLC0415 - loaded by now

    kids = element.get("/K")
    if kids is None:
        return
    yield from kids if isinstance(kids, Array) else [kids]
