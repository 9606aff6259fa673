"""The house template of a run: named, and held to what it was when the run began."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import UsageError, WriteError

if TYPE_CHECKING:
    from pipeline.emit.docx_house import House


class Reference(NamedTuple):
    """A house template as options name it, and what it was when they were given."""

    path: str
    sha256: str


def referenced(path: Path) -> Reference:
    """Return a house template for options. Raises UsageError where it cannot be read, or is no Word file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = f"{path}: cannot be read: {error.strerror}; --reference-doc names a Word file"
        raise UsageError(msg) from error
    from pipeline.house_template import read_house  # noqa: PLC0415 - heavy, and few commands name a template

    read_house(data, str(path))
    return Reference(str(path), sha256(data).hexdigest())


@lru_cache(maxsize=4)
def load(reference: Reference) -> House:
    """Return the house template of options. Raises WriteError where it is no longer what it was."""
    from pipeline.house_template import read_house  # noqa: PLC0415 - as above

    try:
        data = Path(reference.path).read_bytes()
    except OSError as error:
        msg = f"{reference.path}: cannot be read any more: {error.strerror}"
        raise WriteError(msg) from error
    if sha256(data).hexdigest() != reference.sha256:
        msg = f"{reference.path}: was changed while documents were converted; run the command again"
        raise WriteError(msg)
    return read_house(data, reference.path)
