"""What deputies say while a calendar lies before them: remarks, and whether they endorse it."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.enums import Stance, State
from meetings.errors import Refused, StaleEdit, StepRefused
from meetings.models import Endorsement, Remark, Revision
from meetings.permissions import Act, may
from meetings.services import log

LONGEST_TEXT = 2000


@transaction.atomic
def remark(
    revision: Revision, text: str, *, by, line: UUID | None = None, at: datetime | None = None
) -> Remark:
    """Say something about one line, or about the whole calendar.

    Raises:
        PermissionDenied; StepRefused: it does not lie before the maslikhat; Refused: no words.
        StaleEdit: there is no such line (any more).
    """
    at = at or timezone.now()
    revision = _before_the_maslikhat(revision, Act.REMARK, by)
    if line is not None and not revision.lines.filter(uuid=line).exists():
        raise StaleEdit
    kept = Remark.objects.create(
        revision=revision, line_uuid=line, text=_words(text, needed=True), by=by, at=at
    )
    _log(revision, "remark", by, at, line=line and str(line))
    return kept


@transaction.atomic
def endorse(
    revision: Revision, stance: Stance, text: str = "", *, by, version: int,
    at: datetime | None = None,
) -> Endorsement:  # fmt: skip
    """Endorse the calendar as submitted, or object in words; the last word of each counts.

    Raises:
        PermissionDenied; StepRefused: it does not lie before the maslikhat; StaleEdit: it was
        submitted anew since the person looked; Refused: an objection without words.
    """
    at = at or timezone.now()
    revision = _before_the_maslikhat(revision, Act.ENDORSE, by)
    if revision.version != version:
        raise StaleEdit(revision)
    said = {"stance": Stance(stance), "at": at}
    said["text"] = _words(text, needed=said["stance"] == Stance.OBJECTS)
    kept, _created = Endorsement.objects.update_or_create(
        revision=revision, submission=revision.submissions.count(), by=by, defaults=said
    )
    _log(revision, "endorse", by, at, stance=str(stance), submission=kept.submission)
    return kept


def _before_the_maslikhat(revision: Revision, act: Act, by) -> Revision:
    """The revision, locked: a word and a decision do not cross."""
    revision = (
        Revision.objects.select_for_update(of=("self",))
        .select_related("calendar__region")
        .get(pk=revision.pk)
    )
    if not may(by, act, revision.calendar.region):
        raise PermissionDenied(_("Your role does not speak in this region's maslikhat."))
    if revision.state != State.WITH_MASLIKHAT:
        raise StepRefused(State(revision.state))
    return revision


def _words(text: str, *, needed: bool) -> str:
    text = text.strip()
    if needed and not text:
        raise Refused(_("Write it in words: the akimat and your colleagues will read it."), "text")
    if len(text) > LONGEST_TEXT:
        raise Refused(_("This text is too long; 2,000 characters are enough."), "text")
    return text


def _log(revision: Revision, verb: str, by, at, **detail) -> None:
    log.record(
        f"calendar.{verb}", f"calendar:{revision.calendar.uuid}", by=by, at=at,
        region=revision.calendar.region, versions=(revision.version, revision.version),
        revision=revision.number, **detail,
    )  # fmt: skip
