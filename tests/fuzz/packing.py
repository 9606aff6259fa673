"""Zips as text: an input of a fuzzer is what is inside, so that what it changes are parts and not check sums.

A part begins with a line `=== path`; a file without such a line at its start is the zip itself.
"""

from __future__ import annotations

import io
import zipfile

START = b"=== "


def packed(data: bytes) -> bytes:
    """Return the zip of an input."""
    if not data.startswith(START):
        return data
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for part in (b"\n" + data).split(b"\n" + START)[1:]:
            path, _, content = part.partition(b"\n")
            name = path.decode("utf-8", "replace").strip()[:100] or "none"
            if name not in file.namelist():
                file.writestr(zipfile.ZipInfo(name), content)
    return written.getvalue()


def unpacked(data: bytes) -> bytes:
    """Return the input that `packed` makes a zip of, for a zip of texts."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return b"\n".join(START + name.encode() + b"\n" + file.read(name) for name in dict.fromkeys(file.namelist()))
