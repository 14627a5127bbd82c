"""Codes from letters: once, soon, few, and only the right one."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.urls import get_resolver
from django.utils import timezone

from appeals.enums import Purpose
from appeals.models import Code
from appeals.services import codes
from meetings.models import Letter
from meetings.services import outbox

pytestmark = pytest.mark.django_db
SUBJECT = "question:6f9619ff-8b86-4d01-b42d-00cf4fc964ff"


@pytest.fixture
def confirmed(monkeypatch):
    """What the codes of the test confirmed."""
    # The rooms register their own functions when the addresses are read for the first time.
    assert get_resolver().url_patterns
    done = []

    def handler(code):
        done.append((code.subject, code.details))
        return "/ru/"

    monkeypatch.setitem(codes._handlers, Purpose.ASK, handler)
    return done


def ask(**more) -> Code:
    values = {"visitor": "10.0.0.1", "details": {"name": "Әсел"}} | more
    email = values.pop("email", "Asel@Example.kz")
    return codes.ask_code(Purpose.ASK, SUBJECT, email, "ru", **values)


def digits() -> str:
    """The code of the last letter."""
    outbox.drain()
    return re.search(r"\d{3} \d{3}", mail.outbox[-1].subject)[0]


def url(code: Code) -> str:
    return f"/ru/confirm/{code.uuid}/"


def test_the_right_code_does_what_it_confirms_once(client, confirmed):
    code = ask()
    typed = digits()

    answer = client.post(url(code), {"code": typed})

    assert (answer.status_code, answer["Location"]) == (302, "/ru/")
    assert confirmed == [(SUBJECT, {"name": "Әсел", "to": "Asel@Example.kz"})]
    again = client.post(url(code), {"code": typed})
    assert again.status_code == 409
    assert "уже использован" in again.content.decode()
    assert len(confirmed) == 1


def test_five_wrong_codes_shut_the_door_for_the_right_one_too(client, confirmed):
    code = ask()
    typed = digits()
    wrong = "000 001" if typed == "000 000" else "000 000"
    told = []
    for _try in range(codes.MOST_TRIES):
        answer = client.post(url(code), {"code": wrong})
        told.append(
            (
                answer.status_code,
                re.findall(r"Остал[а-я]+ \d+ попыт[а-я]+", answer.content.decode()),
            )
        )

    assert told == [
        (422, ["Осталось 4 попытки"]), (422, ["Осталось 3 попытки"]), (422, ["Осталось 2 попытки"]),
        (422, ["Осталась 1 попытка"]), (422, []),
    ]  # fmt: skip
    assert client.post(url(code), {"code": typed}).status_code == 409
    assert confirmed == []


def test_a_code_is_good_for_half_an_hour(client, confirmed):
    code = ask()
    typed = digits()
    with time_machine.travel(timezone.now() + codes.FRESH + timedelta(seconds=1)):
        answer = client.post(url(code), {"code": typed})

    assert answer.status_code == 409
    assert confirmed == []


def test_a_new_code_takes_the_place_of_the_old_one(client, confirmed):
    code = ask()
    old = digits()

    answer = client.post(f"{url(code)}again/")
    fresh = Code.objects.order_by("-pk")[0]

    assert answer["Location"] == url(fresh)
    assert client.post(url(code), {"code": old}).status_code == 409
    assert client.post(url(fresh), {"code": digits()}).status_code == 302
    assert confirmed == [(SUBJECT, {"name": "Әсел", "to": "Asel@Example.kz"})]


def test_letters_to_one_address_are_few_however_it_is_typed(settings):
    for number in range(settings.CODES_TO_ADDRESS):
        ask(visitor=f"10.0.0.{number}", email=["asel@example.kz", "ASEL@example.kz "][number % 2])

    with pytest.raises(codes.TooMany):
        ask(visitor="10.0.1.1")
    assert Letter.objects.count() == settings.CODES_TO_ADDRESS
    ask(visitor="10.0.1.1", email="other@example.kz")


def test_codes_from_one_network_address_are_few(settings):
    settings.CODES_FROM_VISITOR = 3
    for number in range(3):
        ask(email=f"user{number}@example.kz")

    with pytest.raises(codes.TooMany):
        ask(email="user4@example.kz")


def test_neither_the_code_nor_the_address_lies_open_in_the_tables(confirmed):
    code = ask()
    typed = digits().replace(" ", "")
    kept = [
        str(value)
        for model in (Code, Letter)
        for row in model.objects.values_list()
        for value in row
    ]

    assert not [value for value in kept if typed in value or "asel" in value.casefold()]
    assert Letter.objects.get(key=f"code:{code.uuid}").sealed == ""


def test_the_subject_names_no_person_and_the_letter_leads_to_our_own_page():
    code = ask()
    outbox.drain()
    letter = mail.outbox[-1]

    assert letter.to == ["Asel@Example.kz"]
    assert re.fullmatch(r"Код: \d{3} \d{3}", letter.subject)
    assert f"http://127.0.0.1:8000/ru/confirm/{code.uuid}/" in letter.body
    assert "Әсел" not in letter.body


def test_what_the_handler_refuses_leaves_the_code_good(client, monkeypatch):
    from meetings.errors import Refused

    assert get_resolver().url_patterns

    def refuse(code):
        raise Refused("Слот занят.")

    monkeypatch.setitem(codes._handlers, Purpose.ASK, refuse)
    code = ask()

    answer = client.post(url(code), {"code": digits()})

    assert answer.status_code == 422
    assert "Слот занят." in answer.content.decode()
    code.refresh_from_db()
    assert (code.used_at, code.tries) == (None, 0)


@pytest.mark.parametrize("typed", ["", "abc", "12345", "1234567", "१२३४५६", "1" * 10_000, "\x00"])
def test_what_is_no_code_is_told_and_kept(client, confirmed, typed):
    code = ask()

    answer = client.post(url(code), {"code": typed})

    assert answer.status_code == 422
    assert confirmed == []


def test_of_a_question_it_is_said_again_that_it_is_no_formal_appeal(client):
    pages = {}
    for purpose in (Purpose.ASK, Purpose.VERDICT):
        code = codes.ask_code(purpose, SUBJECT, "asel@example.kz", "ru", visitor="10.0.0.1")
        pages[purpose] = client.get(url(code)).content.decode()

    assert 'href="https://eotinish.kz"' in pages[Purpose.ASK]
    assert "15 рабочих дней" in pages[Purpose.ASK].replace("\xa0", " ")
    assert "eotinish" not in pages[Purpose.VERDICT]


def test_a_code_is_asked_for_in_a_transaction_with_its_letter():
    with transaction.atomic():
        ask()
        transaction.set_rollback(True)

    assert (Code.objects.count(), Letter.objects.count()) == (0, 0)
