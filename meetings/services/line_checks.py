"""What a line must be before it is written: refusals with the field they are about."""

from collections.abc import Collection
from datetime import date, time
from typing import NamedTuple

from django.utils.translation import gettext as _

from meetings.dates import say_day
from meetings.enums import MeetingState, UnitKind
from meetings.errors import Refused
from meetings.models import Calendar, Line, Meeting, Office, Revision, Unit

# The country, roughly: a slip of the keyboard and latitude typed for longitude fall outside.
LATITUDES = (40, 56)
LONGITUDES = (46, 88)


class Problem(NamedTuple):
    """One thing that cannot stay: the form's field, and a sentence for the person."""

    field: str
    message: str


def check_line(
    revision: Revision, values: dict, targets: Collection[Unit], *, besides=None
) -> None:
    """Refuse a line that cannot be: every problem at once, in ``details["problems"]``.

    Args:
        values: the line's fields; ``host`` is an Office.
        targets: the units the akim meets.
        besides: the UUID of the line itself when it is changed.
    """
    calendar = revision.calendar
    problems = [
        *_of_day(calendar, values),
        *_of_hours(values),
        *_of_host(calendar.region, values),
        *_of_targets(values, targets),
        *_of_place_on_earth(values),
    ]
    _refuse(problems or list(_of_neighbours(revision, values, targets, besides)))


def check_called(region: Unit, values: dict, targets: Collection[Unit]) -> None:
    """Refuse a meeting outside the calendar that cannot be, as ``check_line`` refuses a line."""
    problems = [
        *_of_hours(values),
        *_of_host(region, values),
        *_of_targets(values, targets),
        *_of_place_on_earth(values),
    ]
    _refuse(problems or list(_of_meetings(values, targets)))


def _refuse(problems: list[Problem]) -> None:
    if problems:
        first = problems[0]
        raise Refused(first.message, first.field, details={"problems": problems})


def _of_day(calendar: Calendar, values: dict):
    if values["day"].year != calendar.year:
        message = _("This calendar is for %(year)s. Give a day of that year.")
        yield Problem("day", message % {"year": calendar.year})


def _of_hours(values: dict):
    begins, ends = values.get("starts_at"), values.get("ends_at")
    if ends and not begins:
        yield Problem("starts_at", _("There is an end without a beginning. Give both hours."))
    elif begins and ends and ends <= begins:
        yield Problem("ends_at", _("The meeting ends before it begins. Mend one of the hours."))


def _of_host(region: Unit, values: dict):
    host: Office = values["host"]
    if not host.unit.path.startswith(region.path):
        yield Problem("host", _("This akim is not of the calendar's region. Choose another."))
    elif not _exists(host, values["day"]):
        yield Problem("host", _("This akim's post does not exist on that day."))


def _of_targets(values: dict, targets: Collection[Unit]):
    if not targets:
        yield Problem("targets", _("Choose at least one place whose people the akim meets."))
    host = values["host"].unit
    for unit in targets:
        if not is_reached(host, unit):
            message = _("“%(unit)s” does not lie in this akim's territory. Choose another place.")
            yield Problem("targets", message % {"unit": unit.name})
        elif unit.kind == UnitKind.PLACE:
            message = _("“%(unit)s” is a minor object. Choose the village or okrug it lies in.")
            yield Problem("targets", message % {"unit": unit.name})
        elif not _exists(unit, values["day"]):
            message = _("“%(unit)s” does not exist on that day. Choose another place.")
            yield Problem("targets", message % {"unit": unit.name})


def _of_place_on_earth(values: dict):
    latitude, longitude = values.get("latitude"), values.get("longitude")
    if (latitude is None) != (longitude is None):
        field = "latitude" if latitude is None else "longitude"
        yield Problem(field, _("A place on the map needs both latitude and longitude."))
    elif latitude is not None and longitude is not None:
        if not LATITUDES[0] <= latitude <= LATITUDES[1]:
            yield Problem("latitude", _("This latitude is not in Kazakhstan (40 to 56)."))
        if not LONGITUDES[0] <= longitude <= LONGITUDES[1]:
            yield Problem("longitude", _("This longitude is not in Kazakhstan (46 to 88)."))


def _of_neighbours(revision: Revision, values: dict, targets: Collection[Unit], besides):
    """The akim's other meetings of the day: the same one twice, two at one hour."""
    same_day = (
        Line.objects.filter(revision=revision, host=values["host"], day=values["day"])
        .exclude(uuid=besides)
        .prefetch_related("targets")
    )
    bodies = {_body(unit) for unit in targets}
    when = say_day(values["day"], _language(), weekday=False)
    for line in same_day:
        if twice := [unit for unit in line.targets.all() if _body(unit) in bodies]:
            message = _("The calendar already has this akim's meeting for “%(unit)s” on %(day)s.")
            yield Problem("targets", message % {"unit": twice[0].name, "day": when})
        elif overlap((values.get("starts_at"), values.get("ends_at")),
                     (line.starts_at, line.ends_at)):  # fmt: skip
            message = _("This akim has another meeting at %(hour)s that day. Give another hour.")
            yield Problem("starts_at", message % {"hour": f"{line.starts_at:%H:%M}"})


def _of_meetings(values: dict, targets: Collection[Unit]):
    """The akim's published meetings of the day: the same one twice, two at one hour."""
    same_day = Meeting.objects.filter(host=values["host"], day=values["day"])
    bodies = {_body(unit) for unit in targets}
    hours = (values.get("starts_at"), values.get("ends_at"))
    for meeting in same_day.exclude(state=MeetingState.CANCELLED).prefetch_related("targets"):
        if twice := [unit for unit in meeting.targets.all() if _body(unit) in bodies]:
            message = _("This akim already has a meeting for “%(unit)s” that day.")
            yield Problem("targets", message % {"unit": twice[0].name})
        elif overlap(hours, (meeting.starts_at, meeting.ends_at)):
            message = _("This akim has another meeting at %(hour)s that day. Give another hour.")
            yield Problem("starts_at", message % {"hour": f"{meeting.starts_at:%H:%M}"})


def is_reached(host: Unit, unit: Unit) -> bool:
    """Whether a unit lies in a host's territory: its own counts, whichever row of its body."""
    return unit.path.startswith(host.path) or host.body_id == unit.pk


def overlap(one: tuple[time | None, time | None], other: tuple[time | None, time | None]) -> bool:
    """Whether two meetings of a day meet in time. One without an hour may be at any: it does not
    overlap; one without an end is taken at its beginning alone."""
    (begins, ends), (begins_2, ends_2) = one, other
    if begins is None or begins_2 is None:
        return False
    if begins == begins_2:
        return True
    if begins < begins_2:
        return ends is not None and ends > begins_2
    return ends_2 is not None and ends_2 > begins


def _body(unit: Unit) -> int:
    return unit.body_id or unit.pk


def _exists(thing: Unit | Office, day: date) -> bool:
    return not (
        (thing.valid_from and thing.valid_from > day) or (thing.valid_to and thing.valid_to < day)
    )


def _language() -> str:
    from django.utils.translation import get_language

    return get_language() or "kk"
