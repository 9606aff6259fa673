"""Decisions and statements of the President in every language: name, facts, paragraphs. All texts are invented."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from pipeline.convert import convert
from pipeline.kinds import kind_of
from pipeline.languages import codes, language
from pipeline.model import OperativeParagraph, Paragraph
from pipeline.walk import plain


class Words(NamedTuple):
    """How a language says what a decision has: head, opening with the meeting, the same meeting, and the end."""

    head: str
    decision: str
    same: str
    close: str


DECISIONS = {
    "ar": Words(
        "الجمعية العامة\nمقرر\nالجلسة العامة\nالدورة التاسعة والتسعون\nالبند 71 من جدول الأعمال\nالمقررات الأخرى",
        "قررت الجمعية العامة، في جلستها العامة 69 المعقودة في 26 نيسان/أبريل 2045، أن تنشر الخرائط.",
        "وقررت الجمعية العامة، في الجلسة نفسها، أن تحفظ الخرائط.",
        "الجلسة العامة 69\n26 نيسان/أبريل 2045",
    ),
    "de": Words(
        "Generalversammlung\nBeschluss\nNeunundneunzigste Tagung\nTagesordnungspunkt 71",
        "Auf ihrer 69. Plenarsitzung am 26. April 2045 beschloss die Generalversammlung, Karten zu drucken.",
        "Auf derselben Sitzung beschloss die Generalversammlung, die Karten aufzubewahren.",
        "69. Plenarsitzung\n26. April 2045",
    ),
    "en": Words(
        "General Assembly\nDecision\nPlenary\nNinety-ninth session\nAgenda item 71\nOther decisions",
        "At its 69th plenary meeting, on 26 April 2045, the General Assembly decided to publish the maps.",
        "At the same meeting, the General Assembly decided to keep the maps.",
        "69th plenary meeting\n26 April 2045",
    ),
    "es": Words(
        "Asamblea General\nDecisión\nPleno\nNonagésimo noveno período de sesiones\nTema 71 del programa\n"
        "Otras decisiones",
        "En su 69ª sesión plenaria, celebrada el 26 de abril de 2045, la Asamblea General decidió publicar los mapas.",
        "En la misma sesión, la Asamblea General decidió conservar los mapas.",
        "69ª sesión plenaria\n26 de abril de 2045",
    ),
    "fr": Words(
        "Assemblée générale\nDécision\nPlénière\nQuatre-vingt-dix-neuvième session\nPoint 71 de l’ordre du jour\n"
        "Autres décisions",
        "À sa 69e séance plénière, le 26 avril 2045, l’Assemblée générale a décidé de publier les cartes.",
        "À la même séance, l’Assemblée générale a décidé de conserver les cartes.",
        "69e séance plénière\n26 avril 2045",
    ),
    "ru": Words(
        "Генеральная Ассамблея\nРешение\nПленарное заседание\nДевяносто девятая сессия\nПункт 71 повестки дня\n"
        "Другие решения",
        "На своем 69-м пленарном заседании 26 апреля 2045 года Генеральная Ассамблея постановила опубликовать карты.",
        "На том же заседании Генеральная Ассамблея постановила хранить карты.",
        "69-е пленарное заседание\n26 апреля 2045 года",
    ),
    "zh": Words(
        "大会\n决定\n全会\n第九十九届会议\n议程项目71\n其他决定",
        "2045年4月26日，大会第69次全体会议决定公布地图。",
        "大会同次会议决定保存地图。",
        "2045年4月26日\n第69次全体会议",
    ),
}
STATEMENTS = {
    "ar": (
        "مجلس الأمن",
        "بيان من رئيس مجلس الأمن",
        "في الجلسة 9316 لمجلس الأمن، المعقودة في 19 تشرين الثاني/نوفمبر 2045، أدلى رئيس مجلس الأمن بالبيان التالي:",
        ("”يؤكد مجلس الأمن من جديد ضرورة حفظ الخرائط.", "”ويبقي المجلس المسألة قيد نظره.“"),
    ),
    "de": (
        "Sicherheitsrat",
        "Erklärung der Präsidentschaft des Sicherheitsrats",
        "Auf seiner 9316. Sitzung am 19. November 2045 gab die Präsidentschaft des Rates die folgende Erklärung ab:",
        (
            "„Der Sicherheitsrat bekräftigt, dass die Karten aufzubewahren sind.",
            "Der Rat bleibt mit der Sache befasst.“",
        ),
    ),
    "en": (
        "Security Council",
        "Statement by the President of the Security Council",
        "At the 9316th meeting of the Security Council, held on 19 November 2045, the President made this statement:",
        ("“The Security Council reaffirms that maps are to be kept.", "“The Council remains seized of the matter.”"),
    ),
    "es": (
        "Consejo de Seguridad",
        "Declaración de la Presidencia del Consejo de Seguridad",
        "En la 9316ª sesión del Consejo de Seguridad, celebrada el 19 de noviembre de 2045, la Presidencia declaró:",
        (
            "“El Consejo de Seguridad reafirma que los mapas deben conservarse.",
            "“El Consejo sigue ocupándose de ello.”",
        ),
    ),
    "fr": (
        "Conseil de sécurité",
        "Déclaration de la Présidente du Conseil de sécurité",
        "À la 9316e séance du Conseil de sécurité, tenue le 19 novembre 2045, la Présidente a déclaré\u00a0:",
        (
            "«\u00a0Le Conseil de sécurité réaffirme que les cartes sont à conserver.",
            "«\u00a0Le Conseil demeure saisi de la question.\u00a0»",
        ),
    ),
    "ru": (
        "Совет Безопасности",
        "Заявление Председателя Совета Безопасности",
        "На 9316-м заседании Совета Безопасности, состоявшемся 19 ноября 2045 года, Председатель сделал заявление:",
        (
            "«Совет Безопасности подтверждает, что карты должны храниться.",
            "«Совет продолжает заниматься этим вопросом».",
        ),
    ),
    "zh": (
        "安全理事会",
        "安全理事会主席的声明",
        "在2045年11月19日安全理事会第9316次会议上，安全理事会主席发表声明如下：",
        ("“安全理事会重申地图应予保存。", "“安全理事会继续处理此案。”"),
    ),
}


@pytest.mark.parametrize("code", sorted(DECISIONS))
@pytest.mark.parametrize("symbol", ["A/DEC/99/560", None])
def test_decision(code: str, symbol: str | None) -> None:
    words = DECISIONS[code]
    head = f"{symbol}\n{words.head}" if symbol else words.head
    text = f"{head}\n99/560. {words.head.splitlines()[0]} 9\n{words.decision}\n{words.same}\n{words.close}\n"
    conversion = convert(text.encode(), "decision.txt", formats=["xml"], lang=code)
    document = conversion.record.document
    facts = document.masthead
    assert kind_of(document) == "decision"
    assert (facts.organ, facts.symbol, facts.number) == ("unga", symbol, "99/560")  # No symbol is made up.
    assert (facts.adopted, facts.meeting) == ("2045-04-26", "69")
    paragraphs = [block for block in document.blocks if isinstance(block, OperativeParagraph)]
    assert [plain(paragraph.inlines) for paragraph in paragraphs] == [words.decision, words.same]
    assert {finding.rule for finding in conversion.record.findings} <= {"masthead.symbol"}
    xml = conversion.files["xml"].decode()
    assert '<statement name="decision"' in xml
    assert "/akn/un/statement/deliberation/unga/2045-04-26/99-560/" in xml
    assert f"<docType>{words.head.splitlines()[1]}</docType>" in xml


@pytest.mark.parametrize("code", sorted(STATEMENTS))
def test_statement(code: str) -> None:
    organ, name, opening, statement = STATEMENTS[code]
    text = "\n".join(("S/PRST/2045/28", organ, "19 November 2045", name, opening, *statement, ""))
    conversion = convert(text.encode(), "statement.txt", formats=["xml"], lang=code)
    document = conversion.record.document
    facts = document.masthead
    assert kind_of(document) == "presidentialStatement"
    assert (facts.organ, facts.number, facts.adopted, facts.meeting) == ("unsc", "2045/28", "2045-11-19", "9316")
    assert all(isinstance(block, Paragraph) for block in document.blocks)
    assert [plain(block.inlines) for block in document.blocks if isinstance(block, Paragraph)] == [opening, *statement]
    assert not conversion.record.findings
    assert '<statement name="presidentialStatement"' in conversion.files["xml"].decode()


def test_every_language_has_a_case() -> None:
    assert set(DECISIONS) == set(STATEMENTS) == set(codes())


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Adopted by the Security Council at its 7317th meeting, on 20 November 2045"),
        ("zh", "2045年11月20日安全理事会第7317次会议通过"),
        ("ru", "принятая Советом Безопасности на его 7317-м заседании 20 ноября 2045 года"),
        ("en", "At its ninety-ninth session, the General Assembly decided to keep the maps."),
    ],
)
def test_what_is_no_opening_of_a_decision(code: str, text: str) -> None:
    assert not language(code).opens_act(text)


def test_a_line_after_the_adoption_opens_no_decision() -> None:
    lines = [
        "القرار 2999 (2045)",
        "الذي اتخذه مجلس الأمن",
        "في جلسته 7317 المعقودة في 20 تشرين الثاني/نوفمبر 2045",
        "إن مجلس الأمن،",
    ]
    text = "S/RES/2999 (2045)\nمجلس الأمن\n" + "\n".join(lines) + "\n1 - يقرر أن يحفظ الخرائط.\n"
    document = convert(text.encode(), "resolution.txt", formats=[], lang="ar").record.document
    assert kind_of(document) == "resolution"
    assert document.masthead.meeting == "7317"
