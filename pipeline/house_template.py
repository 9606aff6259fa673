"""What is taken of a Word file that is given as house template: its styles, its theme, its page, its running heads.

Nothing that runs, nothing that loads: macros, embedded objects, controls, attached templates, pictures and data from
elsewhere are left out, whatever they are named. A field in a running head that would load something is refused.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from pipeline.emit.docx_house import House, HousePart
from pipeline.errors import ReadError, UsageError
from pipeline.limits import USUAL_LIMITS
from pipeline.read.archive import Archive, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Element = Any  # lxml's elements, which its stubs keep private
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OFFICE = f"{R[1:-1]}/"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
KIND = Kind("Word file", "Word")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What a file of Word 97, or one with a password, begins with."""
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
PAGE = ("pgSz", "pgMar", "paperSrc", "pgBorders", "vAlign")
"""What is taken of the section: the page, not its columns or its counts."""
PICTURES = {"png", "jpeg", "jpg", "gif", "bmp", "tif", "tiff", "emf", "wmf"}
LINKS = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
LOADING = {"INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO", "EMBED", "DATABASE", "RD"}
"""Fields that load what is elsewhere."""
ACTIVE = {W + name for name in ("object", "control", "altChunk", "subDoc", "movie", "dataBinding")}
OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
OUTWARD = ("{urn:schemas-microsoft-com:office:office}href", "src", "href")
MEASURE = 492
LEAST_MEASURE = 144


def read_house(data: bytes, name: str) -> House:
    """Return what is taken of a Word file, .docx, .dotx, .docm or .dotm; messages call it by `name`.

    Raises UsageError for a file that is none, is damaged, encrypted or without styles, or whose running heads load
    what is outside the file.
    """
    if data.startswith(COMPOUND):
        msg = f"{name}: has a password, or is of an old version of Word; save it in Word as .docx, without password"
        raise UsageError(msg)
    try:
        with Archive(data, name, KIND, USUAL_LIMITS) as archive:
            return _Template(archive, name).house()
    except ReadError as error:
        raise UsageError(str(error)) from error


class _Template:
    """An open template."""

    def __init__(self, archive: Archive, name: str) -> None:
        self._archive = archive
        self._name = name
        self._main = self._related("", "officeDocument", "word/document.xml")
        self._media: dict[str, bytes] = {}

    def house(self) -> House:
        styles = self._part("styles", "word/styles.xml")
        if styles.tag != f"{W}styles":
            strict = styles.tag.startswith(STRICT)
            what = "is saved as Strict Open XML" if strict else "has no styles, so it is no Word file"
            msg = f"{self._name}: {what}; save it in Word as Word Document (.docx)"
            raise UsageError(msg)
        body = self._archive.part(self._main)
        section = next(reversed(list(body.iter(f"{W}sectPr"))), None)
        settings = self._part("settings", "word/settings.xml")
        parts = () if section is None else tuple(self._running(section))
        return House(
            styles=_written(styles),
            theme=self._inert("theme", "theme"),
            fonts=self._inert("fontTable", "fonts"),
            page=_page(section, PAGE),
            grid=_page(section, ("docGrid",)),
            measure=_measure(section),
            settings="".join(f"<w:{each}/>" for each in ("mirrorMargins",) if _is_on(settings, each)),
            is_first_different=section is not None and _is_on(section, "titlePg"),
            has_even_pages=_is_on(settings, "evenAndOddHeaders"),
            parts=parts,
            media=tuple(sorted(self._media.items())),
        )

    def _running(self, section: Element) -> Iterator[HousePart]:
        """Yield the running heads and feet of a section; none where they are all empty."""
        found: list[HousePart] = []
        is_empty = True
        for reference in section.iterchildren(f"{W}headerReference", f"{W}footerReference"):
            path = self._relations(self._main).get(reference.get(f"{R}id"), ("", "", False))[1]
            root = self._archive.part(path)
            if root.tag in (f"{W}hdr", f"{W}ftr"):
                is_empty = is_empty and not _shows(root)
                links = self._clean(root, path)
                kind = "header" if root.tag == f"{W}hdr" else "footer"
                found.append(HousePart(kind, reference.get(f"{W}type", "default"), _written(root), links))
        yield from () if is_empty else found

    def _clean(self, root: Element, path: str) -> str:
        """Take out of a part all that runs or loads, and return the relationships that are left: pictures and links."""
        for active in list(root.iter(*ACTIVE, OLE)):
            active.getparent().remove(active)
        self._check_fields(root, path)
        kept: dict[str, str] = {}
        for identifier, (kind, target, is_external) in self._relations(path).items():
            ending = target.rpartition(".")[2].lower()
            if is_external and kind == "hyperlink" and LINKS.match(target):
                kept[identifier] = _relationship(identifier, kind, target, external=True)
            elif not is_external and kind == "image" and ending in PICTURES and target in self._archive.names:
                named = f"media/house{len(self._media) + 1}.{ending}"
                self._media[named] = self._archive.content(target)
                kept[identifier] = _relationship(identifier, kind, named)
        for element in root.iter(etree.Element):
            for name in list(element.attrib):
                if (name.startswith(R) and element.get(name) not in kept) or name in OUTWARD:
                    del element.attrib[name]
        return "".join(kept.values())

    def _check_fields(self, root: Element, path: str) -> None:
        for element in root.iter(f"{W}instrText", f"{W}fldSimple"):
            words = (element.text if element.tag == f"{W}instrText" else element.get(f"{W}instr")) or ""
            word = (words.split() or ["="])[0].upper()
            if word in LOADING:
                msg = (
                    f"{self._name}: {path}: the field {word} loads what is outside the file; put in its place what it "
                    "shows (in Word, Ctrl+Shift+F9)"
                )
                raise UsageError(msg)

    def _inert(self, kind: str, tag: str) -> bytes | None:
        """Return a part without what it points to; None where the file has none."""
        root = self._part(kind, "")
        if etree.QName(root).localname != tag:
            return None
        for element in root.iter(etree.Element):
            for name in [name for name in element.attrib if name.startswith(R)]:
                del element.attrib[name]
        for embedded in [each for each in root.iter(etree.Element) if etree.QName(each).localname.startswith("embed")]:
            embedded.getparent().remove(embedded)
        return _written(root)

    def _part(self, kind: str, usual: str) -> Element:
        return self._archive.part(self._related(self._main, kind, usual))

    def _related(self, path: str, kind: str, usual: str) -> str:
        """Return the path of the part of a kind that a part relates to, else the usual one."""
        found = (
            target for name, target, is_external in self._relations(path).values() if name == kind and not is_external
        )
        return next(found, usual)

    def _relations(self, path: str) -> dict[str, tuple[str, str, bool]]:
        """Return the relationships of a part: kind, target and whether that is elsewhere, by identifier."""
        folder, name = posixpath.split(path)
        root = self._archive.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {
            each.get("Id", ""): (
                each.get("Type", "").rpartition("/")[2],
                each.get("Target", "") if outside else _path(folder, each.get("Target", "")),
                outside,
            )
            for each in root.iter(f"{PACKAGE}Relationship")
            for outside in (each.get("TargetMode") == "External",)
        }


def _path(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _relationship(identifier: str, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return (
        f"<Relationship Id={quoteattr(identifier)} Type={quoteattr(OFFICE + kind)} Target={quoteattr(target)}{mode}/>"
    )


def _shows(root: Element) -> bool:
    """Tell whether a running head shows anything."""
    drawn = (W + name for name in ("drawing", "pict", "fldSimple", "instrText", "sym"))
    return bool("".join(root.itertext(f"{W}t")).strip()) or next(root.iter(*drawn), None) is not None


def _measure(section: Element) -> int:
    """Return the width of the text of a page in points; that of our own where the page does not say it."""
    size, margins = (None, None) if section is None else (section.find(f"{W}pgSz"), section.find(f"{W}pgMar"))
    if size is None or margins is None:
        return MEASURE
    lengths = [size.get(f"{W}w"), *(margins.get(W + side) for side in ("left", "right", "gutter"))]
    if not all(re.fullmatch("-?[0-9]{1,6}", each or "0") for each in lengths):
        return MEASURE
    width, *taken = (int(each or 0) for each in lengths)
    return max((width - sum(taken)) // 20, LEAST_MEASURE)


def _is_on(element: Element, name: str) -> bool:
    found = element.find(W + name)
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off")


def _page(section: Element, names: Sequence[str]) -> str:
    tags = {W + name for name in names}
    return "" if section is None else "".join(_of_page(child) for child in section if child.tag in tags)


def _of_page(element: Element) -> str:
    """Return an element of a section with the attributes that the standard gives it."""
    made = etree.Element(element.tag, nsmap={"w": W[1:-1]})
    made.attrib.update({name: text for name, text in element.attrib.items() if name.startswith(W)})
    made.extend(etree.fromstring(_of_page(child)) for child in element)
    return etree.tostring(made, encoding="unicode")


def _written(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
