"""The day and the land of the tests of feeds."""

import pytest
import time_machine

from tests.factories import (
    Region,
)
from tests.meetings.feeds.cases import NOON


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def land():
    return Region()
