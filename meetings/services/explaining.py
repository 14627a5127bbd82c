"""Why a calendar is submitted with a breach: one explanation a duty, kept while it is a draft."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.enums import EDITABLE_STATES, State
from meetings.errors import Refused, StaleEdit, StepRefused
from meetings.models import Explanation, Revision
from meetings.permissions import Act, may
from meetings.rules import Finding
from meetings.services import log


@transaction.atomic
def explain(
    revision: Revision, finding: Finding, text: str, *, by, seen: str, at: datetime | None = None
) -> Explanation | None:
    """Write, change or (with no text) take away the explanation of an unmet duty.

    Args:
        finding: the duty as it stands now.
        seen: the text that the person had before their eyes; empty when there was none.
    Raises:
        PermissionDenied; StepRefused: no longer a draft; StaleEdit: somebody else wrote
        meanwhile, ``theirs`` is the explanation now; Refused: the duty is met.
    """
    at = at or timezone.now()
    revision = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    region = revision.calendar.region
    if not may(by, Act.EXPLAIN, region):
        raise PermissionDenied
    if revision.state not in EDITABLE_STATES:
        raise StepRefused(State(revision.state))
    duty = {
        "norm": finding.norm.id, "host_id": finding.host, "target_id": finding.target,
        "window_start": finding.window.first,
    }  # fmt: skip
    theirs = Explanation.objects.filter(revision=revision, **duty).first()
    if (theirs.text if theirs else "") != seen:
        raise StaleEdit(theirs)
    if text == seen:
        return theirs
    if finding.met and text:
        raise Refused(_("This duty is met by now: there is nothing to explain."), "text")
    kept = _write(revision, theirs, duty, text, by, at)
    Revision.objects.filter(pk=revision.pk).update(version=F("version") + 1)
    log.record(
        "explanation.write" if text else "explanation.drop", f"revision:{revision.uuid}",
        by=by, region=region, at=at, norm=finding.norm.id, window=str(finding.window.first),
        calendar=str(revision.calendar.uuid),
    )  # fmt: skip
    return kept


def _write(revision, theirs, duty: dict, text: str, by, at) -> Explanation | None:
    if theirs is None:
        return Explanation.objects.create(revision=revision, **duty, text=text, by=by, at=at)
    if not text:
        theirs.delete()
        return None
    theirs.text, theirs.by, theirs.at = text, by, at
    theirs.save(update_fields=["text", "by", "at"])
    return theirs
