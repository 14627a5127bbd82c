"""Writes of a draft: what is refused, what is told, what is undone."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied

from meetings.enums import EDITABLE_STATES, Role, State
from meetings.errors import Refused, StaleEdit, StepRefused
from meetings.models import Act, Calendar, Line, LineEdit
from meetings.services import drafting
from tests.factories import Region, a_moment, make_calendar, make_line, make_unit, make_user

pytestmark = pytest.mark.django_db
NOW = a_moment(2026, 11, 24)


@pytest.fixture
def world():
    return Region()


@pytest.fixture
def coordinator(world):
    return make_user(Role.COORDINATOR, world.region)


@pytest.fixture
def revision(world):
    return make_calendar(world.region).revisions.get()


def values(host, day="2027-04-14", **fields) -> dict:
    return {"host": host, "day": date.fromisoformat(day)} | fields


def add(revision, world, by, day="2027-04-14", **fields) -> Line:
    host = world.office(world.region)
    return drafting.add_line(revision, values(host, day, **fields), [world.first], by=by, at=NOW)


def content(line) -> tuple:
    return (line.day, line.starts_at, sorted(unit.name for unit in line.targets.all()))


def test_a_line_is_added_and_the_journal_and_the_log_say_by_whom(world, coordinator, revision):
    line = add(revision, world, coordinator)

    edit, act = LineEdit.objects.get(), Act.objects.get(verb="line.add")
    assert (edit.line_uuid, edit.before, edit.by, edit.act) == (line.uuid, None, coordinator, act)
    assert (act.by, act.region, act.to_version) == (coordinator, world.region, 1)
    revision.refresh_from_db()
    assert revision.version == 2


def test_a_line_is_changed_from_the_version_one_saw(world, coordinator, revision):
    line = add(revision, world, coordinator)
    host = world.office(world.region)

    changed = drafting.change_line(
        revision, line.uuid, values(host, "2027-05-12", starts_at=time(15)), [world.second],
        by=coordinator, version=1, at=NOW,
    )  # fmt: skip

    assert changed.version == 2
    assert content(Line.objects.get()) == (date(2027, 5, 12), time(15), [world.second.name])


def test_saving_what_is_there_already_changes_nothing(world, coordinator, revision):
    line = add(revision, world, coordinator)
    host = world.office(world.region)

    same = drafting.change_line(
        revision, line.uuid, values(host), [world.first], by=coordinator, version=1, at=NOW
    )

    assert same.version == 1
    assert LineEdit.objects.count() == 1


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(world, coordinator, revision):
    line = add(revision, world, coordinator)
    host = world.office(world.region)
    drafting.change_line(
        revision, line.uuid, values(host, "2027-05-12"), [world.first], by=coordinator, version=1
    )

    with pytest.raises(StaleEdit) as told:
        drafting.change_line(
            revision, line.uuid, values(host, "2027-06-16"), [world.first],
            by=coordinator, version=1,
        )  # fmt: skip

    assert (told.value.theirs.day, told.value.theirs.version) == (date(2027, 5, 12), 2)
    assert Line.objects.get().day == date(2027, 5, 12)


def test_a_line_dropped_meanwhile_is_told_as_gone(world, coordinator, revision):
    line = add(revision, world, coordinator)
    drafting.drop_line(revision, line.uuid, by=coordinator, version=1)

    with pytest.raises(StaleEdit) as told:
        drafting.change_line(
            revision, line.uuid, values(world.office(world.region)), [world.first],
            by=coordinator, version=1,
        )  # fmt: skip

    assert told.value.theirs is None


@pytest.mark.parametrize("state", [state for state in State if state not in EDITABLE_STATES])
def test_nothing_is_written_once_it_is_no_draft(world, coordinator, revision, state):
    line = add(revision, world, coordinator)
    revision.state, revision.sha256 = state, "0" * 64
    revision.save()
    host = world.office(world.region)

    for write in (
        lambda: drafting.add_line(revision, values(host), [world.second], by=coordinator),
        lambda: drafting.change_line(
            revision, line.uuid, values(host, "2027-05-12"), [world.first],
            by=coordinator, version=1,
        ),
        lambda: drafting.drop_line(revision, line.uuid, by=coordinator, version=1),
        lambda: drafting.undo(revision, line.uuid, by=coordinator, version=1),
    ):  # fmt: skip
        with pytest.raises(StepRefused) as told:
            write()
        assert told.value.present_state == state


def test_a_drafter_writes_in_his_own_territory_only(world, revision):
    drafter = make_user(Role.DRAFTER, world.first)
    district, region = world.office(world.first), world.office(world.region)

    line = drafting.add_line(revision, values(district), [world.okrug], by=drafter)
    for write in (
        lambda: drafting.add_line(revision, values(region), [world.first], by=drafter),
        lambda: drafting.change_line(
            revision, line.uuid, values(region), [world.first], by=drafter, version=1
        ),
    ):
        with pytest.raises(PermissionDenied):
            write()


BAD = [  # what is wrong, the field it is about
    (lambda w: values(w.office(w.region), "2028-04-14"), [], "day"),
    (lambda w: values(w.office(w.region), starts_at=time(15), ends_at=time(14)), [], "ends_at"),
    (lambda w: values(w.office(w.region), starts_at=time(15), ends_at=time(15)), [], "ends_at"),
    (lambda w: values(w.office(w.region), ends_at=time(15)), [], "starts_at"),
    (lambda w: values(w.office(w.first)), ["second"], "targets"),
    (lambda w: values(w.office(w.region), latitude=51), [], "longitude"),
    (lambda w: values(w.office(w.region), latitude=71, longitude=51), [], "latitude"),
]


@pytest.mark.parametrize(("wrong", "targets", "field"), BAD)
def test_what_cannot_be_is_refused_beside_its_field(
    world, coordinator, revision, wrong, targets, field
):
    units = [getattr(world, name) for name in targets] or [world.first]

    with pytest.raises(Refused) as told:
        drafting.add_line(revision, wrong(world), units, by=coordinator, at=NOW)

    assert told.value.field == field
    assert not Line.objects.exists()


def test_a_line_without_a_target_is_refused(world, coordinator, revision):
    with pytest.raises(Refused) as told:
        drafting.add_line(revision, values(world.office(world.region)), [], by=coordinator)

    assert told.value.field == "targets"


def test_every_problem_is_told_at_once(world, coordinator, revision):
    wrong = values(world.office(world.first), "2028-04-14", ends_at=time(15))

    with pytest.raises(Refused) as told:
        drafting.add_line(revision, wrong, [world.second], by=coordinator)

    fields = [problem.field for problem in told.value.details["problems"]]
    assert fields == ["day", "starts_at", "targets"]


def test_an_akim_of_another_region_is_refused(world, coordinator, revision):
    other = Region("550000000", "Павлодар облысы")
    both = make_user(Role.COORDINATOR, None)

    with pytest.raises(Refused) as told:
        drafting.add_line(revision, values(other.office(other.region)), [other.first], by=both)

    assert told.value.field == "host"


def test_the_own_territory_and_a_twin_row_of_the_body_are_targets(world, coordinator, revision):
    city = make_unit("oblast_city", "Орал қ.ә.", parent=world.region)
    twin = make_unit("city_proper", "Орал қаласы", parent=city, body=city)
    from tests.factories import make_office

    host = make_office(city)
    for day, target in (("2027-04-14", city), ("2027-04-15", twin)):
        drafting.add_line(revision, values(host, day), [target], by=coordinator)

    assert Line.objects.count() == 2


def test_the_same_meeting_twice_is_refused_also_by_the_twin_row(world, coordinator, revision):
    from tests.factories import make_office

    city = make_unit("oblast_city", "Орал қ.ә.", parent=world.region)
    twin = make_unit("city_proper", "Орал қаласы", parent=city, body=city)
    host = make_office(city)
    drafting.add_line(revision, values(host), [city], by=coordinator)

    for target in (city, twin):
        with pytest.raises(Refused) as told:
            drafting.add_line(revision, values(host), [target], by=coordinator)
        assert told.value.field == "targets"


HOURS = [  # the first meeting, the second, whether one akim can hold both
    ((15, 16), (16, 17), True),
    ((15, 16), (15, None), False),
    ((15, 17), (16, 18), False),
    ((15, None), (15, None), False),
    ((15, None), (16, None), True),
    ((14, 18), (15, 16), False),
    ((15, None), (14, 16), False),
    ((None, None), (15, 16), True),  # the hour may still be anything: a warning, not an error
]


@pytest.mark.parametrize(("one", "two", "possible"), HOURS)
def test_one_akim_is_not_in_two_places_at_once(world, coordinator, revision, one, two, possible):
    def hours(pair):
        names = ("starts_at", "ends_at")
        return {name: time(hour) for name, hour in zip(names, pair, strict=True) if hour}

    host = world.office(world.region)
    drafting.add_line(revision, values(host, **hours(one)), [world.first], by=coordinator)
    second = values(host, **hours(two))

    if possible:
        drafting.add_line(revision, second, [world.second], by=coordinator)
    else:
        with pytest.raises(Refused) as told:
            drafting.add_line(revision, second, [world.second], by=coordinator)
        assert told.value.field == "starts_at"


def test_a_unit_that_is_gone_by_the_day_is_refused(world, coordinator, revision):
    gone = make_unit("district", parent=world.region, valid_to=date(2027, 3, 1))

    with pytest.raises(Refused) as told:
        drafting.add_line(revision, values(world.office(world.region)), [gone], by=coordinator)

    assert told.value.field == "targets"


# Undoing ----------------------------------------------------------------------------------------


def test_a_change_is_undone_by_anybody_with_the_right(world, coordinator, revision):
    line = add(revision, world, coordinator)
    host = world.office(world.region)
    before = content(Line.objects.get())
    drafting.change_line(
        revision, line.uuid, values(host, "2027-05-12", starts_at=time(9)), [world.second],
        by=coordinator, version=1,
    )  # fmt: skip
    other = make_user(Role.COORDINATOR, world.region)

    back = drafting.undo(revision, line.uuid, by=other, version=2)

    assert content(Line.objects.get()) == before
    assert back.version == 3
    assert Act.objects.first().verb == "line.undo"


def test_a_dropped_line_comes_back_with_its_identity(world, coordinator, revision):
    line = add(revision, world, coordinator, starts_at=time(15))
    before = content(Line.objects.get())
    drafting.drop_line(revision, line.uuid, by=coordinator, version=1)

    drafting.undo(revision, line.uuid, by=coordinator, version=2)

    back = Line.objects.get()
    assert (back.uuid, back.version, content(back)) == (line.uuid, 3, before)


def test_undoing_step_by_step_ends_where_the_line_was_not_there(world, coordinator, revision):
    line = add(revision, world, coordinator)
    host = world.office(world.region)
    for day, version in (("2027-05-12", 1), ("2027-05-19", 2)):
        drafting.change_line(
            revision, line.uuid, values(host, day), [world.first], by=coordinator, version=version
        )

    days = []
    for version in (3, 4, 5):
        back = drafting.undo(revision, line.uuid, by=coordinator, version=version)
        days.append(back and back.day.isoformat())

    assert days == ["2027-05-12", "2027-04-14", None]
    assert not Line.objects.exists()
    with pytest.raises(Refused):
        drafting.undo(revision, line.uuid, by=coordinator, version=6)


def test_undoing_what_somebody_changed_meanwhile_is_told(world, coordinator, revision):
    line = add(revision, world, coordinator)
    drafting.change_line(
        revision, line.uuid, values(world.office(world.region), "2027-05-12"), [world.first],
        by=coordinator, version=1,
    )  # fmt: skip

    with pytest.raises(StaleEdit):
        drafting.undo(revision, line.uuid, by=coordinator, version=1)

    assert Line.objects.get().day == date(2027, 5, 12)


def test_what_the_maslikhat_has_seen_is_not_undone(world, coordinator, revision):
    line = add(revision, world, coordinator)
    revision.state, revision.submitted_at = State.RETURNED, a_moment(2026, 12, 1)
    revision.save()

    with pytest.raises(Refused):
        drafting.undo(revision, line.uuid, by=coordinator, version=1)


def test_an_undoing_that_would_make_a_clash_is_refused(world, coordinator, revision):
    line = add(revision, world, coordinator)
    drafting.drop_line(revision, line.uuid, by=coordinator, version=1)
    add(revision, world, coordinator)

    with pytest.raises(Refused):
        drafting.undo(revision, line.uuid, by=coordinator, version=2)


def test_a_drafter_does_not_undo_what_is_not_his(world, coordinator, revision):
    line = add(revision, world, coordinator)

    with pytest.raises(PermissionDenied):
        drafting.undo(
            revision, line.uuid, by=make_user(Role.DRAFTER, world.first), version=1
        )  # fmt: skip


# Opening ----------------------------------------------------------------------------------------


def test_next_years_calendar_is_opened_with_an_empty_draft(world, coordinator):
    calendar = drafting.open_calendar(world.region, 2027, by=coordinator, at=NOW)

    revision = calendar.revisions.get()
    assert (revision.number, revision.state, revision.version) == (1, State.DRAFT, 1)
    assert Act.objects.get().verb == "calendar.open"


@pytest.mark.parametrize("year", [2021, 2028])
def test_a_year_without_an_edition_or_too_far_is_refused(world, coordinator, year):
    with pytest.raises(Refused) as told:
        drafting.open_calendar(world.region, year, by=coordinator, at=NOW)

    assert told.value.field == "year"
    assert not Calendar.objects.exists()


def test_a_calendar_is_opened_once_by_its_coordinator_for_a_region(world, coordinator):
    drafting.open_calendar(world.region, 2027, by=coordinator, at=NOW)

    with pytest.raises(Refused):
        drafting.open_calendar(world.region, 2027, by=coordinator, at=NOW)
    with pytest.raises(Refused):
        drafting.open_calendar(world.first, 2027, by=coordinator, at=NOW)
    with pytest.raises(PermissionDenied):
        drafting.open_calendar(
            world.region, 2026, by=make_user(Role.DRAFTER, world.region), at=NOW
        )  # fmt: skip


def test_lines_of_other_revisions_are_no_neighbours(world, coordinator, revision):
    other = make_calendar(world.region, 2028).revisions.get()
    make_line(other, world.office(world.region), [world.first], "2027-04-14")

    add(revision, world, coordinator)

    assert Line.objects.filter(revision=revision).count() == 1
