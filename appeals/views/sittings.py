"""Sittings of the commission: the list, a plan, one sitting, its members, agenda and protocol."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from appeals import questionrows, sittingrows
from appeals.enums import SittingState
from appeals.forms import sittings as forms
from appeals.models import Problem, Question, Sitting
from appeals.selectors import sittings as selectors
from appeals.services import sitting_items, sittings
from appeals.sittingpaper import file_name, paper_of
from meetings.documents import to_docx, to_pdf
from meetings.errors import Refused, StaleEdit
from meetings.permissions import Act, may, reach
from meetings.views.desk_page import at_the_desk, page_at

PAGE, PICKED_PAGE = 30, 20
PAPERS = {
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (to_pdf, "application/pdf"),
}


@at_the_desk
@require_safe
def sitting_list(request):
    """The sittings of one's territory, the latest first."""
    if reach(request.user, Act.READ_REQUESTS) == []:
        raise PermissionDenied(_("Your role does not read requests."))
    page = page_at(request, selectors.sittings_of(request.user), PAGE)
    context = {
        "page": page, "rows": sittingrows.in_list(list(page.object_list)),
        "may_plan": reach(request.user, Act.HOLD_SITTING) != [],
    }  # fmt: skip
    return render(request, "appeals/desk/sittings.html", context)


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request):
    """Plan a sitting of one's commission."""
    units = selectors.commissions_of(request.user)
    if not units:
        raise PermissionDenied(_("Your role does not hold sittings of this commission."))
    number = sittings.next_number_in(units[0], timezone.localdate().year)
    form = forms.SittingForm(request.POST or None, units=units, initial={"number": number})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        unit = next(one for one in units if one.kato == given.pop("unit"))
        try:
            return redirect(sittings.plan(unit, given, by=request.user))
        except Refused as refused:
            form.add_error(refused.field, refused.message)
    context = {"form": form, "crumbs": _crumbs(_("New sitting"))}
    return render(request, "appeals/desk/sitting_plan.html", context, status=_status(form))


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def members(request, uuid):
    """Who sits, who is in the chair, who came."""
    sitting = open_sitting(request, uuid, to_change=True)
    rows = [
        {"name": one.name, "post_kk": one.post_kk, "post_ru": one.post_ru,
         "is_chair": one.is_chair, "is_present": one.is_present}
        for one in sitting.members.all()
    ]  # fmt: skip
    formset = forms.MembersForm(request.POST or None, initial=rows)
    version = forms.VersionForm(request.POST or None, initial={"version": sitting.version})
    status, error = 200, ""
    if request.method == "POST":
        status = 422
        if formset.is_valid() and version.is_valid():
            try:
                sittings.seat(
                    sitting, forms.members_of(formset), by=request.user, **version.cleaned_data
                )
                return redirect(sitting)
            except StaleEdit as newer:
                status, error = 409, say_stale()
                typed = with_version(request.POST, newer.theirs.version)
                version = forms.VersionForm(typed)
            except Refused as refused:
                error = refused.message
    context = {
        "sitting": sitting, "formset": formset, "version": version, "error": error,
        "crumbs": _crumbs(_("Members"), sitting),
    }  # fmt: skip
    return render(request, "appeals/desk/sitting_members.html", context, status=status)


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request, uuid):
    """Choose for the agenda from the queue and from the pool."""
    sitting = open_sitting(request, uuid, to_change=True)
    error, status = "", 200
    if request.method == "POST":
        form = forms.VersionForm(request.POST)
        error, status = say_stale(), 422
        if form.is_valid():
            questions = Question.objects.in_reach(request.user).select_related("unit")
            problems = Problem.objects.in_reach(request.user).select_related("unit")
            try:
                sitting_items.pick(
                    sitting, list(questions.filter(uuid__in=_ticked(request, "question"))),
                    list(problems.filter(uuid__in=_ticked(request, "problem"))),
                    by=request.user, version=form.cleaned_data["version"],
                )  # fmt: skip
                return redirect(f"{sitting.get_absolute_url()}#agenda")
            except StaleEdit as newer:
                sitting, error, status = newer.theirs, say_stale(), 409
            except Refused as refused:
                error, status = refused.message, 422
    return _picking(request, sitting, error, status)


def _ticked(request, name: str) -> list:
    return forms.chosen(request.POST.getlist(name))


def _picking(request, sitting: Sitting, error: str, status: int):
    shelf = request.GET.get("show", "")
    shelf = shelf if shelf in (*selectors.SHELVES, "pool") else "waiting"
    words, today = request.GET.get("q", "")[:100], timezone.localdate()
    if shelf == "pool":
        page = page_at(request, selectors.problems_for(sitting, request.user, words), PICKED_PAGE)
        rows = [
            {"name": "problem", "uuid": str(one.uuid), "number": one.number, "text": one.title,
             "about": f"{one.unit.name} · {one.get_topic_display()}"}
            for one in page.object_list
        ]  # fmt: skip
    else:
        found = selectors.questions_for(sitting, request.user, shelf, words, today)
        page = page_at(request, found, PICKED_PAGE)
        rows = [
            {"name": "question", "uuid": str(one.uuid), "number": one.number,
             "text": questionrows.shortened(one.public_text or one.text),
             "about": f"{one.unit.name} · {one.get_topic_display()}"}
            for one in page.object_list
        ]  # fmt: skip
    labels = {
        "waiting": _("to be read"), "unanswered": _("published, without an answer"),
        "pool": _("problems of the pool"),
    }  # fmt: skip
    context = {
        "sitting": sitting, "page": page, "rows": rows, "error": error, "q": words, "show": shelf,
        "picked": set(request.POST.getlist("question") + request.POST.getlist("problem")),
        "shelves": [{"show": show, "label": label} for show, label in labels.items()],
        "crumbs": _crumbs(_("From the queue and the pool"), sitting),
    }  # fmt: skip
    return render(request, "appeals/desk/sitting_pick.html", context, status=status)


@at_the_desk
@require_safe
def protocol(request, uuid, language, kind):
    """The protocol of a held sitting as a file, in Kazakh or in Russian."""
    sitting = open_sitting(request, uuid)
    if kind not in PAPERS or language not in ("kk", "ru") or sitting.state != SittingState.HELD:
        raise Http404
    write, media_type = PAPERS[kind]
    answer = HttpResponse(write(paper_of(sitting, language)), content_type=media_type)
    name = file_name(sitting, language, kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def open_sitting(request, uuid, *, to_change: bool = False) -> Sitting:
    """404 outside one's territory; 403 for who may read and not change it."""
    found = Sitting.objects.in_reach(request.user).select_related("unit", "region")
    sitting = found.filter(uuid=uuid).first()
    if sitting is None:
        raise Http404
    if to_change and not may(request.user, Act.HOLD_SITTING, sitting.unit):
        raise PermissionDenied(_("Your role does not hold sittings of this commission."))
    return sitting


def say_stale() -> str:
    return _("Somebody changed this sitting meanwhile. Here it is now; check and send again.")


def with_version(data, version: int):
    """What was typed, to be sent again over the version that is stored now."""
    typed = data.copy()
    typed["version"] = str(version)
    return typed


def _crumbs(label: str, sitting: Sitting | None = None) -> list[dict]:
    crumbs = [{"label": _("Sittings"), "url": reverse("desk_sittings")}]
    if sitting is not None:
        crumbs.append({"label": str(sitting), "url": sitting.get_absolute_url()})
    return [*crumbs, {"label": label, "url": ""}]


def _status(form) -> int:
    return 422 if form.is_bound and form.errors else 200
