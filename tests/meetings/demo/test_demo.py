from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from akimat.greeting import greeting
from appeals import demo as requests
from appeals.demo import demands
from appeals.enums import DemandState, QuestionState
from appeals.models import Demand, Question
from meetings.demo import small
from meetings.demo.signins import password
from meetings.enums import MeetingState, Role, State, UnitKind
from meetings.models import (
    Assignment,
    Calendar,
    Letter,
    Line,
    Meeting,
    MeetingDay,
    Office,
    Revision,
    Unit,
    User,
)
from meetings.rules import Severity, tally
from meetings.selectors.duties import findings_of_revision
from meetings.selectors.units import find_units
from meetings.services import log
from tests.factories import a_moment

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo, loaded once for all tests of this file and taken back after the last."""
    light = {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "DATA_DIR": tmp_path_factory.mktemp("demo"),
    }
    midday = time_machine.travel(a_moment(2026, 11, 23, 12), tick=True)
    with django_db_blocker.unblock(), override_settings(**light), transaction.atomic():
        small.load(TODAY)
        with midday:
            requests.load(TODAY)
        yield light["DATA_DIR"]
        transaction.set_rollback(True)


@pytest.fixture
def demo(_loaded, settings):
    settings.DATA_DIR = _loaded


STANDING = [  # year, region, state, approved late
    (2025, "270000000", State.APPROVED, False),
    (2025, "750000000", State.APPROVED, True),
    (2026, "270000000", State.APPROVED, False),
    (2026, "750000000", State.APPROVED, False),
    (2027, "270000000", State.DRAFT, False),
    (2027, "750000000", State.WITH_MASLIKHAT, False),
]


def test_the_demo_shows_a_past_a_running_and_a_coming_year(demo):
    found = Revision.objects.order_by("calendar__year", "calendar__region__kato").values_list(
        "calendar__year", "calendar__region__kato", "state", "is_late"
    )

    assert list(found) == STANDING
    assert log.first_broken_link() is None


def test_the_territory_has_an_akim_in_every_post_and_somebody_in_every_role(demo):
    assert Unit.objects.filter(parent__kato="270000000").count() == 13
    assert Unit.objects.filter(parent__kato="750000000").count() == 8
    assert not Office.objects.filter(tenures__isnull=True).exists()
    assert set(Assignment.objects.values_list("role", flat=True)) == set(Role)


FOUND = [("актобе", []), ("орал", ["Орал қаласы"]), ("уральск", ["Орал қаласы"])]


@pytest.mark.parametrize(("asked", "found"), FOUND)
def test_its_places_are_found_by_either_name(demo, asked, found):
    regions = find_units(asked, kinds=[UnitKind.OBLAST_CITY])

    assert [place.unit.name_kk for place in regions] == found


def test_the_past_was_mostly_held_and_nothing_ahead_was(demo):
    states = Meeting.objects.filter(day__lt=TODAY).values_list("state", flat=True)
    ahead = Meeting.objects.filter(day__gt=TODAY).values_list("state", flat=True)

    assert {MeetingState.HELD, MeetingState.CANCELLED, MeetingState.PLANNED} <= set(states)
    assert MeetingState.HELD not in ahead
    assert {MeetingState.PLANNED, MeetingState.ANNOUNCED, MeetingState.MOVED} <= set(ahead)


def test_nothing_is_dated_later_than_the_day_before_the_demo(demo):
    last = Meeting.objects.order_by("-changed_at").first()

    assert last.changed_at.date() < TODAY


def test_the_draft_has_gaps_and_what_lies_on_the_table_has_one_that_is_explained(demo):
    draft = Revision.objects.get(state=State.DRAFT)
    table = Revision.objects.get(state=State.WITH_MASLIKHAT)

    gaps = tally(one for one in findings_of_revision(draft) if one.severity is Severity.BREACH)
    open_ones = [one for one in findings_of_revision(table) if one.missing]

    assert 10 < gaps.missing < gaps.required / 2
    assert [(one.norm.id, str(Unit.objects.get(pk=one.target))) for one in open_ones] == [
        ("N2", "Түрксіб ауданы")
    ]
    assert table.explanations.count() == 1


def test_every_duty_of_an_approved_year_was_planned(demo):
    for calendar in Calendar.objects.filter(year=2026):
        assert all(
            not finding.missing
            for finding in findings_of_revision(calendar.revisions.get())
        )  # fmt: skip


def test_the_same_day_gives_the_same_demo(demo):
    first = list(Line.objects.order_by("uuid").values_list("uuid", "day", "place_kk"))
    visits = {
        (line.host.unit.kato, line.day)
        for line in Line.objects.filter(revision__calendar__year=2025).select_related("host__unit")
    }

    assert len(first) == len({uuid for uuid, _day, _place in first})
    assert ("750000000", min(day for kato, day in visits if kato == "750000000")) in visits


def test_loading_twice_changes_nothing(demo):
    said = StringIO()
    before = (Unit.objects.count(), User.objects.count(), Line.objects.count())

    call_command("load_demo", stdout=said)

    assert "nothing was changed" in said.getvalue()
    assert (Unit.objects.count(), User.objects.count(), Line.objects.count()) == before


@override_settings(PRODUCTION=True)
def test_production_takes_no_demo():
    with pytest.raises(CommandError, match="production"):
        call_command("load_demo")


def test_the_start_prints_the_address_and_who_can_sign_in(demo, settings):
    settings.SHOW_DEMO_SIGN_INS = True

    said = greeting("http://127.0.0.1:8000")

    assert "http://127.0.0.1:8000/accounts/login/" in said
    assert password() in said
    assert "coordinator@akimat.example         coordinator, West Kazakhstan oblast" in said
    user = User.objects.get(email="chair@akimat.example")
    assert user.check_password(password())


def test_people_have_demanded_meetings_with_every_end(demo):
    if not Demand.objects.exists():
        demands.load(TODAY)
    states = Demand.objects.values_list("state", flat=True)

    assert set(states) == set(DemandState) - {DemandState.UNCONFIRMED}
    assert Demand.objects.overdue(TODAY).count() == 1
    assert Demand.objects.filter(state=DemandState.REACHED, due_on__gte=TODAY).count() == 1
    answered = Demand.objects.get(state=DemandState.MEETING).meeting
    assert (answered.is_outside, answered.day > TODAY) == (True, True)
    assert log.first_broken_link() is None


def test_people_have_asked_and_the_commission_has_been_at_work(demo):
    # Other parts of the demo follow; what was asked last year they write too.
    mine = Question.objects.filter(number__range=("2026-000001", "2026-000040"))
    asked = mine.order_by("asked_at").values_list("number", flat=True)
    published = Question.objects.public()

    assert Question.objects.count() >= 40
    assert list(asked) == sorted(asked)  # numbers were given in the order of coming
    assert set(Question.objects.values_list("state", flat=True)) == {
        QuestionState.WAITING, QuestionState.PUBLISHED, QuestionState.HELD,
    }  # fmt: skip
    assert set(Question.objects.values_list("language", flat=True)) == {"kk", "ru"}
    assert published.filter(answered_at=None).exists()
    assert published.exclude(answered_at=None).exists()
    assert published.filter(meeting__day__gt=TODAY, voices__gt=1).exists()
    assert published.filter(attachments__is_public=True).exists()
    assert Question.objects.filter(objection_answer="").exclude(objected_at=None).exists()
    assert Question.objects.exclude(merged_into=None).exists()
    assert Question.objects.exclude(eotinish_number="").exists()
    # The mailbox is for letters of those who try the demo.
    assert not Letter.objects.filter(kind__startswith="question").exists()


def test_the_only_meeting_of_the_day_is_the_one_whose_hall_is_open(demo):
    """Whatever day it is: a planned one at the same hour would keep the demo from loading."""
    day = MeetingDay.objects.get(meeting__day=TODAY)
    assert list(Meeting.objects.filter(day=TODAY)) == [day.meeting]
    assert day.meeting.is_outside
