"""Files made to harm a reader, one of each kind that is known of the formats read.

Each holds, where it can, the words LAMPS: whatever is not refused must have them in its text. What is
long here is as long as the reader's limits make it dangerous, and built quickly.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

if TYPE_CHECKING:
    from collections.abc import Callable

    Made = list[tuple[str, str, Callable[[], bytes]]]

LAMPS = "the lamps to be lit"
TEXT = f"The General Assembly,\n\n1. Requests {LAMPS}.\n\n"
MB = 1024 * 1024
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
O = "urn:oasis:names:tc:opendocument:xmlns:"
AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


class Attack(NamedTuple):
    """A hostile file: what it is, what it is called, and how it is made."""

    kind: str
    name: str
    make: Callable[[], bytes]

    def __str__(self) -> str:
        return f"{self.name} {self.kind}"


# Word and OpenDocument


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name), content, method)
    return written.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


WORDS = paragraph("The General Assembly,") + paragraph(f"1. Requests {LAMPS}.")


def word(body: str, prolog: str = "", inside: str = "") -> bytes:
    return f'{prolog}<w:document xmlns:w="{W}"{inside}><w:body>{WORDS}{body}</w:body></w:document>'.encode()


def docx(body: str = "", method: int = zipfile.ZIP_DEFLATED, **parts: str) -> bytes:
    more = {
        f"word/{name}.xml": f'<w:{name} xmlns:w="{W}">{content}</w:{name}>'.encode() for name, content in parts.items()
    }
    return zipped({"word/document.xml": word(body)} | more, method)


def docx_of(main: bytes, **parts: bytes) -> bytes:
    return zipped({"word/document.xml": main} | {f"word/{name}.xml": content for name, content in parts.items()})


def odt(body: str = "", prolog: str = "") -> bytes:
    spaces = " ".join(f'xmlns:{name}="{O}{name}:1.0"' for name in ("office", "text", "table", "style"))
    words = f"<text:p>The General Assembly,</text:p><text:p>1. Requests {LAMPS}.</text:p>"
    return zipped({"content.xml": (
        f"{prolog}<office:document-content {spaces}><office:body><office:text>{words}{body}"
        "</office:text></office:body></office:document-content>"
    ).encode()})  # fmt: skip


def lying() -> bytes:
    """A part that says that it has ten bytes, and unpacks to many more, in both of its headers."""
    data = docx(" " * (128 * MB))
    size = len(word(" " * (128 * MB)))
    return data.replace(struct.pack("<L", size), struct.pack("<L", 10))


def overlapping() -> bytes:
    """Parts that quote the header of the next in a block of their own, and so share all that is packed after it."""
    body = word(" " * (60 * MB))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(body) + packer.flush()
    crc, size = zlib.crc32(body), len(body)
    local, entries = b"", []
    for part in ("document", "settings", "comments", "styles", "numbering", "endnotes", "footnotes"):
        if local:
            block = b"\x00" + struct.pack("<HH", len(local), len(local) ^ 0xFFFF)
            packed = block + local + packed
            crc, size = zlib.crc32(local + body), size + len(local)
            body = local + body
        name = f"word/{part}.xml".encode()
        local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, crc, len(packed), size, len(name), 0) + name
        entries.append((name, (crc, len(packed), size), len(packed) + len(local)))
    data = local + packed
    directory = b"".join(
        struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, *fields, len(name), 0, 0, 0, 0, 0, len(data) - back
        )
        + name
        for name, fields, back in entries
    )
    return data + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 7, 7, len(directory), len(data), 0)


def again_and_again(parts: int) -> bytes:
    """The main part, many times under one name."""
    data = docx()
    tail = data.rindex(b"PK\x05\x06")
    first = data.index(b"PK\x01\x02")
    entries = data[first:tail] * parts
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, parts & 0xFFFF, parts & 0xFFFF, len(entries), first, 0)
    return data[:first] + entries + end


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(12))
    + "]>"
)
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
NET = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY a SYSTEM "http://127.0.0.1:9/a">]>'
DTDS = {"billion laughs": (LAUGHS, "&m;"), "quadratic entities": (QUADRATIC, "&a;" * 5000), "a file as entity": (FILE, "&a;"),
        "an address as entity": (NET, "&a;")}  # fmt: skip


def nested(open_: str, close: str, depth: int, inside: str = "") -> str:
    return open_ * depth + inside + close * depth


def circular_styles() -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{at}"><w:basedOn w:val="s{(at + 1) % 50}"/></w:style>'
        for at in range(50)
    )
    return docx('<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr></w:p>', styles=styles)


def note_in_itself() -> bytes:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    return docx(
        f"<w:p>{reference}</w:p>",
        footnotes=f'<w:footnote w:id="2"><w:p>{reference}<w:r><w:t>Note.</w:t></w:r></w:p></w:footnote>',
    )


def attributes(count: int) -> str:
    return " ".join(f"a{at}=''" for at in range(count))


WIDE = f"<w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr>{paragraph('a')}</w:tc>"
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
ARCHIVES: Made = [
    ("a bomb", "docx", lambda: docx(" " * (300 * MB))),
    ("a bomb of bzip2", "docx", lambda: docx(" " * (300 * MB), zipfile.ZIP_BZIP2)),
    ("a bomb of LZMA", "docx", lambda: docx(" " * (128 * MB), zipfile.ZIP_LZMA)),
    ("a size that lies", "docx", lying),
    ("parts that overlap", "docx", overlapping),
    ("200,000 empty parts", "docx", lambda: zipped({"word/document.xml": word("")} | {f"a{at}": b"" for at in range(200_000)}, 0)),
    ("one part 50,000 times", "docx", lambda: again_and_again(50_000)),
    ("names that lead out", "docx", lambda: zipped({"word/document.xml": word(""), "../../../tmp/a": b"a", "/etc/a": b"a", "C:\\a": b"a"})),
    ("relations that lead out", "docx", lambda: zipped({"word/document.xml": word(""), "word/_rels/document.xml.rels": (
        b'<R><R Type="x/footnotes" Target="file:///etc/hostname"/><R Type="x/styles" Target="../../../etc/hostname"/>'
        b'<R Type="x/attachedTemplate" Target="http://127.0.0.1:9/" TargetMode="External"/></R>')})),
    *((kind, "docx", partial(docx_of, word(f"<w:p><w:r><w:t>{entity}</w:t></w:r></w:p>", prolog))) for kind, (prolog, entity) in DTDS.items()),
    ("a DTD in the notes", "docx", lambda: docx_of(word(""), footnotes=f'{LAUGHS}<w:x xmlns:w="{W}">&m;</w:x>'.encode())),
    ("300 tables in one another", "docx", lambda: docx(nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 300, paragraph("a")))),
    ("80 tables in one another", "docx", lambda: docx(nested("<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>", 80, paragraph("a")))),
    ("20,000 boxes in one another", "docx", lambda: docx(nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 20_000))),
    ("nine million elements", "docx", lambda: docx("<w:p/>" * (9 * MB))),
    ("a million attributes", "docx", lambda: docx(f"<w:p {attributes(1_000_000)}/>")),
    ("100,000 namespaces", "docx", lambda: docx("".join(f'<w:p xmlns:a{at}="a{at}"/>' for at in range(100_000)))),
    ("a run of 15 MB", "docx", lambda: docx(paragraph("lamp " * (3 * MB)))),
    ("cells over a billion columns", "docx", lambda: docx(f"{WORDS}<w:tbl><w:tr>{WIDE * 3}</w:tr></w:tbl>")),
    ("styles in a circle", "docx", circular_styles),
    ("a note that mentions itself", "docx", note_in_itself),
    ("20,000 fields in one another", "docx", lambda: docx(f"<w:p>{FIELD * 20_000}</w:p>")),
    ("100,000 comments", "docx", lambda: docx("<w:p>" + "<w:r><w:commentReference w:id='1'/></w:r>" * 100_000 + "</w:p>", comments=f"<w:comment w:id='1'>{paragraph('a ' * 500)}</w:comment>")),
    ("parts torn off", "docx", lambda: docx()[:-30]),
    ("flipped bits", "docx", lambda: bytes(byte ^ (0x20 if at % 97 == 50 else 0) for at, byte in enumerate(docx()))),
    ("an unknown packing", "docx", lambda: docx(method=0).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x63\x00")),
    ("a bomb", "odt", lambda: odt(" " * (300 * MB))),
    *((kind, "odt", partial(odt, f"<text:p>{entity}</text:p>", prolog)) for kind, (prolog, entity) in DTDS.items()),
    ("a billion blanks", "odt", lambda: odt('<text:p>a<text:s text:c="999999999"/>b</text:p>')),
    ("a billion rows and columns", "odt", lambda: odt('<table:table><table:table-row table:number-rows-repeated="99999999"><table:table-cell table:number-columns-repeated="99999999"><text:p>a</text:p></table:table-cell></table:table-row></table:table>')),
    ("lists in one another", "odt", lambda: odt(nested("<text:list><text:list-item>", "</text:list-item></text:list>", 100, "<text:p>a</text:p>"))),
    ("five million elements", "odt", lambda: odt("<text:p/>" * (5 * MB))),
]  # fmt: skip


# Web pages, RTF, text, Markdown

PAGE = f"<p>The General Assembly,<p>1. Requests {LAMPS}."


def html(text: str) -> bytes:
    return f"<html><body>{PAGE}{text}".encode()


def rtf(text: str) -> bytes:
    return f"{{\\rtf1\\ansi The General Assembly,\\par 1. Requests {LAMPS}.\\par {text}}}".encode()


def plain(text: str) -> bytes:
    return (TEXT + text).encode()


TEXTS: Made = [
    ("200,000 elements in one another", "html", lambda: html("<div>" * 200_000 + "a")),
    ("200,000 attributes", "html", lambda: html(f"<p {attributes(200_000)}>a")),
    ("a tag without end", "html", lambda: html("<p " + "a" * 5_000_000)),
    ("a comment without end", "html", lambda: html("<p>a</p><!--" + "a" * 5_000_000)),
    ("200,000 faces that stay open", "html", lambda: html("<b>a" * 200_000)),
    ("a million entities", "html", lambda: html("&amp;" * 1_000_000)),
    ("a million elements", "html", lambda: html("<p>" * 1_000_000 + "a")),
    ("50,000 links to notes", "html", lambda: html("".join(f"<a href='#n{at}' name='m{at}'>{at}</a>" for at in range(50_000)))),
    ("cells over a billion rows", "html", lambda: html("<table>" + "<tr><td rowspan=999999999 colspan=999999999>a<td>b" * 100)),
    ("a million options", "html", lambda: html("<select>" + "<option>a" * 300_000)),
    ("a script without end", "html", lambda: html("<script>" + "a" * 5_000_000)),
    ("a line of 15 MB", "html", lambda: html("lamp " * (3 * MB))),
    ("groups in one another", "rtf", lambda: rtf("{" * 200_000 + "a" + "}" * 200_000)),
    ("two million groups", "rtf", lambda: rtf("{}" * 2_000_000)),
    ("a million characters by number", "rtf", lambda: rtf("\\u28783?" * 1_000_000)),
    ("bytes it does not have", "rtf", lambda: rtf("\\bin2147483647 a")),
    ("signs to skip without end", "rtf", lambda: rtf("\\uc999999999\\u28783?a")),
    ("half a million fonts", "rtf", lambda: rtf("{\\fonttbl" + "".join(f"{{\\f{at} a;}}" for at in range(300_000)) + "}")),
    ("a picture of 40 MB", "rtf", lambda: rtf("{\\pict " + "ff" * (20 * MB) + "}")),
    ("notes in one another", "rtf", lambda: rtf("{\\footnote a" * 150 + "}" * 150)),
    ("a table of a million cells", "rtf", lambda: rtf("\\trowd " + "a\\cell " * 300_000 + "\\row")),
    ("a line of 1 MB", "txt", lambda: plain("lamp " * (MB // 5))),
    ("a word of 1 MB", "txt", lambda: plain("a" * MB)),
    ("a million blanks", "txt", lambda: plain("a" + " " * MB + "b")),
    ("a million line ends", "txt", lambda: plain("\n" * MB + "a")),
    ("100,000 pages", "txt", lambda: plain("a\n\f" * 100_000)),
    ("100,000 notes", "txt", lambda: plain("".join(f"a{at}\n____\n{at} See.\n\f" for at in range(20_000)))),
    ("half a million signs over one letter", "txt", lambda: plain("a" + "\u0301" * (MB // 2))),
    ("200,000 direction marks", "txt", lambda: plain("\u202b" * 200_000)),
    ("200,000 stars", "txt", lambda: plain("*" * 200_000)),
    ("200,000 paragraphs", "txt", lambda: plain("1. a;\n\n" * 200_000)),
    ("200,000 indicators", "txt", lambda: plain("a[^1] " * 200_000)),
    ("a line of 16 MB", "txt", lambda: plain("lamp " * (3 * MB))),
    ("brackets", "md", lambda: plain("[" * 200_000)),
    ("stars", "md", lambda: plain("*a" * 200_001)),
    ("quotes in one another", "md", lambda: plain("> " * 200_000 + "a")),
    ("comments that stay open", "md", lambda: plain("<!--" * 200_000)),
    ("a table of 100,000 columns", "md", lambda: plain("| a " * 100_000 + "|\n" + "|---" * 100_000 + "|\n")),
    ("labels that stay open", "md", lambda: plain("[^a" * 200_000)),
]  # fmt: skip


def akn(body: str = "", prolog: str = "", inside: str = "") -> bytes:
    return (
        f'{prolog}<akomaNtoso xmlns="{AKN}"><statement name="s"{inside}><preamble><p>The General Assembly,</p></preamble>'
        f"<mainBody><paragraph><num>1.</num><content><p>Requests {LAMPS}.</p></content></paragraph>{body}</mainBody></statement></akomaNtoso>"
    ).encode()


XMLS: Made = [
    *((kind, "xml", partial(akn, f"<p>{entity}</p>", prolog)) for kind, (prolog, entity) in DTDS.items()),
    ("a DTD in UTF-16", "xml", lambda: akn("<p>&m;</p>", LAUGHS).decode().encode("utf-16")),
    ("a DTD in EBCDIC", "xml", lambda: akn("<p>&m;</p>", '<?xml version="1.0" encoding="IBM037"?>' + LAUGHS).decode().encode("cp037")),
    ("elements in one another", "xml", lambda: akn(nested("<p>", "</p>", 200_000))),
    ("three million elements", "xml", lambda: akn("<p/>" * (3 * MB))),
    ("three million elements in UTF-16", "xml", lambda: akn("<p/>" * MB).decode().encode("utf-16")),
    ("500,000 attributes", "xml", lambda: akn(f"<p {attributes(500_000)}/>")),
    ("200,000 equal identifiers", "xml", lambda: akn("<p eId='a' refersTo='#a'/>" * 200_000)),
    ("100,000 namespaces", "xml", lambda: akn("".join(f'<p xmlns:a{at}="a{at}"/>' for at in range(100_000)))),
    ("a file included", "xml", lambda: akn('<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/hostname" parse="text"/>')),
    ("a text of 15 MB", "xml", lambda: akn(f"<p>{'lamp ' * (3 * MB)}</p>")),
]  # fmt: skip


# PDF


def pdf(content: bytes = b"", change: Callable[[pikepdf.Pdf], None] | None = None, pages: int = 1) -> bytes:
    """Set the words on a page, with more content, and whatever else is changed of the file."""
    document = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Times-Roman"))
    document.add_blank_page(page_size=(595, 842))
    page = document.pages[0]
    page.Resources = Dictionary(Font=Dictionary(F=font))
    words = f"BT /F 12 Tf 14 TL 60 700 Td (The General Assembly,) Tj T* T* (1. Requests {LAMPS}.) Tj ET ".encode()
    page.Contents = document.make_stream(words + content)
    if pages > 1:
        document.Root.Pages.Kids, document.Root.Pages.Count = Array([page.obj] * pages), pages
    if change:
        change(document)
    written = io.BytesIO()
    document.save(written, static_id=True)
    return written.getvalue()


def packed_twice(document: pikepdf.Pdf) -> None:
    content = zlib.compress(zlib.compress(b" " * (300 * MB)))
    document.pages[0].Contents = document.make_stream(b"")
    document.pages[0].Contents.write(content, filter=Array([Name.FlateDecode, Name.FlateDecode]))


def filtered(name: str, content: bytes, parms: Dictionary | None = None) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        document.pages[0].Contents = document.make_stream(b"")
        document.pages[0].Contents.write(content, filter=Name(name), decode_parms=parms)

    return change


def self_drawn(document: pikepdf.Pdf) -> None:
    form = document.make_stream(b"/X Do /X Do", Type=Name.XObject, Subtype=Name.Form)
    form.BBox, form.Resources = Array([0, 0, 9, 9]), Dictionary(XObject=Dictionary())
    form.Resources.XObject.X = form
    document.pages[0].Resources.XObject = Dictionary(X=form)
    document.pages[0].Contents = document.make_stream(b"/X Do")


def page_loop(document: pikepdf.Pdf) -> None:
    document.Root.Pages.Kids.append(document.Root.Pages)
    document.Root.Pages.Count = 2_000_000_000


def tag_loop(document: pikepdf.Pdf) -> None:
    tag = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P))
    tag.K = Array([tag, 0])
    document.Root.StructTreeRoot = document.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([tag])))


def tags_in_tags(document: pikepdf.Pdf) -> None:
    inner = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, K=0, Pg=document.pages[0].obj))
    for _ in range(20_000):
        inner = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, K=Array([inner])))
    document.Root.StructTreeRoot = document.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([inner])))


def many_tags(document: pikepdf.Pdf) -> None:
    kids = Array([Dictionary(Type=Name.StructElem, S=Name.P, K=0) for _ in range(100_000)])
    document.Root.StructTreeRoot = document.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=kids))


def many_forms(document: pikepdf.Pdf) -> None:
    """Ten forms that draw the next ten times each."""
    forms = document.make_indirect(Dictionary())
    for at in range(10):
        stream = document.make_stream(b"/F%d Do " % (at + 1) * 10, Type=Name.XObject, Subtype=Name.Form)
        stream.BBox, stream.Resources = Array([0, 0, 9, 9]), Dictionary(XObject=forms)
        forms[f"/F{at}"] = stream
    document.pages[0].Resources.XObject = forms
    document.pages[0].Contents = document.make_stream(b"/F0 Do")


def wide_font(document: pikepdf.Pdf) -> None:
    """A font whose map to Unicode turns each sign into thousands."""
    font = document.pages[0].Resources.Font.F
    ranges = b"1 beginbfrange <00> <ff> <%s> endbfrange\n" % (b"0061" * 4000)
    font.ToUnicode = document.make_stream(b"1 begincodespacerange <00> <ff> endcodespacerange\n" + ranges)


def huge_picture(document: pikepdf.Pdf) -> None:
    picture = document.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=200_000, Height=200_000)
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8
    document.pages[0].Resources.XObject = Dictionary(P=picture)


def many_contents(document: pikepdf.Pdf) -> None:
    first = document.pages[0].Contents
    document.pages[0].Contents = Array([first, *[document.make_stream(b" ") for _ in range(20_000)]])


def xref_loop() -> bytes:
    data = pdf()
    start = data.rindex(b"startxref")
    at = data[start:].split()[1]
    return data.replace(b"/Size", b"/Prev %s /Size" % at, 1)


def object_stream_loop() -> bytes:
    """Object streams that each extend the other."""
    return (
        b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
        b"3 0 obj <</Type/ObjStm/N 1/First 4/Length 4 0 R/Extends 5 0 R>> stream\n2 0 <<>>\nendstream endobj\n"
        b"5 0 obj <</Type/ObjStm/N 99999999/First 99999999/Length 8/Extends 3 0 R>> stream\n4 0 8 \nendstream endobj\n"
        b"trailer <</Root 1 0 R/Size 99999999>>\nstartxref\n0\n%%EOF"
    )


LZW = bytes.fromhex("800b6050220c0c8501") * 20_000
PDFS: Made = [
    ("packed twice", "pdf", lambda: pdf(change=packed_twice)),
    ("a stream of 300 MB", "pdf", lambda: pdf(change=filtered("/FlateDecode", zlib.compress(b" " * (300 * MB))))),
    ("a stream of LZW", "pdf", lambda: pdf(change=filtered("/LZWDecode", LZW))),
    ("a stream of run lengths", "pdf", lambda: pdf(change=filtered("/RunLengthDecode", b"\x81 " * (8 * MB)))),
    ("a predictor over a billion columns", "pdf", lambda: pdf(change=filtered("/FlateDecode", zlib.compress(b" " * MB), Dictionary(Predictor=12, Columns=2_000_000_000)))),
    ("a form that draws itself", "pdf", lambda: pdf(change=self_drawn)),
    ("ten billion forms", "pdf", lambda: pdf(change=many_forms)),
    ("4 MB of saved states", "pdf", lambda: pdf(b"q " * (2 * MB))),
    ("4 MB of brackets", "pdf", lambda: pdf(b"[" * (4 * MB))),
    ("4 MB of dictionaries", "pdf", lambda: pdf(b"<<" * (2 * MB))),
    ("a million glyphs", "pdf", lambda: pdf(b"BT /F 1 Tf (" + b"a" * 1_000_000 + b") Tj ET")),
    ("300,000 pieces of text", "pdf", lambda: pdf(b"BT /F 1 Tf " + b"1 0 Td (a) Tj " * 200_000 + b"ET")),
    ("a map to thousands of letters", "pdf", lambda: pdf(b"BT /F 1 Tf (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET", wide_font)),
    ("pages in a circle", "pdf", lambda: pdf(change=page_loop)),
    ("20,000 pages", "pdf", lambda: pdf(pages=20_000)),
    ("tags in a circle", "pdf", lambda: pdf(b"/P <</MCID 0>> BDC BT /F 9 Tf (a) Tj ET EMC", tag_loop)),
    ("20,000 tags in one another", "pdf", lambda: pdf(b"/P <</MCID 0>> BDC BT /F 9 Tf (a) Tj ET EMC", tags_in_tags)),
    ("100,000 tags", "pdf", lambda: pdf(b"/P <</MCID 0>> BDC BT /F 9 Tf (a) Tj ET EMC", many_tags)),
    ("a picture of 120 GB", "pdf", lambda: pdf(b"/P Do", huge_picture)),
    ("20,000 contents of a page", "pdf", lambda: pdf(change=many_contents)),
    ("a page of a billion points", "pdf", lambda: pdf(change=lambda document: setattr(document.pages[0], "MediaBox", Array([0, 0, 10**9, 10**9])))),
    ("tables of objects in a circle", "pdf", xref_loop),
    ("object streams in a circle", "pdf", object_stream_loop),
    ("arrays in one another", "pdf", lambda: b"%PDF-1.7\n1 0 obj " + b"[" * 500_000 + b"\nendobj trailer <</Root 1 0 R>>\n%%EOF"),
    ("torn in the middle", "pdf", lambda: pdf()[: len(pdf()) // 2]),
    ("lengths that lie", "pdf", lambda: pdf().replace(b"/Length ", b"/Length 9999999", 1)),
]  # fmt: skip

MADE: Made = [*ARCHIVES, *TEXTS, *XMLS, *PDFS]
ATTACKS = [Attack(kind, name, make) for kind, name, make in MADE]
