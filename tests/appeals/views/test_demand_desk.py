"""Demands at the desk: read first, answered with a meeting or a reason, and what is not allowed."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from appeals import tasks
from appeals.enums import DemandState, QuestionState
from appeals.models import Demand, DemandSupport, PersonalRead
from appeals.selectors import clusters
from appeals.services import deadlines, demand_answers, demand_meetings
from meetings.enums import DayKind, LetterState, MeetingState, Role
from meetings.errors import Refused
from meetings.models import Calendar, DayOff, Letter, Meeting
from meetings.sealing import address_mark, seal, unseal
from meetings.selectors.duties import findings_of_calendar
from meetings.services import outbox
from meetings.services.meetings import announce, cancel_urgently, move_urgently, record_held
from tests.factories import Region, a_moment, make_meeting, make_unit, make_user
from tests.factories_requests import make_demand, make_person, make_question

pytestmark = pytest.mark.django_db
NOW = a_moment(2026, 11, 27, 12)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world():
    return Region()


@pytest.fixture
def demand(world):
    """Reached: the author and one supporter can be written to."""
    person = make_person(language="kk")
    person.sealed = person.sealed_from(email="asel@example.kz", follow="secret")
    person.save()
    found = make_demand(
        world.okrug, world.office(world.first), state=DemandState.REACHED, voices=3, person=person,
        topic="water",
    )  # fmt: skip
    DemandSupport.objects.create(demand=found, mark=person.mark, language="kk", at=NOW)
    DemandSupport.objects.create(
        demand=found, mark=address_mark("bek@example.kz"), sealed=seal("bek@example.kz"),
        language="ru", at=NOW,
    )  # fmt: skip
    return found


def signed_in(role, unit) -> Client:
    client = Client()
    client.force_login(make_user(role, unit))
    return client


def page(demand, *parts) -> str:
    return "/".join(["/ru/desk/demands", str(demand.uuid), *parts, ""])


def a_meeting(world, **more) -> dict:
    return {
        "version": 1, "reason": "Халықтың талабы", "host": world.first.kato,
        "targets": world.okrug.kato, "day": "09.12.2026", "starts_at": "15:00",
        "place_kk": "Клуб", "place_ru": "Клуб", "way": "in_person", "topics": "water",
        "is_visiting": "on", **more,
    }  # fmt: skip


def test_the_commission_publishes_edited_and_marked_and_voices_begin(world):
    demand = make_demand(
        world.okrug, world.office(world.first), "Суға 87011234567 нөміріне хабарласыңыз",
        state=DemandState.WAITING, person=make_person(),
    )  # fmt: skip
    client = signed_in(Role.COMMISSION, world.first)
    shown = client.get(page(demand)).content.decode()
    assert "[телефон скрыт]" in shown
    kept = client.post(page(demand, "publish"), {"version": 1, "text": "Тел. 87011234567"})
    assert (kept.status_code, "личн" in kept.content.decode()) == (422, True)

    done = client.post(page(demand, "publish"), {"version": 1, "text": "Су жоқ"})

    demand.refresh_from_db()
    assert (done.status_code, demand.state, demand.public_text, demand.is_edited) == (
        302, DemandState.COLLECTING, "Су жоқ", True,
    )  # fmt: skip
    assert demand.closes_on == date(2026, 12, 27)
    public = Client().get(f"/ru/demands/{demand.uuid}/").content.decode()
    assert ("Су жоқ" in public, "87011234567" in public) == (True, False)
    second = make_demand(world.okrug, world.office(world.first), state=DemandState.WAITING)
    refused = client.post(page(second, "publish"), {"version": 1, "text": "Жол"})
    assert (refused.status_code, demand.number in refused.content.decode()) == (422, True)


def test_what_is_held_back_may_be_objected_to_once(world):
    from appeals.services.demands import follow_digest

    demand = make_demand(
        world.okrug, world.office(world.first), state=DemandState.WAITING,
        follow_digest=follow_digest("secret"),
    )  # fmt: skip
    client, author = signed_in(Role.COMMISSION, world.okrug), Client()
    follow = "/ru/demands/follow/secret/"
    assert client.post(page(demand, "hold"), {"version": 1, "reason": "other"}).status_code == 422
    client.post(page(demand, "hold"), {"version": 1, "reason": "insult"})
    assert "оскорб" in author.get(follow).content.decode()
    steps = [  # what the author sends | status
        ({"words": ""}, 422), ({"words": "Қорлау жоқ"}, 302), ({"words": "Тағы да"}, 409),
    ]  # fmt: skip
    for sent, status in steps:
        assert author.post(f"{follow}object/", sent).status_code == status, sent
    assert client.get("/ru/desk/demands/?show=objections").content.decode().count(demand.number)
    client.post(page(demand, "uphold"), {"version": 3, "words": "Қорлау сөздері бар"})
    demand.refresh_from_db()
    assert (demand.state, demand.objection_answer) == (DemandState.HELD, "Қорлау сөздері бар")
    assert "Қорлау сөздері бар" in author.get(follow).content.decode()
    assert Client().get(f"/ru/demands/{demand.uuid}/").status_code == 404


def test_the_answer_is_a_meeting_linked_both_ways_and_supporters_are_told(world, demand):
    client = signed_in(Role.DRAFTER, world.first)
    form = client.get(page(demand, "meeting")).content.decode()
    assert f'value="{world.okrug.kato}" checked' in form
    assert f"№ {demand.number}" in form

    done = client.post(page(demand, "meeting"), a_meeting(world))

    demand.refresh_from_db()
    meeting = Meeting.objects.get()
    assert (done.status_code, demand.state, demand.meeting) == (302, DemandState.MEETING, meeting)
    assert (meeting.is_outside, meeting.state, meeting.host, list(meeting.targets.all())) == (
        True, MeetingState.ANNOUNCED, demand.office, [world.okrug],
    )  # fmt: skip
    letters = Letter.objects.filter(kind="demand_meeting").order_by("pk")
    assert [(one.language, one.mark) for one in letters] == [
        ("kk", address_mark("asel@example.kz")), ("ru", address_mark("bek@example.kz")),
    ]  # fmt: skip
    assert demand.supports.exclude(sealed="").count() == 1  # told if it is cancelled
    public = Client()
    told = public.get(f"/ru/demands/{demand.uuid}/").content.decode()
    assert f"/ru/meetings/{meeting.uuid}/" in told
    assert "Аким приедет на встречу: среда, 9 декабря 2026 г., 15:00" in told
    assert "/support/" not in told
    meeting_page = public.get(f"/ru/meetings/{meeting.uuid}/").content.decode()
    assert "Назначена по требованию 3 человек." in meeting_page
    assert f"/ru/demands/{demand.uuid}/" in meeting_page
    assert page(demand) in client.get(f"/ru/desk/meetings/{meeting.uuid}/").content.decode()


def test_that_the_meeting_is_cancelled_is_told_once_to_each_in_their_language(world, demand):
    signed_in(Role.DRAFTER, world.first).post(page(demand, "meeting"), a_meeting(world))
    tasks.tell_of_meetings_called_off.call_local()
    assert not Letter.objects.filter(kind="demand_called_off").exists()
    cancel_urgently(
        Meeting.objects.get(), reason="Боран", by=make_user(Role.COORDINATOR, world.region),
        version=Meeting.objects.get().version,
    )  # fmt: skip

    for _minute in range(2):
        tasks.tell_of_meetings_called_off.call_local()

    letters = Letter.objects.filter(kind="demand_called_off").order_by("pk")
    assert [(one.language, one.mark) for one in letters] == [
        ("kk", address_mark("asel@example.kz")), ("ru", address_mark("bek@example.kz")),
    ]  # fmt: skip
    assert all("Боран" in unseal(one.sealed) for one in letters)
    assert not demand.supports.exclude(sealed="").exists()
    demand_meetings.tell_called_off(timezone.now() + timedelta(days=8))
    assert letters.count() == 2


MISSED = [  # days the worker stood still; the meeting is 12 days ahead | letters
    (8, 2), (12, 2), (13, 0),
]  # fmt: skip


@pytest.mark.parametrize(("days", "letters"), MISSED)
def test_a_worker_that_stood_still_tells_as_long_as_the_day_is_ahead(world, demand, days, letters):
    signed_in(Role.DRAFTER, world.first).post(page(demand, "meeting"), a_meeting(world))
    meeting = Meeting.objects.get()
    cancel_urgently(
        meeting, reason="Боран", by=make_user(Role.COORDINATOR, world.region),
        version=meeting.version,
    )  # fmt: skip

    demand_meetings.tell_called_off(NOW + timedelta(days=days))

    assert Letter.objects.filter(kind="demand_called_off").count() == letters


def test_what_a_forgotten_letter_may_have_told_is_not_told_again(world, demand, settings):
    signed_in(Role.DRAFTER, world.first).post(page(demand, "meeting"), a_meeting(world))
    meeting = Meeting.objects.get()
    settings.LETTERS_KEPT_DAYS = 5
    cancel_urgently(
        meeting, reason="Боран", by=make_user(Role.COORDINATOR, world.region),
        version=meeting.version,
    )  # fmt: skip

    assert demand_meetings.tell_called_off(NOW + timedelta(days=5, seconds=1)) == 0


def test_each_move_is_told_once_and_of_two_in_a_row_the_last(world, demand):
    signed_in(Role.DRAFTER, world.first).post(page(demand, "meeting"), a_meeting(world))
    coordinator = make_user(Role.COORDINATOR, world.region)

    def move(day):
        meeting = Meeting.objects.get()
        move_urgently(
            meeting, {"day": date(2026, 12, day)}, reason=f"Боран {day}", by=coordinator,
            version=meeting.version,
        )  # fmt: skip
        for _minute in range(2):
            tasks.tell_of_meetings_moved.call_local()

    tasks.tell_of_meetings_moved.call_local()
    assert not Letter.objects.filter(kind="demand_moved").exists()
    move(10)
    move(11)

    letters = Letter.objects.filter(kind="demand_moved").order_by("pk")
    assert [(one.language, one.mark, one.state, one.sealed == "") for one in letters] == [
        ("kk", address_mark("asel@example.kz"), LetterState.STOPPED, True),
        ("ru", address_mark("bek@example.kz"), LetterState.STOPPED, True),
        ("kk", address_mark("asel@example.kz"), LetterState.WAITING, False),
        ("ru", address_mark("bek@example.kz"), LetterState.WAITING, False),
    ]  # fmt: skip
    assert all("Боран 11" in unseal(one.sealed) for one in letters[2:])
    assert demand.supports.exclude(sealed="").count() == 1  # told if it is cancelled
    mail.outbox.clear()
    outbox.drain()
    subjects = [one.subject for one in mail.outbox if "11" in one.subject]
    assert len(subjects) == 2
    assert any("перенесена" in one for one in subjects)
    move(10)  # back to where it was before: told again
    assert letters.all().count() == 6


ANNOUNCED = [  # what is announced | whether people would go elsewhere or at another hour
    ({"starts_at": time(16)}, True),
    ({"place_kk": "Мектеп", "place_ru": "Школа"}, True),
    ({"contact": "21-22-23"}, False),
]


@pytest.mark.parametrize(("values", "is_told"), ANNOUNCED)
def test_an_hour_or_place_that_is_announced_is_told_once(world, demand, values, is_told):
    signed_in(Role.DRAFTER, world.first).post(page(demand, "meeting"), a_meeting(world))
    meeting = Meeting.objects.get()
    announce(meeting, values, by=make_user(Role.COORDINATOR, world.region), version=meeting.version)

    for _minute in range(2):
        tasks.tell_of_meetings_moved.call_local()

    letters = Letter.objects.filter(kind="demand_announced")
    assert letters.count() == (2 if is_told else 0)
    mail.outbox.clear()
    outbox.drain()
    told = [one for one in mail.outbox if "когда и где встреча" in one.subject]
    assert len(told) == is_told
    for one in told:
        assert ("16:00" if "starts_at" in values else "Школа") in one.body


def test_where_it_was_moved_is_not_told_of_a_meeting_that_is_cancelled(world, demand):
    signed_in(Role.DRAFTER, world.first).post(page(demand, "meeting"), a_meeting(world))
    coordinator = make_user(Role.COORDINATOR, world.region)
    meeting = Meeting.objects.get()
    meeting = move_urgently(
        meeting, {"day": date(2026, 12, 10)}, reason="Боран", by=coordinator,
        version=meeting.version,
    )  # fmt: skip
    tasks.tell_of_meetings_moved.call_local()
    cancel_urgently(meeting, reason="Боран", by=coordinator, version=meeting.version)

    tasks.tell_of_meetings_called_off.call_local()

    moved, off = (Letter.objects.filter(kind=f"demand_{kind}") for kind in ("moved", "called_off"))
    assert {one.state for one in moved} == {LetterState.STOPPED}
    assert [one.state for one in off] == [LetterState.WAITING] * 2


def test_addresses_of_supporters_are_forgotten_after_the_day_of_their_meeting(world, demand):
    signed_in(Role.DRAFTER, world.first).post(page(demand, "meeting"), a_meeting(world))
    day = Meeting.objects.get().day

    assert demand_meetings.forget_addresses(a_moment(day.year, day.month, day.day, 23)) == 0
    after = day + timedelta(days=1)
    assert demand_meetings.forget_addresses(a_moment(after.year, after.month, after.day)) == 1
    assert not Letter.objects.filter(kind="demand_called_off").exists()


def test_such_a_meeting_goes_where_planned_ones_go_and_counts_as_held(world, demand):
    client = signed_in(Role.COORDINATOR, world.region)
    client.post(page(demand, "meeting"), a_meeting(world))
    meeting, calendar = Meeting.objects.get(), Calendar.objects.create(
        region=world.region, year=2026
    )  # fmt: skip

    def figures():
        found = findings_of_calendar(calendar, hosts={world.first.pk})
        one = next(f for f in found if f.target == world.okrug.pk and f.window.first.month == 7)
        return one.planned, one.held

    before = figures()
    public = Client()
    for address in ("/ru/meetings/", f"/ru/units/{world.okrug.kato}/", "/ru/"):
        assert f"/ru/meetings/{meeting.uuid}/" in public.get(address).content.decode(), address
    feed = public.get(f"/feeds/{world.first.kato}.ics?lang=ru").content.decode()
    assert str(meeting.uuid) in feed
    record_held(
        meeting, people=40, by=make_user(Role.COORDINATOR, world.region), version=1,
        at=a_moment(2026, 12, 9, 18),
    )  # fmt: skip
    assert (before, figures()) == ((0, 0), (0, 1))
    with time_machine.travel(a_moment(2026, 12, 10), tick=False):
        told = public.get(f"/ru/demands/{demand.uuid}/").content.decode()
    assert "Встреча проведена" in told


def test_a_meeting_called_and_then_cancelled_stays_in_sight_as_that(world, demand):
    client = signed_in(Role.COORDINATOR, world.region)
    client.post(page(demand, "meeting"), a_meeting(world))
    cancel_urgently(
        Meeting.objects.get(), reason="Аяз", by=make_user(Role.COORDINATOR, world.region),
        version=1,
    )  # fmt: skip
    told = Client().get(f"/ru/demands/{demand.uuid}/").content.decode()

    assert "Встреча была назначена, затем отменена" in told
    assert "встреча отменена" in told


def test_a_meeting_that_cannot_be_is_refused_and_the_demand_stays(world, demand):
    client = signed_in(Role.COORDINATOR, world.region)
    wrong = [  # what is sent | status
        ({"day": "26.11.2026"}, 422), ({"day": ""}, 422), ({"reason": ""}, 422),
        ({"targets": world.second.kato}, 422), ({"targets": []}, 422),
        ({"host": world.second.kato}, 422),  # a foreign akim
        ({"version": 7}, 409), ({"version": "x"}, 422),
    ]  # fmt: skip
    for more, status in wrong:
        answer = client.post(page(demand, "meeting"), a_meeting(world, **more))
        assert answer.status_code == status, more
        assert 'value="Клуб"' in answer.content.decode()
    elsewhere = make_unit("okrug", "Рубежин", parent=world.first)
    answer = client.post(page(demand, "meeting"), a_meeting(world, targets=elsewhere.kato))
    assert "для тех, кто её потребовал" in answer.content.decode()
    demand.refresh_from_db()
    assert (demand.state, Meeting.objects.count()) == (DemandState.REACHED, 0)
    client.post(page(demand, "meeting"), a_meeting(world))
    # Sent a second time from another window: told where the demand stands, no second meeting.
    again = client.post(page(demand, "meeting"), a_meeting(world, day="10.12.2026"))
    assert (again.status_code, Meeting.objects.count()) == (409, 1)


def test_name_and_contact_are_shown_for_a_purpose_and_the_reading_is_kept(demand, world):
    client = signed_in(Role.COMMISSION, world.first)
    assert "asel@" not in client.get(page(demand)).content.decode()
    assert client.post(page(demand, "person"), {"purpose": ""}).status_code == 422

    shown = client.post(page(demand, "person"), {"purpose": "answer"})

    assert "asel@example.kz" in shown.content.decode()
    assert [one.subject for one in PersonalRead.objects.all()] == [f"demand:{demand.uuid}"]
    assert signed_in(Role.DRAFTER, world.first).post(
        page(demand, "person"), {"purpose": "answer"}
    ).status_code == 403  # fmt: skip


def test_a_refusal_has_a_public_reason_and_a_stale_form_is_told(world, demand):
    client = signed_in(Role.DRAFTER, world.first)
    empty = client.post(page(demand, "refuse"), {"version": 1, "text": " "})
    stale = client.post(page(demand, "refuse"), {"version": 9, "text": "Құбыр жөнделді"})
    assert (empty.status_code, stale.status_code) == (422, 409)
    assert "Құбыр жөнделді" in stale.content.decode()

    client.post(page(demand, "refuse"), {"version": 1, "text": "Құбыр 3 желтоқсанда жөнделеді"})

    demand.refresh_from_db()
    assert demand.state == DemandState.REFUSED
    assert "Құбыр 3 желтоқсанда" in Client().get(f"/kk/demands/{demand.uuid}/").content.decode()
    assert Letter.objects.filter(kind="demand_refused").count() == 2
    assert client.post(page(demand, "refuse"), {"version": 2, "text": "а"}).status_code == 422


def test_every_deed_is_refused_from_every_other_state(world):
    """The table of steps, walked: what is not in it is not done."""
    from appeals.demand_steps import RULES, Deed

    by = make_user(Role.COORDINATOR, world.region)
    by.assignments.create(role=Role.COMMISSION, unit=world.region, starts_on="2020-01-01")
    deeds = {
        Deed.PUBLISH: lambda one: demand_answers.publish(one, text="а", by=by, version=1),
        Deed.EDIT: lambda one: demand_answers.edit(one, text="б", by=by, version=1),
        Deed.HOLD: lambda one: demand_answers.hold(one, reason="insult", words="", by=by,
                                                   version=1),
        Deed.REFUSE: lambda one: demand_answers.refuse(one, text="а", by=by, version=1),
        Deed.MEET: lambda one: demand_answers.meet(
            one, [one.unit], date(2026, 12, 9), by=by, version=1, reason="а"),
    }  # fmt: skip
    extra = {
        DemandState.MEETING: {"meeting": make_meeting(world.office(world.first), [], "2026-12-01")},
        DemandState.REFUSED: {"answer": "жоқ"},
    }
    for state in set(DemandState) - {DemandState.UNCONFIRMED}:
        Demand.objects.all().delete()
        demand = make_demand(
            world.okrug, world.office(world.first), state=state, **extra.get(state, {})
        )
        for deed, do in deeds.items():
            if state not in RULES[deed].sources:
                with pytest.raises(Refused):
                    do(demand)


def test_the_desk_shows_what_burns_first_and_counts_by_reach(world, django_assert_num_queries):
    office = world.office(world.first)
    due = {"state": DemandState.REACHED}
    later = make_demand(world.okrug, office, **due, due_on=date(2026, 12, 9))
    late = make_demand(world.villages[0], office, **due, due_on=date(2026, 11, 20))
    make_demand(world.second, world.office(world.second), **due)
    client = signed_in(Role.DRAFTER, world.first)
    client.get("/ru/desk/demands/")
    with django_assert_num_queries(7):
        shown = client.get("/ru/desk/demands/").content.decode()

    assert 0 < shown.index(late.number) < shown.index(later.number)
    assert "1 ответ просрочен" in shown
    assert shown.count('class="request"') == 2
    assert "1 ответ просрочен" in client.get("/ru/desk/").content.decode()
    assert client.get("/ru/desk/demands/?show=moon").status_code == 422
    for number in range(3):
        make_demand(make_unit("village", f"а{number}", parent=world.okrug), office, **due)
    with django_assert_num_queries(7):
        client.get("/ru/desk/demands/")


def test_an_answer_that_is_owed_follows_the_table_of_days_off(world):
    demand = make_demand(
        world.okrug, world.office(world.first), state=DemandState.REACHED,
        **deadlines.counted(date(2026, 11, 27), 10),
    )  # fmt: skip
    assert demand.due_on == date(2026, 12, 11)
    deadlines.recompute()
    DayOff.objects.create(day=date(2026, 12, 3), kind=DayKind.HOLIDAY, name_kk="х", name_ru="х")

    assert deadlines.recompute() == 1

    demand.refresh_from_db()
    assert (demand.due_on, demand.version) == (date(2026, 12, 14), 2)
    assert [move.note for move in demand.moves.all()] == ["2026-12-11 → 2026-12-14"]
    assert "03.12.2026" in Client().get(f"/ru/demands/{demand.uuid}/").content.decode()


def test_many_open_questions_of_a_place_and_topic_propose_a_meeting(world, settings):
    settings.PROPOSE_MEETING_QUESTIONS = 3
    village, user = world.villages[0], make_user(Role.DRAFTER, world.first)

    def ask(count, unit=village, topic="water", **more):
        return [make_question(unit, topic=topic, **more) for _number in range(count)]

    def proposed(of=user):
        found = clusters.proposed(of, timezone.now())
        return [(one.unit, one.topic, one.questions) for one in found]

    ask(2)
    ask(3, topic="other")
    ask(3, unit=world.second)
    ask(3, topic="roads", at=NOW - timedelta(days=91))
    ask(3, topic="gas", answered_at=NOW)
    main = make_question(village, topic="water", state=QuestionState.PUBLISHED)
    make_question(village, topic="water", state=QuestionState.PUBLISHED, merged_into=main)
    make_question(village, topic="water", state=QuestionState.UNCONFIRMED)
    assert proposed() == [(village, "water", 4)]
    assert proposed(make_user(Role.OBSERVER, world.region)) == []
    client = Client()
    client.force_login(user)
    for address in ("/ru/desk/", "/ru/desk/demands/"):
        shown = client.get(address).content.decode()
        assert f"/ru/desk/units/{village.kato}/call/?topic=water" in shown, address
        assert "4 вопроса без ответа" in shown
    link = shown.split('href="/ru/desk/units/')[1].split('"')[0].replace("&amp;", "&")
    form = client.get(f"/ru/desk/units/{link}").content.decode()
    assert 'value="water" id="id_call_topics_2" checked' in form
    assert "много вопросов на одну тему: водоснабжение (4)" in form
    make_meeting(
        world.office(world.first), [village], "2026-12-09", region=world.region, is_outside=True,
        topics=["water"],
    )  # fmt: skip
    assert proposed() == []
