"""The words of the Akoma Ntoso standard that the rules share."""

from __future__ import annotations

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
AKN = f"{{{NAMESPACE}}}"
HIERARCHY = frozenset({
    "alinea", "article", "book", "chapter", "clause", "division", "hcontainer", "indent", "level", "list",
    "paragraph", "part", "point", "proviso", "rule", "section", "subchapter", "subclause", "subdivision", "sublist",
    "subparagraph", "subpart", "subrule", "subsection", "subtitle", "title", "tome", "transitional",
})  # fmt: skip
"""The elements that make the hierarchy of a text."""
IDENTIFIED = frozenset({
    "FRBRmasterExpression", "TLCConcept", "TLCEvent", "TLCLocation", "TLCObject", "TLCOrganization", "TLCPerson",
    "TLCProcess", "TLCReference", "TLCRole", "TLCTerm", "activeRef", "address", "adjournment", "administrationOfOath",
    "alinea", "applies", "article", "attachment", "attachmentOf", "authorialNote", "blockContainer", "blockList",
    "book", "chapter", "citation", "citations", "clause", "communication", "component", "componentData", "components",
    "concept", "container", "content", "contrasts", "count", "crossHeading", "debateSection", "declarationOfVote",
    "derogates", "dissentsFrom", "distinguishes", "div", "division", "documentRef", "efficacyMod",
    "embeddedStructure", "entity", "event", "extends", "forceMod", "formula", "hasAttachment", "hcontainer",
    "heading", "indent", "interstitial", "intro", "isAnalogTo", "item", "judge", "jurisprudence", "lawyer",
    "legalSystemMod", "level", "list", "location", "longTitle", "mapping", "marker", "meaningMod",
    "ministerialStatements", "mmod", "mod", "nationalInterest", "note", "noticesOfMotion", "object", "ol",
    "oralStatements", "organization", "original", "other", "overrules", "papers", "paragraph", "part", "party",
    "passiveRef", "person", "personalStatements", "petitions", "point", "pointOfOrder", "prayers",
    "proceduralMotions", "process", "proviso", "putsInQuestion", "quantity", "questions", "quorum",
    "quorumVerification", "quotedStructure", "recital", "recitals", "recount", "ref", "resolutions", "restricts",
    "rmod", "role", "rollCall", "rref", "rule", "scopeMod", "section", "speechGroup", "subFlow", "subchapter",
    "subclause", "subdivision", "subheading", "sublist", "subparagraph", "subpart", "subrule", "subsection",
    "subtitle", "supports", "table", "tblock", "temporalGroup", "term", "textualMod", "title", "toc", "tome",
    "transitional", "ul", "voting", "wrapUp", "writtenStatements",
})  # fmt: skip
"""The elements whose type uses the attribute group `idreq` of the schema: conformance level 2 asks for their eId."""
ABBREVIATIONS = {
    "alinea": "al", "article": "art", "attachment": "att", "blockList": "list", "body": "body", "chapter": "chp",
    "citation": "cit", "citations": "cits", "clause": "cl", "component": "cmp", "componentRef": "cref",
    "components": "cmpnts", "division": "dvs", "documentRef": "dref", "eventRef": "eref", "listIntroduction": "intro",
    "listWrapUp": "wrapup", "mainBody": "body", "paragraph": "para", "quotedStructure": "qstr", "recital": "rec",
    "recitals": "recs", "section": "sec", "subchapter": "subchp", "subclause": "subcl", "subdivision": "subdvs",
    "subparagraph": "subpara", "subsection": "subsec", "temporalGroup": "tmpg", "wrapUp": "wrapup",
}  # fmt: skip
"""The short names of elements in eIds (Naming Convention 5.4; AKN.md section 7); others are called by their name."""
PARALLEL = "mul"
"""The language of a file that has a text in several (AKN.md section 3)."""
TERM_CLASSES = frozenset(
    {"Concept", "Event", "Location", "Object", "Organization", "Person", "Process", "Reference", "Role", "Term"}
)
"""The classes of terms: `TLCConcept` and the others."""
