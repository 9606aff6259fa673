"""The functions of PDFium that are asked for every glyph and every object of a page, bound once.

A page has thousands of glyphs. What a call costs through the bindings of pypdfium2, the pointer it
makes above all, is many times what PDFium does in it: here a text object is its address, 0 where
there is none.
"""

from __future__ import annotations

import ctypes
import re
import struct
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdfium2 import PdfTextPage

FIRST_UNKNOWN = "\U000f0000"
"""A glyph that the file does not say the character of is one of private use, its number counted from this one."""
LINE_HYPHEN = "\x02"
"""What PDFium gives for a hyphen at the end of a line."""
NUMBERS = struct.Struct("11f")
"""Size, box and matrix of a text object."""
UNKNOWN = 0xFFFE
"""Glyphs without a character that are told apart."""
NAME = 256
SLANTED, BOLD = re.compile("italic|oblique", re.IGNORECASE), re.compile("bold|black|heavy", re.IGNORECASE)
BOX, REACH = struct.Struct("4d"), struct.Struct("4f")
NOTHING = bytes(NUMBERS.size)


class Shown(NamedTuple):
    """What a text object says of its glyphs: size in points, box, base line, marked content (-1: none), emphasis."""

    size: float
    left: float
    bottom: float
    right: float
    top: float
    base: float
    mark: int
    stars: str


class Place(NamedTuple):
    """Where a glyph stands: the box of its ink (left, right, bottom, top), its origin and its end, in points."""

    ink: tuple[float, float, float, float]
    left: float
    right: float


class _Functions(NamedTuple):
    unicode: Callable[..., int]
    is_unknown: Callable[..., int]
    source: Callable[..., int]
    is_generated: Callable[..., int]
    origin: Callable[..., int]
    ink: Callable[..., int]
    reach: Callable[..., int]
    size: Callable[..., int]
    bounds: Callable[..., int]
    matrix: Callable[..., int]
    mark: Callable[..., int]
    font: Callable[..., int]
    font_name: Callable[..., int]


def bound(function: object, result: type = ctypes.c_int) -> Callable[..., int]:
    """Return a function of PDFium without the types that pypdfium2 checks and converts its arguments by."""
    # An object of our own for the same address: that of pypdfium2 keeps its types.
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value)  # type: ignore[arg-type]


@cache
def _functions() -> _Functions:
    from pypdfium2 import raw  # noqa: PLC0415 - heavy, and only a PDF needs it

    return _Functions(
        unicode=bound(raw.FPDFText_GetUnicode, ctypes.c_uint),
        source=bound(raw.FPDFText_GetTextObject, ctypes.c_size_t),
        is_unknown=bound(raw.FPDFText_HasUnicodeMapError),
        is_generated=bound(raw.FPDFText_IsGenerated),
        origin=bound(raw.FPDFText_GetCharOrigin),
        ink=bound(raw.FPDFText_GetCharBox),
        reach=bound(raw.FPDFText_GetLooseCharBox),
        size=bound(raw.FPDFTextObj_GetFontSize),
        bounds=bound(raw.FPDFPageObj_GetBounds),
        matrix=bound(raw.FPDFPageObj_GetMatrix),
        mark=bound(raw.FPDFPageObj_GetMarkedContentID),
        font=bound(raw.FPDFTextObj_GetFont, ctypes.c_size_t),
        font_name=bound(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t),
    )


class Characters:
    """The characters of a page, numbered as PDFium does, those among them that it made up (blanks, line ends).

    `text` has NUL for one the font does not explain; `sources` are their text objects, `number` is that of the page.
    It may be asked for more only while the page is open.
    """

    def __init__(self, page: PdfTextPage, number: int) -> None:
        self.number = number
        self._functions = _functions()
        # Made into an argument here, not in each of thousands of calls.
        self._page = ctypes.c_void_p.from_param(ctypes.cast(page.raw, ctypes.c_void_p).value)
        numbers = range(page.count_chars())
        codes = list(map(self._functions.unicode, repeat(self._page), numbers))
        for at, unknown in enumerate(map(self._functions.is_unknown, repeat(self._page), numbers)):
            if unknown == 1:
                codes[at] = ord(FIRST_UNKNOWN) + codes[at] % UNKNOWN
        self.text = "".join(map(chr, codes)).replace(LINE_HYPHEN, "-")
        self.sources = list(map(self._functions.source, repeat(self._page), numbers))
        self._shown: dict[int, Shown] = {}
        self._fonts: dict[int, str] = {}
        self._ink, self._origin = ctypes.create_string_buffer(BOX.size), ctypes.create_string_buffer(BOX.size // 2)
        self._reach = ctypes.create_string_buffer(REACH.size)
        double = ctypes.sizeof(ctypes.c_double)
        self._box = [ctypes.byref(self._ink, at * double) for at in range(4)]
        self._place = [ctypes.byref(self._origin, at * double) for at in range(2)]
        self._numbers = ctypes.create_string_buffer(NUMBERS.size)
        self._parts = [ctypes.byref(self._numbers, at * ctypes.sizeof(ctypes.c_float)) for at in range(6)]

    def is_generated(self, at: int) -> bool:
        """Tell whether PDFium made up a character."""
        return self._functions.is_generated(self._page, at) == 1

    def place(self, at: int) -> Place:
        """Return where a glyph stands."""
        functions = self._functions
        functions.ink(self._page, at, *self._box)
        functions.origin(self._page, at, *self._place)
        functions.reach(self._page, at, ctypes.byref(self._reach))
        left, _ = struct.unpack("2d", self._origin.raw)
        _, _, right, _ = REACH.unpack(self._reach.raw)
        return Place(BOX.unpack(self._ink.raw), left, right)

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
        stars = self._stars(functions.font(shown))
        return Shown._make((points * abs(upright), *box, base, functions.mark(shown), stars))

    def _stars(self, font: int) -> str:
        """Return how repaired text marks what is set in a font: its name tells, the flags of many fonts do not."""
        if font not in self._fonts:
            name = ctypes.create_string_buffer(NAME)
            if font:
                self._functions.font_name(ctypes.c_void_p.from_param(font), name, ctypes.c_size_t(NAME - 1))
            found = name.value.decode("ascii", "replace")
            self._fonts[font] = "*" if SLANTED.search(found) else "**" if BOLD.search(found) else ""
        return self._fonts[font]
