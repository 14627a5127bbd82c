"""What every request passes: bounds, language, privacy, the second factor."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

LANGUAGES = {code for code, _name in settings.LANGUAGES}
# Addresses whose language is not the visitor's: their answers must not vary by who asks.
PLAIN = ("/feeds/", "/health/", "/api/", "/static/")
LONGEST_ADDRESS = 2000


class BoundsMiddleware:
    """Refuses addresses longer than any of ours, and requests larger than any form's, before
    anything is parsed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if len(request.META.get("QUERY_STRING", "")) + len(request.path_info) > LONGEST_ADDRESS:
            from akimat.views import bad_request

            return self._refuse(request, bad_request)
        if _size(request) > settings.LARGEST_REQUEST:
            from akimat.views import too_large

            _read_away(request)
            return self._refuse(request, too_large)
        return self.get_response(request)

    def _refuse(self, request, answer):
        prefix = request.path_info.split("/", 2)[1]
        language = prefix if prefix in LANGUAGES else settings.LANGUAGE_CODE
        with translation.override(language):
            return answer(request)


def _size(request) -> int:
    size = request.META.get("CONTENT_LENGTH") or "0"
    return int(size) if size.isascii() and size.isdigit() else 0


def _read_away(request) -> None:
    """Take what was sent off the line, within bounds: a browser that is cut off in the middle of
    sending shows its own error and never our sentence."""
    left = 2 * settings.LARGEST_REQUEST
    while left > 0 and (piece := request.read(1 << 16)):
        left -= len(piece)


class UnchangedMiddleware:
    """Takes the length away that CommonMiddleware gives an answer of 304: it would say that the
    page itself is empty (RFC 9110, 8.6)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 304:
            del response.headers["Content-Length"]
        return response


class VisitorMiddleware:
    """Whoever brings no session is nobody: asking who that is must not open a session.

    An opened session puts ``Vary: Cookie`` on the answer, and costs time, on every public page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            request.user = AnonymousUser()
        return self.get_response(request)


class LanguageMiddleware:
    """The language of a page: its address first, then what the visitor chose or the browser asks.

    Django's LocaleMiddleware puts ``Vary: Accept-Language`` on every answer, feeds too, which
    ruins shared caches; here an address with its language in it varies by nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        path = request.path_info
        if path.startswith(PLAIN):
            with translation.override(settings.LANGUAGE_CODE):
                return self.get_response(request)
        prefix = path.split("/", 2)[1]
        fixed = prefix in LANGUAGES
        language = prefix if fixed else self._chosen(request)
        # Read now: the admin takes it out of the query, where a list would take it for a filter.
        asked = request.GET.get("lang", "")
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not fixed:
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        if asked in LANGUAGES and not fixed:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, asked, max_age=31_536_000,
                secure=settings.PRODUCTION, httponly=True, samesite="Lax",
            )  # fmt: skip
        return response

    def _chosen(self, request) -> str:
        """?lang=, then the page one is on the way to, then the cookie, the person, the browser."""
        for wish in (
            request.GET.get("lang", ""),
            (request.GET.get("next", "") + "///").split("/", 2)[1],
            request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
            getattr(request.user, "language", ""),
        ):
            if wish in LANGUAGES:
                return wish
        return _accepted(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))


def _accepted(header: str) -> str:
    for wish, _quality in parse_accept_lang_header(header):
        code = wish.split("-")[0].lower()
        if code in LANGUAGES:
            return code
    return settings.LANGUAGE_CODE


class PrivateMiddleware:
    """Nothing made for somebody who is signed in is kept by a cache on the way; no refusal either:
    what is missing now may be there soon, and a page of an error may quote what was typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith(PLAIN):
            return response
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "private, no-store"
        elif response.status_code >= HTTPStatus.BAD_REQUEST:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class FormsAloneMiddleware:
    """Where Django answers 405 with nothing, a browser shows its own words in its own language."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        from akimat.views import forms_alone

        page = forms_alone(request)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class SecondFactorMiddleware:
    """Those whose signature binds others set up the second factor before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.REQUIRE_SECOND_FACTOR and self._is_missing(request):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def _is_missing(self, request) -> bool:
        path = request.path_info
        if path.startswith((*PLAIN, "/accounts/")) or not request.user.is_authenticated:
            return False
        from meetings.permissions import lacks_second_factor

        return lacks_second_factor(request.user)
