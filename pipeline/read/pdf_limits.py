"""What would take PDFium without end: pages that draw far more than a page shows. Refused before PDFium sees them.

A form may draw other forms, those draw others, and each of them many times: a file of a
kilobyte can draw a page for a year. The same holds for a stream that is a thousand times as long
once it is unpacked. And PDFium copies all the marked content that is open with each one that opens.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any

from pipeline.errors import ReadError
from pipeline.limits import too_much

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pikepdf import Object, Pdf

    from pipeline.limits import InputLimits

FORM = 1_000
"""To draw a form costs as much as so many bytes, however short it is."""
SHOWN = 100
"""To show a piece of text costs as much; a page has under 5,000."""
MOST_SAVED = 200_000
"""Letters `q` of one stream: PDFium keeps the state of the page with each that it saves."""
WIDEST = 1_000_000
"""Bytes of a row that a predictor compares with the next; PDFium and QPDF take room for two before they read any."""
CHUNK = 4096
DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do(?![^\s/<>\[\](){}%])")
WIDE = re.compile(rb"/(?:Columns|Colors)\s+\+?[0-9]{6,}")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def refuse_wide(data: bytes, name: str) -> None:
    """Raise ReadError for a file with a predictor of rows without end, which may be of its table of objects."""
    if WIDE.search(data):
        raise ReadError(_wide(name))


def _wide(name: str) -> str:
    return f"{name}: a stream of the PDF unpacks to rows without end; print it to PDF anew, or save its text"


def refuse_endless(document: Pdf, name: str, limits: InputLimits) -> None:
    """Raise ReadError for a document of which a page draws far more than a page can show."""
    from pikepdf import Stream  # noqa: PLC0415 - loaded by now

    if any(_is_wide(each) for each in document.objects if isinstance(each, Stream)):
        raise ReadError(_wide(name))
    drawing = _Drawing(limits)
    total = 0.0
    for at, page in enumerate(document.pages):
        contents: Any = page.obj.get("/Contents")
        drawn = drawing.cost(_streams(contents), page.obj.get("/Resources"))
        total += drawn
        if drawn > limits.pdf_page_drawing or total > limits.pdf_drawing:
            msg = f"{name}: page {at + 1} draws more than a page can show; print it to PDF anew, or save its text"
            if drawn < float("inf"):
                raise too_much(msg, "pdf_page_drawing" if drawn > limits.pdf_page_drawing else "pdf_drawing")
            raise too_much(msg, drawing.past) if drawing.past else ReadError(msg)


def _streams(contents: Any) -> list[Object]:  # noqa: ANN401 - whatever stands in the file
    from pikepdf import Array, Stream  # noqa: PLC0415 - loaded by now

    parts = contents if isinstance(contents, Array) else [contents]
    return [part for part in parts if isinstance(part, Stream)]


class _Drawing:
    """Sums up what is drawn, each form once. `past` is the limit of a stream that is past one."""

    def __init__(self, limits: InputLimits) -> None:
        from pikepdf import Dictionary, Stream  # noqa: PLC0415 - loaded by now

        self.dictionary: Any = Dictionary
        self.stream: Any = Stream
        self.forms: dict[tuple[int, int], float] = {}
        self.limits = limits
        self.past = ""

    def cost(self, streams: Iterable[Object], resources: Any) -> float:  # noqa: ANN401 - whatever stands in the file
        """Return how many bytes streams draw, forms included; infinity where a form draws itself."""
        total = 0.0
        for stream in streams:
            content = self._content(stream)
            if content is not None and content.count(b"BDC") + content.count(b"BMC") > self.limits.pdf_marked:
                content = self._past("pdf_marked")
            if content is None:
                return float("inf")
            if content.count(b"q") > MOST_SAVED:
                return float("inf")
            total += len(content) + SHOWN * (content.count(b"Tj") + content.count(b"TJ"))
            names = DRAWN.findall(content) if b"Do" in content else []
            forms = resources.get("/XObject") if names and isinstance(resources, self.dictionary) else None
            if isinstance(forms, self.dictionary):
                total += sum(self._form(forms.get("/" + _plain(drawn)), resources) for drawn in names)
        return total

    def _form(self, form: Any, around: Any) -> float:  # noqa: ANN401 - whatever stands in the file
        if not isinstance(form, self.stream) or form.get("/Subtype") != "/Form":
            return 0.0
        if form.objgen not in self.forms:
            self.forms[form.objgen] = float("inf")  # until it is known: a form that draws itself has no end
            self.forms[form.objgen] = self.cost([form], form.get("/Resources", around))
        return self.forms[form.objgen] + FORM

    def _content(self, stream: Any) -> bytes | None:  # noqa: ANN401 - pikepdf tells no types of what it reads
        """Return the content of a stream, as far as it can be unpacked; None where it is absurdly long."""
        from pikepdf import Array, PdfError  # noqa: PLC0415 - loaded by now

        most = self.limits.pdf_page_drawing
        raw: bytes = stream.read_raw_bytes()
        kinds = stream.get("/Filter")
        if kinds is None:
            return raw if len(raw) <= most else self._past("pdf_page_drawing")
        packed = " ".join(map(str, kinds)) if isinstance(kinds, Array) else str(kinds)
        if packed == "/FlateDecode" and "/DecodeParms" not in stream:
            content = _inflated(raw, most)
            return content if content is not None else self._past("pdf_page_drawing")
        if sum(map(packed.count, ("Fl", "LZW", "RunLength", "/RL"))) > 1:  # packed twice: a bomb in a bomb
            return None
        # What is packed otherwise cannot be unpacked bit by bit, so it must be small.
        if len(raw) > self.limits.pdf_packed_bytes:
            return self._past("pdf_packed_bytes")
        try:
            return bytes(stream.read_bytes())
        except PdfError:  # a picture, or damaged: PDFium draws no text of it
            return b""

    def _past(self, field: str) -> bytes | None:
        self.past = self.past or field
        return None


def _is_wide(each: Object) -> bool:
    """Tell whether a stream has a predictor of rows that are too wide, whatever it is a stream of."""
    from pikepdf import Array, Dictionary  # noqa: PLC0415 - loaded by now

    if "/DecodeParms" not in each:
        return False
    told = each.DecodeParms
    for parms in told if isinstance(told, Array) else [told]:
        if isinstance(parms, Dictionary):
            row = 1
            for key in ("/Columns", "/Colors", "/BitsPerComponent"):
                size = parms.get(key, 1)
                row *= size if isinstance(size, int) and size > 0 else 1
            if row > 8 * WIDEST:
                return True
    return False


def _plain(name: bytes) -> str:
    return ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), name).decode("utf-8", "replace")


def _inflated(raw: bytes, most: int) -> bytes | None:
    """Return what is unpacked; None where it is longer."""
    inflater = zlib.decompressobj()
    parts: list[bytes] = []
    length = 0
    for at in range(0, len(raw), CHUNK):
        try:
            parts.append(inflater.decompress(raw[at : at + CHUNK], most))
        except zlib.error:
            break
        length += len(parts[-1])
        if length >= most:
            return None
    return b"".join(parts)
