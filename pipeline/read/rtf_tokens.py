r"""The signs of an RTF file, one after the other (Rich Text Format 1.9.1, "RTF syntax").

A group, a control word with its number, or text, decoded as its font says: `\'d6\'d0` is one Chinese character
in one font and two Cyrillic ones in another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline.read.docx_signs import FONTS, PRIVATE

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n\x00]+)|[\r\n\x00]+"
)
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
OF_SIGNS = 2
"""The character set of fonts that have signs instead of letters."""


class Token(NamedTuple):
    """What stands at a place: `{` or `}`, a control word, a symbol after a backslash, or bytes of text."""

    kind: Literal["open", "close", "word", "symbol", "text"]
    word: str = ""
    number: int | None = None
    data: bytes = b""
    is_byte: bool = False


def tokens(data: bytes) -> Iterator[Token]:
    r"""Yield the tokens of a file; what `\bin` carries is passed over.

    >>> [token.word or token.data for token in tokens(rb"{\b1 a\'e9}")][1:4]
    ['b', b'a', b'\xe9']
    """
    at = 0
    while at < len(data):
        match = SIGN.match(data, at)
        if match is None:  # a backslash at the very end
            return
        at = match.end()
        match match.lastgroup:
            case "word" | "number":
                number = int(match["number"]) if match["number"] else None
                if match["word"] == b"bin":
                    at += max(0, number or 0)
                yield Token("word", match["word"].decode("ascii"), number)
            case "byte":
                yield Token("text", data=bytes.fromhex(match["byte"].decode("ascii")), is_byte=True)
            case "symbol":
                yield Token("symbol", match["symbol"].decode("latin-1"))
            case "brace":
                yield Token("open" if match["brace"] == b"{" else "close")
            case "text":
                yield Token("text", data=match["text"])
            case _:
                pass


def decode(data: bytes, charset: int | None, font: str, codepage: str) -> str:
    """Return bytes of text as characters; those that are none in the code page as the sign for that."""
    if charset == OF_SIGNS:
        known = FONTS.get(font.lower(), {})
        plain = data.decode("latin-1")
        return "".join(known.get(each, each if each.isascii() else chr(PRIVATE + ord(each))) for each in plain)
    return data.decode(CHARSETS.get(charset, codepage) if charset is not None else codepage, "replace")
