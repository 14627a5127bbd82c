"""Terms of the law on real days off of Kazakhstan."""

from datetime import date, timedelta

import pytest

from appeals import terms

# Weekends of the months concerned are added by ``off``; these are holidays and moved days.
HOLIDAYS = {
    # Nauryz 2026: 21–23 March, 24 and 25 March moved from Saturday and Sunday.
    *(date(2026, 3, day) for day in (9, 21, 22, 23, 24, 25)),
    date(2026, 5, 1), date(2026, 5, 7), date(2026, 5, 11), date(2026, 5, 27),
    date(2026, 7, 6), date(2026, 8, 31), date(2026, 10, 26), date(2026, 12, 16),
    date(2027, 1, 1), date(2027, 1, 4), date(2027, 1, 7),
}  # fmt: skip


def off() -> set[date]:
    first = date(2026, 1, 1)
    days = (first + timedelta(days=number) for number in range(600))
    return {day for day in days if day.weekday() >= 5} | HOLIDAYS


REGISTERED = [
    ("2026-11-24", "2026-11-24"),  # a Tuesday
    ("2026-11-28", "2026-11-30"),  # a Saturday
    ("2026-11-29", "2026-11-30"),
    ("2026-03-21", "2026-03-26"),  # the first day of Nauryz
    ("2026-12-16", "2026-12-17"),  # Independence Day
    ("2027-01-01", "2027-01-05"),
]


@pytest.mark.parametrize(("received", "registered"), REGISTERED)
def test_what_comes_on_a_day_off_is_registered_on_the_next_working_day(received, registered):
    assert terms.registered_on(date.fromisoformat(received), off()).isoformat() == registered


TERMS = [  # received, forwarded by, due
    ("2026-11-02", "2026-11-05", "2026-11-23"),  # three whole weeks
    ("2026-11-24", "2026-11-27", "2026-12-15"),
    ("2026-11-28", "2026-12-03", "2026-12-22"),  # a Saturday, and 16 December on the way
    ("2026-03-18", "2026-03-26", "2026-04-13"),  # over Nauryz
    ("2026-04-20", "2026-04-23", "2026-05-14"),  # 1, 7 and 11 May
    ("2026-12-14", "2026-12-18", "2027-01-08"),
]


@pytest.mark.parametrize(("received", "forward", "due"), TERMS)
def test_fifteen_working_days_from_the_day_after_registration(received, forward, due):
    term = terms.legal_term(date.fromisoformat(received), off())

    assert (term.forward_by.isoformat(), term.due_on.isoformat()) == (forward, due)
    days = (term.due_on - term.registered_on).days
    assert days - len(term.passed_over) == terms.LEGAL_DAYS
    assert not set(term.passed_over) - off()


def test_given_new_year_on_the_way_then_the_days_passed_over_are_named():
    term = terms.legal_term(date(2026, 12, 28), off())

    assert term.due_on == date(2027, 1, 21)
    assert [f"{day:%d.%m}" for day in term.passed_over] == [
        "01.01", "02.01", "03.01", "04.01", "07.01", "09.01", "10.01", "16.01", "17.01",
    ]  # fmt: skip


def test_an_extension_is_told_within_three_working_days_and_ends_within_two_months():
    bounds = terms.extension(date(2026, 12, 14), date(2026, 12, 31), off())

    assert bounds == terms.Extension(notice_by=date(2026, 12, 18), at_most=date(2027, 2, 28))
