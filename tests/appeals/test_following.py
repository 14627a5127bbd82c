"""The secret page of who asked, and the public one."""

from datetime import date

import pytest

from appeals.enums import HoldReason, QuestionState
from appeals.services.asking import follow_digest
from meetings.enums import DayKind
from meetings.models import DayOff
from tests.factories import Region, a_moment
from tests.factories_requests import make_person, make_question

pytestmark = pytest.mark.django_db
TOKEN = "t" * 32
ADDRESS = f"/ru/questions/follow/{TOKEN}/"
AT = a_moment(2026, 11, 24, 15, 4)
TEXT = "Мектеп жанындағы жол жөндеуді қажет етеді, Ахметов көмектесе алады."


@pytest.fixture
def okrug():
    return Region().okrug


def ask(okrug, **fields):
    return make_question(
        okrug, TEXT, at=AT, person=make_person(), follow_digest=follow_digest(TOKEN), **fields
    )


@pytest.mark.parametrize("token", ["x" * 32, "T" * 32, "t" * 31, "t" * 1000])
def test_a_guessed_address_is_not_found(client, okrug, token):
    ask(okrug)

    assert client.get(f"/ru/questions/follow/{token}/").status_code == 404


def test_the_page_is_kept_by_nobody_and_found_by_no_search_engine(client, okrug):
    ask(okrug)
    answer = client.get(ADDRESS)

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert "asel@example.kz" not in answer.content.decode()
    assert 'rel="canonical"' not in answer.content.decode()


STANDINGS = [
    ({}, "ждёт, когда его прочтёт комиссия"),
    ({"state": QuestionState.PUBLISHED}, "Ваш вопрос опубликован."),
    (
        {"state": QuestionState.HELD, "hold_reason": HoldReason.INSULT},
        "Ваш вопрос сохранён, но не опубликован.",
    ),
    ({"state": QuestionState.PUBLISHED, "answer": "Жасалды.", "answered_at": AT}, "есть ответ"),
]


@pytest.mark.parametrize(("fields", "told"), STANDINGS)
def test_the_first_line_says_where_the_question_stands(client, okrug, fields, told):
    ask(okrug, **fields)

    assert told in client.get(ADDRESS).content.decode()


def test_the_reason_of_holding_back_is_told_with_its_words(client, okrug):
    ask(
        okrug, state=QuestionState.HELD, hold_reason=HoldReason.OTHER,
        hold_words="Мәтінде көршінің есімі бар",
    )  # fmt: skip

    assert "Мәтінде көршінің есімі бар" in client.get(ADDRESS).content.decode()


def test_the_legal_term_is_shown_with_the_way_it_was_counted(client, okrug):
    DayOff.objects.create(
        day="2026-12-16", kind=DayKind.HOLIDAY, name_kk="Тәуелсіздік", name_ru="Независимость"
    )
    ask(
        okrug, eotinish_number="ЖТ-2026-1", eotinish_received_on=date(2026, 11, 28),
        eotinish_forwarded_on=date(2026, 12, 1), eotinish_forwarded_to="Жол басқармасы",
        eotinish_extended_on=date(2026, 12, 14), eotinish_extended_to=date(2027, 1, 29),
    )  # fmt: skip
    page = client.get(ADDRESS).content.decode()

    for sentence in (
        "Номер ЖТ-2026-1. Срок по закону истекает: 29 января 2027 г.",
        "Поступило 28 ноября 2026 г., в выходной день, и зарегистрировано в следующий рабочий"
        " день: 30 ноября 2026 г.",
        "последний из них: 22 декабря 2026 г.",
        "7 выходных дней в этом промежутке не считаются.",
        "последний день: 3 декабря 2026 г.",
        "Срок продлён 14 декабря 2026 г., новый срок: 29 января 2027 г.;",
        "на два месяца (22 февраля 2027 г.)",
        "в течение 3 рабочих дней (18 декабря 2026 г.)",
    ):
        assert sentence in page


def test_what_is_published_everybody_reads_without_the_person(client, okrug):
    question = ask(
        okrug, state=QuestionState.PUBLISHED, public_text="Жол жөндеуді қажет етеді.",
        is_edited=True,
    )  # fmt: skip
    page = client.get(f"/ru/questions/{question.uuid}/").content.decode()

    assert "Жол жөндеуді қажет етеді." in page
    assert TEXT not in page
    assert "Әсел" not in page


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"state": QuestionState.UNCONFIRMED},
        {"state": QuestionState.HELD, "hold_reason": HoldReason.INSULT},
    ],
)
def test_what_is_not_published_is_nobodys_to_read(client, okrug, fields):
    question = make_question(okrug, at=AT, **fields)

    assert client.get(f"/ru/questions/{question.uuid}/").status_code == 404


def test_a_merged_question_leads_to_the_one_it_is_told_under(client, okrug):
    main = make_question(okrug, at=AT, state=QuestionState.PUBLISHED)
    merged = make_question(okrug, at=AT, state=QuestionState.PUBLISHED, merged_into=main)

    answer = client.get(f"/ru/questions/{merged.uuid}/")

    assert (answer.status_code, answer["Location"]) == (302, f"/ru/questions/{main.uuid}/")


def test_a_kept_page_is_made_anew_after_a_change_on_either_side(client, okrug):
    from django.db import transaction

    from meetings.models import PublicVersion

    question = make_question(okrug, at=AT, state=QuestionState.PUBLISHED)
    address = f"/ru/questions/{question.uuid}/"
    first = client.get(address)
    for name in ("appeals", "meetings"):
        question.answer = f"Жауап {name}"
        question.save()
        assert client.get(address)["ETag"] == first["ETag"]
        with transaction.atomic():
            version, _new = PublicVersion.objects.get_or_create(name=name)
            version.number += 1
            version.save()
        first = client.get(address)
        assert question.answer in first.content.decode()


def object_to(client, words="Мәтінде ешкімнің есімі жоқ."):
    return client.post(f"{ADDRESS}object/", {"words": words})


def test_the_author_objects_once(client, okrug):
    question = ask(okrug, state=QuestionState.HELD)
    assert "object/" in client.get(ADDRESS).content.decode()

    answer = object_to(client)

    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    question.refresh_from_db()
    assert (question.objection, question.state) == ("Мәтінде ешкімнің есімі жоқ.", "held")
    page = client.get(ADDRESS).content.decode()
    assert "Мәтінде ешкімнің есімі жоқ." in page
    assert "object/" not in page
    again = object_to(client, "Тағы да.")
    assert again.status_code == 409
    question.refresh_from_db()
    assert question.objection == "Мәтінде ешкімнің есімі жоқ."


@pytest.mark.parametrize("words", ["", "  ", "ы" * 2_001, "\x00"])
def test_an_objection_needs_words_of_bounded_length(client, okrug, words):
    question = ask(okrug, state=QuestionState.HELD)

    assert object_to(client, words).status_code == 422
    question.refresh_from_db()
    assert question.objected_at is None


def test_an_objection_to_what_was_published_meanwhile_is_told_so(client, okrug):
    ask(okrug, state=QuestionState.PUBLISHED)

    answer = object_to(client)

    assert answer.status_code == 409
    assert "опубликован" in answer.content.decode()


def test_a_guessed_address_takes_no_objection(client, okrug):
    ask(okrug, state=QuestionState.HELD)

    answer = client.post(f"/ru/questions/follow/{'x' * 32}/object/", {"words": "Иә"})

    assert answer.status_code == 404
