"""Reminds of protocols that are missing: one letter a person for those that became so, once.

Days after the meeting are a setting [house]. Told is whoever writes protocols nearest to the akim's
post: the drafters of the unit, else those above, else the coordinator of the region.
"""

from collections import defaultdict
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from meetings.dates import say_day
from meetings.models import Assignment, DailyDuty, Meeting, Unit, User
from meetings.permissions import RIGHTS, Act
from meetings.selectors.protocols import without_protocol
from meetings.services import outbox

NAME = "meetings.missing_protocols"
# A letter names so many; the desk lists all.
MOST_NAMED = 20


def remind(at: datetime) -> None:
    """Write the letters of the day; runs as a daily duty, whose last day bounds what is new."""
    today = timezone.localdate(at)
    before = DailyDuty.objects.filter(name=NAME).values_list("done_on", flat=True).first()
    missing = without_protocol(today, after=before).select_related("host__unit")
    writers = _writers(today)
    found: dict[User, list[Meeting]] = defaultdict(list)
    for meeting in missing.order_by("day", "pk").prefetch_related("targets"):
        for user in nearest(meeting.host.unit, writers):
            found[user].append(meeting)
    for user, meetings in found.items():
        _write(user, meetings, today, at)


def _writers(day: date) -> dict[str, list[User]]:
    """Whoever writes protocols on that day, by the path of the unit; "" is the whole country."""
    rows = Assignment.objects.on(day).filter(
        role__in=RIGHTS[Act.WRITE_PROTOCOL], user__is_active=True
    )
    found: dict[str, list[User]] = defaultdict(list)
    for one in rows.select_related("user", "unit").order_by("user_id"):
        people = found[one.unit.path if one.unit else ""]
        if one.user not in people:
            people.append(one.user)
    return found


def nearest(unit: Unit, writers: dict[str, list[User]]) -> list[User]:
    """Those of the unit itself, else of the nearest unit above that has any."""
    held = [path for path in writers if unit.path.startswith(path)]
    return writers[max(held, key=len)] if held else []


def _write(user: User, meetings: list[Meeting], today: date, at: datetime) -> None:
    language = user.language if user.language in dict(settings.LANGUAGES) else "kk"
    with translation.override(language):
        lines = [
            {
                "when": say_day(one.day, language, weekday=False),
                "where": ", ".join(unit.name for unit in one.targets.all()) or one.host.unit.name,
                "page": reverse("desk_protocol", args=[one.uuid]),
            }
            for one in meetings[:MOST_NAMED]
        ]
        desk = reverse("desk")
    outbox.post(
        "protocols_missing", to=user.email, language=language, at=at,
        key=f"protocols_missing:{today.isoformat()}:{user.pk}",
        context={
            "lines": lines, "count": len(meetings), "more": len(meetings) - len(lines),
            "days": settings.PROTOCOL_DAYS, "desk": desk,
        },
    )  # fmt: skip
