"""Staff write down what came on paper, by phone, by messenger or from the floor."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.enums import Channel
from appeals.models import Question
from appeals.services import asking
from appeals.services.asking import Asked
from appeals.services.people import keep_details
from meetings.errors import Refused
from meetings.permissions import Act, may
from meetings.services import log

CHANNELS = (Channel.PAPER, Channel.PHONE, Channel.MESSENGER, Channel.FLOOR)


@dataclass(frozen=True, slots=True)
class Entry:
    """One request as it was typed in. ``received_on``: when it came, None: today; ``consent``:
    whether the person agreed that name and contact are kept."""

    asked: Asked
    channel: Channel
    language: str
    received_on: date | None = None
    consent: bool = False


@transaction.atomic
def enter(entry: Entry, *, by, at: datetime | None = None) -> Question:
    """Give it a number; whoever left an e-mail address gets it by letter, with the secret link.

    Raises:
        PermissionDenied: the place is outside the person's territory; Refused: a day that has not
        come, a name or contact without consent, a channel that is not the office's.
    """
    at = at or timezone.now()
    asked = entry.asked
    if not may(by, Act.ENTER_REQUEST, asked.unit):
        raise PermissionDenied(_("This place is outside your territory."))
    if entry.channel not in CHANNELS:
        raise Refused(_("Choose how it came: on paper, by phone, by messenger, from the floor."),
                      "channel")  # fmt: skip
    if (asked.name or asked.email or asked.phone) and not entry.consent:
        raise Refused(
            _("Without the person’s consent no name and no contact is kept: mark it, or empty"
              " them."), "consent",
        )  # fmt: skip
    came = _moment(entry.received_on, at)
    question = asking.write_down(
        asked, language=entry.language, at=at, channel=entry.channel, by=by
    )
    token = secrets.token_urlsafe(24) if asked.email else ""
    if token and question.person is not None:
        question.follow_digest = asking.follow_digest(token)
        keep_details(question.person, follow=token)
    asking.receive(question, came, by=by)
    if token:
        asking.tell(question, asked.email, token, came)
    log.record(
        "question.enter", f"question:{question.uuid}", by=by, region=question.region, at=at,
        versions=(0, question.version),
    )  # fmt: skip
    return question


@transaction.atomic
def enter_all(entries: Sequence[Entry], *, by, at: datetime | None = None) -> list[Question]:
    """All of them, or none. Raises what ``enter`` raises."""
    return [enter(entry, by=by, at=at) for entry in entries]


def _moment(received_on: date | None, now: datetime) -> datetime:
    """The moment from which it counts: now, or the morning of the day on which it came."""
    today = timezone.localdate(now)
    if received_on is None or received_on == today:
        return now
    if received_on > today:
        raise Refused(_("This day has not come yet."), "received_on")
    return datetime.combine(received_on, time(9), timezone.get_current_timezone())
