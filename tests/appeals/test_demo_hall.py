"""The demo's hall: open today, in the middle of the talk, whatever the hour."""

from datetime import date

import pytest

from appeals.demo import hall
from appeals.models import HallItem, Promise
from appeals.selectors.hall import hall_of
from meetings.enums import Role, UnitKind
from meetings.models import MeetingDay
from tests.factories import a_moment, make_office, make_unit, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def people():
    region = make_unit(UnitKind.OBLAST, "БҚО", kato="270000000")
    district = make_unit(UnitKind.DISTRICT, "Бәйтерек", parent=region, kato=hall.DISTRICT)
    make_unit(UnitKind.OKRUG, "Переметное", parent=district, kato=hall.OKRUG)
    make_office(district)
    make_user(Role.DRAFTER, district, email=hall.SECRETARY)
    make_user(Role.COORDINATOR, region, email=hall.SECOND)


@pytest.mark.parametrize("now", [(3, 12), (0, 2), (23, 58)], ids=str)
def test_the_hall_is_open_and_its_row_alive(people, time_machine, now):
    time_machine.move_to(a_moment(2026, 11, 23, *now), tick=False)

    hall.load(TODAY)

    day = MeetingDay.objects.get()
    rows = hall_of(day)
    assert (day.meeting.day, day.is_closed, day.people) == (TODAY, False, 86)
    assert rows.current.text.startswith("Тазарту")
    assert sorted(item.outcome for item in rows.done) == [
        "answered", "answered", "promised", "taken_away",
    ]  # fmt: skip
    assert (len(rows.unread), len(rows.waiting), len(rows.apart)) == (2, 5, 1)
    assert Promise.objects.get().meeting == day.meeting


def test_without_its_people_nothing_is_written():
    hall.load(TODAY)

    assert HallItem.objects.count() == 0
