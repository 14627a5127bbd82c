"""A promise given in the hall is one of the pool from the moment it is noted.

It is put right here while nobody has done anything about it; later the pool says what became of it.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from appeals.enums import DueCause, PromiseState
from appeals.models import HallItem, Promise
from appeals.services import deadlines, problems, promises
from appeals.services.promises import Said
from meetings.errors import Refused
from meetings.services import log
from meetings.services.publishing import raise_public


def keep(item: HallItem, *, by, at: datetime) -> Promise:
    """The promise of an item, made or put right; in the transaction of the note."""
    if item.promise is not None:
        return _mend(item.promise, item, by=by, at=at)
    kk, ru = _words(item)
    said = Said(what_kk=kk, what_ru=ru, who=item.promised_by, due_on=item.promised_for)
    return promises.make_in_hall(item.day.meeting, said, question=item.question, by=by, at=at)


def take_back(item: HallItem, *, by, at: datetime) -> None:
    """It was no promise: it stays in the pool, closed as explained, which counts for nothing."""
    if item.promise is None:
        return
    promise = _untouched(item.promise)
    promise.state, promise.closed_at = PromiseState.EXPLAINED, at
    promise.outcome = _("It was noted by mistake at the meeting.")
    _store(promise, "explain", by=by, at=at)
    item.promise = None


def _mend(promise: Promise, item: HallItem, *, by, at: datetime) -> Promise:
    promise = _untouched(promise)
    due = deadlines.given(today=timezone.localdate(at), due_on=item.promised_for)
    was, promise.who = promise.due_on, item.promised_by
    promise.what_kk, promise.what_ru = _words(item)
    deadlines.give(promise, due)
    _store(promise, "mend", by=by, at=at)
    if was != promise.due_on:
        deadlines.keep_change(promise, was, DueCause.SET, by=by, at=at)
    return promise


def _words(item: HallItem) -> tuple[str, str]:
    """The promise in Kazakh or in Russian: in the language in which the secretary works."""
    return (item.answer, "") if get_language() == "kk" else ("", item.answer)


def _untouched(promise: Promise) -> Promise:
    """The promise, held after its problem. Raises Refused: it has a history of its own by now."""
    problem = problems.locked(promise.problem, None)
    held = Promise.objects.select_for_update(of=("self",)).get(pk=promise.pk)
    held.problem = problem
    if held.state != PromiseState.OPEN or held.steps.exists():
        raise Refused(
            _("Something was done about this promise already: the pool says what becomes of it.")
        )
    return held


def _store(promise: Promise, verb: str, *, by, at: datetime) -> None:
    promise.version += 1
    promise.save()
    log.record(
        f"promise.{verb}", f"promise:{promise.uuid}", by=by, region=promise.problem.region, at=at,
        versions=(promise.version - 1, promise.version),
    )  # fmt: skip
    raise_public("appeals")
