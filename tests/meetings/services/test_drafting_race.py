"""Fifty people change one line at once: one is acknowledged, the others are told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection, connections

from meetings.enums import Role
from meetings.errors import StaleEdit
from meetings.models import Line, LineEdit, Revision
from meetings.services import drafting
from tests.factories import Region, make_calendar, make_line, make_user

EDITORS = 50 if connection.vendor == "postgresql" else 12


@pytest.mark.django_db(transaction=True)
def test_of_many_editors_of_one_line_one_is_acknowledged():
    world = Region()
    user = make_user(Role.COORDINATOR, world.region)
    revision = make_calendar(world.region).revisions.get()
    host = world.office(world.region)
    line = make_line(revision, host, [world.first], "2027-04-14")
    # PostgreSQL has some hundred seats: half of the editors come in at a time.
    gate = Barrier(EDITORS // 2)

    def edit(number):
        gate.wait()
        day = date(2027, 5, 1) + timedelta(days=number)
        values = {"host": host, "day": day}
        try:
            drafting.change_line(revision, line.uuid, values, [world.first], by=user, version=1)
            return day
        except StaleEdit as told:
            return told.theirs.version
        finally:
            connections.close_all()

    with ThreadPoolExecutor(EDITORS // 2) as pool:
        answers = list(pool.map(edit, range(EDITORS)))

    acknowledged = [answer for answer in answers if isinstance(answer, date)]
    assert len(acknowledged) == 1
    assert [answer for answer in answers if answer not in acknowledged] == [2] * (EDITORS - 1)
    assert Line.objects.get().day == acknowledged[0]
    assert (LineEdit.objects.count(), Revision.objects.get().version) == (1, 2)
