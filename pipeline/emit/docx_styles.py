"""`styles.xml` of a Word file: the looks of `docx_looks`, the character and table styles, the defaults of all text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.emit.docx_looks import BUILT_IN, LATER, LOOKS, Look, style_id

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

WIDER = '<w:spacing w:val="4"/><w:w w:val="103"/><w:kern w:val="14"/>'
"""The official template sets Latin and Cyrillic type a little wider: 103 per cent, and 0.2 points between letters."""
CLOSE = '<w:spacing w:val="0"/><w:w w:val="100"/><w:kern w:val="0"/>'


def style_elements(language: Language) -> Iterator[str]:
    """Yield the XML of every style of a Word file in the language."""
    bidi = "<w:bidi/>" if language.right_to_left else ""
    yield (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
        f'<w:widowControl/>{bidi}<w:spacing w:line="{276 if language.joins_without_space else 252}" '
        f'w:lineRule="auto"/></w:pPr><w:rPr>{WIDER if _is_widened(language) else ""}</w:rPr></w:style>'
    )
    for name, look in LOOKS.items():
        if look.against and not language.right_to_left:
            continue
        yield _paragraph_style(name, look, language)
    yield _character_style("Lead Phrase", _emphasis("lead", language))
    yield _character_style("Emphasis", _emphasis("italic", language))
    yield _character_style("Strong", _emphasis("bold", language))
    yield _character_style("Hyperlink", '<w:color w:val="1F3864"/>')
    yield _character_style("footnote reference", '<w:vertAlign w:val="superscript"/>')
    yield _table_style("Running Head", _rule("bottom", 4), 0)
    yield _table_style("Masthead Table", _rule("bottom", 12) + _rule("insideH", 4), 0)
    yield _table_style("Table Rules", _rule("top", 4) + _rule("bottom", 8), 60, heading=_rule("bottom", 4))


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
        + ('<w:bidi w:val="0"/>' if look.against else "")
        + _element("spacing", before=look.before, after=look.after)
        + _element("ind", left=look.left, right=look.right, **_first(look.first))
        + (f'<w:jc w:val="{look.align}"/>' if look.align else "")
        + (f'<w:outlineLvl w:val="{look.outline}"/>' if look.outline is not None else "")
    )
    # Whole lines of Chinese are set in a script face, not slanted.
    faced = look.emphasis == "italic" and language.joins_without_space
    shown = _emphasis(look.emphasis, language) if look.emphasis and not faced else ""
    close = CLOSE if look.close and _is_widened(language) else ""
    character = (SCRIPT if faced else shown) + close + _size(look.size, language)
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


def _table_style(name: str, rules: str, margin: int, heading: str = "") -> str:
    """Return a table style: its rules, the margins beside the text of its cells, the rules of the row of headings."""
    sides = "".join(f'<w:{side} w:w="{margin}" w:type="dxa"/>' for side in ("left", "right"))
    first = f"<w:tcPr><w:tcBorders>{heading}</w:tcBorders></w:tcPr>"
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{rules}</w:tblBorders>'
        f"<w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>"
        + (f'<w:tblStylePr w:type="firstRow">{first}</w:tblStylePr>' if heading else "")
        + "</w:style>"
    )


def _rule(side: str, eighths: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0"/>'


def _emphasis(emphasis: Emphasis, language: Language) -> str:
    """Return what shows an emphasis; Chinese type has faces of its own for both."""
    shown = language.shown(emphasis)
    face = HEAVY if "bold" in shown else SCRIPT
    return (face if language.joins_without_space else "") + "".join(
        mark for kind, mark in MARKS.items() if kind in shown
    )


def _is_widened(language: Language) -> bool:
    return not (language.joins_without_space or language.right_to_left)


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
