"""Whether what we take for a citation is what the United Nations links, and the same in six languages.

`references.py FOLDER [--half tuned|held-out] [--lang xx] [--list] [--languages]` reads the paragraphs of every
gold.xml of FOLDER/corpus, whatever an extractor makes of them, finds the citations in each, and compares their
targets with the links printed there. The links are not complete, and some are wrong: `--list` shows every
difference to be read. `--languages` compares the targets of a paragraph between the languages of its document.
The grammar was tuned on the documents at even places of the sorted list of symbols. The others were held out and
measured once; what that showed in several documents was mended since, so the halves are no longer apart.
"""
# ruff: noqa: INP001, T201 - a script that prints a table

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from lxml import etree

from pipeline.languages import language
from pipeline.model import Organ, Target
from pipeline.parse.references import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
BLOCKS = frozenset(
    AKN + name
    for name in ("p", "listIntroduction", "heading", "subheading", "crossHeading", "listWrapUp", "wrapUp", "block")
)
ZONES = {AKN + name: name for name in ("preamble", "mainBody", "conclusions", "attachments")}
LINKS = frozenset({AKN + "a", AKN + "ref"})
UNREAD = frozenset({AKN + "num", AKN + "noteRef"})
SPACE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff]+")
HOST = re.compile(r"https?://(?:www\.)?(?:undocs|docs\.un)\.org/(?:[a-z]{2}/)?", re.IGNORECASE)
SUPPLEMENT = re.compile(r"\s|\(supp\)", re.IGNORECASE)
"""What their links have beside the symbol."""
PART_LETTERS = re.compile(r"(?<=\d)[A-Z]{1,2}(?:-[A-Z])?$")
ORGANS: dict[str, Organ] = {"A_HRC": "unga-hrc", "A": "unga", "S": "unsc", "E": "unecosoc"}
FIGURES = ("linked", "same", "part", "other", "missed", "more")
"""What comes of a link of theirs: the same target of ours; the same but for the letter of a part, which their links
mostly drop; another; none. `more`: targets of ours that they do not link, which is no fault by itself."""


class Block(NamedTuple):
    """A paragraph or a footnote as printed, and its links as (start, end, symbol)."""

    zone: str
    text: str
    links: tuple[tuple[int, int, str], ...]


class Difference(NamedTuple):
    """A place where ours and theirs are not the same; `kind` is one of FIGURES."""

    kind: str
    ours: str
    theirs: str
    words: str


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("tuned", "held-out"))
    parser.add_argument("--lang", help="codes of languages, with commas between")
    parser.add_argument("--list", action="store_true", help="show every difference")
    parser.add_argument("--languages", action="store_true", help="compare the languages of a document")
    args = parser.parse_args()
    golds = {key: blocks(path) for key, path in chosen(args.folder / "corpus", args.half, args.lang)}
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for (symbol, code), found in golds.items():
        for block in found:
            for difference in compare(block, code, organ(symbol)):
                rows[code][difference.kind] += 1
                if args.list and difference.kind not in {"same", "part"}:
                    print(symbol, code, *difference, sep=" | ")
    print("".join(["language", *(f"{name:>10}" for name in (*FIGURES, "precision", "recall"))]))
    for code, counts in sorted(rows.items()):
        right = counts["same"] + counts["part"]
        counts["linked"] = right + counts["other"] + counts["missed"]
        shares = right / max(1, right + counts["other"]), right / max(1, counts["linked"])
        print(
            "".join([f"{code:8}", *(f"{counts[name]:10}" for name in FIGURES), *(f"{share:10.4f}" for share in shares)])
        )
    if args.languages:
        print_languages(golds)


def chosen(corpus: Path, half: str | None, codes: str | None) -> Iterator[tuple[tuple[str, str], Path]]:
    """Yield the references of a half, each as its symbol and language, and its file."""
    paths = {path.parent.parts[-2:]: path for path in sorted(corpus.glob("r*/*/*/gold.xml"))}
    wanted = sorted({symbol for symbol, _ in paths})
    if half:
        wanted = wanted[0 if half == "tuned" else 1 :: 2]
    for (symbol, code), path in sorted(paths.items()):
        if symbol in wanted and (not codes or code in codes.split(",")):
            yield (symbol, code), path


def organ(symbol: str) -> Organ:
    """Return the organ that adopts a document."""
    return next(name for stem, name in ORGANS.items() if symbol.startswith(f"{stem}_"))


def blocks(path: Path) -> list[Block]:
    """Return the paragraphs of a document in order, each with the footnotes that hang on it after it."""
    found: list[Block] = []
    root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in root.iter(*ZONES):
        for block in element.iter(*BLOCKS):
            inner = any(kid.tag in BLOCKS for kid in block)
            zone = next((ZONES[up.tag] for up in block.iterancestors() if up.tag in ZONES), "")
            if not inner and ZONES[element.tag] == zone:
                note = any(up.tag == AKN + "authorialNote" for up in block.iterancestors())
                found.append(read(block, "notes" if note else zone))
    return found


def read(block: etree._Element, zone: str) -> Block:
    """Read one paragraph, without its footnotes."""
    text, links = "", []
    for printed, href in pieces(block, None):
        piece = SPACE.sub(" ", printed)
        text += piece.lstrip() if not text or text[-1] == " " else piece
        if href and piece.strip():
            symbol = re.sub(r"^/|و", "", HOST.sub("", unquote(href)))
            if HOST.match(href):
                links.append((len(text) - len(piece.lstrip()), len(text.rstrip()), SUPPLEMENT.sub("", symbol).upper()))
    return Block(zone, text, tuple(links))


def pieces(element: etree._Element, href: str | None) -> Iterator[tuple[str, str | None]]:
    """Yield the texts inside an element, each with where it links to."""
    href = element.get("href") if element.tag in LINKS else href
    yield element.text or "", href
    for kid in element:
        mark_of_note = kid.tag == AKN + "sup" and re.fullmatch(r"[\s()0-9]*", str(kid.xpath("string()")))
        if kid.tag != AKN + "authorialNote" and kid.tag not in UNREAD and not mark_of_note and isinstance(kid.tag, str):
            yield from pieces(kid, href)
        yield kid.tail or "", href


def targets(block: Block, code: str, enacting: Organ) -> list[tuple[int, int, str]]:
    """Return what we find in a paragraph as (start, end, symbol); a decision has none, so its number."""
    return [
        (start, end, what.symbol or f"{what.kind}:{what.organ}:{what.number}")
        for start, end, what in mark(block.text, language(code), enacting)
        if isinstance(what, Target)
    ]


def compare(block: Block, code: str, enacting: Organ) -> Iterator[Difference]:
    """Yield one comparison for each link of theirs, and for each citation of ours that has none."""
    ours = targets(block, code, enacting)
    used: set[int] = set()
    for start, end, symbol in block.links:
        at = next((n for n, (a, b, _) in enumerate(ours) if a < end and start < b), None)
        found = ours[at][2] if at is not None else ""
        if at in used:
            continue  # one citation in two links
        if at is not None:
            used.add(at)
        kind = "missed" if at is None else sameness(found, symbol)
        yield Difference(kind, found, symbol, around(block.text, start, end))
    for n, (start, end, found) in enumerate(ours):
        if n not in used:
            yield Difference("more", found, "", around(block.text, start, end))


def sameness(ours: str, theirs: str) -> str:
    """Tell how our target is to theirs."""
    if ours.upper() == theirs:
        return "same"
    return "part" if PART_LETTERS.sub("", ours.upper()) == PART_LETTERS.sub("", theirs) else "other"


def around(text: str, start: int, end: int) -> str:
    """Return some words with those around them."""
    return f"{text[max(0, start - 110) : start]}⟦{text[start:end]}⟧{text[end : end + 60]}"


def print_languages(golds: dict[tuple[str, str], list[Block]]) -> None:
    """Print where a paragraph has a target in some languages only.

    Paragraphs are paired by their place; where a language has another number of them, a zone is compared as a whole.
    """
    counts: Counter[str] = Counter()
    for symbol in sorted({symbol for symbol, _ in golds}):
        versions = {code: found for (name, code), found in golds.items() if name == symbol}
        for row in paired(versions):
            found = {code: Counter(what for *_, what in targets(row[code], code, organ(symbol))) for code in row}
            for what in sorted(set().union(*found.values())):
                most = max(one[what] for one in found.values())
                lacking = [code for code, one in found.items() if one[what] < most]
                counts.update(["targets", "agree" if not lacking else "differ", *(f"lacks {code}" for code in lacking)])
                for code in lacking:
                    print(symbol, row[code].zone, what, "not in", code)
                    print(
                        *(f"      {one}: {excerpt(row[one].text, what)}" for one in row if one in {code, "en"}),
                        sep="\n",
                    )
    print(dict(counts))


def paired(versions: dict[str, list[Block]]) -> Iterator[dict[str, Block]]:
    """Yield the paragraphs that stand in the same place, by language."""
    for zone in dict.fromkeys(block.zone for found in versions.values() for block in found):
        rows = {code: [block for block in found if block.zone == zone] for code, found in versions.items()}
        if len({*map(len, rows.values())}) > 1:
            rows = {code: [Block(zone, "\n".join(block.text for block in row), ())] for code, row in rows.items()}
        for blocks_of in zip(*rows.values(), strict=True):
            yield dict(zip(rows, blocks_of, strict=True))


def excerpt(text: str, what: str) -> str:
    """Return the words around a number."""
    at = text.find(re.findall(r"\d+", what)[-1])
    return text[max(0, at - 150) : at + 90]


if __name__ == "__main__":
    main()
