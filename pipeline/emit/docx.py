"""The Word file an editor works in.

A zip of fixed parts (`docx_template`) to which the parts of one document are appended: the
text and the footnotes (`docx_body`), the numbering, the running heads, the properties, the
links. The same document gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.emit.docx_body import write_body
from pipeline.emit.docx_comments import Comments, Remark, comment_elements
from pipeline.emit.docx_looks import MEASURE
from pipeline.emit.docx_numbering import DEEPEST, Form, Numbering
from pipeline.emit.docx_runs import directed, escape, runs
from pipeline.emit.docx_template import (
    COMMENTS,
    DECLARATION,
    NAMESPACES,
    OFFICE,
    PACKAGE,
    entry,
    house_names,
    main_relationships,
    relationships,
    template,
)
from pipeline.languages import language
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.emit.docx_house import House
    from pipeline.emit.docx_tracked import Changes
    from pipeline.languages import Language
    from pipeline.model import Document

RUNNING = (
    '<w:headerReference w:type="even" r:id="evenHeader"/><w:headerReference w:type="default" r:id="oddHeader"/>'
    '<w:footerReference w:type="even" r:id="evenFooter"/><w:footerReference w:type="default" r:id="oddFooter"/>'
)
PAGE = (
    '<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1460" w:right="1200" w:bottom="1140" w:left="1200" '
    'w:header="840" w:footer="680" w:gutter="0"/>'
)
"""Letter paper; no running head and no page number on the first page (FORMAT.md section 2.1)."""

SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteSeparator"/></w:pPr>'
    f"<w:r><w:{kind}/></w:r></w:p></w:footnote>"
    for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
)

USUAL = (
    Form("", "decimal", "."),
    Form("(", "lowerLetter", ")"),
    Form("(", "lowerRoman", ")"),
    Form("", "lowerLetter", "."),
    Form("", "lowerRoman", "."),
)
"""The levels of a list the document does not use, as the United Nations numbers them (FORMAT.md section 1.1)."""

NO_BREAK = "\u00a0"
"""For the blank of `1 -`: LibreOffice leaves out any other in a number it counts."""

UNDATED = "1980-01-01"
"""The day of a file that is given none: the first that a ZIP file can say."""


def emit_docx(
    document: Document,
    remarks: Sequence[Remark] = (),
    changes: Changes | None = None,
    house: House | None = None,
    *,
    date: str | None = None,
) -> bytes:
    """Return the document as a Word file: a comment for each remark, the changes tracked, in the looks of a house.

    `date` (YYYY-MM-DD) is the day of its properties, comments and changes, else 1 January 1980.
    Raises KeyError for a language there is no file for, and ValueError where the date is none.
    """
    found = language(document.language)
    comments = Comments(document, remarks)
    time = datetime.fromisoformat(date or UNDATED)
    body = write_body(document, found, comments, counted=changes is None)
    if changes:
        from pipeline.emit.docx_tracked import track  # noqa: PLC0415 - loaded where it is used

        body = track(body, changes, found, time)
    title, symbol = plain(document.title.inlines) if document.title else "", document.masthead.symbol or ""
    section, measure = _section(found, house), house.measure if house else MEASURE
    parts = {
        "docProps/core.xml": _properties(document, found, title, time),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body.paragraphs}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(
            main_relationships(commented=bool(comments.remarks), house=house) + _links(body.links)
        ),
        "word/footnotes.xml": f"<w:footnotes {NAMESPACES}>{SEPARATORS}{body.footnotes}</w:footnotes>",
        "word/_rels/footnotes.xml.rels": relationships(_links(body.footnote_links)),
        "word/numbering.xml": _numbering(body.numbering, found),
    }
    if not (house and house.parts):
        parts["word/headerEven.xml"] = _running_head(symbol, title, found, measure)
        parts["word/headerOdd.xml"] = _running_head(title, symbol, found, measure)
    if comments.remarks:
        written = comment_elements(comments.remarks, time)
        parts[f"word/{COMMENTS}.xml"] = f"<w:comments {NAMESPACES}>{written}</w:comments>"
    buffer = io.BytesIO(template(document.language, commented=bool(comments.remarks), house=house))
    with zipfile.ZipFile(buffer, "a") as file:
        for name, content in parts.items():
            file.writestr(entry(name), (DECLARATION + content).encode(), zipfile.ZIP_DEFLATED, 3)
    return buffer.getvalue()


def _links(links: dict[str, str]) -> str:
    return "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/hyperlink" Target="{escape(address)}" TargetMode="External"/>'
        for address, name in links.items()
    )


def _numbering(numbering: Numbering, found: Language) -> str:
    outlines = (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{number + 1:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/>{"".join(_levels(forms, found))}</w:abstractNum>'
        for number, forms in enumerate(numbering.outlines)
    )
    nums = (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{num.outline}"/><w:lvlOverride w:ilvl="{num.level}">'
        f'<w:startOverride w:val="{num.start}"/></w:lvlOverride></w:num>'
        for number, num in enumerate(numbering.nums, 1)
    )
    return f"<w:numbering {NAMESPACES}>{''.join(outlines)}{''.join(nums)}</w:numbering>"


def _levels(forms: dict[int, Form], found: Language) -> list[str]:
    """Return the levels of a list. They have no indents: those are the paragraph style's."""
    properties = "<w:rPr><w:rtl/></w:rPr>" if found.right_to_left else ""
    return [
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form.kind}"/>'
        f'<w:lvlText w:val="{form.before}%{level + 1}{form.after.replace(" ", NO_BREAK)}"/><w:lvlJc w:val="left"/>'
        f"{properties}</w:lvl>"
        for level in range(DEEPEST + 1)
        for form in (forms.get(level, USUAL[level % len(USUAL)]),)
    ]


def _section(found: Language, house: House | None) -> str:
    """Return the properties of the one section: its running heads, its page, its direction."""
    running, page, grid, first = RUNNING, PAGE, "", "<w:titlePg/>"
    if house:
        page, grid = house.page or PAGE, house.grid
    if house and house.parts:
        running = "".join(
            f'<w:{part.kind}Reference w:type="{part.pages}" r:id="{name}"/>'
            for name, part in zip(house_names(house), house.parts, strict=True)
        )
        first = "<w:titlePg/>" if house.is_first_different else ""
    return f"<w:sectPr>{running}{page}{first}{'<w:bidi/>' if found.right_to_left else ''}{grid}</w:sectPr>"


def _running_head(first: str, last: str, found: Language, measure: int) -> str:
    """Return a running head of two columns, a half of the line each; a long title takes several lines."""
    width = measure * 10
    mirrored = "<w:bidiVisual/>" if found.right_to_left else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="bottom"/></w:tcPr><w:p><w:pPr>'
        f'<w:pStyle w:val="{style}"/></w:pPr>{runs(directed([text], found)[0])}</w:p></w:tc>'
        for style, text in (("Header", first), ("RunningHeadRight", last))
    )
    grid = f'<w:gridCol w:w="{width}"/>' * 2
    return (
        f'<w:hdr {NAMESPACES}><w:tbl><w:tblPr><w:tblStyle w:val="RunningHead"/>{mirrored}'
        f'<w:tblW w:w="{width * 2}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr>{cells}</w:tr>"
        # Word asks for a paragraph after a table.
        '</w:tbl><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>'
    )


def _properties(document: Document, found: Language, title: str, time: datetime) -> str:
    masthead = document.masthead
    author = found.organ_names.get(masthead.organ, "") if masthead.organ else ""
    keywords = ", ".join(filter(None, (masthead.number, masthead.session)))
    stamp = f'xsi:type="dcterms:W3CDTF">{time:%Y-%m-%dT%H:%M:%SZ}'
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:subject>{escape(masthead.symbol or '')}</dc:subject>"
        f"<dc:creator>{escape(author)}</dc:creator><cp:keywords>{escape(keywords)}</cp:keywords>"
        f"<dcterms:created {stamp}</dcterms:created><dcterms:modified {stamp}</dcterms:modified>"
        f"<dc:language>{found.tag}</dc:language></cp:coreProperties>"
    )
