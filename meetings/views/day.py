"""The console of a meeting's day: clocks, people, agenda; the queue stands beside them.

Notes come as forms, with a script or without one; a script asks for JSON and may send much later.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings.additions import Spot, added_to
from meetings.dates import say_when
from meetings.dayrows import say_day_record
from meetings.errors import Refused, StaleEdit
from meetings.forms.day import DescribeForm, NoteForm, initial_of
from meetings.models import Meeting, MeetingDay
from meetings.permissions import Act, may
from meetings.services import day as services
from meetings.services.protocols import has_started
from meetings.views.desk_meetings import meeting_context, meeting_or_404
from meetings.views.desk_page import at_the_desk


def day_or_403(request, uuid) -> tuple[Meeting, MeetingDay | None]:
    """A meeting that the person may run, with its record when it is open."""
    meeting = meeting_or_404(request, uuid)
    if not may(request.user, Act.RUN_MEETING, meeting.host.unit):
        raise PermissionDenied(_("Your role does not run this meeting."))
    day = MeetingDay.objects.filter(meeting=meeting).first()
    if day is not None:
        day.meeting = meeting
    return meeting, day


@at_the_desk
@require_safe
def console(request, uuid):
    """The console, or the button that opens it."""
    meeting, day = day_or_403(request, uuid)
    return _show(request, meeting, day)


@at_the_desk
@require_POST
def open_console(request, uuid):
    """Open the record of the day."""
    meeting, _day = day_or_403(request, uuid)
    try:
        services.open_day(meeting, by=request.user)
    except Refused as refused:
        return _show(request, meeting, None, problem=refused.message, status=422)
    return HttpResponseRedirect(reverse("desk_day", args=[uuid]))


@at_the_desk
@require_safe
def part(request, uuid):
    """For the script: the clocks and the queue as they stand."""
    meeting, day = day_or_403(request, uuid)
    if day is None:
        return JsonResponse({}, status=404)
    return render(request, "meetings/desk/_day_live.html", _live(request, meeting, day))


@at_the_desk
@require_POST
def note(request, uuid):
    """Note one thing on the clocks, or the number of people."""
    meeting, day = day_or_403(request, uuid)
    form = NoteForm(request.POST)
    if day is None or not form.is_valid():
        told = next(iter(form.errors.values()))[0] if day else _("The console is not open.")
        message = str(told)
        return refusal(request, message, lambda: _show(request, meeting, day, problem=message,
                                                       status=422))  # fmt: skip
    given = form.cleaned_data
    try:
        _mark, is_new = services.note(
            day, given["kind"], by=request.user, value=given["value"], **form.stamp()
        )
    except Refused as refused:
        problem = refused.message
        return refusal(request, problem, lambda: _show(request, meeting, day, problem=problem,
                                                       status=422))  # fmt: skip
    return noted(request, reverse("desk_day", args=[uuid]), is_new=is_new)


@at_the_desk
@require_POST
def describe(request, uuid):
    """Write the agenda, the chair and the officials."""
    meeting, day = day_or_403(request, uuid)
    if day is None:
        return HttpResponseRedirect(reverse("desk_day", args=[uuid]))
    form = DescribeForm(request.POST)
    if not form.is_valid():
        return _show(request, meeting, day, form=form, status=422)
    try:
        services.describe(
            day, form.values(), form.officials(), by=request.user,
            version=form.cleaned_data["version"],
        )  # fmt: skip
    except StaleEdit as stale:
        return _show_stale(request, meeting, stale.theirs, form)
    return HttpResponseRedirect(reverse("desk_day", args=[uuid]) + "#described")


def _show_stale(request, meeting: Meeting, theirs: MeetingDay, form: DescribeForm):
    """What is stored now stands beside what was typed, which is kept in the form."""
    theirs.meeting = meeting
    typed = request.POST.copy()
    typed["version"] = str(theirs.version)
    form.data = typed
    stored = DescribeForm(initial=initial_of(theirs))
    differing = [
        {"label": field.label, "theirs": stored[name].value() or _("nothing")}
        for name, field in form.fields.items()
        if name != "version" and str(stored[name].value() or "") != str(form[name].value() or "")
    ]
    return _show(request, meeting, theirs, form=form, differing=differing, status=409)


def wants_json(request) -> bool:
    """Whether a script asks, and not a form."""
    return request.headers.get("Accept", "").startswith("application/json")


def noted(request, url: str, *, is_new: bool, status: str = ""):
    """The answer to a note: «known» when it was sent before."""
    if wants_json(request):
        return JsonResponse({"status": status or ("noted" if is_new else "known")})
    return HttpResponseRedirect(url)


def refusal(request, message: str, page):
    """422 with the sentence: for a script, or on the page that ``page`` makes."""
    if wants_json(request):
        return JsonResponse({"status": "refused", "message": message}, status=422)
    return page()


def _show(request, meeting: Meeting, day: MeetingDay | None, *, form=None, problem: str = "",
          differing=(), status: int = 200):  # fmt: skip
    language = get_language() or "kk"
    context = meeting_context(request, meeting) | {
        "meeting": meeting, "day": day, "problem": problem,
        "when": say_when(meeting.day, meeting.starts_at, language),
        "targets": [unit.name for unit in meeting.targets.order_by("path")],
        "may_note": meeting.day <= timezone.localdate(),
        "has_started": has_started(meeting, timezone.now()),
    }  # fmt: skip
    if day is not None:
        context |= _live(request, meeting, day) | {
            "form": form or DescribeForm(initial=initial_of(day)),
            "is_described_open": form is not None, "differing": differing,
            "agenda": [line for line in day.agenda.split("\n") if line.strip()],
        }  # fmt: skip
    return render(request, "meetings/desk/day.html", context, status=status)


def _live(request, meeting: Meeting, day: MeetingDay) -> dict:
    return {"meeting": meeting, "day": day, "live": say_day_record(day, timezone.now()),
            "added": added_to(Spot.DESK_DAY, request, day),
            "may_note": meeting.day <= timezone.localdate()}  # fmt: skip
