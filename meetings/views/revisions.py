"""The frozen text of an approved revision: the very bytes whose hash is shown."""

from django.db.models import F
from django.http import Http404, HttpResponse
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from meetings.enums import State
from meetings.models import Revision

A_YEAR = 31_536_000


@require_safe
def revision_json(request, year: int, kato: str, number: int):
    """Canonical JSON (docs/canonical.md); it never changes, so it may be kept for ever."""
    revision = (
        Revision.objects.filter(
            calendar__year=year, calendar__region__kato=kato, number=number, state=State.APPROVED
        )
        .only("canonical", "sha256")
        # A code may have been another region's once: the one that exists now comes first.
        .order_by(F("calendar__region__valid_to").desc(nulls_first=True))
        .first()
    )
    if revision is None:
        raise Http404
    etag = f'"{revision.sha256}"'
    if _is_known(request.headers.get("If-None-Match", ""), etag):
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(revision.canonical.encode(), content_type="application/json")
        name = f"akimat-{kato}-{year}-{number}.json"
        answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["ETag"] = etag
    answer["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return answer


def _is_known(asked: str, etag: str) -> bool:
    tags = [tag.removeprefix("W/") for tag in parse_etags(asked)]
    return "*" in tags or etag in tags
