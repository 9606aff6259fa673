"""Addresses: `s3://bucket/folder`, `memory://folder`. What has none is a path of this machine.

An address holds no secret: how one gets in is told to the driver of its protocol, by the environment.
"""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath, PurePosixPath
from urllib.parse import quote

from pipeline.errors import UsageError

ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.DOTALL)
SECRET = re.compile(r"(?<=://)[^/@\s]*:[^/\s]*@")
PASSWORD = re.compile(r"[^/]*:(?!\d*(?:/|$))")
"""Before the first `/` a colon that no number of a port follows."""
OF_THIS_MACHINE = {"file", "local"}
WITHOUT_FOLDERS = {"http", "https"}
IN_ONE_PROCESS = {"memory"}


class Address(PurePosixPath):
    """The place of a file or a folder in a store. It is shown as it was given, `protocol://…`."""

    __slots__ = ()

    def __str__(self) -> str:
        """Return it as the driver of its protocol takes it."""
        return super().__str__().replace(":/", "://", 1)

    def is_absolute(self) -> bool:
        """Return that it is: it means the same wherever one is."""
        return True

    def as_uri(self) -> str:
        """Return it with all characters that no URI has in their codes."""
        return f"{self.protocol}://{quote('/'.join(self.parts[1:]))}"

    @property
    def protocol(self) -> str:
        """What stands before `://`."""
        return self.parts[0].removesuffix(":")


def located(text: str) -> PurePath:
    """Return what a text names: an address, or where it is none, or one of this machine, a path.

    >>> located("s3://bucket/in/a.txt").name, str(located("s3://bucket/in/"))
    ('a.txt', 's3://bucket/in')

    Raises UsageError for an address that cannot be taken.
    """
    match = ADDRESS.fullmatch(text)
    if match is None:
        return Path(text)
    protocol, rest = match[1].lower(), match[2]
    if protocol in OF_THIS_MACHINE:
        return Path(rest.lstrip("/") if os.name == "nt" else rest)
    if "::" in text:
        raise _refused(protocol, "chained addresses are not taken; unpack or copy the files first")
    if PASSWORD.match(rest) or SECRET.search(text):
        why = "a password in an address is seen by others, and logged; give it to the driver by the environment"
        raise _refused(protocol, f"{why}, as FSSPEC_{protocol.upper()}_PASSWORD (docs/remote.md)")
    if protocol in WITHOUT_FOLDERS:
        raise _refused(protocol, "the web has no folders to search or to write into; fetch the documents first")
    if not rest.strip("/"):
        raise _refused(protocol, f"a place is missing: {protocol}://bucket/folder")
    return Address(f"{protocol}:/{rest.lstrip('/')}")


def without_secrets(text: str) -> str:
    """Return a text in which no address has a password.

    >>> without_secrets("ftp://me:secret@host/in: no such host")
    'ftp://…@host/in: no such host'
    """
    return SECRET.sub("…@", text)


def _refused(protocol: str, why: str) -> UsageError:
    """Return what is wrong with an address; of what may be a secret nothing is shown."""
    return UsageError(f"{protocol}://…: {why}")
