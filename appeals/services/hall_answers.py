"""What was said in the hall to a question: answered, promised, taken away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from appeals.enums import Channel, HallOutcome, HallState
from appeals.models import HallItem
from appeals.services import hall_promises, hall_questions
from appeals.services.moderation import answer_given
from meetings.dates import say_day
from meetings.errors import Refused

if TYPE_CHECKING:
    from appeals.services.hall import Outcome


def require_sense(outcome: Outcome) -> None:
    """Raises Refused with the field that is missing."""
    if outcome.kind == HallOutcome.ANSWERED and not outcome.answer:
        raise Refused(_("Write what was answered."), "answer")
    if outcome.kind == HallOutcome.PROMISED:
        if not outcome.answer:
            raise Refused(_("Write what was promised."), "answer")
        if not outcome.promised_by:
            raise Refused(_("Write who promised it."), "promised_by")
        if outcome.promised_for is None:
            raise Refused(_("Give the day by which it will be done."), "promised_for")


def put_in_force(item: HallItem, outcome: Outcome, *, by, at: datetime) -> None:
    """Write the outcome into the item, and what was answered into its question."""
    _require_words(item, outcome, by, at)
    was = say_answer(item)
    item.outcome, item.answer = outcome.kind, outcome.answer
    item.promised_by, item.promised_for = outcome.promised_by, outcome.promised_for
    if outcome.kind != HallOutcome.PROMISED:
        item.promised_by, item.promised_for = "", None
    item.done_at, item.state = at, HallState.DONE
    if outcome.kind == HallOutcome.PROMISED:
        item.promise = hall_promises.keep(item, by=by, at=at)
    else:
        hall_promises.take_back(item, by=by, at=at)
    if item.question is not None:
        answer_given(item.question, text=say_answer(item), was=was, by=by, at=at)


def _require_words(item: HallItem, outcome: Outcome, by, at: datetime) -> None:
    """A hand without words gets them now: what is to be kept or done later needs its question."""
    if item.question is not None:
        return
    if not outcome.words and not item.text:
        if outcome.kind != HallOutcome.ANSWERED:
            raise Refused(
                _("Write the question in words: it is kept and followed from here on."), "words"
            )
        return
    item.text = item.text or outcome.words
    item.public_text = item.public_text or item.text
    item.question = hall_questions.open_question(item, Channel.FLOOR, by=by, at=at)


def say_answer(item: HallItem) -> str:
    """What the person who asked is told, in the language of the question."""
    if item.outcome == HallOutcome.ANSWERED:
        return item.answer
    if item.outcome != HallOutcome.PROMISED or item.promised_for is None:
        return ""
    with translation.override(item.language):
        by_when = say_day(item.promised_for, item.language, weekday=False)
        told = _("Promised: %(what)s") % {"what": item.answer}
        who = _("Who promised: %(who)s") % {"who": item.promised_by}
        return f"{told}\n{who}\n" + _("By when: %(day)s") % {"day": by_when}
