"""A hall for tests: a meeting of today whose console is open, with its secretary."""

from datetime import time
from uuid import uuid4

from appeals.services.hall import Stamp
from meetings.enums import Role
from meetings.models import MeetingDay
from meetings.services.day import open_day
from tests.factories import Region, a_moment, make_meeting, make_user

NOW = a_moment(2027, 4, 14, 15, 30)


class HallWorld:
    """``day``, ``meeting``, ``secretary`` and the region; the meeting is on 14 April 2027."""

    def __init__(self):
        self.region = Region()
        self.okrug = self.region.okrug
        self.secretary = make_user(Role.DRAFTER, self.region.first)
        self.meeting = make_meeting(
            self.region.office(self.region.first), [self.okrug], "2027-04-14",
            region=self.region.region, starts_at=time(15), ends_at=time(17),
        )  # fmt: skip
        self.day: MeetingDay = open_day(
            self.meeting, by=self.secretary, at=a_moment(2027, 4, 14, 14)
        )


def a_stamp(version=0, *, device="", **more) -> Stamp:
    return Stamp(uuid4(), device=device, version=version, **more)
