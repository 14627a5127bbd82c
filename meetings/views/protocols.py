"""The protocol of a meeting at the desk: drafted, signed off, published, corrected, downloaded."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings import protocol_paper
from meetings.dates import say_when
from meetings.enums import MeetingState, ProtocolState
from meetings.errors import Refused, StaleEdit
from meetings.forms.decisions import VersionedForm
from meetings.forms.protocol import CorrectForm, SignForm, WriteForm
from meetings.models import Meeting, Protocol
from meetings.permissions import Act, may
from meetings.protocolrows import say_version
from meetings.protocolwords import differences, say
from meetings.selectors.protocols import versions_of
from meetings.services import protocols as acts
from meetings.views.desk_meetings import meeting_context, meeting_or_404
from meetings.views.desk_page import at_the_desk
from meetings.views.steps import put_into, refused_confirmation


@dataclass(frozen=True, slots=True)
class Shown:
    """A meeting, the version that is looked at (None: there is none yet), and all of them."""

    meeting: Meeting
    protocol: Protocol | None
    versions: list[Protocol]

    @property
    def is_last(self) -> bool:
        return self.protocol is None or self.protocol.number == self.versions[0].number


def _open(request, uuid, number: int | None = None) -> Shown:
    """The version of this number, or the last one; 404 for what the person does not see."""
    meeting = meeting_or_404(request, uuid)
    versions = versions_of(meeting)
    for one in versions:
        one.meeting = meeting
    if number is None:
        return Shown(meeting, versions[0] if versions else None, versions)
    chosen = next((one for one in versions if one.number == number), None)
    if chosen is None:
        raise Http404
    return Shown(meeting, chosen, versions)


def _open_for(request, act: Act, uuid, number: int | None = None) -> Shown:
    """The same for who may do the act there; 403 for others who see the meeting."""
    shown = _open(request, uuid, number)
    if not may(request.user, act, shown.meeting.host.unit):
        raise PermissionDenied(_("Your role does not write or sign this protocol."))
    return shown


@at_the_desk
@require_safe
def protocol(request, uuid, number=None):
    """The protocol as it stands, with what the person may do about it."""
    return _show(request, _open(request, uuid, number))


@at_the_desk
@require_POST
def begin(request, uuid):
    """Begin the draft, or a correction with its reason."""
    shown = _open_for(request, Act.WRITE_PROTOCOL, uuid)
    form = None
    reason = ""
    if shown.protocol is not None and shown.protocol.state != ProtocolState.DRAFT:
        form = CorrectForm(request.POST)
        if not form.is_valid():
            return _show(request, shown, {"correct": form}, status=422)
        reason = form.cleaned_data["reason"]
    try:
        acts.begin(shown.meeting, by=request.user, reason=reason)
    except Refused as refused:
        return _show(request, shown, {"problem": refused.message}, status=422)
    return _to_page(uuid, "#words")


@at_the_desk
@require_POST
def write(request, uuid, number):
    """Write the words of a draft."""
    shown = _open_for(request, Act.WRITE_PROTOCOL, uuid, number)
    form = WriteForm(request.POST)
    if not form.is_valid():
        return _show(request, shown, {"write": form}, status=422)
    try:
        acts.write(_of(shown), form.values(), by=request.user, version=form.cleaned_data["version"])
    except StaleEdit as stale:
        return _show_stale(request, _open(request, uuid, number), stale.theirs, form)
    except Refused as refused:
        put_into(form, refused)
        return _show(request, _open(request, uuid, number), {"write": form}, status=422)
    messages.success(request, _("The words are saved."))
    return _to_page(uuid)


def _show_stale(request, shown: Shown, theirs: Protocol, form: WriteForm):
    """What is stored now stands beside what was typed, which is kept in the form."""
    typed = request.POST.copy()
    typed["version"] = str(theirs.version)
    stored = WriteForm(initial={name: getattr(theirs, name) for name in acts.WRITTEN})
    differing = [
        {"label": field.label, "theirs": stored[name].value() or _("nothing")}
        for name, field in form.fields.items()
        if name != "version" and str(stored[name].value() or "") != str(form[name].value() or "")
    ]
    kept = WriteForm(typed)
    return _show(request, shown, {"write": kept, "differing": differing}, status=409)


@at_the_desk
@require_POST
def sign(request, uuid, number):
    """Sign it off in one's name: the password or a code of the second factor once more."""
    shown = _open_for(request, Act.SIGN_PROTOCOL, uuid, number)
    form = SignForm(request.POST, auto_id="id_sign_%s")
    if not form.is_valid():
        return _show(request, shown, {"sign": form}, status=422)
    if status := refused_confirmation(request, form):
        return _show(request, shown, {"sign": form}, status=status)
    given = form.cleaned_data
    try:
        acts.sign(_of(shown), by=request.user, version=given["version"], seen=given["seen"])
    except StaleEdit:
        return _show(request, _open(request, uuid, number), {"moved": True}, status=409)
    except Refused as refused:
        put_into(form, refused)
        return _show(request, _open(request, uuid, number), {"sign": form}, status=422)
    messages.success(request, _("The protocol is signed off. Its text never changes again."))
    return _to_page(uuid)


@at_the_desk
@require_POST
def publish(request, uuid, number):
    """Make what was signed off public: the meeting is then held with the people it states."""
    shown = _open_for(request, Act.WRITE_PROTOCOL, uuid, number)
    form = VersionedForm(request.POST)
    if not form.is_valid():
        return _show(request, shown, {"moved": True}, status=422)
    try:
        acts.publish(_of(shown), by=request.user, version=form.cleaned_data["version"])
    except StaleEdit:
        return _show(request, _open(request, uuid, number), {"moved": True}, status=409)
    except Refused as refused:
        problem = {"problem": refused.message}
        return _show(request, _open(request, uuid, number), problem, status=422)
    messages.success(request, _("The protocol is public."))
    return _to_page(uuid)


@at_the_desk
@require_safe
def paper(request, uuid, number, language, kind):
    """Word or PDF in Kazakh or Russian; a draft bears the word on every page."""
    protocol = _of(_open(request, uuid, number))
    form = protocol_paper.FORMS.get(kind)
    if form is None or language not in protocol_paper.LANGUAGES:
        raise Http404
    now = timezone.now()
    contents = acts.said_by(protocol, now)
    made = form.make(protocol_paper.paper_of(protocol, contents, language, at=now))
    answer = HttpResponse(made, content_type=form.media_type)
    name = protocol_paper.file_name(protocol, language, kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _of(shown: Shown) -> Protocol:
    if shown.protocol is None:
        raise Http404
    return shown.protocol


def _to_page(uuid, part: str = ""):
    return HttpResponseRedirect(reverse("desk_protocol", args=[uuid]) + part)


def _show(request, shown: Shown, typed: dict | None = None, *, status: int = 200):
    language, now, typed = get_language() or "kk", timezone.now(), typed or {}
    meeting, protocol = shown.meeting, shown.protocol
    context = meeting_context(request, meeting) | {
        "meeting": meeting, "protocol": protocol,
        "when": say_when(meeting.day, meeting.starts_at, language),
        "targets": [unit.name for unit in meeting.targets.order_by("path")],
        "versions": [_version(one, protocol, language) for one in shown.versions],
        "may_write": may(request.user, Act.WRITE_PROTOCOL, meeting.host.unit),
        "may_sign": may(request.user, Act.SIGN_PROTOCOL, meeting.host.unit),
        "has_started": acts.has_started(meeting, now)
        and meeting.state != MeetingState.CANCELLED,
        "is_last": shown.is_last, **typed,
    }  # fmt: skip
    if protocol is not None:
        context |= _contents(shown, protocol, language, now) | {"forms": _forms(shown, typed, now)}
    return render(request, "meetings/desk/protocol.html", context, status=status)


def _contents(shown: Shown, protocol: Protocol, language: str, now) -> dict:
    contents = acts.said_by(protocol, now)
    before = next((one for one in shown.versions if one.number < protocol.number), None)
    return {
        "said": say(contents, language),
        "state": say_version(protocol, language)["state"],
        "diffs": differences(acts.said_by(before, now), contents, language) if before else None,
        "papers": [
            {"label": f"{label}, {form.upper()}",
             "url": reverse("desk_protocol_paper",
                            args=[shown.meeting.uuid, protocol.number, code, form])}
            for code, label in (("kk", _("in Kazakh")), ("ru", _("in Russian")))
            for form in protocol_paper.FORMS
        ],
    }  # fmt: skip


def _forms(shown: Shown, typed: dict, now) -> dict:
    """The forms of this state; the one that was sent keeps what was typed."""
    protocol = _of(shown)
    if protocol.state == ProtocolState.DRAFT:
        initial = {name: getattr(protocol, name) for name in (*acts.WRITTEN, "version")}
        seen = acts.fingerprint(acts.said_by(protocol, now))
        fresh = SignForm(initial={"version": protocol.version, "seen": seen}, auto_id="id_sign_%s")
        return {"write": typed.get("write") or WriteForm(initial=initial),
                "sign": typed.get("sign") or fresh}  # fmt: skip
    if not shown.is_last:
        return {}
    return {
        "publish": VersionedForm(initial={"version": protocol.version}, auto_id="id_publish_%s"),
        "correct": typed.get("correct") or CorrectForm(),
    }


def _version(one: Protocol, chosen: Protocol | None, language: str) -> dict:
    url = reverse("desk_protocol_version", args=[one.meeting.uuid, one.number])
    is_shown = chosen is not None and one.number == chosen.number
    return say_version(one, language) | {"url": url, "is_shown": is_shown}
