"""Options that a configuration file may set too.

They are the one table of settings: the keys of the file, the file that `unres init` writes and the page on
configuration are made of them, and of the table of limits.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from pipeline.limits import USUAL_LIMITS, explained, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = "limits"
"""The table of a configuration that has the limits of readers."""
ABOUT = """\
# Configuration of unres. A line that is commented out shows what holds without it. The command line goes before this
# file, and this file before [tool.unres] in the pyproject.toml beside it. `unres config` tells what holds, and why.
"""
PAGE = """\
# Configuration

Written by `pytest tests/test_configuration.py --accept` from the options of the commands and the table of limits in
[`limits.py`](../pipeline/limits.py): change it there.

`unres` reads `unres.toml`, or the table `[tool.unres]` of `pyproject.toml`, from the folder it is started in or the
nearest one above it that has either; `--config FILE` names another file, and `--config /dev/null` none. Where a folder
has both, `unres.toml` goes before, key by key. The command line goes before all of them. Paths are meant from the
folder of the file. A key that is not known, and a value of another type, end the command with 2, and say where.
`unres init` writes an `unres.toml` with all settings commented out, `unres config` tells what holds and where it was
said.

```toml
# unres.toml; in pyproject.toml the tables are [tool.unres] and [tool.unres.limits]
to = ["json", "xml"]
fail-on = "warning"

[limits]
pdf-pages = 800
```

"""


class Setting(click.Option):
    """An option that the configuration may set, by its long name.

    With `listed`, its text is a list with commas, which the file may write as a list; with `keyed` each
    of them may be a word, `=` and a file. `example` is shown where nothing is set unless asked for.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as in click
        listed: bool = False,
        keyed: bool = False,
        example: Any = None,  # noqa: ANN401 - as the default
        **attributes: Any,  # noqa: ANN401 - as in click
    ) -> None:
        super().__init__(*args, **attributes)
        self.listed, self.keyed, self.example = listed, keyed, example

    @property
    def key(self) -> str:
        """The name in the configuration."""
        return max(self.opts, key=len).removeprefix("--")

    def under(self, folder: Path, value: Any) -> Any:  # noqa: ANN401 - any value of a setting
        """Return a value of a configuration in a folder: a file or folder that it names is meant from there."""
        if isinstance(self.type, click.Path):
            return str(folder / value)
        if self.keyed:
            parts = (one.strip().partition("=") for one in value.split(","))
            return ",".join(f"{kind}={folder / name}" if name else kind for kind, _, name in parts)
        return value

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:  # noqa: ANN401 - as in click
        """Return the value of an option that may be repeated, which the configuration says once."""
        return super().type_cast_value(ctx, (value,) if self.multiple and isinstance(value, str) else value)

    @property
    def types(self) -> tuple[type, ...]:
        """What a value may be in the file."""
        if self.is_flag:
            return (bool,)
        if isinstance(self.type, click.types.IntParamType):
            return (int,)
        if isinstance(self.type, click.types.FloatParamType):
            return (int, float)
        return (str, list) if self.listed else (str,)

    @property
    def usual(self) -> str:
        """The value without any configuration, as it is written in the file."""
        value = self.default if self.example is None else self.example
        return as_toml(str(value).split(",") if self.listed else value)


class Line(NamedTuple):
    """A setting as it is told: its table, its key, its usual value as TOML, what it means."""

    table: str
    key: str
    usual: str
    meaning: str
    option: bool


def settings_of(root: click.Group) -> dict[str, Setting]:
    """Return all settings of the commands by their keys; one that several commands have stands for them."""
    found: dict[str, Setting] = {}
    for command in root.commands.values():
        for parameter in command.params:
            if isinstance(parameter, Setting):
                found.setdefault(parameter.key, parameter)
    return found


def table_of(root: click.Group) -> Iterator[Line]:
    """Yield all settings, those of the commands first, then the limits."""
    for key, setting in settings_of(root).items():
        yield Line("", key, setting.usual, setting.help or "", option=True)
    for field, meaning in explained().items():
        yield Line(TABLE, key_of(field), as_toml(getattr(USUAL_LIMITS, field)), meaning, option=False)


def as_file(root: click.Group) -> str:
    """Return a configuration that sets nothing, and tells what could be set."""
    parts = [ABOUT]
    table = ""
    for line in table_of(root):
        if line.table != table:
            table = line.table
            parts.append(f"[{table}]")
        parts.append(f"# {line.meaning}\n# {line.key} = {line.usual}\n")
    return "\n".join(parts)


def as_page(root: click.Group) -> str:
    """Return the page on configuration."""
    lines = list(table_of(root))
    parts = [PAGE, "## Settings\n\nEach is also an option: `jobs` is `--jobs`.\n\n"]
    head = "| key | without it | |\n| --- | --- | --- |\n"
    parts.append(head + "".join(_row(line) for line in lines if line.option))
    parts.append("\n## `[limits]`\n\nA document past one of these is refused, and the refusal names the limit.\n\n")
    parts.append(head + "".join(_row(line) for line in lines if not line.option))
    return "".join(parts)


def as_toml(value: Any) -> str:  # noqa: ANN401 - any value of a setting
    """Return a value as it is written in TOML.

    >>> print(as_toml(["json", "xml"]), as_toml(True), as_toml(60.0))
    ["json", "xml"] true 60
    """
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return f"{value:.15g}"
        case str() | Path():
            escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
    return f"[{', '.join(map(as_toml, value))}]"


def _row(line: Line) -> str:
    meaning = line.meaning.replace("|", "\\|").replace("<", "\\<")
    return f"| `{line.key}` | `{line.usual}` | {meaning} |\n"
