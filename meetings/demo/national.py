"""A year of the whole country on an imported classifier: every duty once, on plausible days."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db import transaction

from meetings.demo.calendars import Signers, approve, draft, hold_past
from meetings.demo.people import HELD_SINCE
from meetings.demo.write import write_tenures
from meetings.enums import REGION_KINDS, Role
from meetings.models import Assignment, Calendar, Unit, User

Progress = Callable[[Iterable], Iterable]


def load(today: date, progress: Progress = iter) -> int:
    """Plan, agree, approve and partly hold the year of ``today`` in every region without one.

    Each region is written whole or not at all, so that an interrupted run goes on where it was.

    Args:
        progress: wraps the list of regions, to show how far the work is.
    Returns:
        How many regions were written.
    """
    regions = regions_without(today.year)
    yesterday = today - timedelta(days=1)
    signers = _signers()
    write_tenures()
    for region in progress(regions):
        with transaction.atomic():
            revision = approve(
                draft(region, today.year), signers,
                submitted=date(today.year - 1, 12, 20),
                agreed=min(date(today.year, 1, 9), yesterday),
                approved=min(date(today.year, 1, 12), yesterday),
            )  # fmt: skip
            hold_past(revision.calendar, today)
    return len(regions)


def regions_without(year: int) -> list[Unit]:
    has_one = Calendar.objects.filter(year=year).values("region_id")
    regions = Unit.objects.filter(parent=None, valid_to=None, kind__in=REGION_KINDS)
    return list(regions.exclude(pk__in=has_one).order_by("path"))


def _signers() -> Signers:
    """Three people for the whole country, who cannot sign in."""
    found = {}
    for role in (Role.COORDINATOR, Role.CHAIR, Role.AKIM):
        email = f"national.{role}@akimat.example"
        user = User.objects.filter(email=email).first() or User.objects.create_user(
            email, None, name=f"Ұлттық көрсетілім: {role.label}", is_active=True
        )
        Assignment.objects.get_or_create(
            user=user, role=role, unit=None,
            defaults={"starts_on": HELD_SINCE},
        )  # fmt: skip
        found[role] = user
    return Signers(found[Role.COORDINATOR], found[Role.CHAIR], found[Role.AKIM])
