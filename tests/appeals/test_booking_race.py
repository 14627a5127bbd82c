"""No slot is ever given twice: two hundred ask for the same few at the same moment.

On SQLite (a file; each thread a connection of its own) and on PostgreSQL alike. The services look
before they write; so that the constraint is tried as well, one race goes past them.
"""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.utils import timezone

from appeals.enums import BookedHow
from appeals.enums import BookingState as State
from appeals.models import OCCUPYING, Booking, Person, Slot
from appeals.services import booking_links, bookings
from tests.appeals.receptions import TABLES, Case, reload

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 200
THREADS = 50  # PostgreSQL lets a hundred in


def at_once(act, many: int) -> list:
    """What each of ``many`` calls returned or raised; THREADS of them start together."""
    barrier = threading.Barrier(THREADS)

    def run(numbers):
        try:
            barrier.wait()
            return [_outcome(act, number) for number in numbers]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        shares = [range(first, many, THREADS) for first in range(THREADS)]
        return [one for answers in pool.map(run, shares) for one in answers]


def _outcome(act, number: int):
    try:
        return act(number)
    except (bookings.SlotGone, IntegrityError) as refused:
        return type(refused).__name__


def days_ahead():
    """A reception that is ahead whenever the test runs: its threads do not share a frozen clock."""
    return Case(day=timezone.localdate() + timedelta(days=3), tables=TABLES[:1])


def test_of_two_hundred_requests_each_slot_is_held_by_one(settings):
    settings.CODES_FROM_VISITOR = AT_ONCE
    case = days_ahead()
    slots = case.slots()
    page = f"/kk/receptions/{case.reception.uuid}/book/"

    def ask(number):
        sent = {
            "name": f"Адам {number}", "email": f"p{number}@example.kz", "subject": "Жол",
            "consent": "on", "slot": str(slots[number % len(slots)].uuid),
        }  # fmt: skip
        address = f"10.0.{number // 250}.{number % 250}"
        return Client(REMOTE_ADDR=address).post(page, sent).status_code

    answers = Counter(at_once(ask, AT_ONCE))

    assert answers == {302: len(slots), 409: AT_ONCE - len(slots)}
    assert sorted(Booking.objects.values_list("slot", flat=True)) == sorted(s.pk for s in slots)
    assert Person.objects.count() == len(slots)


def test_staff_and_citizens_at_once_give_each_slot_once():
    case = days_ahead()
    slots = case.slots()

    def enter(number):
        return case.enter(slots[number % len(slots)], f"Адам {number}").state

    answers = Counter(at_once(enter, AT_ONCE))

    assert answers == {State.BOOKED: len(slots), "SlotGone": AT_ONCE - len(slots)}
    numbers = Booking.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, len(slots) + 1))


def test_the_constraint_alone_gives_a_slot_once():
    case = days_ahead()
    slot = case.slots()[0]
    people = [
        Person.objects.create(
            language="kk", created_at=timezone.now(), keep_until=case.reception.day
        )
        for _number in range(AT_ONCE)
    ]  # fmt: skip

    def insert(number):
        link = booking_links.new()
        with transaction.atomic():
            return Booking.objects.create(
                reception=case.reception, slot=slot, day=case.reception.day, state=State.BOOKED,
                how=BookedHow.SITE, person=people[number], subject="Жол", language="kk",
                created_at=timezone.now(), link_digest=link.digest, link_sealed=link.sealed,
            ).state  # fmt: skip

    answers = Counter(at_once(insert, AT_ONCE))

    assert answers == {State.BOOKED: 1, "IntegrityError": AT_ONCE - 1}


def test_slots_given_up_at_once_go_to_those_who_wait_each_to_one():
    case = days_ahead()
    taken = [case.enter(slot, f"Адам {slot.pk}") for slot in case.slots()]
    waiting = [case.enter(None, f"Күтуші {number}") for number in range(5)]

    def cancel(number):
        return bookings.cancel(taken[number % len(taken)]).state if number < len(taken) else None

    at_once(cancel, THREADS)

    states = [reload(one).state for one in waiting]
    assert states == [State.BOOKED] * len(taken) + [State.WAITING] * (5 - len(taken))
    held = Slot.objects.filter(bookings__state__in=OCCUPYING).values_list("pk", flat=True)
    assert sorted(held) == sorted(slot.pk for slot in case.slots())
