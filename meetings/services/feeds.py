"""Makes a feed from the stored texts of its entries, and keeps its bytes for the next reader."""

import gzip
import hashlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import BinaryField, Case, DateField, Func, Q, QuerySet, When
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from meetings import atom, ics
from meetings.entries import page_address, plain
from meetings.enums import AkimLevel, MeetingState
from meetings.models import FeedBody, Meeting, Unit
from meetings.models.unit import subtree

log = logging.getLogger("akimat.feeds")
# Of the meetings that changed last: a reader of news asks for no more.
NEWS_SHOWN = 200
# The time to make a feed is mostly this: level 4 takes twice as long to save 5 %.
COMPRESSION = 3
# An edit holds the lock of writers for some 10 ms; a publication of a whole year, for seconds.
WAIT_MS = 50
CANCELLED_KEPT = timedelta(days=settings.CANCELLED_KEPT_DAYS)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


class Wish(NamedTuple):
    """What an address asks for: the form (``ics``, ``atom``), the language and which meetings."""

    form: str
    language: str
    level: str = ""
    with_cancelled: bool = True

    @property
    def variant(self) -> str:
        return f"{self.form}:{self.language}:{self.level}:{self.with_cancelled:d}"

    def address(self, kato: str) -> str:
        level = f"&level={self.level}" if self.level else ""
        cancelled = "" if self.with_cancelled else "&cancelled=0"
        return (
            f"{settings.SITE_URL}/feeds/{kato}.{self.form}?lang={self.language}{level}{cancelled}"
        )


class Kept(NamedTuple):
    """A feed as it is kept. ``gzipped`` is None where the asker knows these bytes already.

    ``modified_at`` is None where the bytes could not be kept: it is not known then that no other
    bytes carry the same time.
    """

    etag: str
    modified_at: datetime | None
    gzipped: bytes | None


class Before(NamedTuple):
    """What stands in the place of a feed: of which version it is, and its validators."""

    version: int
    etag: str
    modified_at: datetime


class Found(NamedTuple):
    """The key of a unit, what is kept of its feed, and that feed if it is the present one."""

    unit: int
    before: Before | None
    kept: Kept | None


class Octets(Func):
    """A text as UTF-8: SQLite gives the bytes it holds and spares decoding and encoding them."""

    template = "%(expressions)s"
    output_field = BinaryField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, template="CAST(%(expressions)s AS BLOB)", **context
        )


class Made(NamedTuple):
    """A feed of one version of the place; not settled where that rose meanwhile."""

    version: int
    gzipped: bytes
    etag: str
    modified_at: datetime
    fresh_until: date
    is_settled: bool


_UNIT = (
    "number", "path", "kato", "name_kk", "name_ru", "name_en",
    "feed_version__version", "feed_version__changed_at",
)  # fmt: skip
# One process makes a feed once, however many ask for it at that moment.
_LOCKS = [threading.Lock() for _number in range(64)]


def renew(found: Found, wish: Wish, today: date, read: Callable[[], Found]) -> Kept:
    """The feed of the unit, made and kept for the next reader.

    ``read`` looks for the kept feed again, where another thread was waited for: it may have made
    the very same meanwhile.
    """
    lock = _LOCKS[hash((found.unit, wish)) % len(_LOCKS)]
    is_waited_for = not lock.acquire(blocking=False)
    if is_waited_for:
        lock.acquire()
    try:
        found = read() if is_waited_for else found
        return found.kept or _keep(found, wish, _make(found.unit, wish, today))
    finally:
        lock.release()


def _make(number: int, wish: Wish, today: date) -> Made:
    """The feed as one statement sees it, between two looks at the version of the place."""
    unit = Unit.objects.select_related("feed_version").only(*_UNIT).get(pk=number)
    raised = getattr(unit, "feed_version", None)
    version = raised.version if raised else 0
    with translation.override(wish.language):
        body, since, fresh_until = _BODIES[wish.form](unit, wish, today)
    is_settled = _version(number) == version
    gzipped = gzip.compress(body, COMPRESSION, mtime=0)
    # Over the packed bytes, which are a fifteenth: the same body gives the same ones.
    etag = hashlib.sha256(gzipped).hexdigest()[:32]
    modified_at = max(raised.changed_at, _midnight(since)) if raised else _midnight(since)
    return Made(version, gzipped, etag, modified_at, fresh_until, is_settled)


def _version(number: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM meetings_feedversion WHERE unit_id = %s", [number])
        row = cursor.fetchone()
    return row[0] if row else 0


def _meetings(unit: Unit, wish: Wish, today: date) -> QuerySet:
    """The meetings of the feed, with the texts of their entries.

    Beside those shown, the cancelled ones whose days are over: when the last one left is a change
    of the feed too.
    """
    targets = Meeting.targets.through.objects.filter(subtree("unit__path", unit.path))
    asked = Q(pk__in=targets.values("meeting"), entries__language=wish.language)
    if wish.level:
        asked &= Q(host__unit__kind__in=AkimLevel(wish.level).kinds)
    if not wish.with_cancelled:
        asked &= ~Q(state=MeetingState.CANCELLED)
    found = Meeting.objects.visible_to(None).from_day(date(today.year - 1, 1, 1)).filter(asked)
    return found.annotate(
        cancelled_on=Case(When(state=MeetingState.CANCELLED, then="day"), output_field=DateField())
    )


def _days(cancelled_on: Iterable[date], today: date) -> tuple[date, date]:
    """Since which day the feed could be what it is, and the last day that it stays so.

    A cancelled meeting leaves some days after its own; with a new year the year before last does.
    """
    since, until = date(today.year, 1, 1), date(today.year, 12, 31)
    for day in cancelled_on:
        if (last := day + CANCELLED_KEPT) >= today:
            until = min(until, last)
        else:
            since = max(since, last + DAY)
    return since, until


def _is_shown(cancelled_on: date | None, today: date) -> bool:
    return cancelled_on is None or cancelled_on + CANCELLED_KEPT >= today


def _calendar(unit: Unit, wish: Wish, today: date) -> tuple[bytes, date, date]:
    meetings = _meetings(unit, wish, today).order_by("pk")  # no order is asked for: the cheapest
    rows = _plain_rows(meetings.values_list(Octets("entries__text"), "cancelled_on"))
    days = {stored: _as_day(stored) for _text, stored in rows}  # thousands of rows, a few days
    shown = [_as_bytes(text) for text, stored in rows if _is_shown(days[stored], today)]
    title, about, page = _head(unit, wish)
    start = ics.calendar_start(title, about, source=wish.address(unit.kato), page=page)
    body = b"".join([start.encode(), *shown, _END])
    return body, *_days(filter(None, days.values()), today)


def _plain_rows(found: QuerySet) -> list[tuple]:
    """The rows as the driver gives them: Django's look at each value would cost a tenth more."""
    with connection.cursor() as cursor:
        cursor.execute(*found.query.sql_with_params())
        return cursor.fetchall()


def _as_bytes(text: bytes | str) -> bytes:
    """PostgreSQL's driver gives what ``Octets`` asks for as text."""
    return text.encode() if isinstance(text, str) else text


def _as_day(stored: str | date | None) -> date | None:
    """SQLite keeps a day as text."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def _news(unit: Unit, wish: Wish, today: date) -> tuple[bytes, date, date]:
    meetings = _meetings(unit, wish, today)
    days = set(meetings.filter(cancelled_on__isnull=False).values_list("cancelled_on", flat=True))
    since, until = _days(days, today)
    is_shown = Q(cancelled_on__isnull=True) | Q(cancelled_on__gte=today - CANCELLED_KEPT)
    rows = meetings.filter(is_shown).order_by("-changed_at", "-pk").values_list(
        "uuid", "entries__text", "published_at", "changed_at"
    )[:NEWS_SHOWN]  # fmt: skip
    items = [_item(wish.language, *row) for row in rows]
    title, about, page = _head(unit, wish)
    head = atom.Head(
        number=unit.number, domain=settings.UID_DOMAIN, variant=wish.variant,
        language=wish.language, title=title, about=about, author="Akimat", page=page,
        source=wish.address(unit.kato),
        changed_at=items[0].changed_at if items else _midnight(since),
    )  # fmt: skip
    return atom.document(head, items), since, until


def _item(language: str, uuid, text: str, published_at: datetime, changed_at: datetime):
    said = ics.read_entry(text)
    page = page_address(settings.SITE_URL, language, uuid)
    return atom.Item(
        str(uuid), said["SUMMARY"], said["DESCRIPTION"], page, published_at, changed_at
    )


_BODIES = {"ics": _calendar, "atom": _news}
_END = ics.CALENDAR_END.encode()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())


def _head(unit: Unit, wish: Wish) -> tuple[str, str, str]:
    """Title, a sentence about the feed, and the page of the place."""
    place = plain(unit.name_in(wish.language))
    if wish.level:
        title = _("Meetings of akims: %(place)s (%(level)s)") % {
            "place": place,
            "level": AkimLevel(wish.level).label,
        }
    else:
        title = _("Meetings of akims: %(place)s") % {"place": place}
    about = _(
        "Meetings of akims with the population in this place and in every place within it, "
        "since 1 January of last year. What changes shows here by itself."
    )
    return title, about, f"{settings.SITE_URL}/{wish.language}/units/{unit.kato}/"


def _keep(found: Found, wish: Wish, made: Made) -> Kept:
    """Keep the feed for those who come after; the reader is answered even where that fails."""
    modified_at = None
    if made.is_settled:  # else what it would be kept under is already the past
        try:
            with _short_wait():
                modified_at = _store(found, wish, made)
        except DatabaseError as error:
            # A publication under way is no failure: the reader has the feed, the next one keeps it.
            level = logging.DEBUG if _is_busy(error) else logging.WARNING
            log.log(level, "A feed could not be kept: %s", error)
    return Kept(made.etag, modified_at, made.gzipped)


def _store(found: Found, wish: Wish, made: Made) -> datetime | None:
    """Put the feed in the place of exactly that one which was found; its time, if it was put.

    Each one kept gets a later time than the one before it, even within a second: Last-Modified,
    given out for kept ones alone, then never names two different bodies. A body that came out the
    same keeps its time.
    """
    before = found.before
    new = {name: getattr(made, name) for name in Made._fields if name != "is_settled"}
    if before is None:
        _body, done = FeedBody.objects.get_or_create(
            unit_id=found.unit, variant=wish.variant, defaults=new
        )
        return made.modified_at if done else None
    if before.etag == made.etag:
        new = {
            "version": made.version, "fresh_until": made.fresh_until,
            "modified_at": before.modified_at,
        }  # fmt: skip
    elif before.modified_at >= made.modified_at:
        new["modified_at"] = before.modified_at + SECOND
    place = FeedBody.objects.filter(
        unit=found.unit, variant=wish.variant,
        version=before.version, etag=before.etag, modified_at=before.modified_at,
    )  # fmt: skip
    return new["modified_at"] if place.update(**new) else None


def _is_busy(error: DatabaseError) -> bool:
    """Whether SQLite's lock of writers was not had within the short wait."""
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return code is not None and code & 0xFF == sqlite3.SQLITE_BUSY


@contextmanager
def _short_wait() -> Iterator[None]:
    """On SQLite a long publication holds the only lock of writers: readers do not wait for it."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = int(settings.DATABASES["default"]["OPTIONS"]["timeout"] * 1000)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
