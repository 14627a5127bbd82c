"""Keeps name and contact of those who ask, apart from what they say."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from appeals.models import Person
from meetings.sealing import address_mark


def keep_person(*, language: str, at: datetime, **details: str) -> Person:
    """A row for one request.

    Args:
        language: of letters to the person.
        details: ``name``, ``email``, ``phone`` and what else only the person shall know; empty
            ones are not kept.
    """
    email = details.get("email", "")
    return Person.objects.create(
        sealed=Person.sealed_from(**details), mark=address_mark(email) if email else "",
        language=language, created_at=at, keep_until=keep_until(at),
    )  # fmt: skip


def keep_until(at: datetime):
    """The day on which what was given at a moment is emptied."""
    return timezone.localdate(at) + timedelta(days=settings.PERSONS_KEPT_DAYS)


def keep_details(person: Person, **more: str) -> None:
    """Add what only the person shall know; the address did not answer yet."""
    person.sealed = Person.sealed_from(**{**person.details, **more})
    person.save(update_fields=["sealed"])


def confirm_person(person: Person, at: datetime, **more: str) -> None:
    """The address answered: note when, and add what only the person shall know."""
    person.sealed = Person.sealed_from(**{**person.details, **more})
    person.confirmed_at = at
    person.save(update_fields=["sealed", "confirmed_at"])
