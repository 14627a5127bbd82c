"""A small oblast with an approved calendar of 2027, seen on 1 March of that year."""

import pytest
import time_machine

from meetings.enums import MeetingState
from meetings.models import PublicVersion
from tests.factories import Region, a_moment, an_hour, make_approved, make_meeting


@pytest.fixture
def today():
    with time_machine.travel(a_moment(2027, 3, 1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def oblast(db, today):
    """The region, its approved calendar as ``calendar``, and a function ``publish``."""
    region = Region()
    region.calendar = make_approved(region.region, 2027)

    def publish(host, targets, day, **fields):
        fields.setdefault("calendar", region.calendar)
        meeting = make_meeting(region.office(host), targets, day, **fields)
        raise_version()
        return meeting

    region.publish = publish
    return region


def raise_version():
    version, _made = PublicVersion.objects.get_or_create(name="meetings")
    version.number += 1
    version.save()


@pytest.fixture
def busy(oblast):
    """The oblast with one meeting of each state."""
    oblast.held = oblast.publish(
        oblast.region, [oblast.first], "2027-02-10", state=MeetingState.HELD, people=212,
        starts_at=an_hour(11),
    )  # fmt: skip
    oblast.coming = oblast.publish(
        oblast.first, [oblast.okrug], "2027-04-14", state=MeetingState.ANNOUNCED,
        starts_at=an_hour(15), ends_at=an_hour(17), place_kk="Мәдениет үйі",
        place_ru="Дом культуры", address_ru="ул. Абая, 42", contact="8 (7112) 50-12-34",
    )  # fmt: skip
    oblast.joint = oblast.publish(oblast.okrug, oblast.villages, "2027-05-20")
    oblast.cancelled = oblast.publish(
        oblast.region, [oblast.second], "2027-06-01", state=MeetingState.CANCELLED,
        reason="Су тасқыны",
    )  # fmt: skip
    return oblast
