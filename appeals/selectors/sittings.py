"""Sittings of the commission, and what may be put on an agenda."""

from datetime import date

from django.db.models import Count, QuerySet

from appeals.models import Problem, Question, Sitting
from appeals.selectors.queue import Wanted, queue
from meetings.models import Unit
from meetings.permissions import Act, reach
from meetings.text import fold

SHELVES = ("waiting", "unanswered")


def sittings_of(user) -> QuerySet[Sitting]:
    """Those the user may read, the latest first, with ``items_count``."""
    found = Sitting.objects.in_reach(user).select_related("unit")
    return found.annotate(items_count=Count("items")).order_by("-day", "-pk")


def commissions_of(user) -> list[Unit]:
    """The units whose commission the user belongs to; of one who serves the whole country, the
    regions."""
    paths = reach(user, Act.HOLD_SITTING)
    units = Unit.objects.filter(valid_to=None).order_by("path")
    return list(units.filter(parent=None) if paths is None else units.filter(path__in=paths))


def questions_for(sitting: Sitting, user, shelf: str, q: str, today: date) -> QuerySet[Question]:
    """Questions of a shelf of the queue, of the sitting's place, that are not on its agenda."""
    wanted = Wanted(show=shelf, unit=sitting.unit, q=q)
    there = sitting.items.exclude(question=None).values("question")
    return queue(user, wanted, today).exclude(pk__in=there).select_related("unit")


def problems_for(sitting: Sitting, user, q: str) -> QuerySet[Problem]:
    """Problems in work of the sitting's place that are not on its agenda."""
    there = sitting.items.exclude(problem=None).values("problem")
    found = Problem.objects.in_reach(user).within(sitting.unit).in_work().exclude(pk__in=there)
    for word in fold(q).split()[:8]:
        found = found.filter(search__contains=word)
    return found.select_related("unit", "body")
