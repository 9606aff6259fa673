"""The fields of a Word file (ECMA-376 part 1, section 17.16): what each shows is text, what makes it is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.read.docx_notes import Notes

NOTEREF = re.compile(r"\s*NOTEREF\s+(\S+)")


class Fields:
    """The fields that are open at a place of the text."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._open: list[str | None] = []  # an instruction until its result begins, `None` while that is text
        self._instructing = 0  # how many of them are instructions
        self._hidden = 0

    def is_hiding(self) -> bool:
        """Tell whether what stands here is not shown."""
        return bool(self._hidden or self._instructing)

    def instruct(self, text: str) -> None:
        """Take a piece of an instruction."""
        if self._open:
            self._instructing += self._open[-1] is None
            self._open[-1] = (self._open[-1] or "") + text

    def turn(self, kind: str | None) -> str:
        """Begin a field, come to its result, or end it; a field that points to a footnote shows its mark."""
        if kind == "begin":
            self._open.append("")
            self._instructing += 1
        elif kind == "end" and self._open:
            self._instructing -= self._open.pop() is not None
            self._hidden = self._hidden if self._hidden <= len(self._open) else 0
        elif kind == "separate" and self._open:
            found = NOTEREF.match(self._open[-1] or "")
            self._instructing -= self._open[-1] is not None
            self._open[-1] = None
            mark = self._notes.pointed(found[1]) if found else None
            if mark:
                self._hidden = self._hidden or len(self._open)
                return f"[^{mark}]"
        return ""

    def close(self) -> None:
        """End the text. Raises ValueError where an instruction has no end: the text after it would be lost."""
        if self._instructing:
            msg = "a field has no end"
            raise ValueError(msg)
