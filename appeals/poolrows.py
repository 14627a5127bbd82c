"""Words problems and promises: values of rows in, words out; for the public and for the desks."""

from datetime import date

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.deadlinewords import say_due
from appeals.enums import IN_WORK, ProblemState, PromiseState, Risk
from appeals.models import Problem, Promise, PromiseStep
from appeals.priority import MOST, priority
from appeals.selectors.pool import SHELVES
from meetings.dates import say_day

# So many promises stand open at the top of a meeting's page; the others are folded.
SHOWN_FIRST = 3
# Explained has a shape of its own: nobody shall take it for solved.
CLASSES = {
    "open": "open", "assigned": "announced", "explained": "advice", "solved": "held",
    "refused": "cancelled",
}  # fmt: skip


def state_of(row: Problem | Promise) -> dict:
    """The word of a state and its class."""
    return {"class": CLASSES[row.state], "word": row.get_state_display()}


def due_of(row: Problem | Promise, language: str, today: date) -> dict | None:
    """The deadline of what is not closed yet."""
    is_open = row.state in (*IN_WORK, PromiseState.OPEN)
    return say_due(row, language, today) if is_open else None


def say_body(row: Problem | Promise) -> str:
    """Who answers for it: an organisation, or a post in words."""
    if row.body is not None:
        return row.body.name
    return getattr(row, "who", "")


def problem_rows(problems, language: str, today: date, *, name: str = "problem") -> list[dict]:
    """What appeals/partials/_problem_row.html shows; ``name``: of the address it leads to."""
    return [
        {
            "number": one.number, "url": reverse(name, args=[one.uuid]), "title": one.title,
            "state": state_of(one), "due": due_of(one, language, today), "unit": one.unit.name,
            "topic": one.get_topic_display(), "body": say_body(one),
            "people": say_people(one.voices), "is_reopened": bool(one.reopened),
            "priority": say_points(one),
        }
        for one in problems
    ]  # fmt: skip


def figures(counts: dict[str, int]) -> list[dict]:
    """How many stand where; explained is a figure of its own and never part of solved."""
    rows = [("work", "announced"), ("late", "late"), ("solved", "held"), ("explained", "advice"),
            ("refused", "cancelled"), ("reopened", "awaiting")]  # fmt: skip
    return [
        {"show": show, "word": SHELVES[show], "n": counts[show], "class": name}
        for show, name in rows
    ]


def say_people(count: int) -> str:
    return ngettext("%(n)d person behind it", "%(n)d people behind it", count) % {"n": count}


def say_points(problem: Problem) -> str:
    return _("priority %(n)d of %(most)d") % {"n": problem.priority, "most": MOST}


def say_priority(problem: Problem) -> dict:
    """The priority with what it is made of."""
    made_of = priority(problem.voices, problem.years, problem.risk)
    years = ngettext("asked in %(n)d year", "asked in %(n)d years", problem.years)
    return {
        "points": made_of.points, "most": MOST,
        "parts": [
            {"words": say_people(problem.voices), "points": _of_part(made_of.voices)},
            {"words": years % {"n": problem.years}, "points": _of_part(made_of.years)},
            {"words": str(Risk(problem.risk).label), "points": _of_part(made_of.risk)},
        ],
    }  # fmt: skip


def _of_part(points: int) -> str:
    return ngettext("%(n)d point", "%(n)d points", points) % {"n": points}


def say_standing(problem: Problem, language: str, today: date) -> str:
    """The first line of a problem's page: where it stands."""
    state = ProblemState(problem.state)
    if state == ProblemState.OPEN:
        return _("The problem is in the pool. It is not given to anybody yet.")
    if state == ProblemState.ASSIGNED:
        due = say_due(problem, language, today)
        return _("It is being solved: %(body)s. Deadline: %(day)s, %(left)s.") % {
            "body": say_body(problem), "day": due["day"] if due else "",
            "left": due["left"] if due else "",
        }  # fmt: skip
    return {
        ProblemState.SOLVED: _("It is reported as solved. Those who asked have the last word."),
        ProblemState.EXPLAINED: _(
            "It is explained, not solved: an explanation never counts as a solution."
        ),
        ProblemState.REFUSED: _("It is refused, with a reason."),
    }[state]


def promise_rows(promises, language: str, today: date, *, steps=()) -> list[dict]:
    """What appeals/partials/_promise.html shows of each promise.

    ``steps``: reported steps of these promises, in their order.
    """
    of: dict[int, list[PromiseStep]] = {}
    for step in steps:
        of.setdefault(step.promise_id, []).append(step)
    return [
        {
            "uuid": one.uuid, "anchor": f"promise-{one.uuid}", "what": one.what,
            "who": say_body(one), "state": state_of(one),
            "due": due_of(one, language, today), "money": say_money(one),
            "made": say_day(timezone.localdate(one.made_at), language, weekday=False),
            "meeting_url": one.meeting.get_absolute_url() if one.meeting else "",
            "meeting_day": say_day(one.meeting.day, language, weekday=False)
            if one.meeting else "",
            "outcome": one.outcome,
            "steps": [say_step(step, one.problem, language) for step in of.get(one.pk, [])],
            "problem": one.problem.title, "number": one.problem.number,
            "problem_url": one.problem.get_absolute_url(), "unit": one.problem.unit.name,
        }
        for one in promises
    ]  # fmt: skip


def say_step(step: PromiseStep, problem: Problem, language: str) -> dict:
    return {
        "day": say_day(timezone.localdate(step.at), language, weekday=False), "text": step.text,
        "url": step.url, **evidence_of(step, problem),
    }  # fmt: skip


def evidence_of(step: PromiseStep, problem: Problem) -> dict[str, str]:
    """The address and the name of the file that a step was shown with; empty words if none."""
    if not step.sha256:
        return {"file": "", "file_label": ""}
    kind = _("document (PDF)") if step.extension == "pdf" else _("photo")
    return {
        "file": reverse("problem_evidence", args=[problem.uuid, step.uuid]),
        "file_label": f"{kind}, {filesizeformat(step.size)}",
    }


def say_money(promise: Promise) -> str:
    if promise.money is None:
        return ""
    return _("%(sum)s tenge") % {"sum": number_format(promise.money, force_grouping=True)}


def say_before(before, language: str, today: date) -> dict | None:
    """What appeals/partials/_promised.html shows; None when nothing was promised."""
    if not before.total:
        return None
    figures = [
        (before.solved, _("kept"), "held"),
        (before.explained, _("explained, not kept"), "advice"),
        (before.refused, _("not kept"), "cancelled"),
        (before.open - before.late, _("in work"), "announced"),
        (before.late, _("overdue"), "late"),
    ]
    rows = promise_rows(before.shown, language, today)
    return {
        "total": before.total, "rows": rows[:SHOWN_FIRST], "more": rows[SHOWN_FIRST:],
        "figures": [{"n": n, "word": word, "class": name} for n, word, name in figures if n],
    }  # fmt: skip
