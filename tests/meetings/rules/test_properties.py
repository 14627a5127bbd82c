"""What must hold for any territory and any plan, tried on hundreds that nobody chose."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from meetings.rules import (
    EDITIONS,
    Counted,
    Level,
    PlannedMeeting,
    Reading,
    Territory,
    Unit,
    check,
    check_calendar,
    edition_of_year,
    obligations,
    tally,
)

TWINS = {
    Level.OBLAST_CITY: Level.CITY_PROPER,
    Level.CITY_DISTRICT_ADMIN: Level.CITY_DISTRICT,
    Level.DISTRICT_CITY_ADMIN: Level.DISTRICT_CITY,
    Level.VILLAGE_ADMIN: Level.VILLAGE,
    Level.SETTLEMENT_ADMIN: Level.SETTLEMENT,
}
# Often met levels come more than once, so that most trees have duties in them.
LEVELS = [*list(Level)[2:], *[Level.DISTRICT, Level.OKRUG, Level.VILLAGE] * 3]

days = st.dates(min_value=date(2021, 12, 1), max_value=date(2029, 1, 31))
rarely = st.sampled_from([False] * 9 + [True])
rarely_days = st.one_of(st.none(), st.none(), st.none(), days)
lives = st.tuples(rarely_days, rarely_days, rarely_days, rarely_days)


@st.composite
def territories(draw):
    """Trees of up to a dozen units of any level, some with twins, lives and exclusions."""
    units = [Unit(0, draw(st.sampled_from([Level.OBLAST, Level.REPUBLIC_CITY])))]
    for _ in range(draw(st.integers(min_value=0, max_value=8))):
        parent = draw(st.sampled_from(units)).key
        level = draw(st.sampled_from(LEVELS))
        key = len(units)
        units.append(Unit(key, level, parent, None, *draw(lives), None, draw(rarely), draw(rarely)))
        if level in TWINS and draw(st.booleans()):
            units.append(Unit(key + 1, TWINS[level], key, body=key))
    return units


@st.composite
def cases(draw):
    """Units, meetings between pairs that owe each other one or between any, a year, a reading."""
    units, year = draw(territories()), draw(st.integers(min_value=2022, max_value=2028))
    reading = draw(st.sampled_from(Reading))
    keys = st.sampled_from([unit.key for unit in units])
    pairs = st.tuples(keys, st.lists(keys, min_size=1, max_size=3).map(tuple))
    duties = obligations(edition_of_year(year), units, year, reading=reading)
    if duties:
        pairs |= st.sampled_from([(duty.host, (duty.target,)) for duty in duties])
    flags = st.tuples(st.booleans(), rarely, st.booleans(), rarely, rarely)
    when = st.none() | days | st.dates(date(year, 1, 1), date(year, 12, 31))
    plan = draw(st.lists(st.tuples(pairs, when, flags), max_size=10))
    meetings = [PlannedMeeting(*pair, day, *more) for pair, day, more in plan]
    return units, meetings, year, reading


@given(cases(), st.sampled_from(Counted))
def test_adding_a_meeting_never_adds_a_breach(case, counted):
    units, meetings, year, reading = case
    duties = obligations(edition_of_year(year), units, year, reading=reading)

    before = check(duties, meetings[:-1], counted=counted)
    after = check(duties, meetings, counted=counted)

    assert [now.duty for now in after] == [then.duty for then in before]
    assert all(now.missing <= then.missing for then, now in zip(before, after, strict=True))


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter(case, chance):
    units, meetings, year, reading = case
    edition = edition_of_year(year)
    shuffled_units, shuffled_meetings = list(units), list(meetings)
    chance.shuffle(shuffled_units)
    chance.shuffle(shuffled_meetings)

    assert check_calendar(
        edition, shuffled_units, shuffled_meetings, year, reading=reading
    ) == check_calendar(edition, units, meetings, year, reading=reading)


@given(cases())
def test_figures_agree_with_one_another(case):
    units, meetings, year, reading = case

    findings = check_calendar(edition_of_year(year), units, meetings, year, reading=reading)

    for finding in findings:
        assert finding.missing == max(0, finding.required - finding.planned)
        assert finding.met is (finding.planned >= finding.required)
        assert finding.joint <= max(finding.planned, finding.held)
        assert finding.window.first.year == finding.window.last.year == year
    assert tally(findings).missing == sum(finding.missing for finding in findings)


@given(cases())
def test_no_duty_comes_twice_and_none_rests_on_a_twin(case):
    units, _, year, reading = case
    territory = Territory(units)

    duties = obligations(edition_of_year(year), territory, year, reading=reading)

    asked = Counter((d.norm.id, d.host, territory.body(d.target), d.window) for d in duties)
    assert set(asked.values()) <= {1}
    assert all(territory.body(duty.host) == duty.host for duty in duties)
    assert all(territory.is_within(duty.target, duty.host) for duty in duties)


@given(cases())
def test_the_duties_of_the_akims_make_up_the_whole(case):
    units, meetings, year, reading = case
    duties = obligations(edition_of_year(year), units, year, reading=reading)

    apart = [
        finding
        for host in dict.fromkeys(duty.host for duty in duties)
        for finding in check(duties.owed_by(host), meetings)
    ]

    assert sorted(map(_name, apart)) == sorted(map(_name, check(duties, meetings)))


def _name(finding):
    return (finding.norm.id, finding.host, finding.target, finding.window, finding[1:5])


@given(cases())
def test_the_stricter_edition_as_an_own_norm_changes_no_breach_of_the_law(case):
    units, meetings, _, reading = case
    first, amended = EDITIONS

    law = check_calendar(amended, units, meetings, 2026, reading=reading)
    both = check_calendar(amended, units, meetings, 2026, reading=reading, own_edition=first)

    assert [f for f in both if f.severity == "breach"] == [f for f in law if f.severity == "breach"]
    assert not [f for f in both if f.severity == "advice"]


@given(cases())
def test_the_reading_of_settlements_asks_for_no_less_than_that_of_bodies(case):
    units, _, year, _ = case
    edition = edition_of_year(year)

    bodies, settlements = (
        {(d.norm.id, d.host, d.body, d.window) for d in
         obligations(edition, units, year, reading=reading)}
        for reading in Reading
    )  # fmt: skip

    assert bodies <= settlements
