r"""Extracted text to repaired text: fixers propose edits, one engine applies and logs them.

Repaired text is the contract with the parser (DESIGN.md section 2): one paragraph a
line, one blank line between; `[^7]` where an indicator is printed; at the end one
paragraph `[^7]: …` a footnote; numbers at the start of their paragraph as printed. A
literal `*`, `\`, `|` or `[^` of the source is written with a backslash before it; a table is
rows `| a | b |` (`pipeline.tables`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.edits import apply
from pipeline.repair import (
    apart,
    brackets,
    characters,
    digits,
    direction,
    fonts,
    furniture,
    hyphens,
    indicators,
    last_lines,
    layout,
    letters,
    ligatures,
    lines,
    lost,
    lost_hyphens,
    marks,
    masthead,
    notes,
    ocr,
    order,
    pieces,
    raised,
    signs,
    spaces,
    stars,
    tables,
    torn,
    volume,
    votes,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.languages import Language
    from pipeline.text import Fate, Proposal, Repair, Text

    Fixer = Callable[[Text, Language], Iterable[Proposal]]

FIXERS: tuple[Fixer, ...] = (
    characters.unify_line_ends,
    fonts.decode_fonts,
    direction.order_embedded,
    direction.return_signs,
    direction.order_runs,
    direction.order_reversed,
    characters.drop_invisible,
    characters.unify_blanks,
    characters.unify_forms,
    digits.order_digits,
    torn.order_torn,
    signs.carry_signs,
    characters.compose,
    characters.unify_scripts,
    apart.close_apart,
    signs.place_signs,
    signs.close_signs,
    characters.compose,  # again: of signs that were apart
    letters.restore_letters,
    ligatures.drop_doubled,
    brackets.turn_enclosing,
    tables.set_tables,
    spaces.single_blanks,
    direction.end_enacting,
    words.part_enacting,
    ocr.mend_symbols,
    ocr.mend_numbers,
    ocr.mend_words,
    furniture.part_rules,
    furniture.drop_links,
    furniture.drop_job_numbers,
    layout.on_pages(furniture.drop_running_heads),
    layout.on_pages(furniture.drop_folios),
    brackets.free_notes,
    volume.lift_volume_footnotes,
    notes.lift_footnotes,
    furniture.drop_rules,
    layout.on_pages(raised.return_lowered),
    raised.return_raised,
    indicators.mark_indicators,
    stars.lift_starred,
    stars.mark_stars,
    masthead.split_columns,
    masthead.order_columns,
    masthead.join_masthead,
    marks.restore_marks,
    lost_hyphens.restore_hyphens,
    ocr.join_broken_words,
    votes.part_votes,
    pieces.place_pieces,
    last_lines.place_last_lines,
    order.place_numbers,
    lines.join_lines,
    brackets.free_marked,
    characters.compose,  # again: of a sign that began a line
    brackets.turn_brackets,
    characters.unify_scripts,  # again: of letters that began a line
    spaces.trim_lines,
    spaces.drop_wide_blanks,
    spaces.drop_blanks_at_marks,
    words.close_pairs,
    words.close_words,
    ligatures.drop_drawn,
    marks.restore_marks,  # again: where the marks before it began no line
    lost.restore_lost,
    words.close_words,  # again: of words that are whole now
    hyphens.close_hyphens,
    words.part_leads,
    spaces.bind_marks,
)
FURNITURE = frozenset(fixer.__name__ for fixer in FIXERS if fixer.__module__ == furniture.__name__)


class Repaired(NamedTuple):
    """Repaired text and the log of how it came to be."""

    text: Text
    repairs: tuple[Repair, ...]


def repair(text: Text, language: Language) -> Repaired:
    """Repair extracted text. Repairing repaired text changes nothing (law 2)."""
    log: list[Repair] = []
    for fixer in FIXERS:
        text, repairs = apply(text, fixer(text, language), fixer.__name__, _fate(fixer.__name__))
        log += repairs
    return Repaired(text, tuple(log))


def _fate(fixer: str) -> Callable[[str, str], Fate]:
    def fate(old: str, new: str) -> Fate:
        if not old.strip() and not new.strip():
            return "white_space"
        return "furniture" if fixer in FURNITURE else "replaced"

    return fate
