"""Our own Markdown is read, also after an editor or a tool of hers changed it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.compare import body
from pipeline.convert import convert, normalize
from pipeline.emit.markdown import emit_markdown
from pipeline.errors import ReadError
from pipeline.model import Document, Indicator, Masthead, OperativeParagraph, Source
from pipeline.read.markdown import read_markdown
from pipeline.walk import plain
from tests.builders import loose, table

NO_MASTHEAD = Masthead(None, None, None, None, None, None, None, ())
SAMPLE = Path(__file__).parent.parent / "samples" / "A_RES_99_901.en.txt"


def written() -> str:
    """Return the Markdown made of a sample."""
    return convert(SAMPLE.read_bytes(), SAMPLE.name, formats=("md",)).files["md"].decode()


def document(markdown: str) -> Document:
    return normalize(markdown.encode(), "a.md").document


def repaired(markdown: str) -> str:
    return read_markdown(markdown.encode(), "a.md").source


def test_changed_word_is_kept_and_nothing_else_changes() -> None:
    text = written()
    head, mast, rest = text.partition("::: masthead")
    assert "lights" in rest
    other = head + mast + rest.replace("lights", "lanterns", 1)
    old, new = (str(body(document(each))) for each in (text, other))
    assert old != new
    assert old.replace("lights", "lanterns", 1) == new


def test_new_paragraph_and_new_footnote_arrive() -> None:
    text = written()
    before = document(text)
    last = [block for block in before.blocks if isinstance(block, OperativeParagraph)][-1]
    number = int((last.number or "").rstrip("."))
    added = f"{number + 1}. *Thanks* the keepers.[^note]\n\n[^note]: See the *Almanac*.\n\n::: {{.closing"
    assert text.count("\n::: {.closing") == 1
    after = document(text.replace("::: {.closing", added))
    found = [block for block in after.blocks if isinstance(block, OperativeParagraph)][-1]
    assert (found.number, plain(found.inlines)) == (f"{number + 1}.", "Thanks the keepers.")
    assert isinstance(found.inlines[-1], Indicator)
    assert {note.mark for note in after.footnotes} == {"note", *(note.mark for note in before.footnotes)}
    assert next(plain(note.inlines) for note in after.footnotes if note.mark == "note") == "See the Almanac."


def test_wrapped_lines_and_other_stars_are_the_same_document() -> None:
    text = written()
    wrapped = []
    for line in text.splitlines():
        long = not line.startswith(("|", "#", ":", "[^", "-", "symbol", "title"))
        wrapped.append(line.replace(" of ", " of\n") if long else line)
    other = "\r\n".join(wrapped).replace("*", "_")
    assert other != text
    assert body(document(other)) == body(document(text))


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("1\\. *Decides* to *read* on", "1. Decides to *read* on"),
        ("> > \\(a) To read;\n>\n> (b) To write;", "(a) To read;\n\n(b) To write;"),
        ("1. One;\n2. Two\n   lines;\n3) Three", "1. One;\n\n2. Two lines;\n\n3) Three"),
        ("- One\n- Two", "• One\n\n• Two"),
        ("Of the year\n2044. This goes on", "Of the year 2044. This goes on"),
        ("Of the year\n44. This goes on", "Of the year 44. This goes on"),
        ("## I Lamps {#section-1}", "I\n\nLamps"),
        ("## ألف - Lamps {#section-1}", "ألف -\n\nLamps"),
        ("### A. Lamps {#section-1}", "A. Lamps"),
        ("## B Lamps {#part-1}\n\n### I Oil {#section-1}", "B\n\nLamps\n\nI\n\nOil"),
        ("Lamps\n=====\n\nOil\n---", "Lamps\n\nOil"),
        ("# C\\# \\## #", r"C# ##"),
        (r"5 \* 3 | 4 \\ &amp; &#91;^2] a_b_c 5 * 3 [x](y(z)", r"5 \* 3 \| 4 \\ & \[^2] a_b_c 5 \* 3 [x](y(z)"),
        ("See [A/61/288 (*in part*)](https://docs.un.org/en/A/61/288)", "See A/61/288 (*in part*)"),
        ("See <https://example.org>", "See https://example.org"),
        ("a __b__ ***c*** *d*<!-- -->**e** *f", r"a **b** **c** *d***e** \*f"),
        ("13^er^ jour,^[7](#fn2)^ et^8^", "13er jour,[^7] et[^8]"),
        ("* * *", r"\* \* \*"),
        ("a[^7]\n\n[^7]: One\ntwo.\n\n    Three.\n\nb", "a[^7]\n\nb\n\n[^7]: One two. Three."),
        ("a[^star-2] b[^7.2]\n\n[^star-2]: S.\n[^7.2]: T.", "a[^\\*\\*] b[^7]\n\n[^\\*\\*]: S.\n\n[^7]: T."),
        ("a\n\n::: unmentioned\n\n8 Lost.\n\n:::", "a\n\n[^8]: Lost."),
        ("::: caption\n\nDues\n\n:::\n\n| A | B |\n|:---|---:|\n| 1 | 2\\|3 |",
         "| Dues |\n\n| A | B |\n\n| --- | --- |\n\n| 1 | 2\\|3 |"),
        ("|  |  |\n| --- | --- |\n| 1 | 2 |\n\n| 3 |\n| --- |", "| 1 | 2 |\n\n| 3 |\n\n| --- |"),
        ('<div dir="rtl">\n\ntext\n\n</div>\n<!-- gone -->', "text"),
        ("---\nsymbol: 'A/RES/99/1'\n---\n\ntext", "text"),
    ],
)  # fmt: skip
def test_what_markdown_says(markdown: str, text: str) -> None:
    assert repaired(markdown) == text


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        ("---\nsymbol: x\n\ntext", ":1: the front matter does not end"),
        ("text\n\nmore[^footnote]", r":3: \[\^footnote\] is no footnote indicator"),
        ("text\n\n[^a*b]: Note.", r":3: \[\^a\*b\] is no footnote indicator"),
        ("---\na: b\n---\n", ": the Markdown has no text"),
        ("", ": the file has no text"),
    ],
)
def test_what_is_refused(markdown: str, message: str) -> None:
    with pytest.raises(ReadError, match=rf"^a\.md{message}"):
        repaired(markdown)


def test_two_rows_that_name_columns_are_read_back() -> None:
    made = table(("State", "Share"), ("", "of the year"), ("Ruritania", "0.4"), caption="Dues", headers=2)
    whole = Document("en", NO_MASTHEAD, None, (made, loose("After.")), (), Source("a", "0" * 64, 0))
    assert repaired(emit_markdown(whole).decode()).split("\n\n") == [
        "| Dues |", "| State | Share |", "| | of the year |", "| --- | --- |", "| Ruritania | 0.4 |", "After.",
    ]  # fmt: skip


def test_another_markdown_file_is_no_resolution() -> None:
    with pytest.raises(ReadError, match="not a resolution as far as can be seen"):
        normalize(b"# lamps\n\nThis is a library that lights the lamps of the harbour for all of us.", "README.md")


@pytest.mark.parametrize("text", ["[" * 20000, "*a" * 20001, "![" * 9999, "^[" * 9999, "&a" * 9999, "<!--" * 9999])
def test_nothing_runs_away(text: str) -> None:
    assert repaired(f"x {text}")
