"""Short ways to build invented documents: the parts, at no place of any source, and the text of a whole one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from pipeline.cli import commands
from pipeline.model import (
    Cell,
    Closing,
    ClosingLine,
    Date,
    Document,
    Enacting,
    Footnote,
    Heading,
    Indicator,
    Inline,
    Masthead,
    MastheadLine,
    OperativeParagraph,
    Paragraph,
    PartStart,
    PreambularParagraph,
    Reference,
    Row,
    Run,
    Source,
    Table,
    Tally,
    Target,
    Unclassified,
    Vote,
    VoteLine,
    Voter,
)
from pipeline.text import Span

if TYPE_CHECKING:
    from click.testing import Result

    from pipeline.model import Block, ClosingRole, Emphasis, MastheadRole, VoteOutcome, VoteSide

NOWHERE = Span(0, 0)
INVENTED = Source("invented.txt", "0" * 64, 0)
Piece = Inline | str
"""A string stands for a plain run."""


def inlines(*pieces: Piece) -> tuple[Inline, ...]:
    return tuple(run(piece) if isinstance(piece, str) else piece for piece in pieces)


def run(text: str, emphasis: Emphasis | None = None) -> Run:
    return Run(text, NOWHERE, emphasis)


def lead(text: str) -> Run:
    return run(text, "lead")


def mark(text: str, *, repeated: bool = False) -> Indicator:
    return Indicator(text, NOWHERE, repeated)


def date(text: str, iso: str) -> Date:
    return Date(text, iso, NOWHERE)


def item(number: str | None, *pieces: Piece, children: tuple[Paragraph, ...] = ()) -> Paragraph:
    return Paragraph(number, inlines(*pieces), NOWHERE, children)


def operative(number: str | None, *pieces: Piece, children: tuple[Paragraph, ...] = ()) -> OperativeParagraph:
    return OperativeParagraph(number, inlines(*pieces), NOWHERE, children)


def preambular(*pieces: Piece, children: tuple[Paragraph, ...] = ()) -> PreambularParagraph:
    return PreambularParagraph(inlines(*pieces), NOWHERE, children)


def heading(number: str | None, level: int, *pieces: Piece) -> Heading:
    return Heading(number, inlines(*pieces), level, NOWHERE)


def enacting(*pieces: Piece) -> Enacting:
    return Enacting(inlines(*pieces), NOWHERE)


def loose(*pieces: Piece) -> Unclassified:
    return Unclassified(inlines(*pieces), NOWHERE)


def closing(*lines: tuple[ClosingRole, Piece]) -> Closing:
    return Closing(tuple(ClosingLine(role, inlines(piece), NOWHERE) for role, piece in lines), NOWHERE)


def vote(outcome: VoteOutcome | None, *lines: Piece, tallies: tuple[Tally, ...] = ()) -> Vote:
    return Vote(outcome, tuple(VoteLine(inlines(piece), NOWHERE) for piece in lines), tallies, NOWHERE)


def tally(side: VoteSide, total: int | None, *states: str) -> Tally:
    return Tally(side, total, tuple(Voter(state, NOWHERE) for state in states))


def table(*rows: tuple[Piece, ...], caption: str = "", headers: int = 1) -> Table:
    """A table whose first rows name the columns; an empty string is an empty cell."""
    cells = [tuple(Cell(inlines(piece) if piece else (), NOWHERE) for piece in row) for row in rows]
    made = tuple(Row(row, at < headers, NOWHERE) for at, row in enumerate(cells))
    return Table(inlines(caption) if caption else (), made, NOWHERE)


def part(letter: str, *title: Piece) -> PartStart:
    return PartStart(letter, inlines(*title), NOWHERE)


def line(role: MastheadRole, *pieces: Piece) -> MastheadLine:
    return MastheadLine(role, inlines(*pieces), NOWHERE)


def note(sign: str, *pieces: Piece) -> Footnote:
    return Footnote(sign, inlines(*pieces), NOWHERE)


def link(text: str, symbol: str | None) -> Reference:
    """A citation of a document of this symbol."""
    return Reference(text, Target("resolution", symbol), NOWHERE)


def document(*blocks: Block, language: str = "en", notes: tuple[Footnote, ...] = (), **parts: Any) -> Document:
    """A document of these blocks; `parts` are facts of its masthead, its title, and the texts of its `lines`."""
    facts = dict.fromkeys(("organ", "symbol", "number", "session", "issued", "adopted", "meeting"))
    lines = tuple(MastheadLine("other", (run(line),), NOWHERE) for line in parts.pop("lines", ()))
    title = parts.pop("title", None)
    masthead = Masthead(**{**facts, **parts}, lines=lines)
    return Document(language, masthead, title, blocks, notes, INVENTED)


def resolution(symbol: str = "A/RES/99/901", second: str = "2.") -> bytes:
    """Return the text of a small resolution; `second` is the number of its second operative paragraph."""
    paragraphs = [
        symbol,
        "Resolution adopted by the General Assembly on 1 March 2045",
        "99/901. Lighthouses of the inland seas",
        "The General Assembly,",
        "Recalling its resolution 98/12 of 2 March 2044,",
        "1. Decides to keep the lighthouses lit;",
        f"{second} Requests the Secretary-General to report to it on the matter.",
    ]
    return ("\n\n".join(paragraphs) + "\n").encode()


def put(path: str | Path, data: bytes | None = None) -> Path:
    """Write a file, a small resolution by default, and its folders."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(resolution() if data is None else data)
    return path


def unres(*arguments: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(commands, arguments, prog_name="unres")
