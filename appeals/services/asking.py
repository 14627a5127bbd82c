"""A question comes in: written without a number, and given one when its code is typed."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from appeals import intake, terms
from appeals.cleaning import Cleaned
from appeals.enums import Channel, Kind, Purpose, QuestionState
from appeals.models import Code, Question, QuestionMove
from appeals.searching import findable
from appeals.services import codes, files
from appeals.services.numbers import next_number
from appeals.services.people import confirm_person, keep_person
from meetings.dates import say_day
from meetings.enums import Topic
from meetings.errors import Refused
from meetings.models import Meeting, Unit
from meetings.sealing import mark
from meetings.selectors.daysoff import days_off
from meetings.services import outbox

# Who has the code in hand when a meeting closes still gets through.
GRACE = codes.FRESH
LONGEST_TEXT = 5_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants to say: cleaned by a form.

    ``unit`` is the place it is about; ``meeting`` the one it is put to, if any; ``files`` what
    appeals.cleaning left of photos and documents.
    """

    unit: Unit
    text: str
    topic: Topic = Topic.OTHER
    kind: Kind = Kind.INQUIRY
    place_words: str = ""
    meeting: Meeting | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    files: tuple[Cleaned, ...] = ()


class Closed(Refused):
    """The meeting takes no more questions (409)."""


def closes_at(meeting: Meeting) -> datetime:
    """Until when a meeting takes questions."""
    zone = timezone.get_current_timezone()
    return intake.closes_at(meeting.day, meeting.starts_at, settings.QUESTIONS_CLOSE_HOURS, zone)


def is_open(meeting: Meeting, now: datetime | None = None) -> bool:
    return intake.is_open(meeting.state, closes_at(meeting), now or timezone.now())


@transaction.atomic
def ask(asked: Asked, *, language: str, visitor: str, at: datetime | None = None) -> Code:
    """Write the question down and send a code; it counts for nothing until that is typed.

    Raises:
        Closed; codes.TooMany.
    """
    at = at or timezone.now()
    if asked.meeting is not None and not is_open(asked.meeting, at):
        raise Closed(_("This meeting takes no more questions."))
    question = write_down(asked, language=language, at=at)
    return codes.ask_code(
        Purpose.ASK, f"question:{question.uuid}", asked.email, language, visitor=visitor
    )


@codes.confirms(Purpose.ASK)
def confirm(code: Code) -> str:
    """Give the question its number and its secret address; tell both in a letter."""
    at = timezone.now()
    uuid = code.subject.partition(":")[2]
    question = (
        Question.objects.select_for_update(of=("self",))
        .select_related("person", "unit", "meeting")
        .filter(uuid=uuid)
        .first()
    )
    if question is None or question.person is None:
        raise Refused(
            _("Your question waited too long for its code and was removed. Please ask it again.")
        )
    if question.state != QuestionState.UNCONFIRMED:
        return follow_path(question.person.details["follow"])
    token = secrets.token_urlsafe(24)
    if question.meeting is not None and at > closes_at(question.meeting) + GRACE:
        question.meeting = None
    question.follow_digest = follow_digest(token)
    receive(question, at)
    confirm_person(question.person, at, follow=token)
    tell(question, question.person.details["email"], token, at)
    return follow_path(token)


def receive(question: Question, at: datetime, *, by=None) -> None:
    """From now on it counts: number, moment, the day of the house deadline, a trace."""
    question.number = next_number("question", timezone.localtime(at).year)
    question.state, question.asked_at = QuestionState.WAITING, at
    question.due_on = registration_day(at) + _answer_days()
    question.save()
    QuestionMove.objects.create(
        question=question, deed="enter" if by else "ask", from_state=QuestionState.UNCONFIRMED,
        to_state=QuestionState.WAITING, by=by, at=at,
    )  # fmt: skip


def registration_day(at: datetime) -> date:
    """The day itself or, where that is a day off, the next working day; one query."""
    day = timezone.localdate(at)
    return terms.registered_on(day, days_off(day, day + terms.HORIZON))


def _answer_days() -> timedelta:
    return timedelta(days=settings.ANSWER_DAYS)


def follow_digest(token: str) -> str:
    return mark(f"follow:{token}")


def follow_path(token: str) -> str:
    return reverse("follow", args=[token])


def forget_unconfirmed(now: datetime | None = None) -> int:
    """Take out questions whose code nobody typed, with names and contacts; how many."""
    before = (now or timezone.now()) - timedelta(days=settings.UNCONFIRMED_KEPT_DAYS)
    old = Question.objects.filter(state=QuestionState.UNCONFIRMED, created_at__lt=before)
    return sum(_forget(question) for question in old.order_by("pk")[:1000])


@transaction.atomic
def _forget(question: Question) -> int:
    found = Question.objects.select_for_update().filter(pk=question.pk)
    if not found.filter(state=QuestionState.UNCONFIRMED).exists():
        return 0  # its code was typed meanwhile
    files.forget(question.attachments.all())
    question.attachments.all().delete()
    found.delete()
    if question.person is not None:
        question.person.delete()
    return 1


def write_down(
    asked: Asked, *, language: str, at: datetime, channel: Channel = Channel.SITE, by=None
) -> Question:
    """The question with name, contact and files, before it counts; in the caller's transaction.

    ``by``: who of the staff types in what came another way.
    """
    given = {"name": asked.name, "email": asked.email, "phone": asked.phone}
    person = keep_person(language=language, at=at, **given) if any(given.values()) else None
    question = Question.objects.create(
        unit=asked.unit, region=region_of(asked.unit), meeting=asked.meeting, kind=asked.kind,
        topic=asked.topic, text=asked.text, place_words=asked.place_words, language=language,
        channel=channel, entered_by=by, person=person, created_at=at, **findable(asked.text),
    )  # fmt: skip
    files.attach(question, asked.files, at=at)
    return question


def region_of(unit: Unit) -> Unit:
    return Unit.objects.above(unit).first() or unit


def tell(question: Question, email: str, token: str, at: datetime) -> None:
    """The letter with number, moment and address, in the language in which it was asked."""
    language, due = question.language, registration_day(at) + _answer_days()
    with translation.override(language):
        outbox.post(
            "asked", to=email, language=language, at=at,
            key=f"asked:{question.uuid}",
            context={
                "number": question.number, "when": say_moment(at, language),
                "registered": say_registration(at, language), "unit": question.unit.name,
                "is_to_meeting": question.meeting is not None, "page": follow_path(token),
                "answer_by": say_day(due, language, weekday=False),
            },
        )  # fmt: skip


def say_moment(at: datetime, language: str) -> str:
    """«2026 жылғы 24 қараша, 15:04»."""
    local = timezone.localtime(at)
    return f"{say_day(local.date(), language, weekday=False)}, {local:%H:%M}"


def say_registration(at: datetime, language: str) -> str:
    """The day on which it is registered, when it came on a day off; else empty."""
    day = registration_day(at)
    return "" if day == timezone.localdate(at) else say_day(day, language)
