"""The one data model: what a resolution is made of.

Frozen values without behaviour. Every block, footnote and inline keeps the range of
the source it was read from, in code points. Text is as printed, repaired; numbers are
as printed (`1.`, `(a)`, `㈠`), and canonical forms are made where they are needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.text import Repair, Span  # noqa: TC001 - the record's JSON is read by these types

Emphasis = Literal["lead", "italic", "bold"]
"""`lead` is the lead phrase of a paragraph; each language shows it in its own way."""

Face = Literal["bold", "italic"]
"""What shows an emphasis in print."""

Organ = Literal["unga", "unsc", "unecosoc", "unga-hrc"]
TargetKind = Literal["resolution", "decision", "document"]

Kind = Literal["resolution", "decision", "presidentialStatement"]
"""What a document is, in the words of Akoma Ntoso (AKN.md D2)."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text."""

    text: str
    span: Span
    emphasis: Emphasis | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A footnote indicator; `repeated` where the footnote was mentioned before."""

    mark: str
    span: Span
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference points to.

    `symbol` is the United Nations document symbol in the form document links use
    (`A/RES/51/45N`, `S/RES/1325(2000)`), `None` for a decision, which has none of its own.
    `organ`, `number` (`51-45N`) and `date` (ISO) are set only where the source gives
    them; with all three the work has an IRI (AKN.md section 8).
    """

    kind: TargetKind
    symbol: str | None = None
    organ: Organ | None = None
    number: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """The words that cite another document, and the document."""

    text: str
    target: Target
    span: Span


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date as printed, and as YYYY-MM-DD."""

    text: str
    iso: str
    span: Span


Inline = Run | Indicator | Reference | Date
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that is neither preambular nor operative.

    It is of an annex or a declaration, an item `(a)` of a list, or goes on after a list.
    """

    number: str | None
    inlines: Inlines
    span: Span
    children: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class PreambularParagraph:
    """“Recalling …,” with the items of its list, if it has one."""

    inlines: Inlines
    span: Span
    children: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class OperativeParagraph:
    """“1. Decides …;”; a single operative paragraph has no number."""

    number: str | None
    inlines: Inlines
    span: Span
    children: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the text. `level` 1 is a section (`I`), 2 a part of it (`A.`), 3 below."""

    number: str | None
    inlines: Inlines
    level: int
    span: Span


@dataclass(frozen=True, slots=True)
class Enacting:
    """“The General Assembly,”."""

    inlines: Inlines
    span: Span


ClosingRole = Literal["meeting", "date"]


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """A line of the closing: the meeting, or its date."""

    role: ClosingRole
    inlines: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Closing:
    """“62nd plenary meeting / 2 December 2014”, lines in printed order."""

    lines: tuple[ClosingLine, ...]
    span: Span


VoteOutcome = Literal["without_vote", "unanimous", "recorded_vote", "vote"]
"""How a text was adopted; `vote` is one that is counted and not said to be recorded."""

VoteSide = Literal["in_favour", "against", "abstaining"]


@dataclass(frozen=True, slots=True)
class VoteLine:
    """A paragraph of the vote as printed: the sentence, the name of a side, a list of States."""

    inlines: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Voter:
    """A State that voted, its name as printed."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Tally:
    """A side of the vote: its total as the sentence gives it, and its States in printed order.

    `total` is `None` where no sentence gives one, `voters` empty where no State is named.
    """

    side: VoteSide
    total: int | None
    voters: tuple[Voter, ...]


@dataclass(frozen=True, slots=True)
class Vote:
    """“[Adopted by a recorded vote of 29 to 6 …]”: its lines as printed, and what they say.

    `outcome` is `None` where the text only says that it was adopted.
    """

    outcome: VoteOutcome | None
    lines: tuple[VoteLine, ...]
    tallies: tuple[Tally, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; one without text has no inlines."""

    inlines: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. `header` tells of a row that names the columns."""

    cells: tuple[Cell, ...]
    header: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells, all of one length, and the caption above them, if there is one."""

    caption: Inlines
    rows: tuple[Row, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class PartStart:
    """The heading that opens a part of a resolution in several parts (`A`, `B`) under one number.

    The blocks after it, to the next one, belong to it, its annexes included.
    """

    number: str
    title: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class AnnexStart:
    """The heading that opens an annex; the blocks after it belong to it.

    `inlines` are its label as printed ("Annex II"), `number` its number ("II") if any,
    `title` the title under it.
    """

    number: str | None
    inlines: Inlines
    title: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Unclassified:
    """A paragraph whose role is not known; there is a finding for each."""

    inlines: Inlines
    span: Span


Block = (
    Heading
    | Enacting
    | PreambularParagraph
    | OperativeParagraph
    | Paragraph
    | Table
    | Closing
    | Vote
    | PartStart
    | AnnexStart
    | Unclassified
)

MastheadRole = Literal[
    "publisher", "symbol", "organ", "distribution", "issued", "original", "session",
    "agenda_item", "agenda_title", "committee", "sponsors", "resolution", "adopted", "proponent", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MastheadLine:
    """One paragraph of the first page's head, with what it says."""

    role: MastheadRole
    inlines: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Masthead:
    """The facts of the first page, and its lines as printed and in printed order.

    A fact the source does not give is `None`; nothing is inferred from general knowledge.
    Dates are YYYY-MM-DD. `number` is the resolution's number as printed in the symbol
    (`69/60`, `2722 (2024)`), `meeting` the number of the meeting that adopted it.
    """

    organ: Organ | None
    symbol: str | None
    number: str | None
    session: str | None
    issued: str | None
    adopted: str | None
    meeting: str | None
    lines: tuple[MastheadLine, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """“69/60. Consolidation of peace …”: the number as printed, and the title."""

    number: str | None
    inlines: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its mark as printed, and its text."""

    mark: str
    inlines: Inlines
    span: Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of the text stands: the page, counted from 1, and its box in points (left, bottom, right, top)."""

    span: Span
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Link:
    """Where the source itself links a stretch of the text to."""

    span: Span
    href: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the text came from. `sha256` is of the file's bytes, `length` in code points.

    `places` and `links` are of sources with pages, in the order of the text; None for others.
    """

    name: str
    sha256: str
    length: int
    places: tuple[Place, ...] | None = None
    links: tuple[Link, ...] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A resolution, blocks flat and in reading order, footnotes in the order of their first mentions.

    Footnotes that are never mentioned come last. `language` is `en`, `zh` …
    """

    language: str
    masthead: Masthead
    title: Title | None
    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]
    source: Source


Severity = Literal["note", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an editor should look at.

    `rule` is its stable identifier (`notes.missing`), `message` says in plain words what
    is uncertain and what was done; `span` is the place in the source, in code points,
    `line` and `column` the same counted from 1 (0 until the source is known), `page` that of a PDF.
    """

    rule: str
    severity: Severity
    message: str
    span: Span
    line: int = 0
    column: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many source characters met which fate; the sum is the source (law 1)."""

    document: int
    footnotes: int
    indicators: int
    furniture: int
    replaced: int
    white_space: int
    total: int


@dataclass(frozen=True, slots=True)
class Record:
    """The document, with the account of how it was made."""

    document: Document
    findings: tuple[Finding, ...]
    repairs: tuple[Repair, ...]
    ledger: Ledger
