"""ODT, EPUB and RTF: pandoc writes them, from its tree (`pandoc_ast.py`).

Pandoc runs in its sandbox: it reads nothing but the tree it is given, no clock either, and writes
nothing but its output, so the same document gives the same bytes. What it leaves out is put in
afterwards: the direction of a language that is written from right to left.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from pipeline.emit.pandoc_ast import title_of, tree
from pipeline.languages import language

if TYPE_CHECKING:
    from pipeline.model import Document

SECONDS = 120
"""How long pandoc may take for a file; it needs less than a second."""

ODT_DIRECTION = re.compile('style:writing-mode="page"')
ODT_FORMULA = re.compile('<style:style [^>]*style:parent-style-name="Formula">.*?</style:style>', re.DOTALL)
"""Styles for formulas, of which a resolution has none; that on which they are based is missing."""
ODT_TYPE = re.compile('"application/xml"')
"""How pandoc's manifest names the type of parts that LibreOffice and validators know as `text/xml`."""
EPUB_DIRECTION = re.compile(r"<html (?=xmlns)")
RTF_DIRECTION = re.compile(r"\\pard \\ql(?= )")
"""No text matches these: in a text, a tag or a backslash is escaped."""
RTF_LINK = re.compile(r"""\{\\field\{\\\*\\fldinst\{HYPERLINK "#[^"{}\\]*"\}\}\{\\fldrslt\{\\ul\n([^{}]*)\n\}\}\}\n""")
"""A link into the file itself, which leads nowhere, for pandoc's RTF has no anchors."""


class PandocError(Exception):
    """Pandoc failed on a tree of ours; the message is its own."""


def emit_odt(document: Document) -> bytes:
    """Return the document as OpenDocument text. Raises PandocError."""
    changes = [("META-INF/manifest.xml", ODT_TYPE, '"text/xml"'), ("content.xml", ODT_FORMULA, "")]
    if language(document.language).right_to_left:
        changes.append(("styles.xml", ODT_DIRECTION, 'style:writing-mode="rl-tb" fo:text-align="right"'))
    return _changed(_through_pandoc(tree(document), "odt"), *changes)


def emit_rtf(document: Document) -> bytes:
    """Return the document as Rich Text Format. Raises PandocError."""
    made = tree(document)
    made["blocks"] = [node for block in made["blocks"] for node in _with_caption_above(block)]
    written = RTF_LINK.sub(r"\1", _through_pandoc(made, "rtf").decode())
    if language(document.language).right_to_left:
        written = RTF_DIRECTION.sub(r"\\pard \\rtlpar\\qr", written)
    return written.encode()


def emit_epub(document: Document) -> bytes:
    """Return the document as an EPUB 3 book, which opens with its title as readers list it. Raises PandocError."""
    made = tree(document)
    name = f"{document.masthead.symbol}.{document.language}" if document.masthead.symbol else document.source.sha256
    # Two conversions of one symbol and language are one work; a document without a symbol is its text's.
    identity = UUID(bytes=sha256(name.encode(errors="replace")).digest()[:16], version=5)
    facts = {"title": title_of(document), "identifier": f"urn:uuid:{identity}", "date": document.masthead.adopted}
    right_to_left = language(document.language).right_to_left
    if right_to_left:
        facts["page-progression-direction"] = "rtl"
    made["meta"] |= {key: {"t": "MetaString", "c": value} for key, value in facts.items() if value}
    written = _through_pandoc(made, "epub3", "--epub-title-page=false", "--split-level=1")
    return _changed(written, (".xhtml", EPUB_DIRECTION, '<html dir="rtl" ')) if right_to_left else written


def _with_caption_above(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a table with its caption as a paragraph above it, where pandoc's RTF has it below; else the block."""
    if block["t"] != "Table" or not block["c"][1][1]:
        return [block]
    attributes, (short, caption), *rest = block["c"]
    above = [{"t": "Para", "c": plain["c"]} for plain in caption]
    return [*above, {"t": "Table", "c": [attributes, [short, []], *rest]}]


def _changed(data: bytes, *changes: tuple[str, re.Pattern[str], str]) -> bytes:
    """Return a zip file, changed in its parts of an ending; all else, times and order too, as it was."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as file:
        for info in old.infolist():
            part = old.read(info)
            for ending, pattern, new in changes:
                if info.filename.endswith(ending):
                    part = pattern.sub(new, part.decode()).encode()
            file.writestr(info, part)
    return buffer.getvalue()


def _through_pandoc(made: dict[str, Any], form: str, *options: str) -> bytes:
    import pypandoc  # noqa: PLC0415 - heavy, and only these formats need it

    command = [pypandoc.get_pandoc_path(), "--sandbox", "--standalone", "--from", "json", "--to", form, *options]
    # No environment: no data folder of a user's own changes what is written.
    done = subprocess.run(  # noqa: S603 - our own
        [*command, "--output", "-"],
        input=orjson.dumps(made),
        capture_output=True,
        timeout=SECONDS,
        check=False,
        env={"LANG": "C.UTF-8"},
    )
    if done.returncode:
        raise PandocError(done.stderr.decode(errors="replace").strip())
    return done.stdout
