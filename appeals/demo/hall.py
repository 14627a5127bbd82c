"""A hall that is open today: a meeting outside the calendar, its row in the middle of the talk."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from appeals.demo.hall_texts import CONFLICT, HANDS, PAPERS, PHONES, REASON, SENT, Asked
from appeals.enums import HallOutcome, QuestionState
from appeals.hall_steps import HallDeed
from appeals.models import HallItem, HallVoice, Question, QuestionMove, Support
from appeals.searching import findable
from appeals.services import hall, hall_phones
from appeals.services.asking import receive, region_of
from appeals.services.hall import Outcome, Stamp
from appeals.services.people import keep_person
from meetings.demo.calendars import at
from meetings.enums import MarkKind, MeetingState, OfficialKind, Topic, Way
from meetings.models import Meeting, MeetingDay, Office, Unit, User
from meetings.sealing import mark
from meetings.services import day as days
from meetings.services.outside import call_meeting
from meetings.services.publishing import raise_public

DISTRICT, OKRUG = "274400000", "274430000"
SECRETARY, SECOND = "drafter@akimat.example", "coordinator@akimat.example"
NAMES = UUID("2f0b7a54-6f3f-4f27-9d0c-6f0f0e1c2a11")
_MINUTE = timedelta(minutes=1)


def load(today: date) -> None:
    """Write the meeting of today with its console open.

    Nothing where its people are missing, or where the akim meets somebody else that day.
    """
    secretary = User.objects.filter(email=SECRETARY).first()
    second = User.objects.filter(email=SECOND).first()
    office = Office.objects.filter(unit__kato=DISTRICT).select_related("unit").first()
    place = Unit.objects.filter(kato=OKRUG, valid_to=None).first()
    if secretary and second and office and place and not _is_busy(office, today):
        _Hall(today, secretary, second, office, place).write()


def _is_busy(office: Office, day: date) -> bool:
    others = Meeting.objects.filter(host=office, day=day)
    return others.exclude(state=MeetingState.CANCELLED).exists()


class _Hall:
    """Writes one hall; identities follow from names, so that a second demo is the same."""

    def __init__(self, today: date, secretary: User, second: User, office: Office, place: Unit):
        self.secretary, self.second = secretary, second
        self.office, self.place, self.today = office, place, today
        self.began = _beginning(today)
        self.notes = 0
        self.day: MeetingDay

    def write(self) -> None:
        self._open()
        sent = [self._sent(asked) for asked in SENT]
        self._clocks()
        hands = [self._enter("hand", text) for text in HANDS]
        papers = [self._enter("paper", text, name) for text, name in PAPERS]
        phones = [
            hall_phones.send(
                self.day, text, device=mark(f"demo phone {number}"), visitor="127.0.0.1",
                language="kk", at=self._at(16 + number),
            )
            for number, text in enumerate(PHONES)
        ]  # fmt: skip
        self._let_through(phones[0], voices=5)
        self._said(sent, papers)
        self._conflict(sent[4].uuid)
        hall.move(self.day, hands[0].uuid, HallDeed.CALL, **self._by(40))
        raise_public("appeals")

    def _open(self) -> None:
        ends = min(self.began + timedelta(hours=2), at(self.today, 23))
        meeting = call_meeting(
            self.office, [self.place], self.today, by=self.secretary, reason=REASON,
            at=at(self.today - timedelta(days=8)), starts_at=self.began.time(),
            ends_at=ends.time() if ends > self.began else None, way=Way.IN_PERSON,
            place_kk="Переметное ауылының мәдениет үйі", place_ru="Дом культуры села Переметное",
            topics=[Topic.WATER, Topic.ROADS],
        )  # fmt: skip
        self.day = days.open_day(meeting, by=self.secretary, at=self.began - 30 * _MINUTE)
        self.day = days.describe(
            self.day,
            {"agenda": "Аудан әкімінің есебі: ауылдағы су құбыры\nСұрақ-жауап"},
            {OfficialKind.EXECUTIVE: (3, "Су шаруашылығы бөлімінің басшысы"),
             OfficialKind.POLICE: (1, "")},
            by=self.secretary, version=self.day.version, at=self.began - 20 * _MINUTE,
        )  # fmt: skip

    def _clocks(self) -> None:
        for kind, minutes, value in (
            (MarkKind.REPORT_START, 0, None), (MarkKind.PEOPLE, 5, 86),
            (MarkKind.QUESTIONS_START, 11, None),
        ):  # fmt: skip
            days.note(self.day, kind, by=self.secretary, uuid=self._name(), value=value,
                      at=self._at(minutes))  # fmt: skip

    def _sent(self, asked: Asked) -> Question:
        when = at(self.today - timedelta(days=asked.days), 14)
        question = Question(
            unit=self.place, region=region_of(self.place), meeting=self.day.meeting,
            text=asked.text, topic=asked.topic, language=asked.language, created_at=when,
            person=keep_person(language=asked.language, at=when, name=asked.name),
            **findable(asked.text),
        )  # fmt: skip
        receive(question, when)
        if asked.is_public:
            question.public_text, question.published_at = asked.text, when + timedelta(hours=3)
            question.state = QuestionState.PUBLISHED
            question.voices = asked.voices
            question.save()
            QuestionMove.objects.create(
                question=question, deed="publish", from_state=QuestionState.WAITING,
                to_state=QuestionState.PUBLISHED, at=question.published_at,
            )  # fmt: skip
            Support.objects.bulk_create(
                Support(question=question, mark=mark(f"demo voice {question.number} {number}"),
                        language="kk", at=when + timedelta(hours=4 + number))
                for number in range(asked.voices)
            )  # fmt: skip
        return question

    def _enter(self, source: str, text: str, name: str = "") -> HallItem:
        return hall.enter(
            self.day, source, text=text, name=name, language="kk", **self._by(15 + self.notes % 9)
        ).item

    def _let_through(self, item: HallItem, *, voices: int) -> None:
        hall.show(self.day, item.uuid, text=item.text, **self._by(20, 1))
        HallVoice.objects.bulk_create(
            HallVoice(item=item, mark=mark(f"demo hall voice {number}"), visitor="",
                      at=self._at(22))
            for number in range(voices)
        )  # fmt: skip
        HallItem.objects.filter(pk=item.pk).update(voices=voices)

    def _said(self, sent: list[Question], papers: list[HallItem]) -> None:
        promised_for = self.today + timedelta(days=60)
        for uuid, outcome, minutes in (
            (sent[0].uuid, Outcome(HallOutcome.ANSWERED, SENT[0].answer), 18),
            (sent[1].uuid, Outcome(HallOutcome.PROMISED, SENT[1].answer, "Бәйтерек ауданының әкімі",
                                   promised_for), 25),
            (papers[0].uuid, Outcome(HallOutcome.TAKEN_AWAY), 31),
        ):  # fmt: skip
            hall.move(self.day, uuid, HallDeed.CALL, **self._by(minutes))
            hall.note_outcome(self.day, uuid, outcome, **self._by(minutes + 4, 9))

    def _conflict(self, uuid: UUID) -> None:
        """Two people noted the same talk, each without a connection."""
        first, other = (Outcome(HallOutcome.ANSWERED, words) for words in CONFLICT)
        hall.note_outcome(self.day, uuid, first, **self._by(37, 0))
        by = self._by(38, 0) | {"by": self.second}
        hall.note_outcome(self.day, uuid, other, **by)

    def _by(self, minutes: int, version: int = 0) -> dict:
        return {
            "by": self.secretary, "stamp": Stamp(self._name(), version=version),
            "at": self._at(minutes),
        }  # fmt: skip

    def _name(self) -> UUID:
        self.notes += 1
        return uuid5(NAMES, f"{self.today} {self.notes}")

    def _at(self, minutes: int) -> datetime:
        return self.began + minutes * _MINUTE


def _beginning(today: date) -> datetime:
    """So that the talk goes on while somebody looks at it: three quarters of an hour ago."""
    now = timezone.localtime()
    if now.date() != today:
        return at(today, 15)
    began = now - 45 * _MINUTE
    floor = timezone.make_aware(datetime.combine(today, time(0, 0)))
    return max(began - timedelta(minutes=began.minute % 5, seconds=began.second,
                                 microseconds=began.microsecond), floor)  # fmt: skip
