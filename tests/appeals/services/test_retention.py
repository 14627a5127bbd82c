"""What is past its days is taken out or emptied, once, and counted."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from appeals.cleaning import Cleaned
from appeals.enums import DemandState, HallSource, HallState, QuestionState, VerdictWord
from appeals.models import Booking, HallItem, Person, Question, Support, Verdict
from appeals.services import asking, files, retention, voices
from meetings.enums import LetterState
from meetings.models import Letter
from meetings.sealing import address_mark
from tests.appeals.halls import HallWorld
from tests.appeals.pool_rows import make_problem
from tests.appeals.receptions import EARLIER, Case
from tests.factories_requests import make_demand, make_person, make_question, make_support

pytestmark = pytest.mark.django_db
NOTE = Cleaned("image/jpeg", "jpg", b"\xff\xd8 a photo")
ADDRESS = "asel@example.kz"
LATER = EARLIER + timedelta(days=1_200)


def counted(*, is_dry=False) -> dict[str, int]:
    return {rule.name: number for rule, number in retention.forget_old(is_dry=is_dry) if number}


def a_life() -> tuple[Question, Booking]:
    with time_machine.travel(EARLIER):
        case = Case()
        okrug = case.land.okrug
        asked = make_question(okrug, state=QuestionState.PUBLISHED, person=make_person())
        Person.objects.filter(pk=asked.person.pk).update(keep_until=date(2029, 11, 23))
        make_support(asked, "one@example.kz")
        make_support(asked, "two@example.kz")
        voices.recount(asked)
        Verdict.objects.create(
            problem=make_problem(okrug), mark=address_mark(ADDRESS), word=VerdictWord.SOLVED,
            at=timezone.now(),
        )  # fmt: skip
        make_question(okrug, state=QuestionState.UNCONFIRMED, person=make_person("no@example.kz"))
        Letter.objects.create(
            key="a", kind="asked", language="ru", mark=address_mark(ADDRESS), sealed="",
            created_at=timezone.now(), due_at=timezone.now(), state=LetterState.SENT,
            done_at=timezone.now(),
        )  # fmt: skip
        return asked, case.enter(case.slots()[0], "Ерлан", phone="+7 701 123 45 67")


def test_nothing_is_forgotten_before_its_day_and_each_thing_once_after_it():
    asked, booking = a_life()
    booking.person.keep_until = date(2029, 11, 23)
    booking.person.save()
    with time_machine.travel(EARLIER + timedelta(days=1)):
        assert counted() == {}
    with time_machine.travel(LATER, tick=False):
        due = counted(is_dry=True)
        assert counted(is_dry=True) == due
        assert counted() == due
        assert counted() == {}

    assert due == {
        "unconfirmed_questions": 1, "persons": 2, "voices": 3, "bookings": 1, "letters": 1,
    }  # fmt: skip
    for person in Person.objects.filter(pk__in=(asked.person.pk, booking.person.pk)):
        assert (person.details, person.erased_at) == ({}, LATER)
    # The text and its two voices stand; nobody can be told by them.
    assert len(voices.marks_of(asked)) == 2
    assert not Support.objects.exclude(sealed="").exists()
    booking.refresh_from_db()
    assert (booking.subject, booking.mark, booking.link_sealed) == ("", "", "")


def test_people_who_gave_no_address_do_not_become_one():
    with time_machine.travel(EARLIER):
        case = Case()
        both = [
            case.enter(slot, name, phone=phone).person
            for slot, name, phone in zip(
                case.slots()[:2], ("Ерлан", "Болат"), ("+7 701 123 45 67", "+7 702 765 43 21"),
                strict=True,
            )
        ]  # fmt: skip
        Person.objects.update(mark="", keep_until=date(2029, 11, 23))
    with time_machine.travel(LATER, tick=False):
        assert counted()["persons"] == 2

    marks = {Person.objects.get(pk=one.pk).mark for one in both}
    assert len(marks) == 2
    assert "" not in marks


HALL = [  # days since it came | was it sent before the meeting | whether its mark stays
    (29, False, True),
    (31, False, False),
    (31, True, True),
    (1_097, True, False),
]


def test_marks_of_a_hall_go_and_those_that_lead_to_an_author_stay_as_long_as_the_author():
    hall = HallWorld()
    day, okrug = hall.day, hall.okrug
    for number, (age, is_sent, _stays) in enumerate(HALL, start=1):
        HallItem.objects.create(
            day=day, number=number, person_mark="m", came_at=LATER - timedelta(days=age),
            source=HallSource.SENT if is_sent else HallSource.PHONE,
            question=make_question(okrug) if is_sent else None,
        )  # fmt: skip
    with time_machine.travel(LATER, tick=False):
        counted()

    assert [bool(one.person_mark) for one in HallItem.objects.all()] == [row[2] for row in HALL]


TEXTS = [  # state | age in days | text, public text | objection | what stays of the two texts
    (QuestionState.PUBLISHED, 1_000, ("Абай 7, су?", "Су?"), "", ("Абай 7, су?", "Су?")),
    (QuestionState.PUBLISHED, 1_097, ("Абай 7, су?", "Су?"), "", ("Су?", "Су?")),
    (QuestionState.PUBLISHED, 1_097, ("Су?", "Су?"), "", ("Су?", "Су?")),
    (QuestionState.HELD, 1_000, ("Құпия", ""), "Неге?", ("Құпия", "")),
    (QuestionState.HELD, 1_097, ("Құпия", ""), "Неге?", ("", "")),
    (QuestionState.HELD, 1_097, ("Құпия", "Құпия"), "", ("", "")),
    # Nobody has read it: it waits for its reader.
    (QuestionState.WAITING, 1_097, ("Оқылмаған", ""), "", ("Оқылмаған", "")),
]
LINKED = "the-key-of-a-question"


@pytest.mark.parametrize(("state", "age", "texts", "objection", "stay"), TEXTS)
def test_what_only_the_office_read_goes_with_its_days(client, state, age, texts, objection, stay):
    with time_machine.travel(LATER - timedelta(days=age)):
        hall = HallWorld()
        asked = make_question(
            hall.okrug, texts[0], public_text=texts[1], state=state, objection=objection,
            follow_digest=asking.follow_digest(LINKED), place_words="Абай 7",
            is_edited=texts[0] != texts[1], answer="Жауап",
        )  # fmt: skip
        item = HallItem.objects.create(
            day=hall.day, question=asked, source=HallSource.SENT, text="Абай 7, су?",
            public_text="Үй 7, су?", came_at=timezone.now(), state=HallState.CALLED,
        )  # fmt: skip
        with transaction.atomic():
            files.attach(asked, [NOTE], at=timezone.now())
    kept = (stay == texts and age < 1_097) or state == QuestionState.WAITING
    with time_machine.travel(LATER, tick=False):
        due = counted(is_dry=True).get("texts", 0)
        assert counted().get("texts", 0) == due
        assert "texts" not in counted()
        link = client.get(f"/ru/questions/follow/{LINKED}/")

    was = asked
    asked = Question.objects.get()
    item.refresh_from_db()
    assert (asked.text, asked.public_text) == stay
    assert (asked.state, asked.answer, asked.is_edited) == (was.state, "Жауап", was.is_edited)
    assert due == (0 if kept else 2)
    assert link.status_code == (200 if kept else 404)
    assert (asked.place_words, asked.objection) == (("Абай 7", objection) if kept else ("", ""))
    assert asked.attachments.count() == (1 if kept else 0)
    assert item.public_text == ("Үй 7, су?" if kept else stay[1])
    assert item.text == ("Абай 7, су?" if kept else stay[1])
    assert [move.deed for move in asked.moves.all()] == ([] if kept else ["forget"])
    if not kept:
        assert "Ссылка перестаёт работать" in link.content.decode()


def test_an_old_demand_and_a_text_that_no_hall_read_keep_what_was_public():
    with time_machine.travel(LATER - timedelta(days=1_097)):
        hall = HallWorld()
        office = hall.region.office(hall.region.first)
        public = make_demand(hall.okrug, office, "Абай 7, су?", public_text="Су?", is_edited=True)
        held = make_demand(hall.region.second, office, "Құпия", state=DemandState.HELD)
        for state, reason in ((HallState.UNREAD, ""), (HallState.HELD, "insult")):
            HallItem.objects.create(
                day=hall.day, source=HallSource.PHONE, number=state == HallState.HELD, state=state,
                hold_reason=reason, text="Абай 7", came_at=timezone.now(),
            )  # fmt: skip
    with time_machine.travel(LATER, tick=False):
        assert counted()["texts"] == 4
        assert "texts" not in counted()

    public.refresh_from_db()
    held.refresh_from_db()
    assert (public.text, public.public_text, public.is_edited) == ("Су?", "Су?", True)
    assert (held.text, held.state) == ("", DemandState.HELD)
    assert {one.text for one in HallItem.objects.all()} == {""}


def test_the_command_says_how_many_and_a_dry_run_changes_nothing():
    a_life()
    with time_machine.travel(LATER, tick=False):
        said = StringIO()
        call_command("forget_old", "--dry-run", stdout=said)
        assert "       1  subjects and notes of bookings" in said.getvalue()
        assert "Nothing was changed." in said.getvalue()
        assert Person.objects.filter(erased_at=None).count() == 3
        call_command("forget_old", stdout=StringIO())

    assert Person.objects.filter(erased_at=None).count() == 0
