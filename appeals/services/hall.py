"""The row of questions in the hall: entered, let through, called, and what was answered.

What a device notes carries an identity of its own: sent twice it changes nothing, sent late it is
placed where it was noted. An outcome noted without knowing of the one in force is kept apart and
shown beside it; nothing noted is thrown away.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.enums import Channel, HallOutcome, HallSource, HallState, HoldReason, QuestionState
from appeals.hall_steps import RULES, HallDeed
from appeals.models import HallItem, HallNote, Question
from appeals.services import hall_answers, hall_questions
from meetings.clocks import moment_of
from meetings.errors import Refused
from meetings.models import MeetingDay
from meetings.sealing import mark
from meetings.services import log
from meetings.services.day import locked_day, require_begun, require_runner
from meetings.text import fold

MOST_ITEMS = 1000
MOST_NOTES = 200
ENTERED = (HallSource.PAPER, HallSource.HAND)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every note carries: its identity, and the clock of the device.

    ``version`` is that of the item as the device had it before its eyes.
    """

    uuid: UUID
    device: str = ""
    device_at: datetime | None = None
    sent_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a question ended: cleaned by a form. ``words``: the question, where a hand had none."""

    kind: HallOutcome
    answer: str = ""
    promised_by: str = ""
    promised_for: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of a note: new or known; ``is_apart``: it stands beside another outcome."""

    item: HallItem
    is_new: bool
    is_apart: bool = False


@transaction.atomic
def enter(
    day: MeetingDay, source: str, *, by, stamp: Stamp, text: str = "", name: str = "",
    language: str = "kk", at: datetime | None = None,
) -> Noted:  # fmt: skip
    """A paper handed in, or a hand raised, gets its place in the row.

    Args:
        stamp: its ``uuid`` becomes the item's own.
        text: the question as it will be read in the hall; a hand may come without one.
        name: who handed the paper in; sealed, never shown.
    Raises:
        PermissionDenied; Refused: the day has not come, a paper without words, too many.
    """
    at = at or timezone.now()
    day = locked_day(day)
    require_runner(day.meeting, by)
    if (known := _known(day, stamp.uuid)) is not None:
        return Noted(known.item, is_new=False)
    if source not in ENTERED:
        raise Refused(_("Only papers and raised hands are entered here."))
    if source == HallSource.PAPER and not text:
        raise Refused(_("Write what the paper says."), "text")
    moment = _moment(day, stamp, at)
    item = add_item(
        day, HallSource(source), uuid=stamp.uuid, text=text, public_text=text,
        language=language, came_at=moment,
        person_mark=mark(f"hall:{day.pk}:{fold(name)}") if name else "",
    )  # fmt: skip
    if text:
        channel = Channel.PAPER if source == HallSource.PAPER else Channel.FLOOR
        item.question = hall_questions.open_question(item, channel, name=name, by=by, at=moment)
        item.save(update_fields=["question"])
    _keep_note(item, stamp, "enter", by=by, at=moment, received_at=at)
    return Noted(item, is_new=True)


def add_item(day: MeetingDay, source: HallSource, **values) -> HallItem:
    """A new item with its number; the caller holds the day's row. Raises Refused: too many."""
    last = day.hall.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_ITEMS:
        raise Refused(_("Too many questions came to this meeting. Ask the akim’s office instead."))
    return HallItem.objects.create(day=day, source=source, number=last + 1, **values)


@transaction.atomic
def show(day, uuid: UUID, *, by, stamp: Stamp, text: str, at=None) -> Noted:
    """Let a text be read in the hall: as it was written, or edited."""
    if not text.strip():
        raise Refused(_("Write the text that the hall will read."), "text")

    def change(item: HallItem, moment: datetime) -> None:
        item.public_text, item.hold_reason, item.hold_words = text, "", ""
        if item.question is None:
            item.question = hall_questions.open_question(item, Channel.HALL, by=by, at=moment)

    return _do(day, uuid, HallDeed.SHOW, change, by=by, stamp=stamp, at=at)


@transaction.atomic
def hold(day, uuid: UUID, *, by, stamp: Stamp, reason: str, words: str = "", at=None) -> Noted:
    """Keep a text from the hall with a reason that its author sees on the phone."""
    if reason == HoldReason.OTHER and not words.strip():
        raise Refused(_("Write the reason in words: the author will read it."), "words")

    def change(item: HallItem, moment: datetime) -> None:
        item.hold_reason, item.hold_words, item.forward = HoldReason(reason), words, None

    return _do(day, uuid, HallDeed.HOLD, change, by=by, stamp=stamp, at=at)


@transaction.atomic
def move(day, uuid: UUID, deed: HallDeed, *, by, stamp: Stamp, at=None) -> Noted:
    """Call somebody, put forward by hand, back into the row, or out of it."""

    def change(item: HallItem, moment: datetime) -> None:
        if deed == HallDeed.FORWARD:
            last = item.day.hall.aggregate(last=Max("forward"))["last"] or 0
            item.forward = last + 1
        elif deed == HallDeed.CALL:
            item.called_at = moment
        else:
            item.forward = item.called_at = None

    return _do(day, uuid, deed, change, by=by, stamp=stamp, at=at)


@transaction.atomic
def note_outcome(
    day, uuid: UUID, outcome: Outcome, *, by, stamp: Stamp, at: datetime | None = None
) -> Noted:
    """Note what a question ended with; its answer goes to who asked.

    Noted by somebody who did not know of the outcome in force, it stands apart until one of the
    two is chosen. The same device, or whoever saw what was there, puts it right.
    """
    hall_answers.require_sense(outcome)

    def change(item: HallItem, moment: datetime) -> None:
        hall_answers.put_in_force(item, outcome, by=by, at=moment)

    return _do(day, uuid, HallDeed.OUTCOME, change, by=by, stamp=stamp, at=at, outcome=outcome)


@transaction.atomic
def choose(day, uuid: UUID, number: UUID, *, by, stamp: Stamp, at=None) -> Noted:
    """Of two outcomes noted apart the one of note ``number`` holds from now on."""

    def change(item: HallItem, moment: datetime) -> None:
        chosen = item.notes.filter(uuid=number, deed=HallDeed.OUTCOME).first()
        if chosen is None:
            raise Refused(_("This note is not there. Look at both again and choose."))
        if chosen.is_apart:
            hall_answers.put_in_force(item, _of_note(chosen), by=by, at=moment)
        item.notes.filter(is_apart=True, settled_at=None).update(settled_at=moment)

    return _do(day, uuid, HallDeed.CHOOSE, change, by=by, stamp=stamp, at=at)


def _of_note(note: HallNote) -> Outcome:
    return Outcome(HallOutcome(note.outcome), note.answer, note.promised_by, note.promised_for)


def _do(
    day: MeetingDay, uuid: UUID, deed: HallDeed, change, *, by, stamp: Stamp,
    at: datetime | None, outcome: Outcome | None = None,
) -> Noted:  # fmt: skip
    at = at or timezone.now()
    day = locked_day(day)
    require_runner(day.meeting, by)
    if (known := _known(day, stamp.uuid)) is not None:
        return Noted(known.item, is_new=False, is_apart=known.is_apart)
    moment = _moment(day, stamp, at)
    item = item_of(day, uuid)
    rule = RULES[deed]
    if item.state not in rule.sources:
        raise Refused(_("This cannot be done with it now. Look at the row again."))
    if outcome is not None and _is_apart(item, stamp, outcome, by):
        _keep_note(item, stamp, deed, by=by, at=moment, received_at=at, outcome=outcome,
                   is_apart=True)  # fmt: skip
        _touch(item)
        return Noted(item, is_new=True, is_apart=True)
    change(item, moment)
    item.state = rule.target or item.state
    item.version += 1
    item.save()
    _keep_note(item, stamp, deed, by=by, at=moment, received_at=at, outcome=outcome)
    if deed in (HallDeed.OUTCOME, HallDeed.HOLD, HallDeed.CHOOSE):
        log.record(f"hall.{deed}", f"meeting:{day.meeting.uuid}", by=by, at=at,
                   region=day.meeting.region, versions=(item.version - 1, item.version),
                   item=str(item.uuid))  # fmt: skip
    return Noted(item, is_new=True)


def _is_apart(item: HallItem, stamp: Stamp, outcome: Outcome, by) -> bool:
    """Whether another outcome is in force that this one was noted without knowing of."""
    if item.state != HallState.DONE or item.version == stamp.version:
        return False
    before = item.notes.filter(deed=HallDeed.OUTCOME, is_apart=False).last()
    if before is None or (before.by == by and before.device == stamp.device):
        return False
    return _of_note(before) != Outcome(
        outcome.kind, outcome.answer, outcome.promised_by, outcome.promised_for
    )


def _touch(item: HallItem) -> None:
    item.version += 1
    item.save(update_fields=["version"])


def item_of(day: MeetingDay, uuid: UUID) -> HallItem:
    """The item of a locked day; made now where a question sent before has none yet.

    Raises Refused: nothing in the row of this meeting has this identity.
    """
    rows = day.hall.select_related("question").select_for_update(of=("self",))
    item = rows.filter(uuid=uuid).first()
    if item is None:
        question = sent_questions(day).filter(uuid=uuid).first()
        if question is None:
            raise Refused(_("This question is not in the row of this meeting. Renew the page."))
        item = HallItem(**unmade(day, question))
        item.save()
    item.day = day
    return item


def sent_questions(day: MeetingDay):
    """Questions sent to the meeting before, which are in its row without an item of their own."""
    return Question.objects.filter(
        meeting=day.meeting_id, state__in=(QuestionState.WAITING, QuestionState.PUBLISHED),
        merged_into=None, answered_at=None, hall_item=None,
    )  # fmt: skip


def unmade(day: MeetingDay, question: Question) -> dict:
    """The values of the item that a question sent before will have."""
    return {
        "uuid": question.uuid, "day": day, "source": HallSource.SENT, "question": question,
        "language": question.language, "text": question.text, "version": 0,
        "came_at": question.asked_at or question.created_at,
        "person_mark": question.person.mark if question.person else "",
    }  # fmt: skip


def _known(day: MeetingDay, number: UUID) -> HallNote | None:
    note = HallNote.objects.select_related("item").filter(uuid=number).first()
    if note is not None and note.item.day_id != day.pk:
        raise Refused(_("This note belongs to another meeting."))
    return note


def _moment(day: MeetingDay, stamp: Stamp, at: datetime) -> datetime:
    moment = moment_of(stamp.device_at, stamp.sent_at, at).at
    require_begun(day.meeting, moment)
    return moment


def _keep_note(
    item: HallItem, stamp: Stamp, deed: str, *, by, at: datetime, received_at: datetime,
    outcome: Outcome | None = None, is_apart: bool = False,
) -> HallNote:  # fmt: skip
    if item.notes.count() >= MOST_NOTES:
        raise Refused(_("Too much was noted of this question. Write the protocol instead."))
    told = {} if outcome is None else {
        "outcome": outcome.kind, "answer": outcome.answer, "promised_by": outcome.promised_by,
        "promised_for": outcome.promised_for,
    }  # fmt: skip
    return HallNote.objects.create(
        uuid=stamp.uuid, item=item, deed=deed, at=at, received_at=received_at, by=by,
        device=stamp.device[:40], is_apart=is_apart, **told,
    )  # fmt: skip
