"""The demo's protocols: public in two versions, signed, drafted; the rest are missing."""

from datetime import date, timedelta

import pytest

from appeals.demo import protocols
from appeals.models import Promise
from meetings.enums import MeetingState, Role, UnitKind
from meetings.models import Protocol
from meetings.selectors.protocols import without_protocol
from meetings.services.protocols import said_by
from tests.factories import make_meeting, make_office, make_unit, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_there_is_one_of_each_state(time_machine):
    time_machine.move_to("2026-11-23 09:00+05:00", tick=False)
    region = make_unit(UnitKind.OBLAST, "БҚО", kato="270000000")
    district = make_unit(UnitKind.DISTRICT, "Бәйтерек", parent=region, kato=protocols.DISTRICT)
    office = make_office(district)
    make_user(Role.DRAFTER, district, email=protocols.SECRETARY)
    make_user(Role.AKIM, region, email=protocols.AKIM)
    for days in (1, 20, 25, 30):
        make_meeting(office, [district], TODAY - timedelta(days=days), region=region,
                     state=MeetingState.HELD)  # fmt: skip

    protocols.load(TODAY)

    found = Protocol.objects.order_by("-meeting__day", "number").values_list("number", "state")
    assert list(found) == [(1, "published"), (2, "published"), (1, "signed"), (1, "draft")]
    assert without_protocol(TODAY).count() == 3
    said = said_by(Protocol.objects.get(number=2))
    assert [one["state"] for one in said["questions"]] == [
        "answered", "promised", "taken_away", "answered",
    ]  # fmt: skip
    assert (said["clocks"]["share"], len(said["promises"])) == (20, Promise.objects.count())


def test_without_its_people_nothing_is_written():
    protocols.load(TODAY)

    assert Protocol.objects.count() == 0
