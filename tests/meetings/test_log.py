import pytest
from django.db import transaction

from meetings.services import log
from tests.factories import a_moment, make_user

pytestmark = pytest.mark.django_db


def test_acts_are_chained_and_a_changed_one_is_found():
    user = make_user()
    with transaction.atomic():
        first = log.record("line.add", "line:1", by=user, versions=(1, 2), day="2027-04-14")
        second = log.record("line.drop", "line:1", by=user, at=a_moment(2026, 12, 1))

    assert second.previous == first.digest
    assert log.first_broken_link() is None
    first.detail = {"day": "2027-04-15"}
    assert log.digest_of(first) != first.digest
