"""What deputies read: calendars that were given to their maslikhat, and what was said of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from meetings.enums import REGION_KINDS, State
from meetings.models import (
    Calendar,
    Endorsement,
    MeetingChange,
    Remark,
    Revision,
    Unit,
    approval_deadline,
)
from meetings.permissions import SUBMITTED_STATES, Act, within_reach


@dataclass(frozen=True, slots=True)
class Awaited:
    """A calendar that the maslikhat has not been given yet, or has sent back."""

    region: Unit
    year: int
    returned: bool


def calendars_for(user):
    """Calendars that lie, or lay, before a maslikhat in which the user sits."""
    given = Revision.objects.filter(state__in=SUBMITTED_STATES).order_by("-number")
    return (
        Calendar.objects.visible_to(user)
        .filter(within_reach(user, Act.READ_SUBMITTED, "region__path"), revisions__in=given)
        .distinct()
        .select_related("region")
        .order_by("-year", "region__path")
        .prefetch_related(Prefetch("revisions", given.defer("canonical"), to_attr="given"))
    )


def due_year(day: date) -> int:
    """The year whose calendar is to be approved next: until 15 January, the present one."""
    return day.year if day < approval_deadline(day.year).date() else day.year + 1


def awaited_by(user, day: date) -> list[Awaited]:
    """Regions of the user whose next calendar the maslikhat does not have."""
    year = due_year(day)
    regions = Unit.objects.filter(
        within_reach(user, Act.READ_SUBMITTED, "path"), kind__in=REGION_KINDS, valid_to=None
    ).order_by("path")
    states: dict[int, set[str]] = {}
    rows = Revision.objects.filter(calendar__year=year, calendar__region__in=regions)
    for region, state in rows.values_list("calendar__region_id", "state"):
        states.setdefault(region, set()).add(state)
    return [
        Awaited(region, year, State.RETURNED in states.get(region.pk, ()))
        for region in regions
        if not states.get(region.pk, set()) & set(SUBMITTED_STATES)
    ]


def urgent_changes(user):
    """Urgent changes in the regions of the maslikhats in which the user sits, the oldest first."""
    return (
        MeetingChange.objects.filter(
            within_reach(user, Act.READ_SUBMITTED, "meeting__region__path"), is_urgent=True
        )
        .select_related("meeting__host__unit", "meeting__region", "by")
        .prefetch_related("meeting__targets")
        .order_by("pk")
    )


def open_changes(user):
    """Those that wait for the maslikhat's word."""
    return urgent_changes(user).filter(confirmed_at=None)


def contents_before(revision: Revision) -> dict | None:
    """What to compare the revision with: its last submission but one, else the approved text."""
    submission = revision.submissions.order_by("-number")[1:2].first()
    if submission is not None:
        return submission.contents
    approved = Revision.objects.filter(
        calendar=revision.calendar_id, number__lt=revision.number, state=State.APPROVED
    ).first()
    return json.loads(approved.canonical) if approved else None


def contents_given(revision: Revision) -> dict | None:
    """What the maslikhat has before it: the last submission, as it was submitted."""
    submission = revision.submissions.order_by("-number").first()
    return submission.contents if submission else None


def words_said(revision: Revision) -> list[Endorsement]:
    """Each deputy's word on the last submission."""
    said = Endorsement.objects.filter(revision=revision, submission=revision.submissions.count())
    return list(said.select_related("by").order_by("at", "pk"))


def remarks_on(revision: Revision, lines: Iterable | None = None) -> list[Remark]:
    """Remarks on the given lines (their UUIDs), or on the whole calendar when None."""
    remarks = Remark.objects.filter(revision=revision).select_related("by").order_by("pk")
    if lines is None:
        return list(remarks.filter(line_uuid=None))
    return list(remarks.filter(line_uuid__in=list(lines)))
