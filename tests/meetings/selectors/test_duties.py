from datetime import date

import pytest

from meetings.enums import MeetingState, State, UnitKind
from meetings.models import Revision, Unit
from meetings.rules import Counted, Severity, tally
from meetings.selectors.duties import (
    duties_of,
    findings_now,
    findings_of_calendar,
    findings_of_revision,
    judged_country,
    judged_region,
    names_of,
)
from tests.factories import Region, make_calendar, make_line, make_meeting, make_unit

pytestmark = pytest.mark.django_db


def figures(findings, norm):
    found = tally(one for one in findings if one.norm.id == norm)
    return (found.required, found.planned, found.held, found.missing)


def test_the_duties_of_a_region_come_from_its_units_and_posts():
    here = Region()

    duties = duties_of(make_calendar(here.region, 2027))

    assert sorted((duty.norm.id, duty.host, duty.target) for duty in duties) == sorted(
        [
            ("N1", here.region.pk, here.first.pk),
            ("N1", here.region.pk, here.second.pk),
            ("N3", here.first.pk, here.okrug.pk),
            ("N3", here.first.pk, here.okrug.pk),
            *(("N4", here.okrug.pk, village.pk) for village in here.villages for _ in (1, 2)),
        ]
    )


def test_a_revision_is_judged_by_its_lines_and_the_public_by_its_meetings():
    here = Region()
    calendar = make_calendar(here.region, 2027)
    revision = calendar.revisions.get()
    make_line(revision, here.office(here.region), [here.first], "2027-04-14")

    assert figures(findings_of_revision(revision), "N1") == (2, 1, 0, 1)
    assert figures(findings_of_calendar(calendar), "N1") == (2, 0, 0, 2)

    make_meeting(here.office(here.region), [here.first], "2027-04-14", calendar=calendar)
    assert figures(findings_of_calendar(calendar), "N1") == (2, 1, 0, 1)


COUNTED = [  # state, outside the calendar -> planned, held
    (MeetingState.PLANNED, False, 1, 0),
    (MeetingState.ANNOUNCED, False, 1, 0),
    (MeetingState.MOVED, False, 1, 0),
    (MeetingState.HELD, False, 1, 1),
    (MeetingState.CANCELLED, False, 0, 0),
    (MeetingState.PLANNED, True, 0, 0),
    (MeetingState.HELD, True, 0, 1),
]


@pytest.mark.parametrize(("state", "outside", "planned", "held"), COUNTED)
def test_a_meeting_counts_by_its_state(state, outside, planned, held):
    here = Region()
    calendar = make_calendar(here.region, 2027)
    make_meeting(
        here.office(here.region), [here.first], "2027-04-14",
        calendar=None if outside else calendar, state=state, is_outside=outside,
    )  # fmt: skip

    found = figures(findings_of_calendar(calendar), "N1")

    assert found == (2, planned, held, 2 - planned)


def test_a_held_meeting_counts_once_beside_the_line_that_planned_it():
    here = Region()
    calendar = make_calendar(here.region, 2027)
    revision = calendar.revisions.get()
    make_line(revision, here.office(here.region), [here.first], "2027-04-14")
    make_meeting(
        here.office(here.region), [here.first], "2027-04-14", calendar=calendar,
        state=MeetingState.HELD,
    )  # fmt: skip

    assert figures(findings_of_revision(revision), "N1") == (2, 1, 1, 1)


def test_a_joint_meeting_counts_for_each_of_its_targets():
    here = Region()
    calendar = make_calendar(here.region, 2027)
    make_line(calendar.revisions.get(), here.office(here.okrug), here.villages, "2027-02-01")

    assert figures(findings_of_revision(calendar.revisions.get()), "N4") == (4, 2, 0, 2)


def test_a_target_that_became_a_minor_place_does_not_break_the_year():
    here = Region()
    calendar = make_calendar(here.region, 2027)
    make_line(calendar.revisions.get(), here.office(here.okrug), here.villages, "2027-02-01")
    Unit.objects.filter(pk=here.villages[0].pk).update(kind=UnitKind.PLACE)

    assert figures(findings_of_revision(calendar.revisions.get()), "N4") == (2, 1, 0, 1)


def test_two_rows_of_one_body_are_one_target():
    here = Region()
    city = make_unit(UnitKind.OBLAST_CITY, "Орал", parent=here.region)
    proper = make_unit(UnitKind.CITY_PROPER, "Орал", parent=city, body=city)
    calendar = make_calendar(here.region, 2027)
    make_line(calendar.revisions.get(), here.office(here.region), [proper], "2027-04-14")

    assert figures(findings_of_revision(calendar.revisions.get()), "N1") == (3, 1, 0, 2)


def test_a_stricter_edition_as_own_norm_adds_to_the_law():
    here = Region()
    calendar = make_calendar(here.region, 2027, own_edition="2022-03-03")

    own = [one for one in duties_of(calendar) if one.severity is Severity.OWN_NORM]

    assert len([one for one in own if one.norm.id == "N1"]) == 4  # two half-years, two districts


def test_the_country_is_every_region_whether_it_has_a_calendar_or_not():
    here, there = Region(), Region("230000000", "Атырау облысы")
    calendar = make_calendar(here.region, 2027)
    make_meeting(here.office(here.region), [here.first], "2027-04-14", calendar=calendar)

    country = judged_country(2027)

    assert [(one.region, figures(one.findings, "N1")) for one in country] == [
        (here.region, (2, 1, 0, 1)),
        (there.region, (2, 0, 0, 2)),
    ]
    assert country[0].findings == judged_region(calendar).findings


def test_drafts_count_for_staff_only_and_only_until_something_is_approved():
    here = Region()
    calendar = make_calendar(here.region, 2027)
    revision = calendar.revisions.get()
    make_line(revision, here.office(here.region), [here.first], "2027-04-14")

    [public], [staff] = judged_country(2027), judged_country(2027, drafts=True)
    assert (figures(public.findings, "N1")[1], figures(staff.findings, "N1")[1]) == (0, 1)

    Revision.objects.create(calendar=calendar, number=2, state=State.APPROVED, sha256="0" * 64)
    [staff] = judged_country(2027, drafts=True)
    assert figures(staff.findings, "N1")[1] == 0


def test_held_meetings_can_be_asked_for_instead_of_planned_ones():
    here = Region()
    calendar = make_calendar(here.region, 2027)
    make_meeting(here.office(here.region), [here.first], "2027-04-14", calendar=calendar)

    found = judged_region(calendar, counted=Counted.HELD).findings

    assert figures(found, "N1") == (2, 1, 0, 2)


def test_the_country_costs_the_same_queries_with_one_region_and_with_three(
    django_assert_num_queries,
):
    here = Region()
    make_calendar(here.region, 2027)
    with django_assert_num_queries(4):
        judged_country(2027)
    for kato in ("230000000", "150000000"):
        make_calendar(Region(kato).region, 2027)
    with django_assert_num_queries(4):
        judged_country(2027)


def test_names_come_in_one_query(django_assert_num_queries):
    here = Region()
    findings = findings_of_calendar(make_calendar(here.region, 2027))

    with django_assert_num_queries(1):
        names = names_of(findings, "kk")

    assert names[here.first.pk] == "Бәйтерек ауданы"
    assert date(2027, 1, 1) in {one.window.first for one in findings}


def test_an_approved_calendar_stands_as_its_meetings_do_today():
    here = Region()
    calendar = make_calendar(here.region, 2027)
    revision = calendar.revisions.get()
    make_line(revision, here.office(here.region), [here.first], "2027-04-14")
    make_meeting(
        here.office(here.region), [here.first], "2027-04-14", calendar=calendar,
        state=MeetingState.CANCELLED,
    )  # fmt: skip

    assert figures(findings_now(revision), "N1") == (2, 1, 0, 1)
    revision.state, revision.sha256 = State.APPROVED, "0" * 64
    revision.save()
    assert figures(findings_now(revision), "N1") == (2, 0, 0, 2)
