"""Counts the voices of a question: one address, one voice, those of merged questions too."""

from django.db.models import Q

from appeals.models import Person, Question, Support
from appeals.services import problem_voices


def marks_of(question: Question) -> set[str]:
    """Marks of those who support the question or one merged into it, or wrote a merged one."""
    supports = Support.objects.filter(Q(question=question) | Q(question__merged_into=question))
    authors = Person.objects.filter(questions__merged_into=question).exclude(mark="")
    own = Person.objects.filter(questions=question).values_list("mark", flat=True)
    found = set(supports.values_list("mark", flat=True)) | set(
        authors.values_list("mark", flat=True)
    )
    return found - set(own)


def recount(question: Question) -> int:
    """Store how many voices the question has now; in the transaction that changed them.

    The caller holds the question's row: two supporters at once wait for each other. The problem
    that the question belongs to is counted with it.
    """
    question.voices = len(marks_of(question))
    Question.objects.filter(pk=question.pk).update(voices=question.voices)
    problem_voices.recount_of(question)
    return question.voices
