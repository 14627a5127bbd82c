"""What travels with every page, what production refuses, what a forged request gets."""

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import path

from akimat import urls
from meetings.enums import MeetingState, Role
from tests.factories import Region, make_calendar, make_line, make_meeting, make_user

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)
POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
    "font-src": "'self'", "connect-src": "'self'", "manifest-src": "'self'",
    "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'",
}  # fmt: skip
PAGES = [
    "/", "/kk/", "/ru/meetings/", "/en/units/", "/ru/calendars/2027/", "/accounts/login/",
    "/ru/no-such-page/", "/feeds/270000000.ics", "/feeds/999999999.ics", "/health/live",
    "/favicon.ico",
]  # fmt: skip
STAFF_PAGES = ["/ru/desk/", "/ru/maslikhat/", "/admin/", "/admin/meetings/user/", "/accounts/"]


@pytest.fixture
def here():
    return Region()


def policy_of(answer) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: words for name, _space, words in parts}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_carries_the_policy_and_the_other_headers(client, here, page):
    answer = client.get(page)

    assert policy_of(answer) == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_what_is_made_for_somebody_is_kept_by_no_cache(client, here, page):
    client.force_login(make_user(is_superuser=True))

    answer = client.get(page)

    assert answer["Cache-Control"] == "private, no-store"
    assert policy_of(answer) == POLICY


def test_a_public_page_read_by_somebody_signed_in_is_kept_by_no_cache_either(client, here):
    client.force_login(make_user())

    assert client.get("/ru/")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("page", ["/feeds/270000000.ics", "/health/live"])
def test_what_is_the_same_for_all_opens_no_session(client, here, page):
    client.force_login(make_user())

    answer = client.get(page)

    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.get("Vary", "")


def test_a_page_has_neither_inline_script_nor_style(client, here):
    for page in ("/ru/", "/ru/meetings/", "/accounts/login/", "/ru/nothing/"):
        text = client.get(page).content.decode()

        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)", text)
        assert not re.search(r"<style|\sstyle=|\son\w+=\"|javascript:|data:", text)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80"])
def test_an_unknown_host_is_refused(client, host):
    assert client.get("/ru/", HTTP_HOST=host).status_code == 400


FORMS = [
    "/accounts/login/", "/accounts/logout/", "/accounts/password/reset/", "/accounts/",
    "/admin/meetings/user/add/", "/admin/meetings/dayoff/fill/", "/ru/desk/open/",
]  # fmt: skip


@pytest.mark.parametrize("page", FORMS)
def test_a_forged_form_is_refused_with_words(page):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(is_superuser=True))

    answer = client.post(page + "?lang=ru", {"year": "2027"})

    assert answer.status_code == 403
    assert "форм" in answer.content.decode().lower()


def test_a_hostile_name_is_text_on_every_public_page(client, here):
    hostile = "<script>alert(1)</script>"
    type(here.first).objects.filter(pk=here.first.pk).update(
        name_kk=hostile, name_ru=hostile, name_en=hostile, search="|alert|"
    )
    meeting = make_meeting(
        here.office(here.first), [here.okrug], "2027-04-14", region=here.region,
        place_kk=hostile, place_ru=hostile, address_ru='"><img src=x onerror=alert(1)>',
        contact=hostile, reason=hostile, state=MeetingState.MOVED,
    )  # fmt: skip

    for page in (
        "/ru/", "/ru/meetings/?from=2027-01-01", f"/ru/meetings/{meeting.uuid}/",
        f"/ru/units/{here.first.kato}/", "/ru/units/?q=alert", f"/ru/units/?q={hostile}",
        "/ru/calendars/2027/", f"/accounts/login/?next={hostile}", f"/ru/{hostile}/",
    ):  # fmt: skip
        text = client.get(page).content.decode()

        assert hostile not in text, page
        assert "<img src=x" not in text, page


def test_a_hostile_name_is_text_at_the_desk_too(client, here):
    hostile = "<script>alert(1)</script>"
    client.force_login(make_user(Role.COORDINATOR, here.region, name=hostile))
    calendar = make_calendar(here.region)
    make_line(
        calendar.revisions.get(), here.office(here.first), [here.okrug], "2027-04-14",
        place_ru=hostile, contact=hostile,
    )  # fmt: skip

    for page in ("", f"calendars/{calendar.uuid}/", f"calendars/{calendar.uuid}/log/"):
        assert hostile not in client.get(f"/ru/desk/{page}").content.decode()


ERROR_WORDS = [("kk", "Сервер"), ("ru", "сервер"), ("en", "server")]


def explode(request):
    raise RuntimeError("a secret of the inside")


@pytest.fixture
def _exploding(settings, monkeypatch):
    monkeypatch.setattr(urls, "urlpatterns", [path("ru/boom/", explode), *urls.urlpatterns])
    from django.urls import clear_url_caches

    clear_url_caches()
    yield
    clear_url_caches()


@pytest.mark.usefixtures("_exploding")
def test_a_failure_has_a_number_that_is_in_the_log_and_no_inside(caplog):
    client = Client(raise_request_exception=False)

    with caplog.at_level(logging.ERROR):
        answer = client.get("/ru/boom/")

    text = answer.content.decode()
    assert answer.status_code == 500
    assert "a secret of the inside" not in text
    assert "Traceback" not in text
    number = re.search(r"\b[0-9a-f]{8}\b", text)[0]
    line = next(one for one in caplog.records if number in one.getMessage())
    assert "a secret of the inside" in str(line.exc_info[1])
    assert policy_of(answer) == POLICY


LANGUAGES = ["kk", "ru", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("page", "status"), [("no-such-page/", 404), ("desk/open/", 405), ("?q=" + "a" * 3000, 400)]
)
def test_an_error_speaks_the_language_of_the_address(client, language, page, status):
    client.force_login(make_user())
    answer = client.get(f"/{language}/{page}")

    assert answer.status_code == status
    assert f'<html lang="{language}">' in answer.content.decode()


SAFE = {
    "AKIMAT_PRODUCTION": "1", "AKIMAT_SECRET_KEY": "0123456789abcdefghijABCDEFGHIJ" * 2,
    "AKIMAT_SITE_URL": "https://akimat.example",
}  # fmt: skip
SHOW = (
    "import django; django.setup(); from django.conf import settings as s;"
    "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY,"
    " s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.CSRF_COOKIE_HTTPONLY,"
    " s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.DEBUG, s.REQUIRE_SECOND_FACTOR,"
    " ','.join(s.ALLOWED_HOSTS))"
)


def start(tmp_path, code=SHOW, **changes) -> subprocess.CompletedProcess:
    """Start the settings alone, with nothing of this process's environment but its paths."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {
        **kept, "DJANGO_SETTINGS_MODULE": "akimat.settings", "AKIMAT_DATA_DIR": str(tmp_path),
        **SAFE, **changes,
    }  # fmt: skip
    environment = {name: value for name, value in environment.items() if value is not None}
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_cookies_of_production_are_bound_to_host_and_https(tmp_path):
    shown = start(tmp_path)

    assert shown.stdout.split() == [
        "__Host-akimat", "True", "True", "Lax", "__Host-csrf", "True", "True", "True", "31536000",
        "False", "True", "akimat.example",
    ], shown.stderr  # fmt: skip


REFUSED = [
    ({"AKIMAT_SECRET_KEY": None}, "AKIMAT_SECRET_KEY is not set"),
    ({"AKIMAT_SECRET_KEY": "short"}, "AKIMAT_SECRET_KEY is too short"),
    ({"AKIMAT_DEBUG": "1"}, "AKIMAT_DEBUG=1"),
    ({"AKIMAT_SHOW_DEMO_SIGN_INS": "1"}, "AKIMAT_SHOW_DEMO_SIGN_INS=1"),
    ({"AKIMAT_PRODUCTION": "yes"}, "set it to 0 or 1"),
]


@pytest.mark.parametrize(("changes", "words"), REFUSED)
def test_production_refuses_what_is_unsafe(tmp_path, changes, words):
    shown = start(tmp_path, **changes)

    assert shown.returncode != 0
    assert words in shown.stderr


def test_django_itself_finds_nothing_unsafe_in_production(tmp_path):
    code = (
        "import django; django.setup(); from django.core import checks;"
        "print([found.id for found in checks.run_checks(include_deployment_checks=True)"
        " if found.level >= checks.WARNING])"
    )
    # W005, W021: the sub-domains of the host are not ours to promise for.
    assert start(tmp_path, code).stdout.strip() == "['security.W005', 'security.W021']"


GUESSED = "kQ3v-9sL_2mXw7TzB1cYdR5hNe8uGa0f"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        f"/kk/questions/follow/{GUESSED}/", f"/ru/demands/follow/{GUESSED}/",
        f"/kk/my-data/{GUESSED}/", f"/kk/receptions/bookings/{GUESSED}/",
        f"/kk/receptions/bookings/{GUESSED}/entry.ics",
        "/kk/questions/follow/%00/", "/kk/no-such-page/",
    ],
)  # fmt: skip
def test_a_guessed_link_is_not_found_and_no_cache_keeps_that(client, address):
    answer = client.get(address)

    assert answer.status_code in (404, 410)
    assert "no-store" in answer["Cache-Control"]
