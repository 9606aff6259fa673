"""The text of a resolution in Akoma Ntoso: preamble, main body, conclusions.

The model's blocks are flat; here headings become nested elements. Rules: AKN.md section 5.
What the profile has no element for (an unnumbered or unclassified paragraph, a second preamble,
a closing that more text follows) is an `alinea`: valid at every level, and it keeps the order.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, assert_never

from pipeline.emit.akn_front import quantity
from pipeline.emit.akn_ids import within
from pipeline.emit.akn_inlines import attribute, split_indicators
from pipeline.emit.akn_lists import blocks, content, num
from pipeline.emit.akn_outline import ABBREVIATIONS, PARAGRAPH, beside_numbers, element_of, level_of
from pipeline.emit.akn_tables import table
from pipeline.emit.akn_votes import vote_lines
from pipeline.model import (
    AnnexStart,
    Block,
    Closing,
    ClosingLine,
    Enacting,
    Heading,
    OperativeParagraph,
    Paragraph,
    PartStart,
    PreambularParagraph,
    Run,
    Table,
    Unclassified,
    Vote,
)
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.emit.akn_inlines import Writing

NAME_LENGTH = 40


def split_main(parts: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block], Sequence[Block]]:
    """Split the blocks before the annexes into preamble, main body and conclusions, in order.

    The preamble ends with the last enacting line or preambular paragraph before the operative
    part; the conclusions begin with a closing or vote that only loose paragraphs follow.
    """
    opening = next((at for at, block in enumerate(parts) if _ends_preamble(block)), len(parts))
    preamble = (at + 1 for at in range(opening) if isinstance(parts[at], Enacting | PreambularParagraph))
    start = max(preamble, default=0)
    loose = (Closing, Vote, Paragraph, Unclassified)
    tail = len(parts) - sum(1 for _ in takewhile(lambda block: isinstance(block, loose), reversed(parts)))
    last = range(max(start, tail), len(parts))
    end = next((at for at in last if isinstance(parts[at], Closing | Vote)), len(parts))
    return parts[:start], parts[start:end], parts[end:]


def _ends_preamble(block: Block) -> bool:
    """Tell whether a block cannot stand in the preamble; a heading without a number can."""
    if isinstance(block, Heading):
        return block.number is not None
    return isinstance(block, OperativeParagraph | Closing | Vote | PartStart)


def preamble(writing: Writing, parts: Iterable[Block], context: str = "") -> str:
    """Write the enacting line and the preambular paragraphs; "" for none. `context` is the eId they stand under."""
    eid = within(context, "preamble")
    written = "\n".join(filter(None, (_preambular(writing, block, eid) for block in parts)))
    return f'<preamble eId="{eid}">\n{written}\n</preamble>' if written else ""


def _preambular(writing: Writing, block: Block, context: str) -> str:
    match block:
        case Enacting():
            if not (text := writing.p(block.inlines)):
                return ""
            eid = writing.named(block, writing.ids.next(f"{context}__formula"))
            return f'<formula eId="{eid}" name="enactingFormula" {writing.refers("enactingFormula")}>{text}</formula>'
        case PreambularParagraph():
            eid = writing.named(block, writing.ids.next(f"{context}__container"))
            text = blocks(writing, eid, block.inlines, block.children)
            return f'<container eId="{eid}" name="{attribute(_phrase(block))}">{text}</container>' if text else ""
        case Heading():
            if not (text := writing.p(block.inlines)):
                return ""
            eid = writing.named(block, writing.ids.next(f"{context}__container"))
            return f'<container eId="{eid}" name="heading">{text}</container>'
        case Table():
            eid = writing.ids.next(f"{context}__container")
            return f'<container eId="{eid}" name="table">{table(writing, eid, block)}</container>'
        case _:
            return _loose(writing, context, block)


def _loose(writing: Writing, context: str, block: Block) -> str:
    """Write a paragraph that is none of the kinds its part is made of."""
    match block:
        case Paragraph() if block.number:
            return blocks(writing, context, (), (block,))
        case Paragraph():
            return blocks(writing, context, block.inlines, block.children)
        case Unclassified():
            return writing.p(block.inlines)
        case _:
            return ""


def _phrase(block: PreambularParagraph) -> str:
    """Return the lead phrase as printed, else the first words of the paragraph."""
    leads = takewhile(lambda inline: isinstance(inline, Run) and inline.emphasis == "lead", block.inlines)
    if lead := plain(tuple(leads)).strip():
        return lead
    text = " ".join(plain(block.inlines).split())
    if len(text) <= NAME_LENGTH:
        return text or "preambular"
    return text[:NAME_LENGTH].rpartition(" ")[0] or text[:NAME_LENGTH]


def main_body(writing: Writing, parts: Sequence[Block], context: str = "") -> str:
    """Write the main body, of the resolution or ("att_1") of an annex or part.

    The schema wants an element in it; where the source has no text for it, an empty one.
    """
    written = "\n".join(filter(None, _nested(writing, parts, context)))
    name = within(context, "body")
    if not written:
        written = f'<hcontainer eId="{writing.ids.numbered(context, "empty", None)}" name="empty"/>'
    return f'<mainBody eId="{name}">\n{written}\n</mainBody>'


def _nested(writing: Writing, parts: Sequence[Block], context: str) -> Iterable[str]:
    """Yield the pieces of the body; a heading closes those of its level and below."""
    opened: list[tuple[int, str, str]] = []
    unnumbered = beside_numbers(parts)
    for at, block in enumerate(parts):
        inside = opened[-1][2] if opened else context
        if isinstance(block, Heading | PartStart):
            level = level_of(block)
            while opened and opened[-1][0] >= level:
                yield f"</{opened.pop()[1]}>"
            inside = opened[-1][2] if opened else context
            name = element_of(block)
            beside = at in unnumbered
            eid = writing.ids.numbered(inside, ABBREVIATIONS[name], block.number, capital=True, beside=beside)
            eid = writing.named(block, eid)
            opened.append((level, name, eid))
            text = writing.inlines(block.inlines if isinstance(block, Heading) else block.title)
            heading = f'<heading eId="{eid}__heading">{text}</heading>' if text.strip() else ""
            yield f'<{name} eId="{eid}">{num(block.number)}{heading}'
        else:
            yield _operative(writing, block, inside, in_section=bool(opened), beside=at in unnumbered)
    for _, name, _ in reversed(opened):
        yield f"</{name}>"


def _operative(writing: Writing, block: Block, context: str, *, in_section: bool, beside: bool) -> str:
    match block:
        case OperativeParagraph():
            return _paragraph(writing, block, context, beside=beside)
        case Paragraph():
            if block.number:
                return _paragraph(writing, block, context)
            eid = writing.named(block, writing.ids.numbered(context, "al", None))
            text = content(writing, eid, block.inlines, block.children)
            return f'<alinea eId="{eid}">{text}</alinea>' if text else ""
        case PreambularParagraph():
            refers = writing.refers("preambularParagraph")
            if in_section and not block.children:
                eid = writing.named(block, writing.ids.next(f"{context}__crossHeading"))
                text = writing.inlines(block.inlines)
                return f'<crossHeading eId="{eid}" {refers}>{text}</crossHeading>' if text.strip() else ""
            eid = writing.named(block, writing.ids.numbered(context, "al", None))
            return _alinea(eid, blocks(writing, f"{eid}__content", block.inlines, block.children), refers)
        case Enacting():
            eid = writing.named(block, writing.ids.numbered(context, "al", None))
            return _alinea(eid, writing.p(block.inlines), writing.refers("enactingFormula"))
        case Unclassified():
            eid = writing.named(block, writing.ids.numbered(context, "al", None))
            return _alinea(eid, writing.p(block.inlines))
        case Closing():
            text = "".join(_closing_line(writing, line, "") for line in block.lines)
            return _alinea(writing.named(block, writing.ids.numbered(context, "al", None)), text)
        case Vote():
            eid = writing.named(block, writing.ids.numbered(context, "al", None))
            return _alinea(eid, vote_lines(writing, block))
        case Table():
            eid = writing.ids.numbered(context, "al", None)
            return _alinea(eid, table(writing, f"{eid}__content", block))
        case Heading() | PartStart() | AnnexStart():
            return ""  # a heading is opened above, an annex is a document of its own
        case _:
            assert_never(block)


def _paragraph(writing: Writing, block: OperativeParagraph | Paragraph, context: str, *, beside: bool = False) -> str:
    eid = writing.named(block, writing.ids.numbered(context, PARAGRAPH, block.number, beside=beside))
    text = content(writing, eid, block.inlines, block.children)
    return f'<paragraph eId="{eid}">{num(block.number)}{text}</paragraph>' if text or block.number else ""


def _alinea(eid: str, text: str, refers: str = "") -> str:
    attributes = f" {refers}" if refers else ""
    return f'<alinea eId="{eid}"{attributes}><content eId="{eid}__content">{text}</content></alinea>' if text else ""


def conclusions(writing: Writing, parts: Iterable[Block], context: str = "") -> str:
    """Write the closing lines and the vote in printed order; "" for none."""
    name = within(context, "conclusions")
    written = "\n".join(filter(None, (_concluding(writing, block, name) for block in parts)))
    return f'<conclusions eId="{name}">\n{written}\n</conclusions>' if written else ""


def _concluding(writing: Writing, block: Block, context: str) -> str:
    match block:
        case Closing():
            kind, text = "conclusion", "".join(_closing_line(writing, line, "dateOfAdoption") for line in block.lines)
        case Vote():
            kind, text = "vote", vote_lines(writing, block)
        case _:
            return _loose(writing, context, block)
    eid = writing.named(block, writing.ids.next(f"{context}__container"))
    return f'<container eId="{eid}" name="{kind}">{text}</container>' if text else ""


def _closing_line(writing: Writing, line: ClosingLine, doc_date: str) -> str:
    """Write a line of the closing. `docDate` is for the conclusions alone (D15)."""
    inlines, notes = split_indicators(line.inlines)
    if not plain(inlines).strip():
        return writing.p(line.inlines)
    event = writing.ids.next("event")
    if line.role == "meeting":
        number = writing.language.meeting_number(plain(inlines).strip()) or writing.facts.meeting
        place = writing.ids.next("location")
        refers = writing.refers("plenaryMeeting")
        text = quantity(writing, inlines, number, doc_date)
        text = f'<location eId="{place}" {refers}>{text}</location>'
    else:
        refers, text = writing.refers("adoption"), writing.inlines(inlines, doc_date)
    return f'<p xml:space="preserve"><event eId="{event}" {refers}>{text}</event>{writing.inlines(notes)}</p>'
