"""What the requests side tells a protocol: the questions of a meeting and what was promised there.

Only what may be read by all: the text that the commission published, never who asked.
"""

from collections.abc import Sequence

from appeals.enums import HallOutcome, HallSource, HallState, QuestionState
from appeals.models import HallItem, Promise, Question
from appeals.selectors.hall import text_in_hall
from meetings.asked import Asked, Promised, tells_what_was_asked, tells_what_was_promised
from meetings.models import Meeting

# Confirmed ones: whoever never typed the code asked nothing.
TOLD = (QuestionState.WAITING, QuestionState.PUBLISHED, QuestionState.HELD)


# How it came, for what has no question of its own: a hand that was answered at once.
CHANNELS = {
    HallSource.SENT: "site", HallSource.HAND: "floor", HallSource.PHONE: "hall",
    HallSource.PAPER: "paper",
}  # fmt: skip


@tells_what_was_asked
def heard_at(meeting: Meeting) -> Sequence[Asked]:
    """What was heard in the hall, in the order in which it was noted, with what it ended with.

    What was read aloud or stood on the screen is told in the words that the secretary let through,
    unless the commission holds the question back.
    """
    items = HallItem.objects.filter(day__meeting=meeting, state=HallState.DONE)
    return [_heard(one) for one in items.select_related("question").order_by("done_at", "pk")]


def _heard(item: HallItem) -> Asked:
    question = item.question
    told = Asked(
        number=(question.number or "") if question else "", text=text_in_hall(item),
        channel=question.channel if question else CHANNELS[HallSource(item.source)],
        state=item.outcome,
    )  # fmt: skip
    if item.outcome == HallOutcome.PROMISED:
        return told._replace(who=item.promised_by, what=item.answer, by_day=item.promised_for)
    # What was taken away may have its answer by now.
    later = question.answer if question and question.state == QuestionState.PUBLISHED else ""
    return told._replace(answer=item.answer or later)


@tells_what_was_asked
def questions_of(meeting: Meeting) -> Sequence[Asked]:
    """Every question that was sent to the meeting or asked there, in the order of their coming.

    One that is not published stands with its number alone: it was asked, and nothing is hidden.
    """
    questions = Question.objects.of(meeting).filter(state__in=TOLD, merged_into=None)
    promises = {one.problem_id: one for one in _promises(meeting)}
    return [
        _told(one, promises.get(one.problem_id)) for one in questions.order_by("asked_at", "pk")
    ]


def _told(question: Question, promise: Promise | None) -> Asked:
    is_public = question.state == QuestionState.PUBLISHED
    told = Asked(
        number=question.number or "", channel=question.channel, state="waiting",
        text=question.public_text if is_public else "",
    )  # fmt: skip
    if promise is not None:
        told = told._replace(
            state="promised", who=_who(promise, "kk"), what=promise.what_kk or promise.what_ru,
            by_day=promise.due_on,
        )  # fmt: skip
    if question.answer and is_public:
        state = told.state if promise is not None else "answered"
        told = told._replace(state=state, answer=question.answer)
    return told


@tells_what_was_promised
def promises_of(meeting: Meeting) -> Sequence[Promised]:
    """Promises that were given at the meeting, as the pool of problems keeps them."""
    return [
        Promised(
            who_kk=_who(one, "kk"), who_ru=_who(one, "ru"), by_day=one.due_on,
            what_kk=one.what_kk or one.what_ru, what_ru=one.what_ru or one.what_kk,
            money="" if one.money is None else f"{one.money:f}",
        )
        for one in _promises(meeting)
    ]  # fmt: skip


def _promises(meeting: Meeting):
    return Promise.objects.filter(meeting=meeting).select_related("body").order_by("pk")


def _who(promise: Promise, language: str) -> str:
    """The organisation, or the post in words of who said it in the hall."""
    if promise.body is None:
        return promise.who
    return promise.body.name_ru if language == "ru" else promise.body.name_kk
