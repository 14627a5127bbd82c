"""Reads feeds of a place and of everything below it: kept bytes, made anew when something changed.

A poll costs one query: it reads the version of the place beside the kept bytes. Only when the
version has moved, or the day has taken a cancelled meeting out, are the stored texts of the
entries joined and compressed again; nothing is ever rendered for an answer of 304.
"""

from datetime import UTC, date, datetime

from django.db import connection
from django.db.models import F

from meetings import ics
from meetings.models import Meeting, MeetingEntry, Unit, UnitPast
from meetings.services.feeds import Before, Found, Kept, Wish, renew


def feed_of(kato: str, wish: Wish, today: date, *, known: str = "") -> Kept | None:
    """The feed of the place that has the code; None when no place ever had it.

    Args:
        today: the local day: a cancelled meeting leaves the feed some days after its own.
        known: the etag the asker has; its bytes are then not read.
    """
    found = _read(_LIVING, kato, wish, today, known)
    if found is None and (former := _former(kato)) is not None:
        found = _read(_BY_KEY, former, wish, today, known)
    if found is None:
        return None
    unit = found.unit

    def read_again() -> Found:
        return _read(_BY_KEY, unit, wish, today, known) or Found(unit, None, None)

    return found.kept or renew(found, wish, today, read_again)


def meeting_file(uuid, language: str) -> tuple[bytes, datetime] | None:
    """One meeting as a file, and when it was changed; one query."""
    entry = (
        MeetingEntry.objects.filter(
            meeting__in=Meeting.objects.visible_to(None).filter(uuid=uuid), language=language
        )
        .values_list("text", "meeting__changed_at")
        .first()
    )
    if entry is None:
        return None
    return (ics.calendar_start() + entry[0] + ics.CALENDAR_END).encode(), entry[1]


# Without the ORM, whose share of a poll would be the greatest: it is every subscriber's, hourly.
_KEPT = """
    SELECT u.id, COALESCE(v.version, 0), b.version, b.fresh_until, b.etag, b.modified_at,
           CASE WHEN b.etag = %s THEN NULL ELSE b.gzipped END
    FROM meetings_unit u
    LEFT JOIN meetings_feedversion v ON v.unit_id = u.id
    LEFT JOIN meetings_feedbody b ON b.unit_id = u.id AND b.variant = %s
    WHERE """
_LIVING = _KEPT + "u.kato = %s AND u.valid_to IS NULL"
_BY_KEY = _KEPT + "u.id = %s"


def _read(query: str, place, wish: Wish, today: date, known: str) -> Found | None:
    """The key of the place, and its feed if the kept one is of the present version and day."""
    with connection.cursor() as cursor:
        cursor.execute(query, [known, wish.variant, place])
        row = cursor.fetchone()
    if row is None:
        return None
    unit, version, kept_version, fresh_until, etag, modified_at, gzipped = row
    if kept_version is None:
        return Found(unit, None, None)
    before = Before(kept_version, etag, _aware(modified_at))
    if kept_version != version or str(fresh_until) < today.isoformat():
        return Found(unit, before, None)
    packed = None if gzipped is None else bytes(gzipped)
    return Found(unit, before, Kept(etag, before.modified_at, packed))


def _aware(stored: datetime) -> datetime:
    """SQLite's driver gives a moment in UTC without saying so."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)


def _former(kato: str) -> int | None:
    """The key of the place that had the code last: programs ask for years at one address."""
    retired = Unit.objects.filter(kato=kato).order_by(F("valid_to").desc(nulls_first=True))
    past = UnitPast.objects.filter(kato=kato).order_by("-until")
    for keys in (retired.values_list("pk", flat=True), past.values_list("unit_id", flat=True)):
        if (key := keys.first()) is not None:
            return key
    return None
