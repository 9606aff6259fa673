"""The structure tree of a tagged PDF: its paragraphs, notes and table rows (ISO 32000-1, section 14.7).

Read with pikepdf (qpdf). Tags say what the page only shows: which lines are one
paragraph, also across pages, and which are a note.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pipeline.errors import ReadError
from pipeline.limits import too_much
from pipeline.read.pdf_glyphs import cause
from pipeline.read.pdf_limits import refuse_endless, refuse_wide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object, Pdf

    from pipeline.limits import InputLimits

LONGEST_ROLES = 20
"""So many roles of a document's own may be named one after another."""
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


def blocks_of(data: bytes, name: str, limits: InputLimits) -> list[Block]:
    """Return the blocks of a tagged PDF in reading order; none of one that is not tagged.

    Raises ReadError for a file that is damaged or encrypted, for a page that draws without end, and
    for a tree that is too deep or too large.
    """
    refuse_wide(data, name)
    # Heavy, and only a PDF needs it.
    import pikepdf  # noqa: PLC0415

    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            refuse_endless(document, name, limits)
            root = document.Root.get("/StructTreeRoot")
            return _walk(document, root, name, limits) if isinstance(root, pikepdf.Dictionary) else []
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError) as error:
        # A ValueError is a number too large for pikepdf, or a name that is no text.
        msg = f"{name}: not a PDF that can be opened ({cause(str(error))}"
        raise ReadError(msg) from error


def _walk(document: Pdf, root: Object, name: str, limits: InputLimits) -> list[Block]:
    from pikepdf import Dictionary  # noqa: PLC0415 - loaded by now

    pages = {page.obj.objgen: at for at, page in enumerate(document.pages)}
    roles = root.get("/RoleMap")
    named = {key: str(role) for key, role in roles.items()} if isinstance(roles, Dictionary) else {}
    walk = _Walk(name, pages, named, limits)
    walk.element(root, 0, 0)
    walk.flush()
    return walk.blocks


class _Walk:
    """Collects the blocks on one way through the tree."""

    def __init__(
        self, name: str, pages: dict[tuple[int, int], int], roles: dict[str, str], limits: InputLimits
    ) -> None:
        from pikepdf import Array, Dictionary  # noqa: PLC0415 - loaded by now

        self.name, self.pages, self.roles, self.limits = name, pages, roles, limits
        self.array: Any = Array
        self.dictionary: Any = Dictionary
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
        for kid in self._each_kid(element, depth):
            if isinstance(kid, int):
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
        for kid in self._each_kid(element, depth):
            if isinstance(kid, int):
                self.open.append(Mark(page, kid))
            elif "/S" in kid:
                self.element(kid, page, depth + 1)
            else:
                number: Any = kid.get("/MCID")
                if isinstance(number, int):
                    self.open.append(Mark(self._page(kid, page), number))

    def _each_kid(self, element: Object, depth: int) -> Iterator[Object | int]:
        """Yield the kids of an element, elements and numbers of marked content, of which one may stand by itself."""
        one: Any = element.get("/K")
        for kid in one if isinstance(one, self.array) else [one]:
            self.count += 1
            if (is_deep := depth > self.limits.pdf_tag_depth) or self.count > self.limits.pdf_tags:
                msg = f"{self.name}: the tags of the PDF are nested without end; print it to PDF anew, or save its text"
                raise too_much(msg, "pdf_tag_depth" if is_deep else "pdf_tags")
            if isinstance(kid, int | self.dictionary):
                yield kid

    def _page(self, element: Object, page: int) -> int:
        own = element.get("/Pg")
        return self.pages.get(own.objgen, page) if isinstance(own, self.dictionary) else page

    def _role(self, element: Object) -> str:
        """Return the role of an element, one of the document's own as the one it is named after."""
        role = found = str(element.get("/S", ""))
        for _ in range(LONGEST_ROLES):
            if found in INLINE or self.roles.get(found, found) == found:
                break
            found = self.roles[found]
        self.roles[role] = found
        return found
