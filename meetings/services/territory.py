"""Writes a file of the classifier into the territory: all of it, or nothing."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat

from meetings.errors import StaleEdit
from meetings.kato.difference import Difference
from meetings.kato.names import derived
from meetings.kato.types import WITH_MASLIKHAT, Classifier, Row, carries_post
from meetings.models import Maslikhat, Meeting, Office, Unit, UnitPast, path_step
from meetings.selectors.territory import difference_with, is_first_import
from meetings.services.log import record
from meetings.services.publishing import refresh_for_units

BATCH = 500

Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    pass


def lock_territory() -> None:
    """Make writers of the territory wait for each other; the later one meets what is then there.

    The whole table, because the first file finds no row to lock. Readers go on; SQLite lets one
    writer in at a time by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE meetings_unit IN SHARE ROW EXCLUSIVE MODE")


@transaction.atomic
def import_classifier(
    classifier: Classifier,
    *,
    day: date,
    by=None,
    file_sha256: str = "",
    seen: str = "",
    progress: Progress = _silent,
) -> Difference:
    """Make the territory follow the file, and give the difference that was applied.

    Args:
        classifier: the file, without problems.
        day: the day of the file: units that it brings exist from it, those that it lacks until
            the day before. The first file ever leaves both open: its units were always there.
        by: the user, or None for the command.
        file_sha256: of the file, for the log of acts.
        seen: the fingerprint of the territory that the person saw the difference with.
        progress: called with how many units are written, of how many.
    Raises:
        StaleEdit: the territory changed since ``seen``.

    Units added by hand stay as they are. A unit that stays keeps its key, and what it was before
    is kept as its past.
    """
    if classifier.problems:
        raise ValueError("A file with unreadable cells is not applied.")
    lock_territory()
    found, present = difference_with(classifier)
    if seen and seen != present:
        raise StaleEdit()
    if found.changes:
        # As every writer does: meetings first, then the log, then the versions of feeds.
        list(Meeting.objects.order_by("pk").select_for_update().values_list("pk"))
    writer = _Writer(classifier, found, day, progress)
    writer.write()
    if found or writer.has_written:
        _record(found, day, by, file_sha256)
        changed = [change.unit.key for change in found.changes]
        refresh_for_units(Unit.objects.filter(pk__in=changed))
    return found


def _record(found: Difference, day: date, by, file_sha256: str) -> None:
    record(
        "territory.import",
        f"classifier:{file_sha256}",
        by=by,
        day=day.isoformat(),
        new=len(found.new),
        gone=len(found.gone),
        renamed=len(found.renamed),
        retyped=len(found.retyped),
        moved=len(found.moved),
    )


class _Writer:
    """Holds what is common to the steps of one import."""

    def __init__(self, classifier: Classifier, found: Difference, day: date, progress: Progress):
        self.rows = classifier.rows
        self.found = found
        self.progress = progress
        self.is_first = is_first_import()
        self.born = None if self.is_first else day
        self.last_day = day - timedelta(days=1)
        self.key_of: dict[str, int] = dict(found.keys)  # by code; grows as units are created
        self.has_written = False

    def write(self) -> None:
        paths = self._lay_out()
        self._keep_past()
        self._retire()
        self._create(paths)
        self._change()
        self._follow_paths(paths)
        self._complete()
        self._follow(Office, lambda row: carries_post(row.kind, row.body))
        self._follow(Maslikhat, lambda row: row.kind in WITH_MASLIKHAT)

    def _lay_out(self) -> dict[str | int | None, str]:
        """Give the path of each row (by code) and of each unit that is there (by key)."""
        numbers: dict[int, int] = {}
        parents: dict[int, int | None] = {}
        depth: dict[int, int] = {}
        units = Unit.objects.order_by().values_list("pk", "number", "parent_id", "path")
        for key, number, parent, path in units.iterator(chunk_size=5000):
            numbers[key], parents[key], depth[key] = number, parent, len(path)
        following = max(numbers.values(), default=0) + 1
        paths: dict[str | int | None, str] = {"": "", None: ""}
        for row in self.rows:
            known = self.found.keys.get(row.code)
            number = following if known is None else numbers[known]
            following += known is None
            paths[row.code] = paths[row.parent] + path_step(number)
            if known is not None:
                paths[known] = paths[row.code]
        # What the file does not name hangs where it hung: units added by hand and retired ones.
        for key in sorted(numbers, key=depth.__getitem__):
            if key not in paths:
                paths[key] = paths[parents[key]] + path_step(numbers[key])
        return paths

    def _keep_past(self) -> None:
        past = [
            UnitPast(
                unit_id=unit.key, until=self.last_day, kato=unit.code, kind=unit.kind,
                name_kk=unit.name_kk, name_ru=unit.name_ru, parent_id=unit.parent,
            )
            for unit, *_what in self.found.changes
            if unit.source_kk or unit.source_ru
        ]  # fmt: skip
        UnitPast.objects.bulk_create(past, batch_size=BATCH)

    def _retire(self) -> None:
        """Close the units that are gone, and free the codes of those that get another."""
        gone = [unit.key for unit in self.found.gone]
        for some in _batches(gone):
            _close(Unit.objects.filter(pk__in=some), self.last_day)
            _close(Office.objects.filter(unit__in=some), self.last_day)
            _close(Maslikhat.objects.filter(unit__in=some), self.last_day)
        recoded = [change.unit.key for change in self.found.changes if change.has_new_code]
        for some in _batches(recoded):
            free = Concat(Value("~"), Cast("number", CharField()), output_field=CharField())
            Unit.objects.filter(pk__in=some).update(kato=free)

    def _create(self, paths: dict) -> None:
        levels = defaultdict(list)
        for row in self.found.new:
            levels[len(paths[row.code])].append(row)
        done, total = 0, len(self.found.new)
        for depth in sorted(levels):
            for some in _batches(levels[depth]):
                units = [self._new_unit(row, paths[row.code]) for row in some]
                for row, unit in zip(some, Unit.objects.bulk_create(units), strict=True):
                    self.key_of[row.code] = unit.pk
                done += len(some)
                self.progress(done, total)

    def _new_unit(self, row: Row, path: str) -> Unit:
        return Unit(
            number=int(path[-len(path_step(0)) :], 36), path=path, kato=row.code,
            valid_from=self.born, **self._fields(row),
        )  # fmt: skip

    def _fields(self, row: Row) -> dict:
        return {
            "kind": row.kind.value,
            "parent_id": self.key_of.get(row.parent),
            "body_id": self.key_of.get(row.body),
            "name_kk": row.name_kk,
            "name_ru": row.name_ru,
            **self._read_off(row),
        }

    def _read_off(self, row: Row) -> dict:
        names = derived(row.kind, row.name_kk, row.name_ru, row.code)
        return {"source_kk": row.source_kk, "source_ru": row.source_ru, **names}

    def _change(self) -> None:
        # One by one: `bulk_update` of a dozen columns takes five times as long.
        for unit, row, *_what in self.found.changes:
            Unit.objects.filter(pk=unit.key).update(
                kato=row.code, is_own=False, **self._fields(row)
            )

    def _follow_paths(self, paths: dict) -> None:
        """Move subtrees: a path holds the numbers of all that a unit lies in."""
        stored = Unit.objects.order_by().values_list("pk", "path")
        moved = [
            Unit(pk=key, path=paths[key])
            for key, path in stored.iterator(chunk_size=5000)
            if key in paths and paths[key] != path
        ]
        Unit.objects.bulk_update(moved, ["path"], batch_size=BATCH)

    def _complete(self) -> None:
        """Fill what is read off the names where a unit came another way than by a file."""
        rows = {self.key_of[row.code]: row for row in self.rows if row.code in self.found.keys}
        stored = Unit.objects.filter(valid_to=None).order_by().values_list("pk", *_READ_OFF)
        units = []
        for key, *values in stored.iterator(chunk_size=5000):
            if key in rows:
                wanted = self._read_off(rows[key])
                if values != [wanted[name] for name in _READ_OFF]:
                    units.append(Unit(pk=key, **wanted))
        Unit.objects.bulk_update(units, _READ_OFF, batch_size=100)
        self.has_written |= bool(units)

    def _follow(self, model, has_one: Callable[[Row], bool]) -> None:
        """Give each body its post or maslikhat; close those of units that have none any more."""
        have = set(model.objects.values_list("unit_id", flat=True))
        wanted = [self.key_of[row.code] for row in self.rows if has_one(row)]
        missing = [model(unit_id=key, valid_from=self.born) for key in wanted if key not in have]
        model.objects.bulk_create(missing, batch_size=BATCH)
        self.has_written |= bool(missing)
        retyped = self.found.retyped
        for some in _batches([change.unit.key for change in retyped if not has_one(change.row)]):
            _close(model.objects.filter(unit__in=some), self.last_day)
        for some in _batches([change.unit.key for change in retyped if has_one(change.row)]):
            model.objects.filter(unit__in=some).update(valid_to=None)


_READ_OFF = ["source_kk", "source_ru", "name_en", "search", "sort_kk"]


def _close(rows, last_day: date) -> None:
    """Let rows end on a day; those that began later, on the day they began."""
    open_rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=last_day))
    open_rows.filter(valid_from__gt=last_day).update(valid_to=F("valid_from"))
    open_rows.exclude(valid_from__gt=last_day).update(valid_to=last_day)


def _batches(items: Collection, size: int = BATCH) -> Iterator[list]:
    whole = list(items)
    return (whole[start : start + size] for start in range(0, len(whole), size))
