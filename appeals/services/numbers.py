"""Gives the numbers that people are told."""

from django.db import transaction
from django.db.models import F

from appeals.models import Counter


def next_number(name: str, year: int) -> str:
    """The next number of that year, as «2026-000124»; without gaps, in the caller's transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A number is given in the transaction of what it names.")
    row = Counter.objects.filter(name=name, year=year)
    if not row.update(last=F("last") + 1):
        Counter.objects.bulk_create([Counter(name=name, year=year)], ignore_conflicts=True)
        row.update(last=F("last") + 1)
    return f"{year}-{row.values_list('last', flat=True).get():06d}"
