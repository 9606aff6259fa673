"""Tables of PDFs without tags: text between the lines that a page draws, and what is no table."""

from __future__ import annotations

import io
import random
from itertools import pairwise

import pikepdf
import pytest

from pipeline.read.pdf import read_pdf
from pipeline.read.pdf_grid import part
from pipeline.read.pdf_piece import Page, Piece, Rule
from pipeline.read.pdf_rules import MOST
from pipeline.read.pdf_untagged import read_untagged
from tests.test_read_pdf import Show, pdf

Placed = tuple[float, float, str]
"""Where a line of text begins, and what it says."""

EDGES = (50.0, 80.0, 250.0, 400.0)
"""Where the columns of the tables here part, a number and two texts."""


def text(x: float, y: float, words: str, *, size: float = 10, page: int = 1) -> Piece:
    """Set a line; each letter is half as wide as it is high."""
    return Piece(words, size, x, y - 2, x + len(words) * size / 2, y + size - 2, y, -1, breaks=True, page=page)


def along(y: float, *edges: float) -> list[Rule]:
    """Draw a line along the page, cell by cell."""
    return [Rule(start, y - 0.3, end, y + 0.3) for start, end in pairwise(edges)]


def across(x: float, *ends: float) -> list[Rule]:
    """Draw a line across the page, row by row."""
    return [Rule(x - 0.3, bottom, x + 0.3, top) for top, bottom in pairwise(ends)]


def cells(
    heights: tuple[float, ...], edges: tuple[float, ...] = EDGES, *, above: bool = True, below: bool = True
) -> list[Rule]:
    """Draw all lines of a table whose rows part at some heights, but for those that a page breaks off."""
    closed = heights[0 if above else 1 : None if below else -1]
    return [rule for y in closed for rule in along(y, *edges)] + [rule for x in edges for rule in across(x, *heights)]


def read(*pages: tuple[list[Placed], list[Rule]], size: float = 10) -> list[str]:
    """Return the paragraphs of pages, each of its lines of text and the lines it draws."""
    shown = [
        Page([text(*line, size=size, page=number) for line in lines], rules)
        for number, (lines, rules) in enumerate(pages, 1)
    ]
    return read_untagged(shown).text.value.strip().split("\n\n")


FORM = [
    (55.0, 690.0, "1."),
    (85.0, 690.0, "Name of the lamp, or of the"),
    (255.0, 690.0, "(Please add a picture of"),
    (85.0, 678.0, "tower that it stands on"),
    (255.0, 678.0, "the lamp)"),
    (55.0, 660.0, "2."),
    (85.0, 660.0, "Keeper"),
]
ROWS = [
    "| 1. | Name of the lamp, or of the tower that it stands on | (Please add a picture of the lamp) |",
    "| 2. | Keeper |  |",
]


def test_cells_that_are_drawn_are_rows_of_a_table_between_paragraphs() -> None:
    lines = [(50.0, 720.0, "The form:"), *FORM, (50.0, 620.0, "Done at the coast.")]
    assert read((lines, cells((705, 672, 650)))) == ["The form:", *ROWS, "Done at the coast."]


def test_what_a_program_draws_is_seen_and_what_it_only_clips_is_not() -> None:
    drawn = " ".join(
        f"{rule.left} {rule.bottom} {rule.right - rule.left} {rule.top - rule.bottom} re {{paint}}"
        for rule in cells((705, 672, 650))
    )
    shows = [Show(x, y, 10, words) for x, y, words in FORM if y != 678]
    for paint, table in (("f", True), ("S", True), ("n", False)):
        with pikepdf.open(io.BytesIO(pdf([shows]))) as document:
            document.pages[0].contents_add(document.make_stream(drawn.format(paint=paint).encode()))
            written = io.BytesIO()
            document.save(written)
        rows = read_pdf(written.getvalue(), "a.pdf").text.value.count("|\n\n")
        assert (paint, rows) == (paint, 2 if table else 0)


def test_a_row_that_a_page_breaks_is_one() -> None:
    first = FORM[:3], cells((705, 672), below=False)
    second = [(x, y + 50, words) for x, y, words in FORM[3:]], cells((745, 722, 700), above=False)
    assert read(first, second) == ROWS


def test_a_row_that_is_broken_off_and_goes_on_nowhere_is_no_table() -> None:
    assert not any("|" in each for each in read((FORM, cells((705, 672, 650), below=False))))


def test_a_first_row_printed_again_on_the_next_page_names_the_columns() -> None:
    def lines(base: float, *words: str) -> list[Placed]:
        return [(x, base, word) for x, word in zip((55.0, 85.0, 255.0), words, strict=True)]

    upper = [*lines(100, "No.", "Tower", "Light"), *lines(80, "1.", "Pier", "red")]
    lower = [*lines(760, "No.", "Tower", "Light"), *lines(740, "2.", "Dune", "green")]
    found = read((upper, cells((115, 93, 70))), (lower, cells((775, 753, 730))))
    assert found == ["| No. | Tower | Light |", "| --- | --- | --- |", "| 1. | Pier | red |", "| 2. | Dune | green |"]


def test_a_cell_as_wide_as_several_and_one_as_high_as_several() -> None:
    rules = [*cells((705, 685, 665)), *across(50, 665, 645), *across(80, 665, 645), *across(400, 665, 645)]
    rules += along(645, 50, 80, 400)
    rules.remove(Rule(50, 684.7, 80, 685.3))
    lines = [
        (55.0, 688.0, "A"),
        (85.0, 693.0, "Pier"),
        (255.0, 693.0, "red"),
        (85.0, 673.0, "Dune"),
        (255.0, 673.0, "green"),
    ]
    lines += [(55.0, 653.0, "B"), (85.0, 653.0, "No light at all, and none to come in any year")]
    assert read((lines, rules)) == [
        "| A | Pier | red |",
        "|  | Dune | green |",
        "| B | No light at all, and none to come in any year |  |",
    ]


def test_two_tables_that_touch_are_two_where_their_columns_differ() -> None:
    edges = (50.0, 120.0, 400.0)
    lines = [*FORM, (55.0, 640.0, "Place"), (125.0, 640.0, "Date"), (55.0, 620.0, "Pier"), (125.0, 620.0, "2 May")]
    rules = cells((705, 672, 650)) + cells((650, 632, 610), edges)
    found = part([Page([text(*line) for line in lines], rules)])[0].grids
    assert [(len(grid.rows), len(grid.rows[0])) for grid in found] == [(2, 3), (2, 2)]


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param([], id="nothing is drawn"),
        pytest.param(cells((705, 650), (50, 400)), id="a frame"),
        pytest.param(cells((705, 672, 650), (50, 400)), id="two frames"),
        pytest.param(cells((705, 650)), id="one row"),
        pytest.param([rule for x in EDGES for rule in across(x, 705, 650)], id="lines across the page only"),
        pytest.param(cells((705, 672, 650), (50, 80, 300, 400)), id="a line through words"),
        pytest.param(cells((705, 672, 650), (50, 80, 250)), id="words beside the table"),
        pytest.param(
            cells((705, 672, 650))
            + along(100, 50, 80) * 2
            + [rule for x in range(MOST + 1) for rule in along(30 + 2 * x, 0, 9)],
            id="a drawing",
        ),
    ],
)
def test_no_table(rules: list[Rule]) -> None:
    page = Page([text(50, 720, "The form:"), *(text(*line) for line in FORM)], rules)
    parted = part([page])[0]
    assert (list(parted.grids), parted.pieces) == ([], page.pieces)


def test_rows_without_lines_between_them_are_not_run_together() -> None:
    lines = [(55.0, 690.0, "No."), (85.0, 690.0, "Tower"), (255.0, 690.0, "Light")]
    lines += [
        (x, 660.0 - 12 * at, words)
        for at in range(3)
        for x, words in ((55.0, f"{at}."), (85.0, "Pier"), (255.0, "red"))
    ]
    assert not any("|" in each for each in read((lines, cells((705, 680, 620)))))


def test_columns_of_a_page_that_is_read_from_the_right() -> None:
    def word(letters: str, right: float, base: float) -> list[Piece]:
        return [
            Piece(letter, 10, right - 5 * at - 5, base - 2, right - 5 * at, base + 8, base, -1, breaks=False, page=1)
            for at, letter in enumerate(letters)
        ]

    pieces = [*word("برج", 395, 690), *word("ضوء", 245, 690), *word("رصيف", 395, 660), *word("أحمر", 245, 660)]
    page = Page(pieces, cells((705, 672, 650), (50, 250, 400)))
    assert read_untagged([page]).text.value.strip().split("\n\n") == ["| برج | ضوء |", "| رصيف | أحمر |"]


POSTS = [
    (55.0, 690.0, "Action"),
    (155.0, 690.0, "Post"),
    (370.0, 690.0, "Number"),
    (55.0, 670.0, "New"),
    (155.0, 670.0, "Keeper"),
    (390.0, 670.0, "1"),
    (55.0, 654.0, "Moved from the"),
    (155.0, 654.0, "Pilot"),
    (390.0, 654.0, "2"),
    (55.0, 643.0, "Pier to the"),
    (55.0, 632.0, "Dune"),
    (55.0, 616.0, "New"),
    (155.0, 616.0, "Cook"),
    (390.0, 616.0, "3"),
]
POST_EDGES = (50.0, 150.0, 360.0, 405.0)
POST_ROWS = [
    "| Action | Post | Number |",
    "| --- | --- | --- |",
    "| New | Keeper | 1 |",
    "| Moved from the Pier to the Dune | Pilot | 2 |",
    "| New | Cook | 3 |",
]


def ruled(*heights: float) -> list[Rule]:
    return [rule for y in heights for rule in along(y, *POST_EDGES)]


def test_lines_around_names_and_at_the_end_make_a_table() -> None:
    lines = [(50.0, 720.0, "Approves the posts below:"), *POSTS, (50.0, 580.0, "Thanks all keepers.")]
    assert read((lines, ruled(705, 685, 605))) == ["Approves the posts below:", *POST_ROWS, "Thanks all keepers."]


def test_two_tables_below_one_another_and_a_double_line_in_one() -> None:
    lower = [(x, y - 160, words) for x, y, words in POSTS]
    lines = [*POSTS, (60.0, 575.0, "Pier"), *lower]
    rules = ruled(705, 685, 663, 661, 605, 545, 525, 445)
    assert len(part([Page([text(*line) for line in lines], rules)])[0].grids) == 1, "Pier may be a row of the first"
    lines[len(POSTS)] = (20.0, 575.0, "B. Pier")
    assert read((lines, rules)) == [*POST_ROWS, "B. Pier", *POST_ROWS]


def test_lines_of_a_cell_almost_on_one_base_are_all_kept() -> None:
    lines = [*POSTS, (105.0, 671.2, "pier")]
    pieces = [text(*line, size=4 if line[2] == "pier" else 10) for line in lines]
    found = read_untagged([Page(pieces, ruled(705, 685, 605))]).text.value
    assert "| pier New | Keeper | 1 |" in found


def test_the_last_line_of_a_row_may_have_its_number() -> None:
    lines = [line for line in POSTS if line[2] not in ("Pilot", "2")] + [(155.0, 632.0, "Pilot"), (390.0, 632.0, "2")]
    assert read((lines, ruled(705, 685, 605))) == POST_ROWS


def test_rows_below_the_last_line_are_of_a_table_whose_names_the_next_page_has_again() -> None:
    names = [(x, y + 40, words) for x, y, words in POSTS[:3]]
    lower = [*names, (55.0, 710.0, "Gone"), (155.0, 710.0, "Smith"), (390.0, 710.0, "4")]
    folio = (30.0, 560.0, "1/2")
    found = read(([*POSTS, folio], [*ruled(705, 685, 662), *along(590, 50, 120)]), (lower, ruled(745, 725, 700)))
    assert found == [*POST_ROWS, "| Gone | Smith | 4 |"], "and the folio is furniture"


@pytest.mark.parametrize(
    ("lines", "rules"),
    [
        pytest.param(POSTS, ruled(705, 605), id="no line below the names"),
        pytest.param(POSTS, ruled(705, 685), id="no line at the end"),
        pytest.param([*POSTS, (100.0, 627.0, "over the edge of it")], ruled(705, 685, 605), id="words over a column"),
        pytest.param(
            [*POSTS[:9], (55.0, 635.0, "Dune"), *POSTS[11:]], ruled(705, 685, 605), id="a line between two rows"
        ),
        pytest.param(
            [line for line in POSTS if line[2] != "2"], ruled(705, 685, 664, 625, 605), id="a row without a number"
        ),
        pytest.param(POSTS, along(705, 50, 405) + along(685, 50, 405) + along(605, 50, 405), id="no columns"),
    ],
)
def test_no_table_between_lines(lines: list[Placed], rules: list[Rule]) -> None:
    assert not part([Page([text(*line) for line in lines], rules)])[0].grids


def test_a_table_in_small_type_at_the_foot_is_no_note() -> None:
    body = [text(50, 780 - 12 * at, "The keepers of all lamps along the whole of the coast") for at in range(3)]
    table = [text(*line, size=8) for line in POSTS]
    note = [text(50, 560, "1", size=5), text(55, 557, "The book of the pier.", size=8)]
    mark = [text(320, 760, "1", size=5)]
    found = read_untagged([Page([*body, *mark, *table, *note], ruled(705, 685, 605))]).text.value.strip().split("\n\n")
    assert found[1:] == [*POST_ROWS, "[^1]: The book of the pier."]


@pytest.mark.parametrize("seed", range(40))
def test_every_word_is_in_a_table_or_stands_outside_once(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    edges = tuple(sorted(chance.sample(range(40, 560, 40), 4)))
    heights = tuple(sorted(chance.sample(range(60, 780, 30), 6), reverse=True))
    drawn = cells(heights, edges) if seed % 2 else [rule for y in heights for rule in along(y, *edges)]
    rules = [rule for rule in drawn if chance.random() < 0.99]
    places = [(x + 1, y + 2 + up) for x in edges[:-1] for y in heights[1:] for up in (0, 1, 9)]
    words = [text(x, y, str(at), size=8) for at, (x, y) in enumerate(places) if chance.random() < 0.8]
    parted = part([Page(words, rules)])[0]
    found = [*parted.pieces, *(piece for grid in parted.grids for piece in grid.pieces)]
    assert sorted(piece.text for piece in found if piece.text.strip()) == sorted(piece.text for piece in words)
