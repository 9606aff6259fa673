"""Names as they may be shown to a person, on a terminal or in a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePath


def shown(name: PurePath | str) -> str:
    r"""Return a path as it may be shown: what a terminal would obey or choke on is escaped.

    >>> print(shown("a\x1b[31m.txt"))
    a\x1b[31m.txt
    """
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in str(name))
