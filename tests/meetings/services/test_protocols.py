"""Protocols: from the record of the day to the public, and put right afterwards."""

import json
from datetime import date, time
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from meetings import asked
from meetings.asked import Asked
from meetings.enums import MarkKind, MeetingState, OfficialKind, ProtocolState, Role
from meetings.errors import Refused, StaleEdit
from meetings.models import Act, Meeting, Protocol, PublicVersion, Tenure
from meetings.services import protocols
from meetings.services.day import describe, note, open_day
from meetings.services.freezing import sha256_of
from tests.factories import Region, a_moment, make_meeting, make_user

pytestmark = pytest.mark.django_db
EVENING = a_moment(2027, 4, 14, 19)


class Held:
    """A meeting whose day was recorded: 15 minutes of report, 45 of questions, 74 people."""

    def __init__(self, people=74):
        self.place = Region()
        self.drafter = make_user(Role.DRAFTER, self.place.first)
        self.akim = make_user(Role.AKIM, self.place.first)
        self.meeting = make_meeting(
            self.place.office(self.place.first), [self.place.okrug], "2027-04-14",
            region=self.place.region, starts_at=time(15), place_kk="Клуб",
            stream_url="https://example.kz/live",
        )  # fmt: skip
        self.day = open_day(self.meeting, by=self.drafter, at=a_moment(2027, 4, 14, 15))
        describe(
            self.day, {"agenda": "Баяндама\n\nСұрақтар", "chair": "А. Әділов, әкім"},
            {OfficialKind.POLICE: (2, "С. Серіков\nО. Омаров")}, by=self.drafter, version=1,
        )  # fmt: skip
        self.note(MarkKind.REPORT_START, 0)
        self.note(MarkKind.QUESTIONS_START, 15)
        self.note(MarkKind.END, 60)
        if people is not None:
            self.note(MarkKind.PEOPLE, 61, value=people)

    def note(self, kind, minute, **more):
        at = a_moment(2027, 4, 14, 15 + minute // 60, minute % 60)
        note(self.day, kind, by=self.drafter, uuid=uuid4(), at=at, **more)

    def begin(self, **more) -> Protocol:
        return protocols.begin(self.meeting, by=self.drafter, at=EVENING, **more)

    def sign(self, protocol) -> Protocol:
        return protocols.sign(protocol, by=self.akim, version=protocol.version, at=EVENING)

    def publish(self, protocol) -> Protocol:
        return protocols.publish(protocol, by=self.drafter, version=protocol.version, at=EVENING)


@pytest.fixture
def held():
    return Held()


def test_a_protocol_is_built_from_what_was_recorded(held, monkeypatch):
    question = Asked("2027-000001", "Жол қашан жөнделеді?", "floor", "promised", "Биыл", "Әкім",
                     "Жолды жөндейді", date(2027, 9, 1))  # fmt: skip
    monkeypatch.setattr(asked, "_sources", [lambda meeting: [question]])
    protocol = held.begin()

    said = protocols.said_by(protocol, EVENING)

    assert said["meeting"]["host"] == {
        "kato": held.place.first.kato, "name_kk": "Бәйтерек ауданы", "name_ru": "Бәйтерек ауданы",
    }  # fmt: skip
    assert [unit["kato"] for unit in said["meeting"]["targets"]] == [held.place.okrug.kato]
    assert (said["meeting"]["day"], said["meeting"]["place_kk"]) == ("2027-04-14", "Клуб")
    assert (said["people"], said["chair"]) == (74, "А. Әділов, әкім")
    assert said["agenda"] == ["Баяндама", "Сұрақтар"]
    assert said["officials"] == [
        {"kind": "police", "number": 2, "who": ["С. Серіков", "О. Омаров"]}
    ]
    assert said["clocks"] == {
        "began_at": "2027-04-14T10:00:00Z", "ended_at": "2027-04-14T11:00:00Z",
        "report_minutes": 15, "questions_minutes": 45, "share": 25, "limit_percent": 25,
        "doubtful": 0,
    }  # fmt: skip
    assert said["questions"] == [question._asdict() | {"by_day": "2027-09-01"}]
    assert said["protocol"]["stream_url"] == "https://example.kz/live"


def test_it_is_written_signed_and_published(held):
    protocol = held.begin()
    protocol = protocols.write(
        protocol, {"report_kk": "Жыл қорытындысы", "pictures": ["https://example.kz/1.jpg"]},
        by=held.drafter, version=1, at=EVENING,
    )  # fmt: skip
    signed = held.sign(protocol)
    published = held.publish(signed)

    assert (published.state, published.signed_by, published.published_by, published.version) == (
        ProtocolState.PUBLISHED, held.akim, held.drafter, 4,
    )  # fmt: skip
    assert published.sha256 == sha256_of(published.canonical)
    assert protocols.said_by(published) == json.loads(published.canonical)
    verbs = [act.verb for act in Act.objects.order_by("pk")][-4:]
    assert verbs == ["protocol.begin", "protocol.write", "protocol.sign", "protocol.publish"]


def test_a_published_protocol_makes_the_meeting_held():
    held = Held(people=None)
    protocol = held.begin()
    with pytest.raises(Refused):
        held.sign(protocol)
    held.note(MarkKind.REOPEN, 62)
    held.note(MarkKind.PEOPLE, 63, value=70)
    held.meeting.refresh_from_db()
    assert held.meeting.state == MeetingState.PLANNED
    before = PublicVersion.objects.get(name="meetings").number

    held.publish(held.sign(protocol))

    held.meeting.refresh_from_db()
    assert (held.meeting.state, held.meeting.people) == (MeetingState.HELD, 70)
    assert PublicVersion.objects.get(name="meetings").number > before


def test_what_was_signed_stays_when_the_record_changes(held):
    signed = held.sign(held.begin())
    held.note(MarkKind.PEOPLE, 90, value=12)

    assert protocols.said_by(signed)["people"] == 74


def test_a_correction_is_a_new_revision_with_a_reason(held):
    first = held.publish(held.sign(held.begin()))
    with pytest.raises(Refused) as refused:
        held.begin()
    assert refused.value.field == "reason"
    held.note(MarkKind.PEOPLE, 90, value=80)

    second = held.publish(held.sign(held.begin(reason="Адам саны")))

    assert (second.number, second.reason) == (2, "Адам саны")
    first.refresh_from_db()
    assert json.loads(first.canonical)["people"] == 74
    held.meeting.refresh_from_db()
    assert held.meeting.people == 80


def test_whoever_holds_the_post_chairs_unless_another_is_named(held):
    Tenure.objects.create(
        office=held.meeting.host, name_kk="Б. Бәйтенов", name_ru="Б. Байтенов",
        since=date(2025, 1, 1),
    )  # fmt: skip
    describe(held.day, {"chair": ""}, {}, by=held.drafter, version=2)

    assert protocols.said_by(held.begin(), EVENING)["chair"] == "Б. Бәйтенов"


def test_one_draft_at_a_time(held):
    assert held.begin().pk == held.begin().pk
    assert Protocol.objects.count() == 1


NOT_STARTED = [
    (a_moment(2027, 4, 13, 12), MeetingState.ANNOUNCED, False),
    (a_moment(2027, 4, 14, 12), MeetingState.ANNOUNCED, False),
    (a_moment(2027, 4, 15, 0), MeetingState.ANNOUNCED, True),
    (a_moment(2027, 4, 15, 0), MeetingState.CANCELLED, False),
]


@pytest.mark.parametrize(("at", "state", "may_begin"), NOT_STARTED)
def test_a_meeting_that_did_not_start_has_no_protocol(at, state, may_begin):
    place = Region()
    drafter = make_user(Role.DRAFTER, place.first)
    meeting = make_meeting(place.office(place.first), [place.okrug], "2027-04-14", state=state)

    if may_begin:
        assert protocols.begin(meeting, by=drafter, at=at).number == 1
    else:
        with pytest.raises(Refused):
            protocols.begin(meeting, by=drafter, at=at)


def test_clocks_that_ran_are_a_start_whatever_the_hour(held):
    Meeting.objects.update(state=MeetingState.ANNOUNCED, people=None)

    assert protocols.begin(held.meeting, by=held.drafter, at=a_moment(2027, 4, 14, 15, 30))


RIGHTS = {
    "begin": {Role.DRAFTER, Role.COORDINATOR},
    "write": {Role.DRAFTER, Role.COORDINATOR},
    "sign": {Role.AKIM, Role.COORDINATOR},
    "publish": {Role.DRAFTER, Role.COORDINATOR},
}


def acts(held, user):
    """Each act as ``user`` would do it soundly."""
    draft = held.begin()
    version = {"by": user, "version": draft.version, "at": EVENING}
    yield "begin", lambda: protocols.begin(held.meeting, by=user, at=EVENING)
    yield "write", lambda: protocols.write(draft, {"remark": "x"}, **version)
    with transaction.atomic():
        yield "sign", lambda: protocols.sign(draft, **version)
        transaction.set_rollback(True)
    signed = held.sign(Protocol.objects.get())
    yield "publish", lambda: protocols.publish(signed, by=user, version=signed.version, at=EVENING)


@pytest.mark.parametrize("role", [*Role, None])
def test_each_act_is_for_its_roles_in_its_territory(held, role):
    near = make_user(role, held.place.first if role else None)
    far = [
        make_user(role, unit)
        for unit in (held.place.okrug, held.place.second)
        if role
    ]  # fmt: skip
    for user in (near, *far):
        Protocol.objects.filter(state=ProtocolState.DRAFT).delete()
        for act in RIGHTS:
            with transaction.atomic():
                allowed = role in RIGHTS[act] and user == near
                do = next(deed for name, deed in acts(held, user) if name == act)
                if allowed:
                    assert do()
                else:
                    with pytest.raises(PermissionDenied):
                        do()
                transaction.set_rollback(True)


def test_an_old_page_is_told_and_a_second_signature_is_refused(held):
    draft = held.begin()
    protocols.write(draft, {"remark": "бірінші"}, by=held.drafter, version=1)
    with pytest.raises(StaleEdit) as stale:
        protocols.write(draft, {"remark": "екінші"}, by=held.drafter, version=1)
    assert stale.value.theirs.remark == "бірінші"

    signed = held.sign(Protocol.objects.get())
    with pytest.raises(StaleEdit):
        protocols.sign(signed, by=held.akim, version=2)
    with pytest.raises(Refused):
        protocols.sign(signed, by=held.akim, version=signed.version)
    with pytest.raises(Refused):
        protocols.write(signed, {"remark": "x"}, by=held.drafter, version=signed.version)
    draft = held.begin(reason="Қате")
    with pytest.raises(Refused):
        protocols.publish(draft, by=held.drafter, version=draft.version)


def test_the_database_keeps_what_was_signed(held):
    held.sign(held.begin())

    for change in (
        lambda: Protocol.objects.update(canonical="{}"),
        lambda: Protocol.objects.update(sha256="0" * 64),
        lambda: Protocol.objects.update(state=ProtocolState.DRAFT),
        lambda: Protocol.objects.update(remark="x"),
        lambda: Protocol.objects.update(pictures=["https://example.kz/2.jpg"]),
        lambda: Protocol.objects.all().delete(),
    ):
        with pytest.raises(Error, match="signed off never changes"), transaction.atomic():
            change()
