"""A Word file of ours that an editor corrects in LibreOffice comes back as the corrected record."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.compare import body
from pipeline.convert import convert, normalize

if TYPE_CHECKING:
    from pipeline.model import Record

EDITS = Path(__file__).with_name("libreoffice_edits.py")
PYTHONS = ("/usr/bin/python3", "/opt/libreoffice/program/python", "python3")
TEXT = """A/RES/99/901

Resolution adopted by the General Assembly on 1 March 2045

99/901. Lighthouses of the inland seas

The General Assembly,

Recalling its resolution 98/12 of 2 March 2044,[^1]

1. Decides to keep the lighthouses lit;

2. Invites the keepers:

(a) To clean the lamps;

(b) To count the ships;[^2]

3. Requests the Secretary-General to report to it on the matter.

[^1]: A/98/12.

[^2]: A/99/7, annex.
"""


def python_of_libreoffice() -> str | None:
    """Return a Python that can speak with LibreOffice."""
    if shutil.which("soffice") is None:
        return None
    for path in filter(None, map(shutil.which, PYTHONS)):
        if subprocess.run([path, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
            return path
    return None


PYTHON = python_of_libreoffice()
CASES: dict[str, tuple[list[str], dict[str, str]]] = {
    "saved anew": ([], {}),
    "a word": (["replace:lighthouses lit:lamps bright"], {"lighthouses lit": "lamps bright"}),
    "open tracked changes": (
        ["tracked:count:watch", "tracked:Secretary-General:Keeper"],
        {"To count": "To watch", "Secretary-General": "Keeper"},
    ),
    "accepted tracked changes": (["tracked:count:watch", "accept:lamps:"], {"To count": "To watch"}),
    "a comment": (["comment:Invites:Urges?"], {}),
    "a moved item": (
        ["down:clean:"],
        {"clean the lamps;": "count the ships;[^2]", "count the ships;[^2]": "clean the lamps;"},
    ),
    "a new note between two": (
        ["note:lit:A/99/3."],
        {"lit;": "lit[^2];", "ships;[^2]": "ships;[^3]", "[^2]: A/99/7": "[^2]: A/99/3.\n\n[^3]: A/99/7"},
    ),
    "all of it": (
        [
            "replace:lighthouses lit:lamps bright",
            "tracked:count:watch",
            "comment:Invites:Urges?",
            "note:bright:A/99/3.",
        ],
        {
            "lighthouses lit;": "lamps bright[^2];",
            "To count": "To watch",
            "ships;[^2]": "ships;[^3]",
            "[^2]: A/99/7": "[^2]: A/99/3.\n\n[^3]: A/99/7",
        },
    ),
}


@pytest.mark.skipif(PYTHON is None, reason="needs LibreOffice, and a Python with its module uno (python3-uno)")
@pytest.mark.parametrize("case", CASES)
def test_what_an_editor_changed_is_the_record(case: str, tmp_path: Path) -> None:
    edits, changed = CASES[case]
    found = edited(convert(TEXT.encode(), "a.md", formats=("docx",)).files["docx"], edits, tmp_path)
    text = TEXT
    for number, old in enumerate(changed):
        assert text.count(old) == 1
        text = text.replace(old, f"⟦{number}⟧")
    for number, new in enumerate(changed.values()):
        text = text.replace(f"⟦{number}⟧", new)
    assert body(found.document) == body(normalize(text.encode(), "a.md").document)
    told = {finding.rule for finding in found.findings}
    kinds = {edit.partition(":")[0] for edit in edits}
    assert ("source.comment" in told) == ("comment" in kinds)
    assert ("source.changes" in told) == ("tracked" in kinds and "accept" not in kinds)


def edited(data: bytes, edits: list[str], folder: Path) -> Record:
    """Return the record of a Word file after LibreOffice has edited and saved it."""
    (folder / "a.docx").write_bytes(data)
    pipe = f"unres{folder.name}{id(data)}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    office = ["soffice", profile, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
    with subprocess.Popen(office, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        try:
            command = [str(PYTHON), str(EDITS), pipe, str(folder / "a.docx"), str(folder / "b.docx"), *edits]
            subprocess.run(command, check=True, timeout=120)
            program.wait(60)
        finally:
            program.terminate()
    return normalize((folder / "b.docx").read_bytes(), "b.docx")
