"""Paragraphs with items in Akoma Ntoso: `list` in the operative part, `blockList` before it.

Rules: AKN.md section 5 and, on what the schema allows where, section 11.
"""

from __future__ import annotations

from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from pipeline.emit.akn_inlines import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.emit.akn_inlines import Writing
    from pipeline.model import Inlines, Paragraph


def num(number: str | None) -> str:
    """Write a printed number."""
    return f"<num>{escape(number)}</num>" if number else ""


def content(writing: Writing, eid: str, inlines: Inlines, children: tuple[Paragraph, ...]) -> str:
    """Write what a numbered element holds: its paragraphs, or lists with what stands around them.

    Unnumbered words right after the items of a list are its tail (`wrapUp`); elsewhere after a
    list they are an `alinea`, since the schema has no bare paragraph there.
    """
    plain = list(takewhile(_is_plain, children))
    intro = writing.p(inlines) + "".join(writing.p(child.inlines) for child in plain)
    rest = children[len(plain) :]
    if not rest:
        return f'<content eId="{eid}__content">{intro}</content>' if intro else ""
    parts: list[str] = []
    open_list = ""
    for is_item, group in groupby(rest, key=_is_item):
        members = list(group)
        if is_item:
            open_list = writing.ids.next(f"{eid}__list")
            parts += [f'<list eId="{open_list}">', _intro(open_list, intro)]
            parts += [_point(writing, open_list, child) for child in members]
        else:
            tail = list(takewhile(_is_plain, members)) if open_list else []
            parts += [_intro(eid, intro), *_close(writing, open_list, tail)]
            parts += [_alinea(writing, eid, child) for child in members[len(tail) :]]
            open_list = ""
        intro = ""
    return "".join([*parts, *_close(writing, open_list, ())])


def _is_item(child: Paragraph) -> bool:
    return bool(child.number)


def _is_plain(child: Paragraph) -> bool:
    return not child.number and not child.children


def _intro(eid: str, written: str) -> str:
    return f'<intro eId="{eid}__intro">{written}</intro>' if written else ""


def _close(writing: Writing, open_list: str, tail: Sequence[Paragraph]) -> tuple[str, ...]:
    if not open_list:
        return ()
    written = "".join(writing.p(child.inlines) for child in tail)
    return (f'<wrapUp eId="{open_list}__wrapup">{written}</wrapUp>' if written else "", "</list>")


def _point(writing: Writing, context: str, child: Paragraph) -> str:
    eid = writing.named(child, writing.ids.numbered(context, "point", child.number))
    return f'<point eId="{eid}">{num(child.number)}{content(writing, eid, child.inlines, child.children)}</point>'


def _alinea(writing: Writing, context: str, child: Paragraph) -> str:
    eid = writing.named(child, writing.ids.numbered(context, "al", None))
    return f'<alinea eId="{eid}">{content(writing, eid, child.inlines, child.children)}</alinea>'


def blocks(writing: Writing, eid: str, inlines: Inlines, children: tuple[Paragraph, ...]) -> str:
    """Write a paragraph and its items where the schema wants blocks: preamble, conclusions, items."""
    parts: list[str] = []
    opening = inlines
    for is_item, group in groupby(children, key=_is_item):
        if is_item:
            list_id = writing.ids.next(f"{eid}__list")
            parts += [f'<blockList eId="{list_id}">', _list_introduction(writing, list_id, opening)]
            parts += [_item(writing, list_id, child) for child in group]
            parts.append("</blockList>")
        else:
            parts.append(writing.p(opening))
            parts += [blocks(writing, eid, child.inlines, child.children) for child in group]
        opening = ()
    parts.append(writing.p(opening))
    return "".join(parts)


def _list_introduction(writing: Writing, list_id: str, inlines: Inlines) -> str:
    written = writing.inlines(inlines)
    return f'<listIntroduction eId="{list_id}__intro">{written}</listIntroduction>' if written.strip() else ""


def _item(writing: Writing, list_id: str, child: Paragraph) -> str:
    eid = writing.named(child, writing.ids.numbered(list_id, "item", child.number))
    written = blocks(writing, eid, child.inlines, child.children) or "<p/>"
    return f'<item eId="{eid}">{num(child.number)}{written}</item>'
