"""Letters to people: the outbox, written in the transaction of the fact that they tell."""

import uuid

from django.db import models
from django.db.models import Q

from meetings.enums import LetterState


class Letter(models.Model):
    """One letter to one address, in one language.

    ``key`` names the fact and the reader, so that a fact told twice is one letter. The address
    and what the letter says are sealed, and wiped once it is sent. ``due_at`` is when it is tried
    next; a worker that took it holds it until ``held_until``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=160, unique=True)
    kind = models.SlugField(max_length=40)
    language = models.CharField(max_length=2)
    mark = models.CharField(max_length=64, db_index=True)
    sealed = models.TextField()
    is_stoppable = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=LetterState, default=LetterState.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    held_by = models.CharField(max_length=80, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=60, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="letter_waiting",
                condition=Q(state=LetterState.WAITING),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class LetterStop(models.Model):
    """An address that wants no letters but those it asks for itself (codes, answers at once)."""

    mark = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.mark[:8]
