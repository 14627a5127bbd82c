"""The console of a meeting's day: notes by forms and by a script, stale forms, strangers."""

from datetime import UTC, datetime, time
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from meetings.enums import MarkKind, MeetingState, OfficialKind, Role
from meetings.models import DayMark, MeetingDay
from meetings.services.day import note, open_day
from tests.factories import Region, a_moment, make_meeting, make_user

pytestmark = pytest.mark.django_db
NOW = a_moment(2027, 4, 14, 15, 30)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def world():
    return Region()


@pytest.fixture
def secretary(world):
    return make_user(Role.DRAFTER, world.first)


@pytest.fixture
def client(secretary):
    return signed_in(secretary)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def meeting(world):
    return make_meeting(
        world.office(world.first), [world.okrug], "2027-04-14", region=world.region,
        starts_at=time(15), ends_at=time(16),
    )  # fmt: skip


@pytest.fixture
def day(meeting, secretary):
    return open_day(meeting, by=secretary, at=a_moment(2027, 4, 14, 14))


def address(name, meeting) -> str:
    return reverse(name, args=[meeting.uuid]).replace("/kk/", "/en/")


def send(client, meeting, kind, *, number=None, **more):
    sent = {"note": number or uuid4(), "kind": kind, **more}
    headers = more.pop("headers", None)
    return client.post(address("desk_day_note", meeting), sent, headers=headers)


SCRIPT = {"Accept": "application/json"}


def test_the_console_is_opened_and_notes_are_posted_by_forms_alone(client, meeting):
    shown = client.get(address("desk_day", meeting)).content.decode()
    assert "Open the console" in shown
    assert client.post(address("desk_day_open", meeting)).status_code == 302

    assert send(client, meeting, "report_start").status_code == 302
    assert send(client, meeting, "people", value="74").status_code == 302

    page = client.get(address("desk_day", meeting)).content.decode()
    assert 'data-running="report"' in page
    assert "<strong>74</strong> people came." in page
    assert [mark.kind for mark in DayMark.objects.order_by("pk")] == ["report_start", "people"]


def test_a_script_is_told_in_json_and_a_note_sent_twice_is_known(client, meeting, day):
    number = uuid4()
    sent = {"note": number, "kind": "report_start"}

    answers = [
        client.post(address("desk_day_note", meeting), sent, headers=SCRIPT) for _time in range(2)
    ]

    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (200, {"status": "noted"}), (200, {"status": "known"}),
    ]  # fmt: skip
    assert DayMark.objects.count() == 1


def test_what_comes_late_stands_where_it_was_noted(client, meeting, day):
    device = datetime(2027, 4, 14, 10, 5, tzinfo=UTC).timestamp() * 1000

    send(client, meeting, "report_start", device="laptop", device_at=int(device),
         sent_at=int(device) + 20 * 60_000)  # fmt: skip

    mark = DayMark.objects.get()
    assert (mark.at, mark.device) == (a_moment(2027, 4, 14, 15, 10), "laptop")
    page = client.get(address("desk_day", meeting)).content.decode()
    assert "sent later, at 15:30" in page
    assert "The clock of a device is off by 5 minutes" in page


def test_a_clock_that_ran_backwards_is_told(client, meeting, day):
    now = int(NOW.timestamp() * 1000)

    send(client, meeting, "report_start", device="phone", device_at=now, sent_at=now - 60_000)

    page = client.get(address("desk_day", meeting)).content.decode()
    assert "The clock of a device ran backwards: 1 note is placed" in page
    assert "the clock of the device ran backwards" in page


WRONG = [
    {"kind": "people"}, {"kind": "people", "value": "-1"}, {"kind": "people", "value": "many"},
    {"kind": "explode"}, {"kind": ""}, {"kind": "report_start", "note": "1"},
    {"kind": "report_minutes", "value": "601"},
    {"kind": "report_start", "device": "<script>"},
    {"kind": "report_start", "device_at": "9" * 40},
]  # fmt: skip


@pytest.mark.parametrize("typed", WRONG)
def test_what_cannot_be_noted_is_refused_with_a_sentence(client, meeting, day, typed):
    sent = {"note": str(uuid4()), **typed}

    answer = client.post(address("desk_day_note", meeting), sent)
    told = client.post(address("desk_day_note", meeting), sent, headers=SCRIPT)

    assert (answer.status_code, told.status_code) == (422, 422)
    assert told.json()["message"] in answer.content.decode()
    assert told.json()["message"]
    assert DayMark.objects.count() == 0


def test_nothing_is_noted_before_the_day(client, meeting, day, time_machine, world):
    time_machine.move_to(a_moment(2027, 4, 13, 20), tick=False)

    page = client.get(address("desk_day", meeting)).content.decode()
    answer = send(client, meeting, "report_start")

    assert answer.status_code == 422
    assert 'name="kind" value="report_start"' not in page
    assert "The day of this meeting has not come" in answer.content.decode()


def described(version=1, **more) -> dict:
    return {"version": version, "agenda": "One\nTwo", "limit_percent": "20", **more}


def test_agenda_and_officials_are_written(client, meeting, day):
    typed = described(**{f"who_{OfficialKind.POLICE}": "A. Serikov\nB. Omarov",
                         f"number_{OfficialKind.COUNCIL}": "3"})  # fmt: skip

    assert client.post(address("desk_day_describe", meeting), typed).status_code == 302

    day.refresh_from_db()
    assert (day.limit_percent, day.takes_questions) == (20, False)
    assert {one.kind: one.number for one in day.officials.all()} == {"police": 2, "council": 3}
    page = client.get(address("desk_day", meeting)).content.decode()
    assert "<li>One</li><li>Two</li>" in page


def test_a_stale_form_is_told_with_what_is_stored_and_what_was_typed(client, meeting, day):
    client.post(address("desk_day_describe", meeting), described(chair="Theirs"))

    answer = client.post(address("desk_day_describe", meeting), described(chair="Mine"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<dd>Theirs</dd>" in page
    assert 'value="Mine"' in page
    assert 'name="version" value="2"' in page
    assert MeetingDay.objects.get().chair == "Theirs"


@pytest.mark.parametrize("typed", [{"limit_percent": "0"}, {"limit_percent": "101"},
                                   {"agenda": "a" * 2001}, {"number_police": "-1"}])  # fmt: skip
def test_a_wrong_description_is_kept_in_the_form(client, meeting, day, typed):
    answer = client.post(address("desk_day_describe", meeting), described(**typed, chair="Kept"))

    assert answer.status_code == 422
    assert 'value="Kept"' in answer.content.decode()


def test_the_part_for_the_script_holds_the_clocks(client, meeting, day, secretary):
    note(day, MarkKind.QUESTIONS_START, by=secretary, uuid=uuid4(),
         at=a_moment(2027, 4, 14, 15, 20))  # fmt: skip

    part = client.get(address("desk_day_part", meeting)).content.decode()

    assert 'data-running="questions" data-report="0" data-questions="600"' in part
    assert "The report: 0 % of the time so far; at most 25 %, of the time planned 15 min." in part
    assert "<html" not in part


def test_many_marks_cost_no_more_queries(client, meeting, day, secretary,
                                         django_assert_num_queries):  # fmt: skip
    counts = []
    for more in (2, 40):
        for number in range(more):
            note(day, MarkKind.PEOPLE, by=secretary, uuid=uuid4(), value=number)
        with django_assert_num_queries(1000, exact=False) as asked:
            client.get(address("desk_day", meeting))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_cancelled_meeting_and_one_that_is_not_open(client, meeting):
    assert send(client, meeting, "report_start").status_code == 422
    assert client.get(address("desk_day_part", meeting)).status_code == 404
    meeting.state = MeetingState.CANCELLED
    meeting.save()

    assert client.post(address("desk_day_open", meeting)).status_code == 422


@pytest.mark.parametrize("name", ["desk_day_open", "desk_day_note", "desk_day_describe"])
def test_writing_is_done_by_post_alone(client, meeting, name):
    assert client.get(address(name, meeting)).status_code == 405
