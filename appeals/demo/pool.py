"""The pool of the demo: problems in every state, some of them overdue, through the real doors."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from appeals.demo.pool_texts import BODIES, CASES, Case, Promised
from appeals.enums import Channel, Kind, QuestionState, VerdictWord
from appeals.models import Body, Problem, Question, Support
from appeals.searching import findable
from appeals.services import (
    asking,
    bodies,
    moderation,
    problems,
    promises,
    verdicts,
    voices,
)
from appeals.services.people import confirm_person, keep_person
from meetings.demo.calendars import at
from meetings.demo.people import holder
from meetings.enums import MeetingState, Role
from meetings.models import LetterStop, Meeting, Unit, User
from meetings.sealing import address_mark, mark

REGION = "270000000"


class Hands(NamedTuple):
    """Who does what, and the organisations by their keys."""

    today: date
    commission: User
    bodies: dict[str, Body]

    def ago(self, days: int, hour: int = 10) -> datetime:
        return at(self.today - timedelta(days=days), hour)


def load(today: date) -> None:
    """Write the organisations, then the problems in the order in which they were formed."""
    region = Unit.objects.get(kato=REGION, valid_to=None)
    commission = User.objects.get(assignments__role=Role.COMMISSION, assignments__unit=region)
    hands = Hands(today, commission, _bodies(region))
    cases = [_on_meeting_day(case, today) for case in CASES]
    for number, case in sorted(enumerate(cases), key=lambda one: -one[1].formed):
        _write(case, number, hands)


def _on_meeting_day(case: Case, today: date) -> Case:
    """The case, moved back so far that what was promised at a meeting is of that meeting's day."""
    said = next((one for one in case.promised if one.at_meeting), None)
    if said is None:
        return case
    day = _held(case.unit, today - timedelta(days=said.ago)).values_list("day", flat=True).first()
    if day is None:
        return case
    back = (today - day).days - said.ago
    return case._replace(
        asked=tuple((ago + back, code, text) for ago, code, text in case.asked),
        formed=case.formed + back,
        given=case.given and (case.given[0], case.given[1] + back, case.given[2]),
        promised=tuple(_moved(one, back) for one in case.promised),
        end=case.end and (case.end[0], case.end[1] + back, case.end[2]),
    )  # fmt: skip


def _moved(promised: Promised, back: int) -> Promised:
    end = promised.end
    return promised._replace(
        ago=promised.ago + back,
        steps=tuple((ago + back, text, url) for ago, text, url in promised.steps),
        end=end and (end[0], end[1] + back, end[2]),
    )


def _bodies(region: Unit) -> dict[str, Body]:
    keeper = User.objects.filter(
        assignments__role=Role.ADMINISTRATOR, assignments__unit=region
    ).first()
    found = {}
    for key, (kato, kind, kk, ru) in BODIES.items():
        unit = Unit.objects.get(kato=kato, valid_to=None)
        body = Body(unit=unit, kind=kind, name_kk=kk, name_ru=ru)
        found[key] = bodies.keep(body, by=keeper)
        for user in User.objects.filter(assignments__role=Role.BODY, assignments__unit=unit):
            bodies.add_member(body, user, by=keeper)
    return found


def _write(case: Case, number: int, hands: Hands) -> None:
    unit = Unit.objects.get(kato=case.unit, valid_to=None)
    questions = [
        _asked(case, unit, f"{number}-{one}", one, hands) for one in range(len(case.asked))
    ]
    _supported(questions[0], case, number, hands)
    draft = problems.Draft(unit, case.topic, case.kk, case.ru, risk=case.risk)
    problem = problems.form(draft, questions, by=hands.commission, at=hands.ago(case.formed))
    if case.given:
        key, ago, term = case.given
        problem = problems.assign(
            problem, hands.bodies[key], term_days=term, by=hands.commission,
            version=problem.version, at=hands.ago(ago, 11),
        )  # fmt: skip
    for promised in case.promised:
        _promised(problem, promised, unit, hands)
    if case.end:
        step, ago, words = case.end
        problem.refresh_from_db()
        problem = problems.close(
            problem, step, words=words, by=hands.commission, version=problem.version,
            at=hands.ago(ago, 16),
        )  # fmt: skip
        _judged(problem, case, number, hands.ago(ago - 3, 19))


def _asked(case: Case, unit: Unit, key: str, number: int, hands: Hands) -> Question:
    ago, language, text = case.asked[number]
    moment = hands.ago(ago, 9)
    person = keep_person(
        language=language, at=moment, name=holder(hash_of(key))[language == "ru"],
        email=_address(key),
    )  # fmt: skip
    # The demo's mailbox is for letters of those who try it.
    LetterStop.objects.create(mark=address_mark(_address(key)), at=moment)
    question = Question.objects.create(
        unit=unit, region=asking.region_of(unit), kind=Kind.INQUIRY, topic=case.topic, text=text,
        language=language, channel=Channel.SITE, person=person, created_at=moment,
        state=QuestionState.UNCONFIRMED, **findable(text),
    )  # fmt: skip
    asking.receive(question, moment)
    confirm_person(person, moment)
    return moderation.publish(
        question, text=text, by=hands.commission, version=question.version, at=hands.ago(ago, 15)
    )


def hash_of(key: str) -> int:
    """A small number that is the same for the same key."""
    return sum(key.encode()) % 60


def _address(key: str) -> str:
    return f"tenant-{key}@mail.example"


def _supported(question: Question, case: Case, number: int, hands: Hands) -> None:
    moment = hands.ago(max(case.formed, 1), 9)
    Support.objects.bulk_create(
        Support(question=question, mark=mark(f"demo-pool:{number}:{one}"), language="kk", at=moment)
        for one in range(case.voices)
    )
    voices.recount(question)


def _promised(problem: Problem, promised: Promised, unit: Unit, hands: Hands) -> None:
    day = hands.today - timedelta(days=promised.ago)
    meeting = _held(unit.kato, day).filter(day=day).first() if promised.at_meeting else None
    said = promises.Said(
        what_kk=promised.kk, what_ru=promised.ru, body=problem.body, term_days=promised.term,
        money=None if promised.money is None else Decimal(promised.money),
    )  # fmt: skip
    promise = promises.make(
        problem, said, by=hands.commission, meeting=meeting, at=hands.ago(promised.ago, 17)
    )
    for ago, text, url in promised.steps:
        promises.step(
            promise, text=text, url=url, by=hands.commission, version=promise.version,
            at=hands.ago(ago, 12),
        )  # fmt: skip
        promise.version += 1
    if promised.end:
        step, ago, words = promised.end
        promises.close(
            promise, step, words=words, by=hands.commission, version=promise.version,
            at=hands.ago(ago, 12),
        )  # fmt: skip


def _held(kato: str, until: date) -> QuerySet[Meeting]:
    """Meetings held for the place, or for what it lies in, up to a day; the last one first."""
    places = Unit.objects.above(Unit.objects.get(kato=kato, valid_to=None))
    held = Meeting.objects.filter(targets__in=places, state=MeetingState.HELD, day__lte=until)
    return held.order_by("-day", "pk")


def _judged(problem: Problem, case: Case, number: int, moment: datetime) -> None:
    """First those who are content; a verdict that it is not solved opens the problem again."""
    marks = [mark(f"demo-pool:{number}:{one}") for one in range(case.solved)]
    for one in marks:
        verdicts.give(problem, one, VerdictWord.SOLVED, "", 0, at=moment)
    if case.not_solved:
        author = address_mark(_address(f"{number}-0"))
        verdicts.give(problem, author, VerdictWord.NOT_SOLVED, case.not_solved, 0, at=moment)
