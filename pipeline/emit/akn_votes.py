"""How a text was adopted, in Akoma Ntoso: the printed lines, and the `voting` of the metadata.

Rules: AKN.md sections 4 (analysis) and 5. What is printed stays as printed in the text; the
numbers of the sides and the States are told once more in the metadata.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.emit.akn_inlines import escape, paragraph
from pipeline.model import Run, Vote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.emit.akn_inlines import Writing
    from pipeline.model import Inlines, Tally, VoteLine, VoteOutcome, VoteSide

DIGITS = re.compile(r"\d+")
OUTCOMES: dict[VoteOutcome | None, str] = {
    "without_vote": "adoptedWithoutVote",
    "unanimous": "adoptedUnanimously",
    "recorded_vote": "adoptedRecordedVote",
    "vote": "adoptedVote",
    None: "adopted",
}
SIDES: dict[VoteSide, str] = {"in_favour": "inFavour", "against": "against", "abstaining": "abstaining"}


def vote_lines(writing: Writing, vote: Vote) -> str:
    """Write the lines of a vote as printed, the totals of the sides tagged, and note it for the metadata."""
    writing.votes.append(vote)
    first, *rest = vote.lines
    return _sentence(writing, first, vote.tallies) + "".join(writing.p(line.inlines) for line in rest)


def _sentence(writing: Writing, line: VoteLine, tallies: Sequence[Tally]) -> str:
    """Write the sentence; its numbers are the totals, in the order of the sides."""
    waiting = [tally for tally in tallies if tally.total]
    return paragraph("".join(_counted(writing, line.inlines, waiting)))


def _counted(writing: Writing, inlines: Inlines, waiting: list[Tally]) -> Iterator[str]:
    for inline in inlines:
        if not isinstance(inline, Run) or inline.emphasis:
            yield writing.inlines((inline,))
            continue
        done = 0
        for number in DIGITS.finditer(inline.text):
            if waiting and int(number[0]) == waiting[0].total:
                side = writing.refers(SIDES[waiting.pop(0).side])
                eid = writing.ids.next("quantity")
                yield escape(inline.text[done : number.start()])
                yield f'<quantity eId="{eid}" normalized="{int(number[0])}" {side}>{number[0]}</quantity>'
                done = number.end()
        yield escape(inline.text[done:])


def outcome(votes: Sequence[Vote]) -> str:
    """Return the term for how a text was adopted; "adopted" where it does not say."""
    return OUTCOMES[votes[-1].outcome if votes else None]


def parliamentary(writing: Writing, votes: Sequence[Vote]) -> str:
    """Write the votes that were counted; "" for none (the schema wants a count in each)."""
    counted = [vote for vote in votes if vote.tallies]
    return f"<parliamentary>{''.join(_voting(writing, vote) for vote in counted)}</parliamentary>" if counted else ""


def _voting(writing: Writing, vote: Vote) -> str:
    eid = writing.ids.next("voting")
    writing.terms |= {"voting", OUTCOMES[vote.outcome]}
    counts = "".join(_count(writing, eid, tally) for tally in vote.tallies)
    return f'<voting eId="{eid}" outcome="#{OUTCOMES[vote.outcome]}" refersTo="#voting">{counts}</voting>'


def _count(writing: Writing, voting: str, tally: Tally) -> str:
    eid = writing.ids.next(f"{voting}__count")
    value = len(tally.voters) if tally.total is None else tally.total
    states = "".join(
        f'<organization eId="{writing.ids.next("organization")}" {writing.refers("memberState")}>'
        f"{escape(voter.name)}</organization>"
        for voter in tally.voters
    )
    voters = f"<akn4un:voters>{states}</akn4un:voters>" if states else ""
    return f'<count eId="{eid}" value="{value}" {writing.refers(SIDES[tally.side])}>{voters}</count>'
