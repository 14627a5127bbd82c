"""Small rows of the requests side for tests."""

from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from appeals.enums import PUBLIC_DEMANDS, DemandState, HoldReason, QuestionState
from appeals.models import Demand, Person, Question, Support
from appeals.searching import findable
from meetings.models import Unit
from meetings.sealing import address_mark, seal

# Far from those that the services give, which begin with 1.
_numbers = count(900_001)


def make_person(email="asel@example.kz", name="Әсел Нұрланқызы", *, language="ru") -> Person:
    """A person who confirmed the address."""
    now = timezone.now()
    return Person.objects.create(
        sealed=Person.sealed_from(name=name, email=email),
        mark=address_mark(email) if email else "", language=language, created_at=now,
        confirmed_at=now, keep_until=date(2036, 1, 1),
    )  # fmt: skip


def make_question(
    unit, text="Когда починят дорогу?", *, state=QuestionState.WAITING, **fields
) -> Question:
    """A question that has its number; published ones with their text as it was written."""
    now = fields.pop("at", None) or timezone.now()
    if state == QuestionState.HELD:
        fields.setdefault("hold_reason", HoldReason.INSULT)
    if state == QuestionState.PUBLISHED:
        fields = {"public_text": text, "published_at": now} | fields
    number = None if state == QuestionState.UNCONFIRMED else f"2026-{next(_numbers):06d}"
    return Question.objects.create(
        unit=unit, region=Unit.objects.above(unit).first(), text=text, state=state,
        language=fields.pop("language", "ru"),
        number=fields.pop("number", number), created_at=now,
        asked_at=fields.pop("asked_at", None if number is None else now),
        **findable(text) | fields,
    )  # fmt: skip


def make_support(question, email, *, language="kk") -> Support:
    """A confirmed voice."""
    return Support.objects.create(
        question=question, mark=address_mark(email), sealed=seal(email), language=language,
        at=timezone.now(),
    )  # fmt: skip


def make_demand(unit, office, text="Су құбыры жұмыс істемейді", *, state=None, **fields) -> Demand:
    """A demand that has its number; public ones collect voices until the end of the month ahead."""
    now = fields.pop("at", None) or timezone.now()
    state = state or DemandState.COLLECTING
    today = timezone.localdate(now)
    if state == DemandState.HELD:
        fields.setdefault("hold_reason", HoldReason.INSULT)
    if state in PUBLIC_DEMANDS:
        fields = {
            "public_text": text, "published_at": now, "closes_on": today + timedelta(days=30),
        } | fields  # fmt: skip
    if state == DemandState.REACHED:
        fields = {"reached_at": now, "due_on": today + timedelta(days=14)} | fields
    figures = {"threshold": 3, "open_days": 30, "answer_days": 10, "voices": 1}
    return Demand.objects.create(
        unit=unit, office=office, region=Unit.objects.above(unit).first(), text=text, state=state,
        language=fields.pop("language", "ru"), number=f"2026-{next(_numbers):06d}",
        created_at=now, asked_at=now, **figures | fields,
    )  # fmt: skip
