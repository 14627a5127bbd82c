"""What deputies and the chair open: the list of calendars, one calendar, words and decisions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.changewords import say_values
from meetings.dates import say_day
from meetings.enums import MeetingState, State, Step
from meetings.errors import Refused, StaleEdit, StepRefused
from meetings.forms.decisions import ConfirmChangeForm, RemarkForm, WordForm
from meetings.models import MeetingChange
from meetings.permissions import Act, may, reach
from meetings.selectors.maslikhat import (
    awaited_by,
    calendars_for,
    open_changes,
    urgent_changes,
)
from meetings.services import maslikhat as service
from meetings.services.meetings import confirm_change
from meetings.services.papers import require_paper
from meetings.views.desk_page import countdown, sign_in_first
from meetings.views.paging import page_of, pager
from meetings.views.review import given_count, open_review
from meetings.views.steps import conflict, decide, put_into, refused_confirmation

PAGE = 20
CHAIR_STEPS = (Step.AGREE, Step.RETURN)


def _members_only(user) -> None:
    if reach(user, Act.READ_SUBMITTED) == []:
        raise PermissionDenied(_("These pages are for the deputies of a maslikhat."))


@login_required
@require_safe
def calendars(request):
    """Calendars of the person's region, those to decide on first; what is still awaited."""
    _members_only(request.user)
    day = timezone.localdate()
    page = page_of(request, calendars_for(request.user), size=PAGE)
    shown = list(page.object_list)
    counts = given_count(shown)
    context = {
        "rows": [_row(calendar, counts.get(calendar.pk, 0), day) for calendar in shown],
        "pager": pager(request, page, param="page", anchor="calendars"),
        "awaited": [
            {"region": one.region.name, "year": one.year, "returned": one.returned,
             "days": countdown(one.year, State.DRAFT, day)}
            for one in awaited_by(request.user, day)
        ],
        "open_changes": open_changes(request.user).count(),
        "waiting": sum(one.given[0].state == State.WITH_MASLIKHAT for one in shown),
    }  # fmt: skip
    return render(request, "meetings/maslikhat/calendars.html", context)


def _row(calendar, count: int, day) -> dict:
    revision = calendar.given[0]
    state = State(revision.state)
    submitted = revision.submitted_at and timezone.localdate(revision.submitted_at)
    return {
        "title": f"{calendar.region.name}, {calendar.year}",
        "url": reverse("maslikhat_calendar", args=[calendar.uuid]),
        "state": {"class": state.value, "word": state.label},
        "days": countdown(calendar.year, state, day, is_late=revision.is_late),
        "meetings": count,
        "submitted": say_day(submitted, get_language(), weekday=False) if submitted else "",
    }


@login_required
@require_safe
def calendar(request, uuid):
    """One calendar on one page: changes, findings, coverage, lines, words."""
    review = open_review(request, uuid)
    return render(request, "meetings/maslikhat/calendar.html", review.context())


@require_POST
def remark(request, uuid):
    """A remark on a line, or on the whole calendar."""
    if not request.user.is_authenticated:
        return _sign_in_first(request, uuid)
    review = open_review(request, uuid)
    form = RemarkForm(request.POST)
    if form.is_valid():
        line = form.cleaned_data["line"]
        try:
            service.remark(review.revision, form.cleaned_data["text"], by=request.user, line=line)
        except Refused as refused:
            put_into(form, refused)
        except (StepRefused, StaleEdit):
            return _moved(request, review)
        else:
            messages.success(request, _("Your remark is written down."))
            anchor = f"line-{line}" if line else "remarks"
            return redirect(f"{review.url('maslikhat_calendar')}?{_kept(request)}#{anchor}")
    review.remark_form = form
    return render(request, "meetings/maslikhat/calendar.html", review.context(), status=422)


@require_POST
def word(request, uuid):
    """Endorse, or object in words; the last word counts."""
    if not request.user.is_authenticated:
        return _sign_in_first(request, uuid)
    review = open_review(request, uuid)
    form = WordForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            service.endorse(
                review.revision, said["stance"], said["text"], by=request.user,
                version=said["version"],
            )  # fmt: skip
        except Refused as refused:
            put_into(form, refused)
        except (StepRefused, StaleEdit):
            return _moved(request, review)
        else:
            messages.success(
                request, _("Your word is written down. You can change it until the decision.")
            )
            return redirect(review.url("maslikhat_calendar") + "#word")
    review.word_form = form
    return render(request, "meetings/maslikhat/calendar.html", review.context(), status=422)


def _sign_in_first(request, uuid):
    """Back to the calendar afterwards: what a form is sent to is no page to come back to."""
    return sign_in_first(request, back=reverse("maslikhat_calendar", args=[uuid]))


def _moved(request, review):
    """The calendar went on while the person wrote: what it is now, and the way to it."""
    review.revision.refresh_from_db(fields=["state"])
    return conflict(request, State(review.revision.state), review.url("maslikhat_calendar"))


def _kept(request) -> str:
    """The page of lines one was on, so that one comes back to the same line."""
    number = request.GET.get("page", "")
    return f"page={number}" if number.isdecimal() and len(number) <= 5 else ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request, uuid, step):
    """The chair's decision: agree with number and date, or return with remarks."""
    if step not in CHAIR_STEPS:
        raise Http404
    review = open_review(request, uuid)
    return decide(
        request, review.revision, Step(step), template="meetings/maslikhat/decide.html",
        context=review.asked, done_url=review.url("maslikhat_calendar"),
        now_url=review.url("maslikhat_calendar"),
    )  # fmt: skip


@login_required
@require_safe
def changes(request):
    """Urgent changes that are public and wait for the maslikhat."""
    _members_only(request.user)
    page = page_of(request, open_changes(request.user), size=PAGE)
    context = {
        "rows": [_change_row(change, request.user) for change in page.object_list],
        "pager": pager(request, page, param="page", anchor="changes"),
        "count": page.paginator.count,
    }
    return render(request, "meetings/maslikhat/changes.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, uuid):
    """The chair takes one urgent change to the maslikhat's record."""
    change = get_object_or_404(urgent_changes(request.user), uuid=uuid)
    if not may(request.user, Act.CONFIRM_CHANGE, change.meeting.region):
        raise PermissionDenied(_("The chair of the maslikhat confirms urgent changes."))
    if change.confirmed_at:
        return _confirmed_already(request)
    form = ConfirmChangeForm(request.POST or None, initial={"version": change.meeting.version})
    status = 200
    if request.method == "POST":
        try:
            status = _confirm(request, change, form)
        except StaleEdit:
            return _confirmed_already(request)
        if status == 200:
            messages.success(request, _("The change is confirmed."))
            return redirect("maslikhat_changes")
    context = {"form": form, "change": _change_row(change)}
    return render(request, "meetings/maslikhat/confirm.html", context, status=status)


def _confirmed_already(request):
    context = {
        "present": _("This change was confirmed, or the meeting changed once more."),
        "back_url": reverse("maslikhat_changes"),
    }
    return render(request, "409.html", context, status=409)


def _confirm(request, change: MeetingChange, form: ConfirmChangeForm) -> int:
    if not form.is_valid():
        return 422
    sent = form.cleaned_data
    number, on = sent["act_number"], sent["act_on"]
    try:
        # Before the person's code is used up; the service asks again under its lock.
        require_paper(
            number, on, not_before=timezone.localdate(change.at), today=timezone.localdate()
        )
        if status := refused_confirmation(request, form):
            return status
        confirm_change(change, number=number, on=on, by=request.user, version=sent["version"])
    except Refused as refused:
        put_into(form, refused)
        return 422
    return 200


def _change_row(change: MeetingChange, user=None) -> dict:
    """One urgent change as a diff with its reason; with ``user``, the way to confirm it."""
    language = get_language() or "kk"
    meeting = change.meeting
    cancelled = change.kind == MeetingState.CANCELLED
    fields = [name for name in change.was if name != "state"]
    day = say_day(timezone.localdate(change.at), language, weekday=False)
    return {
        "uuid": change.uuid,
        "region": meeting.region.name,
        "what": f"{meeting.host.unit.name}: " + ", ".join(
            unit.name for unit in meeting.targets.all()
        ),
        "url": meeting.get_absolute_url(),
        "state": {"class": change.kind, "word": MeetingState(change.kind).label},
        "was": say_values(change.was, fields, {}, language) if not cancelled else say_day(
            meeting.day, language
        ),
        "now": "" if cancelled else say_values(change.now, fields, {}, language),
        "reason": change.reason,
        "who": _("%(who)s, %(day)s") % {"who": change.by.name, "day": day},
        "act": {"url": reverse("maslikhat_confirm", args=[change.uuid]),
                "label": _("Confirm by a decision")}
        if user and may(user, Act.CONFIRM_CHANGE, meeting.region)
        else None,
    }  # fmt: skip
