"""Voices for somebody's question: one confirmed address, one voice."""

from enum import StrEnum

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.enums import Purpose, QuestionState
from appeals.models import Code, Question, Support
from appeals.services import codes, voices
from meetings.errors import Refused
from meetings.sealing import seal
from meetings.services.publishing import raise_public


class Voice(StrEnum):
    """What became of a voice: in the address of the page that tells it."""

    COUNTED = "counted"
    AGAIN = "again"
    OWN = "own"


def support(question: Question, *, email: str, language: str, visitor: str) -> Code:
    """Send a code; the voice counts when it is typed.

    Whether the address has given its voice already is told only to whoever reads its letters.

    Raises:
        Refused: the question is not public; codes.TooMany.
    """
    _require_public(question)
    return codes.ask_code(
        Purpose.SUPPORT, f"question:{question.uuid}", email, language, visitor=visitor
    )


@codes.confirms(Purpose.SUPPORT)
def confirm(code: Code) -> str:
    """Count the voice, once for the question and all that are told under it."""
    uuid = code.subject.partition(":")[2]
    question = Question.objects.filter(uuid=uuid).first()
    if question is None:
        raise Refused(_("This question is not public now and takes no voices."))
    question, main = _locked(question)
    _require_public(question)
    return f"{reverse('question', args=[main.uuid])}?voice={_counted(question, main, code)}"


@transaction.atomic
def _locked(question: Question) -> tuple[Question, Question]:
    """The question and the one it is told under (itself, when none), held in order of keys.

    Which one that is may change while the locks are waited for: it is read again under them.
    """
    for _try in range(3):
        numbers = {question.pk, question.merged_into_id or question.pk}
        rows = Question.objects.filter(pk__in=numbers).order_by("pk").select_for_update()
        held = {one.pk: one for one in rows}
        question = held[question.pk]
        main = held.get(question.merged_into_id or question.pk)
        if main is not None:
            return question, main
    raise Refused(_("This question is being moved just now. Try again in a minute."))


def _counted(question: Question, main: Question, code: Code) -> Voice:
    persons = [one.person for one in (question, main) if one.person is not None]
    if any(person.mark == code.mark for person in persons):
        return Voice.OWN
    if code.mark in voices.marks_of(main):
        return Voice.AGAIN
    Support.objects.create(
        question=question, mark=code.mark, sealed=seal(code.details["to"]),
        language=code.language, at=timezone.now(),
    )  # fmt: skip
    voices.recount(main)
    raise_public("appeals")
    return Voice.COUNTED


def _require_public(question: Question) -> None:
    if question.state != QuestionState.PUBLISHED:
        raise Refused(_("This question is not public now and takes no voices."))
