"""Workers killed at any moment, with a real mail server: each letter arrives once."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from meetings.enums import LetterState
from meetings.models import Letter
from meetings.services import outbox
from tests.smtp import ADDRESS, LETTER, OPENED, TAKEN, Server

pytestmark = pytest.mark.django_db(transaction=True)
LETTERS = 300
# Drains the outbox for as long as it may live; a worker without the seconds of its start.
LOOP = """
import django, time
django.setup()
from meetings.services import outbox
print("ready", flush=True)
while True:
    outbox.drain()
    time.sleep(0.02)
"""


def database_url() -> str:
    """The address of this test's database, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def worker_environment(**more) -> dict:
    """What another process needs to work on this test's database."""
    return {
        **os.environ, "DJANGO_SETTINGS_MODULE": "akimat.settings",
        "DATABASE_URL": database_url(), "AKIMAT_DATA_DIR": str(settings.DATA_DIR),
        "AKIMAT_LOG_LEVEL": "ERROR", "AKIMAT_SECRET_KEY": str(settings.SECRET_KEY), **more,
    }  # fmt: skip


class Worker:
    """A process that sends letters."""

    def __init__(self, server: Server):
        self.process = subprocess.Popen(
            [sys.executable, "-c", LOOP], cwd=settings.BASE_DIR, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=worker_environment(EMAIL_URL=f"smtp://127.0.0.1:{server.port}"),
        )  # fmt: skip
        self.process.stdout.readline()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def post(count: int, *, begin: int = 0) -> None:
    with transaction.atomic():
        for number in range(begin, begin + count):
            outbox.post(
                "ready", to=f"a{number}@example.kz", language="kk", key=f"test:{number}",
                context={"subject": f"№ {number}", "body": "Сәлеметсіз бе!"},
            )  # fmt: skip


def wait_until_sent(seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while Letter.objects.filter(state=LetterState.WAITING).exists():
        assert time.monotonic() < end, "letters wait"
        time.sleep(0.05)


def each_once(server: Server) -> None:
    ids = server.ids()
    expected = {f"<{uuid}@127.0.0.1>" for uuid in Letter.objects.values_list("uuid", flat=True)}
    lost, doubled = expected - set(ids), [one for one, count in ids.items() if count > 1]
    assert (lost, doubled, len(ids)) == (set(), [], LETTERS)
    assert Letter.objects.filter(state=LetterState.SENT, sealed="").count() == LETTERS
    outbox.forget_old(timezone.now() - timedelta(days=1))
    assert list(Path(settings.DATA_DIR, "letters-taken").iterdir()) == []


def test_workers_killed_at_random_moments_lose_and_double_nothing(smtp_server):
    random.seed(1)
    post(LETTERS)
    kills = 0

    while Letter.objects.filter(state=LetterState.WAITING).exists():
        worker = Worker(smtp_server)
        time.sleep(random.uniform(0.01, 0.15))
        worker.kill()
        kills += 1

    assert kills > 3
    each_once(smtp_server)


@pytest.mark.parametrize("where", [OPENED, ADDRESS, LETTER, TAKEN])
def test_workers_killed_by_the_server_at_each_step_lose_and_double_nothing(smtp_server, where):
    """Every twentieth letter the worker dies just before the server answers."""
    post(LETTERS)
    seen, worker = 0, Worker(smtp_server)

    def watch(step: str) -> None:
        nonlocal seen
        seen += step == where
        if step == where and (where == OPENED or seen % 60 == 30) and kills[0] < 5:
            kills[0] += 1
            os.kill(worker.process.pid, signal.SIGKILL)

    kills = [0]
    smtp_server.watch = watch
    while Letter.objects.filter(state=LetterState.WAITING).exists():
        if worker.process.poll() is not None:
            worker = Worker(smtp_server)
        time.sleep(0.02)
    smtp_server.watch = lambda step: None
    worker.kill()

    assert kills == [5]
    each_once(smtp_server)


def test_two_workers_at_once_send_each_letter_once(smtp_server):
    workers = [Worker(smtp_server), Worker(smtp_server), Worker(smtp_server)]

    for begin in range(0, LETTERS, 50):
        post(50, begin=begin)
    wait_until_sent()

    for worker in workers:
        worker.kill()
    each_once(smtp_server)
