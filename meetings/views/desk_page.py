"""What the pages of one calendar at the desk share: who may open it, its bar, its places."""

from dataclasses import dataclass
from datetime import date
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from meetings.enums import EDITABLE_STATES, State, Step
from meetings.models import Calendar, Revision, Unit, approval_deadline
from meetings.permissions import Act, assignments, may, reach
from meetings.services.approval import steps_for

NEAR_DAYS = 30
LONGEST_PAGE_NUMBER = 5
# What the button of a step says at the desk.
STEP_WORDS = {
    Step.SUBMIT: gettext_lazy("Submit to the maslikhat"),
    Step.APPROVE: gettext_lazy("Approve"),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """A calendar as one person opens it: the revision worked on, and what that person may do."""

    calendar: Calendar
    revision: Revision
    user: object
    day: date

    @property
    def region(self) -> Unit:
        return self.calendar.region

    @property
    def is_draft(self) -> bool:
        return self.revision.state in EDITABLE_STATES

    @property
    def may_edit(self) -> bool:
        """Whether there are lines the person may add and change now."""
        return self.is_draft and bool(touches(self.user, Act.EDIT_LINE, self.region))

    @property
    def may_explain(self) -> bool:
        return self.is_draft and may(self.user, Act.EXPLAIN, self.region)

    def url(self, name: str, *args) -> str:
        return reverse(name, args=[self.calendar.uuid, *args])


def touches(user, act: Act, region: Unit) -> bool:
    """Whether a right reaches something of the region."""
    paths = reach(user, act)
    return paths is None or any(
        region.path.startswith(path) or path.startswith(region.path) for path in paths
    )


def open_desk(request, uuid) -> Desk:
    """The calendar with its working revision, or its last approved one.

    404 for another's territory and for what does not exist; 403 where the person sees the
    calendar by a role that does not work at the desk.
    """
    calendars = Calendar.objects.select_related("region")
    calendar = calendars.at_desk_of(request.user).filter(uuid=uuid).first()
    if calendar is None:
        seen = calendars.visible_to(request.user).filter(uuid=uuid).first()
        if seen is not None and _holds_a_role_in(request.user, seen.region):
            raise PermissionDenied(_("Your role does not work at the desk of this calendar."))
        raise Http404
    revision = calendar.revisions.order_by("-number").first()
    if revision is None:
        raise Http404
    revision.calendar = calendar
    return Desk(calendar, revision, request.user, timezone.localdate())


def _holds_a_role_in(user, region: Unit) -> bool:
    return any(
        path is None or region.path.startswith(path) or path.startswith(region.path)
        for _role, path in assignments(user)
    )


def at_the_desk(view):
    """Signed in, or sent to sign in and back; answers differ for htmx."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return sign_in_first(request)
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response

    return guarded


def sign_in_first(request, back: str = "") -> HttpResponse:
    """To the sign-in page and then back. htmx would put that page into the row: it is told to
    go there with the whole window."""
    if not back:
        # What was asked for by htmx or by a form is not a page to come back to.
        plain = request.method in ("GET", "HEAD") and not request.htmx
        back = request.get_full_path() if plain else reverse("desk")
    response = redirect(f"{reverse('account_login')}?{_query(next=back)}")
    if request.htmx:
        answer = HttpResponse(status=200)
        answer["HX-Redirect"] = response["Location"]
        return answer
    return response


def _query(**pairs) -> str:
    from urllib.parse import urlencode

    return urlencode(pairs)


def page_at(request, items, size: int) -> Page:
    """The page of a list that ``?page=`` asks for; the nearest there is when it makes no sense."""
    number = request.GET.get("page", "1")
    digits = number.isascii() and number.isdigit() and len(number) <= LONGEST_PAGE_NUMBER
    return Paginator(items, size).get_page(int(number) if digits else 1)


def page_context(desk: Desk, current: str) -> dict:
    """The bar, the places of the calendar and the language, for every page of it."""
    return {
        "desk": desk,
        "calendar": desk.calendar,
        "revision": desk.revision,
        "bar": bar_of(desk),
        "tabs": _tabs(desk, current),
        "language": get_language(),
        "crumbs": [
            {"label": _("Desk"), "url": reverse("desk")},
            {"label": f"{desk.region.name}, {desk.calendar.year}", "url": ""},
        ],
    }


def bar_of(desk: Desk) -> dict:
    """What meetings/partials/_slim_bar.html shows."""
    action, hint = next_step(desk)
    state = State(desk.revision.state)
    return {
        "title": f"{desk.region.name}, {desk.calendar.year}",
        "url": desk.url("desk_calendar"),
        "state": {"class": state.value, "word": state.label},
        "days": countdown(desk.calendar.year, state, desk.day, is_late=desk.revision.is_late),
        "action": action,
        "hint": hint,
    }


def countdown(year: int, state: State, day: date, *, is_late: bool = False) -> dict | None:
    """Days to 15 January, or by how many they are passed; nothing once approved in time."""
    if state == State.APPROVED:
        return {"class": "late", "number": None, "words": _("approved late")} if is_late else None
    left = (approval_deadline(year).date() - day).days
    if left > 0:
        words = ngettext(
            "day left until 15 January %(year)s", "days left until 15 January %(year)s", left
        )
        near = "near" if left <= NEAR_DAYS else "far"
        return {"class": near, "number": left, "words": words % {"year": year}}
    passed = 1 - left  # on the 15th itself one is late by a day
    words = ngettext(
        "day late: it was due before 15 January %(year)s",
        "days late: it was due before 15 January %(year)s",
        passed,
    )
    return {"class": "late", "number": passed, "words": words % {"year": year}}


def next_step(desk: Desk) -> tuple[dict | None, str]:
    """The one primary button of the calendar for this person, or in words why there is none."""
    for step in steps_for(desk.revision, desk.user):
        if step in STEP_WORDS:
            url = desk.url("desk_decide", step.value)
            return {"label": STEP_WORDS[step], "url": url, "post": False}, ""
    if desk.revision.state == State.APPROVED:
        if touches(desk.user, Act.ANNOUNCE, desk.region):
            return {"label": _("Announce and record meetings"), "url": desk.url("desk_meetings"),
                    "post": False}, ""  # fmt: skip
        return None, ""
    return None, _WAITING[State(desk.revision.state)]()


_WAITING = {
    State.DRAFT: lambda: _("The coordinator submits it when it is ready."),
    State.RETURNED: lambda: _("The coordinator mends it and submits it again."),
    State.WITH_MASLIKHAT: lambda: _("The maslikhat has it now."),
    State.AGREED: lambda: _("The akim of the region approves it next."),
}


def _tabs(desk: Desk, current: str) -> list[dict]:
    places = [
        ("desk_calendar", _("Lines")),
        ("desk_grid", _("The year")),
        ("desk_findings", _("Findings")),
        ("desk_meetings", _("Published meetings")),
        ("desk_log", _("Log")),
    ]
    return [
        {"label": label, "url": desk.url(name), "current": name == current}
        for name, label in places
    ]
