"""What a fuzzer starts from: the beginnings and the ends of the samples, as each kind of file."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

from pipeline.convert import convert, normalize
from pipeline.emit.docx import emit_docx
from pipeline.errors import ReadError
from pipeline.review import remarks
from tests.fuzz.packing import START, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))
SHORT = (
    "United Nations A/RES/99/901\n\nGeneral Assembly Distr.: General\n2 December 2044\n\n99/901. Lights\n\n"
    "The General Assembly,\n\nRecalling its resolution 98/1 of 3 March 2044,1 and noting\n_______________\n"
    "1 See A/99/1.\n\nA/RES/99/901 Lights\n2/3 44-12345\n\nthe lamps,\n\n1. Decides to light (a) lamps; (b) oil;\n"
    "\n2. Requests the State\n\nLamp    North    1\nOil    South    2\n\n62nd plenary meeting\n2 December 2044\n",
    "大会，\n\n回顾其2044年3月3日第98/1号决议，\n1 \n又注意到灯塔，\n_______________\n1 A/99/1。\n\n1. 决定点灯；\n\n"
    "2. 请秘书长提出报告。\n\n2044年12月2日\n第62次全体会议\n",
    "إن الجمعية العامة،\n\nإذ تشير إلى قرارها 98/1 المؤرخ 3 آذار/مارس 2044(1)،\n\n1 - تقرر إنارة المصابيح؛\n\n"
    "(1) انظر A/99/1.\n",
    "L’Assemblée générale,\n\nRappelant sa résolution 98/1 du 3 mars 2044[^1],\n\n1. Décide d’éclairer les phares ;\n\n"
    "[^1]: Voir *A/99/1*.\n",
)
"""Invented, and with something of everything."""
CONFIGURATIONS = (
    'to = ["json", "xml"]\nfail-on = "warning"\n[limits]\npdf-pages = 800\n',
    '[tool.unres]\njobs = 2\ntimeout = 7.5\nreport = "junit=a.xml,github"\n[tool.unres.limits]\nlargest = 1\n',
    'to = "json,md"\nverify = true\n',
    'out = "a/../b"\nreference-doc = "house.docx"\nscheduler = "tcp://127.0.0.1:8786"\nengine = "dask"\n',
    '"lang" = \'fr\'\nname = """symbol"""\n',
    "limits = { pdf-pages = 3, lines = 4 }\n",
    "memory = 1_024\n# a comment\ntracked = false # another\n",
    '[project]\nname = "a"\n[tool.other]\nx = 1979-05-27T07:32:00Z\n',
)
FEW = 10
"""So many texts as files of each other kind, which are ten times as long and take as much more time."""
KEPT = re.compile(r"word/(?:document|footnotes|numbering|styles)\.xml|content\.xml|styles\.xml")
"""The parts that say something of the text."""


@cache
def texts() -> tuple[str, ...]:
    """Return the short texts, and of each sample its beginning and its end."""
    samples = [path.read_text(encoding="utf-8") for path in SAMPLES]
    return (*SHORT, *(text[:1200] for text in samples), *(f"{text[:200]}\n\n{text[-900:]}" for text in samples))


def seeds(target: str) -> Iterator[bytes]:
    """Yield the first inputs of a target."""
    if target == "text":
        yield from (text.encode() for text in texts())
        return
    if target == "configuration":
        yield from (text.encode() for text in CONFIGURATIONS)
        return
    if target == "pdf":
        yield from map(_page, texts())
        return
    kind = {"changes": "docx", "markdown": "md", "akn": "xml", "check": "xml", "mending": "xml", "record": "json"}
    form = kind.get(target, target)
    for text in texts()[:FEW]:
        with suppress(ReadError):  # of some, what was cut off told what they are
            if target == "changes":
                record = normalize(text.encode(), "a.txt")
                yield _tracked(_parts(emit_docx(record.document, remarks(record, text))))
            else:
                data = convert(text.encode(), "a.txt", formats=(form,)).files[form]
                yield _parts(data) if form in {"docx", "odt"} else data


def _parts(data: bytes) -> bytes:
    parts = (b"\n" + unpacked(data)).split(b"\n" + START)[1:]
    return b"\n".join(START + part for part in parts if KEPT.fullmatch(part.split(b"\n", 1)[0].decode()))


def _tracked(data: bytes) -> bytes:
    """Return the parts of a Word file with every third run inserted, and the one after deleted."""
    runs = iter(range(1_000_000))

    def track(match: re.Match[bytes]) -> bytes:
        kind = (b"", b"ins", b"del")[next(runs) % 3]
        return b"<w:%s w:id='1' w:author='a'>%s</w:%s>" % (kind, match[0], kind) if kind else match[0]

    return re.sub(rb"<w:r>.*?</w:r>", track, data, flags=re.DOTALL)


def _page(text: str) -> bytes:
    """Set the Latin letters of a text as lines of a page, as text that can be read in the file."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Times-Roman"))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    lines = [line.encode("cp1252", "ignore") for line in text.splitlines()[:40]]
    shown = b" T*\n".join(b"(%s) Tj" % re.sub(rb"[\\()]", rb"\\\g<0>", line) for line in lines)
    page.Contents = document.make_stream(b"BT /F 10 Tf 14 TL 60 770 Td\n" + shown + b" ET")
    tag = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, K=0, Pg=page.obj)
    root = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=pikepdf.Array([document.make_indirect(tag)]))
    document.Root.StructTreeRoot = document.make_indirect(root)
    written = io.BytesIO()
    document.save(written, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    return written.getvalue()
