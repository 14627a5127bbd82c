"""Writers of the territory wait for each other, on real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, connections

from meetings.enums import Role
from meetings.kato.parse import read_classifier
from meetings.models import Act, Unit
from meetings.services.territory import import_classifier
from meetings.services.units import add_own_unit
from tests.factories import make_user
from tests.meetings.kato.kato_files import SMALL, a_csv

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
    ),
]
AT_ONCE = 6


def at_once(act):
    """Run a function in threads that start together; give what each returned."""
    barrier = Barrier(AT_ONCE)

    def run(number):
        try:
            barrier.wait()
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def test_of_many_first_imports_one_finds_everything_new():
    classifier = read_classifier(a_csv())

    found = at_once(lambda _number: import_classifier(classifier, day=date(2026, 7, 17)))

    assert sorted(len(one.new) for one in found) == [0] * (AT_ONCE - 1) + [len(SMALL)]
    assert Unit.objects.count() == len(SMALL)
    assert Act.objects.filter(verb="territory.import").count() == 1


def test_units_added_at_once_get_different_codes():
    import_classifier(read_classifier(a_csv()), day=date(2026, 7, 17))
    city = Unit.objects.get(kato="271000000")
    chief = make_user(Role.ADMINISTRATOR)

    def add(number):
        name = f"Самал-{number}"
        unit = Unit(parent=city, kind="microdistrict", name_kk=name, name_ru=name)
        return add_own_unit(unit, by=chief).kato

    codes = at_once(add)

    assert sorted(codes) == [f"271000000-{number}" for number in range(1, AT_ONCE + 1)]
