"""Who stands behind a problem: those who asked and those who supported, each once."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from appeals.models import Person, Problem, Question, Support
from appeals.priority import priority
from meetings.sealing import unseal
from meetings.services import outbox


def questions_of(problem: Problem):
    """Its questions, and those told under one of them."""
    return Question.objects.filter(Q(problem=problem) | Q(merged_into__problem=problem))


def marks_of(problem: Problem) -> set[str]:
    """Marks of the addresses that asked or supported one of its questions."""
    questions = questions_of(problem).values("pk")
    asked = Person.objects.filter(questions__in=questions).exclude(mark="")
    supported = Support.objects.filter(question__in=questions)
    return set(asked.values_list("mark", flat=True)) | set(supported.values_list("mark", flat=True))


def recount(problem: Problem) -> None:
    """Store how many people stand behind it, over how many years, and its priority.

    The caller holds the problem's row: two supporters at once wait for each other.
    """
    rows = list(questions_of(problem).values_list("asked_at", "created_at", "person__mark"))
    nameless = sum(not mark for _asked, _created, mark in rows)  # on paper, by phone
    problem.voices = len(marks_of(problem)) + nameless
    problem.years = len({timezone.localtime(asked or made).year for asked, made, _mark in rows})
    problem.priority = priority(problem.voices, problem.years, problem.risk).points
    Problem.objects.filter(pk=problem.pk).update(
        voices=problem.voices, years=problem.years, priority=problem.priority
    )


def recount_of(question: Question) -> None:
    """Count the problem of a question anew, if it belongs to one."""
    number = Question.objects.filter(pk=question.pk).values_list("problem", flat=True).get()
    if number is not None:
        recount(Problem.objects.select_for_update().get(pk=number))


def tell(problem: Problem, kind: str, *, at: datetime, **context) -> int:
    """A letter to each person who asked or supported, in their language; how many were written."""
    told = set()
    for mark, email, language in _readers(problem):
        if mark not in told and email:
            told.add(mark)
            outbox.post(
                kind, to=email, language=language, stoppable=True, at=at,
                key=f"{kind}:{problem.uuid}:{problem.version}:{mark[:16]}",
                context={
                    "number": problem.number, "title": problem.title_in(language),
                    "page": f"/{language}/problems/{problem.uuid}/", **context,
                },
            )  # fmt: skip
    return len(told)


def _readers(problem: Problem) -> Iterator[tuple[str, str, str]]:
    questions = questions_of(problem).values("pk")
    asked = Person.objects.filter(questions__in=questions).exclude(sealed="").distinct()
    for person in asked.order_by("pk").iterator(chunk_size=500):
        yield person.mark, person.details.get("email", ""), person.language
    supports = Support.objects.filter(question__in=questions).exclude(sealed="")
    for support in supports.order_by("pk").iterator(chunk_size=500):
        yield support.mark, unseal(support.sealed), support.language
