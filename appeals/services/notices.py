"""Letters about a question: to its author, and to those whose voices it has."""

from datetime import datetime

from django.db.models import Q

from appeals.models import Person, Question, Support
from meetings.sealing import unseal
from meetings.services import outbox


def tell_author(question: Question, kind: str, *, at: datetime) -> None:
    """A letter to the person who asked, if there is an address; in their language."""
    if question.person is not None:
        _write(question, question.person, kind, at)


def tell_followers(question: Question, kind: str, *, at: datetime) -> None:
    """A letter to the author, to authors of questions merged into it, and to all supporters."""
    authors = Person.objects.filter(
        Q(questions=question) | Q(questions__merged_into=question)
    ).distinct()
    told = set()
    for person in authors:
        if person.mark not in told:
            _write(question, person, kind, at)
            told.add(person.mark)
    supports = Support.objects.filter(Q(question=question) | Q(question__merged_into=question))
    for support in supports.exclude(sealed="").iterator(chunk_size=500):
        if support.mark not in told:
            told.add(support.mark)
            _post(question, kind, unseal(support.sealed), support.mark, support.language, at)


def _write(question: Question, person: Person, kind: str, at: datetime) -> None:
    details = person.details
    if details.get("email"):
        _post(
            question, kind, details["email"], person.mark, person.language, at,
            follow=details.get("follow", ""),
        )  # fmt: skip


def _post(
    question: Question, kind: str, email: str, mark: str, language: str, at: datetime, *,
    follow: str = "",
) -> None:  # fmt: skip
    public = question.merged_into or question
    page = f"/{language}/questions/follow/{follow}/" if follow else (
        f"/{language}/questions/{public.uuid}/"
    )  # fmt: skip
    outbox.post(
        kind, to=email, language=language, stoppable=True, at=at,
        key=f"{kind}:{question.uuid}:{question.version}:{mark[:16]}",
        context={
            "number": question.number, "page": page, "answer": question.answer,
            "reason": question.hold_reason, "words": question.hold_words,
            "objection_answer": question.objection_answer,
            "into": public.number if public is not question else "",
        },
    )  # fmt: skip
