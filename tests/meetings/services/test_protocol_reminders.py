"""Missing protocols: who is told, when, once; what the desk lists."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from meetings.daily import DUTIES, do_what_is_due
from meetings.enums import LetterState, MeetingState, Role
from meetings.models import Letter, Meeting, Protocol
from meetings.selectors.protocols import without_protocol
from meetings.services import outbox, protocol_reminders, protocols
from tests.factories import Region, a_moment, make_meeting, make_user

pytestmark = pytest.mark.django_db
MORNING = a_moment(2027, 4, 20, 9)


@pytest.fixture(autouse=True)
def _only_this_duty(monkeypatch):
    from meetings import daily

    monkeypatch.setattr(daily, "DUTIES", {protocol_reminders.NAME: DUTIES[protocol_reminders.NAME]})


@pytest.fixture
def place():
    return Region()


def hold(place, unit, day, state=MeetingState.HELD, **more) -> Meeting:
    return make_meeting(place.office(unit), [unit], day, region=place.region, state=state, **more)


def publish(meeting, by, until="publish") -> Protocol:
    protocol = protocols.begin(meeting, by=by)
    if until == "begin":
        return protocol
    protocol = protocols.sign(protocol, by=by, version=protocol.version)
    return protocols.publish(protocol, by=by, version=protocol.version)


DAYS = [  # the meeting's day | missing on 20 April, five days being given
    (date(2027, 4, 15), False), (date(2027, 4, 14), True), (date(2027, 1, 20), True),
    (date(2027, 1, 19), False),  # of longer ago than 90 days: history
    (date(2027, 4, 21), False),
]  # fmt: skip


def test_a_protocol_is_missing_after_the_days_that_are_given(place, settings):
    settings.PROTOCOL_DAYS = 5
    meetings = {hold(place, place.first, day).pk: expected for day, expected in DAYS}
    hold(place, place.first, "2027-04-13", state=MeetingState.CANCELLED)
    unrecorded = hold(place, place.first, "2027-04-12", state=MeetingState.PLANNED)

    found = set(without_protocol(date(2027, 4, 20)).values_list("pk", flat=True))

    assert found == {pk for pk, expected in meetings.items() if expected} | {unrecorded.pk}
    settings.PROTOCOL_DAYS = 8
    assert not without_protocol(date(2027, 4, 20)).filter(day=date(2027, 4, 14)).exists()


def test_the_nearest_drafter_is_told_once_and_the_coordinator_where_there_is_none(
    place, settings, time_machine, mailoutbox
):
    time_machine.move_to(MORNING, tick=False)
    drafter = make_user(Role.DRAFTER, place.first, language="ru")
    coordinator = make_user(Role.COORDINATOR, place.region, language="kk")
    make_user(Role.DRAFTER, place.first, is_active=False)
    make_user(Role.AKIM, place.first)
    late = hold(place, place.first, "2027-04-14")
    hold(place, place.first, "2027-04-15")
    far = hold(place, place.second, "2027-04-13")
    publish(hold(place, place.first, "2027-04-10"), coordinator)
    publish(hold(place, place.first, "2027-04-11"), coordinator, until="begin")

    assert do_what_is_due(MORNING) == [protocol_reminders.NAME]
    assert do_what_is_due(MORNING) == []
    outbox.drain()

    letters = {letter.to[0]: letter for letter in mailoutbox}
    assert set(letters) == {drafter.email, coordinator.email}
    told = letters[drafter.email].body
    assert "14 апреля 2027 г.: Бәйтерек ауданы" in told
    assert f"/ru/desk/meetings/{late.uuid}/protocol/" in told
    assert "11 апреля 2027 г." in told  # begun is not published
    assert "15 апреля" not in told
    assert "10 апреля" not in told
    assert str(far.uuid) in letters[coordinator.email].body
    assert "2027 жылғы 13 сәуір" in letters[coordinator.email].body

    # The next day only what became late since then; three days without a worker: all of those.
    assert do_what_is_due(a_moment(2027, 4, 21, 9)) == [protocol_reminders.NAME]
    hold(place, place.first, "2027-04-16")
    hold(place, place.first, "2027-04-17")
    assert do_what_is_due(a_moment(2027, 4, 24, 9)) == [protocol_reminders.NAME]
    time_machine.move_to(a_moment(2027, 4, 24, 10), tick=False)
    outbox.drain()

    later = [letter.body for letter in mailoutbox if letter.to == [drafter.email]][1:]
    assert len(later) == 2
    assert "15 апреля" in later[0]
    assert "14 апреля" not in later[0]
    assert "16 апреля" in later[1]
    assert "17 апреля" in later[1]
    assert Letter.objects.filter(state=LetterState.WAITING).count() == 0


def test_the_desk_lists_them_for_those_who_write_and_sign(place, settings, time_machine):
    time_machine.move_to(MORNING, tick=False)
    drafter = make_user(Role.DRAFTER, place.first)
    meeting = hold(place, place.first, "2027-04-14")
    foreign = hold(place, place.second, "2027-04-14")
    address = reverse("desk").replace("/kk/", "/ru/")
    listed = []
    for role, unit in (
        (Role.DRAFTER, place.first), (Role.AKIM, place.first), (Role.OBSERVER, place.first),
        (Role.DRAFTER, place.okrug), (Role.COORDINATOR, place.region),
    ):  # fmt: skip
        client = Client()
        client.force_login(make_user(role, unit))
        page = client.get(address).content.decode()
        listed.append((str(meeting.uuid) in page, str(foreign.uuid) in page))

    assert listed == [(True, False), (True, False), (False, False), (False, False), (True, True)]
    publish(meeting, make_user(Role.COORDINATOR, place.first))
    client = Client()
    client.force_login(drafter)
    assert str(meeting.uuid) not in client.get(address).content.decode()
