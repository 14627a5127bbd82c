"""Voices: one confirmed address, one voice."""

import re

import pytest
from django.core import mail

from appeals.enums import QuestionState
from appeals.models import Question, Support
from appeals.services import supporting
from meetings.errors import Refused
from meetings.models import Letter
from meetings.services import outbox
from tests.factories import Region
from tests.factories_requests import make_person, make_question, make_support

pytestmark = pytest.mark.django_db


@pytest.fixture
def okrug():
    return Region().okrug


@pytest.fixture
def question(okrug):
    return make_question(okrug, state=QuestionState.PUBLISHED, person=make_person())


def give_voice(client, question, email="bek@example.kz") -> str:
    """The address to which a right code leads."""
    answer = client.post(f"/ru/questions/{question.uuid}/support/", {"email": email})
    outbox.drain()
    digits = re.search(r"\d{3} \d{3}", mail.outbox[-1].subject)[0]
    return client.post(answer["Location"], {"code": digits})["Location"]


def test_a_voice_counts_when_its_code_is_typed(client, question):
    client.post(f"/ru/questions/{question.uuid}/support/", {"email": "bek@example.kz"})
    assert Support.objects.count() == 0

    where = give_voice(client, question)

    assert where == f"/ru/questions/{question.uuid}/?voice=counted"
    assert Question.objects.get().voices == 1
    page = client.get(where).content.decode()
    assert "1 голос" in page
    assert "ваш голос учтён" in page
    assert "bek@" not in page


def test_a_second_voice_of_one_address_is_told_kindly_and_not_counted(client, question):
    give_voice(client, question)
    where = give_voice(client, question, "BEK@example.kz")

    assert where.endswith("?voice=again")
    assert "уже был учтён" in client.get(where).content.decode()
    assert Question.objects.get().voices == 1


def test_who_asked_needs_no_other_voice(client, question):
    where = give_voice(client, question, "asel@example.kz")

    assert where.endswith("?voice=own")
    assert Question.objects.get().voices == 0


def test_the_page_tells_a_stranger_nothing_of_whose_voice_is_given(client, question):
    make_support(question, "bek@example.kz")
    address = f"/ru/questions/{question.uuid}/support/"
    known = client.post(address, {"email": "bek@example.kz"})
    other = client.post(address, {"email": "other@example.kz"})

    assert (known.status_code, other.status_code) == (302, 302)
    assert [letter.kind for letter in Letter.objects.order_by("pk")] == ["code", "code"]


def test_a_voice_for_a_question_merged_meanwhile_counts_for_the_one_it_is_told_under(
    client, okrug, question
):
    main = make_question(okrug, state=QuestionState.PUBLISHED)
    make_support(main, "bek@example.kz")
    answer = client.post(f"/ru/questions/{question.uuid}/support/", {"email": "new@example.kz"})
    Question.objects.filter(pk=question.pk).update(merged_into=main)
    outbox.drain()
    digits = re.search(r"\d{3} \d{3}", mail.outbox[-1].subject)[0]

    done = client.post(answer["Location"], {"code": digits})

    assert done["Location"] == f"/ru/questions/{main.uuid}/?voice=counted"
    main.refresh_from_db()
    assert main.voices == 3  # the supporter of each, and the author of the merged one


@pytest.mark.parametrize(
    "fields", [{}, {"state": QuestionState.HELD}, {"state": QuestionState.UNCONFIRMED}]
)
def test_what_is_not_public_takes_no_voice(client, okrug, fields):
    question = make_question(okrug, **fields)

    answer = client.post(f"/ru/questions/{question.uuid}/support/", {"email": "bek@example.kz"})

    assert answer.status_code == 404
    with pytest.raises(Refused):
        supporting.support(question, email="bek@example.kz", language="ru", visitor="10.0.0.1")


def test_a_question_held_back_meanwhile_takes_no_voice_and_says_so(client, question):
    answer = client.post(f"/ru/questions/{question.uuid}/support/", {"email": "bek@example.kz"})
    Question.objects.update(state=QuestionState.HELD, hold_reason="insult")
    outbox.drain()
    digits = re.search(r"\d{3} \d{3}", mail.outbox[-1].subject)[0]

    done = client.post(answer["Location"], {"code": digits})

    assert done.status_code == 422
    assert Support.objects.count() == 0


@pytest.mark.parametrize("typed", [{"email": "bek"}, {"email": ""}, {"website": "x"}])
def test_what_is_wrong_is_told(client, question, typed):
    answer = client.post(
        f"/ru/questions/{question.uuid}/support/", {"email": "bek@example.kz"} | typed
    )

    assert answer.status_code == 422
    assert Letter.objects.count() == 0
