"""The agenda of a sitting and what is decided about each item."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.masking import masked
from appeals.models import Problem, Question, Sitting, SittingItem
from appeals.services.sittings import locked, record, save
from meetings.errors import Refused
from meetings.permissions import Act, may

MOST_ITEMS = 100
LONGEST_TITLE, LONGEST_DECISION = 300, 5_000


@transaction.atomic
def pick(
    sitting: Sitting, questions: Sequence[Question] = (), problems: Sequence[Problem] = (), *,
    by, version: int, at: datetime | None = None,
) -> Sitting:  # fmt: skip
    """Put questions of the queue and problems of the pool on the agenda, after what is there.

    Those that are on it already stay where they are. A question is named by its own words, with
    personal data masked: the protocol is read by many.

    Raises:
        PermissionDenied: one of them is outside the person's territory; StaleEdit; Refused.
    """
    at = at or timezone.now()
    sitting = locked(sitting, by, version)
    there = set(sitting.items.values_list("question_id", "problem_id"))
    added = [
        SittingItem(question=one, **_title_of(one))
        for one in _allowed(questions, by)
        if (one.pk, None) not in there
    ]
    added += [SittingItem(problem=one) for one in _allowed(problems, by)
              if not any(problem == one.pk for _question, problem in there)]  # fmt: skip
    if not added:
        raise Refused(_("Choose at least one that is not on the agenda yet."))
    _append(sitting, added)
    save(sitting)
    record(sitting, "agenda", by=by, at=at, added=len(added))
    return sitting


@transaction.atomic
def add_words(
    sitting: Sitting, *, title_kk: str, title_ru: str, by, version: int,
    at: datetime | None = None,
) -> Sitting:  # fmt: skip
    """Put an item in words on the agenda. Raises PermissionDenied, StaleEdit, Refused."""
    at = at or timezone.now()
    sitting = locked(sitting, by, version)
    if not (title_kk or title_ru):
        raise Refused(_("Write the item in Kazakh or in Russian, better in both."), "title_kk")
    _append(sitting, [SittingItem(title_kk=title_kk, title_ru=title_ru)])
    save(sitting)
    record(sitting, "agenda", by=by, at=at, added=1)
    return sitting


@transaction.atomic
def decide(
    sitting: Sitting, item: SittingItem, *, title_kk: str, title_ru: str, decision_kk: str,
    decision_ru: str, by, version: int, at: datetime | None = None,
) -> Sitting:  # fmt: skip
    """Write what an item is called in the protocol, and what was decided about it."""
    at = at or timezone.now()
    sitting = locked(sitting, by, version)
    item = item_of(sitting, item)
    if item.problem_id is None and not (title_kk or title_ru):
        raise Refused(_("Write the item in Kazakh or in Russian, better in both."), "title_kk")
    item.title_kk, item.title_ru = title_kk, title_ru
    item.decision_kk, item.decision_ru = decision_kk, decision_ru
    item.save()
    save(sitting)
    record(sitting, "decide", by=by, at=at, item=str(item.uuid))
    return sitting


@transaction.atomic
def drop(
    sitting: Sitting, item: SittingItem, *, by, version: int, at: datetime | None = None
) -> Sitting:
    """Take an item off the agenda; the question or the problem itself stays as it is."""
    at = at or timezone.now()
    sitting = locked(sitting, by, version)
    item_of(sitting, item).delete()
    _renumber(list(sitting.items.all()))
    save(sitting)
    record(sitting, "drop", by=by, at=at)
    return sitting


@transaction.atomic
def raise_item(
    sitting: Sitting, item: SittingItem, *, by, version: int, at: datetime | None = None
) -> Sitting:
    """Let an item change places with the one before it."""
    at = at or timezone.now()
    sitting = locked(sitting, by, version)
    items = list(sitting.items.all())
    place = items.index(item_of(sitting, item))
    if place == 0:
        raise Refused(_("This item is the first already."))
    items[place - 1], items[place] = items[place], items[place - 1]
    _renumber(items)
    save(sitting)
    record(sitting, "agenda", by=by, at=at, added=0)
    return sitting


def item_of(sitting: Sitting, item: SittingItem) -> SittingItem:
    """The item as it stands now; Refused when it was dropped meanwhile."""
    rows = sitting.items.select_related("problem__unit", "question__unit")
    found = rows.filter(pk=item.pk).first()
    if found is None:
        raise Refused(_("This item is not on the agenda any more."))
    return found


def _allowed(rows: Sequence, by) -> list:
    for row in rows:
        if not may(by, Act.READ_REQUESTS, row.unit):
            raise PermissionDenied(_("This is outside your territory."))
    return list(rows)


def _title_of(question: Question) -> dict[str, str]:
    text = " ".join((question.public_text or masked(question.text, question.language)).split())
    if len(text) > LONGEST_TITLE:
        text = text[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
    return {"title_kk" if question.language == "kk" else "title_ru": text}


def _append(sitting: Sitting, added: Sequence[SittingItem]) -> None:
    there = sitting.items.count()
    if there + len(added) > MOST_ITEMS:
        raise Refused(_("An agenda holds at most 100 items. Plan another sitting for the rest."))
    for position, item in enumerate(added, there):
        item.sitting, item.position = sitting, position
    SittingItem.objects.bulk_create(added)


def _renumber(items: Sequence[SittingItem]) -> None:
    for position, item in enumerate(items):
        item.position = position
    SittingItem.objects.bulk_update(items, ["position"])
