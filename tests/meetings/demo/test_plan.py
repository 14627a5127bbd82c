from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from meetings.demo.plan import visits
from meetings.rules import Level, Unit, edition_of_year, obligations

OKRUGS = some.integers(min_value=1, max_value=12)
FREE = some.sets(some.integers(min_value=0, max_value=364), max_size=120)


def owed(okrugs: int):
    region = Unit(1, Level.OBLAST)
    district = Unit(2, Level.DISTRICT, parent=1)
    below = [Unit(10 + n, Level.OKRUG, parent=2) for n in range(okrugs)]
    villages = [Unit(100 + n, Level.VILLAGE, parent=10 + n) for n in range(okrugs)]
    return obligations(edition_of_year(2027), [region, district, *below, *villages], 2027)


@settings(max_examples=40, deadline=None)
@given(OKRUGS, FREE)
def test_every_duty_gets_a_working_day_of_its_window_and_no_akim_two_on_one_day(okrugs, numbers):
    free = {date(2027, 1, 1) + timedelta(days=number) for number in numbers}
    duties = owed(okrugs)

    planned = visits(duties, free)

    assert len(planned) == len(duties)
    for duty, visit in zip(duties, planned, strict=True):
        assert (visit.host, visit.target) == (duty.host, duty.target)
        assert duty.window.first <= visit.day <= duty.window.last
        assert visit.day not in free
    assert len({(visit.host, visit.day) for visit in planned}) == len(planned)


def test_the_same_duties_give_the_same_days():
    assert visits(owed(5), ()) == visits(owed(5), ())
