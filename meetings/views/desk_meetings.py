"""Published meetings at the desk: announced, moved, cancelled, recorded as held."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings.additions import Spot, added_to
from meetings.dates import SHORT_MONTHS, SHORT_WEEKDAYS, say_day, say_when
from meetings.deskrows import say_hours
from meetings.enums import MeetingState, Way
from meetings.errors import Refused, StaleEdit
from meetings.forms.meetings import AnnounceForm, CancelForm, DeedForm, HeldForm, MoveForm
from meetings.models import Calendar, Meeting, MeetingChange, Protocol
from meetings.permissions import Act, may, reach, within_reach
from meetings.protocolrows import say_version
from meetings.selectors.protocols import without_protocol
from meetings.services import meetings as acts
from meetings.services.protocols import has_started
from meetings.views.desk_page import at_the_desk, open_desk, page_at, page_context, touches

PAGE = 50
COMING = (MeetingState.PLANNED, MeetingState.ANNOUNCED, MeetingState.MOVED)
SHOWN = {  # ?show=: label, what is wanted
    "": gettext_lazy("all"),
    "announce": gettext_lazy("to be announced"),
    "record": gettext_lazy("to be recorded as held"),
    "awaiting": gettext_lazy("awaiting the maslikhat"),
    "protocol": gettext_lazy("without a public protocol"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that is done to a meeting: its form, its right, its words."""

    name: str
    form: type[DeedForm]
    right: Act
    title: Any  # lazy words
    button: Any
    states: tuple


DEEDS = [
    Deed("announce", AnnounceForm, Act.ANNOUNCE, gettext_lazy("Announce the hour and the place"),
         gettext_lazy("Announce"), COMING),
    Deed("held", HeldForm, Act.RECORD_HELD, gettext_lazy("Record it as held"),
         gettext_lazy("Record"), (*COMING, MeetingState.HELD)),
    Deed("move", MoveForm, Act.MOVE_MEETING, gettext_lazy("Move it urgently"),
         gettext_lazy("Move"), COMING),
    Deed("cancel", CancelForm, Act.MOVE_MEETING, gettext_lazy("Cancel it urgently"),
         gettext_lazy("Cancel the meeting"), COMING),
]  # fmt: skip
FIELDS = {
    "day": gettext_lazy("Date"), "starts_at": gettext_lazy("Begins"),
    "ends_at": gettext_lazy("Ends"), "place_kk": gettext_lazy("Place in Kazakh"),
    "place_ru": gettext_lazy("Place in Russian"),
    "address_kk": gettext_lazy("Address in Kazakh"),
    "address_ru": gettext_lazy("Address in Russian"), "way": gettext_lazy("Way of holding"),
    "stream_url": gettext_lazy("Live stream"), "contact": gettext_lazy("Contact"),
    "state": gettext_lazy("State"), "people": gettext_lazy("How many people came"),
}  # fmt: skip


@at_the_desk
@require_safe
def published(request, uuid):
    """Meetings of the calendar that the public sees, with what is to be done about them."""
    desk = open_desk(request, uuid)
    language = get_language() or "kk"
    show = request.GET.get("show", "")
    found = _meetings_of(request.user).filter(_of_year(desk.calendar))
    found = _wanting(found, show, desk.day).order_by("day", "starts_at", "pk")
    page = page_at(request, found.select_related("host__unit"), PAGE)
    context = page_context(desk, "desk_meetings") | {
        "page": page,
        "rows": _rows(list(page.object_list), language),
        "shown": [(key, label, key == show) for key, label in SHOWN.items()],
        "narrowed": bool(show),
        "call_url": reverse("desk_call", args=[desk.region.kato])
        if touches(request.user, Act.CALL_MEETING, desk.region)
        else "",
    }
    return render(request, "meetings/desk/meetings.html", context)


def _of_year(calendar) -> Q:
    """What the calendar holds, and what the same year's meetings outside it are."""
    outside = Q(is_outside=True, region=calendar.region_id, day__year=calendar.year)
    return Q(calendar=calendar) | outside


def _meetings_of(user):
    """Meetings of the akims in reach, and those that bring an akim into it."""
    if reach(user, Act.READ_DRAFT) is None:
        return Meeting.objects.all()
    targets = Meeting.targets.through.objects.filter(
        within_reach(user, Act.READ_DRAFT, "unit__path"), meeting=OuterRef("pk")
    )
    hosts = within_reach(user, Act.READ_DRAFT, "host__unit__path")
    return Meeting.objects.filter(hosts | Q(Exists(targets)))


def _wanting(found, show: str, day):
    if show == "announce":
        return found.filter(
            Q(starts_at=None) | Q(state=MeetingState.PLANNED), day__gte=day
        ).exclude(state__in=(MeetingState.HELD, MeetingState.CANCELLED))
    if show == "record":
        return found.filter(state__in=COMING, day__lte=day)
    if show == "awaiting":
        return found.filter(is_awaiting=True)
    if show == "protocol":
        return found.filter(pk__in=without_protocol(day).order_by().values("pk"))
    return found


def _rows(meetings: list[Meeting], language: str) -> list[dict]:
    """What meetings/partials/_meeting_row.html shows."""
    names: dict[int, list[str]] = {}
    through = Meeting.targets.through.objects.filter(meeting__in=[one.pk for one in meetings])
    for link in through.select_related("unit").order_by("unit__path"):
        names.setdefault(link.meeting_id, []).append(link.unit.name)
    return [
        {
            "day_iso": one.day.isoformat(), "day": one.day.day,
            "month": SHORT_MONTHS[language][one.day.month - 1],
            "weekday": SHORT_WEEKDAYS[language][one.day.weekday()], "year": None,
            "time": say_hours(one.starts_at, one.ends_at),
            "url": reverse("desk_meeting", args=[one.uuid]),
            "title": ", ".join(names.get(one.pk, [])) or one.host.unit.name,
            "host": _("Akim: %(unit)s") % {"unit": one.host.unit.name},
            "place": one.place,
            "way": one.get_way_display() if one.way != Way.IN_PERSON else "",
            "note": _note(one),
            "state": {"class": one.state, "word": one.get_state_display()},
        }
        for one in meetings
    ]  # fmt: skip


def _note(meeting: Meeting) -> str:
    if meeting.is_awaiting:
        return _("awaiting the maslikhat")
    return _("outside the calendar") if meeting.is_outside else ""


@at_the_desk
@require_safe
def meeting(request, uuid):
    """One published meeting with the forms of what may be done to it."""
    return _show(request, meeting_or_404(request, uuid))


@at_the_desk
@require_POST
def act(request, uuid, deed):
    """Do one thing to a meeting; public at once."""
    found = meeting_or_404(request, uuid)
    chosen = next((one for one in DEEDS if one.name == deed), None)
    if chosen is None:
        raise Http404
    form = chosen.form(request.POST, key=chosen.name)
    if not form.is_valid():
        return _show(request, found, {deed: form}, status=422)
    try:
        _do(deed, found, form, request.user)
    except StaleEdit:
        form.add_error(
            None,
            _("Somebody changed this meeting meanwhile. Here it is now; check and send again."),
        )
        now = meeting_or_404(request, uuid)
        typed = request.POST.copy()
        typed["version"] = str(now.version)
        form.data = typed
        return _show(request, now, {deed: form}, status=409)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return _show(request, meeting_or_404(request, uuid), {deed: form}, status=422)
    return HttpResponseRedirect(reverse("desk_meeting", args=[uuid]) + "#changes")


def _do(deed: str, found: Meeting, form, user) -> None:
    given = form.cleaned_data
    by = {"by": user, "version": given["version"]}
    if deed == "announce":
        acts.announce(found, form.values(), **by)
    elif deed == "move":
        acts.move_urgently(found, form.values(), reason=given["reason"], **by)
    elif deed == "cancel":
        acts.cancel_urgently(found, reason=given["reason"], **by)
    else:
        acts.record_held(found, people=given["people"], **by)


def meeting_or_404(request, uuid) -> Meeting:
    found = (
        _meetings_of(request.user)
        .filter(uuid=uuid)
        .select_related("host__unit", "region", "calendar")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _show(request, found: Meeting, typed: dict | None = None, *, status: int = 200):
    language = get_language() or "kk"
    context = meeting_context(request, found) | {
        "meeting": found,
        "when": say_when(found.day, found.starts_at, language),
        "state": {"class": found.state, "word": found.get_state_display()},
        "targets": [unit.name for unit in found.targets.order_by("path")],
        "deeds": _deeds(request.user, found, typed or {}),
        "added": added_to(Spot.DESK_MEETING, request, found),
        "day_url": reverse("desk_day", args=[found.uuid])
        if may(request.user, Act.RUN_MEETING, found.host.unit)
        and found.state != MeetingState.CANCELLED
        else "",
        "protocol": _protocol(request.user, found),
        "changes": [
            _say_change(change, language)
            for change in found.changes.select_related("by").order_by("-pk")
        ],
    }
    return render(request, "meetings/desk/meeting.html", context, status=status)


def _protocol(user, found: Meeting) -> dict | None:
    """The way to the protocol: where it stands, or that it is to be written."""
    last = Protocol.objects.filter(meeting=found).order_by("-number").first()
    url = reverse("desk_protocol", args=[found.uuid])
    if last is not None:
        return {"url": url, "label": _("Protocol of the meeting"),
                "state": say_version(last, get_language() or "kk")["state"]}  # fmt: skip
    may_begin = found.state != MeetingState.CANCELLED and has_started(found, timezone.now())
    if may_begin and may(user, Act.WRITE_PROTOCOL, found.host.unit):
        return {"url": url, "label": _("Write the protocol"), "state": None}
    return None


def meeting_context(request, found: Meeting) -> dict:
    """The bar and the places of the calendar whose year the meeting is of, where there is one."""
    calendar = found.calendar or Calendar.objects.filter(
        region=found.region, year=found.day.year
    ).first()  # fmt: skip
    if calendar is None:
        return {"language": get_language(), "bar": None, "tabs": []}
    context = page_context(open_desk(request, calendar.uuid), "desk_meetings")
    # The page is the meeting's: the calendar's title stands above its heading.
    return context | {"bar": context["bar"] | {"is_above": True}}


def _deeds(user, found: Meeting, typed: dict) -> list[dict]:
    """The forms that the person may send now; the one that was sent stands open."""
    today = timezone.localdate()
    shown = []
    for deed in DEEDS:
        if deed.name not in typed and (
            found.state not in deed.states
            or (deed.name == "held" and found.day > today)
            or not may(user, deed.right, found.host.unit)
        ):
            continue
        initial = {name: getattr(found, name, None) for name in deed.form.base_fields}
        initial["reason"] = ""
        form = typed.get(deed.name) or deed.form(initial=initial, key=deed.name)
        shown.append(
            {"name": deed.name, "title": deed.title, "button": deed.button, "form": form,
             "open": deed.name in typed,
             "url": reverse("desk_meeting_act", args=[found.uuid, deed.name])}
        )  # fmt: skip
    return shown


def _say_change(change: MeetingChange, language: str) -> dict:
    at = timezone.localtime(change.at)
    return {
        "when": f"{at:%d.%m.%Y %H:%M}",
        "iso": at.isoformat(timespec="seconds"),
        "who": change.by.name,
        "state": {"class": change.kind, "word": change.get_kind_display()},
        "reason": change.reason,
        "is_waiting": change.is_urgent and change.confirmed_at is None,
        "fields": [
            {"what": FIELDS[name], "was": _say(name, change.was.get(name), language),
             "now": _say(name, change.now.get(name), language)}
            for name in change.now
            if name in FIELDS
        ],
    }  # fmt: skip


def _say(name: str, value, language: str) -> str:
    if value in (None, ""):
        return _("nothing")
    if name == "day":
        return say_day(date.fromisoformat(value), language, weekday=False)
    if name in ("starts_at", "ends_at"):
        return value[:5]
    choices = {"state": MeetingState, "way": Way}.get(name)
    return str(choices(value).label) if choices else str(value)
