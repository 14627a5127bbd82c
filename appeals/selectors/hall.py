"""The row of a hall as the console, the phones and the screen show it; a constant few queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Sum

from appeals.enums import HallState as State
from appeals.enums import QuestionState
from appeals.hall_order import Last, Waiting, in_turn
from appeals.hall_steps import HallDeed
from appeals.models import HallItem, HallNote
from appeals.services.hall import sent_questions, unmade
from meetings.models import MeetingDay

MOST_SENT = 500


@dataclass(slots=True)
class Hall:
    """Everybody of one hall. ``waiting`` in the order of the rule; ``current``: called last.

    ``called``: the others whose outcome is not noted yet; ``apart``: outcomes noted beside the one
    in force, by the key of the item.
    """

    current: HallItem | None = None
    unread: list[HallItem] = field(default_factory=list)
    waiting: list[HallItem] = field(default_factory=list)
    called: list[HallItem] = field(default_factory=list)
    done: list[HallItem] = field(default_factory=list)
    held: list[HallItem] = field(default_factory=list)
    gone: list[HallItem] = field(default_factory=list)
    apart: dict[int, list[HallNote]] = field(default_factory=dict)


def hall_of(day: MeetingDay) -> Hall:
    """Everybody, sorted; three queries."""
    rows = list(day.hall.select_related("question"))
    sent = sent_questions(day).select_related("person").order_by("asked_at", "pk")[:MOST_SENT]
    rows += [HallItem(**unmade(day, question)) for question in sent]
    hall = Hall()
    for item in rows:
        _put(hall, item)
    hall.waiting = _ordered(hall.waiting, rows)
    hall.called.sort(key=_called_at)
    hall.done.sort(key=_done_at, reverse=True)
    if hall.called:
        hall.current = hall.called.pop()
    notes = HallNote.objects.filter(
        item__day=day, is_apart=True, settled_at=None, deed=HallDeed.OUTCOME
    ).select_related("by").order_by("pk")  # fmt: skip
    apart = defaultdict(list)
    for note in notes:
        apart[note.item_id].append(note)
    hall.apart = dict(apart)
    return hall


def _put(hall: Hall, item: HallItem) -> None:
    question = item.question
    if item.state == State.WAITING and question is not None and (
        question.state == QuestionState.HELD or question.merged_into_id
    ):  # fmt: skip
        # The commission took it out of the row meanwhile.
        hall.held.append(item)
        return
    lists = {
        State.UNREAD: hall.unread, State.WAITING: hall.waiting, State.CALLED: hall.called,
        State.DONE: hall.done, State.HELD: hall.held, State.GONE: hall.gone,
    }  # fmt: skip
    lists[State(item.state)].append(item)


def _ordered(waiting: list[HallItem], rows: list[HallItem]) -> list[HallItem]:
    called = [item for item in rows if item.called_at is not None]
    latest = max(called, key=_called_at, default=None)
    last = Last(latest.source, latest.person_mark) if latest else Last()
    turns = in_turn(
        (
            Waiting(
                at, item.source, (item.came_at, item.number or 0), voices_of(item),
                item.person_mark, item.forward,
            )
            for at, item in enumerate(waiting)
        ),
        last,
    )  # fmt: skip
    return [waiting[turn.key] for turn in turns]


def _called_at(item: HallItem) -> tuple[datetime, int]:
    return (item.called_at or item.came_at, item.number or 0)


def _done_at(item: HallItem) -> tuple[datetime, int]:
    return (item.done_at or item.came_at, item.number or 0)


def voices_of(item: HallItem) -> int:
    """Voices by e-mail before the meeting and by phones in the hall."""
    return item.voices + (item.question.voices if item.question else 0)


def text_in_hall(item: HallItem) -> str:
    """What all may read of it; empty: only its number is told.

    The commission's word goes before the secretary's: what it published is shown as it published
    it, what it holds back is shown no more, whatever was let through in the hall.
    """
    question = item.question
    if question is None or question.state == QuestionState.WAITING:
        return item.public_text
    return question.public_text if question.state == QuestionState.PUBLISHED else ""


def version_of(day: MeetingDay) -> tuple[int, ...]:
    """Rises with whatever is done in the hall; one query. Items only grow in number and version."""
    found = day.hall.aggregate(count=Count("pk"), versions=Sum("version"), voices=Sum("voices"))
    return (found["count"], found["versions"] or 0, found["voices"] or 0)
