"""What can go wrong, each with the exit code it leads to (README, "Exit codes")."""

from __future__ import annotations

OUR_FAULT = "please report this fault of ours with the document"


class UnresError(Exception):
    """Base of every error this package raises on purpose."""

    exit_code = 4


class UsageError(UnresError):
    """The command line or the configuration cannot be carried out as given."""

    exit_code = 2


class ReadError(UnresError):
    """An input is refused: `file: what is wrong; what to do`. `limit` is the name of the limit it is past, if any."""

    exit_code = 3

    def __init__(self, message: str, *, limit: str = "") -> None:
        super().__init__(message)
        self.limit = limit


class WriteError(UnresError):
    """An output could not be written."""

    exit_code = 5


class LawError(UnresError):
    """A law of the conversion does not hold: a fault of ours, and nothing is written."""

    exit_code = 6

    def __init__(self, law: int, message: str) -> None:
        super().__init__(law, message)
        self.law = law

    def __str__(self) -> str:
        """Return the message alone."""
        return str(self.args[1])
