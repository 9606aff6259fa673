"""Sections with preambles of their own, annexes and parts, in all languages. All texts are invented."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from pipeline.convert import convert, normalize
from pipeline.languages import codes
from pipeline.model import AnnexStart, Closing, Heading, OperativeParagraph, Paragraph, PartStart, PreambularParagraph
from pipeline.numbers import canonical
from pipeline.outline import outline
from pipeline.walk import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.convert import Conversion

LANGUAGES = {
    "en": (
        "The General Assembly,",
        "Recalling its resolution 98/1 of 2 March 2044,",
        "I",
        "Lamps",
        "Having considered the report of the Keepers,",
        "Noting with concern that it is dark,",
        "1. Approves the lamps;",
        "II",
        "Oil",
        "Mindful that oil burns,",
        "2. Requests the Secretary-General to buy oil.",
        "62nd plenary meeting",
        "4 March 2045",
        "Annex I",
        "Rules of the lamps",
        "1. The lamp is lit at dusk.",
        "2. The lamp is put out at dawn.",
        "Annex II",
        "Rules of the oil",
        "1. The oil is kept dry.",
        "2. The oil is kept cool.",
        "Appendix",
        "List of oils",
        "1. Whale oil is not used.",
    ),
    "fr": (
        "L’Assemblée générale,",
        "Rappelant sa résolution 98/1 du 2 mars 2044,",
        "I",
        "Lampes",
        "Ayant examiné le rapport des gardiens,",
        "Notant avec préoccupation qu’il fait noir,",
        "1. Approuve les lampes ;",
        "II",
        "Huile",
        "Consciente que l’huile brûle,",
        "2. Prie le Secrétaire général d’acheter de l’huile.",
        "62e séance plénière",
        "4 mars 2045",
        "Annexe I",
        "Règles des lampes",
        "1. La lampe est allumée au crépuscule.",
        "2. La lampe est éteinte à l’aube.",
        "Annexe II",
        "Règles de l’huile",
        "1. L’huile est gardée au sec.",
        "2. L’huile est gardée au frais.",
        "Appendice",
        "Liste des huiles",
        "1. L’huile de baleine n’est pas utilisée.",
    ),
    "de": (
        "Die Generalversammlung,",
        "unter Hinweis auf ihre Resolution 98/1 vom 2. März 2044,",
        "I",
        "Lampen",
        "nach Behandlung des Berichts der Wärter,",
        "mit Besorgnis feststellend, dass es dunkel ist,",
        "1. billigt die Lampen;",
        "II",
        "Öl",
        "in dem Bewusstsein, dass Öl brennt,",
        "2. ersucht den Generalsekretär, Öl zu kaufen.",
        "62. Plenarsitzung",
        "4. März 2045",
        "Anlage I",
        "Lampenregeln",
        "1. Die Lampe wird in der Dämmerung entzündet.",
        "2. Die Lampe wird bei Tagesanbruch gelöscht.",
        "Anlage II",
        "Ölregeln",
        "1. Das Öl wird trocken gelagert.",
        "2. Das Öl wird kühl gelagert.",
        "Anhang",
        "Liste der Öle",
        "1. Walöl wird nicht verwendet.",
    ),
    "es": (
        "La Asamblea General,",
        "Recordando su resolución 98/1, de 2 de marzo de 2044,",
        "I",
        "Lámparas",
        "Habiendo examinado el informe de los guardianes,",
        "Observando con preocupación que está oscuro,",
        "1. Aprueba las lámparas;",
        "II",
        "Aceite",
        "Consciente de que el aceite arde,",
        "2. Solicita al Secretario General que compre aceite.",
        "62ª sesión plenaria",
        "4 de marzo de 2045",
        "Anexo I",
        "Reglas de las lámparas",
        "1. La lámpara se enciende al anochecer.",
        "2. La lámpara se apaga al amanecer.",
        "Anexo II",
        "Reglas del aceite",
        "1. El aceite se guarda seco.",
        "2. El aceite se guarda fresco.",
        "Apéndice",
        "Lista de aceites",
        "1. No se usa aceite de ballena.",
    ),
    "ru": (
        "Генеральная Ассамблея,",
        "ссылаясь на свою резолюцию 98/1 от 2 марта 2044 года,",
        "I",
        "Лампы",
        "рассмотрев доклад смотрителей,",
        "отмечая с обеспокоенностью, что темно,",
        "1. утверждает лампы;",
        "II",
        "Масло",
        "сознавая, что масло горит,",
        "2. просит Генерального секретаря купить масло.",
        "62-е пленарное заседание,",
        "4 марта 2045 года",
        "Приложение I",
        "Правила ламп",
        "1. Лампа зажигается в сумерки.",
        "2. Лампа гасится на рассвете.",
        "Приложение II",
        "Правила масла",
        "1. Масло хранится сухим.",
        "2. Масло хранится в прохладе.",
        "Добавление",
        "Список масел",
        "1. Китовый жир не используется.",
    ),
    "zh": (
        "大会，",
        "回顾其2044年3月2日第98/1号决议，",
        "一",
        "灯",
        "审议了守灯人的报告，",
        "关切地注意到天黑，",
        "1. 核准各灯；",
        "二",
        "油",
        "意识到油可燃，",
        "2. 请秘书长购油。",
        "2045年3月4日",
        "第62次全体会议",
        "附件一",
        "灯的规则",
        "1. 黄昏点灯。",
        "2. 黎明熄灯。",
        "附件二",
        "油的规则",
        "1. 油应保持干燥。",
        "2. 油应保持凉爽。",
        "附录",
        "油类清单",
        "1. 不用鲸油。",
    ),
    "ar": (
        "إن الجمعية العامة،",
        "إذ تشير إلى قرارها 98/1 المؤرخ 2 آذار/مارس 2044،",
        "أولا",
        "المصابيح",
        "وقد نظرت في تقرير الحراس،",
        "وإذ تلاحظ مع القلق أن الظلام حل،",
        "1 - تقر المصابيح؛",
        "ثانيا",
        "الزيت",
        "وإذ تدرك أن الزيت يحترق،",
        "2 - تطلب إلى الأمين العام أن يشتري الزيت.",
        "الجلسة العامة 62",
        "4 آذار/مارس 2045",
        "المرفق الأول",
        "قواعد المصابيح",
        "1 - يضاء المصباح عند الغروب.",
        "2 - يطفأ المصباح عند الفجر.",
        "المرفق الثاني",
        "قواعد الزيت",
        "1 - يحفظ الزيت جافا.",
        "2 - يحفظ الزيت باردا.",
        "التذييل",
        "قائمة الزيوت",
        "1 - لا يستعمل زيت الحوت.",
    ),
}
"""One resolution: two sections, the second going on with the numbers of the first, three annexes that begin anew."""
COUNTED = sorted(LANGUAGES.keys() - {"ar"})
"""Where a number is `1.`; of `1 -` there is no evidence here yet."""


def read(code: str, lines: Sequence[str], between: str = "\n") -> Conversion:
    text = between.join(("A/RES/99/9", *lines)) + "\n"
    return convert(text.encode(), "structures.txt", lang=code, verify=True)


def test_every_language_has_the_resolution() -> None:
    assert set(LANGUAGES) == set(codes())


def whole(code: str) -> list[str]:
    """The resolution with a last paragraph so long that every line of the text is a paragraph."""
    *lines, last = LANGUAGES[code]
    return [*lines, " ".join([last] * 40)]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_sections_and_annexes(code: str, between: str) -> None:
    made = read(code, whole(code), between)
    blocks = made.record.document.blocks
    headings = [
        (block.level, canonical(block.number or "", capital=True)) for block in blocks if isinstance(block, Heading)
    ]
    assert headings == [(1, "I"), (1, "II")]
    annexes = [block for block in blocks if isinstance(block, AnnexStart)]
    assert [canonical(block.number or "", capital=True) for block in annexes] == ["I", "II", ""]
    assert [plain(block.title) for block in annexes] == [LANGUAGES[code][at] for at in (14, 18, 22)]
    root = etree.fromstring(made.files["xml"])
    inside = [str(element.get("eId")).partition("__")[0] for element in root.iter("{*}crossHeading")]
    assert inside == ["sec_I", "sec_I", "sec_II"]
    assert {element.get("refersTo") for element in root.iter("{*}crossHeading")} == {"#preambularParagraph"}
    assert [element.get("eId") for element in root.iter("{*}attachment")] == ["att_1", "att_2", "att_3"]


@pytest.mark.parametrize("code", COUNTED)
def test_numbers_go_on_in_sections_and_begin_anew_in_annexes(code: str) -> None:
    made = read(code, whole(code))
    numbered = [block for block in made.record.document.blocks if isinstance(block, OperativeParagraph | Paragraph)]
    assert [(type(block), block.number) for block in numbered] == [
        *((OperativeParagraph, number) for number in ("1.", "2.")),
        *((Paragraph, number) for number in ("1.", "2.", "1.", "2.", "1.")),
    ]
    assert not [finding for finding in made.record.findings if finding.rule == "body.numbers"]
    root = etree.fromstring(made.files["xml"])
    eids = [element.get("eId") for element in root.iter("{*}paragraph")]
    assert eids == [
        "sec_I__para_1", "sec_II__para_2", "att_1__para_1", "att_1__para_2", "att_2__para_1", "att_2__para_2",
        "att_3__para_1",
    ]  # fmt: skip


def in_parts(code: str, letters: tuple[str, str]) -> list[str]:
    """A resolution in two parts made of the lines of one."""
    opening, preamble, _, title, *_ = LANGUAGES[code]
    operative, closing = LANGUAGES[code][6], LANGUAGES[code][11:13]
    body = [opening, preamble, re.sub("[;；؛] ?$| ;$", ".", operative), *closing]
    return [f"99/9. {title}", letters[0], title, *body, letters[1], LANGUAGES[code][8], *body]


@pytest.mark.parametrize("code", COUNTED)
def test_parts(code: str) -> None:
    made = read(code, in_parts(code, ("A", "B")))
    blocks = made.record.document.blocks
    starts = [block for block in blocks if isinstance(block, PartStart)]
    assert [block.number for block in starts] == ["A", "B"]
    assert [plain(block.title) for block in starts] == [LANGUAGES[code][at] for at in (3, 8)]
    kinds = [type(block).__name__ for block in blocks]
    assert kinds[: len(kinds) // 2] == kinds[len(kinds) // 2 :]
    assert kinds[1:3] == ["Enacting", PreambularParagraph.__name__]
    root = etree.fromstring(made.files["xml"])
    assert etree.QName(root[0]).localname == "documentCollection"
    statements = list(root.iter("{*}statement"))
    numbers = [str(statement.xpath("string(.//*[local-name()='FRBRnumber']/@value)")) for statement in statements]
    assert numbers == ["99-9A", "99-9B"]
    assert [len(list(statement.iter("{*}preamble", "{*}conclusions"))) for statement in statements] == [2, 2]


def test_letter_of_a_section_is_no_part() -> None:
    lines = list(LANGUAGES["en"])
    lines[2], lines[7] = "A", "B"
    assert not [block for block in read("en", lines).record.document.blocks if isinstance(block, PartStart)]


def test_heading_before_the_first_number_opens_as_a_preambular_paragraph_may() -> None:
    text = (
        "General Assembly\nA/RES/99/1\n\nThe General Assembly,\n\nRecalling its resolution 98/1,\n\n{}\n\n"
        "1. Approves the lamps;\n\n2. Decides to meet again.\n"
    )
    heading = convert(text.format("Taking stock: lamps on shared coasts").encode(), "a.txt", formats=()).record
    assert isinstance(heading.document.blocks[2], Heading)
    torn = convert(text.format("Taking note of the report of 12 May 2044").encode(), "a.txt", formats=()).record
    assert isinstance(torn.document.blocks[2], PreambularParagraph)
    assert "body.unfinished" in {finding.rule for finding in torn.findings}


def test_preambular_paragraph_that_opens_as_an_operative_one_has_its_lead_phrase() -> None:
    text = (
        "General Assembly\nA/RES/99/1\n\nThe General Assembly,\n\nRecalls its resolution 98/1, where lamps are lit,\n\n"
        "1. Approves the lamps.\n"
    )
    block = convert(text.encode(), "a.txt", formats=()).record.document.blocks[1]
    assert isinstance(block, PreambularParagraph)
    assert plain(block.inlines[:1]) == "Recalls"


def test_day_of_a_misspelled_month_closes_the_text_with_the_meeting() -> None:
    closing = "1. Decides to light the lamps.\n\n62nd plenary meeting\n\n4 Merch 2045\n"
    text = f"A/RES/99/901\n\n99/901. Lamps\n\nThe General Assembly,\n\n{closing}"
    last = convert(text.encode(), "a.txt").record.document.blocks[-1]
    assert isinstance(last, Closing)
    assert [(line.role, plain(line.inlines)) for line in last.lines][1:] == [("date", "4 Merch 2045")]


def paths(code: str, *lines: str) -> list[str]:
    """Return the places of the paragraphs after an enacting line."""
    record = read(code, ("The General Assembly," if code == "en" else "大会，", *lines), "\n\n").record
    return [place.path for place in outline(record.document)][1:]


@pytest.mark.parametrize(
    ("lines", "read_as"),
    [
        (
            ("(i) to light them, and:", "by day, the first,", "by night, the second,", "(ii) to keep them;"),
            ["operative 1 a i", "operative 1 a i", "operative 1 a i", "operative 1 a ii"],
        ),
        (
            ("(i) to light them;", "and the oil;", "(b) The ships;"),
            ["operative 1 a i", "operative 1 a", "operative 1 b"],
        ),
        (("(i) to light them;", "and to tell of it;"), ["operative 1 a i", "operative 1"]),
        (
            ("(i) to light them;", "and to tell of it;", "2. Requests oil."),
            ["operative 1 a i", "operative 1", "operative 2"],
        ),
    ],
)
def test_text_between_two_items_of_a_list_belongs_to_the_first(lines: Sequence[str], read_as: Sequence[str]) -> None:
    found = paths("en", "Recalling its resolution 98/1,", "1. Decides on:", "(a) The lamps:", *lines)
    assert found == ["preambular", "operative 1", "operative 1 a", *read_as]


def test_circled_figure_opens_an_item() -> None:
    found = paths("zh", "回顾其第98/1号决议，", "1. 决定通知：", "(a) 下列守灯人：", "①点灯的人；", "②看灯的人。")
    assert found[1:] == ["operative 1", "operative 1 a", "operative 1 a 1", "operative 1 a 2"]


def test_symbol_tells_the_council_that_the_names_above_it_do_not() -> None:
    head = ("联合国", "A/HRC/RES/99/12", "大会", "Distr.: General", "4 April 2045", "Original: English", "人权理事会")
    text = ("99/12. 灯塔", "认识到灯塔为船舶指路，", "1. 决定点灯。")
    record = normalize("\n\n".join((*head, *text)).encode(), "a.txt", lang="zh")
    assert record.document.masthead.organ == "unga-hrc"
