"""What follows when a demand was answered with a meeting: it may be moved or cancelled, or its
day passes.

Meetings know nothing of demands, so the worker looks for those that were moved or cancelled.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from appeals.models import Demand, DemandSupport
from appeals.services import demand_letters
from meetings.enums import MeetingState
from meetings.models import MeetingChange
from meetings.services.meetings import MOVED_FIELDS


def tell_called_off(now: datetime | None = None) -> int:
    """Tell authors and supporters, once each, that the meeting they got is cancelled; of how
    many demands."""
    at = now or timezone.now()
    told = _ahead(at).filter(
        meeting__state=MeetingState.CANCELLED, meeting__changed_at__gte=_remembered_from(at)
    )
    pks = list(told.order_by("pk").values_list("pk", flat=True))
    for pk in pks:
        _tell(pk, at)
    return len(pks)


def tell_moved(now: datetime | None = None) -> int:
    """Tell them, once for each change, that their meeting has another day, hour or place."""
    at = now or timezone.now()
    changes = _moves().filter(at__gte=_remembered_from(at))
    moved = _ahead(at).filter(
        meeting__in=changes.values("meeting"),
        meeting__state__in=(MeetingState.MOVED, MeetingState.ANNOUNCED),
    )
    pks = list(moved.order_by("pk").values_list("pk", flat=True))
    for pk in pks:
        _tell_moved(pk, at)
    return len(pks)


def _moves() -> QuerySet[MeetingChange]:
    """Changes after which people would come at another hour or to another place."""
    announced = Q(kind=MeetingState.ANNOUNCED, was__has_any_keys=[*MOVED_FIELDS, "stream_url"])
    return MeetingChange.objects.filter(Q(kind=MeetingState.MOVED) | announced)


def _ahead(at: datetime) -> QuerySet[Demand]:
    """However long the worker stood still: who would go there in vain is told. Once the day of the
    meeting is past the news is of no use, and the addresses are emptied."""
    return Demand.objects.filter(meeting__day__gte=timezone.localdate(at))


def _remembered_from(at: datetime) -> datetime:
    """What happened before may have been told by a letter that is taken out by now, and would be
    told again: only the row of a letter says that it went out."""
    return at - timedelta(days=settings.LETTERS_KEPT_DAYS)


def forget_addresses(now: datetime | None = None) -> int:
    """Empty the addresses of supporters once the day of their meeting is past; how many."""
    at = now or timezone.now()
    tell_called_off(at)
    over = DemandSupport.objects.filter(demand__meeting__day__lt=timezone.localdate(at))
    return over.exclude(sealed="").update(sealed="")


@transaction.atomic
def _tell(pk: int, at: datetime) -> None:
    held = Demand.objects.select_for_update(of=("self",))
    demand = held.select_related("unit", "office__unit", "meeting").get(pk=pk)
    demand_letters.tell_called_off(demand, at=at)


@transaction.atomic
def _tell_moved(pk: int, at: datetime) -> None:
    held = Demand.objects.select_for_update(of=("self",))
    demand = held.select_related("unit", "office__unit", "meeting").get(pk=pk)
    last = _moves().filter(meeting=demand.meeting).order_by("pk").last()
    if last is not None:
        demand_letters.tell_moved(demand, last, at=at)
