"""A language is one TOML file beside this one; here is what a stage may ask of it.

The files hold what FORMAT.md sections 1.6, 3 and 4 establish: enacting bodies, fixed
lines, months, lead phrases, closing lines, and the rules for joining and spacing.
A new language is a new file; no stage names one.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pipeline.numbers import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.model import Emphasis, Face, Kind, MastheadRole, Organ

JOB_LETTER = re.compile(r"^[^\S\n]*(?:GE\.)?\d\d-\d{5}\*? ?\(([A-Z])\)", re.MULTILINE)
HERE = Path(__file__).parent
RECOGNISED = 0.02
"""A language's own words are at least this share of its texts."""
WORD_END = re.compile(r"(?=\W|\d|$)")
FIRST_PARAGRAPH = re.compile(r"1(?:\. ?| ?- )\D")
ENDS = tuple(".;:,?!。；：，？！…،؛؟")
"""The marks a paragraph ends with, in all languages."""
LONGEST_DAY = 40
"""A day without its year, and what joins it to a date, take no more characters."""
HEAD = 8
"""How many lines the title may take, or what else stands between the name of a decision and its text."""
PART_TITLE = 6
"""How many lines the letter and the title of a part may take."""
NOTHING = "(?!)"
"""The pattern that matches nothing."""
COMMAS = (",", "，", "،")
COLONS = (":", "：")
APOSTROPHE = "['’]"
CLOSERS = "\"'”“’»)）]】》〉」』 "
"""What may stand after the mark that ends a paragraph; in some languages the mark “ closes."""


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """What the stages ask about a language. Patterns match single lines or paragraphs.

    `code` is ISO 639-1 (`zh`), `iso3` the Akoma Ntoso code (`zho`), `tag` the BCP 47 tag
    for Word (`zh-CN`), `link` the segment of document links (`zh`), `job_letter` the
    letter of the language in job numbers. A line at least `full_line` of the usual width
    may have been broken by the page; `spaced_marks` tells of a blank before `;` and `:`.
    `vote_side` matches the name of a side of a vote ("In favour:"), its groups are the sides
    of the model. `lead_words` are the words of lead phrases; `suspending` the words after a
    hyphen that hangs; `look_alikes` the letters of another script that are typed for this
    language's own; `ending` matches what ends words and is none. `act` matches the meeting that a
    decision or a statement of the President opens with.
    """

    code: str
    iso3: str
    tag: str
    link: str
    name: str
    job_letter: str
    right_to_left: bool
    joins_without_space: bool
    lead_emphasis: tuple[Face, ...]
    organ_names: dict[Organ, str]
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...]
    act: re.Pattern[str]
    enacting: tuple[tuple[Organ, str], ...]
    enacting_lines: frozenset[str]
    enacting_opens: frozenset[str]
    roles: tuple[tuple[MastheadRole, re.Pattern[str]], ...]
    meeting: re.Pattern[str]
    adopted_meeting: re.Pattern[str]
    ordinals: dict[str, str]
    vote: re.Pattern[str]
    vote_side: re.Pattern[str]
    note: re.Pattern[str]
    annex: re.Pattern[str]
    section: re.Pattern[str]
    first_part: re.Pattern[str]
    date: re.Pattern[str]
    also_before: re.Pattern[str]
    also_after: re.Pattern[str]
    months: tuple[str, ...]
    furniture: re.Pattern[str]
    counted_after: re.Pattern[str]
    counted_before: re.Pattern[str]
    spaced_marks: bool
    bracketed_notes: bool
    doubled: re.Pattern[str] | None
    lead_words: frozenset[str]
    compounds: frozenset[str]
    apart: frozenset[str]
    suspending: tuple[str, ...]
    look_alikes: dict[str, str]
    dictionary: str
    alphabet: str
    ending: re.Pattern[str]
    words: dict[str, Any]

    def enacting_organ(self, text: str) -> Organ | None:
        """Return the organ whose enacting line opens the text, if one does."""
        return next((organ for organ, line in self.enacting if text.startswith(line)), None)

    def organ_named(self, text: str) -> Organ | None:
        """Return the organ that a line of the masthead names, blanks and kinds of apostrophe apart."""
        wanted = _folded(text)
        return next((organ for organ, name in self.organ_names.items() if _folded(name) == wanted), None)

    def is_enacting(self, text: str) -> bool:
        """Tell whether a text is an enacting line and nothing else."""
        return text in self.enacting_lines

    def enacting_spaced(self, text: str) -> str | None:
        """Return the enacting line that a text is but for its blanks; None where it has them, or is none."""
        wanted = _folded(text)
        if text[:1] not in self.enacting_opens or self.is_enacting(text):
            return None
        return next((line for line in self.enacting_lines if _folded(line) == wanted), None)

    def text_start(self, texts: Sequence[str], title: re.Pattern[str]) -> int | None:
        """Return the index of the enacting line; without one, of the first text that opens a paragraph.

        `title` matches the number of the title. A decision or a statement of the President starts
        with the meeting that made it, whether an enacting line follows or not.
        """
        start = self._enacted(texts, title)
        act = self._acted(texts[:start], title)
        if start is not None or act is not None:
            return start if act is None else act
        opens = (
            at
            for at, text in enumerate(texts)
            if FIRST_PARAGRAPH.match(text) or self.opens_preambular(text) or self._ends_head(texts[max(0, at - 2) : at])
        )
        return next(opens, None)

    def _acted(self, texts: Sequence[str], title: re.Pattern[str]) -> int | None:
        """Return the index of the first text that opens as a decision or a statement does, right after its head.

        A line that goes on from "adopted by the Security Council" may read the same.
        """
        for at, text in enumerate(texts):
            if at and self.act.match(text) and self.role(texts[at - 1]) != "adopted":
                head = texts[max(0, at - HEAD) : at]
                if any(title.match(line) or self.kind(line) for line in head):
                    return at
        return None

    def _enacted(self, texts: Sequence[str], title: re.Pattern[str]) -> int | None:
        """Return the index of the enacting line.

        The name of an organ before the title is the masthead's, even where it reads as an enacting
        line does, and so is an enacting line that the title and another one follow. Of a
        resolution in parts the text starts with the letter of the first.
        """
        titled = False
        enacting = [at for at, text in enumerate(texts) if self.is_enacting(text)]
        done = 0
        for at, after in zip_longest(enacting, enacting[1:]):
            titled = titled or any(map(title.match, texts[done:at]))
            repeated = after is not None and any(map(title.match, texts[at + 1 : after]))
            if titled or not (repeated or self.organ_named(texts[at]) is not None):
                return self._part_start(texts, at, title) if titled else at
            done = at
        return None

    def _part_start(self, texts: Sequence[str], enacting: int, title: re.Pattern[str]) -> int:
        """Return the index of the letter of the first part, where it and its title stand before the enacting line."""
        for at in range(enacting - 1, max(enacting - PART_TITLE, 0), -1):
            if self.first_part.search(texts[at]):
                return at
            if title.match(texts[at]):
                break
        return enacting

    def _ends_head(self, above: Sequence[str]) -> bool:
        """Tell whether the last of some lines is the last of a masthead without a title.

        It heads a resolution and gives its date, alone or with the number above it.
        """
        roles = [self.role(text) for text in above]
        headed = roles[-1:] == ["resolution"] or roles == ["resolution", "adopted"]
        return headed and self.first_date(above[-1]) is not None

    def role(self, text: str) -> MastheadRole:
        """Name what a line or paragraph of the masthead says; `other` where it is not known."""
        return next((name for name, pattern in self.roles if pattern.search(text)), "other")

    def kind(self, text: str) -> Kind | None:
        """Return what a line of the masthead says the document is; None where it does not, as in most resolutions."""
        return next((kind for kind, pattern in self.kinds if pattern.search(text)), None)

    def opens_act(self, text: str) -> bool:
        """Tell whether a text opens with the meeting, as what an organ decided or its President stated does."""
        return self.act.match(text) is not None

    def lead(self, text: str, *, operative: bool) -> int:
        """Return the length of the lead phrase that opens the text, in code points; 0 for none."""
        match = _leads(self.code, "operative" if operative else "preambular").match(text)
        return match.end() if match else 0

    def counts_on(self, before: str, after: str) -> bool:
        """Tell whether a number between these words counts or names something ("Goal 3", "3 months")."""
        return bool(self.counted_after.match(after) or self.counted_before.search(before))

    def meeting_number(self, text: str) -> str | None:
        """Return the number of the meeting that a line names, in digits: "62nd plenary meeting" -> "62"."""
        match = self.meeting.search(text) or self.adopted_meeting.search(text) or self.act.match(text)
        number: str | None = match["number"] if match else None
        return self.ordinals.get(number.capitalize(), number) if number else None

    def opens_preambular(self, text: str) -> bool:
        """Tell whether the text opens the way a preambular paragraph does."""
        return _leads(self.code, "preambular").match(text) is not None

    def opens_operative(self, text: str) -> bool:
        """Tell whether the text, without its number, opens the way an operative paragraph does."""
        return _leads(self.code, "operative").match(text) is not None

    def frequency(self, word: str) -> int:
        """Return how often a word stands in general texts of the language; 0 for one that is not known.

        Every word is unknown in a language without a dictionary.
        """
        return self.frequencies.get(word.lower(), 0)

    @property
    def frequencies(self) -> Mapping[str, int]:
        """How often each word, in small letters, stands in general texts; empty in a language without a dictionary."""
        return _frequencies(self.dictionary) if self.dictionary else {}

    def shown(self, emphasis: Emphasis) -> tuple[Face, ...]:
        """Return how an emphasis is printed: a lead phrase is italic, bold, or both (AKN.md section 5)."""
        return self.lead_emphasis if emphasis == "lead" else (emphasis,)

    def dates(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, YYYY-MM-DD) for every full date, and for the day joined to it that shares its year.

        Of "25 to 30 August 2015" both days are dates, wherever a language prints the month and the year;
        the first is no later than the last, or it belongs to something else.
        """
        for match in self.date.finditer(text):
            full = self._day(match, match)
            if full is None:
                continue
            before = self.also_before.search(text, max(0, match.start() - LONGEST_DAY), match.start())
            first = self._day(before, match) if before else None
            if before and first and first < full:
                yield *before.span("fragment"), first
            yield *match.span(), full
            after = self.also_after.match(text, match.end())
            last = self._day(after, match) if after else None
            if after and last and full < last:
                yield *after.span("fragment"), last

    def first_date(self, text: str) -> str | None:
        """Return the first full date in the text as YYYY-MM-DD."""
        return next(filter(None, (self._day(match, match) for match in self.date.finditer(text))), None)

    def _day(self, match: re.Match[str], full: re.Match[str]) -> str | None:
        """Return the day of a match as YYYY-MM-DD, with the year, and if need be the month, of the full date."""
        month, day = match["month"] or full["month"], int(match["day"])
        number = int(month) if month.isdigit() else self.months.index(_folded(month)) + 1
        return f"{full['year']}-{number:02}-{day:02}" if 1 <= number <= 12 and 1 <= day <= 31 else None


@cache
def language(code: str) -> Language:
    """Load a language by its code. Raises KeyError for one that has no file."""
    return _build(_data(code))


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of the languages there are files for, sorted."""
    return tuple(sorted(file.stem for file in HERE.glob("*.toml")))


@cache
def codes_by_iso3() -> dict[str, str]:
    """Return the codes by those of Akoma Ntoso: `zh` by `zho`."""
    return {_data(code)["iso3"]: code for code in codes()}


def is_closed(text: str) -> bool:
    """Tell whether a text ends the way a paragraph ends: with a mark, whatever closes after it."""
    return text.rstrip(CLOSERS).endswith(ENDS)


def any_date(text: str) -> str | None:
    """Return the first full date in the text, in whichever language, as YYYY-MM-DD.

    The date of issue is in English in some other language versions.
    """
    return next((iso for code in codes() if (iso := language(code).first_date(text))), None) if text else None


def detect(text: str) -> str | None:
    """Return the code of the language a text is written in, None where it is none of ours.

    Evidence: the letter in its job number, else the share of each language's own words in it.
    Of the other languages, nothing but these words is compiled.
    """
    job = JOB_LETTER.search(text)
    if job and (found := next((code for code in codes() if _data(code)["job_letter"] == job[1]), None)):
        return found
    # Columns are set with many blanks, which are no part of the text.
    text = " ".join(text.split())
    shares = {code: sum(map(len, _common(code).findall(text))) / max(1, len(text)) for code in codes()}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= RECOGNISED else None


def _named(patterns: dict[str, str]) -> str:
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns.items()).replace(" ", r"\s+")


def _folded(name: str) -> str:
    """Return a name without blanks, as "آذار/ مارس" may have one, and vowel signs; with one kind of apostrophe."""
    return UNSEEN.sub("", "".join(name.split())).replace("'", "’")


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
        vote_side=re.compile(f"(?:{_named(data['words']['votes']['sides'])}) ?[:：]"),
        note=re.compile(lines["note"]),
        annex=re.compile(lines["annex"]),
        section=re.compile(lines["section"]),
        first_part=re.compile(lines["first_part"]),
        date=re.compile(data["dates"]["pattern"]),
        also_before=re.compile(rf"(?:{data['dates']['also_before']})\Z"),
        also_after=re.compile(data["dates"]["also_after"]),
        months=tuple(map(_folded, data["dates"]["months"])),
        furniture=re.compile(lines["furniture"]),
        counted_after=re.compile(data["words"]["counted_after"]),
        counted_before=re.compile(data["words"]["counted_before"]),
        spaced_marks=data["spaced_marks"],
        bracketed_notes=data.get("bracketed_notes", False),
        doubled=re.compile(data["words"]["doubled"]) if "doubled" in data["words"] else None,
        lead_words=frozenset(word for kind in data["leads"].values() for phrase in kind for word in phrase.split()),
        compounds=frozenset(data["words"].get("compounds", ())),
        apart=frozenset(data["words"].get("apart", ())),
        suspending=tuple(data["words"]["suspending"]),
        look_alikes=data["words"].get("look_alikes", {}),
        dictionary=data["words"].get("dictionary", ""),
        alphabet=data["words"].get("alphabet", ""),
        ending=re.compile(data["words"].get("ending", NOTHING)),
        words=data["words"],
    )


@cache
def _frequencies(dictionary: str) -> dict[str, int]:
    """Load the word counts that ship with pyspellchecker, when they are first asked for.

    Its own reader copies and filters them, which takes five times as long.
    """
    import gzip  # noqa: PLC0415 - most languages' texts never get here
    from importlib.resources import files  # noqa: PLC0415 - as above

    import orjson  # noqa: PLC0415 - as above

    packed = (files("spellchecker") / "resources" / f"{dictionary}.json.gz").read_bytes()
    return cast("dict[str, int]", orjson.loads(gzip.decompress(packed)))


@cache
def _data(code: str) -> dict[str, Any]:
    source = HERE / f"{code}.toml"
    if not source.is_file():
        raise KeyError(code)
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _common(code: str) -> re.Pattern[str]:
    return re.compile(_data(code)["words"]["common"])


@cache
def _leads(code: str, kind: str) -> re.Pattern[str]:
    """Compile the lead phrases of a language when they are first looked for."""
    data = _data(code)
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
