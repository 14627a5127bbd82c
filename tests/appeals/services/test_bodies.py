"""Organisations and who reports for them: kept by administrators of the territory."""

import pytest
from django.core.exceptions import PermissionDenied

from appeals.models import Body
from appeals.services import bodies
from meetings.enums import Role
from meetings.models import Act
from tests.factories import make_user


def test_an_administrator_keeps_bodies_and_members_of_the_territory_alone(pool):
    here = make_user(Role.ADMINISTRATOR, pool.country.region)
    elsewhere = make_user(Role.ADMINISTRATOR, pool.country.second)
    reporter = make_user(Role.BODY, pool.country.first)
    body = Body(unit=pool.country.first, name_kk="Су арнасы", name_ru="Водоканал")

    bodies.keep(body, by=here)
    member = bodies.add_member(body, reporter, by=here)
    assert bodies.add_member(body, reporter, by=here) == member
    assert list(Body.objects.of(reporter)) == [body]

    for refused in (
        lambda: bodies.keep(body, by=elsewhere),
        lambda: bodies.add_member(body, elsewhere, by=elsewhere),
        lambda: bodies.drop_member(member, by=pool.commission),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    bodies.drop_member(member, by=here)
    assert list(Body.objects.of(reporter)) == []
    assert list(Act.objects.values_list("verb", flat=True).order_by("pk")) == [
        "body.add", "body.member", "body.member_drop",
    ]  # fmt: skip
