"""Public pages kept as bytes: made once for one version of what is published, then handed out.

Nothing here is ever kept for somebody who is signed in, and nothing outlives a published change:
the version is part of the key, and it is read afresh at every request.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import cache as once
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

SECONDS = 3600
LARGEST_PAGE = 300_000


def versions(names: Sequence[str] = ("meetings",)) -> list[int]:
    """How many changes were published of each; one query, without the ORM: every page asks it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, number FROM meetings_publicversion")  # a handful of rows
        found = dict(cursor.fetchall())
    return [found.get(name, 0) for name in names]


def page(
    request: HttpRequest, make: Callable[[], HttpResponse], *,
    names: Sequence[str] = ("meetings",), also: tuple = (),
) -> HttpResponse:  # fmt: skip
    """The page at this address, kept if the visitor brings no session; ``make`` makes it.

    ``names``: whose published changes it shows, "meetings" and "appeals" (the requests' side).
    ``also``: versions of its own that the page follows besides.
    The whole address is part of the key, because links to the other languages repeat it. Only an
    answer of 200 is kept. A visitor whose copy is still the one is told so (304).
    """
    if _is_personal(request):
        return make()
    address = (request.path_info, request.META.get("QUERY_STRING", ""))
    key = _key(versions(names), timezone.localdate(), *address, *also)
    kept = cache.get(key)
    if kept is None:
        response = make()
        if response.status_code != 200:
            return response
        kept = (f'"{hashlib.sha256(response.content).hexdigest()[:32]}"', response.content)
        if len(response.content) <= LARGEST_PAGE:
            cache.set(key, kept, SECONDS)
    return _answer(request, *kept)


def known(name: tuple) -> Any:
    """A figure kept under its name, which carries the versions it was computed from, or None."""
    return cache.get(_key(*name))


def keep(name: tuple, value: Any) -> None:
    cache.set(_key(*name), value, SECONDS)


def _is_personal(request) -> bool:
    """Whether the page may show something of this visitor's own: a name, a message."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


def _answer(request, etag: str, body: bytes) -> HttpResponse:
    response = HttpResponse(body)
    response.headers["ETag"] = etag
    # It may be stored but is asked for anew each time: a change shows in the next read.
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Language"] = get_language()
    return get_conditional_response(request, etag=etag, response=response) or response


def _key(*parts) -> str:
    text = repr((_build(), *map(str, parts)))
    return f"kept:{hashlib.sha256(text.encode()).hexdigest()}"


@once
def _build() -> float:
    """When the templates, words and styles last changed: a new release makes its pages anew."""
    folders = [Path(settings.BASE_DIR) / "templates", *map(Path, settings.LOCALE_PATHS)]
    files = (path for folder in folders for path in folder.rglob("*.*"))
    return max((path.stat().st_mtime for path in files), default=0.0)
