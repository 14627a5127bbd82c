"""What the commission does with a question: nothing is deleted, every step leaves its trace."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.enums import HoldReason, Kind
from appeals.enums import QuestionState as State
from appeals.models import Question, QuestionMove
from appeals.searching import findable
from appeals.services import notices, voices
from appeals.transitions import RULES, Deed
from meetings.enums import Topic
from meetings.errors import Refused, StaleEdit
from meetings.models import Unit
from meetings.permissions import Act, may
from meetings.services import log
from meetings.services.publishing import raise_public

LONGEST_ANSWER = 5_000
E_OTINISH = (
    "eotinish_number", "eotinish_received_on", "eotinish_extended_on", "eotinish_extended_to",
    "eotinish_forwarded_on", "eotinish_forwarded_to",
)  # fmt: skip


@transaction.atomic
def publish(
    question: Question, *, text: str, by, version: int, at: datetime | None = None
) -> Question:
    """Make a text public: as it was written, or edited, which is marked.

    Raises:
        PermissionDenied, StaleEdit; Refused: no text, merged into another question.
    """
    at = at or timezone.now()
    question, before = _locked(question, Deed.PUBLISH, by, version)
    if not text.strip():
        raise Refused(_("Write the text that people will read."), "text")
    if question.merged_into_id:
        raise Refused(_("This question is merged into another one. Split it off first."))
    if before == State.PUBLISHED and question.public_text == text:
        raise Refused(_("Nothing is different from what is public. Change something first."))
    question.public_text, question.is_edited = text, text != question.text
    found = findable(text)
    question.search, question.features = found["search"], found["features"]
    question.hold_reason = question.hold_words = ""
    question.published_at = question.published_at or at
    _move(question, Deed.PUBLISH, before, by=by, at=at)
    if before != State.PUBLISHED:
        notices.tell_author(question, "question_published", at=at)
    return question


@transaction.atomic
def hold(
    question: Question, *, reason: HoldReason, words: str, by, version: int,
    at: datetime | None = None,
) -> Question:  # fmt: skip
    """Keep a text from the public, with a reason that its author sees and may object to once."""
    at = at or timezone.now()
    question, before = _locked(question, Deed.HOLD, by, version)
    if reason == HoldReason.OTHER and not words.strip():
        raise Refused(_("Write the reason in words: the author will read it."), "words")
    if question.merged.exists():
        raise Refused(_("Other questions are merged into this one. Split them off first."))
    question.hold_reason, question.hold_words = HoldReason(reason), words
    _move(question, Deed.HOLD, before, by=by, at=at, note=str(reason))
    notices.tell_author(question, "question_held", at=at)
    return question


@transaction.atomic
def object_to(question: Question, *, words: str, at: datetime | None = None) -> Question:
    """The author does not agree that the text is held back: once, in words.

    Raises:
        Refused: not held back, objected already, no words.
    """
    at = at or timezone.now()
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.state not in RULES[Deed.OBJECT].sources:
        raise Refused(_("This question is not held back: there is nothing to object to."))
    if question.objected_at:
        raise Refused(_("You have objected already; one objection is looked at."))
    if not words.strip():
        raise Refused(_("Write why the text should be published."), "words")
    question.objection, question.objected_at = words, at
    _move(question, Deed.OBJECT, State(question.state), by=None, at=at)
    return question


@transaction.atomic
def uphold(
    question: Question, *, words: str, by, version: int, at: datetime | None = None
) -> Question:
    """The objection was read, and the text stays held back, for the reason in these words."""
    at = at or timezone.now()
    question, before = _locked(question, Deed.UPHOLD, by, version)
    if not question.objected_at or question.objection_answer:
        raise Refused(_("There is no objection that waits for an answer."))
    if not words.strip():
        raise Refused(_("Answer the objection in words: the author will read it."), "words")
    question.objection_answer = words
    _move(question, Deed.UPHOLD, before, by=by, at=at)
    notices.tell_author(question, "question_upheld", at=at)
    return question


@transaction.atomic
def classify(
    question: Question, *, kind: Kind, topic: Topic, unit: Unit, by, version: int,
    at: datetime | None = None,
) -> Question:  # fmt: skip
    """Set what the question is, what it is about and which place it belongs to.

    Raises:
        PermissionDenied: the new place is outside the person's territory too; StaleEdit; Refused.
    """
    at = at or timezone.now()
    question, before = _locked(question, Deed.CLASSIFY, by, version)
    if not may(by, Act.MODERATE, unit):
        raise Refused(_("This place is outside your territory."), "unit")
    values = {"kind": Kind(kind), "topic": Topic(topic), "unit": unit}
    if all(getattr(question, name) == value for name, value in values.items()):
        raise Refused(_("Nothing is different from what is kept. Change something first."))
    for name, value in values.items():
        setattr(question, name, value)
    region = Unit.objects.above(unit).first()
    question.region = region or unit
    _move(question, Deed.CLASSIFY, before, by=by, at=at, note=f"{kind} {topic} {unit.kato}")
    return question


@transaction.atomic
def answer(
    question: Question, *, text: str, by, version: int, at: datetime | None = None
) -> Question:
    """Answer in words, or mend the answer; the author and the supporters are told."""
    at = at or timezone.now()
    question, before = _locked(question, Deed.ANSWER, by, version)
    if not text.strip():
        raise Refused(_("Write the answer."), "answer")
    if question.answer == text:
        raise Refused(_("Nothing is different from what is kept. Change something first."))
    return _answered(question, before, text, by=by, at=at)


@transaction.atomic
def answer_given(question: Question, *, text: str, was: str, by, at: datetime) -> bool:
    """Write down what was answered in the hall; the caller has asked for the right to run it.

    Args:
        text: the answer; empty takes back what the hall noted by mistake.
        was: what the hall noted before, which this corrects; empty at first.
    Returns:
        False where the commission answered otherwise meanwhile: its words stay.
    """
    question = Question.objects.select_for_update(of=("self",)).select_related(
        "unit", "region", "person").get(pk=question.pk)  # fmt: skip
    if question.answer == text:
        return True
    if question.state not in RULES[Deed.ANSWER].sources or question.answer not in ("", was):
        return False
    if text:
        _answered(question, State(question.state), text, by=by, at=at)
    else:
        question.answer, question.answered_at = "", None
        _move(question, Deed.ANSWER, State(question.state), by=by, at=at, note="taken back")
    return True


def _answered(question: Question, before: State, text: str, *, by, at: datetime) -> Question:
    question.answer, question.answered_at = text, at
    _move(question, Deed.ANSWER, before, by=by, at=at)
    notices.tell_followers(question, "question_answered", at=at)
    return question


@transaction.atomic
def register(
    question: Question, values: Mapping, *, by, version: int, at: datetime | None = None
) -> Question:
    """Keep what e-Otinish, the legal register of appeals, says of this question.

    Args:
        values: E_OTINISH; days as dates.
    """
    at = at or timezone.now()
    question, before = _locked(question, Deed.REGISTER, by, version)
    _require_sense(values, timezone.localdate(at))
    for name in E_OTINISH:
        setattr(question, name, values[name])
    _move(question, Deed.REGISTER, before, by=by, at=at)
    return question


@transaction.atomic
def show_files(
    question: Question, names: Collection[UUID], *, by, version: int, at: datetime | None = None
) -> Question:
    """Let everybody have these of the files that came with a question, and no others of them.

    Raises:
        PermissionDenied, StaleEdit; Refused: nothing is different.
    """
    at = at or timezone.now()
    question, before = _locked(question, Deed.SHOW_FILES, by, version)
    changed = [one for one in question.attachments.all() if one.is_public != (one.uuid in names)]
    if not changed:
        raise Refused(_("Nothing is different from what is kept. Change something first."))
    for one in changed:
        one.is_public = not one.is_public
        one.save(update_fields=["is_public"])
    _move(question, Deed.SHOW_FILES, before, by=by, at=at)
    return question


@transaction.atomic
def merge(
    question: Question, into: Question, *, by, version: int, at: datetime | None = None
) -> Question:
    """Tell this question under another one; its voices and followers count there from now on.

    Raises:
        PermissionDenied, StaleEdit; Refused: into itself, into one that is not public, or that
        is itself merged.
    """
    at = at or timezone.now()
    # The rows in the order of their keys, so that two merges wait and never in a ring.
    list(Question.objects.filter(pk__in=[question.pk, into.pk]).order_by("pk").select_for_update())
    question, before = _locked(question, Deed.MERGE, by, version)
    into = Question.objects.select_related("unit").get(pk=into.pk)
    if not may(by, Act.MODERATE, into.unit):
        raise PermissionDenied(_("That question is outside your territory."))
    if question.pk == into.pk:
        raise Refused(_("A question cannot be merged into itself."), "into")
    if question.merged_into_id:
        raise Refused(_("This question is merged into another one. Split it off first."), "into")
    if into.state != State.PUBLISHED or into.merged_into_id:
        raise Refused(_("Choose a question that is published and not merged itself."), "into")
    _join_problems(question, into)
    question.merged_into = into
    _move(question, Deed.MERGE, before, by=by, at=at, note=into.number or "")
    voices.recount(into)
    notices.tell_followers(question, "question_merged", at=at)
    return question


def _join_problems(question: Question, into: Question) -> None:
    """What is told together belongs to one problem of the pool, whichever of them had it."""
    problem = into.problem_id or question.problem_id
    if question.problem_id not in (None, problem):
        raise Refused(
            _("The two questions belong to different problems. Take one of them out first."), "into"
        )
    question.merged.update(merged_into=into, problem=problem)
    Question.objects.filter(pk=into.pk).update(problem=problem)
    question.problem_id = into.problem_id = problem


@transaction.atomic
def split(question: Question, *, by, version: int, at: datetime | None = None) -> Question:
    """Let the question stand for itself again, with its own voices."""
    at = at or timezone.now()
    question, before = _locked(question, Deed.SPLIT, by, version)
    if not question.merged_into_id:
        raise Refused(_("This question is not merged into another one."))
    main = Question.objects.select_for_update().get(pk=question.merged_into_id)
    question.merged_into = None
    _move(question, Deed.SPLIT, before, by=by, at=at, note=main.number or "")
    voices.recount(main)
    voices.recount(question)
    return question


def _require_sense(values: Mapping, today: date) -> None:
    received = values["eotinish_received_on"]
    if values["eotinish_number"] and not received:
        raise Refused(
            _("Give the day on which e-Otinish received it: the term runs from there."),
            "eotinish_received_on",
        )
    for name in ("eotinish_received_on", "eotinish_extended_on", "eotinish_forwarded_on"):
        day = values[name]
        if day and day > today:
            raise Refused(_("This day has not come yet."), name)
        if day and (not received or day < received):
            raise Refused(_("This day is before e-Otinish received it."), name)
    extended, until = values["eotinish_extended_on"], values["eotinish_extended_to"]
    if bool(extended) != bool(until) or (extended and until <= extended):
        raise Refused(
            _("Give both days: when the term was extended, and until when."), "eotinish_extended_to"
        )


def _locked(question: Question, deed: Deed, by, version: int) -> tuple[Question, State]:
    rule = RULES[deed]
    question = (
        Question.objects.select_for_update(of=("self",))
        .select_related("unit", "region", "person")
        .get(pk=question.pk)
    )
    if rule.act is None or not may(by, rule.act, question.unit):
        raise PermissionDenied(_("Your role does not moderate the questions of this place."))
    if question.version != version:
        raise StaleEdit(question)
    before = State(question.state)
    if before not in rule.sources:
        raise Refused(_("This cannot be done to the question as it stands now."))
    return question, before


def _move(
    question: Question, deed: Deed, before: State, *, by, at: datetime, note: str = ""
) -> None:
    """Store the question and the trace of the deed; the public pages follow."""
    question.state = RULES[deed].target or before
    question.version += 1
    question.save()
    QuestionMove.objects.create(
        question=question, deed=deed, from_state=before, to_state=question.state, by=by, at=at,
        note=note,
    )  # fmt: skip
    log.record(
        f"question.{deed}", f"question:{question.uuid}", by=by, region=question.region, at=at,
        versions=(question.version - 1, question.version),
    )  # fmt: skip
    raise_public("appeals")
