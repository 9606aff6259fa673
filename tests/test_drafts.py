"""The head of a draft: who submits it and its title, also where it is revised. All texts are invented."""

from __future__ import annotations

import pytest

from pipeline.convert import normalize
from pipeline.languages import language
from pipeline.walk import plain

SPONSORS = {
    "en": "Atlantis, Laputa and Utopia:{} {}",
    "fr": "Atlantide, Laputa et Utopie :{} {}",
    "es": "Atlántida, Laputa y Utopía:{} {}",
    "ru": "Атлантида, Лапута и Утопия:{} {}",
    "zh": "大西洲、勒皮他和乌托邦：{}{}",
    "ar": "أطلانطس ولابوتا ويوتوبيا{}: {}",
    "de": "Atlantis, Laputa und Utopia:{} {}",
}
KINDS = {
    "en": ("draft resolution", "revised draft resolution", "draft decision", "revised draft decision"),
    "fr": ("projet de résolution", "projet de résolution révisé", "projet révisé de résolution", "projet de décision"),
    "es": ("proyecto de resolución", "proyecto de resolución revisado", "proyecto revisado de decisión"),
    "ru": ("проект резолюции", "пересмотренный проект резолюции", "пересмотренный проект решения"),
    "zh": ("决议草案", "订正决议草案", "决定草案", "订正决定草案"),
    "ar": ("مشروع قرار", "مشروع قرار منقح", "مشروع مقرر"),
    "de": ("Resolutionsentwurf", "überarbeiteter Resolutionsentwurf", "Beschlussentwurf"),
}
SUBMITTED = {
    "en": ("Draft resolution submitted by the Chair", "Revised draft decision submitted by the Bureau"),
    "fr": ("Projet de résolution déposé par le Président", "Projet de résolution révisé présenté par le Bureau"),
    "es": ("Proyecto de resolución presentado por la Mesa", "Proyecto de resolución revisado presentado por la Mesa"),
    "ru": ("Проект резолюции, представленный Бюро", "Пересмотренный проект решения, представленный Бюро"),
    "zh": ("主席提交的决议草案", "主席团提交的订正决议草案"),
    "ar": ("مشروع قرار مقدم من الرئيس", "مشروع قرار منقح مقدم من المكتب"),
    "de": ("Resolutionsentwurf, vorgelegt vom Vorsitz", "Überarbeiteter Beschlussentwurf, vorgelegt vom Präsidium"),
}
ITEM = {
    "en": "Agenda item 71 (b)", "fr": "Point 71 b) de l’ordre du jour", "es": "Tema 71 b) del programa",
    "ru": "Пункт 71 b) повестки дня", "zh": "议程项目71(b)", "ar": "البند 71 (ب) من جدول الأعمال",
    "de": "Tagesordnungspunkt 71 b)",
}  # fmt: skip
TITLE = {
    "en": ("Oceans and coasts", "The right to lamps"),
    "fr": ("Océans et côtes", "Le droit aux lampes"),
    "es": ("Océanos y costas", "El derecho a las lámparas"),
    "ru": ("Океаны и побережья", "Право на маяки"),
    "zh": ("海洋和海岸", "享有灯的权利"),
    "ar": ("المحيطات والسواحل", "الحق في المصابيح"),
    "de": ("Ozeane und Küsten", "Das Recht auf Lampen"),
}  # fmt: skip
HEADS = [
    *(
        (code, SPONSORS[code].format(star, kind))
        for code, kinds in KINDS.items()
        for kind in kinds
        for star in ("", "*")
    ),
    *((code, line) for code, lines in SUBMITTED.items() for line in lines),
]


@pytest.mark.parametrize(("code", "head"), HEADS)
def test_who_submits_a_draft_and_its_title(code: str, head: str) -> None:
    topic, title = TITLE[code]
    enacting = next(line for organ, line in language(code).enacting if organ == "unga")
    text = f"A/C.3/99/L.20/Rev.1\n{ITEM[code]}\n{topic}\n{head}\n{title}\n{enacting},\n"
    record = normalize(text.encode(), "a.txt", lang=code)
    found = record.document
    assert found.title is not None
    assert plain(found.title.inlines) == title
    lines = {line.role: plain(line.inlines).replace("\u00a0", " ") for line in found.masthead.lines}
    assert lines["agenda_title"] == topic
    assert head in {lines.get("sponsors"), lines.get("proponent")}
    assert "masthead.title" not in {finding.rule for finding in record.findings}


def test_a_head_that_is_not_known_is_told() -> None:
    text = "A/C.3/99/L.20\nAgenda item 71\nOceans\nAtlantis: a joint text\nLamps\nThe General Assembly,\n"
    record = normalize(text.encode(), "a.txt", lang="en")
    assert record.document.title is None
    assert "masthead.title" in {finding.rule for finding in record.findings}


def test_what_a_file_has_in_bold_is_the_same() -> None:
    text = "A/99/L.1\n\nAtlantis and Utopia: **draft decision**\n\nLamps\n\nThe General Assembly,\n"
    title = normalize(text.encode(), "a.md", lang="en").document.title
    assert title is not None
    assert plain(title.inlines) == "Lamps"
