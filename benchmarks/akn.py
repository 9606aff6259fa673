"""How the Akoma Ntoso files of others stand by the rules of `unres check`, and what `unres repair` makes of them.

`akn.py FOLDER` reads every gold.xml of FOLDER/corpus. The first table counts, for each rule, the places and the files
that break it, before the repair and after it. Then come the files that are clean, and in how many the text is the same:
white space apart, and word for word.
"""
# ruff: noqa: INP001, T201 - a script that prints a table

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter
from pathlib import Path

from lxml import etree

from pipeline.akn_repair import mend, text_outside_metadata
from pipeline.validate.akn_rules import Broken, broken, rules
from pipeline.validate.akn_rules.akn_file import BLOCK_TAGS, META_TAG, NOTE_TAG


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    files = sorted((parser.parse_args().folder / "corpus").glob("*/*/*/gold.xml"))
    figures: Counter[str] = Counter()
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for path in files:
        data = path.read_bytes()
        root, mended = etree.fromstring(data), mend(data, str(path))
        again = etree.fromstring(mended.data)
        count(broken(root, rules()), before)
        count(mended.left, after)
        figures["clean after the repair"] += not mended.left
        figures["text the same, white space apart"] += text_outside_metadata(root) == text_outside_metadata(again)
        figures["text the same, word for word"] += words(root) == words(again)
        figures["changes"] += len(mended.changes)
    print(f"{'rule':26}{'places':>8}{'files':>7}{'after':>8}{'files':>7}")
    for rule in rules():
        if before[rule.id] or after[rule.id]:
            counted = (before[rule.id], before[f"{rule.id} files"], after[rule.id], after[f"{rule.id} files"])
            print(f"{rule.id:26}{counted[0]:8}{counted[1]:7}{counted[2]:8}{counted[3]:7}")
    print(f"{len(files)} files")
    for name, figure in figures.items():
        print(f"{figure:7} {name}")


def count(found: list[Broken] | tuple[Broken, ...], counts: Counter[str]) -> None:
    """Add the places and the file to the counts of their rules."""
    counts.update(hit.rule.id for hit in found)
    counts.update({f"{hit.rule.id} files" for hit in found})


def words(root: etree._Element) -> list[str]:
    """Return the words of a file, each block and footnote apart from what is around it."""
    pieces: list[str] = []

    def gather(element: etree._Element) -> None:
        apart = " " if element.tag in BLOCK_TAGS or element.tag == NOTE_TAG else ""
        pieces.append(apart + (element.text or ""))
        for child in element:
            if isinstance(child.tag, str) and child.tag != META_TAG:
                gather(child)
            pieces.append(child.tail or "")
        pieces.append(apart)

    gather(root)
    return unicodedata.normalize("NFC", "".join(pieces)).split()


if __name__ == "__main__":
    main()
