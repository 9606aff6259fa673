"""Texts that mean something to some reader, and documents made of them (hypothesis strategies)."""

from __future__ import annotations

from hypothesis import strategies as st

from pipeline.model import (
    AnnexStart,
    Block,
    Closing,
    ClosingLine,
    Date,
    Document,
    Emphasis,
    Heading,
    Inlines,
    OperativeParagraph,
    Paragraph,
    Title,
    Unclassified,
    Vote,
    VoteLine,
)
from tests.builders import NOWHERE, document, enacting, link, mark, note, part, preambular, run, table

# Whatever means something to a reader of Markdown, and the text it may stand in.
HOSTILE = [
    *"\\`*_{}[]()<>#+-.!|~^$@&:;'\"%=/,?",
    *"12abixvIZA中é。，　“”‘’–—…١①㈠🙂",
    *" \t\n\u00a0\u00ad\u200b\u2028",
    "  ", "    ", "--", "---", "...", ":::", "```", "~~~", "===", "| ", "> ", "- ", "+ ", "# ", "#. ", "1. ", "1) ",
    "(a) ", "(iv) ", "i. ", "A.  ", "(@) ", "(@a) ", "@a", "@{", "-@a", "a@b.c", "a_b", "[^1]", "[^1]:", "[x](y)",
    "[x]: y", "![", "{.x}", "{=html}", "<b>", "</div>", "<!--", "-->", "<http://a.b>", "http://a.b", "&amp;", "&#38;",
    "$x$", "\\begin{x}", "\\(", ": ", "Table: ", "+---+", "|---|", "No. ", "e.g. ", "p. ",
    "<中>", "<é", "é. ", "中) ", "(é) ", "١. ", "&é;",
]  # fmt: skip
hostile = st.lists(st.sampled_from(HOSTILE), max_size=8).map("".join)
emphases: st.SearchStrategy[Emphasis | None] = st.sampled_from([None, "lead", "italic", "bold"])
inlines = st.lists(
    st.one_of(
        st.builds(run, hostile, emphases),
        st.builds(link, hostile, st.sampled_from([None, "A/RES/99/1", "S/RES/9 (2094)"])),
        st.builds(lambda text: Date(text, "2094-12-02", NOWHERE), hostile),
        st.builds(
            lambda text, repeated: mark(text, repeated=repeated), st.sampled_from(["1", "2", "3", "*"]), st.booleans()
        ),
    ),
    max_size=4,
).map(tuple)
numbers = st.sampled_from([None, "1.", "(a)", "㈠", "A."])
leaves = st.builds(Paragraph, numbers, inlines, st.just(NOWHERE))
items = st.builds(Paragraph, numbers, inlines, st.just(NOWHERE), st.lists(leaves, max_size=2).map(tuple))
blocks = st.one_of(
    st.builds(Unclassified, inlines, st.just(NOWHERE)),
    st.builds(Heading, numbers, inlines, st.integers(1, 3), st.just(NOWHERE)),
    st.builds(AnnexStart, st.none(), inlines, inlines, st.just(NOWHERE)),
    st.builds(OperativeParagraph, numbers, inlines, st.just(NOWHERE), st.lists(items, max_size=2).map(tuple)),
    st.builds(lambda text: Closing((ClosingLine("date", text, NOWHERE),), NOWHERE), inlines),
)
structures = st.one_of(
    blocks,
    st.builds(lambda text: enacting(*text), inlines),
    st.builds(lambda text: preambular(*text), inlines),
    st.builds(lambda text: Vote(None, (VoteLine(text, NOWHERE),), (), NOWHERE), inlines),
    st.builds(lambda letter, text: part(letter, *text), st.sampled_from("AB"), inlines),
    st.builds(lambda text, caption: table((text, ""), ("1", text), caption=caption), hostile, hostile),
)
"""Blocks of every kind."""


def _document(made: list[Block], notes: list[Inlines], title: Inlines, language: str) -> Document:
    heading = Title("99/901.", title, NOWHERE)
    given = tuple(note(sign, *text) for sign, text in zip("123*", notes, strict=True))
    return document(*made, title=heading, notes=given, language=language, lines=("[x]", "1. x"))


documents = st.builds(
    _document,
    st.lists(structures, min_size=6, max_size=14),
    st.lists(inlines, min_size=4, max_size=4),
    inlines,
    st.sampled_from(["en", "zh", "ar"]),
)
"""Documents of hostile texts, with notes mentioned once, again, and never."""
