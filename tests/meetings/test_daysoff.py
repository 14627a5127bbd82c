from datetime import date

import pytest
from django.utils import translation

from meetings.enums import DayKind
from meetings.models import Act, DayOff
from meetings.selectors.daysoff import days_off, is_working
from meetings.services.daysoff import ensure, seed
from tests.factories import make_user

pytestmark = pytest.mark.django_db

STATE_DAYS = [  # day, kind, Russian name, estimated
    ("2022-03-05", DayKind.WORKING, "Рабочий день вместо выходного (07.03.2022)", False),
    ("2022-03-07", DayKind.DAY_OFF, "Перенесённый выходной день (05.03.2022)", False),
    ("2022-07-09", DayKind.DAY_OFF, "Курбан-айт", False),
    ("2025-08-30", DayKind.HOLIDAY, "День Конституции Республики Казахстан", False),
    ("2027-01-04", DayKind.DAY_OFF, "Новый год (выходной)", False),
    ("2027-03-15", DayKind.HOLIDAY, "День Конституции Республики Казахстан", False),
    ("2027-03-24", DayKind.DAY_OFF, "Наурыз мейрамы (выходной)", False),
    ("2027-05-16", DayKind.DAY_OFF, "Курбан-айт", True),
    ("2027-10-25", DayKind.HOLIDAY, "День Республики", False),
]


@pytest.mark.parametrize(("day", "kind", "name", "estimate"), STATE_DAYS)
def test_the_states_days_are_known_by_name(day, kind, name, estimate):
    seed(int(day[:4]))

    row = DayOff.objects.get(day=day)

    assert (row.kind, row.name_ru, row.is_estimate) == (kind, name, estimate)


def test_constitution_day_moved_from_august_to_march():
    for year in (2025, 2026, 2027):
        seed(year)

    days = DayOff.objects.filter(name_en="Constitution Day").values_list("day", flat=True)

    assert [day.isoformat() for day in days] == ["2025-08-30", "2027-03-15"]


@pytest.mark.parametrize("year", range(2022, 2035))
def test_every_day_has_a_name_in_each_language(year):
    seed(year)

    for row in DayOff.objects.filter(day__year=year):
        assert "(observed" not in row.name_en
        assert len({row.name_kk, row.name_ru}) == 2 or row.name_kk == "Наурыз мейрамы"


def test_a_second_seeding_changes_nothing_and_says_so():
    by = make_user()
    assert seed(2027, by=by) == 19
    before = list(DayOff.objects.values_list("pk", flat=True))

    assert seed(2027, by=by) == 0
    assert list(DayOff.objects.values_list("pk", flat=True)) == before
    assert Act.objects.filter(verb="daysoff.seed").count() == 1


def test_a_day_set_by_an_administrator_stays():
    DayOff.objects.create(
        day="2027-05-16", kind=DayKind.WORKING, name_kk="Жұмыс күні", name_ru="Рабочий день",
        is_own=True,
    )  # fmt: skip
    DayOff.objects.create(day="2027-05-17", name_kk="Құрбан айт", name_ru="Айт", is_own=True)

    seed(2027)

    own = DayOff.objects.filter(is_own=True)
    assert [(row.day.isoformat(), row.kind) for row in own] == [
        ("2027-05-16", DayKind.WORKING),
        ("2027-05-17", DayKind.HOLIDAY),
    ]


def test_a_year_is_filled_once_and_a_changed_table_is_put_right():
    ensure(2027)
    DayOff.objects.get(day="2027-03-08").delete()
    DayOff.objects.filter(day="2027-03-15").update(name_ru="?")
    ensure(2027)
    assert not DayOff.objects.filter(day="2027-03-08").exists()

    assert seed(2027) == 2

    assert DayOff.objects.get(day="2027-03-15").name_ru != "?"


def test_free_days_are_weekends_and_holidays_without_working_saturdays(
    django_assert_num_queries,
):
    seed(2022)

    with django_assert_num_queries(1):
        free = days_off(date(2022, 3, 4), date(2022, 3, 9))

    assert [(day.isoformat(), found.name_ru) for day, found in free.items()] == [
        ("2022-03-06", "воскресенье"),
        ("2022-03-07", "Перенесённый выходной день (05.03.2022)"),
        ("2022-03-08", "Международный женский день"),
    ]


def test_a_free_day_is_named_in_the_readers_language():
    seed(2027)
    free = days_off(date(2027, 1, 1), date(2027, 1, 3))

    with translation.override("en"):
        assert [found.name for found in free.values()] == ["New Year", "New Year", "Sunday"]
    with translation.override("kk"):
        assert free[date(2027, 1, 3)].name == "жексенбі"


WORKING = [  # day, whether offices work
    ("2022-03-04", True),
    ("2022-03-05", True),  # a Saturday worked for the 7th
    ("2022-03-06", False),
    ("2022-03-07", False),
    ("2022-03-08", False),
    ("2022-03-09", True),
]


@pytest.mark.parametrize(("day", "works"), WORKING)
def test_a_working_day_is_known(day, works):
    seed(2022)

    assert is_working(date.fromisoformat(day)) is works
