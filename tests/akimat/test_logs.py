"""No link that opens something by itself, and nothing typed into an address, stands in a log."""

import logging
import subprocess
import sys
import time
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from django.urls import URLPattern, get_resolver

from akimat import logs
from akimat.logs import CUT, mask

TOKEN = "kQ3v-9sL_2mXw7TzB1cYdR5hNe8uGa0f"  # as secrets.token_urlsafe makes them
SIGNED = signing.dumps("0" * 64, salt="test", compress=True)  # new each second: see ids below
# Names under which our addresses take a key.
KEYS = {"token", "key", "secret", "link"}

LINES = [
    (f"/kk/questions/follow/{TOKEN}/object/", f"/kk/questions/follow/{CUT}/object/"),
    ("Not Found: /kk/questions/follow/short/", f"Not Found: /kk/questions/follow/{CUT}/"),
    (f'"GET /ru/receptions/bookings/{TOKEN}/entry.ics HTTP/1.1" 404',
     f'"GET /ru/receptions/bookings/{CUT}/entry.ics HTTP/1.1" 404'),
    (f"/accounts/password/reset/key/1a-{TOKEN}/", f"/accounts/password/reset/key/{CUT}/"),
    (f"Forbidden: /en/letters/stop/{SIGNED}/", f"Forbidden: /en/letters/stop/{CUT}/"),
    ("Not Found: /ru/demands/follow/short/object/", f"Not Found: /ru/demands/follow/{CUT}/object/"),
    (f"/kk/demands/any/{TOKEN}.ics", f"/kk/demands/any/{CUT}.ics"),
    ("Not Found: /ru/meetings/?q=Иванова+А&page=2", f"Not Found: /ru/meetings/?{CUT}"),
    # What helps to find a fault stays.
    ("Not Found: /kk/meetings/2f0c9a44-7d5e-4f0f-8e63-6d2f6d0d9f0a/", None),
    ('File "/srv/akimat/appeals/migrations/0002_problems_and_promises.py", line 5', None),
    ("Is the mail server away? It waits.", None),
    ("/static/css/base.0a1b2c3d4e5f.css", None),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), LINES, ids=range(len(LINES)))
def test_secrets_are_cut_out_and_the_rest_stays(line, expected):
    assert mask(line) == (line if expected is None else expected)


@pytest.mark.parametrize(
    ("name", "level", "traced"),
    [
        ("django.request", logging.WARNING, False),
        ("django.request", logging.ERROR, True),
        ("akimat.errors", logging.WARNING, True),
    ],
)
def test_a_refusal_leaves_one_line_and_a_fault_its_trace(name, level, traced):
    try:
        raise PermissionError("no")
    except PermissionError:
        record = logging.LogRecord(name, level, "", 1, "Forbidden: /kk/", (), sys.exc_info())

    assert ("Traceback" in logs.LineFormatter().format(record)) == traced


def test_every_address_that_takes_a_key_is_known():
    taken = [path for path, keys in _addresses(get_resolver()) if keys & KEYS]

    assert len(taken) >= 5
    for path in taken:
        for secret in (TOKEN, SIGNED):
            assert secret not in mask(f"Not Found: /kk/{path.replace('{}', secret)}"), path


def _addresses(resolver, before=""):
    """Every address with {} for what it takes, and the names of that."""
    for one in resolver.url_patterns:
        path, names = before + _shape(one.pattern), set(one.pattern.regex.groupindex)
        if isinstance(one, URLPattern):
            yield path, names
        else:
            yield from ((more, names | keys) for more, keys in _addresses(one, path))


def _shape(pattern) -> str:
    route = str(pattern).strip("^$")
    for begin, end in (("<", ">"), ("(", ")")):
        while begin in route:
            first, last = (
                route.index(begin),
                route.rindex(end) if begin == "(" else route.index(end),
            )
            route = f"{route[:first]}{{}}{route[last + 1 :]}"
    return route


@pytest.mark.django_db
def test_an_answer_of_4xx_on_a_secret_link_keeps_the_link_out_of_the_log(caplog):
    client = Client(enforce_csrf_checks=True)
    with caplog.at_level(logging.DEBUG):
        statuses = [
            client.get(f"/kk/questions/follow/{TOKEN}/?name=Canary").status_code,
            client.post(f"/kk/questions/follow/{TOKEN}/object/").status_code,
            client.get(f"/kk/receptions/bookings/{TOKEN}/").status_code,
            client.get(f"/kk/letters/stop/{TOKEN}/").status_code,
            client.delete(f"/kk/letters/stop/{SIGNED}/").status_code,
        ]

    assert statuses == [404, 403, 404, 404, 405]
    assert caplog.text.count(CUT) >= 5
    assert not [one for one in (TOKEN, SIGNED, "Canary") if one in caplog.text]


def test_an_error_that_names_a_link_is_masked_with_its_trace():
    formatter = logs.LineFormatter(**{"fmt": "{message}", "style": "{"})
    try:
        raise ValueError(f"/kk/receptions/bookings/{TOKEN}/")
    except ValueError:
        record = logging.getLogger("test").makeRecord(
            "test", logging.ERROR, "x.py", 1, "Failed at %s", (f"/kk/confirm/{TOKEN}/",),
            sys.exc_info(),
        )  # fmt: skip

    line = formatter.format(record)

    assert TOKEN not in line
    assert "ValueError: /kk/receptions/bookings/" in line


def test_a_message_that_does_not_fit_its_values_is_left_to_logging():
    record = logging.getLogger("test").makeRecord(
        "test", logging.ERROR, "x.py", 1, "%d of %d", ("one",), None
    )

    assert (record.msg, record.args) == ("%d of %d", ("one",))


@pytest.mark.django_db(transaction=True)
def test_the_server_itself_writes_no_link(tmp_path):
    """gunicorn with its log of requests switched on."""
    from tests.meetings.services.test_outbox_kills import worker_environment

    port = _free_port()
    log = (tmp_path / "log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "akimat/gunicorn.py", "--workers", "1",
         "--access-logfile", "-", "--bind", f"127.0.0.1:{port}", "akimat.wsgi"],
        cwd=settings.BASE_DIR, stdout=log, stderr=log, env=worker_environment(),
    )  # fmt: skip
    try:
        _ask(port, "/health/live", until=time.monotonic() + 30)
        _ask(port, f"/kk/questions/follow/{TOKEN}/?a=Canary")
    finally:
        server.terminate()
        server.wait()
    log.close()

    written = (tmp_path / "log").read_text()
    assert f"GET /kk/questions/follow/{CUT}/" in written
    assert TOKEN not in written
    assert "Canary" not in written


def _free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _ask(port: int, path: str, until: float = 0) -> None:
    from urllib.error import HTTPError, URLError

    while True:
        try:
            urlopen(
                Request(f"http://127.0.0.1:{port}{path}", headers={"Referer": f"http://x{path}"})
            )
            return
        except HTTPError:
            return
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
