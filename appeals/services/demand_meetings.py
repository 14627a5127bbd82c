"""What follows when a demand was answered with a meeting: it may be cancelled, or its day passes.

Meetings know nothing of demands, so the worker looks for those that were cancelled.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from appeals.models import Demand, DemandSupport
from appeals.services import demand_letters
from meetings.enums import MeetingState

# Later than any stop of the worker, and sooner than it is forgotten which letters went out.
TOLD_WITHIN = timedelta(days=7)


def tell_called_off(now: datetime | None = None) -> int:
    """Tell authors and supporters, once each, that the meeting they got is cancelled; of how
    many demands."""
    at = now or timezone.now()
    found = Demand.objects.filter(
        meeting__state=MeetingState.CANCELLED, meeting__changed_at__gte=at - TOLD_WITHIN
    )
    told = list(found.order_by("pk").values_list("pk", flat=True))
    for pk in told:
        _tell(pk, at)
    return len(told)


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
    demand_letters.tell_end(demand, "demand_called_off", at=at)
