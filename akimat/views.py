"""The site's own answers: root, health, errors."""

import logging
import secrets
from contextlib import suppress

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import (
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.template import loader
from django.templatetags.static import static
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.errors import NotThere
from meetings.services import outbox

log = logging.getLogger("akimat.errors")


@require_safe
def root(request):
    """To the visitor's language; Kazakh when it is unknown (LanguageMiddleware decides)."""
    return HttpResponseRedirect(f"/{translation.get_language()}/")


@require_safe
def icon(request):
    """Browsers ask for it by this name, whatever a page says."""
    return HttpResponsePermanentRedirect(static("icon.svg"))


@require_safe
def robots(request):
    """Search engines read what is public; the rooms of staff have nothing for them."""
    rooms = ("/admin/", "/maslikhat-admin/", "/accounts/", "/*/desk/", "/*/maslikhat/")
    lines = ["User-agent: *", *(f"Disallow: {room}" for room in rooms), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def live(request):
    """The process answers."""
    return JsonResponse({"live": True})


@require_safe
@never_cache
def ready(request):
    """200 when a page can be served, 503 with the part that cannot.

    The cache may be away, and letters may wait: pages are served all the same, so a balancer must
    not take the site out for it. Who watches the site reads the part.
    """
    database = _database_answers()
    parts = {
        "database": database, "cache": _cache_answers(), "letters": database and _letters_go_out(),
    }  # fmt: skip
    return JsonResponse({"ready": database, "parts": parts}, status=200 if database else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
            return cursor.fetchone() is not None
    except DatabaseError:
        return False


def _letters_go_out() -> bool:
    try:
        return not outbox.is_late(timezone.now())
    except DatabaseError:
        return False


def _cache_answers() -> bool:
    try:
        cache.set("akimat:ready", "1", 10)
        return cache.get("akimat:ready") == "1"
    except Exception:
        log.warning("The cache does not answer.", exc_info=True)
        return False


def bad_request(request, exception=None, message: str = ""):
    return render(request, "400.html", {"message": message}, status=400)


def too_large(request):
    return render(request, "413.html", status=413)


def permission_denied(request, exception=None):
    return render(request, "403.html", {"message": str(exception or "")}, status=403)


def page_not_found(request, exception=None):
    message = str(exception) if isinstance(exception, NotThere) else ""
    return render(request, "404.html", {"message": message}, status=404)


def csrf_failure(request, reason=""):
    """The form waited too long, or cookies are off: what was typed is still in the browser."""
    message = _(
        "This form has expired or your browser blocks cookies. "
        "Go back, copy what you typed, open the page again and send it once more."
    )
    return render(request, "403.html", {"message": message}, status=403)


def forms_alone(request):
    """An address that takes forms alone was opened as a page: by changing the language after a
    refusal, or from the history of the browser."""
    return render(request, "405.html", {"back_url": _above(request.path_info)}, status=405)


def _above(path: str) -> str:
    """The nearest address above this one that is one of ours; empty if there is none."""
    while path := path.rstrip("/").rpartition("/")[0]:
        with suppress(Resolver404):
            resolve(f"{path}/")
            return f"{path}/"
    return ""


def too_many_requests(request):
    """Sign-in and codes are slowed; allauth calls this."""
    return render(request, "429.html", status=429)


def server_error(request):
    """A page that needs nothing but its number, which is in the log beside the traceback."""
    number = secrets.token_hex(4)
    log.error("Error %s at %s", number, request.path, exc_info=True)
    try:
        body = str(loader.render_to_string("500.html", {"error_id": number}))
    except Exception:
        log.exception("The page of error %s could not be made.", number)
        body = f"500 · {number}"
    return HttpResponse(body, status=500)
