"""What the secretary's console shows of the row: values for its template, with what may be done."""

from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from appeals.enums import HallOutcome, HallSource, HoldReason
from appeals.enums import HallState as State
from appeals.hall_steps import RULES
from appeals.hallrows import RULE, address_of, figures, label_of, outcome_of, say_no_text
from appeals.models import HallItem, HallNote
from appeals.questionrows import say_voices
from appeals.selectors.hall import Hall, hall_of, text_in_hall, voices_of
from meetings.models import MeetingDay

# Nobody calls the seventieth from a list: the rest is counted.
SHOWN = 60
# Stands in a row that the script copies for what is noted without a connection.
NOBODY = UUID("00000000-0000-4000-8000-000000000000")


def say(day: MeetingDay) -> dict:
    """Everything of the part ``#day-queue``, and the row that the script copies."""
    hall, language = hall_of(day), get_language() or "kk"
    meeting = day.meeting

    def rows(items: list[HallItem]) -> list[dict]:
        return [_row(item, meeting.uuid, language, hall) for item in items[:SHOWN]]

    apart = [item for item in hall.done if item.pk in hall.apart]
    return {
        "day": day, "may_note": meeting.day <= timezone.localdate(),
        "current": rows([hall.current])[0] if hall.current else None,
        "apart": rows(apart), "called": rows(hall.called), "unread": rows(hall.unread),
        "waiting": rows(hall.waiting), "more": max(len(hall.waiting) - SHOWN, 0),
        "done": rows([item for item in hall.done if item.pk not in hall.apart]),
        "aside": rows(hall.held + hall.gone), "figures": figures(hall),
        "total": len(hall.waiting), "enter_url": reverse("hall_enter", args=[meeting.uuid]),
        "rule": RULE, "reasons": HoldReason.choices, "outcomes": HallOutcome.choices,
        "address": address_of(day), "note": uuid4,
        "blank": _row(_blank(day), meeting.uuid, language, hall),
    }  # fmt: skip


def _blank(day: MeetingDay) -> HallItem:
    return HallItem(uuid=NOBODY, day=day, source=HallSource.HAND, number=0, version=1)


def _row(item: HallItem, meeting: UUID, language: str, hall: Hall) -> dict:
    shown, voices = text_in_hall(item), voices_of(item)
    return {
        "uuid": str(item.uuid), "version": item.version, "label": label_of(item),
        "source": item.get_source_display(), "state": item.get_state_display(),
        "voices": say_voices(voices) if voices else "", "text": shown or item.text,
        "is_hidden": bool(item.text) and not shown, "no_text": say_no_text(item),
        "needs_words": not item.text, "is_forward": item.forward is not None,
        "outcome": outcome_of(item, language), "typed": _typed(item),
        "hold": item.get_hold_reason_display(), "hold_words": item.hold_words,
        "apart": [_note(note, language) for note in hall.apart.get(item.pk, ())],
        "urls": {
            deed.value: reverse("hall_act", args=[meeting, item.uuid, deed.value])
            for deed, rule in RULES.items()
            if State(item.state) in rule.sources
        },
    }  # fmt: skip


def _typed(item: HallItem) -> dict:
    """What the form of the outcome begins with, when it is put right."""
    day = f"{item.promised_for:%d.%m.%Y}" if item.promised_for else ""
    return {
        "outcome": item.outcome or HallOutcome.ANSWERED.value, "answer": item.answer,
        "promised_by": item.promised_by, "promised_for": day,
    }  # fmt: skip


def _note(note: HallNote, language: str) -> dict:
    shadow = HallItem(
        outcome=note.outcome, answer=note.answer, promised_by=note.promised_by,
        promised_for=note.promised_for,
    )  # fmt: skip
    return {
        "uuid": str(note.uuid), "who": note.by.name if note.by else "",
        "time": f"{timezone.localtime(note.at):%H:%M}", "outcome": outcome_of(shadow, language),
    }  # fmt: skip
