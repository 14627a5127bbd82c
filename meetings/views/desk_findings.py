"""All findings of a calendar, filtered; and the explanations that a submission needs."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from meetings.deskrows import heavier, say_figures, say_findings, say_missing, say_norms
from meetings.errors import Refused, StaleEdit, StepRefused
from meetings.forms.findings import ExplanationForm, FindingFilter, SharedExplanationForm
from meetings.rules import Finding
from meetings.selectors.desk_findings import (
    by_norm,
    explanations_of,
    findings_for,
    key_of,
    law_figures,
    missing_first,
)
from meetings.selectors.duties import findings_of_revision
from meetings.services import explaining
from meetings.views.desk_page import at_the_desk, open_desk, page_at, page_context
from meetings.views.desk_workspace import Workspace, names_and_codes

PAGE = 40
# What the box of a duty sends: its norm, the codes of host and target, its window's first day.
BOX = "{norm}:{host_code}:{target_code}:{since}"


@at_the_desk
@require_safe
def findings(request, uuid):
    """Duties of the akims the person reads, the missing ones first."""
    return _show(Workspace(request, open_desk(request, uuid)))


def _show(
    space: Workspace, *, told: dict | None = None, shared: dict | None = None, status: int = 200
):
    """``told``: the key of a duty with what went wrong and what was typed there; ``shared``: the
    same of an explanation for several, with the boxes that stay ticked."""
    desk, request = space.desk, space.request
    asked = _filter(space)
    if not asked.is_valid():
        status = 400 if status == 200 else status
    found = findings_for(desk.revision, desk.user, host=asked.cleaned_data.get("host", ""))
    explained = explanations_of(desk.revision)
    shown = [one for one in missing_first(found) if _is_asked(one, asked.cleaned_data, explained)]
    page = page_at(request, shown, PAGE)
    rows = list(page.object_list)
    law = law_figures(found)
    context = page_context(desk, "desk_findings") | {
        "filter": asked,
        "page": page,
        "findings": _rows(space, rows, explained, told, (shared or {}).get("chosen", ())),
        "shared": shared,
        "open_shown": len(_open(shown, explained)) if desk.may_explain else 0,
        "figures": say_figures(law, held=desk.day.year >= desk.calendar.year),
        "summary": say_missing(law.missing),
        "norms": say_norms(by_norm(found), space.language),
        "unexplained": len(_open(found, explained)),
        "may_explain": desk.may_explain,
        "problem": (told or {}).get("problem", ""),
    }
    return render(request, "meetings/desk/findings.html", context, status=status)


def _filter(space: Workspace) -> FindingFilter:
    norms = [norm.id for norm in space.edition.norms]
    asked = FindingFilter(
        space.request.GET, hosts=space.grouped(space.hosts), norms=norms, language=space.language
    )
    asked.is_valid()
    return asked


def _is_asked(one: Finding, asked: dict, explained: dict) -> bool:
    if asked.get("norm") and one.norm.id != asked["norm"]:
        return False
    if asked.get("severity") and one.severity != asked["severity"]:
        return False
    show = asked.get("show", "")
    if show == "open":
        return bool(_open([one], explained))
    return show == "all" or one.met == (show == "met")


def _open(findings: list[Finding], explained: dict) -> list[Finding]:
    """Those that a submission must explain and nobody has."""
    return [one for one in heavier(findings) if key_of(one) not in explained]


def _rows(
    space: Workspace, rows: list[Finding], explained: dict, told: dict | None, chosen
) -> list[dict]:
    desk = space.desk
    names, codes = names_and_codes(rows, space.language)
    said = say_findings(
        rows, space.language, names=names, codes=codes, explained=explained,
        fix=desk.url("desk_calendar") if desk.may_edit else "",
    )  # fmt: skip
    for one, row in zip(rows, said, strict=True):
        row["fix_target"] = ""  # the form is on another page
        row["anchor"] = f"f-{row['norm']}-{row['host_code']}-{row['target_code']}-{row['since']}"
        row["asks"] = desk.may_explain and bool(heavier([one]))
        if row["asks"] and key_of(one) not in explained:
            row["box"] = BOX.format(**row)
            row["ticked"] = row["box"] in chosen
        if told and told["key"] == key_of(one):
            row |= {"problem": told["problem"], "typed": told["typed"], "theirs": told["theirs"]}
    return said


@at_the_desk
@require_POST
def explain(request, uuid):
    """Write one explanation; only where the duty is the calendar's and is not met."""
    space = Workspace(request, open_desk(request, uuid))
    form = ExplanationForm(request.POST)
    form.is_valid()
    finding = _finding_of(space, form)
    given = form.cleaned_data
    anchor = f"#f-{given['norm']}-{given['host']}-{given['target']}-{given['since']}"
    told: dict = {"key": key_of(finding), "typed": request.POST.get("text", ""), "theirs": None}
    if form.errors:
        return _show(
            space,
            told=told | {"problem": " ".join(str(error) for error in form.errors.get("text", []))},
            status=422,
        )
    try:
        explaining.explain(
            space.desk.revision, finding, given["text"],
            by=request.user, seen=given["seen"],
        )  # fmt: skip
    except Refused as refused:
        return _show(space, told=told | {"problem": refused.message}, status=422)
    except StepRefused as moved:
        message = _("The calendar moved on meanwhile; it is now: %(state)s. Nothing was saved.")
        problem = message % {"state": moved.present_state.label}
        return _show(space, told=told | {"problem": problem}, status=409)
    except StaleEdit as stale:
        theirs = stale.theirs.text if stale.theirs else ""
        problem = _("Somebody else wrote here meanwhile. Both texts are below; yours is not saved.")
        return _show(space, told=told | {"problem": problem, "theirs": theirs}, status=409)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(f"{space.desk.url('desk_findings')}{query}{anchor}")


def _finding_of(space: Workspace, form: ExplanationForm) -> Finding:
    """The duty that the form names, as it stands now; 404 when the calendar has none such."""
    given = form.cleaned_data
    office = space.hosts.get(given.get("host", ""))
    if office is not None:
        found = findings_of_revision(space.desk.revision, hosts={office.unit_id})
        same = [
            one
            for one in found
            if one.norm.id == given.get("norm") and one.window.first == given.get("since")
        ]
        _names, codes = names_and_codes(same, space.language)
        for one in same:
            if codes.get(one.target) == given.get("target"):
                return one
    raise Http404


@at_the_desk
@require_POST
def explain_together(request, uuid):
    """Write one explanation for several duties; what somebody explained meanwhile stays his."""
    space = Workspace(request, open_desk(request, uuid))
    form, boxes = SharedExplanationForm(request.POST), set(request.POST.getlist("duty"))
    shared = {
        "text": request.POST.get("text", ""), "which": request.POST.get("which", ""),
        "chosen": boxes,
    }  # fmt: skip

    def refused(problem: str, status: int):
        return _show(space, shared=shared | {"problem": problem}, status=status)

    if not form.is_valid():
        return refused(form.problem(), 422)
    is_all = form.cleaned_data["which"] == form.ALL
    findings = _all_open(space) if is_all else _chosen(space, boxes)
    if not findings:
        return refused(_("Nothing is chosen. Tick the findings below that this explains."), 422)
    try:
        written = explaining.explain_together(
            space.desk.revision, findings, form.cleaned_data["text"], by=request.user
        )
    except StepRefused as moved:
        message = _("The calendar moved on meanwhile; it is now: %(state)s. Nothing was saved.")
        return refused(message % {"state": moved.present_state.label}, 409)
    except StaleEdit:
        problem = _(
            "Some of these are met or were explained by somebody else meanwhile. Nothing was "
            "saved; the others are still ticked."
        )
        return refused(problem, 409)
    said = ngettext(
        "%(n)s finding is explained.", "%(n)s findings are explained.", written
    ) % {"n": written}  # fmt: skip
    messages.success(request, said)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(f"{space.desk.url('desk_findings')}{query}")


def _all_open(space: Workspace) -> list[Finding]:
    """All that the filters show, on every page, and nobody has explained."""
    desk, asked = space.desk, _filter(space)
    if not asked.is_valid():
        return []
    found = findings_for(desk.revision, desk.user, host=asked.cleaned_data["host"])
    explained = explanations_of(desk.revision)
    shown = [one for one in found if _is_asked(one, asked.cleaned_data, explained)]
    return _open(shown, explained)


def _chosen(space: Workspace, boxes: set[str]) -> list[Finding]:
    """The duties whose boxes were ticked, as they stand now; 404 when one is not the calendar's."""
    desk = space.desk
    found = findings_for(desk.revision, desk.user) if boxes else []
    _names, codes = names_and_codes(found, space.language)
    known = {
        BOX.format(
            norm=one.norm.id, host_code=codes[one.host], target_code=codes[one.target],
            since=one.window.first.isoformat(),
        ): one
        for one in found
    }  # fmt: skip
    if not boxes <= known.keys():
        raise Http404
    return [known[box] for box in sorted(boxes)]
