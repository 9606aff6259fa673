"""How the Word file looks: one style for every role, as data, and `styles.xml` made of it.

The body has no formatting of its own, so that a change of style restyles the document.
Measures follow the New York template (FORMAT.md section 2.1), in points from the margin.
Left and right are those of a language written from left to right: Word mirrors indents, tabs
and alignment in paragraphs that run from right to left (ECMA-376 part 1, sections 17.3.1.12,
17.3.1.13 and 17.3.1.37, transitional), so that `left` is where a line starts in every language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Language
    from pipeline.model import Emphasis, Face

LATIN = "Times New Roman"
"""Of Arabic too: Word brings this font along on every system, with the letters of both scripts and one
size for all digits; Traditional Arabic, the usual choice, comes with some systems only."""
LATIN_WORDS = "en-GB"
"""The language of Latin words in a text of another script: "Treaty Series", and symbols."""
EAST_ASIAN = ("SimSun", "SimHei", "KaiTi")
HEAVY = '<w:rFonts w:eastAsia="SimHei"/>'
SCRIPT = '<w:rFonts w:eastAsia="KaiTi"/>'
MARKS: dict[Face, str] = {"bold": "<w:b/><w:bCs/>", "italic": "<w:i/><w:iCs/>"}
"""What sets a face, in the order the schema of Word asks for; the second of each is for complex scripts."""

MEASURE = 492
"""Width between the margins of the page."""

BODY = 63, 368
"""Where the text begins, and how wide it is."""

SUBPARAGRAPHS = 3
"""How many levels of sub-paragraphs have a style of their own; deeper ones share the last."""


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style. What is `None` is as in the style it is based on."""

    base: str = "Body"
    left: float | None = None
    right: float | None = None
    first: float | None = None
    tab: float | None = None
    before: float | None = None
    after: float | None = None
    size: float | None = None
    align: Literal["left", "right", "both"] | None = None
    emphasis: Emphasis | None = None
    keep_next: bool = False
    page_break: bool = False
    outline: int | None = None


LOOKS = {
    "Body": Look("Normal", left=BODY[0], right=MEASURE - sum(BODY), after=6, align="both"),
    "Masthead": Look("Normal", after=2, align="left"),
    "Masthead Publisher": Look("Masthead", size=14),
    "Masthead Symbol": Look("Masthead", size=14, after=8, align="right"),
    "Masthead Organ": Look("Masthead", size=20, after=8, emphasis="bold"),
    "Masthead Distribution": Look("Masthead", left=330),
    "Masthead Issued": Look("Masthead", left=330),
    "Masthead Original": Look("Masthead", left=330),
    "Masthead Session": Look("Masthead", before=8, emphasis="bold"),
    "Masthead Agenda Item": Look("Masthead"),
    "Masthead Agenda Title": Look("Masthead", emphasis="bold"),
    "Masthead Committee": Look("Masthead", emphasis="bold"),
    "Masthead Sponsors": Look("Masthead", left=63, before=12, after=6, emphasis="bold"),
    "Masthead Resolution": Look("Masthead", left=63, before=12, after=6, size=14, emphasis="bold"),
    "Masthead Adopted": Look("Masthead", left=63, before=12, after=6, size=14, emphasis="bold"),
    "Masthead Proponent": Look("Masthead", left=63, after=6, emphasis="italic"),
    "Masthead Other": Look("Masthead"),
    "Resolution Title": Look(first=-48, before=12, after=12, size=12, align="left", emphasis="bold", keep_next=True),
    "Enacting Line": Look(first=24, keep_next=True),
    "Preambular Paragraph": Look(first=24),
    "Operative Paragraph": Look(first=24, tab=111),
    "Sub-paragraph 1": Look(first=24, tab=111),
    "Sub-paragraph 2": Look(left=135, first=-24),
    "Sub-paragraph 3": Look(left=159, first=-24),
    "Plain Paragraph": Look(first=24, tab=111),
    "Unclassified Paragraph": Look(),
    "Heading 1": Look(first=-38, before=12, size=12, align="left", emphasis="bold", keep_next=True, outline=0),
    "Heading 2": Look("Heading 1", before=8, size=10, outline=1),
    "Heading 3": Look(first=-38, before=6, align="left", emphasis="italic", keep_next=True, outline=2),
    "Annex Heading": Look("Heading 1", first=0, before=0, size=14, page_break=True),
    "Annex Title": Look(after=12, size=12, align="left", emphasis="bold", keep_next=True),
    "Part Heading": Look("Heading 1", before=18, after=6),
    "Table Caption": Look(before=6, align="left", emphasis="bold", keep_next=True),
    "Table Text": Look("Normal", before=1, after=1, size=8.5, align="left"),
    "Table Heading": Look("Table Text", emphasis="italic", keep_next=True),
    "Vote Line": Look(before=3, after=2, align="left", emphasis="italic"),
    "Closing Line": Look(after=0, align="right", emphasis="italic"),
    "Footnote Text": Look(size=8.5, after=2),
    "Footnote Without Indicator": Look("Footnote Text"),
    "Header": Look("Normal", size=8.5, align="left", emphasis="bold"),
    "Running Head Right": Look("Header", align="right"),
    "Footer": Look("Normal", size=8.5, align="left", emphasis="bold"),
    "Page Number Right": Look("Footer", align="right"),
}
"""Every paragraph style by its name, in the order an editor finds them in."""

BUILT_IN = {"Heading 1", "Heading 2", "Heading 3", "Header", "Footer", "Footnote Text"}
LATER = {
    "Resolution Title": "Enacting Line",
    "Part Heading": "Enacting Line",
    "Annex Heading": "Annex Title",
    "Annex Title": "Plain Paragraph",
}
"""What follows a paragraph that an editor ends; elsewhere the same again."""


def style_id(name: str) -> str:
    """Return the identifier of the style with this name."""
    return name.replace(" ", "")


def emphasis_of(name: str) -> Emphasis | None:
    """Return the emphasis a paragraph style gives to all its text."""
    look = LOOKS.get(name)
    return (look.emphasis or emphasis_of(look.base)) if look else None


def style_elements(language: Language) -> Iterator[str]:
    """Yield the XML of every style of a Word file in the language."""
    bidi = "<w:bidi/>" if language.right_to_left else ""
    yield (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
        f'<w:widowControl/>{bidi}<w:spacing w:line="{276 if language.joins_without_space else 252}" '
        'w:lineRule="auto"/></w:pPr></w:style>'
    )
    for name, look in LOOKS.items():
        yield _paragraph_style(name, look, language)
    yield _character_style("Lead Phrase", _emphasis("lead", language))
    yield _character_style("Emphasis", _emphasis("italic", language))
    yield _character_style("Strong", _emphasis("bold", language))
    yield _character_style("Hyperlink", '<w:color w:val="1F3864"/>')
    yield _character_style("footnote reference", '<w:vertAlign w:val="superscript"/>')
    yield (
        '<w:style w:type="table" w:customStyle="1" w:styleId="RunningHead"><w:name w:val="Running Head"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0"/>'
        '</w:tblBorders><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
    )
    yield (
        '<w:style w:type="table" w:customStyle="1" w:styleId="TableRules"><w:name w:val="Table Rules"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:space="0"/>'
        '<w:bottom w:val="single" w:sz="8" w:space="0"/></w:tblBorders><w:tblCellMar>'
        '<w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


def document_defaults(language: Language) -> str:
    """Return the XML of the fonts, the size and the language of all text."""
    east_asian = language.joins_without_space
    # The hint makes Word set quotation marks and dashes, common to both scripts, in the Chinese font.
    font = ' w:eastAsia="SimSun" w:hint="eastAsia"' if east_asian else ' w:eastAsia="Times New Roman"'
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}"{font}/>'
        f"{_size(10, language)}<w:lang {language_tags(language)}/></w:rPr></w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>"
    )


def language_tags(language: Language) -> str:
    """Return the attributes that say in which language the text is, for each kind of script Word knows."""
    if language.right_to_left:
        return f'w:val="{LATIN_WORDS}" w:bidi="{language.tag}"'
    east_asian = f' w:eastAsia="{language.tag}"' if language.joins_without_space else ""
    return f'w:val="{language.tag}"{east_asian}'


def _paragraph_style(name: str, look: Look, language: Language) -> str:
    """Return a paragraph style; the elements stand in the order the schema of Word asks for."""
    kind = "" if name in BUILT_IN else ' w:customStyle="1"'
    known = name.lower() if name in BUILT_IN else name
    paragraph = (
        ("<w:keepNext/><w:keepLines/>" if look.keep_next else "")
        + ("<w:pageBreakBefore/>" if look.page_break else "")
        + (f'<w:tabs><w:tab w:val="left" w:pos="{_twips(look.tab)}"/></w:tabs>' if look.tab else "")
        + _element("spacing", before=look.before, after=look.after)
        + _element("ind", left=look.left, right=look.right, **_first(look.first))
        + (f'<w:jc w:val="{look.align}"/>' if look.align else "")
        + (f'<w:outlineLvl w:val="{look.outline}"/>' if look.outline is not None else "")
    )
    # Whole lines of Chinese are set in a script face, not slanted.
    faced = look.emphasis == "italic" and language.joins_without_space
    shown = _emphasis(look.emphasis, language) if look.emphasis and not faced else ""
    character = (SCRIPT if faced else shown) + _size(look.size, language)
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{style_id(name)}"><w:name w:val="{known}"/>'
        f'<w:basedOn w:val="{style_id(look.base)}"/>'
        + (f'<w:next w:val="{style_id(LATER[name])}"/>' if name in LATER else "")
        + f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{character}</w:rPr></w:style>"
    )


def _character_style(name: str, character: str) -> str:
    kind = ' w:customStyle="1"' if name == "Lead Phrase" else ""
    return (
        f'<w:style w:type="character"{kind} w:styleId="{style_id(name.title())}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{character}</w:rPr></w:style>'
    )


def _emphasis(emphasis: Emphasis, language: Language) -> str:
    """Return what shows an emphasis; Chinese type has faces of its own for both."""
    shown = language.shown(emphasis)
    face = HEAVY if "bold" in shown else SCRIPT
    return (face if language.joins_without_space else "") + "".join(
        mark for kind, mark in MARKS.items() if kind in shown
    )


def _first(first: float | None) -> dict[str, float | None]:
    return {"hanging": -first} if first is not None and first < 0 else {"firstLine": first}


def _element(name: str, **points: float | None) -> str:
    given = "".join(f' w:{key}="{_twips(value)}"' for key, value in points.items() if value is not None)
    return f"<w:{name}{given}/>" if given else ""


def _twips(points: float) -> int:
    return round(points * 20)


def _size(points: float | None, language: Language) -> str:
    """Return a size of type, which Word keeps in half points; Chinese is set half a point larger, Arabic two points."""
    larger = 1 if language.joins_without_space else 4 if language.right_to_left else 0
    half = round(points * 2) + larger if points else 0
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half else ""
