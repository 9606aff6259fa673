"""What XML can be at the most, counted before it is parsed: a tree takes ten times the room of its file, and more."""

from __future__ import annotations

import re
from itertools import takewhile

DECLARED = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})""")
PROLOG = 1024
MOST_ATTRIBUTES = 6
"""So many attributes an element has, on the average, and not more; in Word's files it is one."""
MOST_NAMESPACES = 20_000
"""Declared anew in each element maybe; each is compared with all others."""


def is_endless(data: bytes, most: int) -> bool:
    """Tell whether XML has more than about so many elements, or their attributes.

    In an encoding of which the signs of tags cannot be counted as bytes (UTF-7, EBCDIC) it is endless as well.
    """
    return (
        not _is_countable(data)
        or data.count(b"<") > 2 * most
        or data.count(b"=") > MOST_ATTRIBUTES * most
        or data.count(b"xmlns") + data.count("xmlns".encode("utf-16-le")) > MOST_NAMESPACES
    )


def _is_countable(data: bytes) -> bool:
    start = bytes(takewhile(lambda byte: byte != ord(">"), data[:PROLOG])).replace(b"\0", b"")
    if b"<" not in start[:8]:
        return not start.strip().startswith(b"\x4c\x6f")  # `<?` in EBCDIC; all else the parser refuses
    told = DECLARED.search(start)
    try:
        return told is None or b"<" in "<".encode(told[1].decode())
    except LookupError:
        return False
