"""The desk's pages of approval: the coordinator submits, the akim approves or sends back."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings.deskrows import say_figures, say_findings
from meetings.enums import ProcedureChoice, Stance, State, Step
from meetings.models import Revision
from meetings.selectors.desk_findings import explanations_of, law_figures, missing_first
from meetings.selectors.duties import edition_for, findings_of_revision
from meetings.selectors.explanations import unexplained
from meetings.selectors.maslikhat import words_said
from meetings.services.approval import is_late, procedure_of, steps_for
from meetings.stepwords import say_history, say_paper, say_procedure, say_steps
from meetings.views.desk_page import Desk, at_the_desk, open_desk, page_context
from meetings.views.desk_workspace import names_and_codes
from meetings.views.steps import decide

DESK_STEPS = (Step.SUBMIT, Step.APPROVE, Step.SEND_BACK)
FINDINGS_SHOWN = 15


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request, uuid, step):
    """One step of the calendar: what it is about, its papers, and the way so far."""
    if step not in DESK_STEPS:
        raise Http404
    desk = open_desk(request, uuid)
    return decide(
        request, desk.revision, Step(step), template="meetings/desk/decide.html",
        context=lambda: _context(desk, Step(step)), done_url=desk.url("desk_calendar"),
        now_url=desk.url("desk_calendar"),
    )  # fmt: skip


def _context(desk: Desk, step: Step) -> dict:
    page = page_context(desk, "")
    revision, language = desk.revision, page["language"]
    moves = list(revision.moves.select_related("by"))
    findings = findings_of_revision(revision)
    unmet = [one for one in missing_first(findings) if not one.met]
    return {
        **page,
        # The form below is the one step here: no second button competes with it.
        "bar": page["bar"] | {"action": None, "hint": ""},
        "steps": say_steps(moves, State(revision.state), procedure_of(revision), language),
        "history": say_history(moves, language),
        "procedure": say_procedure(
            ProcedureChoice(desk.calendar.procedure), edition_for(desk.calendar), language
        ),
        "count": revision.lines.count(),
        "figures": say_figures(law_figures(findings), held=desk.day.year >= desk.calendar.year),
        "unmet": len(unmet),
        "findings": _say(unmet[:FINDINGS_SHOWN], revision, language),
        "more": max(0, len(unmet) - FINDINGS_SHOWN),
        "unexplained": len(unexplained(revision, findings)) if step == Step.SUBMIT else 0,
        "words": _words(revision),
        "agreed": say_paper(revision.decision_number, revision.decision_on, language),
        "is_late": step == Step.APPROVE and is_late(revision, timezone.now()),
        "other": _other(desk, step),
    }


def _say(unmet, revision: Revision, language: str) -> list[dict]:
    names, codes = names_and_codes(unmet, language)
    explained = explanations_of(revision)
    return say_findings(unmet, language, names=names, codes=codes, explained=explained)


def _words(revision: Revision) -> dict:
    said = words_said(revision)
    return {
        "endorses": sum(one.stance == Stance.ENDORSES for one in said),
        "objections": [one for one in said if one.stance == Stance.OBJECTS],
        "all": len(said),
    }


def _other(desk: Desk, step: Step) -> dict | None:
    """The akim's other step: to send the calendar back is a link, not a second button."""
    labels = {
        Step.SEND_BACK: _("Send it back for revision instead"),
        Step.APPROVE: _("Approve it instead"),
    }
    for other in steps_for(desk.revision, desk.user):
        if other != step and other in labels:
            return {"label": labels[other], "url": desk.url("desk_decide", other.value)}
    return None
