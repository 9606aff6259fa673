"""What pandoc reads in a file of ours.

A walker over pandoc's JSON. Pandoc does not know the printed mark of a note, so the first
mention of the third note is `⟦#3⟧`. What would be the trace of an escape that failed (raw HTML or
TeX, a citation, an image) gives no text, so that it is missed in the comparison.
"""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

from pipeline.validate.reading import Reading, UnreadableError, collapse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SECONDS = 60
"""How long pandoc may take for a file; it needs a tenth of a second."""

QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}


def read_pandoc(data: bytes, form: str, anchors: Mapping[str, int] | None = None) -> Reading:
    """Read a file in one of pandoc's formats. Raises UnreadableError where pandoc refuses it.

    `anchors` are those of the notes, with the number of each; without, they are pandoc's own (`fn3`).
    """
    tree = json.loads(through_pandoc(data, form, "json"))
    walker = _Walker(anchors)
    blocks = tree["blocks"]
    if form == "docx" and "title" in tree["meta"]:
        # A Word file that begins with its title: pandoc takes it out of the text.
        blocks = [{"t": "Para", "c": tree["meta"]["title"]["c"]}, *blocks]
    paragraphs = [text for text in walker.paragraphs(blocks) if text]
    title = tree["meta"].get("title", {})
    named = walker.text(title["c"]) if title.get("t") == "MetaInlines" else ""
    return Reading(paragraphs, walker.notes, [], collapse(named))


def through_pandoc(data: bytes, form: str, to: str) -> bytes:
    """Return what pandoc makes of a file. Raises UnreadableError where it refuses it."""
    import pypandoc  # noqa: PLC0415 - heavy, and only checks need it

    command = [pypandoc.get_pandoc_path(), "--sandbox", "--from", form, "--to", to]
    done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - our own
    if done.returncode:
        raise UnreadableError(done.stderr.decode(errors="replace").strip())
    return done.stdout


class _Walker:
    """Reads blocks and inlines to text, and collects the notes on its way."""

    def __init__(self, anchors: Mapping[str, int] | None) -> None:
        self.notes: list[str] = []
        self._anchors = anchors

    def paragraphs(self, blocks: list[dict[str, Any]]) -> Iterator[str]:
        """Yield the text of each paragraph, white space collapsed."""
        for block in blocks:
            content: Any = block.get("c")
            match block["t"]:
                case "Para" | "Plain":
                    yield collapse(self.text(content))
                case "Header":
                    yield collapse(self.text(content[2]))
                case "LineBlock":
                    yield from (collapse(self.text(line)) for line in content)
                case "BlockQuote":
                    yield from self.paragraphs(content)
                case "Div":
                    yield from self.paragraphs(content[1])
                case "Figure":
                    yield from self.paragraphs(content[2])
                case "BulletList":
                    yield from (text for item in content for text in self.paragraphs(item))
                case "OrderedList":
                    yield from (text for item in content[1] for text in self.paragraphs(item))
                case "Table":
                    yield from self.paragraphs(content[1][1])  # the caption
                    yield from (text for cell in _cells(content) for text in self.paragraphs(cell))
                case "CodeBlock":
                    yield collapse(content[1])
                case _:  # a rule, or what is not pandoc's own
                    pass

    def text(self, inlines: list[dict[str, Any]]) -> str:
        """Return the text of inlines, with marks for the indicators."""
        return "".join(self._inline(inline["t"], inline.get("c")) for inline in inlines)

    def _inline(self, kind: str, content: Any) -> str:  # noqa: ANN401 - JSON of any shape
        match kind:
            case "Str":
                return str(content)
            case "Space" | "SoftBreak" | "LineBreak":
                return " "
            case "Note":
                self.notes.append("")
                at = len(self.notes)
                self.notes[at - 1] = " ".join(self.paragraphs(content)).strip()
                return f"⟦#{at}⟧"
            case "Superscript":
                return "".join(map(self._raised, content))
            case "Link" | "Span":
                return self.text(content[1])
            case "Quoted":
                before, after = QUOTES[content[0]["t"]]
                return before + self.text(content[1]) + after
            case "Code" | "Math":
                return str(content[1])
            case "Emph" | "Strong" | "Underline" | "SmallCaps" | "Strikeout" | "Subscript":
                return self.text(content)
            case _:  # RawInline, Cite, Image
                return ""

    def _raised(self, inline: dict[str, Any]) -> str:
        """Return what a raised inline says: neighbours that are raised are one for pandoc, whose words are apart."""
        text = self.text([inline])
        if inline["t"] == "Note" or not text.strip():
            return text
        target = inline["c"][2][0] if inline["t"] == "Link" else ""
        if self._anchors is None:
            leads = f"→{target[3:]}" if target.startswith("#fn") else ""
        else:
            leads = f"→{self._anchors[target[1:]]}" if target[1:] in self._anchors else ""
        return f"⟦{text}{leads}⟧"


def _cells(table: list[Any]) -> Iterator[list[dict[str, Any]]]:
    """Yield the blocks of each cell of pandoc's table: head, bodies, foot."""
    _, _, _, head, bodies, foot = table
    parts = [head[1], *(rows for body in bodies for rows in body[2:4]), foot[1]]
    yield from (cell[4] for rows in parts for row in rows for cell in row[1])
