"""What all the modules that read a PDF hand to one another."""

from __future__ import annotations

from typing import NamedTuple


class Piece(NamedTuple):
    """What a text object shows: text, size in points, box, base line; the marked content it belongs to (-1: none).

    `breaks` tells that a line ends after it; `page` is counted from 1, `link` is what the page links it to,
    `stars` is how repaired text marks its emphasis.
    """

    text: str
    size: float
    left: float
    bottom: float
    right: float
    top: float
    base: float
    mark: int
    breaks: bool
    page: int = 0
    link: str = ""
    stars: str = ""
