"""Subscriptions: what calendar programs and news readers ask for, over and over."""

import hashlib
import zlib
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.utils import timezone, translation
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from meetings.entries import plain
from meetings.enums import AkimLevel
from meetings.feeds import feed_of, meeting_file
from meetings.services.feeds import Kept, Wish

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
TYPES = {"ics": "text/calendar; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}
# Anybody may keep it and asks anew each time: the read after a change sees the change.
CACHING = "public, no-cache"
PACKED = "-gz"
# A change is dated by its beginning and seen from its end: as long as it may take, no date but our
# own is believed by which nothing would have changed.
LONGEST_CHANGE = timedelta(minutes=2)


NO_PLACE = _("No place has the code %(code)s. Look for the place on the site.")
NO_MEETING = _("No published meeting has this address.")
NO_LANGUAGE = _("lang=%(given)s is not known. Give one of these: %(known)s.")
NO_LEVEL = _("level=%(given)s is not known. Give one of these: %(known)s.")
NO_CHOICE = _("cancelled=%(given)s is not known. Give 0 or 1.")


class Refused(ValueError):
    """An address that asks for what there is not; the text says what to ask for instead."""


@require_safe
def feed(request: HttpRequest, kato: str, form: str) -> HttpResponse:
    """The meetings of a place and of every place within it, as iCalendar or as Atom."""
    try:
        wish = _wish(request.GET, form)
    except Refused as refused:
        return _sentence(str(refused), 400)
    packed = _takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    asked = _asked(request, packed)
    kept = feed_of(kato, wish, timezone.localdate(), known=asked[0] if asked else "")
    if kept is None:
        return _sentence(_said(NO_PLACE, [wish.language], code=kato), 404)
    if _is_known(request, kept, asked):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = _body(request, kept, packed)
        response.headers["Content-Type"] = TYPES[form]
        name = f"akimat-{kato}-{wish.language}.{form}"
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["ETag"] = f'"{kept.etag}{PACKED if packed else ""}"'
    response.headers["Cache-Control"] = CACHING
    response.headers["Vary"] = "Accept-Encoding"
    if kept.modified_at and kept.modified_at <= timezone.now():
        response.headers["Last-Modified"] = http_date(kept.modified_at.timestamp())
    return response


@require_safe
def meeting(request: HttpRequest, uuid) -> HttpResponse:
    """One meeting as a file to add to a calendar."""
    try:
        language = _language(request.GET)
    except Refused as refused:
        return _sentence(str(refused), 400)
    found = meeting_file(uuid, language)
    if found is None:
        return _sentence(_said(NO_MEETING, [language]), 404)
    body, changed_at = found
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    known = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    if "*" in known or etag in (each.removeprefix("W/") for each in known):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = _content(request, body)
        response.headers["Content-Type"] = TYPES["ics"]
        response.headers["Content-Disposition"] = f'attachment; filename="akimat-{uuid}.ics"'
    # Only by the etag is it known unchanged: the renaming of a place moves no date of the meeting.
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    response.headers["Cache-Control"] = CACHING
    return response


def _wish(query: QueryDict, form: str) -> Wish:
    """What the address asks for; names without a meaning here (marks of campaigns) are let be."""
    language = _language(query)
    level, cancelled = query.get("level", ""), query.get("cancelled", "1")
    if level and level not in AkimLevel.values:
        raise Refused(_said(NO_LEVEL, [language], level, AkimLevel.values))
    if cancelled not in ("0", "1"):
        raise Refused(_said(NO_CHOICE, [language], cancelled))
    return Wish(form, language, level, cancelled == "1")


def _language(query: QueryDict) -> str:
    language = query.get("lang", settings.LANGUAGE_CODE)
    if language not in LANGUAGES:
        # Whose language is not known is told in each.
        raise Refused(_said(NO_LANGUAGE, LANGUAGES, language, LANGUAGES))
    return language


def _said(sentence, languages: Iterable[str], given: str = "", known: Iterable[str] = (), **values):
    values |= {"given": plain(given, limit=40), "known": ", ".join(known)}
    said = []
    for language in languages:
        with translation.override(language):
            said.append(str(sentence) % values)
    return "\n".join(said)


def _sentence(text: str, status: int) -> HttpResponse:
    response = HttpResponse(text + "\n", "text/plain; charset=utf-8", status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _takes_gzip(header: str) -> bool:
    """Whether gzip is among the encodings of Accept-Encoding and not refused by ``q=0``."""
    for wish in header.lower().split(","):
        name, _mark, quality = wish.partition(";")
        if name.strip() in ("gzip", "x-gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _asked(request: HttpRequest, packed: bool) -> list[str]:
    """The etags the asker has, bare, those of the encoding that would be sent; or the star.

    Bytes that are packed and bytes that are not have different etags (RFC 9110, 8.8.3.3); the
    comparison is the weak one, since a proxy that repacks marks them so.
    """
    etags = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    bare = (etag.removeprefix("W/").strip('"') for etag in etags)
    return [
        etag.removesuffix(PACKED) for etag in bare if etag == "*" or etag.endswith(PACKED) == packed
    ]


def _is_known(request: HttpRequest, kept: Kept, asked: list[str]) -> bool:
    """Whether the asker's copy is still the one: by its etag; by its date only without etags."""
    if "HTTP_IF_NONE_MATCH" in request.META:
        return kept.etag in asked or "*" in asked
    if "HTTP_IF_MODIFIED_SINCE" not in request.META or kept.modified_at is None:
        return False
    given = parse_http_date_safe(request.META["HTTP_IF_MODIFIED_SINCE"]) or 0
    modified, now = int(kept.modified_at.timestamp()), timezone.now().timestamp()
    if given == modified:
        return modified <= now
    return modified + LONGEST_CHANGE.total_seconds() <= given <= now


def _body(request: HttpRequest, kept: Kept, packed: bool) -> HttpResponse:
    gzipped = kept.gzipped or b""
    response = _content(request, gzipped if packed else zlib.decompress(gzipped, wbits=31))
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _content(request: HttpRequest, body: bytes) -> HttpResponse:
    """The body, or for HEAD its length alone."""
    response = HttpResponse(b"" if request.method == "HEAD" else body)
    response.headers["Content-Length"] = str(len(body))
    return response
