"""Words the hall's row for its pages: items in, values for templates out."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from appeals.enums import HallOutcome, HallSource, QuestionState
from appeals.enums import HallState as State
from appeals.hall_order import BY_SUPPORT
from appeals.models import HallItem
from appeals.questionrows import say_voices, shortened
from appeals.selectors.hall import Hall, text_in_hall, voices_of
from meetings.dates import say_day, say_when
from meetings.models import MeetingDay

RULE = (
    gettext_lazy("Those whom the secretary put forward by hand come first."),
    gettext_lazy("Then the ways take turns: sent before the meeting, a raised hand, from a phone in"
                 " the hall, handed in on paper; a way with nobody waiting is passed over."),
    gettext_lazy("Of questions sent before or from phones the one with most support is first, of"
                 " equals the earlier; hands and papers go in the order in which they came."),
    gettext_lazy("Nobody speaks twice in a row while somebody else waits."),
)  # fmt: skip
OUTCOME_STATES = {  # class of the state's mark
    HallOutcome.ANSWERED: "held", HallOutcome.PROMISED: "announced",
    HallOutcome.TAKEN_AWAY: "draft",
}  # fmt: skip


def label_of(item: HallItem) -> str:
    """«№ 7» of the hall; a question sent before keeps its own number."""
    if item.number is not None:
        return f"№ {item.number}"
    return f"№ {item.question.number}" if item.question else ""


def in_hall(item: HallItem, language: str, *, short: bool = False) -> dict:
    """What everybody may read of an item: no name, and only a text that was let through."""
    text, voices = text_in_hall(item), voices_of(item)
    return {
        "uuid": item.uuid, "label": label_of(item), "source": item.get_source_display(),
        "text": shortened(text) if short else text,
        "no_text": "" if text else say_no_text(item),
        "voices": say_voices(voices) if voices else "", "outcome": outcome_of(item, language),
        # Of others support decides nothing: a button would promise what is not so.
        "takes_voices": item.source in BY_SUPPORT,
    }  # fmt: skip


def say_no_text(item: HallItem) -> str:
    if item.question is not None and item.question.state == QuestionState.HELD:
        return _("the text is not published")
    if item.source == HallSource.HAND:
        return _("will ask from the floor")
    return _("the text is not public yet")


def outcome_of(item: HallItem, language: str) -> dict | None:
    """The word of an outcome with what was said; a promise with who and by when."""
    if not item.outcome:
        return None
    kind = HallOutcome(item.outcome)
    return {
        "word": kind.label, "class": OUTCOME_STATES[kind], "answer": item.answer,
        "who": item.promised_by,
        "by": say_day(item.promised_for, language, weekday=False) if item.promised_for else "",
        "due": say_due(item, language) if kind == HallOutcome.TAKEN_AWAY else "",
    }  # fmt: skip


def say_due(item: HallItem, language: str) -> str:
    due = item.question.due_on if item.question else None
    if due is None:
        return ""
    return _("It is to be answered by: %(day)s") % {
        "day": say_day(due, language, weekday=False)
    }  # fmt: skip


def figures(hall: Hall) -> str:
    """«Answered: 4 · promised: 1 · taken away, to be answered later: 2»."""
    counts = {kind: sum(item.outcome == kind for item in hall.done) for kind in HallOutcome}
    parts = [f"{kind.label}: {count}" for kind, count in counts.items() if count]
    said = " · ".join(parts)
    return said[:1].upper() + said[1:]


def say_answer(hall: Hall, day: MeetingDay, *, is_open: bool, is_ahead: bool) -> str:
    """The first line: what a person in the hall came to see."""
    if day.is_closed:
        return _("The meeting has ended.")
    if is_ahead:
        return _("The row opens on the day of the meeting.")
    if hall.current is not None:
        return _("Now: %(label)s") % {"label": label_of(hall.current)}
    if not hall.waiting:
        return _("Nobody waits. Ask the first question.") if is_open else _("Nobody waits.")
    return ngettext(
        "%(n)s question waits.", "%(n)s questions wait.", len(hall.waiting)
    ) % {"n": len(hall.waiting)}  # fmt: skip


def own_rows(items: Iterable[HallItem], language: str) -> list[dict]:
    """What a phone sent: with its state, and the reason when it was held back."""
    said = []
    for item in items:
        reason = item.get_hold_reason_display() if item.state == State.HELD else ""
        said.append(
            {"label": label_of(item), "text": item.text, "state": item.get_state_display(),
             "reason": reason, "words": item.hold_words if reason else "",
             "outcome": outcome_of(item, language)}
        )  # fmt: skip
    return said


def say_meeting(day: MeetingDay, language: str) -> dict:
    """Which meeting it is: day, hour, whose, where."""
    meeting = day.meeting
    return {
        "when": say_when(meeting.day, meeting.starts_at, language),
        "host": meeting.host.unit.name_in(language), "place": meeting.place,
        "url": meeting.get_absolute_url(),
    }  # fmt: skip


def address_of(day: MeetingDay) -> dict:
    """The short address: whole for the QR code, and as people type it."""
    url = f"{settings.SITE_URL.rstrip('/')}{reverse('hall_short', args=[day.code])}"
    return {"url": url, "typed": url.partition("://")[2], "code": day.code}


def is_ahead(day: MeetingDay) -> bool:
    return timezone.localdate() < day.meeting.day
