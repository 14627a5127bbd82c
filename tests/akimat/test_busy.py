"""A wait for others that was given up is told as such; a fault stays a fault."""

import pytest
from django.db import OperationalError, ProgrammingError
from django.test import Client

from akimat.busy import waited_too_long
from appeals.services import bookings
from tests.appeals.receptions import EARLIER, Case

pytestmark = pytest.mark.django_db


def of_postgresql(code: str) -> OperationalError:
    """As Django wraps what psycopg2 raises."""
    error, cause = OperationalError("canceling statement"), Exception()
    cause.pgcode = code  # type: ignore[attr-defined]
    error.__cause__ = cause
    return error


ERRORS = [
    (OperationalError("database is locked"), True),
    (of_postgresql("55P03"), True),
    (of_postgresql("40P01"), True),
    (of_postgresql("40001"), True),
    (of_postgresql("57014"), False),  # a query of ours that is too slow is our fault
    (of_postgresql("08006"), False),
    (OperationalError("no such table: x"), False),
    (ProgrammingError("database is locked"), False),
    (ValueError("database is locked"), False),
]


@pytest.mark.parametrize(("error", "is_busy"), ERRORS)
def test_only_a_wait_that_was_given_up_is_busy(error, is_busy):
    assert waited_too_long(error) == is_busy


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "Ештеңе сақталған жоқ"), ("ru", "Ничего не сохранено"), ("en", "Nothing was saved")],
)
def test_who_waited_too_long_is_told_to_send_it_again(monkeypatch, time_machine, language, words):
    time_machine.move_to(EARLIER)
    case = Case()

    def ask(*_args, **_kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(bookings, "ask", ask)
    answer = Client().post(
        f"/{language}/receptions/{case.reception.uuid}/book/",
        {"name": "Асан", "email": "a@example.kz", "subject": "Жол", "consent": "on",
         "slot": str(case.slots()[0].uuid)},
    )  # fmt: skip

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert words in answer.content.decode()
