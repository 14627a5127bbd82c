"""Deadlines in working days: counted, shown, and counted anew when a day off changes."""

from datetime import date

import pytest
from django.utils import translation

from appeals.deadlines import deadline
from appeals.deadlinewords import say_counted, say_due, say_left
from appeals.enums import DueCause, ProblemState, PromiseState
from appeals.models import DueChange
from appeals.services import deadlines
from meetings.daily import DUTIES
from meetings.enums import DayKind
from meetings.errors import Refused
from meetings.models import Act, DayOff, PublicVersion
from meetings.services import daysoff
from tests.appeals.pool_rows import make_problem, make_promise
from tests.appeals.test_terms import off
from tests.factories import Region, a_moment, make_user

# 2026: 23, 24 and 25 March are off on working weekdays; 9 May (Saturday) is given for 11 May.
COUNTED = [  # counted from, working days, due, weekdays skipped
    ("2026-11-02", 15, "2026-11-23", []),
    ("2026-03-18", 3, "2026-03-26", ["2026-03-23", "2026-03-24", "2026-03-25"]),
    ("2026-03-20", 1, "2026-03-26", ["2026-03-23", "2026-03-24", "2026-03-25"]),
    ("2026-12-14", 15, "2027-01-08", ["2026-12-16", "2027-01-01", "2027-01-04", "2027-01-07"]),
]


@pytest.mark.parametrize(("start", "term", "due", "skipped"), COUNTED)
def test_working_days_are_counted_from_the_day_after(start, term, due, skipped):
    found = deadline(date.fromisoformat(start), term, off())

    assert found.due_on == date.fromisoformat(due)
    assert found.kept == {"skipped": skipped, "worked": []}


def test_a_working_saturday_counts_and_is_named():
    found = deadline(date(2026, 11, 4), 4, off() - {date(2026, 11, 7)})

    assert found.due_on == date(2026, 11, 9)
    assert found.worked == (date(2026, 11, 7),)


@pytest.mark.django_db
def test_what_a_form_gives_is_a_term_or_a_day_that_has_not_passed():
    today = date(2026, 3, 18)

    assert deadlines.given(today=today, term_days=3)["due_on"] == date(2026, 3, 26)
    assert deadlines.given(today=today, due_on=today) == {
        "counted_from": None, "term_days": None, "due_on": today, "due_off": {},
    }  # fmt: skip
    for wrong in (
        {}, {"term_days": 251}, {"term_days": 3, "due_on": today},
        {"due_on": date(2026, 3, 17)},
    ):  # fmt: skip
        with pytest.raises(Refused):
            deadlines.given(today=today, **wrong)


@pytest.fixture
def pool(db):
    """A problem and a promise of 10 working days from 2 March 2026; the 9th is off."""
    daysoff.seed(2026)
    okrug, due = Region().okrug, deadlines.counted(date(2026, 3, 2), 10)
    problem = make_problem(okrug, state=ProblemState.ASSIGNED, **due)
    others = [
        make_problem(okrug, state=ProblemState.SOLVED, **due),
        make_problem(okrug, state=ProblemState.ASSIGNED, due_on=date(2026, 3, 17)),
        make_promise(problem, state=PromiseState.SOLVED, outcome="Ілінді", **due),
    ]
    deadlines.recompute()
    return problem, make_promise(problem, **due), others


def test_a_new_day_off_moves_open_deadlines_and_leaves_a_trace(pool):
    problem, promise, others = pool
    before = PublicVersion.objects.get(name="appeals").number if PublicVersion.objects.filter(
        name="appeals").exists() else 0  # fmt: skip
    administrator = make_user(is_superuser=True)
    row = DayOff(day=date(2026, 3, 12), kind=DayKind.DAY_OFF, name_kk="Демалыс", name_ru="Выходной")

    daysoff.set_day(row, by=administrator)

    for one in (problem, promise):
        was, version = one.due_on, one.version
        one.refresh_from_db()
        assert (was, one.due_on) == (date(2026, 3, 17), date(2026, 3, 18))
        assert one.version == version + 1
        assert "2026-03-12" in one.due_off["skipped"]
    assert list(DueChange.objects.values_list("problem", "promise", "was", "now", "cause")) == [
        (problem.pk, None, date(2026, 3, 17), date(2026, 3, 18), DueCause.DAYS_OFF),
        (problem.pk, promise.pk, date(2026, 3, 17), date(2026, 3, 18), DueCause.DAYS_OFF),
    ]
    for one in others:
        one.refresh_from_db()
        assert one.due_on == date(2026, 3, 17)
    assert Act.objects.get(verb="deadlines.recompute").detail == {"moved": 2}
    assert PublicVersion.objects.get(name="appeals").number > before

    daysoff.forget_day(DayOff.objects.get(day=row.day), by=administrator)

    problem.refresh_from_db()
    assert problem.due_on == date(2026, 3, 17)


def test_the_worker_follows_a_table_that_was_changed_past_the_service(pool):
    problem, _promise, _others = pool
    DayOff.objects.create(day=date(2026, 3, 14), kind=DayKind.WORKING, name_kk="Жұмыс")

    DUTIES["appeals.deadlines"].run(a_moment(2026, 3, 10))
    DUTIES["appeals.deadlines"].run(a_moment(2026, 3, 10))

    problem.refresh_from_db()
    assert (problem.due_on, problem.due_off["worked"]) == (date(2026, 3, 16), ["2026-03-14"])
    assert DueChange.objects.filter(promise=None).count() == 1


def test_the_count_is_told_in_words(pool):
    problem, _promise, others = pool
    with translation.override("ru"):
        said = say_due(problem, "ru", date(2026, 3, 20))
        named = say_counted(others[1], "ru")

    assert said == {
        "day": "17 марта 2026 г.", "iso": "2026-03-17", "is_late": True,
        "left": "просрочено на 3 дня",
        "counted": [
            "10 рабочих дней отсчитаны со следующего дня после 2 марта 2026 г.",
            "Субботы и воскресенья не считаются.",
            "Выходные и праздничные дни, которые не считаются: 09.03.2026.",
        ],
    }  # fmt: skip
    assert named == ["День назначен, а не отсчитан: выходные дни его не сдвигают."]
    with translation.override("kk"):
        assert [say_left(days) for days in (0, 1, -1)] == [
            "соңғы күн — бүгін", "1 күн қалды", "1 күнге кешікті",
        ]  # fmt: skip
