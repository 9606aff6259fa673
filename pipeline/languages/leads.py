"""The lead phrases of a language as one pattern, compiled when they are first looked for (FORMAT.md section 3)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pipeline.languages.files import data_of

WORD_END = re.compile(r"(?![-‐‑]\w)(?=\W|\d|$)")
"""Where a word ends: not at a hyphen inside it ("Member" of "Member-State")."""
APOSTROPHE = "['’]"


@cache
def lead_pattern(code: str, kind: str) -> re.Pattern[str]:
    """Compile the lead phrases of a language when they are first looked for."""
    data = data_of(code)
    optional = f"{ignorable}*" if (ignorable := data.get("ignorable")) else ""
    looks = {own: f"[{own}{look}]" for look, own in data["words"].get("look_alikes", {}).items()}
    return _phrases(data["leads"][kind], optional, looks, spaced=not data["joins_without_space"])


def _phrases(phrases: list[str], optional: str, looks: dict[str, str], *, spaced: bool) -> re.Pattern[str]:
    """Compile phrases into one pattern that finds the longest; a trie keeps it linear.

    `optional` is a pattern for what may stand after each character, `looks` one for a
    character that others are typed for.
    """
    trie: dict[str, Any] = {}
    for phrase in phrases:
        node = trie
        for character in phrase:
            node = node.setdefault(character, {})
        node[""] = {}
    return re.compile(_branch(trie, optional, looks) + (WORD_END.pattern if spaced else ""))


def _branch(node: dict[str, Any], optional: str, looks: dict[str, str]) -> str:
    rest = [
        f"{APOSTROPHE if key == '’' else looks.get(key) or re.escape(key)}{optional}{_branch(child, optional, looks)}"
        for key, child in sorted(node.items())
        if key
    ]
    if not rest:
        return ""
    body = rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})"
    return f"(?:{body})?" if "" in node else body
