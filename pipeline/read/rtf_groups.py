"""What holds inside a group of an RTF file, and the control words that change it."""

from __future__ import annotations

from typing import Any, NamedTuple

SETTINGS = {
    "b": "bold", "i": "italic", "ab": "bold_too", "ai": "italic_too", "v": "hidden", "deleted": "deleted",
    "mvf": "deleted",
}  # fmt: skip


class Group(NamedTuple):
    """What holds inside a group. `goes` names where its text goes: "text", or a destination."""

    goes: str = "text"
    bold: bool = False
    italic: bool = False
    bold_too: bool = False
    italic_too: bool = False
    right_to_left: bool = False
    hidden: bool = False
    deleted: bool = False
    raised: bool = False
    font: int = 0
    skip: int = 1
    """How many characters after one in Unicode stand for it."""

    def plain(self) -> Group:
        """Return the group with its text set as nothing says how."""
        return Group(self.goes, skip=self.skip)


def switched(group: Group, setting: str, *, on: bool) -> Group:
    """Return the group with one of `SETTINGS` on or off."""
    changed: dict[str, Any] = {setting: on}
    return group._replace(**changed)
