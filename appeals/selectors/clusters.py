"""Many open questions of one topic from one place: the desk proposes a meeting there [house].

Counted by the database, a group a place and topic; no question is read.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override

from appeals.enums import OPEN_DEMANDS
from appeals.enums import QuestionState as State
from appeals.models import Demand, Question
from appeals.selectors.queue import below
from meetings.enums import MeetingState, Topic
from meetings.models import Meeting, Unit
from meetings.permissions import Act, reach

MOST = 10


@dataclass(frozen=True, slots=True)
class Cluster:
    """How many questions of a topic a place asks, and nobody has answered."""

    unit: Unit
    topic: str
    questions: int


def days() -> int:
    return settings.PROPOSE_MEETING_DAYS


def proposed(user, at: datetime, *, most: int = MOST) -> list[Cluster]:
    """Where a meeting should be called, the most asked first; two queries.

    Only for those who may call one. A place for which a meeting outside the calendar was called
    within those days, or is still ahead, needs no second one; nor does one whose people demand a
    meeting on the topic: that demand is answered.
    """
    within = _reached(user)
    if within is None:
        return []
    since = at - timedelta(days=days())
    open_ones = Q(merged_into=None, answered_at=None) | Q(
        merged_into__isnull=False, merged_into__answered_at=None
    )
    rows = (
        Question.objects.filter(
            within, open_ones, state__in=(State.WAITING, State.PUBLISHED), asked_at__gte=since
        )
        .exclude(topic=Topic.OTHER)
        .exclude(Exists(_called(since)))
        .exclude(Exists(_demanded()))
        .values("unit", "topic")
        .annotate(many=Count("pk"))
        .filter(many__gte=settings.PROPOSE_MEETING_QUESTIONS)
        .order_by("-many", "unit", "topic")[:most]
    )
    found = list(rows)
    units = Unit.objects.in_bulk([one["unit"] for one in found])
    return [Cluster(units[one["unit"]], one["topic"], one["many"]) for one in found]


def say(clusters: list[Cluster], language: str) -> list[dict]:
    """What appeals/desk/_clusters.html shows of each."""
    return [
        {
            "unit": one.unit.name_in(language), "topic": Topic(one.topic).label,
            "count": ngettext("%(n)s open question", "%(n)s open questions", one.questions)
            % {"n": one.questions},
            "questions_url": f"{reverse('requests_desk')}?"
            + urlencode({"show": "all", "unit": one.unit.kato, "topic": one.topic}),
            "call_url": f"{reverse('desk_call', args=[one.unit.kato])}?"
            + urlencode({"topic": one.topic, "reason": _reason(one)}),
        }
        for one in clusters
    ]  # fmt: skip


def _reason(one: Cluster) -> str:
    """Both languages, since everybody reads it; a proposal that the office may change."""
    label = Topic(one.topic).label
    with override("kk"):
        kk = str(label)
    with override("ru"):
        ru = str(label)
    return (
        f"Осы жерден бір тақырыпта көп сұрақ түсті: {kk} ({one.questions}). / "
        f"Из этого места поступило много вопросов на одну тему: {ru} ({one.questions})."
    )


def _reached(user) -> Q | None:
    """Questions of the territory for which the person calls meetings; None when there is none."""
    paths = reach(user, Act.CALL_MEETING)
    if paths is None:
        return Q()
    condition = None
    for path in paths:
        condition = below(path) if condition is None else condition | below(path)
    return condition


def _called(since: datetime):
    """Meetings outside the calendar for the question's place, called or held of late."""
    return Meeting.objects.filter(
        Q(published_at__gte=since) | Q(day__gte=timezone.localdate(since)),
        targets=OuterRef("unit"), is_outside=True,
    ).exclude(state=MeetingState.CANCELLED)  # fmt: skip


def _demanded():
    return Demand.objects.filter(
        unit=OuterRef("unit"), topic=OuterRef("topic"), state__in=OPEN_DEMANDS
    )
