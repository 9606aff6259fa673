"""Notes marked with asterisks: on a symbol, an agenda item or a sponsor (FORMAT.md section 1.5)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.repair.page import NOTE, body_end
from pipeline.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.text import Text

STARS = re.compile(r"(?<![*^\\\s])(?:\\\*){1,3}(?![\\*\]])")
"""Asterisks right after what they mark."""


def mark_stars(text: Text, _language: Language) -> Iterator[Edit]:
    """Mark the asterisks of a footnote that was lifted, at their first place.

    Leaves alone asterisks that have no footnote, or more than one, and those that are set apart.
    """
    value = text.value
    end = body_end(value)
    notes = Counter(match[1] for match in NOTE.finditer(value) if match[1].startswith("\\*"))
    wanted = {mark for mark, count in notes.items() if count == 1 and f"[^{mark}]" not in value[:end]}
    for match in STARS.finditer(value, 0, end if wanted else 0):
        if (mark := match.group()) in wanted:
            wanted.remove(mark)
            yield Edit(Span(match.start(), match.start()), "[^")
            yield Edit(Span(match.end(), match.end()), "]")
