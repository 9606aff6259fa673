"""LibreOffice as a judge: whether it opens files, and what it shows then."""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from judges.asking import SECONDS, compared, document_of, flat, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judges.asking import Ask


TARGETS = ("txt:Text (encoded):UTF8", "odt")
BATCH = 40
ODF = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def office(form: str) -> Ask:
    """Return what lets LibreOffice open all files of a format and save them as text and as OpenDocument."""

    def ask(files: list[Path], _shared: Path) -> Iterator[tuple[Path, str]]:
        with tempfile.TemporaryDirectory() as folder:
            saved = Path(folder)
            for target in TARGETS:
                for start in range(0, len(files), BATCH):
                    _office(files[start : start + BATCH], target, saved / target[:3])
                # One that brings the program down takes the others of its batch along.
                for path in files:
                    if not (saved / target[:3] / f"{path.stem}.{target[:3]}").exists():
                        _office([path], target, saved / target[:3])
            for path in files:
                yield from ((path, message) for message in _opened(path, form, saved))

    return ask


def _office(files: list[Path], target: str, folder: Path) -> None:
    profile = folder.parent / "profile"
    subprocess.run(  # noqa: S603 - the files are ours
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",  # noqa: S607
         "--convert-to", target, "--outdir", str(folder), *map(str, files)],
        check=False, capture_output=True, timeout=SECONDS,
    )  # fmt: skip


def _opened(path: Path, form: str, saved: Path) -> Iterator[str]:
    text, book = saved / "txt" / f"{path.stem}.txt", saved / "odt" / f"{path.stem}.odt"
    if not (text.exists() and book.exists()):
        yield "LibreOffice does not open it"
        return
    paragraphs, notes = texts(document_of(path))
    with zipfile.ZipFile(book) as file:
        root = etree.fromstring(file.read("content.xml"))
    found = [_without_label(each) for each in root.iter(f"{ODF}note")]
    shown = flat(text.read_text(encoding="utf-8"))
    if form == "docx":
        yield from compared("".join(paragraphs), shown, "the text")
        yield from compared("|".join(notes), "|".join(found), "a footnote")
    else:  # where the reader counts notes, those with another mark are paragraphs at the end
        yield from compared("".join(paragraphs), shown[: len("".join(paragraphs))], "the text")
        lost = [note for note in notes if note not in found and note not in shown]
        yield from (f"a footnote is lost: {note}" for note in lost)


def _without_label(note: etree._Element) -> str:
    """Return the text of a note; one with a mark of its own begins with it."""
    citation, body = note.find(f"{ODF}note-citation"), note.find(f"{ODF}note-body")
    label = citation.get(f"{ODF}label", "") if citation is not None else ""
    return flat("".join(body.itertext())).removeprefix(flat(label)) if body is not None else ""
