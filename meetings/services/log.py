"""Writes the log of acts: append-only, chained by hashes."""

import hashlib
import json
from datetime import UTC

from django.db import transaction
from django.utils import timezone

from meetings.models import Act, ActHead


def record(
    verb: str, subject: str, *, by, region=None, at=None, versions=(None, None), **detail
) -> Act:
    """Add one act to the log, in the transaction of the act itself.

    Args:
        verb: a code, such as ``line.add`` or ``calendar.agree``.
        subject: what it was done to, as ``noun:uuid``.
        by: the user, or None for the site's own commands.
        region: the unit whose log shows it.
        versions: from which version to which.
        detail: codes, numbers and days; never personal data.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An act is recorded in the transaction that does it.")
    ActHead.objects.get_or_create(pk=1)
    head = ActHead.objects.select_for_update().get(pk=1)
    act = Act(
        at=at or timezone.now(), by=by, verb=verb, subject=subject, region=region,
        from_version=versions[0], to_version=versions[1], detail=detail, previous=head.digest,
    )  # fmt: skip
    act.digest = digest_of(act)
    act.save(force_insert=True)
    ActHead.objects.filter(pk=1).update(digest=act.digest)
    return act


def digest_of(act: Act) -> str:
    """SHA-256 over the act and the digest before it.

    The moment goes in as UTC: that is how it comes back from the database, whatever zone it was
    given in.
    """
    parts = [
        act.previous, act.at.astimezone(UTC).isoformat(), act.by_id, act.verb, act.subject,
        act.region_id, act.from_version, act.to_version, act.detail,
    ]  # fmt: skip
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken_link() -> Act | None:
    """The first act whose digest does not follow from what is stored; None when the chain holds."""
    previous = "0" * 64
    for act in Act.objects.order_by("pk").iterator(chunk_size=500):
        if act.previous != previous or act.digest != digest_of(act):
            return act
        previous = act.digest
    return None
