"""Timetable rows of published meetings, as plain values: one query for a page of them."""

from datetime import date, time
from functools import reduce
from operator import or_
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from meetings.enums import AkimLevel, MeetingState
from meetings.models import Meeting, Office, Unit
from meetings.models.unit import STEP_WIDTH, subtree
from meetings.text import fold

Target = Meeting.targets.through
MOST_WORDS = 5
# More units or posts than that are not listed in a query.
MOST_LISTED = 200


class Asked(NamedTuple):
    """What a visitor wants to see of the list of meetings; empty means all."""

    q: str = ""
    level: str = ""
    first: date | None = None
    last: date | None = None
    state: str = ""


class Span(NamedTuple):
    """The days that are shown, and whether the newest stand first."""

    first: date | None
    last: date | None
    is_past: bool


class Place(NamedTuple):
    """A target of a meeting: its name, code and path, and the names it lies in, nearest first."""

    name: str
    kato: str
    path: str
    above: tuple[str, ...]


class Row(NamedTuple):
    """One meeting for a timetable."""

    pk: int
    uuid: UUID
    day: date
    starts_at: time | None
    ends_at: time | None
    state: str
    way: str
    place: str
    is_awaiting: bool
    is_outside: bool
    planned_day: date | None
    people: int | None
    host: str
    host_path: str
    targets: tuple[Place, ...] = ()


def span(asked: Asked, day: date) -> Span:
    """What is ahead, unless days are given; what was held, or ends before today, is looked back on.

    ``day`` is today.
    """
    if asked.first is None and asked.last is None:
        if asked.state == MeetingState.HELD:
            return Span(None, day, True)
        return Span(day, None, False)
    is_past = asked.first is None and asked.last is not None and asked.last < day
    return Span(asked.first, asked.last, is_past)


def meetings_asked(asked: Asked, days: Span, unit: Unit | None = None) -> QuerySet:
    """The published meetings that were asked for, for a unit and what lies in it, in order."""
    meetings = Meeting.objects.all()
    if days.first:
        meetings = meetings.filter(day__gte=days.first)
    if days.last:
        meetings = meetings.filter(day__lte=days.last)
    if asked.state:
        meetings = meetings.filter(state=asked.state)
    if asked.level:
        is_narrowed = bool(asked.q or unit)
        meetings = meetings.filter(_of_level(AkimLevel(asked.level), is_narrowed=is_narrowed))
    if unit:
        inside = Target.objects.filter(subtree("unit__path", unit.path))
        meetings = meetings.filter(pk__in=inside.values("meeting_id"))
    for named in _named(fold(asked.q).replace("|", " ").split()[:MOST_WORDS]):
        meetings = meetings.filter(named)
    return meetings.order_by(*_order(days.is_past))


def _of_level(level: AkimLevel, *, is_narrowed: bool) -> Q:
    """Meetings of the akims of a level: few akims are listed, meetings of many are walked.

    Where a place or a word narrows the list already, the database needs no such help.
    """
    hosts = Office.objects.filter(unit__kind__in=level.kinds)
    if is_narrowed:
        return Q(host__in=hosts)
    found = list(hosts.values_list("pk", flat=True)[: MOST_LISTED + 1])
    if len(found) > MOST_LISTED:
        return Q(Exists(hosts.filter(pk=OuterRef("host_id"))))
    return Q(host__in=found)


def _named(words: list[str]) -> list[Q]:
    """For each word the meetings whose akim or place is named with it; at most one query.

    Few units are looked up and their meetings fetched; where a word is in the name of many, the
    meetings are walked in the order of their days, and each is asked for its names.
    """
    if not words:
        return []
    of_any = reduce(or_, (Q(search__contains=word) for word in words))
    found = list(Unit.objects.filter(of_any).values_list("pk", "search")[: MOST_LISTED + 1])
    if len(found) > MOST_LISTED:
        return [_walked(word) for word in words]
    return [_fetched([pk for pk, search in found if word in search]) for word in words]


def _fetched(units: list[int]) -> Q:
    targets = Target.objects.filter(unit__in=units).values("meeting_id")
    hosted = Meeting.objects.filter(host__unit__in=units).order_by().values("pk")
    return Q(pk__in=targets.union(hosted))


def _walked(word: str) -> Q:
    hosts = Office.objects.filter(pk=OuterRef("host_id"), unit__search__contains=word)
    targets = Target.objects.filter(meeting=OuterRef("pk"), unit__search__contains=word)
    return Q(Exists(hosts)) | Q(Exists(targets))


def _order(newest_first: bool) -> tuple[str, ...]:
    sign = "-" if newest_first else ""
    return (f"{sign}day", f"{sign}starts_at", f"{sign}pk")


def count_of(meetings: QuerySet, most: int) -> int:
    """How many there are, counted no further than one over ``most``."""
    return meetings.order_by()[: most + 1].count()


def rows(meetings: QuerySet, language: str, *, first: int = 0, most: int = 50) -> list[Row]:
    """A page of an ordered queryset of meetings with their targets; one query.

    The page is cut among keys alone, so that skipped rows are not joined with anything.
    """
    keys = meetings.values("pk")[first : first + most]
    found: dict[int, Row] = {}
    targets: dict[int, list[Place]] = {}
    for *row, name, kato, path, near, far, farther in (
        Meeting.objects.filter(pk__in=keys)
        .order_by(*meetings.query.order_by, "targets__path")
        .values_list(
            "pk", "uuid", "day", "starts_at", "ends_at", "state", "way", _place(language),
            "is_awaiting", "is_outside", "planned_day", "people",
            name_of("host__unit__", language), "host__unit__path", *_target("targets__", language),
        )
    ):  # fmt: skip
        found[row[0]] = Row(*row)
        places = targets.setdefault(row[0], [])
        if path:
            places.append(Place(name, kato, path, tuple(filter(None, (near, far, farther)))))
    return [row._replace(targets=tuple(targets[row.pk])) for row in found.values()]


def targets_of(meeting: Meeting, language: str) -> tuple[Place, ...]:
    """The places of one meeting; one query."""
    found = Target.objects.filter(meeting=meeting).order_by("unit__path")
    return tuple(
        Place(name, kato, path, tuple(filter(None, above)))
        for name, kato, path, *above in found.values_list(*_target("unit__", language))
    )


def _target(prefix: str, language: str) -> tuple:
    """Name, code and path of a target, then the names of what it lies in, nearest first."""
    above = [name_of(prefix + "parent__" * steps, language) for steps in (1, 2, 3)]
    return (name_of(prefix, language), f"{prefix}kato", f"{prefix}path", *above)


def name_of(prefix: str, language: str):
    """The column of a unit's name in a language; English may be missing."""
    if language == "en":
        return Coalesce(NullIf(F(f"{prefix}name_en"), Value("")), F(f"{prefix}name_kk"))
    return F(f"{prefix}name_{language}")


def _place(language: str):
    mine, other = ("place_ru", "place_kk") if language == "ru" else ("place_kk", "place_ru")
    return Coalesce(NullIf(F(mine), Value("")), F(other))


def depth(path: str) -> int:
    return len(path) // STEP_WIDTH
