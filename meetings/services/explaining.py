"""Why a calendar is submitted with a breach: one explanation a duty, kept while it is a draft."""

from collections import Counter
from collections.abc import Sequence
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
from meetings.selectors.explanations import duty_key, explanations_of
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
    revision = _draft(revision, by)
    duty = _duty(finding)
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
        by=by, region=revision.calendar.region, at=at, norm=finding.norm.id,
        window=str(finding.window.first), calendar=str(revision.calendar.uuid),
    )  # fmt: skip
    return kept


@transaction.atomic
def explain_together(
    revision: Revision, findings: Sequence[Finding], text: str, *, by, at: datetime | None = None
) -> int:
    """Write one text for several unmet duties that nobody has explained; how many.

    Each keeps an explanation of its own, to be changed or taken away like any other.

    Raises:
        PermissionDenied; StepRefused: no longer a draft; StaleEdit: some of them were explained
        meanwhile, or are met, and nothing was written.
    """
    at = at or timezone.now()
    revision = _draft(revision, by)
    written = explanations_of(revision)
    if any(finding.met or duty_key(finding) in written for finding in findings):
        raise StaleEdit
    Explanation.objects.bulk_create(
        Explanation(revision=revision, **_duty(finding), text=text, by=by, at=at)
        for finding in findings
    )
    Revision.objects.filter(pk=revision.pk).update(version=F("version") + 1)
    log.record(
        "explanation.write_together", f"revision:{revision.uuid}",
        by=by, region=revision.calendar.region, at=at, calendar=str(revision.calendar.uuid),
        duties=Counter(f"{finding.norm.id} {finding.window.first}" for finding in findings),
    )  # fmt: skip
    return len(findings)


def _draft(revision: Revision, by) -> Revision:
    """The revision, locked, while it is a draft in which the person explains."""
    revision = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    if not may(by, Act.EXPLAIN, revision.calendar.region):
        raise PermissionDenied
    if revision.state not in EDITABLE_STATES:
        raise StepRefused(State(revision.state))
    return revision


def _duty(finding: Finding) -> dict:
    return {
        "norm": finding.norm.id, "host_id": finding.host, "target_id": finding.target,
        "window_start": finding.window.first,
    }  # fmt: skip


def _write(revision, theirs, duty: dict, text: str, by, at) -> Explanation | None:
    if theirs is None:
        return Explanation.objects.create(revision=revision, **duty, text=text, by=by, at=at)
    if not text:
        theirs.delete()
        return None
    theirs.text, theirs.by, theirs.at = text, by, at
    theirs.save(update_fields=["text", "by", "at"])
    return theirs
