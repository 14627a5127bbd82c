"""How long what is kept: each rule takes out or empties what is past its days.

The days are settings of one group (README). Each rule does everything that is due by its moment
and, called twice, nothing the second time. They run by themselves once a day (appeals/duties.py),
and at once with ``manage.py forget_old``.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.enums import PUBLIC_DEMANDS, BookingState, DemandState, HallState, QuestionState
from appeals.models import (
    Attachment,
    Booking,
    Demand,
    DemandSupport,
    HallItem,
    HallVoice,
    Person,
    Question,
    Support,
    Verdict,
)
from appeals.services import asking, booking_cleanup, codes, demands, forgetting
from appeals.services.forgetting import Erasing
from meetings.enums import LetterState
from meetings.models import Letter
from meetings.services import outbox

BATCH = 1_000


class Rule(NamedTuple):
    """One rule: its name for ever, what a person calls it, what it does; how many it concerned."""

    name: str
    title: Any
    run: Callable[[datetime], int]


def _persons(at: datetime) -> int:
    due = Person.objects.filter(erased_at=None, keep_until__lt=timezone.localdate(at))
    return _empty(due, forgetting.person, at)


def _voices(at: datetime) -> int:
    before = at - timedelta(days=settings.PERSONS_KEPT_DAYS)
    sealed = (Support, DemandSupport)
    emptied = sum(
        _empty(
            model._default_manager.filter(at__lt=before).exclude(sealed=""), forgetting.voice, at
        )
        for model in sealed
    )
    # A verdict seals nothing: its mark is of the address, until it is one that leads nowhere.
    marked = Verdict.objects.filter(at__lt=before).exclude(mark__startswith=forgetting.NOBODY)
    return emptied + _empty(marked, forgetting.voice, at)


def _bookings(at: datetime) -> int:
    day = timezone.localdate(at) - timedelta(days=settings.PERSONS_KEPT_DAYS)
    old = Booking.objects.filter(day__lt=day).exclude(state=BookingState.HELD)
    return _empty(old.exclude(link_sealed=""), forgetting.booking, at)


def _texts(at: datetime) -> int:
    """What only the office read, private files and secret links of what was dealt with.

    What nobody has read yet waits for its reader, however old it is.
    """
    before = at - timedelta(days=settings.TEXTS_KEPT_DAYS)
    says_more = Q(follow_digest__isnull=False) | ~Q(objection="") | ~Q(text=F("public_text"))
    held_says = ~Q(text="", public_text="")
    private = Attachment.objects.filter(question=OuterRef("pk"), is_public=False)
    published, held = Q(state=QuestionState.PUBLISHED), Q(state=QuestionState.HELD)
    questions = Question.objects.filter(
        says_more | held & held_says | ~Q(place_words="") | Exists(private),
        published | held, asked_at__lt=before,
    )  # fmt: skip
    public, held = Q(state__in=PUBLIC_DEMANDS), Q(state=DemandState.HELD)
    demands_due = Demand.objects.filter(
        says_more | held & held_says, public | held, asked_at__lt=before
    )
    return (
        _empty(questions, forgetting.old_question, at)
        + _empty(demands_due, forgetting.old_demand, at)
        + _empty(_old_hall(before), forgetting.old_hall_item, at)
    )


def _old_hall(before: datetime) -> QuerySet[HallItem]:
    """After it an item says what its question says, or what the hall read."""
    hidden = Q(state__in=(HallState.UNREAD, HallState.HELD))
    says_more = ~Q(text=F("public_text")) | hidden & ~Q(text="")
    asked = Q(question__isnull=False) & ~Q(public_text=F("question__public_text"))
    done = Q(question=None) | ~Q(question__state=QuestionState.WAITING)
    return HallItem.objects.filter(
        says_more | asked & ~hidden, done, came_at__lt=before
    ).select_related("question")  # fmt: skip


def _hall(at: datetime) -> int:
    """What tells the telephones of a hall apart."""
    before = at - timedelta(days=settings.HALL_KEPT_DAYS)
    # A question sent before bears the mark of its author's address, by which an erasure at the
    # person's request finds it: that one stays as long as the name and contact do.
    sent = Q(question=None) | Q(came_at__lt=at - timedelta(days=settings.PERSONS_KEPT_DAYS))
    items = HallItem.objects.filter(sent, came_at__lt=before).exclude(person_mark="", visitor="")
    voices = HallVoice.objects.filter(at__lt=before).exclude(visitor="")
    number = Cast("pk", CharField())
    return items.update(person_mark="", visitor="") + voices.update(
        visitor="", mark=Concat(Value(forgetting.NOBODY), number, output_field=CharField())
    )


def _empty(rows: QuerySet, erase: Callable[[Any, Erasing], None], at: datetime) -> int:
    """Those of one address get one new mark in a run, so that their voices stay one voice; who
    gave no address gets a mark of their own, else strangers would become one person."""
    erasings: dict[str, Erasing] = {}
    emptied = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        for key in keys:
            emptied += _empty_one(rows.model, key, erase, erasings, at)
    return emptied


@transaction.atomic
def _empty_one(model: type[Model], key: int, erase, erasings: dict, at: datetime) -> int:
    rows = model._default_manager.filter(pk=key)
    row: Any = (rows if model is Booking else rows.select_for_update()).first()
    if row is None:
        return 0
    mark = getattr(row, "mark", "")
    erase(row, erasings.setdefault(mark, Erasing(at)) if mark else Erasing(at))
    return 1


def old_letters(at: datetime) -> datetime:
    return at - timedelta(days=settings.LETTERS_KEPT_DAYS)


def _letters(at: datetime) -> int:
    return outbox.forget_old(old_letters(at))


def letters_due(at: datetime) -> int:
    """How many letters the rule would take out, which touches files too."""
    done = Letter.objects.exclude(state=LetterState.WAITING)
    return done.filter(done_at__lt=old_letters(at)).count()


LETTERS = Rule("letters", _("letters that were done with"), _letters)
RULES = (
    Rule("unconfirmed_questions", _("questions that nobody confirmed"),
         asking.forget_unconfirmed),
    Rule("unconfirmed_demands", _("demands that nobody confirmed"), demands.forget_unconfirmed),
    Rule("unconfirmed_bookings", _("bookings that nobody confirmed"),
         booking_cleanup.forget_unconfirmed),
    Rule("old_codes", _("codes that cannot be typed any more"), codes.forget_old),
    Rule("persons", _("names and contacts"), _persons),
    Rule("voices", _("addresses behind voices and verdicts"), _voices),
    Rule("bookings", _("subjects and notes of bookings"), _bookings),
    Rule("texts", _("texts, files and secret links of what was dealt with"), _texts),
    Rule("hall", _("marks of telephones in halls"), _hall),
    LETTERS,
)  # fmt: skip


def forget_old(at: datetime | None = None, *, is_dry: bool = False) -> list[tuple[Rule, int]]:
    """Apply every rule now; how many rows each concerned. ``is_dry``: nothing is changed."""
    at = at or timezone.now()
    return [(rule, _apply(rule, at, is_dry=is_dry)) for rule in RULES]


def _apply(rule: Rule, at: datetime, *, is_dry: bool) -> int:
    if is_dry and rule is LETTERS:
        return letters_due(at)
    with transaction.atomic():
        number = rule.run(at)
        transaction.set_rollback(is_dry)
    return number
