"""What means something to a reader: a fuzzer puts it into its inputs."""

from __future__ import annotations

from tests.hostile import HOSTILE
from tests.test_laws import FRAGMENTS

MARKUP = (
    "<w:ins>", "</w:ins>", "<w:del>", "</w:del>", "<w:delText>", "<w:tbl>", "<w:tr>", "<w:tc>",
    "<w:gridSpan w:val='9'/>",
    "<w:footnoteReference w:id='1'/>", "<w:fldChar w:fldCharType='begin'/>", "<w:fldChar w:fldCharType='separate'/>",
    "<w:fldChar w:fldCharType='end'/>", "<w:instrText>NOTEREF _1</w:instrText>", "<w:numPr><w:ilvl w:val='3'/>",
    "<w:vertAlign w:val='superscript'/>", "<w:vanish/>", "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:sdt>", "w:val='-1'",
    "<text:p>", "</text:p>", "<text:list>", "<text:list-item>", "<text:note>", "<text:s text:c='9'/>", "<table:table>",
    "<table:table-cell table:number-columns-spanned='9'/>", "<text:tracked-changes>",
    "<ol start='3'>", "<ol type='a'>", "<li value='0'>", "<table>", "<td rowspan='0'>", "<sup>", "<a href='#n1'>",
    "<pre>", "<del>", "<section>", "<p id='n1'>", "<br>", "colspan='9999'", "style='display:none'",
    "{\\footnote ", "{\\*\\", "\\par ", "\\bin9 ", "\\u-1?", "\\'e9", "\\uc9", "\\trowd", "\\cell ", "\\row ",
    "\\super ",
    "{\\field{\\*\\fldinst NOTEREF x}", "{\\upr", "{\\listtext", "\\ansicpg0", "\\fcharset134", "{\\pict",
    "<authorialNote marker='1'>", "<noteRef href='#n'/>", "<paragraph eId='para_1'>", "<num>", "<content>", "<list>",
    "<tocItem>", "<FRBRdate date='2044-02-30'/>", "refersTo='#x'", "<container name='x'>", "<inline name='x'>",
    '"type": "run"', '"span": [0, 0]', '"children": []', "null", "1e999", "-1", "\\ud800",
    " Tj", " Td", "/Span BDC", "EMC", "/MCID 0", "/K [", "/S /Note", "1 0 R", "9 0 R", "/Kids [", "<< >>", "Do",
)  # fmt: skip
WORDS = sorted({*HOSTILE, *FRAGMENTS, *MARKUP})
