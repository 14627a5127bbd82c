"""What a published change leaves behind: entries for feeds, and the versions readers ask for.

A feed is never rendered on a poll: the text of an entry is made here, once, in the transaction of
the change; a reader compares versions and hands out kept bytes.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation

from meetings.entries import page_address, say
from meetings.ics import event_text
from meetings.models import FeedBody, FeedVersion, Meeting, MeetingEntry, PublicVersion, Unit
from meetings.models.unit import subtree
from meetings.selectors.entries import Row, Territory, entry_rows, prefixes

BATCH = 500
UNITS_AT_ONCE = 100
# An import may change every unit of the country: more than one statement may name.
PATHS_AT_ONCE = 5000
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def refresh(
    meetings: Iterable[Meeting], *, at: datetime | None = None, former_targets: Iterable[Unit] = ()
) -> None:
    """Make what the public reads of these meetings follow their rows, as they are stored now.

    To be called in the transaction of the change, once and as its last step: it locks the
    versions of the units concerned and of everything they lie in, in the order of their keys, and
    then the country's counter, so that two publications wait for each other and never in a ring.

    Args:
        meetings: those created or changed, saved with their targets.
        at: the moment of the change.
        former_targets: units that were targets before the change: their feeds lose the meeting.
    """
    _require_transaction()
    touched = {unit.path for unit in former_targets}
    for numbers in _batches(sorted({meeting.pk for meeting in meetings})):
        touched |= _write_entries(numbers)
    _raise_feeds(prefixes(touched), at or timezone.now())
    raise_public()


def refresh_for_units(units: Iterable[Unit], *, at: datetime | None = None) -> None:
    """Follow a change of the territory: names, codes and places of units stand in feeds.

    Entries that name one of the units are made anew (a name is not news of the meeting: SEQUENCE
    and LAST-MODIFIED stay), and every feed gets a new version, since a unit that moved leaves one
    subtree for another. A feed whose bytes come out the same keeps its validators.
    """
    _require_transaction()
    changed = list(units)
    for some in _batches(changed, UNITS_AT_ONCE):
        for numbers in _batches(_naming(some)):
            _lock(numbers)
            _write_entries(numbers)
    _raise_feeds(prefixes({unit.path for unit in changed}), at or timezone.now(), everywhere=True)
    raise_public()


def rewrite_entries(*, at: datetime | None = None) -> Iterator[int]:
    """Make every entry anew, after new wording or a new address of the site.

    Yields how many are done after each batch, each in a transaction of its own, so that the site
    goes on working meanwhile; versions are raised at the end.
    """
    done = 0
    for numbers in _batches(list(Meeting.objects.order_by("pk").values_list("pk", flat=True))):
        with transaction.atomic():
            _lock(numbers)
            _write_entries(numbers)
        done += len(numbers)
        yield done
    with transaction.atomic():
        refresh_for_units([], at=at)
        # A place where nothing was ever published has no version to raise.
        FeedBody.objects.filter(version=0).delete()


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A change is made public in the transaction that does it.")


def _batches(items: list, size: int = BATCH) -> Iterator[list]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _lock(numbers: list[int]) -> None:
    """Whoever changes one of these meetings is waited for, or waits and writes the newer entry."""
    rows = Meeting.objects.filter(pk__in=numbers).order_by("pk").select_for_update()
    list(rows.values_list("pk", flat=True))


def _naming(units: list[Unit]) -> list[int]:
    """Meetings whose entries name one of the units: as host, as target, or above a target."""
    below = Q(pk__in=[])
    for unit in units:
        below |= subtree("unit__path", unit.path)
    targets = Meeting.targets.through.objects.filter(below)
    found = Meeting.objects.filter(Q(host__unit__in=units) | Q(pk__in=targets.values("meeting")))
    return list(found.order_by("pk").values_list("pk", flat=True))


def _write_entries(numbers: list[int]) -> set[str]:
    """Store the entries of these meetings in every language; the paths of their targets."""
    rows, territory = entry_rows(numbers)
    entries = []
    for language in LANGUAGES:
        with translation.override(language):
            entries += [
                MeetingEntry(
                    meeting_id=row.meeting, language=language,
                    text=_event(row, territory, language),
                )
                for row in rows
            ]  # fmt: skip
    MeetingEntry.objects.bulk_create(
        entries, batch_size=BATCH, update_conflicts=True,
        unique_fields=["meeting", "language"], update_fields=["text"],
    )  # fmt: skip
    return {territory.path(key) for row in rows for key in row.targets}


def _event(row: Row, territory: Territory, language: str) -> str:
    page = page_address(settings.SITE_URL, language, row.facts.uuid)
    said = say(row.facts, territory.names(row, language), language, page=page)
    return event_text(row.facts, said, page=page, domain=settings.UID_DOMAIN)


def _raise_feeds(paths: set[str], at: datetime, *, everywhere: bool = False) -> None:
    """Raise the versions of the units at these paths (of all that have one, ``everywhere``).

    ``changed_at`` becomes Last-Modified, which counts whole seconds: it grows by at least one with
    each version, so that no two versions of a feed share it.
    """
    at = at.replace(microsecond=0)
    second = timedelta(seconds=1)
    units = sorted(
        unit
        for some in _batches(sorted(paths), PATHS_AT_ONCE)
        for unit in Unit.objects.filter(path__in=some).values_list("pk", flat=True)
    )
    known = FeedVersion.objects.all() if everywhere else FeedVersion.objects.filter(unit__in=units)
    have = set(known.values_list("unit_id", flat=True))
    FeedVersion.objects.bulk_create(
        [FeedVersion(unit_id=unit, changed_at=at - second) for unit in units if unit not in have],
        ignore_conflicts=True,
    )
    locked = known.order_by("unit_id").select_for_update().values_list("changed_at", flat=True)
    latest = max(locked, default=None)
    if latest is not None:
        known.update(version=F("version") + 1, changed_at=max(at, latest + second))


def raise_public(name: str = "meetings") -> None:
    """Count one more published change: kept public pages are made anew at their next read.

    ``name``: "meetings", or "appeals" for what citizens ask and what becomes of it.
    """
    counter = PublicVersion.objects.filter(name=name)
    if not counter.update(number=F("number") + 1):
        PublicVersion.objects.bulk_create([PublicVersion(name=name)], ignore_conflicts=True)
        counter.update(number=F("number") + 1)
