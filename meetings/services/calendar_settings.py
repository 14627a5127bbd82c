"""The settings of a region's calendar: they change only while its draft is open."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from meetings.enums import EDITABLE_STATES
from meetings.errors import Refused
from meetings.models import Calendar, Revision
from meetings.permissions import Act, may
from meetings.services import log

SETTINGS = ("procedure", "n3_reading", "own_edition")


def is_open(calendar: Calendar) -> bool:
    """Whether a working revision is a draft: later the settings belong to what was submitted."""
    return calendar.revisions.filter(state__in=EDITABLE_STATES).exists()


@transaction.atomic
def change_settings(calendar: Calendar, *, by) -> Calendar:
    """Keep procedure, reading of N3 and own norm of a calendar.

    The revision's version rises: who had the findings of the old settings on the screen is told.
    Otherwise a calendar on the maslikhat's table could be taken from it by a change of procedure.

    Raises:
        Refused: the calendar was submitted or approved.
    """
    if not may(by, Act.ADMINISTER, calendar.region):
        raise PermissionDenied
    revision = (
        Revision.objects.select_for_update()
        .filter(calendar=calendar, state__in=EDITABLE_STATES)
        .first()
    )
    if revision is None:
        raise Refused(_("The calendar was submitted: its settings stay until a new draft."))
    before = Calendar.objects.values(*SETTINGS).get(pk=calendar.pk)
    changed = {
        name: [before[name], getattr(calendar, name)]
        for name in SETTINGS
        if before[name] != getattr(calendar, name)
    }
    if not changed:
        return calendar
    calendar.save(update_fields=list(changed))
    revision.version += 1
    revision.save(update_fields=["version"])
    log.record(
        "calendar.settings", f"calendar:{calendar.uuid}", by=by, region=calendar.region,
        versions=(revision.version - 1, revision.version), **changed,
    )  # fmt: skip
    return calendar
