"""The published protocol of a meeting, as everybody reads it: versions, papers, text."""

import hashlib
import json

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings import kept, protocol_paper
from meetings.dates import say_when
from meetings.enums import ProtocolState
from meetings.models import Meeting, Protocol
from meetings.protocolrows import say_version
from meetings.protocolwords import Said, differences, say
from meetings.rows import say_places
from meetings.selectors.protocols import published_of
from meetings.selectors.public import targets_of
from meetings.views.answers import not_found

A_YEAR = 31_536_000


@require_safe
def protocol(request, uuid, number=None):
    """The last published version, or that of a number; kept like the meeting's page."""
    return kept.page(request, lambda: _protocol(request, uuid, number))


def _protocol(request, uuid, number: int | None):
    language = get_language()
    meeting = Meeting.objects.filter(uuid=uuid).select_related("host__unit").first()
    versions = published_of(meeting) if meeting else []
    wanted = [one for one in versions if number is None or one.number == number]
    if meeting is None or not wanted:
        return not_found(request, _("There is no published protocol at this address."))
    context = _context(meeting, wanted[0], versions, language)
    return render(request, "meetings/public/protocol.html", context)


def _context(meeting: Meeting, shown: Protocol, versions: list[Protocol], language: str) -> dict:
    contents = json.loads(shown.canonical)
    before = next((one for one in versions if one.number < shown.number), None)
    said = say(contents, language)
    places = say_places(targets_of(meeting, language)) or meeting.host.unit.name_in(language)
    return {
        "meeting": meeting, "said": said, "protocol": shown,
        "heading": _("Protocol of the meeting"), "places": places,
        "when": say_when(meeting.day, meeting.starts_at, language),
        "answer": _answer(said), "is_last": shown.number == versions[0].number,
        "shown": _version(meeting, shown, language),
        "diffs": differences(json.loads(before.canonical), contents, language) if before else [],
        "versions": [_version(meeting, one, language) for one in versions],
        "papers": _papers(meeting, shown),
        "json_url": reverse("meeting_protocol_json", args=[meeting.uuid, shown.number]),
        "last_url": reverse("meeting_protocol", args=[meeting.uuid]),
        "crumbs": [
            {"label": _("Meetings"), "url": reverse("meeting_list")},
            {"label": places, "url": meeting.get_absolute_url()},
            {"label": _("Protocol of the meeting")},
        ],
    }  # fmt: skip


def _answer(said: Said) -> str:
    """How many came and what became of their questions: what a reader looks for."""
    people = next((value for key, _label, value in said.facts if key == "people"), "")
    came = _("People who came: %(people)s.") % {"people": people}
    return f"{came} {said.counts}".strip()


def _version(meeting: Meeting, one: Protocol, language: str) -> dict:
    url = reverse("meeting_protocol_version", args=[meeting.uuid, one.number])
    return say_version(one, language) | {"url": url}


def _papers(meeting: Meeting, one: Protocol) -> list[dict]:
    return [
        {"label": f"{label}, {kind.upper()}",
         "url": reverse("meeting_protocol_paper", args=[meeting.uuid, one.number, code, kind])}
        for code, label in (("kk", _("in Kazakh")), ("ru", _("in Russian")))
        for kind in protocol_paper.FORMS
    ]  # fmt: skip


@require_safe
def text(request, uuid, number):
    """Canonical JSON (docs/canonical.md): the very bytes whose hash is shown."""
    found = _published(uuid, number)
    answer = _file(request, found.canonical.encode(), "application/json", f'"{found.sha256}"')
    name = f"akimat-protocol-{found.meeting.day}-{found.number}.json"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return answer


@require_safe
def paper(request, uuid, number, language, kind):
    """Word or PDF in Kazakh or Russian; made once and kept, since its text never changes."""
    form = protocol_paper.FORMS.get(kind)
    if form is None or language not in protocol_paper.LANGUAGES:
        raise Http404
    found = _published(uuid, number)
    name = ("protocol", found.sha256, language, kind)
    made = kept.known(name)
    if made is None:
        contents = json.loads(found.canonical)
        made = form.make(protocol_paper.paper_of(found, contents, language))
        if len(made) <= kept.LARGEST_PAGE:
            kept.keep(name, made)
    etag = f'"{hashlib.sha256(made).hexdigest()[:32]}"'
    answer = _file(request, made, form.media_type, etag)
    said = protocol_paper.file_name(found, language, kind)
    answer["Content-Disposition"] = f'attachment; filename="{said}"'
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def _published(uuid, number: int) -> Protocol:
    rows = Protocol.objects.filter(meeting__uuid=uuid, state=ProtocolState.PUBLISHED)
    found = rows.filter(number=number).select_related("meeting").first()
    if found is None:
        raise Http404
    return found


def _file(request, content: bytes, media_type: str, etag: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer
