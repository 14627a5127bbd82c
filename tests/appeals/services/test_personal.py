"""Names and contacts: read for a purpose, recorded, within one's territory alone."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from appeals.enums import ReadFor
from appeals.models import Person, PersonalRead
from appeals.services import personal
from meetings.enums import Role
from meetings.errors import Refused
from meetings.models import Act
from tests.factories import Region, make_user
from tests.factories_requests import make_person, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return Region()


def asked(unit, **given):
    return make_question(unit, person=make_person(**given))


def test_a_reading_is_recorded_with_its_purpose_and_tells_nothing_in_the_log(region):
    question, clerk = asked(region.okrug), make_user(Role.COMMISSION, region.first)

    read = personal.read(
        question.person, by=clerk, purpose=ReadFor.ASK_BACK, words="Қай көше?",
        subject=f"question:{question.uuid}",
    )  # fmt: skip

    assert read == {"name": "Әсел Нұрланқызы", "email": "asel@example.kz"}
    kept = PersonalRead.objects.get()
    assert (kept.by, kept.person, kept.purpose) == (clerk, question.person, "ask_back: Қай көше?")
    act = Act.objects.get(verb="personal.read")
    assert (act.subject, act.region) == (f"question:{question.uuid}", region.region)
    assert act.detail == {"purpose": "ask_back", "people": 1}


def test_a_journal_is_a_record_for_each_person_and_one_act(region):
    questions = [asked(region.okrug, email=f"a{n}@example.kz") for n in range(3)]
    clerk = make_user(Role.RECEPTION, region.region)

    read = personal.read_many(
        [one.person for one in questions], by=clerk, purpose=ReadFor.RECEPTION,
        subject="reception:1",
    )  # fmt: skip

    assert [read[one.person.pk]["email"] for one in questions] == [
        "a0@example.kz", "a1@example.kz", "a2@example.kz",
    ]  # fmt: skip
    assert PersonalRead.objects.count() == 3
    assert Act.objects.get().detail == {"purpose": "reception", "people": 3}


def test_who_may_not_read_reads_nothing_and_leaves_no_record(region):
    question = asked(region.okrug)
    others = [
        make_user(Role.COMMISSION, region.second), make_user(Role.COORDINATOR, region.region),
        make_user(Role.ADMINISTRATOR, None), make_user(),
    ]  # fmt: skip
    for user in others:
        with pytest.raises(PermissionDenied):
            personal.read(question.person, by=user, purpose=ReadFor.ANSWER, subject="question:1")
    nobodys = make_person()
    with pytest.raises(PermissionDenied):
        personal.read(
            nobodys, by=make_user(Role.COMMISSION, None), purpose=ReadFor.ANSWER, subject="q:1"
        )

    assert not PersonalRead.objects.exists()
    assert not Act.objects.exists()


@pytest.mark.parametrize(
    ("purpose", "words", "field"),
    [("", "", "purpose"), ("curious", "", "purpose"), ("other", "", "words"),
     ("answer", "а\x00б", "words"), ("answer", "ы" * 251, "words")],
)  # fmt: skip
def test_without_a_purpose_nothing_is_read(region, purpose, words, field):
    question, clerk = asked(region.okrug), make_user(Role.COMMISSION, region.first)
    with pytest.raises(Refused) as refused:
        personal.read(question.person, by=clerk, purpose=purpose, words=words, subject="question:1")

    assert refused.value.field == field
    assert not PersonalRead.objects.exists()


def test_records_of_readings_cannot_be_changed_or_deleted(region):
    question, clerk = asked(region.okrug), make_user(Role.COMMISSION, region.first)
    personal.read(question.person, by=clerk, purpose=ReadFor.ANSWER, subject="question:1")

    for attempt in (
        lambda: PersonalRead.objects.update(purpose="other"),
        lambda: PersonalRead.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert PersonalRead.objects.get().purpose == "answer"


def test_an_iin_is_shown_by_its_last_four_digits_alone(region):
    person = make_person()
    person.sealed = Person.sealed_from(name="Ерлан", iin="870412301234", follow="secret")
    person.save()
    make_question(region.okrug, person=person)
    clerk = make_user(Role.COMMISSION, region.first)

    read = personal.read(person, by=clerk, purpose=ReadFor.ANSWER, subject="question:1")

    assert read == {"name": "Ерлан", "iin": "********1234"}
    assert personal.masked(person) == {"name": "••••••", "iin": "********1234"}
    assert "870412301234" not in json.dumps(list(PersonalRead.objects.values()), default=str)
