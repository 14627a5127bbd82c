"""The pool of one small territory, with who works on it."""

import pytest
import time_machine

from meetings.enums import Role
from tests.appeals.pool_rows import make_body, make_member
from tests.factories import Region, a_moment, make_user


@pytest.fixture
def now():
    """2 March 2026, a Monday."""
    with time_machine.travel(a_moment(2026, 3, 2), tick=False) as traveller:
        yield traveller


class Pool:
    """``country``, ``okrug``; ``commission`` of the district, a ``body`` with its ``member``."""

    def __init__(self):
        self.country = Region()
        self.okrug = self.country.okrug
        self.commission = make_user(Role.COMMISSION, self.country.first)
        self.body = make_body(self.country.first)
        self.member = make_member(self.body)


@pytest.fixture
def pool(db, now):
    return Pool()
