"""The way of a calendar in words: steps taken and awaited, the part of the maslikhat."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.dates import say_day
from meetings.enums import Procedure, ProcedureChoice, State, Step
from meetings.models import Move
from meetings.rules import Edition

TAKEN = {
    Step.SUBMIT: gettext_lazy("Submitted to the maslikhat"),
    Step.RETURN: gettext_lazy("Returned with remarks"),
    Step.AGREE: gettext_lazy("Agreed by the maslikhat"),
    Step.APPROVE: gettext_lazy("Approved by the akim"),
    Step.SEND_BACK: gettext_lazy("Sent back by the akim"),
}
AWAITED = {
    Step.SUBMIT: gettext_lazy("Submission to the maslikhat"),
    Step.AGREE: gettext_lazy("Decision of the maslikhat"),
    Step.APPROVE: gettext_lazy("Approval by the akim"),
}
WAYS = {
    Procedure.AGREE: (Step.SUBMIT, Step.AGREE, Step.APPROVE),
    Procedure.NOTIFY: (Step.SUBMIT, Step.APPROVE),
}
# What a person reads when a calendar turns out to stand elsewhere than their page said.
PRESENT = {
    State.DRAFT: gettext_lazy("The calendar is a draft now."),
    State.WITH_MASLIKHAT: gettext_lazy("The calendar is on the maslikhat's table now."),
    State.RETURNED: gettext_lazy("The calendar has been returned for revision."),
    State.AGREED: gettext_lazy("The maslikhat has agreed to the calendar already."),
    State.APPROVED: gettext_lazy("The calendar has been approved already."),
}
BACK = (Step.RETURN, Step.SEND_BACK)


def say_steps(
    moves: Iterable[Move], state: State, procedure: Procedure, language: str, *, people: bool = True
) -> list[dict]:
    """What meetings/partials/_steps.html shows: the last round as it went, then what is awaited.

    Args:
        moves: of one revision, in their order; with ``by`` when ``people`` are named.
    """
    taken = _last_round(list(moves))
    said = [_taken(move, language, people) for move in taken]
    for number, step in enumerate(_awaited(state, procedure)):
        said.append({"class": "next" if number else "now", "name": AWAITED[step]})
    return said


def say_history(moves: Iterable[Move], language: str) -> list[dict]:
    """Every step that was ever taken with the revision, with its words."""
    return [_taken(move, language, people=True) | {"words": move.note} for move in moves]


def _last_round(moves: list[Move]) -> list[Move]:
    """From the last submission on: earlier rounds are read in the history."""
    starts = [number for number, move in enumerate(moves) if move.step == Step.SUBMIT]
    return moves[starts[-1] :] if starts else moves


def _awaited(state: State, procedure: Procedure) -> tuple[Step, ...]:
    way = WAYS[procedure]
    done = {State.WITH_MASLIKHAT: 1, State.AGREED: 2, State.APPROVED: len(way)}.get(state, 0)
    return way[done:]


def _taken(move: Move, language: str, people: bool) -> dict:
    step = Step(move.step)
    return {
        "class": "returned" if step in BACK else "done",
        "name": TAKEN[step],
        "who": move.by.name if people else "",
        "when": say_day(timezone.localdate(move.at), language, weekday=False),
        "note": say_paper(move.act_number, move.act_on, language),
        "late": move.is_late,
    }


def say_paper(number: str, on: date | None, language: str) -> str:
    """«2026 жылғы 20 желтоқсандағы № 7-3» would bend the date: number and date stand apart."""
    if not number or on is None:
        return ""
    day = say_day(on, language, weekday=False)
    return _("No. %(number)s, %(day)s") % {"number": number, "day": day}


def say_procedure(choice: ProcedureChoice, edition: Edition, language: str) -> dict:
    """Which part the maslikhat has here, and which the edition of the year asks for.

    ``{used, asked, quote, act, href, doubt}``; every page that shows the procedure says both.
    """
    asked = Procedure(edition.maslikhat.value)
    used = Procedure.AGREE if choice == ProcedureChoice.AGREE else asked
    return {
        "used": _USED[used],
        "asked": _ASKED[asked],
        "differs": used != asked,
        "act": edition.act.to(language),
        "href": edition.href,
        "doubt": edition.in_force_doubt.to(language) if edition.in_force_doubt else "",
    }


_USED = {
    Procedure.AGREE: gettext_lazy("The maslikhat agrees to the calendar before it is approved."),
    Procedure.NOTIFY: gettext_lazy("The maslikhat is notified before the calendar is approved."),
}
_ASKED = {
    Procedure.AGREE: gettext_lazy("The edition of this year asks for its agreement."),
    Procedure.NOTIFY: gettext_lazy("The edition of this year asks for its notification only."),
}
