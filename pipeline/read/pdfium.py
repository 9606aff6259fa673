"""The functions of PDFium that are asked for every glyph and every text object, bound once.

A page has thousands of glyphs. What a call costs through the bindings of pypdfium2, the pointer it
makes above all, is many times what PDFium does in it: here a text object is its address, 0 where
there is none.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdfium2 import PdfTextPage

LINE_HYPHEN = "\x02"
"""What PDFium gives for a hyphen at the end of a line."""
NUMBERS = struct.Struct("11f")
"""Size, box and matrix of a text object."""
NOTHING = bytes(NUMBERS.size)


class Shown(NamedTuple):
    """What a text object says of its glyphs: size in points, box, base line, marked content (-1: none)."""

    size: float
    left: float
    bottom: float
    right: float
    top: float
    base: float
    mark: int


class _Functions(NamedTuple):
    unicode: Callable[..., int]
    source: Callable[..., int]
    is_generated: Callable[..., int]
    origin: Callable[..., int]
    size: Callable[..., int]
    bounds: Callable[..., int]
    matrix: Callable[..., int]
    mark: Callable[..., int]


@cache
def _functions() -> _Functions:
    from pypdfium2 import raw  # noqa: PLC0415 - heavy, and only a PDF needs it

    def bound(function: object, result: type = ctypes.c_int) -> Callable[..., int]:
        # An object of our own for the same address: that of pypdfium2 keeps its types.
        return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value)  # type: ignore[arg-type]

    return _Functions(
        unicode=bound(raw.FPDFText_GetUnicode, ctypes.c_uint),
        source=bound(raw.FPDFText_GetTextObject, ctypes.c_size_t),
        is_generated=bound(raw.FPDFText_IsGenerated),
        origin=bound(raw.FPDFText_GetCharOrigin),
        size=bound(raw.FPDFTextObj_GetFontSize),
        bounds=bound(raw.FPDFPageObj_GetBounds),
        matrix=bound(raw.FPDFPageObj_GetMatrix),
        mark=bound(raw.FPDFPageObj_GetMarkedContentID),
    )


class Characters:
    """The characters of a page, numbered as PDFium does, those among them that it made up (blanks, line ends).

    `text` has NUL for one the font does not explain; `sources` are their text objects.
    It may be asked for more only while the page is open.
    """

    def __init__(self, page: PdfTextPage) -> None:
        self._functions = _functions()
        # Made into an argument here, not in each of thousands of calls.
        self._page = ctypes.c_void_p.from_param(ctypes.cast(page.raw, ctypes.c_void_p).value)
        numbers = range(page.count_chars())
        text = "".join(map(chr, map(self._functions.unicode, repeat(self._page), numbers)))
        self.text = text.replace(LINE_HYPHEN, "-")
        self.sources = list(map(self._functions.source, repeat(self._page), numbers))
        self._shown: dict[int, Shown] = {}
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._place = ctypes.byref(self._x), ctypes.byref(self._y)
        self._numbers = ctypes.create_string_buffer(NUMBERS.size)
        self._parts = [ctypes.byref(self._numbers, at * ctypes.sizeof(ctypes.c_float)) for at in range(6)]

    def is_generated(self, at: int) -> bool:
        """Tell whether PDFium made up a character."""
        return self._functions.is_generated(self._page, at) == 1

    def origin(self, at: int) -> tuple[float, float]:
        """Return where a glyph stands on its base line, from the left and from below."""
        self._functions.origin(self._page, at, *self._place)
        return self._x.value, self._y.value

    def shown(self, source: int) -> Shown:
        """Return what a text object says; zeros for none."""
        found = self._shown.get(source)
        if found is None:
            found = self._shown[source] = self._ask(source)
        return found

    def _ask(self, source: int) -> Shown:
        functions, shown = self._functions, ctypes.c_void_p.from_param(source)
        size, left, bottom, right, top, matrix = self._parts
        self._numbers.raw = NOTHING  # what a call that fails leaves
        functions.size(shown, size)
        functions.bounds(shown, left, bottom, right, top)
        functions.matrix(shown, matrix)
        points, *box, _, _, _, upright, _, base = NUMBERS.unpack_from(self._numbers)
        return Shown._make((points * abs(upright), *box, base, functions.mark(shown)))
