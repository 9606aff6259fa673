"""How often words stand in general texts: the counts that ship with pyspellchecker."""

from __future__ import annotations

from functools import cache
from typing import cast


@cache
def word_counts(dictionary: str) -> dict[str, int]:
    """Load the word counts that ship with pyspellchecker, when they are first asked for.

    Its own reader copies and filters them, which takes five times as long.
    """
    import gzip  # noqa: PLC0415 - most languages' texts never get here
    from importlib.resources import files  # noqa: PLC0415 - as above

    import orjson  # noqa: PLC0415 - as above

    packed = (files("spellchecker") / "resources" / f"{dictionary}.json.gz").read_bytes()
    return cast("dict[str, int]", orjson.loads(gzip.decompress(packed)))
