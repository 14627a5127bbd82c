"""The row in the hall: entered, let through, called, answered, once and without loss."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from appeals.enums import HallOutcome, HallSource, HallState, QuestionState
from appeals.hall_steps import RULES, HallDeed
from appeals.models import HallItem, HallNote, Question
from appeals.selectors.hall import hall_of, text_in_hall, version_of
from appeals.services import hall, hall_phones
from appeals.services.codes import TooMany
from appeals.services.hall import Outcome
from meetings.enums import Role
from meetings.errors import Refused
from meetings.models import Letter
from tests.appeals.halls import NOW, HallWorld, a_stamp
from tests.factories import make_user
from tests.factories_requests import make_person, make_question

pytestmark = pytest.mark.django_db
ANSWERED = Outcome(HallOutcome.ANSWERED, "Жол мамырда жөнделеді.")
PROMISED = Outcome(HallOutcome.PROMISED, "Жол жөнделеді", "Аудан әкімі", date(2027, 6, 1))
AWAY = Outcome(HallOutcome.TAKEN_AWAY)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def world():
    return HallWorld()


def by(world, version=0, **more) -> dict:
    return {"by": world.secretary, "stamp": a_stamp(version, **more)}


def sent(world, **fields) -> Question:
    fields.setdefault("state", QuestionState.PUBLISHED)
    return make_question(world.okrug, meeting=world.meeting, **fields)


def hand(world, text="") -> HallItem:
    return hall.enter(world.day, "hand", text=text, **by(world)).item


def phone(world, text="Су қашан болады?", device="a" * 64, visitor="10.0.0.1") -> HallItem:
    return hall_phones.send(world.day, text, device=device, visitor=visitor, language="kk")


def test_all_ways_stand_in_one_row_and_questions_sent_before_come_by_themselves(world):
    first = sent(world, text="Мектеп?", voices=1)
    sent(world, text="Оқылмаған", state=QuestionState.WAITING)
    sent(world, state=QuestionState.HELD)
    sent(world, merged_into=first)
    sent(world, answered_at=NOW, answer="Иә")
    paper = hall.enter(world.day, "paper", text="Көпір?", name="Асан", **by(world)).item
    raised = hand(world)
    texted = phone(world)

    rows = hall_of(world.day)

    assert [item.source for item in rows.waiting] == ["sent", "hand", "paper", "sent"]
    assert [text_in_hall(item) for item in rows.waiting] == ["Мектеп?", "", "Көпір?", ""]
    assert rows.unread == [texted]
    assert [paper.number, raised.number, texted.number] == [1, 2, 3]
    assert paper.question.number
    assert paper.question.person.details == {"name": "Асан"}
    assert (raised.question, texted.question) == (None, None)
    assert HallItem.objects.filter(source=HallSource.SENT).count() == 0


def test_a_question_sent_before_is_called_answered_and_its_author_told(world):
    question = sent(world, person=make_person())

    hall.move(world.day, question.uuid, HallDeed.CALL, **by(world))
    called = hall_of(world.day)
    hall.note_outcome(world.day, question.uuid, ANSWERED, **by(world, 1))

    assert called.current == HallItem.objects.get(uuid=question.uuid)
    question.refresh_from_db()
    assert (question.answer, question.answered_at) == (ANSWERED.answer, NOW)
    assert Letter.objects.get().kind == "question_answered"
    rows = hall_of(world.day)
    assert [item.outcome for item in rows.done] == ["answered"]
    assert (rows.waiting, rows.current) == ([], None)


def test_a_promise_is_told_with_who_and_when_and_what_is_taken_away_stays_open(world):
    promised, away = sent(world), sent(world)

    hall.note_outcome(world.day, promised.uuid, PROMISED, **by(world))
    hall.note_outcome(world.day, away.uuid, AWAY, **by(world))

    promised.refresh_from_db()
    away.refresh_from_db()
    assert promised.answer.splitlines() == [
        "Обещано: Жол жөнделеді", "Кто обещал: Аудан әкімі", "Срок: 1 июня 2027 г.",
    ]  # fmt: skip
    assert (away.answer, away.answered_at) == ("", None)


def test_a_text_from_a_phone_is_let_through_edited_or_held_with_a_reason(world):
    good, bad = phone(world), phone(world, "Ұятсыз сөз")

    hall.show(world.day, good.uuid, text="Су қашан келеді?", **by(world, 1))
    hall.hold(world.day, bad.uuid, reason="insult", **by(world, 1))

    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, good.text, text_in_hall(good)) == (
        "waiting", "Су қашан болады?", "Су қашан келеді?",
    )  # fmt: skip
    assert (good.question.channel, good.question.text) == ("hall", "Су қашан болады?")
    assert (bad.state, bad.hold_reason, bad.question, bad.text) == (
        "held", "insult", None, "Ұятсыз сөз",
    )  # fmt: skip
    with pytest.raises(Refused):
        hall.hold(world.day, good.uuid, reason="other", words=" ", **by(world, 2))


def test_a_hand_gets_its_words_when_something_is_to_follow(world):
    raised, other = hand(world), hand(world)

    with pytest.raises(Refused) as refused:
        hall.note_outcome(world.day, raised.uuid, AWAY, **by(world, 1))
    assert refused.value.field == "words"
    hall.note_outcome(world.day, raised.uuid, replace(AWAY, words="Көпір қашан?"), **by(world, 1))
    hall.note_outcome(world.day, other.uuid, ANSWERED, **by(world, 1))

    raised.refresh_from_db()
    assert (raised.question.text, raised.question.channel) == ("Көпір қашан?", "floor")
    assert raised.question.due_on is not None
    other.refresh_from_db()
    assert (other.question, other.answer) == (None, ANSWERED.answer)


def test_the_secretary_puts_forward_back_and_out(world):
    first, second, third = hand(world), hand(world), hand(world)

    hall.move(world.day, third.uuid, HallDeed.FORWARD, **by(world, 1))
    hall.move(world.day, first.uuid, HallDeed.GONE, **by(world, 1))
    assert hall_of(world.day).waiting == [third, second]
    assert hall_of(world.day).gone == [first]
    hall.move(world.day, third.uuid, HallDeed.BACK, **by(world, 2))
    hall.move(world.day, first.uuid, HallDeed.BACK, **by(world, 2))

    assert hall_of(world.day).waiting == [first, second, third]


def test_a_note_sent_twice_counts_once(world):
    stamp, number = a_stamp(), a_stamp()
    hall.enter(world.day, "hand", by=world.secretary, stamp=stamp)
    again = hall.enter(world.day, "hand", by=world.secretary, stamp=stamp)
    uuid = again.item.uuid
    told = [
        hall.note_outcome(world.day, uuid, ANSWERED, by=world.secretary, stamp=number).is_new
        for _time in range(2)
    ]

    assert (again.is_new, told) == (False, [True, False])
    assert (HallItem.objects.count(), HallNote.objects.count()) == (1, 2)


def test_an_outcome_noted_without_knowing_of_another_stands_apart_until_one_is_chosen(world):
    question = sent(world)
    other = make_user(Role.DRAFTER, world.region.first)
    hall.note_outcome(world.day, question.uuid, ANSWERED, **by(world, 0, device="one"))

    late = hall.note_outcome(
        world.day, question.uuid, PROMISED, by=other, stamp=a_stamp(0, device="two")
    )

    item = late.item
    assert (late.is_apart, item.outcome) == (True, "answered")
    assert [note.outcome for note in hall_of(world.day).apart[item.pk]] == ["promised"]
    chosen = item.notes.get(is_apart=True)
    hall.choose(world.day, question.uuid, chosen.uuid, **by(world, item.version))
    item.refresh_from_db()
    question.refresh_from_db()
    assert (item.outcome, item.promised_by, hall_of(world.day).apart) == (
        "promised", "Аудан әкімі", {},
    )  # fmt: skip
    assert question.answer.startswith("Обещано: Жол жөнделеді")


SAME = [  # who notes again, from which version, on which device | stands apart
    ("self", 0, "one", False),  # the same device, which had no connection meanwhile
    ("self", 1, "two", False),  # whoever saw what was there puts it right
    ("other", 1, "two", False),
    ("self", 0, "two", True),
    ("other", 0, "one", True),
]


@pytest.mark.parametrize(("who", "version", "device", "apart"), SAME)
def test_who_knew_puts_right_who_did_not_stands_apart(world, who, version, device, apart):
    question = sent(world)
    user = world.secretary if who == "self" else make_user(Role.DRAFTER, world.region.first)
    hall.note_outcome(world.day, question.uuid, ANSWERED, **by(world, 0, device="one"))

    again = hall.note_outcome(
        world.day, question.uuid, replace(ANSWERED, answer="Маусымда."), by=user,
        stamp=a_stamp(version, device=device),
    )  # fmt: skip

    assert again.is_apart is apart
    question.refresh_from_db()
    assert question.answer == (ANSWERED.answer if apart else "Маусымда.")


def test_what_the_commission_answered_meanwhile_stays(world):
    question = sent(world)
    hall.move(world.day, question.uuid, HallDeed.CALL, **by(world))
    Question.objects.update(answer="Комиссия жауабы", answered_at=NOW)

    hall.note_outcome(world.day, question.uuid, ANSWERED, **by(world, 1))

    question.refresh_from_db()
    assert question.answer == "Комиссия жауабы"
    assert HallItem.objects.get().answer == ANSWERED.answer


def test_an_answer_put_right_to_taken_away_opens_the_question_again(world):
    question = sent(world)
    hall.note_outcome(world.day, question.uuid, ANSWERED, **by(world))

    hall.note_outcome(world.day, question.uuid, AWAY, **by(world, 1))

    question.refresh_from_db()
    assert (question.answer, question.answered_at) == ("", None)


@pytest.mark.parametrize("deed", HallDeed)
def test_each_deed_begins_where_the_table_says(world, deed):
    said = {
        HallDeed.SHOW: lambda uuid, v: hall.show(world.day, uuid, text="?", **by(world, v)),
        HallDeed.HOLD: lambda uuid, v: hall.hold(world.day, uuid, reason="insult", **by(world, v)),
        HallDeed.OUTCOME: lambda uuid, v: hall.note_outcome(
            world.day, uuid, ANSWERED, **by(world, v)
        ),
        HallDeed.CHOOSE: lambda uuid, v: hall.choose(
            world.day, uuid, HallNote.objects.get(deed="outcome").uuid, **by(world, v)
        ),
    }.get(deed, lambda uuid, v: hall.move(world.day, uuid, deed, **by(world, v)))
    began = set()
    for state in HallState:
        hold = {"hold_reason": "insult"} if state == HallState.HELD else {}
        done = {"outcome": "answered"} if state == HallState.DONE else {}
        item = hall.add_item(
            world.day, HallSource.PHONE, state=state, text="Сұрақ", came_at=NOW, **hold, **done
        )
        if deed == HallDeed.CHOOSE:
            HallNote.objects.filter(deed="outcome").delete()
            HallNote.objects.create(
                item=item, deed="outcome", outcome="answered", at=NOW, received_at=NOW
            )
        try:
            said(item.uuid, item.version)
        except Refused:
            continue
        began.add(state)
        assert HallItem.objects.get(pk=item.pk).state == (RULES[deed].target or state)

    assert began == RULES[deed].sources


def test_bad_notes_are_refused(world, time_machine):
    stranger = make_user(Role.DRAFTER, world.region.second)
    note = {"by": world.secretary, "stamp": a_stamp()}
    with pytest.raises(PermissionDenied):
        hall.enter(world.day, "hand", by=stranger, stamp=a_stamp())
    for source, text in (("paper", ""), ("phone", "Сұрақ"), ("sent", "Сұрақ")):
        with pytest.raises(Refused):
            hall.enter(world.day, source, text=text, **note)
    with pytest.raises(Refused):
        hall.move(world.day, uuid4(), HallDeed.CALL, **note)
    for outcome in (
        replace(ANSWERED, answer=""), replace(PROMISED, answer=""),
        replace(PROMISED, promised_by=""), replace(PROMISED, promised_for=None),
    ):  # fmt: skip
        with pytest.raises(Refused):
            hall.note_outcome(world.day, sent(world).uuid, outcome, **note)
    time_machine.move_to(NOW - timedelta(days=1), tick=False)
    with pytest.raises(Refused):
        hall.enter(world.day, "hand", **by(world))
    assert HallItem.objects.count() == 0


def test_a_phone_is_heard_once_for_each_text_and_within_its_limits(world, settings):
    settings.HALL_TEXTS_FROM_DEVICE, settings.HALL_TEXTS_FROM_NETWORK = 2, 3
    phone(world, "Бір")
    with pytest.raises(Refused):
        phone(world, "Бір")
    phone(world, "Екі")
    with pytest.raises(TooMany):
        phone(world, "Үш")
    phone(world, "Төрт", device="b" * 64)
    with pytest.raises(TooMany):
        phone(world, "Бес", device="c" * 64)
    phone(world, "Алты", device="c" * 64, visitor="10.0.0.2")
    with pytest.raises(Refused):
        phone(world, "Жеті", device="")

    assert HallItem.objects.count() == 4


def test_one_phone_has_one_voice_and_none_for_itself(world, settings):
    settings.HALL_VOICES_FROM_NETWORK = 2
    question, own = sent(world, voices=3), phone(world)
    hall.show(world.day, own.uuid, text=own.text, **by(world, 1))

    def give(uuid, device):
        return hall_phones.support(world.day, uuid, device=device, visitor="10.0.0.1")

    assert [give(question.uuid, "a" * 64), give(question.uuid, "a" * 64)] == [True, False]
    assert give(question.uuid, "b" * 64)
    with pytest.raises(TooMany):
        give(question.uuid, "c" * 64)
    with pytest.raises(Refused):
        give(own.uuid, "a" * 64)
    hall.move(world.day, question.uuid, HallDeed.CALL, **by(world))
    with pytest.raises(Refused):
        give(question.uuid, "d" * 64)
    assert HallItem.objects.get(uuid=question.uuid).voices == 2


CLOSED = [  # what shuts the hall for phones
    lambda world, clock: world.day.__class__.objects.update(takes_questions=False),
    lambda world, clock: world.day.__class__.objects.update(closed_at=NOW),
    lambda world, clock: clock.move_to(NOW + timedelta(days=1), tick=False),
    lambda world, clock: clock.move_to(NOW - timedelta(days=1), tick=False),
    lambda world, clock: world.meeting.__class__.objects.update(state="cancelled"),
]


@pytest.mark.parametrize("shut", CLOSED)
def test_a_closed_hall_takes_nothing_from_phones(world, time_machine, shut):
    shut(world, time_machine)

    with pytest.raises(hall_phones.HallClosed):
        phone(world)
    assert HallItem.objects.count() == 0


def test_the_version_of_a_hall_rises_with_everything(world):
    question = sent(world)
    seen = [version_of(world.day)]

    for act in (
        lambda: phone(world),
        lambda: hall_phones.support(world.day, question.uuid, device="b" * 64, visitor="1"),
        lambda: hall.move(world.day, question.uuid, HallDeed.CALL, **by(world)),
        lambda: hall.note_outcome(world.day, question.uuid, ANSWERED, **by(world, 1)),
    ):
        act()
        seen.append(version_of(world.day))

    assert len(set(seen)) == len(seen)
    assert seen == sorted(seen)


def test_the_row_costs_the_same_queries_for_few_and_for_many(world, django_assert_num_queries):
    for count in (1, 8):
        for number in range(count):
            sent(world)
            hand(world)
            phone(world, f"Сұрақ {number} {count}", device=f"{number}{count}".ljust(64, "0"))
        with django_assert_num_queries(3):
            hall_of(world.day)
