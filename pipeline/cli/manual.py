"""The page unres(1), made of the commands and their options, in the macros of man(7)."""

from __future__ import annotations

import re
from inspect import cleandoc
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from pipeline import __version__
from pipeline.cli.options import EPILOG

if TYPE_CHECKING:
    from collections.abc import Iterator

DATED = "2026-11-26"
"""The day the page tells: no clock is read."""
WIDTH = 78
"""Pages are to have no line over 80 bytes, so that they can be read as they are."""
SENTENCE_END = re.compile(r"(?<=[a-z0-9)`][.;:?!])\s+(?=[A-Z])")
DASH = r" \- "
CODE = re.compile(r"^  (\d+)\s+(.+)$", re.MULTILINE)
FLAG = re.compile(r"(?<![\w-])-{1,2}[a-z][\w-]*")
NAMED = """\
.SH CONFIGURATION
Most options of
.B unres convert
can stand in a file, as
.BR "unres init" " writes it and"
.BR "unres config" " tells it."
The command line goes before it.
.SH ENVIRONMENT
.TP
.B SOURCE_DATE_EPOCH
Seconds since 1970: the day that files say they were made.
Without it that is the document's own.
No clock is read.
.TP
.B CI
Where it is set, lines are told instead of a progress bar.
.SH FILES
.TP
.IR unres.toml ", " pyproject.toml
The configuration, in the folder a command is started in or the nearest above.
.TP
.I OUT/unres-manifest.jsonl
What a run wrote of what, so that the next skips what did not change.
"""
EXAMPLES = """\
.SH EXAMPLES
Convert all documents of a folder, and end with 1 where an editor should look:
.PP
.EX
unres convert resolutions/ \\-\\-out out \\-\\-strict
.EE
.PP
Tell whether the files are what they would be:
.PP
.EX
unres convert resolutions/ \\-\\-out out \\-\\-check
.EE
.PP
Check Akoma Ntoso files of anyone:
.PP
.EX
unres check archive/
.EE
.SH SEE ALSO
.BR pandoc (1)
"""


def as_manual(root: click.Group) -> str:
    """Return the page, held to what `mandoc -Tlint` asks."""
    ctx = root.make_context("unres", [], resilient_parsing=True)
    about = cleandoc(root.help or "")
    lines = [
        f'.TH UNRES 1 {DATED} "unres {__version__}" "User Commands"',
        f".SH NAME\n{_prose(f'unres - {about}').rstrip('.').replace(' - ', DASH)}",
        ".SH SYNOPSIS",
        "\n.br\n".join(_synopsis(command, ctx) for command in root.commands.values()),
        f".SH DESCRIPTION\n{_prose(about)}",
        *_options(root, ctx),
        ".SH COMMANDS",
    ]
    for command in root.commands.values():
        lines += _command(command, ctx)
    codes = (
        f".TP\n.B {code}\n{_prose(meaning[0].upper() + meaning[1:] + '.')}" for code, meaning in CODE.findall(EPILOG)
    )
    lines += [NAMED.rstrip(), ".SH EXIT STATUS\nThe gravest counts:", *codes, EXAMPLES]
    return "\n".join(lines)


def _synopsis(command: click.Command, parent: click.Context) -> str:
    return f".B unres {command.name}\n{_escaped(_pieces(command, parent))}"


def _pieces(command: click.Command, parent: click.Context) -> str:
    return " ".join(command.collect_usage_pieces(click.Context(command, parent, command.name)))


def _command(command: click.Command, parent: click.Context) -> Iterator[str]:
    yield f".SS unres {command.name} {_escaped(_pieces(command, parent))}"
    yield "\n.PP\n".join(map(_prose, cleandoc(command.help or "").split("\n\n")))
    if command.epilog and command.epilog != EPILOG:  # the exit codes have a section
        shown = command.epilog.strip("\b\n")
        yield f".PP\n.EX\n{_escaped(shown)}\n.EE"
    yield from _options(command, click.Context(command, parent, command.name))


def _options(command: click.Command, ctx: click.Context) -> Iterator[str]:
    for option in command.params:
        record = option.get_help_record(ctx) if isinstance(option, click.Option) else None
        if record:
            flags = FLAG.sub(lambda flag: rf"\fB{flag[0]}\fR", record[0])
            yield f".TP\n{_escaped(flags, code=True)}\n{_prose(record[1].replace('  [', ' ['))}"


def _prose(text: str) -> str:
    """Return a paragraph: each sentence begins a line, as roff wants it, and none has more bytes than a page's may."""
    sentences = SENTENCE_END.split(" ".join(text.split()))
    lines = [_escaped(line) for sentence in sentences for line in wrap(sentence, WIDTH, break_on_hyphens=False)]
    return "\n".join(rf"\&{line}" if line[:1] in {".", "'"} else line for line in lines)


def _escaped(text: str, *, code: bool = False) -> str:
    """Return a text as roff shows it; with `code` its backslashes stand for what they do."""
    plain = text if code else text.replace("\\", r"\e")
    return FLAG.sub(lambda flag: flag[0].replace("-", r"\-"), plain)
