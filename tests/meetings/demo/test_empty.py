from datetime import date

import pytest
from django.core.management import CommandError, call_command

from akimat.greeting import greeting
from meetings.demo import national, small
from meetings.enums import State
from meetings.models import Calendar, Office, Revision, Tenure
from meetings.selectors.duties import findings_of_calendar, findings_of_revision
from tests.factories import Region

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_the_demo_can_be_loaded_in_the_first_days_of_a_year():
    small.load(date(2027, 1, 3))

    assert Revision.objects.filter(state=State.APPROVED).count() == 4


def test_a_country_gets_every_duty_once_and_a_second_run_adds_nothing():
    regions = [Region("270000000"), Region("230000000", "Атырау облысы")]

    written = national.load(TODAY)

    assert written == 2
    for one in regions:
        calendar = Calendar.objects.get(region=one.region, year=2026)
        revision = calendar.revisions.get()
        assert [finding.planned for finding in findings_of_revision(revision)] == [1] * 8
        assert len(findings_of_calendar(calendar)) == 8
    assert Tenure.objects.count() == Office.objects.count()
    assert national.load(TODAY) == 0


def test_the_national_demo_asks_for_the_classifier_first():
    with pytest.raises(CommandError, match="import_kato"):
        call_command("load_demo", scale="national")


def test_without_a_demo_no_sign_in_is_printed(settings):
    settings.SHOW_DEMO_SIGN_INS = False

    assert "password" not in greeting("http://127.0.0.1:8000")
