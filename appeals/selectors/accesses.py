"""Whose data was read: the records of readings, for the territories that a right reaches."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from appeals.models import PersonalRead, Question
from appeals.personal_fields import NOUNS
from meetings.permissions import Act, reach, within_reach


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the list; empty fields ask nothing. ``subject``: number of a question."""

    since: date | None = None
    until: date | None = None
    by: str = ""
    subject: str = ""


def accesses(user, wanted: Wanted) -> QuerySet[PersonalRead]:
    """Readings of the data of persons who asked or booked in the user's territory, newest first."""
    found = PersonalRead.objects.filter(_reached(user))
    if wanted.since:
        found = found.filter(at__gte=_begins(wanted.since))
    if wanted.until:
        found = found.filter(at__lt=_begins(wanted.until + timedelta(days=1)))
    if wanted.by:
        found = found.filter(Q(by__name__icontains=wanted.by) | Q(by__email=wanted.by.lower()))
    if wanted.subject:
        asked = Question.objects.filter(number=wanted.subject).values("person")
        found = found.filter(person__in=asked)
    return found.select_related("by", "person")


def persons_read(found: QuerySet[PersonalRead]) -> int:
    """How many people those readings concern: what a notice of a breach has to say."""
    return found.order_by().values("person").distinct().count()


def questions_of(reads: list[PersonalRead]) -> dict[str, Question]:
    """The questions that readings were about, by ``noun:uuid``; one query."""
    uuids = {
        read.subject.partition(":")[2] for read in reads if read.subject.startswith("question:")
    }
    return {f"question:{one.uuid}": one for one in Question.objects.filter(uuid__in=uuids)}


def _reached(user) -> Q:
    if reach(user, Act.READ_ACCESSES) is None:
        return Q()
    condition = Q(pk__in=[])
    for noun in NOUNS:
        if not noun.has_person:
            continue
        rows = noun.model._default_manager.filter(
            within_reach(user, Act.READ_ACCESSES, f"{noun.unit}__path"), person=OuterRef("person")
        )
        condition |= Q(Exists(rows))
    return condition


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
