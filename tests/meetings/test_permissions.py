from datetime import date

import pytest

from meetings.enums import Role, State
from meetings.models import Assignment, Calendar
from meetings.permissions import RIGHTS, Act, may
from tests.factories import Region, make_calendar, make_user

pytestmark = pytest.mark.django_db


def test_a_role_reaches_its_subtree_and_nothing_else():
    here, there = Region(), Region("230000000", "Атырау облысы")
    user = make_user(Role.DRAFTER, here.first)

    assert may(user, Act.EDIT_LINE, here.first)
    assert may(user, Act.EDIT_LINE, here.okrug)
    assert not may(user, Act.EDIT_LINE, here.second)
    assert not may(user, Act.EDIT_LINE, here.region)
    assert not may(user, Act.EDIT_LINE, there.first)


def test_a_role_is_held_on_its_days_only():
    region = Region().region
    user = make_user()
    Assignment.objects.create(
        user=user,
        role=Role.CHAIR,
        unit=region,
        starts_on=date(2020, 1, 1),
        ends_on=date(2020, 2, 1),
    )

    assert not may(user, Act.AGREE, region)


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_the_table_says(role):
    region = Region().region
    user = make_user(role, region)

    assert {act for act in Act if may(user, act, region)} == {
        act for act in Act if role in RIGHTS[act]
    }


VISIBLE = [  # role, where it is held, states of the calendar it reads
    (Role.DRAFTER, "okrug", set(State)),
    (Role.COORDINATOR, "region", set(State)),
    (Role.OBSERVER, "second", set(State)),
    (Role.DEPUTY, "region", {State.WITH_MASLIKHAT, State.AGREED}),
    (Role.DEPUTY, "first", set()),
    (Role.ADMINISTRATOR, "region", set()),
    (None, None, set()),
]


@pytest.mark.parametrize(("role", "where", "states"), VISIBLE)
def test_drafts_are_seen_by_the_staff_of_the_region_and_submitted_ones_by_its_deputies(
    role, where, states
):
    here, there = Region(), Region("230000000", "Атырау облысы")
    user = make_user(role, where and getattr(here, where))
    calendar = make_calendar(here.region)
    make_calendar(there.region, state=State.WITH_MASLIKHAT)

    seen = set()
    for state in set(State) - {State.APPROVED}:
        calendar.revisions.update(state=state)
        if calendar in Calendar.objects.visible_to(user):
            seen.add(state)

    assert seen == states - {State.APPROVED}
    assert not Calendar.objects.visible_to(user).exclude(pk=calendar.pk).exists()
