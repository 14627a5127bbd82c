"""Rows of the pool for tests: bodies, problems, promises, questions."""

from datetime import date, datetime

from appeals.enums import ProblemState, QuestionState
from appeals.models import Body, BodyMember, Person, Problem, Promise, Question
from meetings.enums import Role
from meetings.models import Unit, User
from meetings.sealing import address_mark
from meetings.text import fold
from tests.factories import a_moment, make_user

FORMED = a_moment(2026, 3, 2)


def make_body(unit, name="Жолдар бөлімі", **fields) -> Body:
    return Body.objects.create(unit=unit, name_kk=name, name_ru=f"{name} (ru)", **fields)


def make_member(body, **fields) -> User:
    """A user with the role of body who reports for this one."""
    user = make_user(Role.BODY, body.unit, **fields)
    BodyMember.objects.create(body=body, user=user)
    return user


def make_problem(unit, title="Көшедегі жарық", *, state=ProblemState.OPEN, **fields) -> Problem:
    """A problem as it is stored in that state, with what the state needs."""
    values: dict = {"formed_at": FORMED, "title_kk": title, "title_ru": f"{title} (ru)"}
    if state != ProblemState.OPEN:
        values |= {"due_on": date(2026, 3, 24)}
        if "body" not in fields:
            body = Body.objects.filter(unit=unit).first() or make_body(unit)
            values["body"] = body
    if state not in (ProblemState.OPEN, ProblemState.ASSIGNED):
        values |= {"outcome": "Шамдар ілінді.", "closed_at": a_moment(2026, 3, 20)}
    values |= {"region": Unit.objects.above(unit).first(), "search": fold(title)} | fields
    values.setdefault("number", f"2026-{Problem.objects.count() + 1:06d}")
    return Problem.objects.create(unit=unit, state=state, **values)


def make_promise(problem, what="Шам ілу", **fields) -> Promise:
    values: dict = {"made_at": FORMED, "due_on": date(2026, 4, 1), "what_kk": what}
    if "who" not in fields:
        values["body"] = problem.body or make_body(problem.unit)
    return Promise.objects.create(problem=problem, **(values | fields))


def make_question(
    unit, text="Көшеде жарық жоқ", *, email="asel@example.kz", at: datetime = FORMED, **fields
) -> Question:
    """A published question with a confirmed person behind it."""
    person = Person.objects.create(
        sealed=Person.sealed_from(name="Әсел", email=email), mark=address_mark(email),
        language="kk", created_at=at, confirmed_at=at, keep_until=date(2029, 1, 1),
    )  # fmt: skip
    values = {
        "number": f"2026-{Question.objects.count() + 1:06d}", "state": QuestionState.PUBLISHED,
        "language": "kk", "region": Unit.objects.above(unit).first(), "public_text": text,
        "created_at": at, "asked_at": at, "published_at": at,
    }  # fmt: skip
    return Question.objects.create(unit=unit, text=text, person=person, **(values | fields))
