"""Phones in the hall: a text to the secretary, a voice for somebody's question; no account.

A phone is told from others by a signed cookie of its own; of its network only a mark of the day is
kept, for limits alone.
"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.enums import HallSource, HallState, QuestionState
from appeals.models import HallItem, HallNote, HallVoice
from appeals.services import hall
from appeals.services.codes import TooMany, visitor_mark
from meetings.enums import MeetingState
from meetings.errors import Refused
from meetings.models import MeetingDay
from meetings.sealing import mark
from meetings.services.day import locked_day

SALT = "akimat phone in the hall"
LONGEST_TEXT = 1000
WHILE = timedelta(minutes=10)


class HallClosed(Refused):
    """The hall takes nothing from phones now (409)."""


def new_device() -> str:
    """The value of a cookie for a phone that has none yet."""
    return signing.dumps(secrets.token_urlsafe(12), salt=SALT)


def device_of(cookie: str, day: MeetingDay) -> str:
    """The mark of a phone at this meeting; empty when the cookie is not one of ours."""
    try:
        name = signing.loads(cookie[:200], salt=SALT)
    except signing.BadSignature:
        return ""
    return mark(f"hall phone:{day.pk}:{name}")


def is_open(day: MeetingDay, at: datetime) -> bool:
    """Phones are heard on the day of the meeting, until it ends, where its page says so."""
    return (
        day.takes_questions and not day.is_closed
        and day.meeting.state != MeetingState.CANCELLED
        and timezone.localdate(at) == day.meeting.day
    )  # fmt: skip


@transaction.atomic
def send(
    day: MeetingDay, text: str, *, device: str, visitor: str, language: str,
    at: datetime | None = None,
) -> HallItem:  # fmt: skip
    """A text comes in; the secretary reads it before the hall does.

    Args:
        device: the mark of ``device_of``.
        visitor: the network address.
    Raises:
        HallClosed; TooMany; Refused: no cookie, or the same text came from this phone already.
    """
    at = at or timezone.now()
    day = locked_day(day)
    _require_open(day, device, at)
    origin = visitor_mark(visitor)
    own = day.hall.filter(source=HallSource.PHONE, person_mark=device)
    if own.filter(text=text).exists():
        raise Refused(_("You sent this already; it is below."), "text")
    if own.count() >= settings.HALL_TEXTS_FROM_DEVICE:
        raise TooMany(_("You sent as many questions as one phone may send to this meeting. Raise"
                        " your hand, or hand a paper to the secretary."))  # fmt: skip
    near = day.hall.filter(visitor=origin, came_at__gt=at - WHILE)
    if near.count() >= settings.HALL_TEXTS_FROM_NETWORK:
        raise TooMany(_("Very many questions came from this network just now. Try again in ten"
                        " minutes, or raise your hand."))  # fmt: skip
    item = hall.add_item(
        day, HallSource.PHONE, state=HallState.UNREAD, text=text, language=language,
        person_mark=device, visitor=origin, came_at=at,
    )  # fmt: skip
    HallNote.objects.create(uuid=uuid4(), item=item, deed="send", at=at, received_at=at)
    return item


@transaction.atomic
def support(
    day: MeetingDay, uuid: UUID, *, device: str, visitor: str, at: datetime | None = None
) -> bool:
    """One more voice for a question in the row; False when this phone gave it before.

    Raises:
        HallClosed; TooMany; Refused: no cookie, no longer in the row, the phone's own question.
    """
    at = at or timezone.now()
    day = locked_day(day)
    _require_open(day, device, at)
    item = hall.item_of(day, uuid)
    question = item.question
    is_public = question is None or question.state != QuestionState.HELD
    if item.state != HallState.WAITING or not is_public:
        raise Refused(_("This question is no longer waiting: it needs no voices now."))
    if item.person_mark == device:
        raise Refused(_("This is your own question: it counts without another voice."))
    if item.supports.filter(mark=device).exists():
        return False
    origin = visitor_mark(visitor)
    if item.supports.filter(visitor=origin).count() >= settings.HALL_VOICES_FROM_NETWORK:
        raise TooMany(_("As many voices came from this network as one network may give."))
    HallVoice.objects.create(item=item, mark=device, visitor=origin, at=at)
    item.voices += 1
    item.save(update_fields=["voices"])
    return True


def _require_open(day: MeetingDay, device: str, at: datetime) -> None:
    if not is_open(day, at):
        raise HallClosed(_("This hall takes nothing from phones now."))
    if not device:
        raise Refused(
            _("Your browser did not keep the mark of this phone. Allow cookies for this page and"
              " send again, or raise your hand.")
        )  # fmt: skip
