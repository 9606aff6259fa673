"""A language out of its file: the data as they stand there, the patterns compiled."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from pipeline.languages.files import data_of
from pipeline.languages.fonts import font_of
from pipeline.languages.marks import COMMAS
from pipeline.languages.questions import Language, folded

if TYPE_CHECKING:
    from pipeline.model import Face, Organ

NOTHING = "(?!)"
"""The pattern that matches nothing."""


@cache
def language(code: str) -> Language:
    """Load a language by its code. Raises KeyError for one that has no file."""
    return _build(data_of(code))


def _build(data: dict[str, Any]) -> Language:
    lines = data["lines"]
    # A statement has this line where a resolution of the Security Council has its number.
    roles = {
        **data["masthead"],
        "resolution": f"{data['masthead']['resolution']}|{data['kinds']['presidentialStatement']}",
    }
    enacting: list[tuple[Organ, str]] = [
        (organ, line.replace("’", mark))
        for organ, found in data["enacting"].items()
        for line in found
        for mark in ("’", "'")[: 1 + ("’" in line)]
    ]
    return Language(
        code=data["code"],
        iso3=data["iso3"],
        tag=data["tag"],
        link=data["link"],
        name=data["name"],
        job_letter=data["job_letter"],
        right_to_left=data["right_to_left"],
        joins_without_space=data["joins_without_space"],
        lead_emphasis=cast("tuple[Face, ...]", tuple(data["lead_emphasis"].split())),
        organ_names=cast("dict[Organ, str]", data["organs"]),
        enacting_lines=frozenset(line + end for _, line in enacting for end in ("", *COMMAS)),
        enacting_opens=frozenset(line[0] for _, line in enacting),
        enacting=tuple(enacting),
        roles=tuple((role, re.compile(pattern)) for role, pattern in roles.items()),
        kinds=tuple((kind, re.compile(pattern)) for kind, pattern in data["kinds"].items()),
        act=re.compile(lines["act"]),
        meeting=re.compile(lines["meeting"]),
        adopted_meeting=re.compile(lines["adopted_meeting"]),
        ordinals=lines.get("ordinals", {}),
        vote=re.compile(lines["vote"]),
        # A line may break within the name of a side.
        vote_side=re.compile(f"(?:{_named(data['words']['votes']['sides'])})\\s?[:：]"),
        note=re.compile(lines["note"]),
        annex=re.compile(lines["annex"]),
        section=re.compile(lines["section"]),
        first_part=re.compile(lines["first_part"]),
        date=re.compile(data["dates"]["pattern"]),
        also_before=re.compile(rf"(?:{data['dates']['also_before']})\Z"),
        also_after=re.compile(data["dates"]["also_after"]),
        months=tuple(map(folded, data["dates"]["months"])),
        furniture=re.compile(lines["furniture"]),
        counted_after=re.compile(data["words"]["counted_after"]),
        counted_before=re.compile(data["words"]["counted_before"]),
        spaced_marks=data["spaced_marks"],
        bracketed_notes=data.get("bracketed_notes", False),
        doubled=re.compile(data["words"]["doubled"]) if "doubled" in data["words"] else None,
        drawn=re.compile(data["words"]["drawn"]) if "drawn" in data["words"] else None,
        drawn_mark=re.compile(data["words"]["drawn_mark"]) if "drawn_mark" in data["words"] else None,
        lead_words=frozenset(word for kind in data["leads"].values() for phrase in kind for word in phrase.split()),
        compounds=frozenset(data["words"].get("compounds", ())),
        compound_first=re.compile(data["words"].get("compound_first", NOTHING)),
        apart=frozenset(data["words"].get("apart", ())),
        torn_ending=re.compile(data["words"].get("torn_ending", NOTHING)),
        letters=data["words"].get("letters", ""),
        suspending=tuple(data["words"]["suspending"]),
        look_alikes=data["words"].get("look_alikes", {}),
        dictionary=data["words"].get("dictionary", ""),
        alphabet=data["words"].get("alphabet", ""),
        prefixes=data["words"].get("prefixes", ""),
        article=data["words"].get("article", ""),
        ending=re.compile(data["words"].get("ending", NOTHING)),
        font=font_of(data["code"]),
        words=data["words"],
    )


def _named(patterns: dict[str, str]) -> str:
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns.items()).replace(" ", r"\s+")
