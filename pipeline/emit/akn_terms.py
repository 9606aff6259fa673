"""The terms a file may point to (`TLC…` elements), and the few every file declares (AKN.md section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import Organ

TERMS: dict[str, tuple[str, str, str]] = {
    "un": ("Organization", "un", "United Nations"),
    "unga": ("Organization", "unga", "United Nations General Assembly"),
    "unsc": ("Organization", "unsc", "United Nations Security Council"),
    "unecosoc": ("Organization", "unecosoc", "United Nations Economic and Social Council"),
    "unga-hrc": ("Organization", "unga-hrc", "United Nations Human Rights Council"),
    "unitedNations": ("Organization", "unitedNations", "United Nations"),
    "generalAssembly": ("Organization", "generalAssembly", "General Assembly"),
    "securityCouncil": ("Organization", "securityCouncil", "Security Council"),
    "economicAndSocialCouncil": ("Organization", "economicAndSocialCouncil", "Economic and Social Council"),
    "humanRightsCouncil": ("Organization", "humanRightsCouncil", "Human Rights Council"),
    "converter": ("Organization", "converter", "unres"),
    "adoption": ("Event", "adoption", "Adoption"),
    "plenaryMeeting": ("Event", "plenaryMeeting", "Plenary meeting"),
    "session": ("Event", "session", "Session"),
    "author": ("Role", "author", "Author"),
    "issuer": ("Role", "issuer", "Issuer"),
    "editor": ("Role", "editor", "Editor"),
    "adopted": ("Concept", "adopted", "Adopted"),
    "adoptedRecordedVote": ("Concept", "adoptedRecordedVote", "Adopted by recorded vote"),
    "adoptedUnanimously": ("Concept", "adoptedUnanimously", "Adopted unanimously"),
    "adoptedVote": ("Concept", "adoptedVote", "Adopted by vote"),
    "adoptedWithoutVote": ("Concept", "adoptedWithoutVote", "Adopted without a vote"),
    "agendaItem": ("Concept", "agendaItem", "Agenda item"),
    "dateOfAdoption": ("Concept", "dateOfAdoption", "Date of adoption"),
    "dateOfIssuance": ("Concept", "dateOfIssuance", "Date of issuance"),
    "enactingFormula": ("Concept", "enactingFormula", "Enacting formula"),
    "generalDistribution": ("Concept", "generalDistribution", "General distribution"),
    "limitedDistribution": ("Concept", "limitedDistribution", "Limited distribution"),
    "inFavour": ("Concept", "voting/inFavour", "In favour"),
    "against": ("Concept", "voting/against", "Against"),
    "abstaining": ("Concept", "voting/abstaining", "Abstaining"),
    "voting": ("Concept", "voting", "Voting"),
    "memberState": ("Concept", "memberState", "Member State"),
    "meetingNumber": ("Concept", "meetingNumber", "Meeting number"),
    "preambularParagraph": ("Concept", "preamble", "Preambular paragraph"),
    "resolutionPart": ("Concept", "resolutionPart", "Part of a resolution"),
    "resolutionNumber": ("Concept", "resolutionNumber", "Resolution number"),
    "resolutionTitle": ("Concept", "resolutionTitle", "Resolution title"),
    "symbol": ("Concept", "symbol", "Symbol"),
}
"""eId -> class, last part of the IRI, words; in the order they are written."""

ALWAYS = frozenset(
    {
        "converter", "adoption", "plenaryMeeting", "author", "issuer", "editor",
        "dateOfAdoption", "meetingNumber", "resolutionNumber", "resolutionTitle",
    }
)  # fmt: skip

ORGAN_TERMS: dict[Organ, str] = {
    "unga": "generalAssembly",
    "unsc": "securityCouncil",
    "unecosoc": "economicAndSocialCouncil",
    "unga-hrc": "humanRightsCouncil",
}
