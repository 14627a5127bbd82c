"""Supporters at once: each voice is kept, and the demand is reached once (PostgreSQL)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections
from django.utils import timezone

from appeals.enums import DemandState
from appeals.models import Demand
from appeals.services import demand_answers, demand_voices
from meetings.models import Act, Letter
from tests.factories import Region
from tests.factories_requests import make_demand, make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
AT_ONCE, NEEDED = 40, 25


@pytest.fixture(autouse=True)
def _on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time: there is no race to try")


def test_of_supporters_at_once_exactly_one_reaches_the_threshold():
    region = Region()
    person = make_person()
    demand = make_demand(
        region.okrug, region.office(region.first), threshold=NEEDED, voices=0, person=person
    )
    barrier = threading.Barrier(AT_ONCE)

    def support(number):
        try:
            barrier.wait()
            mark = f"mark-{number % (AT_ONCE - 5)}"  # five give a second voice
            return demand_voices.count(demand, mark, "", "kk", at=timezone.now()).value
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        said = sorted(pool.map(support, range(AT_ONCE)))

    assert said == sorted(["again"] * 5 + ["counted"] * (AT_ONCE - 6) + ["reached"])
    kept = Demand.objects.get()
    assert (kept.state, kept.voices, kept.supports.count()) == (
        DemandState.REACHED, AT_ONCE - 5, AT_ONCE - 5,
    )  # fmt: skip
    assert [move.note for move in kept.moves.filter(deed="reach")] == [str(NEEDED)]
    assert Act.objects.filter(verb="demand.reach").count() == 1
    assert Letter.objects.filter(kind="demand_reached").count() == 1


def test_a_voice_and_the_closing_at_once_end_in_one_of_both():
    region = Region()
    demand = make_demand(
        region.okrug, region.office(region.first), threshold=2, closes_on=date(2026, 1, 1)
    )
    barrier = threading.Barrier(2)

    def act(do):
        try:
            barrier.wait()
            return do()
        except demand_voices.Over:
            return "over"
        finally:
            connections.close_all()

    def support():
        return demand_voices.count(demand, "mark", "", "kk", at=timezone.now()).value

    with ThreadPoolExecutor(2) as pool:
        voice, closed = pool.map(act, [support, demand_answers.close_due])

    kept = Demand.objects.get()
    assert (voice, closed, kept.state) in [
        ("counted", 1, DemandState.CLOSED), ("over", 1, DemandState.CLOSED),
        ("reached", 0, DemandState.REACHED),
    ]  # fmt: skip
