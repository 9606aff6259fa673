"""How a text was adopted, in all languages, from printed lines to every format. States and numbers are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from lxml import etree

from pipeline.convert import convert, normalize
from pipeline.languages import codes
from pipeline.model import AnnexStart, Closing, Document, Vote
from pipeline.walk import plain

if TYPE_CHECKING:
    from pipeline.model import VoteSide


class Words(NamedTuple):
    """The lines of a small resolution of the Human Rights Council in a language, with a recorded vote of 4 to 2."""

    opening: str
    closing: str
    vote: str
    without: str
    annex: str


LANGUAGES = {
    "en": Words(
        "The Human Rights Council,\nRecalling its resolution 98/7 of 2 April 2044,\n"
        "1. Decides to look out of the window.",
        "61st meeting\n4 April 2045",
        "[Adopted by a recorded vote of 4 to 2, with 1 abstention. The voting was as follows:\nIn favour:\n"
        "Arcadia, Atlantis (Kingdom of), Bosnia and Herzegovina and Erewhon\nAgainst:\n"
        "Laputa and United Kingdom of Ruritania and Northern Ireland\nAbstaining:\nThule]",
        "[Adopted without a vote.]",
        "Annex II",
    ),
    "fr": Words(
        "Le Conseil des droits de l’homme,\nRappelant sa résolution 98/7 du 2 avril 2044,\n"
        "1. Décide de regarder par la fenêtre.",
        "61e séance\n4 avril 2045",
        "[Adoptée à l’issue d’un vote enregistré par 4 voix contre 2, avec une abstention. Les voix se sont réparties "
        "comme suit :\nOnt voté pour :\nArcadie, Atlantide (Royaume de l’), Cocagne et Erewhon\nOnt voté contre :\n"
        "Laputa et Royaume-Uni de Ruritanie et d’Irlande du Nord.\nS’est abstenue :\nThulé.]",
        "[Adoptée sans vote.]",
        "Annexe II",
    ),
    "de": Words(
        "Der Menschenrechtsrat,\nunter Hinweis auf seine Resolution 98/7 vom 2. April 2044,\n"
        "1. beschließt, aus dem Fenster zu schauen.",
        "61. Sitzung\n4. April 2045",
        "[In aufgezeichneter Abstimmung mit 4 gegen 2 Stimmen bei 1 Stimmenthaltung verabschiedet. "
        "Die Abstimmung ergab:\nDafür:\nArkadien, Atlantis (Königreich), Bosnien und Herzegowina und Erewhon.\n"
        "Dagegen:\nLaputa und Liliput.\nEnthaltungen:\nThule.]",
        "[Ohne Abstimmung verabschiedet.]",
        "Anlage II",
    ),
    "es": Words(
        "El Consejo de Derechos Humanos,\nRecordando su resolución 98/7, de 2 de abril de 2044,\n"
        "1. Decide mirar por la ventana.",
        "61ª sesión\n4 de abril de 2045",
        "[Aprobada en votación registrada por 4 votos contra 2 y 1 abstención. El resultado de la votación fue el "
        "siguiente:\nVotos a favor:\nArcadia, Atlántida (Reino de la), Bosnia y Herzegovina y Erewhon.\n"
        "Votos en contra:\nLaputa e Islandia Mayor.\nAbstenciones:\nThule.]",
        "[Aprobada sin votación.]",
        "Anexo II",
    ),
    "ru": Words(
        "Совет по правам человека,\nссылаясь на свою резолюцию 98/7 от 2 апреля 2044 года,\n"
        "1. постановляет смотреть в окно.",
        "61-е заседание\n4 апреля 2045 года",
        "[Принята в результате заносимого в отчет о заседании голосования 4 голосами против 2 при 1 воздержавшемся. "
        "Голоса распределились следующим образом:\nГолосовали за:\nАркадия, Атлантида (Королевство), Босния и "
        "Герцеговина и Эревон.\nГолосовали против:\nЛапута и Лилипутия.\nВоздержались:\nТуле.]",
        "[Принята без голосования.]",
        "Приложение II",
    ),
    "zh": Words(
        "人权理事会，\n回顾其2044年4月2日第98/7号决议，\n1. 决定向窗外看。",
        "第61次会议\n2045年4月4日",
        "[经记录表决，以4票赞成、2票反对、1票弃权获得通过。表决结果如下：\n赞成：\n桃源、大西洲(王国)、"
        "波斯尼亚和黑塞哥维那、乌有共和国\n反对：\n勒皮他和小人国\n弃权：\n图勒]",
        "[未经表决获得通过。]",
        "附件二",
    ),
    "ar": Words(
        "إن مجلس حقوق الإنسان،\nإذ يشير إلى قراره 98/7 المؤرخ 2 نيسان/أبريل 2044،\n1 - يقرر أن ينظر من النافذة.",
        "الجلسة 61\n4 نيسان/أبريل 2045",
        "[اعتُمد بتصويت مسجّل بأغلبية 4 أصوات مقابل صوتين، وامتناع عضو واحد عن التصويت. وكانت نتيجة التصويت كما يلي:\n"
        "المؤيدون:\nأركاديا، وأطلانطس (مملكة -)، والبوسنة والهرسك، وإيروون\nالمعارضون:\nلابوتا وليليبوت\n"
        "الممتنعون عن التصويت:\nثولي]",
        "[اعتمد من دون تصويت.]",
        "المرفق الثاني",
    ),
}
SIDES: tuple[VoteSide, ...] = ("in_favour", "against", "abstaining")


def test_every_language_has_its_words() -> None:
    assert set(LANGUAGES) == set(codes())


def read(code: str, *parts: str) -> Document:
    text = "\n".join(("A/HRC/RES/99/4", *parts)) + "\n"
    return normalize(text.encode(), "vote.txt", lang=code).document


def the_vote(document: Document) -> Vote:
    (found,) = [block for block in document.blocks if isinstance(block, Vote)]
    return found


@pytest.mark.parametrize("code", LANGUAGES)
def test_recorded_vote(code: str) -> None:
    words = LANGUAGES[code]
    document = read(code, words.opening, words.closing, words.vote, words.annex, "Title")
    vote = the_vote(document)
    assert [type(block) for block in document.blocks[-3:]] == [Closing, Vote, AnnexStart]
    assert vote.outcome == "recorded_vote"
    assert len(vote.lines) == 7
    assert [(tally.side, tally.total, len(tally.voters)) for tally in vote.tallies] == list(
        zip(SIDES, (4, 2, 1), (4, 2, 1), strict=True)
    )
    named = [voter.name for tally in vote.tallies for voter in tally.voters]
    lists = " ".join(plain(line.inlines) for line in vote.lines)
    assert all(name in lists and name[-1] not in ".,]" for name in named)


@pytest.mark.parametrize("code", LANGUAGES)
def test_names_of_sides_that_ran_into_the_lists(code: str) -> None:
    words = LANGUAGES[code]
    glued = words.vote.replace("\n", "", 1)
    for line in words.vote.split("\n")[3::2]:
        glued = glued.replace(f"\n{line}\n", f"{line}\n")
    assert the_vote(read(code, words.opening, words.closing, glued)).tallies[0].total == 4
    found = the_vote(read(code, words.opening, words.closing, glued))
    assert [len(tally.voters) for tally in found.tallies] == [4, 2, 1]
    assert len(found.lines) == 7


@pytest.mark.parametrize("code", LANGUAGES)
def test_adopted_without_a_vote(code: str) -> None:
    words = LANGUAGES[code]
    vote = the_vote(read(code, words.opening, words.closing, words.without))
    assert (vote.outcome, len(vote.lines), vote.tallies) == ("without_vote", 1, ())


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_format_holds_the_vote(code: str) -> None:
    words = LANGUAGES[code]
    text = f"A/HRC/RES/99/4\n{words.opening}\n{words.closing}\n{words.vote}\n"
    files = convert(text.encode(), "vote.txt", lang=code, verify=True).files
    root = etree.fromstring(files["xml"])
    assert [count.get("value") for count in root.iter("{*}count")] == ["4", "2", "1"]
    assert [len(list(count.iter("{*}organization"))) for count in root.iter("{*}count")] == [4, 2, 1]
    printed = "".join(str(part.xpath("string()")) for part in root.iter("{*}conclusions"))
    assert "".join(words.vote.split()) in "".join(printed.split())
    assert b"::: vote" in files["md"]


COUNCIL = "The Security Council,\nRecalling its resolution 9001 (2044),\n1. Decides to meet at noon.\n"


@pytest.mark.parametrize(
    ("lines", "outcome", "tallies"),
    [
        ("Adopted unanimously at the\n2345th meeting.", "unanimous", []),
        ("Adopted at the 2nd meeting.", None, []),
        (
            "Adopted at the 2500th meeting\nby 13 votes to 1 against\n(Freedonia), with 1 abstention\n(Thule).",
            "vote",
            [("in_favour", 13, []), ("against", 1, ["Freedonia"]), ("abstaining", 1, ["Thule"])],
        ),
        (
            "Adopted at the 437th meeting by 9 votes to none, with 2\nabstentions (Arcadia (Kingdom of),\nThule).",
            "vote",
            [("in_favour", 9, []), ("against", 0, []), ("abstaining", 2, ["Arcadia (Kingdom of)", "Thule"])],
        ),
    ],
)
def test_older_texts_of_the_security_council(lines: str, outcome: str | None, tallies: list[object]) -> None:
    vote = the_vote(normalize((COUNCIL + lines + "\n").encode(), "council.txt", lang="en").document)
    assert vote.outcome == outcome
    found = [(tally.side, tally.total, [voter.name for voter in tally.voters]) for tally in vote.tallies]
    assert found == tallies


def test_vote_ends_where_its_bracket_closes() -> None:
    words = LANGUAGES["en"]
    after = "Annex\nA title\n1. First guideline of the windows.\n2. Second guideline of the windows."
    document = read("en", words.opening, words.closing, words.vote, after)
    assert [type(block).__name__ for block in document.blocks[-3:]] == ["AnnexStart", "Paragraph", "Paragraph"]


def test_bracket_that_never_closes_takes_the_lists_alone() -> None:
    words = LANGUAGES["en"]
    document = read("en", words.opening, words.closing, words.vote.rstrip("]"), words.annex, "Title")
    assert isinstance(document.blocks[-1], AnnexStart)
    assert len(the_vote(document).lines) == 7


def test_total_that_is_not_that_of_the_list_is_a_finding() -> None:
    words = LANGUAGES["en"]
    text = "\n".join(("A/HRC/RES/99/4", words.opening, words.closing, words.vote.replace("Thule", "Thule and Utopia")))
    (finding,) = [one for one in normalize(text.encode(), "vote.txt").findings if one.rule == "vote.count"]
    assert "1 abstaining, the list has 2" in finding.message


GERMAN = "RESOLUTION 9001 (2044)\nvom 2. April 2044\n\nDer Sicherheitsrat,\n\n1. beschließt, zu tagen.\n\n"


@pytest.mark.parametrize(
    ("line", "outcome", "tallies"),
    [
        ("Auf der 2345. Sitzung einstimmig verabschiedet.", "unanimous", []),
        (
            "Auf der 2345. Sitzung mit 13 Stimmen ohne Gegenstimme bei 2 Enthaltungen (Oz und Thule) verabschiedet.",
            "vote",
            [("in_favour", 13, []), ("against", 0, []), ("abstaining", 2, ["Oz", "Thule"])],
        ),
        (
            "Auf der 2345. Sitzung mit 12 Stimmen bei 1 Gegenstimme (Thule) und 2 Stimmenthaltungen verabschiedet.",
            "vote",
            [("in_favour", 12, []), ("against", 1, ["Thule"]), ("abstaining", 2, [])],
        ),
        (
            "Auf der 2345. Sitzung mit 13 Stimmen bei 2 Enthaltungen verabschiedet.",
            "vote",
            [("in_favour", 13, []), ("abstaining", 2, [])],
        ),
        (
            "[In einer aufgezeichneten Abstimmung mit 6 Stimmen bei 3 Gegenstimmen und 2 Enthaltungen angenommen.]",
            "recorded_vote",
            [("in_favour", 6, []), ("against", 3, []), ("abstaining", 2, [])],
        ),
        (
            "[In aufgezeichneter Abstimmung mit 6 Stimmen gegen 3 Stimmen bei keiner Enthaltung angenommen.]",
            "recorded_vote",
            [("in_favour", 6, []), ("against", 3, []), ("abstaining", 0, [])],
        ),
    ],
)
def test_german_says_it_in_several_ways(line: str, outcome: str, tallies: list[object]) -> None:
    document = normalize(f"{GERMAN}{line}\n".encode(), "vote.txt", lang="de").document
    vote = the_vote(document)
    found = [(tally.side, tally.total, [voter.name for voter in tally.voters]) for tally in vote.tallies]
    assert (vote.outcome, found) == (outcome, tallies)
    assert document.masthead.meeting == ("2345" if "2345" in line else None)


def test_german_volumes_name_meeting_and_day_above_the_title() -> None:
    line = "Verabschiedet auf der 80. Plenarsitzung am 27. März 2044, ohne Abstimmung"
    text = f"RESOLUTION 99/262\n\n{line}\n\n99/262. Lampen\n\nDie Generalversammlung,\n\n1. beschließt, zu tagen.\n"
    masthead = normalize(text.encode(), "a.txt", lang="de").document.masthead
    assert (masthead.meeting, masthead.adopted) == ("80", "2044-03-27")
