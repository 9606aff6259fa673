"""The parts of a Word file that are the same for every document of a language.

Made once a process from python-docx's own template and the project's styles, and kept as
a zip with the parts compressed, to which the parts of one document are appended.
"""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.emit.docx_house import merged, with_styles
from pipeline.emit.docx_runs import run
from pipeline.emit.docx_styles import EAST_ASIAN, LATIN, document_defaults, language_tags, style_elements
from pipeline.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.emit.docx_house import House
    from pipeline.languages import Language

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument"
NAMESPACES = f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}"'
IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

PARTS = {
    "styles": "styles", "fontTable": "fontTable", "theme": "theme/theme1",
    "settings": "settings", "numbering": "numbering",
    "footnotes": "footnotes", "evenHeader": "headerEven", "oddHeader": "headerOdd",
    "evenFooter": "footerEven", "oddFooter": "footerOdd",
}  # fmt: skip
"""The parts the main part relates to, by the identifier of the relationship."""

PICTURES = {"jpg": "jpeg", "tif": "tiff", "emf": "x-emf", "wmf": "x-wmf"}
"""What a kind of picture is called, where that is not the ending of its files."""

RUNNING = ("evenHeader", "oddHeader", "evenFooter", "oddFooter")

COMMENTS = "comments"
"""The part of the comments, which only a file with comments has; also the identifier and the kind of it."""


@lru_cache(maxsize=64)
def template(code: str, *, commented: bool = False, house: House | None = None) -> bytes:
    """Return the zip of the parts that are the same for all documents in a language, with comments or without.

    What a house template has takes the place of ours. Raises KeyError for a language there is no file for.
    """
    found = language(code)
    styles, theme = _from_python_docx(found)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(_parts(commented=commented, house=house), _endings(house)),
        "_rels/.rels": DECLARATION
        + relationships(
            f'<Relationship Id="main" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="core" Type="{PACKAGE}/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/>'
        ),
        "word/styles.xml": styles,
        "word/theme/theme1.xml": theme,
        "word/settings.xml": _settings(found),
        "word/fontTable.xml": _font_table(found),
        "word/footerEven.xml": _footer("Footer", "right", found),
        "word/footerOdd.xml": _footer("PageNumberRight", "left", found),
    }
    if house:
        parts = _furnished(parts, house, styles, found)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in parts.items():
            file.writestr(entry(name), content, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def entry(name: str) -> zipfile.ZipInfo:
    """Return a zip entry that is the same on every day and every system."""
    found = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    found.create_system = 3
    found.external_attr = 0o644 << 16
    return found


def relationships(elements: str) -> str:
    """Return a relationships part with the elements given."""
    return f'<Relationships xmlns="{PACKAGE}/relationships">{elements}</Relationships>'


def _furnished(parts: dict[str, str | bytes], house: House, styles: bytes, found: Language) -> dict[str, str | bytes]:
    """Return the parts with those of a house in their place."""
    taken = {"word/styles.xml": merged(house, styles, f"<w:x {NAMESPACES}>{document_defaults(found)}</w:x>", found)}
    ours: dict[str, str | bytes] = {
        **parts,
        **taken,
        "word/settings.xml": _settings(found, house),
        **({"word/theme/theme1.xml": house.theme} if house.theme else {}),
        **({"word/fontTable.xml": house.fonts} if house.fonts else {}),
    }
    if house.parts:
        del ours["word/footerEven.xml"], ours["word/footerOdd.xml"]
    for name, part in zip(house_names(house), house.parts, strict=True):
        ours[f"word/{name}.xml"] = with_styles(part.xml, house, styles)
        ours[f"word/_rels/{name}.xml.rels"] = DECLARATION + relationships(part.relationships)
    return ours | {f"word/{name}": content for name, content in house.media}


def house_names(house: House) -> list[str]:
    """Return the names of the running heads of a house, each different."""
    return [f"{part.kind}{at}" for at, part in enumerate(house.parts, 1)]


def main_relationships(*, commented: bool = False, house: House | None = None) -> str:
    """Return the relationships of the main part to the other parts."""
    return "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{_kind(name)}" Target="{path}.xml"/>'
        for name, path in _parts(commented=commented, house=house).items()
    )


def _parts(*, commented: bool, house: House | None) -> dict[str, str]:
    parts = {**PARTS, COMMENTS: COMMENTS} if commented else PARTS
    if house and house.parts:
        parts = {name: path for name, path in parts.items() if name not in RUNNING}
        parts |= {name: name for name in house_names(house)}
    return parts


def _kind(name: str) -> str:
    """Return the kind of a part: `evenHeader` is a `header`."""
    bare = name.removeprefix("even").removeprefix("odd").rstrip("0123456789")
    return bare.replace("Header", "header").replace("Footer", "footer")


def _from_python_docx(found: Language) -> tuple[bytes, bytes]:
    """Return `styles.xml` and the theme: python-docx's template with the project's styles."""
    # Heavy, and only the first Word file of a process needs them.
    import docx  # noqa: PLC0415
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415
    from lxml import etree  # noqa: PLC0415

    document = docx.Document()
    theme = document.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
    root = etree.fromstring(etree.tostring(document.styles.element))
    kept = {"DefaultParagraphFont", "TableNormal", "NoList"}
    for style in root.findall(f"{{{MAIN}}}style"):
        if style.get(f"{{{MAIN}}}styleId") not in kept:
            root.remove(style)
    made = etree.fromstring(
        f"<w:styles {NAMESPACES}>{document_defaults(found)}{''.join(style_elements(found))}</w:styles>"
    )
    defaults = root.find(f"{{{MAIN}}}docDefaults")
    if defaults is not None:
        root.remove(defaults)
    root.insert(0, made[0])
    root.extend(made)
    # It names prefixes that go with the namespaces nobody uses here; Word refuses a file that names unknown ones.
    if IGNORABLE in root.attrib:
        del root.attrib[IGNORABLE]
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), theme


def _content_types(parts: dict[str, str], endings: Iterable[str] = ()) -> str:
    pictures = "".join(
        f'<Default Extension="{each}" ContentType="image/{PICTURES.get(each, each)}"/>' for each in sorted(set(endings))
    )
    kinds = {f"/word/{path}.xml": f"{CONTENT}.wordprocessingml.{_kind(name)}+xml" for name, path in parts.items()}
    kinds["/word/document.xml"] = f"{CONTENT}.wordprocessingml.document.main+xml"
    kinds["/word/theme/theme1.xml"] = f"{CONTENT}.theme+xml"
    kinds["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{pictures}{overrides}</Types>'
    )


def _endings(house: House | None) -> list[str]:
    return [name.rpartition(".")[2] for name, _ in house.media] if house else []


def _font_table(found: Language) -> str:
    """Return the table of the fonts that the styles name."""
    names = [LATIN, *(EAST_ASIAN if found.joins_without_space else ())]
    fonts = "".join(f'<w:font w:name="{name}"><w:pitch w:val="variable"/></w:font>' for name in names)
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


def _settings(found: Language, house: House | None = None) -> str:
    """Return the settings; `updateFields` is left out, it would make Word ask on opening."""
    even = not (house and house.parts) or house.has_even_pages
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/>{house.settings if house else ""}'
        f'<w:defaultTabStop w:val="480"/>{"<w:evenAndOddHeaders/>" if even else ""}'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f"</w:compat><w:themeFontLang {language_tags(found)}/>"
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _footer(style: str, edge: str, found: Language) -> str:
    """Return the foot of a page, `2/5`; the program that shows it counts the pages.

    In a paragraph from right to left a field is a word of its own, and page 2 would be shown as `5/2`; one from left
    to right stands at the same `edge` of the page, for which the other has the name of its opposite.
    """
    number, slash = (run(f"<w:t>{text}</w:t>") for text in "2/")
    against = f'<w:bidi w:val="0"/><w:jc w:val="{edge}"/>' if found.right_to_left else ""
    return (
        f'{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style}"/>{against}</w:pPr>'
        f'<w:fldSimple w:instr=" PAGE ">{number}</w:fldSimple>{slash}'
        f'<w:fldSimple w:instr=" NUMPAGES ">{number}</w:fldSimple></w:p></w:ftr>'
    )
