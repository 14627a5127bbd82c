"""Daily duties: once a day, by one worker of several, caught up with, undone whole when killed."""

import signal
import subprocess
import sys
import threading
from datetime import date, time, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction

from meetings import daily
from meetings.daily import do_what_is_due, every_day
from meetings.models import DailyDuty, LetterStop
from tests.factories import a_moment
from tests.meetings.services.test_outbox_kills import worker_environment

NOON = a_moment(2027, 4, 14)


@pytest.fixture(autouse=True)
def duties(monkeypatch):
    """The list of this test alone."""
    monkeypatch.setattr(daily, "DUTIES", {})


@pytest.fixture
def done():
    moments = []
    every_day("test.one", moments.append, after=time(8))
    return moments


LOOKS = [  # when a worker looks | whether it is done then
    (a_moment(2027, 4, 14, 7, 59), False),  # before its hour
    (a_moment(2027, 4, 14, 8, 0), True),
    (a_moment(2027, 4, 14, 8, 1), False),  # done already
    (a_moment(2027, 4, 14, 23, 59), False),
    (a_moment(2027, 4, 15, 7, 0), False),
    (a_moment(2027, 4, 18, 21, 0), True),  # the worker was away for three days: once, at once
    (a_moment(2027, 4, 18, 21, 1), False),
    (a_moment(2027, 4, 19, 8, 30), True),
]


@pytest.mark.django_db
def test_a_duty_is_done_once_a_day_and_caught_up_with(done):
    found = [(at, do_what_is_due(at) == ["test.one"]) for at, _expected in LOOKS]

    assert found == LOOKS
    assert done == [at for at, is_done in LOOKS if is_done]
    assert DailyDuty.objects.get().done_on == date(2027, 4, 19)


@pytest.mark.django_db
def test_a_duty_that_fails_is_undone_told_and_tried_again_later(done, caplog):
    tries = []

    def fail_once(at):
        tries.append(at)
        LetterStop.objects.create(mark="a", at=at)
        if len(tries) == 1:
            raise ValueError("broken")

    every_day("test.two", fail_once)

    assert do_what_is_due(NOON) == ["test.one"]
    assert "The daily duty test.two failed" in caplog.text
    assert not LetterStop.objects.exists()
    assert do_what_is_due(NOON + timedelta(minutes=59)) == []
    assert do_what_is_due(NOON + timedelta(minutes=60)) == ["test.two"]
    assert (len(tries), LetterStop.objects.count()) == (2, 1)


@pytest.mark.django_db
def test_two_duties_do_not_share_a_name(done):
    with pytest.raises(ValueError, match=r"test\.one"):
        every_day("test.one", print)


@pytest.mark.django_db
def test_a_day_without_duties_costs_one_query(done, django_assert_num_queries):
    do_what_is_due(NOON)

    with django_assert_num_queries(1):
        do_what_is_due(NOON)


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_one_does_it():
    every_day("test.slow", lambda at: LetterStop.objects.create(mark=f"{threading.get_ident()}",
                                                                at=at))  # fmt: skip
    together = threading.Barrier(6)
    results = []

    def work():
        together.wait()
        results.append(do_what_is_due(NOON))
        connection.close()

    workers = [threading.Thread(target=work) for _number in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(results) == [[]] * 5 + [["test.slow"]]
    assert LetterStop.objects.count() == 1


# A duty writes, says so, and is killed before its transaction ends.
KILLED = """
import django, time
django.setup()
from datetime import UTC, datetime
from meetings import daily
from meetings.models import LetterStop

def slow(at):
    LetterStop.objects.create(mark="a", at=at)
    print("written", flush=True)
    time.sleep(60)

daily.DUTIES.clear()
daily.every_day("test.killed", slow)
daily.do_what_is_due(datetime(2027, 4, 14, 7, tzinfo=UTC))
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_leaves_it_undone_and_the_next_does_it():
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED], cwd=settings.BASE_DIR, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env=worker_environment(),
    )  # fmt: skip
    assert process.stdout.readline() == b"written\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not LetterStop.objects.exists()

    every_day("test.killed", lambda at: LetterStop.objects.create(mark="b", at=at))

    assert do_what_is_due(NOON) == ["test.killed"]
    assert list(LetterStop.objects.values_list("mark", flat=True)) == ["b"]


@pytest.mark.django_db
def test_the_house_has_duties_and_each_can_be_done(monkeypatch):
    """Every duty that the rooms list runs on an empty house."""
    from importlib import reload

    import appeals.duties
    import meetings.duties

    reload(meetings.duties)
    reload(appeals.duties)

    with transaction.atomic():
        assert set(do_what_is_due(a_moment(2027, 4, 14, 9))) == set(daily.DUTIES)
    assert {"meetings.old_letters", "appeals.old_codes"} <= set(daily.DUTIES)
