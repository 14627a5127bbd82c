"""The pause of the collector ends whatever happens, and leaves a collector that was off alone."""

import gc

import pytest

from meetings.rules import UnknownUnit, check_calendar, edition_of_year
from meetings.rules.quiet import collector_paused
from tests.meetings.rules.values import a_meeting, an_oblast


@pytest.fixture(autouse=True)
def _collector_on():
    gc.enable()
    yield
    gc.enable()


def test_the_collector_rests_inside_and_runs_after():
    with collector_paused():
        assert not gc.isenabled()

    assert gc.isenabled()


def test_the_collector_runs_again_after_a_refused_check():
    with pytest.raises(UnknownUnit):
        check_calendar(
            edition_of_year(2026), an_oblast(), [a_meeting("x", "y", "2026-02-02")], 2026
        )

    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    gc.disable()

    with collector_paused():
        pass

    assert not gc.isenabled()
