"""Findings in words: whole sentences in three languages, right numbers, nothing left in braces."""

from datetime import date

import pytest

from meetings.rules import (
    EDITIONS,
    Counted,
    Level,
    Reading,
    Severity,
    Unit,
    Window,
    check_calendar,
    edition_by_id,
    phrases,
)
from meetings.rules.words import plural, when_words, window_name
from tests.meetings.rules.values import a_city, a_meeting, a_unit, an_oblast

FIRST, AMENDED = edition_by_id("2022-03-03"), edition_by_id("2023-11-20")
LANGUAGES = ("kk", "ru", "en")


def _finding(*, days=(), edition=AMENDED, **more):
    meetings = [a_meeting("oblast", "district", day) for day in days]
    return check_calendar(edition, an_oblast(), meetings, 2026, **more)[-1]


def test_a_missing_meeting_in_three_languages():
    finding = _finding(edition=FIRST, days=["2026-02-02"])

    assert [tuple(finding.words(lang)) for lang in LANGUAGES] == [
        (
            "Бұзушылық: 2026 жылғы екінші жартыжылдықта 1 көшпелі кездесу жетіспейді.",
            "Талап етілетіні: 1, жоспарда: 0, өткізілгені: 0.",
            "Облыс әкімі әр ауданда және облыстық маңызы бар әр қалада жарты жылда бір рет кемінде "
            "бір көшпелі кездесу өткізеді.",
            "2022 жылғы 3 наурыздағы № 826 Жарлық, 2-тармақ, 1) тармақша",
            "",
        ),
        (
            "Нарушение: во втором полугодии 2026 года не хватает 1 выездной встречи.",
            "Требуется: 1, запланировано: 0, проведено: 0.",
            "Аким области проводит в каждом районе и городе областного значения не менее одной "
            "выездной встречи раз в полугодие.",
            "Указ № 826 от 3 марта 2022 г., п. 2, пп. 1",
            "",
        ),
        (
            "Breach: 1 visiting meeting missing in the second half of 2026.",
            "Required: 1, planned: 0, held: 0.",
            "The akim of an oblast holds at least one visiting meeting each half-year in every "
            "district and city of oblast significance.",
            "Decree No. 826 of 3 March 2022, p. 2(1)",
            "",
        ),
    ]


def test_a_met_duty_says_so():
    finding = _finding(days=["2026-02-02"])

    assert [finding.words(lang).verdict for lang in LANGUAGES] == [
        "Жарлық талабы 2026 жылы орындалған.",
        "Требование Указа в 2026 году выполнено.",
        "The decree is kept in 2026.",
    ]


def test_names_stand_in_their_base_form_after_a_colon():
    finding = _finding()

    assert [finding.words(lang, host="Батыс Қазақстан облысы", target="Орал").who
            for lang in LANGUAGES] == [
        "Әкім: Батыс Қазақстан облысы. Кездесу аумағы: Орал.",
        "Аким: Батыс Қазақстан облысы. Территория встречи: Орал.",
        "Akim: Батыс Қазақстан облысы. Place of the meeting: Орал.",
    ]  # fmt: skip


def test_a_name_with_braces_is_left_as_it_is():
    assert "{n} {" in str(_finding().words("en", host="{n} {", target="x"))


def test_the_whole_finding_reads_as_one_paragraph():
    words = _finding().words("en", host="West Kazakhstan oblast", target="Oral")

    assert str(words) == (
        "Akim: West Kazakhstan oblast. Place of the meeting: Oral. "
        "Breach: 1 visiting meeting missing in 2026. Required: 1, planned: 0, held: 0. "
        "The akim of an oblast holds at least one visiting meeting each year in every district "
        "and city of oblast significance. "
        "Decree No. 826 of 3 March 2022 as amended on 20 November 2023, p. 2(1)."
    )


def test_an_own_norm_says_that_it_is_not_the_law():
    finding = _finding(own_edition=FIRST)

    assert finding.words("ru").verdict == (
        "Собственная норма региона: во втором полугодии 2026 года не хватает 1 выездной встречи."
    )
    assert finding.why("en").endswith("this is its own norm, not the law.")


def test_advice_says_what_is_unconfirmed():
    units = [a_unit("adm", "village_admin")]

    finding = check_calendar(AMENDED, units, [], 2026)[1]

    assert finding.words("kk").verdict == (
        "Ұсыным: 2026 жылғы екінші тоқсанда 1 кездесу жетіспейді."
    )
    for lang in LANGUAGES:
        assert finding.why(lang).endswith(AMENDED.norm("N5").doubt.to(lang))


def test_joint_meetings_are_named_in_the_figures():
    units = an_oblast(districts=("a", "b"))
    plan = [a_meeting("oblast", ("a", "b"), "2026-02-02", held=True)]

    finding = check_calendar(AMENDED, units, plan, 2026)[0]

    assert finding.words("ru").figures == (
        "Требуется: 1, запланировано: 1, проведено: 1. "
        "В том числе совместно с другими территориями: 1."
    )


# Missing | what the verdict of a check of held meetings says of it in Russian and English
NOT_HELD = [
    (1, "1 выездная встреча не проведена.", "1 visiting meeting not held"),
    (2, "2 выездные встречи не проведены.", "2 visiting meetings not held"),
    (5, "5 выездных встреч не проведено.", "5 visiting meetings not held"),
    (21, "21 выездная встреча не проведена.", "21 visiting meetings not held"),
]


@pytest.mark.parametrize(("missing", "ru", "en"), NOT_HELD)
def test_what_was_not_held_is_said_in_the_right_number(missing, ru, en):
    finding = _finding(counted=Counted.HELD)._replace(missing=missing)

    assert finding.words("ru").verdict == f"Нарушение: в 2026 году {ru}"
    assert finding.words("en").verdict == f"Breach: {en} in 2026."
    assert finding.words("kk").verdict == (
        f"Бұзушылық: 2026 жылы {missing} көшпелі кездесу өткізілмеген."
    )


# Number | Russian | English: one form of a word with three, with two
NUMBERS = [
    (1, "one", "one"), (2, "few", "few"), (4, "few", "few"), (5, "many", "few"),
    (11, "many", "few"), (12, "many", "few"), (14, "many", "few"), (20, "many", "few"),
    (21, "one", "few"), (22, "few", "few"), (25, "many", "few"), (101, "one", "few"),
    (111, "many", "few"), (0, "many", "few"),
]  # fmt: skip


@pytest.mark.parametrize(("n", "ru", "en"), NUMBERS)
def test_the_form_after_a_number(n, ru, en):
    assert plural(n, "ru", ("one", "few", "many")) == ru
    assert plural(n, "en", ("one", "few")) == en
    assert plural(n, "kk", ("only",)) == "only"


# Window | when, in a sentence: kk, ru, en | its name in a heading: kk, ru, en
WINDOWS = [
    (
        ("2026-01-01", "2026-12-31"),
        ("2026 жылы", "в 2026 году", "in 2026"),
        ("2026 жыл", "2026 год", "2026"),
    ),
    (
        ("2026-07-01", "2026-12-31"),
        ("2026 жылғы екінші жартыжылдықта", "во втором полугодии 2026 года",
         "in the second half of 2026"),
        ("2026 жылғы II жартыжылдық", "II полугодие 2026 г.", "H2 2026"),
    ),
    (
        ("2022-04-01", "2022-06-30"),
        ("2022 жылғы екінші тоқсанда", "во втором квартале 2022 года",
         "in the second quarter of 2022"),
        ("2022 жылғы II тоқсан", "II квартал 2022 г.", "Q2 2022"),
    ),
    (
        ("2016-07-01", "2016-07-31"),
        ("2016 жылғы шілдеде", "в июле 2016 года", "in July 2016"),
        ("2016 жылғы шілде", "июль 2016 г.", "July 2016"),
    ),
    (
        ("2026-02-01", "2026-04-30"),
        ("2026 жылғы 1 ақпан – 30 сәуір аралығында", "с 1 февраля по 30 апреля 2026 года",
         "from 1 February to 30 April 2026"),
        ("2026 жылғы 1 ақпан – 30 сәуір", "1 февраля – 30 апреля 2026 г.",
         "1 February – 30 April 2026"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("days", "when", "name"), WINDOWS)
def test_a_window_in_words(days, when, name):
    window = Window(*map(date.fromisoformat, days))

    assert tuple(when_words(window, lang) for lang in LANGUAGES) == when
    assert tuple(window_name(window, lang) for lang in LANGUAGES) == name


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="the languages are kk, ru and en"):
        _finding().words("de")


def test_every_finding_of_every_edition_has_all_its_words():
    units = [
        *an_oblast(cities=("city",)),
        a_unit("okrug", "okrug", "district"),
        a_unit("village", "village", "okrug"),
        a_unit("adm", "village_admin", "district"),
        *a_city(districts=("quarter",)),
    ]
    plans = [[], [a_meeting("okrug", "village", "2026-02-02", held=True)]]

    for edition in EDITIONS:
        for counted in Counted:
            for plan in plans:
                for finding in check_calendar(
                    edition, units, plan, 2026, own_edition=FIRST, counted=counted
                ):
                    for lang in LANGUAGES:
                        words = finding.words(lang)
                        assert all(words[:4])
                        assert not set("{}") & set(str(words))
                        assert finding.cite(lang) == words.source


def test_every_code_has_its_words():
    assert set(phrases.SEVERITIES) == set(phrases.MET) == set(Severity)
    assert set(phrases.READINGS) == set(Reading)
    assert set(phrases.MISSING) == set(Counted)
    assert Unit("x", Level.VILLAGE).carries_post is False
