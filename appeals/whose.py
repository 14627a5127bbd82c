"""Whose rows are meant: everything that is kept under one address, or behind one request."""

from dataclasses import dataclass

from django.db.models import Q

from appeals.models import Booking, Person


@dataclass(frozen=True, slots=True)
class Whose:
    """``marks`` of the address or telephone; ``persons``: keys of the rows of Person."""

    marks: frozenset[str]
    persons: frozenset[int]


def of_mark(mark: str) -> Whose:
    """Everything under one address; its mark is ``sealing.address_mark``."""
    persons = Person.objects.filter(mark=mark).values_list("pk", flat=True)
    return Whose(frozenset({mark}), frozenset(persons))


def of_person(person: Person) -> Whose:
    """Everything of somebody who stands at the desk, known by one request of theirs.

    Who gave no address is known by the telephone of a booking, or by that request alone.
    """
    marks = {person.mark} | set(
        Booking.objects.filter(person=person).values_list("mark", flat=True)
    )  # fmt: skip
    marks.discard("")
    same = Person.objects.filter(Q(mark__in=marks) | Q(bookings__mark__in=marks))
    return Whose(frozenset(marks), frozenset(same.values_list("pk", flat=True)) | {person.pk})
