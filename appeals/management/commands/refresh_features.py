"""Counts anew what questions are compared by: after an upgrade that changed the way of counting."""

import sys
from collections.abc import Iterator

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from appeals.models import Question
from appeals.searching import findable

BATCH = 500


class Command(BaseCommand):
    help = (
        "Count anew what questions are searched and compared by, for all of them. Run it after an "
        "upgrade whose notes ask for it; the site may run meanwhile."
    )

    def handle(self, *args, **options):
        done, total = 0, Question.objects.count()
        with tqdm(total=total, unit="question", disable=not sys.stderr.isatty()) as bar:
            for many in _batches():
                done += many
                bar.update(many)
        self.stdout.write(f"Questions counted anew: {done}.")


def _batches() -> Iterator[int]:
    last = 0
    while True:
        with transaction.atomic():  # a text that is changed meanwhile waits, and is not undone
            rows = list(
                Question.objects.filter(pk__gt=last)
                .order_by("pk")
                .only("pk", "text", "public_text")
                .select_for_update()[:BATCH]
            )
            for row in rows:
                found = findable(row.public_text or row.text)
                row.search, row.features = found["search"], found["features"]
            Question.objects.bulk_update(rows, ["search", "features"])
        if not rows:
            return
        last = rows[-1].pk
        yield len(rows)
