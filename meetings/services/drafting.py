"""Writes of a draft: open a calendar; add, change, drop a line; undo. Each is one transaction.

The revision's row is locked first, so that an edit and a submission never cross; the line is then
written by one UPDATE that names the version the edit started from.
"""

from copy import copy
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.enums import EDITABLE_STATES, REGION_KINDS, State
from meetings.errors import Refused, StaleEdit, StepRefused
from meetings.models import Calendar, Line, LineEdit, Office, Revision, Unit
from meetings.permissions import Act, may, may_at
from meetings.rules.editions import edition_of_year
from meetings.rules.errors import NoEdition
from meetings.services import daysoff, log
from meetings.services.line_checks import check_line
from meetings.services.line_state import fields_of, state_of


@transaction.atomic
def open_calendar(region: Unit, year: int, *, by, at: datetime | None = None) -> Calendar:
    """Begin a region's calendar of a year with an empty draft.

    Raises:
        Refused: no edition judges that year, or the region has its calendar already.
    """
    at = at or timezone.now()
    if not may(by, Act.OPEN_CALENDAR, region):
        raise PermissionDenied
    if region.kind not in REGION_KINDS:
        raise Refused(_("A calendar is opened for a region. Choose an oblast or a city."), "region")
    _require_year(year, timezone.localdate(at).year)
    try:
        with transaction.atomic():
            calendar = Calendar.objects.create(region=region, year=year)
    except IntegrityError:
        message = _("The calendar for %(year)s is open already. Find it on your desk.")
        raise Refused(message % {"year": year}, "year") from None
    revision = Revision.objects.create(calendar=calendar, number=1)
    daysoff.ensure(year)
    log.record(
        "calendar.open", f"calendar:{calendar.uuid}", by=by, region=region, at=at,
        versions=(None, revision.version), year=year,
    )  # fmt: skip
    return calendar


def _require_year(year: int, this_year: int) -> None:
    if year > this_year + 1:
        message = _("It is too early for %(year)s. Next year's calendar can be opened.")
        raise Refused(message % {"year": year}, "year")
    try:
        edition_of_year(year)
    except NoEdition:
        message = _("No edition of the decree judges %(year)s. The first is of 2022.")
        raise Refused(message % {"year": year}, "year") from None


@transaction.atomic
def add_line(revision: Revision, values: dict, targets, *, by, at=None) -> Line:
    """Add a meeting to a draft.

    Args:
        values: the line's fields (meetings.models.content); ``host`` is an Office.
        targets: units whose people the akim meets.
    Raises:
        StepRefused: the calendar is no longer a draft.
        Refused: the line cannot be (every problem in ``details["problems"]``).
    """
    revision = _locked(revision)
    _require_reach(by, values["host"])
    check_line(revision, values, targets)
    line = Line.objects.create(revision=revision, **values)
    line.targets.set(targets)
    after = state_of(line, [unit.pk for unit in targets])
    _record("line.add", revision, line, None, after, by=by, at=at)
    return line


@transaction.atomic
def change_line(
    revision: Revision, uuid, values: dict, targets, *, by, version: int, at=None
) -> Line:
    """Change a line that still is what it was at ``version``.

    Raises:
        StaleEdit: somebody changed it meanwhile; ``theirs`` is the line now, None: dropped.
        StepRefused, Refused: as in ``add_line``.
    """
    revision = _locked(revision)
    line = _line_at(revision, uuid, version)
    _require_reach(by, line.host, values["host"])
    before = state_of(line, line.targets.values_list("pk", flat=True))
    after = state_of(_with(line, values), [unit.pk for unit in targets])
    if after == before:
        return line
    check_line(revision, values, targets, besides=uuid)
    _write(line, values)
    if after["targets"] != before["targets"]:
        line.targets.set(targets)
    _record("line.change", revision, line, before, after, by=by, at=at)
    return line


@transaction.atomic
def drop_line(revision: Revision, uuid, *, by, version: int, at=None) -> Line:
    """Take a line out of a draft; the journal can bring it back. Gives the line that was."""
    revision = _locked(revision)
    line = _line_at(revision, uuid, version)
    _require_reach(by, line.host)
    before = state_of(line, line.targets.values_list("pk", flat=True))
    _delete(line)
    line.version = version + 1
    _record("line.drop", revision, line, before, None, by=by, at=at)
    return line


@transaction.atomic
def undo(revision: Revision, uuid, *, by, version: int, at=None) -> Line | None:
    """Undo the last change of a line that is not undone yet, whoever made it.

    Args:
        version: the line's version that the person saw, as in the journal's last entry.
    Returns:
        The line as it is now, or None when undoing took it away.
    """
    at = at or timezone.now()
    revision = _locked(revision)
    line = _present(revision, uuid)
    last = LineEdit.objects.filter(revision=revision, line_uuid=uuid).first()
    if last is None or last.version != version:
        raise StaleEdit(line)
    edit = undoable(revision).filter(line_uuid=uuid).first()
    if edit is None:
        raise Refused(_("There is nothing left to undo on this line."))
    _require_reach(by, *_hosts(edit))
    line = _put_back(revision, line, edit, version)
    edit.undone_at = at
    edit.save(update_fields=["undone_at"])
    _record("line.undo", revision, line, edit.after, edit.before, by=by, at=at, undoes=edit)
    return line if edit.before is not None else None


def undoable(revision: Revision):
    """Changes that can still be undone, the last ones first: those the maslikhat has not seen."""
    edits = LineEdit.objects.filter(
        revision=revision, undone_at__isnull=True, undoes__isnull=True
    )  # fmt: skip
    return edits.filter(at__gt=revision.submitted_at) if revision.submitted_at else edits


def _put_back(revision: Revision, line: Line | None, edit: LineEdit, version: int) -> Line:
    """Make the line what it was before the edit: changed back, gone, or there again."""
    before = edit.before
    if line is not None and before is None:
        _delete(line)
        line.version = version + 1
        return line
    if before is None:
        raise StaleEdit(None)
    values = fields_of(before)
    host = Office.objects.select_related("unit").get(pk=values.pop("host_id"))
    targets = list(Unit.objects.filter(pk__in=before["targets"]))
    check_line(revision, values | {"host": host}, targets, besides=edit.line_uuid)
    if line is None:
        line = Line.objects.create(
            revision=revision, uuid=edit.line_uuid, version=version + 1, host=host, **values
        )
    else:
        _write(line, values | {"host": host})
    line.targets.set(targets)
    return line


def _locked(revision: Revision) -> Revision:
    """The revision, locked until the end of the transaction; StepRefused unless it is a draft."""
    revision = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    if revision.state not in EDITABLE_STATES:
        raise StepRefused(State(revision.state))
    revision.calendar = Calendar.objects.select_related("region").get(pk=revision.calendar_id)
    return revision


def _present(revision: Revision, uuid) -> Line | None:
    lines = Line.objects.select_related("host__unit")
    return lines.filter(revision=revision, uuid=uuid).first()


def _line_at(revision: Revision, uuid, version: int) -> Line:
    line = _present(revision, uuid)
    if line is None or line.version != version:
        raise StaleEdit(line)
    return line


def _write(line: Line, values: dict) -> None:
    """One UPDATE that names the version; its row count is looked at."""
    written = Line.objects.filter(pk=line.pk, version=line.version).update(
        **values, version=F("version") + 1
    )
    if not written:
        raise StaleEdit(_present(line.revision, line.uuid))
    for field, value in (values | {"version": line.version + 1}).items():
        setattr(line, field, value)


def _with(line: Line, values: dict) -> Line:
    """The line as it would be, unsaved."""
    wanted = copy(line)
    for field, value in values.items():
        setattr(wanted, field, value)
    return wanted


def _delete(line: Line) -> None:
    line.targets.clear()
    deleted, _rows = Line.objects.filter(pk=line.pk, version=line.version).delete()
    if not deleted:
        raise StaleEdit(_present(line.revision, line.uuid))


def _require_reach(by, *hosts: Office) -> None:
    if not all(may_at(by, Act.EDIT_LINE, host.unit.path) for host in hosts):
        raise PermissionDenied


def _hosts(edit: LineEdit) -> list[Office]:
    """The akims whose line it was and is."""
    keys = {state["host_id"] for state in (edit.before, edit.after) if state}
    return list(Office.objects.select_related("unit").filter(pk__in=keys))


def _record(verb, revision, line, before, after, *, by, at, undoes=None) -> None:
    """The journal's entry and the log's, and the revision's next version."""
    at = at or timezone.now()
    Revision.objects.filter(pk=revision.pk).update(version=F("version") + 1)
    old = line.version - 1 if before is not None or undoes else None
    act = log.record(
        verb, f"line:{line.uuid}", by=by, region=revision.calendar.region, at=at,
        versions=(old, line.version), calendar=str(revision.calendar.uuid),
        host=line.host.unit.kato, day=(after or before)["day"],
    )  # fmt: skip
    LineEdit.objects.create(
        revision=revision, line_uuid=line.uuid, host=line.host, version=line.version,
        before=before, after=after, act=act, undoes=undoes, by=by, at=at,
    )  # fmt: skip
