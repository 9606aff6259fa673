"""What a conversion costs, in one run beside pandoc making a Word file of the document, and PDFium reading a PDF.

CPU time, user and system, so that other work on the machine matters little; no figure is
asserted. Run by `make bench`, with the folder the PDFs of the corpus are in.
"""
# ruff: noqa: INP001, T201 - a script that prints a table

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from pipeline.convert import convert, normalize
from pipeline.emit import EMITTERS, USUAL
from pipeline.model import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SAMPLES = Path(__file__).parent.parent / "samples"
BATCH = 100
PANDOC_RUNS = 10
WANTED = 1 / 5
"""All four files of a document should cost no more than this share of one of pandoc's."""
FLAT = 1.5
"""How much more a character may cost in the longest document than in the middle one."""
SIZES = (5_000, 50_000, 500_000)
NEAR = 1.5
"""A record of a tagged PDF should cost no more than this many times what it takes to pull its text out."""
ROUNDS = 3
UNITS_A_PAGE = 6
TITLE = "Shared use of lighthouses and other lights on the coasts of \nneighbouring States"


def main() -> None:
    """Measure and print. The batch goes first: its figures count from the start of the process."""
    sample = (SAMPLES / "A_RES_69_60.zh.txt").read_text(encoding="utf-8")
    ours, memory = measure_batch(sample)
    pandoc, pandoc_memory = measure_pandoc(sample)
    print(f"The sample, {len(sample)} characters; CPU time a document")
    row("unres, json + docx + xml + md", f"{ours * 1000:.1f} ms", f"mean of {BATCH} in one process, its start included")
    row("pandoc, docx alone, cold", f"{pandoc * 1000:.1f} ms", f"mean of {PANDOC_RUNS}")
    row(
        "ratio", f"1/{pandoc / ours:.1f}", f"{'at most' if ours <= WANTED * pandoc else 'MORE than'} 1/{1 / WANTED:.0f}"
    )
    row("peak memory, unres", f"{memory:.0f} MB")
    row("peak memory, pandoc", f"{pandoc_memory:.0f} MB")
    print("\nWhere the time goes, warm")
    stages = measure_stages(sample)
    for name, seconds in stages.items():
        row(name, f"{seconds * 1000:.2f} ms", f"{seconds / sum(stages.values()):.0%}")
    row("all", f"{sum(stages.values()) * 1000:.2f} ms")
    print("\nOne resolution, longer and longer; all four files")
    costs = []
    cpu(grow(SIZES[0]))  # what is loaded once a process is no cost of a document
    for size in SIZES:
        text = grow(size)
        seconds = cpu(text)
        costs.append(seconds / len(text))
        row(f"{len(text) / 1000:.0f} kB", f"{seconds * 1000:.0f} ms", f"{costs[-1] * 1e6:.2f} µs a character")
    growth = costs[-1] / costs[-2]
    row("longest : middle", f"{growth:.2f}", "flat" if growth <= FLAT else "NOT flat")
    row("peak memory", f"{peak(resource.RUSAGE_SELF):.0f} MB")
    documents, where = tagged_pdfs(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
    pages, ours, theirs = measure_pdfs(documents)
    print(f"\nA page of a tagged PDF, warm; {len(documents)} {where}, {pages} pages")
    row("unres, a record", f"{ours * 1000:.2f} ms", "read, repair, parse, laws 1 and 2, findings")
    row("pypdfium2, text and boxes", f"{theirs * 1000:.2f} ms", "the text at once, and a box for each character")
    row("ratio", f"{ours / theirs:.2f}", f"{'at most' if ours <= NEAR * theirs else 'MORE than'} {NEAR}")


def row(name: str, figure: str, remark: str = "") -> None:
    """Print a line of the table."""
    print(f"  {name:32}{figure:>12}  {remark}".rstrip())


def numbered(sample: str, number: int) -> str:
    """Return the sample with another number, so that no document of a batch repeats another."""
    return sample.replace("69/60", f"69/{number}")


def measure_batch(sample: str) -> tuple[float, float]:
    """Return the CPU seconds a document and the peak of memory in MB, all since the process started."""
    for number in range(BATCH):
        convert(numbered(sample, 100 + number).encode(), "sample.txt")
    used = resource.getrusage(resource.RUSAGE_SELF)
    return (used.ru_utime + used.ru_stime) / BATCH, peak(resource.RUSAGE_SELF)


def measure_pandoc(sample: str) -> tuple[float, float]:
    """Return the CPU seconds of a pandoc that makes a Word file of our Markdown, and its peak of memory."""
    import pypandoc  # noqa: PLC0415 - loading it is no part of the batch

    markdown = convert(sample.encode(), "sample.txt", formats=["md"]).files["md"]
    with tempfile.TemporaryDirectory() as folder:
        command = [pypandoc.get_pandoc_path(), "--quiet", "--from", "markdown", "--output", f"{folder}/sample.docx"]
        before = os.times()
        for _ in range(PANDOC_RUNS):
            subprocess.run(command, input=markdown, check=True)  # noqa: S603 - our own command
        after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return used / PANDOC_RUNS, peak(resource.RUSAGE_CHILDREN)


def measure_stages(sample: str) -> dict[str, float]:
    """Return the CPU seconds a document of each stage, over the documents of a batch."""
    from pipeline.languages import detect, language  # noqa: PLC0415 - loaded by now; no part of the batch's start
    from pipeline.model import Source  # noqa: PLC0415 - as above
    from pipeline.parse import parse  # noqa: PLC0415 - as above
    from pipeline.read.plain import read_plain  # noqa: PLC0415 - as above
    from pipeline.repair import repair  # noqa: PLC0415 - as above
    from pipeline.serialize import document_from_json, document_to_json, to_json  # noqa: PLC0415 - as above
    from pipeline.text import Text  # noqa: PLC0415 - as above
    from pipeline.validate.ledger import take_account  # noqa: PLC0415 - as above
    from pipeline.validate.rules import find  # noqa: PLC0415 - as above
    from pipeline.validate.schema import schema_errors  # noqa: PLC0415 - as above
    from pipeline.validate.xml import check_xml  # noqa: PLC0415 - as above

    spent: dict[str, float] = {}
    for number in range(BATCH):
        data = numbered(sample, 300 + number).encode()
        with clock(spent, "read, detect the language"):
            read = read_plain(data, "sample.txt")
            ours = language(detect(read.source))
        with clock(spent, "repair"):
            repaired = repair(read.text, ours)
        with clock(spent, "parse"):
            document = parse(repaired.text, ours, Source("sample.txt", "0" * 64, len(read.source)))
        with clock(spent, "law 1: account of all characters"):
            ledger = take_account(read.source, repaired.text, repaired.repairs, document)
        with clock(spent, "law 2: repair again"):
            repair(Text.of(repaired.text.value), ours)
        with clock(spent, "law 3: to JSON and back"):
            document_from_json(document_to_json(document))
        with clock(spent, "findings"):
            found = find(document, repaired.repairs, read.source)
        record = Record(document, found, repaired.repairs, ledger)
        with clock(spent, "law 3: schema"):
            content = to_json(record)
            schema_errors(content)
        for kind in (*USUAL, "html"):
            with clock(spent, f"emit {kind}"):
                written = EMITTERS[kind].emit(record, content, None)
            if kind == "xml":
                with clock(spent, "law 4: XSD and rules"):
                    check_xml(document, written)
    return {name: seconds / BATCH for name, seconds in spent.items()}


@contextmanager
def clock(spent: dict[str, float], name: str) -> Iterator[None]:
    """Add the CPU seconds of what is inside to `spent`."""
    start = process_time()
    yield
    spent[name] = spent.get(name, 0.0) + process_time() - start


def grow(size: int) -> str:
    """Return a resolution of about so many characters: one operative paragraph with its list, again and again.

    Paragraphs, footnotes and pages are numbered on; each page has its notes, head and folio.
    """
    sample = (SAMPLES / "A_RES_99_901.en.txt").read_text(encoding="utf-8")
    front, unit = (
        sample[: sample.index(" Recalling its")],
        sample[sample.index(" 2. Invites") : sample.index(" 3. Encourages")],
    )
    count = max(1, (size - len(front)) // (len(unit) + 80))
    pages = -(-count // UNITS_A_PAGE)
    parts = [front]
    for number in range(1, count + 1):
        parts.append(unit.replace(" 2. ", f" {number}. ", 1).replace("light;5", f"light;{number}"))
        if number % UNITS_A_PAGE == 0 or number == count:
            page = -(-number // UNITS_A_PAGE)
            first = (page - 1) * UNITS_A_PAGE + 1
            parts.append("__________________ \n")
            parts.extend(f" {note}  See resolution 97/903, para. {note}. \n" for note in range(first, number + 1))
            if page < pages:
                parts.append(f"A/RES/99/901 \n{TITLE} \n \n44-12345 {page + 1}/{pages} \n \n")
    return "".join(parts)


def cpu(text: str) -> float:
    """Return the CPU seconds of converting a text."""
    data = text.encode()
    start = process_time()
    convert(data, "long.txt")
    return process_time() - start


def tagged_pdfs(shared: Path) -> tuple[list[bytes], str]:
    """Return the tagged PDFs of the corpus, without a corpus those of the tests, and where they are from."""
    found = [path.read_bytes() for path in sorted(shared.glob("corpus/real/*/en/source.pdf"))]
    if found:
        return found, "files of the corpus"
    sys.path.append(str(Path(__file__).parent.parent))
    from tests.test_read_pdf import PAGES, WHOLE, Show, pdf  # noqa: PLC0415 - needed where there is no corpus

    # The pages of the tests have a few lines each; a full one is what is measured.
    full = [
        [Show(108, 740 - 14 * at, 10, WHOLE[-90:], f"P{10 * page + at // 5}") for at in range(45)]
        for page in range(1, 5)
    ]
    return [pdf([*PAGES, *full], tagged=True)] * BATCH, "times an invented PDF, for lack of a corpus"


def measure_pdfs(documents: Iterable[bytes]) -> tuple[int, float, float]:
    """Return the count of pages, and the CPU seconds a page: of making a record, and of pulling text with boxes.

    Of every document the least of some rounds counts: what disturbs only ever adds.
    """
    pages, ours, theirs = 0, 0.0, 0.0
    for data in documents:
        pages += pull(data)
        records, pulls = [], []
        for _ in range(ROUNDS):
            start = process_time()
            normalize(data, "source.pdf")
            between = process_time()
            pull(data)
            records.append(between - start)
            pulls.append(process_time() - between)
        ours += min(records)
        theirs += min(pulls)
    return pages, ours / pages, theirs / pages


def pull(data: bytes) -> int:
    """Pull the text of a PDF with a box for each character, as pypdfium2 gives it, and return the count of pages."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - loading it is no part of the batch

    document = PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        for at in range(text.count_chars()):
            text.get_charbox(at)
        text.close()
        page.close()
    count = len(document)
    document.close()
    return count


def peak(who: int) -> float:
    """Return the peak of memory in MB; the kernel counts kB, on macOS bytes."""
    return resource.getrusage(who).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    main()
