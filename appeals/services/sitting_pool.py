"""Decisions of a sitting that reach the pool: a problem is formed, or given to an organisation.

What was decided stands in the words of the item too: the protocol tells it as it was then, however
the problem fares later.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from appeals.models import Body, Problem, Sitting, SittingItem
from appeals.services import problems
from appeals.services.sitting_items import LONGEST_DECISION, item_of
from appeals.services.sittings import locked, record, save
from meetings.dates import say_day
from meetings.errors import Refused


@transaction.atomic
def form_problem(
    sitting: Sitting, item: SittingItem, draft: problems.Draft, *, by, version: int,
    at: datetime | None = None,
) -> Problem:  # fmt: skip
    """Form a problem of the pool from the question of an item.

    Raises:
        PermissionDenied, StaleEdit; Refused: no question, or it belongs to a problem already.
    """
    at = at or timezone.now()
    sitting = locked(sitting, by, version)
    item = item_of(sitting, item)
    if item.question is None:
        raise Refused(_("This item is no question: there is nothing to form a problem from."))
    if item.problem is not None:
        raise Refused(_("A problem was formed from this item already."))
    problem = problems.form(draft, [item.question], by=by, at=at)
    item.problem = problem
    _say(item, lambda language: _("Form problem No. %(number)s of the pool: %(title)s.")
         % {"number": problem.number, "title": problem.title_in(language)})  # fmt: skip
    save(sitting)
    record(sitting, "form", by=by, at=at, problem=str(problem.uuid))
    return problem


@transaction.atomic
def assign(
    sitting: Sitting, item: SittingItem, body: Body, *, by, version: int,
    term_days: int | None = None, due_on: date | None = None, at: datetime | None = None,
) -> Problem:  # fmt: skip
    """Give the problem of an item to an organisation, with a deadline.

    Raises:
        PermissionDenied, StaleEdit; Refused: no problem, and what problems.assign refuses.
    """
    at = at or timezone.now()
    sitting = locked(sitting, by, version)
    item = item_of(sitting, item)
    if item.problem is None:
        raise Refused(_("Form a problem first: an organisation answers for a problem."))
    problem = problems.assign(
        item.problem, body, by=by, version=item.problem.version, term_days=term_days,
        due_on=due_on, at=at,
    )  # fmt: skip
    _say(item, lambda language: _("Responsible: %(body)s. Deadline: %(day)s.")
         % {"body": body.name_in(language), "day": _day(problem, language)})  # fmt: skip
    save(sitting)
    record(sitting, "assign", by=by, at=at, problem=str(problem.uuid), body=str(body.uuid))
    return problem


def _day(problem: Problem, language: str) -> str:
    return say_day(problem.due_on, language, weekday=False) if problem.due_on else ""


def _say(item: SittingItem, sentence) -> None:
    """Add a sentence to the decision in both languages."""
    for language in ("kk", "ru"):
        with translation.override(language):
            said = sentence(language)
        name = f"decision_{language}"
        words = "\n".join(filter(None, [getattr(item, name), said]))
        if len(words) > LONGEST_DECISION:
            raise Refused(_("The words of this decision are too long. Shorten them first."))
        setattr(item, name, words)
    item.save()
