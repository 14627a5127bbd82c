"""Public pages kept as bytes: made anew after a published change of what they show, else not."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from meetings import kept
from meetings.services.publishing import raise_public

pytestmark = pytest.mark.django_db
BOTH = ("meetings", "appeals")


def test_a_page_is_made_anew_by_changes_of_what_it_shows_alone(django_assert_num_queries):
    made = []

    def make():
        made.append(1)
        return HttpResponse("page")

    def read(address, names):
        with django_assert_num_queries(1):
            kept.page(RequestFactory().get(address), make, names=names)
        return len(made)

    assert (read("/both/", BOTH), read("/both/", BOTH), read("/one/", ["meetings"])) == (1, 1, 2)
    raise_public("appeals")
    assert (read("/both/", BOTH), read("/one/", ["meetings"])) == (3, 3)
    raise_public()
    assert (read("/both/", BOTH), read("/one/", ["meetings"])) == (4, 5)


def test_each_name_has_its_own_count():
    raise_public("appeals")
    raise_public("appeals")
    raise_public()

    assert kept.versions(("meetings", "appeals", "nobody")) == [1, 2, 0]
