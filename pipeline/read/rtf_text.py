r"""The text of an RTF file: what its control words do to the text, group by group.

What a group changes ends with the group. A destination (`\footnote`, `\header`, `\*\fldinst`) says where the text of
its group goes; one that is not known here, and says that it may be passed over, is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.read.repaired import MARK, Piece, escape
from pipeline.read.rtf_blocks import Blocks, Style
from pipeline.read.rtf_groups import SETTINGS, Group, switched
from pipeline.read.rtf_tokens import CHARSETS, Token, decode, tokens

if TYPE_CHECKING:
    from pipeline.read.transcript import Transcript

SKIPPED = {
    "colortbl", "info", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "ftnsep",
    "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "sp", "sn", "sv", "shprslt", "xe", "tc", "tcn", "template",
    "nonesttables", "nonshppict", "objdata", "objclass", "objname", "pntxta", "pntxtb", "listtable", "filetbl",
}  # fmt: skip
"""Destinations whose text is not the document's."""
KNOWN = {"footnote", "shpinst", "annotation", "ud", "shptxt"}
"""Destinations that are read although the file says that they may be passed over."""
SIGNS = {
    "tab": "\t", "line": " ", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
SYMBOLS = {"~": "\u00a0", "_": "\u2011", "\\": "\\", "{": "{", "}": "}"}


class RtfError(ValueError):
    """The file is damaged."""


class DepthError(RtfError):
    """Its groups are nested without end."""


def write_text(data: bytes, transcript: Transcript, deepest: int) -> None:
    """Write the text of an RTF file as repaired text, and what is left out as findings.

    Raises RtfError where the file is damaged, DepthError where groups lie deeper than `deepest`.
    """
    reader = _Reader(transcript, deepest)
    for token in tokens(data):
        reader.take(token)
        if reader.is_done():
            break
    if not reader.is_done():
        msg = "it ends too early"
        raise RtfError(msg)
    reader.blocks.finish()


class _Reader:
    """Takes the tokens in order."""

    def __init__(self, transcript: Transcript, deepest: int) -> None:
        self.blocks = Blocks(transcript)
        self._transcript, self._deepest = transcript, deepest
        self._groups: list[Group] = []
        self._group = Group()
        self._star = self._begun = False
        self._bytes = bytearray()
        self._replaced = 0  # characters still to pass over
        self._half = ""
        self._codepage = "cp1252"
        self._fonts: dict[int, tuple[int | None, str]] = {}
        self._named = ""  # text of a font, a style or a comment
        self._charset: int | None = None
        self._style = 0

    def is_done(self) -> bool:
        """Tell whether the outermost group has ended."""
        return self._begun and not self._groups

    def take(self, token: Token) -> None:
        """Take the next token."""
        if token.kind == "text":
            self._text(token)
            return
        self._flush()
        if token.kind == "open":
            self._groups.append(self._group)
            self._begun, self._star, self._replaced = True, False, 0
            if len(self._groups) > self._deepest:
                msg = "its groups are nested without end"
                raise DepthError(msg)
        elif token.kind == "close":
            self._close()
        elif self._replaced:
            self._replaced -= 1
        elif token.kind == "symbol":
            self._symbol(token.word)
        else:
            self._word(token.word, token.number)
            self._star = False

    def _text(self, token: Token) -> None:
        data = token.data
        if self._replaced:
            passed = min(self._replaced, len(data))
            self._replaced -= passed
            data = data[passed:]
        self._bytes += data
        self._star = False

    def _flush(self) -> None:
        if self._bytes:
            charset, font = self._fonts.get(self._group.font, (None, ""))
            data, self._bytes = bytes(self._bytes), bytearray()
            self._write(decode(data, charset, font, self._codepage))

    def _write(self, text: str) -> None:
        group = self._group
        if group.goes in {"fonttbl", "stylesheet", "annotation"}:
            self._named += text
        elif group.goes != "text":
            return
        elif group.hidden:
            self._transcript.find("source.hidden", text)
        elif not group.deleted:
            written = escape(text)
            if group.raised and MARK.fullmatch(written.strip()) and self.blocks.is_known(written.strip()):
                self.blocks.write(Piece(f"[^{written.strip()}]"))
            else:
                bold = group.bold or (group.right_to_left and group.bold_too)
                italic = group.italic or (group.right_to_left and group.italic_too)
                self.blocks.write(self.blocks.set(written, bold=bold, italic=italic), raised=group.raised)

    def _close(self) -> None:
        if not self._groups:
            msg = "a group ends that did not begin"
            raise RtfError(msg)
        ended, self._group = self._group, self._groups.pop()
        self._replaced = 0
        if ended.goes == "fonttbl" and self._named:
            self._fonts[ended.font] = self._charset, self._named.strip().rstrip(";")
        elif ended.goes == "stylesheet" and self._named:
            name = self._named.strip().rstrip(";").lower()
            self.blocks.styles.setdefault(self._style, Style(name, ended.bold, ended.italic))
        elif ended.goes == "annotation" and self._group.goes != "annotation":
            self._transcript.find("source.comment", self._named)
        if ended.goes in {"fonttbl", "stylesheet"} or self._group.goes != ended.goes:
            self._named, self._style, self._charset = "", -1 if ended.goes == "stylesheet" else 0, None
        self.blocks.close(len(self._groups))

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._star = True
        elif symbol in "\r\n":
            self._word("par", None)
        elif symbol in SYMBOLS:
            self._write(SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        group = self._group
        if self._star and word not in KNOWN:
            self._group = group._replace(goes="skipped")
            if word == "shppict" and group.goes == "text":
                self._transcript.find("source.picture")
        elif word == "ud" and group.goes == "upr":
            self._group = group._replace(goes="text")
        elif word == "upr" and group.goes == "text":
            self._group = group._replace(goes="upr")  # a text twice, of which the part in Unicode is read
        elif group.goes == "skipped":
            return
        elif word in SKIPPED:
            self._group = group._replace(goes="skipped")
        elif word == "pict":
            self._group = group._replace(goes="skipped")
            self._transcript.find("source.picture")
        elif word in {"fonttbl", "stylesheet", "annotation"}:
            self._group, self._named = group._replace(goes=word), ""
        elif word in {"footnote", "shptxt"} and group.goes == "text":
            self.blocks.open(word, len(self._groups) - 1)
            self._group = group.plain()._replace(font=group.font)
        elif word == "u":
            self._unicode((number or 0) % 0x10000)
        elif word in SIGNS:
            self._write(SIGNS[word])
        elif not self._set(word, number) and group.goes == "text" and not (group.deleted and word in {"par", "sect"}):
            self.blocks.control(word, number)

    def _set(self, word: str, number: int | None) -> bool:
        """Carry out a control word that changes how text is set; tell whether it is one."""
        group, on = self._group, number != 0
        if word in SETTINGS:
            self._group = switched(group, SETTINGS[word], on=on)
            if word in {"deleted", "mvf"} and on:
                self._change()
        elif word in {"revised", "mvt"} and on:
            self._change()
        elif word in {"super", "up"}:
            self._group = group._replace(raised=on)
        elif word in {"nosupersub", "sub", "dn"}:
            self._group = group._replace(raised=False)
        elif word == "plain":
            self._group = group.plain()
        elif word in {"ltrch", "rtlch"}:
            self._group = group._replace(right_to_left=word == "rtlch")
        elif word == "f":
            self._group = group._replace(font=number or 0)
        elif word == "uc":
            self._group = group._replace(skip=max(0, number if number is not None else 1))
        elif word == "ansicpg":
            self._codepage = _codec(number)
        elif word == "mac":
            self._codepage = "mac_roman"
        elif word == "fcharset":
            self._charset = number
        elif word == "s" and group.goes == "stylesheet":
            self._style = number or 0
        else:
            return False
        return True

    def _change(self) -> None:
        if self._group.goes == "text":
            self._transcript.find("source.changes")

    def _unicode(self, code: int) -> None:
        """Write a character given by its code; two halves of one are put together."""
        self._replaced = self._group.skip
        if 0xD800 <= code < 0xDC00:
            self._half = chr(code)
            return
        half, self._half = self._half, ""
        pair = (half + chr(code)).encode("utf-16", "surrogatepass")
        text = pair.decode("utf-16", "replace")
        if 0xF000 <= code < 0xF100:
            charset, font = self._fonts.get(self._group.font, (None, ""))
            text = decode(bytes([code - 0xF000]), charset, font, self._codepage) if charset == 2 else text
        self._write(text)


def _codec(codepage: int | None) -> str:
    """Return the name of a code page, the Western one where it is not known."""
    name = f"cp{codepage}"
    return name if name in CHARSETS.values() else {936: "gbk", 65001: "utf-8"}.get(codepage or 0, "cp1252")
