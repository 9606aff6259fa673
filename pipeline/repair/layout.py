"""How a text is laid out: as the lines of pages, or one paragraph a line already."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING

from pipeline.repair.furniture import text_start
from pipeline.repair.page import ORPHAN, body_end, is_closed, lines
from pipeline.repair.widths import UNWRAPPED, extent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.languages import Language
    from pipeline.text import Proposal, Text

    Fixer = Callable[[Text, Language], Iterable[Proposal]]


@lru_cache(maxsize=4)
def is_set(value: str, language: Language) -> bool:
    """Tell whether a text is set as repaired text is: every line a paragraph, one blank line between.

    Text with a blank line after every line of its pages looks the same, but there more than
    half of the lines end inside a sentence, and none is wider than a page.
    """
    page = lines(value[: body_end(value)])
    body = page[text_start(page, language) :]
    regular = "\f" not in value and " \n" not in value and all(line.gap == 1 and not line.indent for line in page[1:])
    if not regular:
        return False
    closed = sum(is_closed(line.text) or ORPHAN.search(line.text) is not None for line in body)
    return closed * 2 >= len(body) or any(
        extent(line.text, right_to_left=language.right_to_left) > 2 * UNWRAPPED for line in page
    )


def on_pages(fixer: Fixer) -> Fixer:
    """Keep a fixer of pages and lines from a text that is set in paragraphs already."""

    @wraps(fixer)
    def guarded(text: Text, language: Language) -> Iterable[Proposal]:
        return () if is_set(text.value, language) else fixer(text, language)

    return guarded
