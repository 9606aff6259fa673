"""What follows the preface of a resolution, or of a part of one, in Akoma Ntoso: its text and its annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.emit.akn_body import conclusions, main_body, preamble, split_main
from pipeline.emit.akn_ids import within
from pipeline.emit.akn_meta import annex_meta
from pipeline.model import AnnexStart, Block
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.emit.akn_facts import Facts
    from pipeline.emit.akn_inlines import Writing


def split_annexes(blocks: Sequence[Block]) -> tuple[Sequence[Block], list[Sequence[Block]]]:
    """Split the blocks at the start of each annex."""
    starts = [at for at, block in enumerate(blocks) if isinstance(block, AnnexStart)]
    ends = [*starts[1:], len(blocks)]
    main = blocks[: starts[0]] if starts else blocks
    return main, [blocks[start:end] for start, end in zip(starts, ends, strict=False)]


def annex_labels(blocks: Sequence[Block]) -> list[str]:
    """Return the labels of the annexes, as printed."""
    return [plain(block.inlines) for block in blocks if isinstance(block, AnnexStart)]


def body(writing: Writing, facts: Facts, blocks: Sequence[Block], markup_date: str, context: str = "") -> list[str]:
    """Write preamble, main body, conclusions and annexes, each "" where there is none.

    `facts` are of the resolution or part; `context` is the eId of the element it stands in.
    """
    main, annexes = split_annexes(blocks)
    opening, middle, end = split_main(main)
    return [
        preamble(writing, opening, context),
        main_body(writing, middle, context),
        conclusions(writing, end, context),
        _attachments(writing, facts, annexes, markup_date, context),
    ]


def _attachments(
    writing: Writing, facts: Facts, annexes: Sequence[Sequence[Block]], markup_date: str, context: str
) -> str:
    parts = [
        _annex(writing, blocks, within(context, f"att_{order}"), annex_meta(facts, order, markup_date, context))
        for order, blocks in enumerate(annexes, 1)
    ]
    return "\n".join(["<attachments>", *parts, "</attachments>"]) if parts else ""


def _annex(writing: Writing, blocks: Sequence[Block], eid: str, meta: str) -> str:
    """Write an annex: its label as heading, its title as preface, the rest as its main body."""
    start = blocks[0]
    writing.named(start, eid)
    label = writing.inlines(start.inlines) if isinstance(start, AnnexStart) else ""
    title = writing.inlines(start.title) if isinstance(start, AnnexStart) else ""
    parts = [
        f'<attachment eId="{eid}">',
        f'<heading eId="{eid}__heading">{label}</heading>' if label.strip() else "",
        '<doc name="annex" contains="originalVersion">',
        meta,
        f'<preface eId="{eid}__preface"><p xml:space="preserve"><docTitle>{title}</docTitle></p></preface>'
        if title.strip()
        else "",
        main_body(writing, blocks[1:], eid),
        "</doc>",
        "</attachment>",
    ]
    return "\n".join(filter(None, parts))
