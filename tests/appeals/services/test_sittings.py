"""Sittings of the commission: planned, decided, held, frozen."""

from datetime import date, time

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from appeals.enums import ProblemState, SittingState
from appeals.enums import QuestionState as State
from appeals.models import Body, Sitting
from appeals.services import problems, sitting_items, sitting_pool, sittings
from appeals.services.sittings import Member
from meetings.enums import Role, Topic
from meetings.errors import Refused, StaleEdit
from meetings.models import Act
from tests.appeals.sittings import DAY, MEMBERS, VALUES, make_sitting
from tests.factories import Region, a_moment, make_user
from tests.factories_requests import make_question

pytestmark = pytest.mark.django_db
AFTER = a_moment(2026, 11, 20, 12)


@pytest.fixture
def region():
    return Region()


@pytest.fixture
def clerk(region):
    return make_user(Role.COMMISSION, region.first)


@pytest.fixture
def sitting(region, clerk):
    return make_sitting(region.first, clerk)


def do(act, sitting, *args, by, **more):
    """An act over the version that is stored now."""
    sitting.refresh_from_db()
    done = act(sitting, *args, by=by, version=sitting.version, **more)
    sitting.refresh_from_db()
    return done


def words(sitting, by, decision="Жолды жөндеу тапсырылсын.", **more):
    """An item in words with its decision."""
    do(sitting_items.add_words, sitting, by=by, title_kk="Жол", title_ru="Дорога")
    item = sitting.items.last()
    said = {"title_kk": "Жол", "title_ru": "Дорога", "decision_kk": decision, "decision_ru": ""}
    do(sitting_items.decide, sitting, item, by=by, **said | more)
    return item


def test_a_new_sitting_takes_the_members_of_the_last_all_present(region, clerk, sitting):
    again = sittings.plan(region.first, VALUES | {"number": 2, "day": date(2026, 11, 27)}, by=clerk)

    assert [(one.name, one.is_chair, one.is_present) for one in again.members.all()] == [
        (one.name, one.is_chair, True) for one in MEMBERS
    ]
    assert sittings.next_number_in(region.first, 2026) == 3
    assert sittings.next_number_in(region.first, 2027) == 1


def test_the_agenda_comes_from_the_queue_the_pool_and_words(region, clerk, sitting):
    asked = make_question(
        region.okrug, "Меня зовут Айгуль, 8 701 123 45 67. Когда дорога?", topic=Topic.ROADS
    )
    kazakh = make_question(region.okrug, "Су қашан келеді?", language="kk", state=State.PUBLISHED)
    problem = problems.form(
        problems.Draft(unit=region.first, title_kk="Жарық жоқ", title_ru="Нет света"), by=clerk
    )

    do(sitting_items.pick, sitting, [asked, kazakh], [problem], by=clerk)
    do(sitting_items.add_words, sitting, by=clerk, title_kk="", title_ru="Разное")
    with pytest.raises(Refused):
        do(sitting_items.pick, sitting, [asked], [problem], by=clerk)
    do(sitting_items.raise_item, sitting, sitting.items.last(), by=clerk)

    assert [(one.title_in("kk"), one.title_in("ru")) for one in sitting.items.all()] == [
        ("Меня зовут [имя скрыто], [телефон скрыт]. Когда дорога?",) * 2,
        ("Су қашан келеді?", "Су қашан келеді?"), ("Разное", "Разное"),
        ("Жарық жоқ", "Нет света"),
    ]  # fmt: skip
    do(sitting_items.drop, sitting, sitting.items.first(), by=clerk)
    assert [one.position for one in sitting.items.all()] == [0, 1, 2]


def test_a_decision_forms_a_problem_and_gives_it_out_with_words_in_both_languages(
    region, clerk, sitting
):
    asked = make_question(region.okrug, "Когда дорога?", topic=Topic.ROADS)
    body = Body.objects.create(unit=region.first, name_kk="Жол бөлімі", name_ru="Отдел дорог")
    do(sitting_items.pick, sitting, [asked], by=clerk)
    item = sitting.items.get()
    draft = problems.Draft(unit=region.okrug, topic=Topic.ROADS, title_kk="Жол", title_ru="Дорога")

    problem = do(sitting_pool.form_problem, sitting, item, draft, by=clerk)
    do(sitting_pool.assign, sitting, item, body, by=clerk, due_on=date(2026, 12, 25),
       at=a_moment(2026, 11, 20, 11))  # fmt: skip

    asked.refresh_from_db()
    problem.refresh_from_db()
    item.refresh_from_db()
    assert (asked.problem, problem.state, problem.body) == (problem, ProblemState.ASSIGNED, body)
    assert item.decision_kk == (
        f"Пулға № {problem.number} проблемалық мәселе енгізілсін: Жол.\n"
        "Жауапты орган: Жол бөлімі. Мерзімі: 2026 жылғы 25 желтоқсан."
    )
    assert item.decision_ru == (
        f"Внести в пул проблему № {problem.number}: Дорога.\n"
        "Ответственный орган: Отдел дорог. Срок: до 25 декабря 2026 г."
    )
    with pytest.raises(Refused):
        do(sitting_pool.form_problem, sitting, item, draft, by=clerk)
    with pytest.raises(Refused):
        do(sitting_pool.assign, sitting, words(sitting, clerk), body, by=clerk, term_days=5)


def test_a_held_sitting_is_frozen_and_logged(region, clerk, sitting):
    item = words(sitting, clerk)

    do(sittings.hold, sitting, by=clerk, ends_at=time(11, 30), at=AFTER)

    assert (sitting.state, sitting.ends_at) == (SittingState.HELD, time(11, 30))
    for act, args, more in (
        (sittings.change, [VALUES], {}), (sittings.seat, [MEMBERS], {}), (sittings.hold, [], {}),
        (sitting_items.add_words, [], {"title_kk": "Су", "title_ru": ""}),
        (sitting_items.drop, [item], {}),
    ):  # fmt: skip
        with pytest.raises(Refused):
            do(act, sitting, *args, by=clerk, **more)
    verbs = Act.objects.filter(subject=f"sitting:{sitting.uuid}").values_list("verb", flat=True)
    assert list(verbs.order_by("pk")) == [
        "sitting.plan", "sitting.members", "sitting.agenda", "sitting.decide", "sitting.hold",
    ]  # fmt: skip


def test_it_is_not_held_without_chair_agenda_or_decisions_nor_before_its_hour(clerk, sitting):
    present = Member("Әсел Дариянова")

    def refusal(at=AFTER, **more) -> str:
        with pytest.raises(Refused) as refused:
            do(sittings.hold, sitting, by=clerk, at=at, **more)
        return str(refused.value)

    assert "Күн тәртібі бос" in refusal()
    item = words(sitting, clerk, decision="")
    assert "шешім жоқ: 1" in refusal()
    do(sitting_items.decide, sitting, item, by=clerk, title_kk="Жол", title_ru="",
       decision_kk="", decision_ru="Решено.")  # fmt: skip
    assert "әлі басталған жоқ" in refusal(at=a_moment(2026, 11, 20, 9, 59))
    assert "басталмай жатып" in refusal(ends_at=time(9))
    do(sittings.seat, sitting, [present, Member("Болат")], by=clerk)
    assert "төрағалық" in refusal()
    do(sittings.seat, sitting, [Member("Болат", is_chair=True, is_present=False), present],
       by=clerk)  # fmt: skip
    assert "төрағалық" in refusal()
    do(sittings.seat, sitting, [Member("Болат", is_chair=True)], by=clerk)
    assert "Бір адам" in refusal()
    assert Sitting.objects.get().state == SittingState.PLANNED


def test_bad_plans_and_stale_or_foreign_acts_are_refused(region, clerk, sitting):
    observer = make_user(Role.OBSERVER, region.first)
    neighbour = make_user(Role.COMMISSION, region.second)
    with pytest.raises(Refused):
        sittings.plan(region.first, VALUES, by=clerk)  # the number is taken
    with pytest.raises(Refused):
        sittings.plan(region.first, VALUES | {"number": 3, "ends_at": time(9)}, by=clerk)
    with pytest.raises(Refused):
        do(sittings.seat, sitting, [Member("А", is_chair=True), Member("Б", is_chair=True)],
           by=clerk)  # fmt: skip
    with pytest.raises(StaleEdit):
        sittings.change(sitting, VALUES, by=clerk, version=1)
    for user in (observer, neighbour):
        with pytest.raises(PermissionDenied):
            sittings.plan(region.first, VALUES | {"number": 3}, by=user)
        with pytest.raises(PermissionDenied):
            do(sittings.change, sitting, VALUES, by=user)
    foreign = make_question(region.second)
    with pytest.raises(PermissionDenied):
        do(sitting_items.pick, sitting, [foreign], by=clerk)
    assert sitting.day == DAY


def test_what_a_problem_is_called_later_changes_no_protocol(region, clerk, sitting):
    problem = problems.form(problems.Draft(unit=region.first, title_ru="Нет света"), by=clerk)
    do(sitting_items.pick, sitting, [], [problem], by=clerk)
    item = sitting.items.get()
    do(sitting_items.decide, sitting, item, by=clerk, title_kk="", title_ru="",
       decision_kk="", decision_ru="Решено.")  # fmt: skip
    with time_machine.travel(AFTER, tick=False):
        do(sittings.hold, sitting, by=clerk)
    draft = problems.Draft(unit=region.first, title_ru="Свет есть")
    problems.describe(problem, draft, by=clerk, version=problem.version)

    assert Sitting.objects.get().items.get().title_in("ru") == "Нет света"
