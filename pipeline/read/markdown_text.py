r"""The text of a paragraph of Markdown, written as repaired text: escapes, emphasis, links, footnote indicators."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.read.repaired import MARK, Piece, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TOKEN = re.compile(
    r"""(?P<plain>[^\\<^\[!*_&]+)                         # most of a text
      | \\(?P<literal>[!-/:-@\[-`{-~])
      | <!--[^<]*?-->
      | \[\^(?P<label>[^\[\]\s]+)\]                       # [^7]
      | \^\[(?P<again>(?:\\.|[^\]\\]){1,12})\]\(\#fn\d+\)\^    # ^[7](#fn7)^
      | \^(?P<raised>(?:\\.|[^\s^\\]){1,12})\^            # ^7^
      | !?\[(?P<words>(?:\\.|[^\[\]\\])*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s"[^"]*")?\)
      | <(?P<address>https?://[^\s<>]+)>
      | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
      | (?P<stars>(?<!\s)\*{1,3}|\*{1,3}(?=\S)|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_]))
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
RAISED = re.compile(r"\d+[a-z]?|\*{1,3}|[†‡§]")
"""What is a mark where it is raised: `13^er^` is none."""
STAR_LABELS = {"star-1": "*", "star-2": "**", "star-3": "***"}


class LabelError(ValueError):
    """The label of a footnote is none that a printed mark can have."""


def mark_of(label: str) -> str:
    r"""Return the mark of a footnote by its label, as repaired text writes it. Raises LabelError.

    >>> print(mark_of("7"), mark_of("star-2"), mark_of("%E2%80%A0.2"))
    7 \*\* †
    """
    mark = escape(STAR_LABELS.get(label) or unquote(label.partition(".")[0]))
    if not MARK.fullmatch(mark):
        raise LabelError(label)
    return mark


def pieces_of(text: str) -> Iterator[Piece]:
    r"""Return the pieces of a paragraph. Raises LabelError for a footnote that cannot be.

    >>> print([piece.text for piece in pieces_of(r"See the _Year Book_,[^3] [A/61/288](https://docs.un.org/A/61/288)^[2](#fn1)^")])
    ['See the ', 'Year Book', ',', '[^3]', ' ', 'A/61/288', '[^2]']
    """
    pieces = list(_pieces(text))
    opened: dict[str, int] = {}
    pairs: dict[int, bool] = {}
    for at, piece in enumerate(pieces):
        if piece.stars:
            start = opened.pop(piece.stars, None)
            if start is None:
                opened[piece.stars] = at
            else:
                pairs |= {start: True, at: False}
    return _faced(pieces, pairs)


def _faced(pieces: list[Piece], pairs: dict[int, bool]) -> Iterator[Piece]:
    """Yield the text with its emphasis; stars that have no counterpart are text. Bold and italic is bold."""
    faces: list[str] = []
    for at, piece in enumerate(pieces):
        if not piece.stars:
            yield Piece(piece.text, max(faces, key=len, default=""))
        elif at not in pairs:
            yield Piece(escape(piece.stars), max(faces, key=len, default=""))
        elif pairs[at]:
            faces.append("*" * min(2, len(piece.stars)))
        elif faces:
            faces.remove("*" * min(2, len(piece.stars)))


def _pieces(text: str) -> Iterator[Piece]:
    """Yield stretches of text, and what could be the stars around some of them."""
    said: list[str] = []  # where each sign is a token of its own, they are still one piece
    for token in TOKEN.finditer(text):
        match token.lastgroup:
            case None:  # a comment
                continue
            case "plain" | "literal" | "address" | "other" as kind:
                said.append(token[kind])
            case "entity":
                said.append(html.unescape(token["entity"]))
            case kind:
                if said:
                    yield Piece(escape("".join(said)))
                    said = []
                yield from _marked(kind, token[kind])
    if said:
        yield Piece(escape("".join(said)))


def _marked(kind: str, value: str) -> Iterable[Piece]:
    """Return what a token of more than text stands for."""
    match kind:
        case "stars":
            return (Piece("", value),)
        case "label":
            return (Piece(f"[^{mark_of(value)}]"),)
        case "again" | "raised":
            mark = ESCAPED.sub(r"\1", value)
            indicates = kind == "again" or RAISED.fullmatch(mark)
            return (Piece(f"[^{escape(mark)}]" if indicates else escape(mark)),)
        case _:  # the words of a link
            return _pieces(value)
