"""What the secretary notes of the row in the hall: by forms, with a script or without one."""

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from appeals.forms import hall as forms
from appeals.hall_steps import HallDeed
from appeals.services import hall
from appeals.services.hall import Noted
from meetings.errors import Refused
from meetings.models import Meeting, MeetingDay
from meetings.views.day import day_or_403, noted, refusal, wants_json
from meetings.views.desk_page import at_the_desk

FORMS = {
    HallDeed.SHOW: forms.ShowForm, HallDeed.HOLD: forms.HoldForm,
    HallDeed.OUTCOME: forms.OutcomeForm, HallDeed.CHOOSE: forms.ChooseForm,
}  # fmt: skip


@at_the_desk
@require_POST
def enter(request, uuid):
    """A paper or a raised hand."""
    meeting, day = day_or_403(request, uuid)
    form = forms.EnterForm(request.POST)
    if day is None or not form.is_valid():
        return _refused(request, meeting, form, "" if day else _("The console is not open."))
    given = form.cleaned_data
    try:
        entered = hall.enter(
            day, given["source"], by=request.user, stamp=form.of_device(), text=given["text"],
            name=given["name"], language=get_language() or "kk",
        )  # fmt: skip
    except Refused as refused:
        return _refused(request, meeting, form, refused.message)
    return _answer(request, meeting, entered)


@at_the_desk
@require_POST
def act(request, uuid, item, deed):
    """One thing done to somebody in the row."""
    meeting, day = day_or_403(request, uuid)
    if deed not in set(HallDeed):
        raise Http404
    form = FORMS.get(HallDeed(deed), forms.HallForm)(request.POST)
    if day is None or not form.is_valid():
        return _refused(request, meeting, form, "" if day else _("The console is not open."))
    try:
        done = _do(day, item, HallDeed(deed), form, request.user)
    except Refused as refused:
        return _refused(request, meeting, form, refused.message, refused.field)
    return _answer(request, meeting, done)


def _do(day: MeetingDay, item, deed: HallDeed, form, user) -> Noted:
    by, given = {"by": user, "stamp": form.of_device()}, form.cleaned_data
    if deed == HallDeed.SHOW:
        return hall.show(day, item, text=given["text"], **by)
    if deed == HallDeed.HOLD:
        return hall.hold(day, item, reason=given["reason"], words=given["words"], **by)
    if deed == HallDeed.OUTCOME:
        return hall.note_outcome(day, item, form.said(), **by)
    if deed == HallDeed.CHOOSE:
        return hall.choose(day, item, given["chosen"], **by)
    return hall.move(day, item, deed, **by)


def _answer(request, meeting: Meeting, done: Noted):
    """An outcome that stands apart is told (409): it is kept, and the console shows both."""
    back = reverse("desk_day", args=[meeting.uuid])
    if not done.is_apart:
        return noted(request, back + "#day-queue", is_new=done.is_new)
    message = _("Somebody noted another outcome of this question before. Both are kept: the console"
                " shows them, choose which one holds.")  # fmt: skip
    if wants_json(request):
        return JsonResponse({"status": "apart", "message": message}, status=409)
    context = {"message": message, "back_url": back + "#day-apart"}
    return render(request, "409.html", context, status=409)


def _refused(request, meeting: Meeting, form, problem: str = "", field: str | None = None):
    """422: the sentence for a script; else the form alone with what was typed, to mend it."""
    if problem:
        form.add_error(field if field in form.fields else None, problem)
    message = str(next(iter(form.errors.values()))[0])

    def page():
        context = {
            "form": form, "action": request.path, "meeting": meeting,
            "back_url": reverse("desk_day", args=[meeting.uuid]),
        }  # fmt: skip
        return render(request, "appeals/desk/hall_note.html", context, status=422)

    return refusal(request, message, page)
