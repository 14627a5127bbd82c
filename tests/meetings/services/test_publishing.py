from datetime import date, time, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from meetings.enums import MeetingState, UnitKind
from meetings.models import FeedVersion, MeetingEntry, PublicVersion, Unit
from meetings.services import publishing
from tests.factories import Region, a_moment, make_meeting, make_unit

pytestmark = pytest.mark.django_db
AT = a_moment(2027, 4, 1)


@pytest.fixture
def land():
    return Region()


def versions() -> dict[str, int]:
    return dict(FeedVersion.objects.values_list("unit__name_kk", "version"))


def entry(meeting, language="kk") -> str:
    text = MeetingEntry.objects.get(meeting=meeting, language=language).text
    return text.replace("\r\n ", "")


def test_an_entry_is_kept_in_each_language(land):
    meeting = make_meeting(
        land.office(land.first), [land.okrug], "2027-04-14", starts_at=time(15),
        place_kk="Мәдениет үйі", place_ru="Дом культуры",
    )  # fmt: skip

    publishing.refresh([meeting], at=AT)

    assert [
        entry(meeting, code).split("LOCATION:")[1].split("\r\n")[0] for code in ("kk", "ru")
    ] == [
        "Мәдениет үйі\\, Дариян ауылдық округі\\, Бәйтерек ауданы\\, Батыс Қазақстан облысы",
        "Дом культуры\\, Дариян ауылдық округі\\, Бәйтерек ауданы\\, Батыс Қазақстан облысы",
    ]
    assert MeetingEntry.objects.filter(meeting=meeting).count() == 3


def test_the_feeds_of_the_targets_and_of_all_they_lie_in_get_a_new_version(land):
    meeting = make_meeting(land.office(land.okrug), [land.villages[0]], "2027-04-14")
    publishing.refresh([meeting], at=AT)
    before = PublicVersion.objects.get(name="meetings").number

    publishing.refresh([meeting], at=AT)

    assert versions() == {
        "Батыс Қазақстан облысы": 2, "Бәйтерек ауданы": 2, "Дариян ауылдық округі": 2,
        "Дариян ауылы": 2,
    }  # fmt: skip
    assert PublicVersion.objects.get(name="meetings").number == before + 1


def test_the_feed_of_a_former_target_hears_that_it_lost_the_meeting(land):
    meeting = make_meeting(land.office(land.region), [land.first], "2027-04-14")
    publishing.refresh([meeting], at=AT)
    meeting.targets.set([land.second])

    publishing.refresh([meeting], at=AT, former_targets=[land.first])

    assert versions() == {
        "Батыс Қазақстан облысы": 2, "Бәйтерек ауданы": 2, "Теректі ауданы": 1,
    }  # fmt: skip


def test_no_two_versions_of_a_feed_share_a_second(land):
    meeting = make_meeting(land.office(land.region), [land.first], "2027-04-14")
    moments = []
    for _number in range(3):
        publishing.refresh([meeting], at=AT)
        moments.append(FeedVersion.objects.get(unit=land.region).changed_at)

    publishing.refresh([meeting], at=AT + timedelta(minutes=1, microseconds=5))

    moments.append(FeedVersion.objects.get(unit=land.region).changed_at)
    assert [moment - AT for moment in moments] == [
        timedelta(seconds=0), timedelta(seconds=1), timedelta(seconds=2), timedelta(minutes=1),
    ]  # fmt: skip


def test_a_moved_meeting_keeps_its_uid_and_raises_its_sequence(land):
    meeting = make_meeting(land.office(land.region), [land.first], "2027-04-14", at=AT)
    publishing.refresh([meeting], at=AT)
    before = entry(meeting)
    meeting.planned_day, meeting.day = meeting.day, date(2027, 4, 21)
    meeting.state, meeting.sequence, meeting.changed_at = (
        MeetingState.MOVED,
        1,
        a_moment(2027, 4, 2),
    )
    meeting.save()

    publishing.refresh([meeting], at=meeting.changed_at)

    uid = f"UID:{meeting.uuid}@127.0.0.1\r\n"
    assert (uid in before, uid in entry(meeting)) == (True, True)
    assert ("SEQUENCE:0" in before, "SEQUENCE:1" in entry(meeting)) == (True, True)
    assert "DTSTART;VALUE=DATE:20270421" in entry(meeting)
    assert "Бастапқы күні: 2027 жылғы 14 сәуір" in entry(meeting)


def test_a_second_refresh_without_a_change_writes_the_same_text(land):
    meeting = make_meeting(land.office(land.region), [land.first], "2027-04-14")
    publishing.refresh([meeting], at=AT)
    before = entry(meeting)

    publishing.refresh([meeting], at=a_moment(2027, 5, 1))

    assert entry(meeting) == before


def test_a_renamed_unit_is_renamed_in_entries_and_every_feed_is_looked_at_anew(land):
    host = land.office(land.first)
    meeting = make_meeting(host, [land.villages[0]], "2027-04-14", at=AT)
    publishing.refresh([meeting], at=AT)
    Unit.objects.filter(pk=land.okrug.pk).update(name_kk="Жаңа ауылдық округі")

    publishing.refresh_for_units([Unit.objects.get(pk=land.okrug.pk)], at=AT)

    assert "Жаңа ауылдық округі" in entry(meeting)
    assert "SEQUENCE:0\r\n" in entry(meeting)
    assert set(versions().values()) == {2}


def test_the_other_row_of_a_body_is_not_said_twice(land):
    city = make_unit(UnitKind.OBLAST_CITY, "Орал қаласы", parent=land.region)
    proper = make_unit(UnitKind.CITY_PROPER, "Орал қ.", parent=city, body=city)
    meeting = make_meeting(land.office(land.region), [proper], "2027-04-14")

    publishing.refresh([meeting], at=AT)

    assert "LOCATION:Орал қ.\\, Батыс Қазақстан облысы\r\n" in entry(meeting)


def test_many_meetings_cost_as_many_queries_as_one(land):
    counts = []
    for number in (1, 3):
        meetings = [
            make_meeting(land.office(land.first), [land.okrug, land.second], f"2027-04-{day:02}")
            for day in range(1, number + 1)
        ]
        publishing.refresh(meetings, at=AT)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            publishing.refresh(meetings, at=AT)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12


def test_every_entry_is_made_anew_when_the_site_moves(land, settings):
    meetings = [make_meeting(land.office(land.first), [land.okrug], "2027-04-14") for _ in range(3)]
    publishing.refresh(meetings, at=AT)
    settings.SITE_URL = "https://akimat.example"

    assert list(publishing.rewrite_entries(at=AT)) == [3]

    assert f"URL:https://akimat.example/kk/meetings/{meetings[2].uuid}/" in entry(meetings[2])
    assert set(versions().values()) == {2}


@pytest.mark.django_db(transaction=True)
def test_it_belongs_to_the_transaction_of_the_change(land):
    meeting = make_meeting(land.office(land.first), [land.okrug], "2027-04-14")

    with pytest.raises(RuntimeError, match="in the transaction that does it"):
        publishing.refresh([meeting], at=AT)
    with transaction.atomic():
        publishing.refresh([meeting], at=AT)
        transaction.set_rollback(True)

    assert (MeetingEntry.objects.count(), FeedVersion.objects.count()) == (0, 0)
