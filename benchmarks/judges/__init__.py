"""The judges of `formats.py`, programs and libraries of others, and what each format is held to."""

from __future__ import annotations

from judges.akn import AKN_CHECK, akn_check, cobalt, rules, xml_text, xmllint
from judges.asking import Judge, corpus_file, every, law_5, module, node, nothing, one_by_one, program
from judges.office import office
from judges.pages import AXE, VNU, axe, chromium_lacks, cmark, epubcheck, odf_audit, vnu
from judges.word import docx_plus, openxml_audit, python_docx

__all__ = ["JUDGES", "Judge"]

JUDGES = (
    Judge("docx", "openxml-audit", one_by_one(openxml_audit), module("openxml_audit")),
    Judge("docx", "docx-plus, its linter", one_by_one(docx_plus), module("docx", "docx_plus")),
    Judge("docx", "LibreOffice, opened: text, notes", office("docx"), program("soffice", "LibreOffice")),
    Judge("docx", "pandoc, read back: text, notes, places", law_5("docx"), nothing),
    Judge("docx", "python-docx, read back: text, notes, places", one_by_one(python_docx), module("docx")),
    Judge("xml", "xmllint, OASIS schema", xmllint, program("xmllint", "libxml2-utils")),
    Judge("xml", "unres check", one_by_one(rules), nothing),
    Judge("xml", "akn_check.py of the corpus", akn_check, corpus_file(AKN_CHECK)),
    Judge("xml", "cobalt, loaded: strict schema, IRIs", one_by_one(cobalt), module("cobalt")),
    Judge("xml", "lxml, without tags: text, notes", one_by_one(xml_text), nothing),
    Judge("html", "vnu", vnu, every(program("java", "a Java runtime"), node(VNU))),
    Judge("html", "axe-core in Chromium, light and dark", axe, every(chromium_lacks, module("playwright"), node(AXE))),
    Judge("html", "pandoc and lxml, read back: text, notes, links", law_5("html"), nothing),
    Judge("md", "pandoc, read back: text, notes, places", law_5("md"), nothing),
    Judge("gfm", "pandoc, read back: text, notes", law_5("gfm"), nothing),
    Judge("gfm", "cmark-gfm, read back: text, notes", one_by_one(cmark), module("cmarkgfm")),
    Judge("odt", "openxml-audit, OpenDocument", one_by_one(odf_audit), module("openxml_audit")),
    Judge("odt", "LibreOffice, opened: text, notes", office("odt"), program("soffice", "LibreOffice")),
    Judge("odt", "pandoc, read back: text, notes", law_5("odt"), nothing),
    Judge("epub", "epubcheck", epubcheck, every(program("java", "a Java development kit"), module("epubcheck"))),
    Judge("epub", "pandoc, read back: text, notes", law_5("epub"), nothing),
    Judge("rtf", "LibreOffice, opened: text, notes", office("rtf"), program("soffice", "LibreOffice")),
    Judge("rtf", "pandoc, read back: text, notes", law_5("rtf"), nothing),
    Judge("txt", "read as lines: text, notes", law_5("txt"), nothing),
)
"""What every format is held to, in the order of the table."""
