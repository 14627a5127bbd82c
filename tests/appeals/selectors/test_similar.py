"""Similar questions: which rings are looked through, who sees what, how many queries."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals.enums import QuestionState as State
from appeals.models import Question
from appeals.selectors.similar import similar_to
from appeals.services import asking, moderation
from appeals.similar import features
from meetings.enums import Role, Topic
from tests.factories import Region, make_user
from tests.factories_requests import make_question

pytestmark = pytest.mark.django_db

DRY = "Нет воды на улице Абая уже третью неделю"
DRY_KK = "Абай көшесінде үш аптадан бері су жоқ"
DARK = "На улице Достык не горят фонари"


@pytest.fixture
def region():
    return Region()


@pytest.fixture
def village(region):
    return region.villages[0]


def found(*args, **options) -> list[Question]:
    return [question for question, _likeness in similar_to(*args, **options)]


def test_what_is_said_in_the_other_language_is_found_and_other_matters_are_not(village):
    kazakh = make_question(village, DRY_KK, state=State.PUBLISHED, language="kk")
    make_question(village, DARK, state=State.PUBLISHED)

    assert found(DRY, village) == [kazakh]


def test_the_same_words_count_for_less_the_farther_away(region, village):
    far = make_question(region.second, DRY, state=State.PUBLISHED, topic=Topic.WATER)
    near = make_question(region.villages[1], DRY, state=State.PUBLISHED, topic=Topic.WATER)
    here = make_question(village, DRY, state=State.PUBLISHED, topic=Topic.WATER)

    with_topic = similar_to(DRY, village, topic=Topic.WATER)

    assert [(one, round(likeness, 2)) for one, likeness in with_topic] == [
        (here, 1.0), (near, 0.85), (far, 0.7),
    ]  # fmt: skip
    assert found(DRY, village, topic=Topic.GAS) == [here, near]
    assert found(DRY, village) == [here, near]
    assert found(DRY, region.region) == [far, near, here]


@pytest.mark.parametrize("state", [State.WAITING, State.HELD])
def test_what_is_not_public_is_found_by_the_staff_of_the_territory_alone(region, village, state):
    question = make_question(village, DRY, state=state)
    ours = make_user(Role.COMMISSION, region.region)
    strangers = make_user(Role.COMMISSION, region.second)

    assert found(DRY_KK, village, visible_to=ours) == [question]
    assert found(DRY_KK, village, visible_to=strangers) == []
    assert found(DRY_KK, village) == []


def test_a_question_without_its_code_is_found_by_nobody(region, village):
    make_question(village, DRY, state=State.UNCONFIRMED)

    assert found(DRY, village) == []
    assert found(DRY, village, visible_to=make_user(Role.COMMISSION, region.region)) == []


def test_merged_ones_count_for_the_one_they_are_merged_into(village):
    main = make_question(village, DRY, state=State.PUBLISHED)
    told = make_question(village, DRY_KK, state=State.PUBLISHED, merged_into=main)

    assert found(DRY_KK, village) == [main]
    assert similar_to(DRY_KK, village)[0][1] == pytest.approx(1)
    assert found(DRY, village, but=told) == []
    assert found(DRY, village, but=main) == []


def test_the_best_come_first_and_no_more_than_asked_for(village):
    several = [
        make_question(village, f"{DRY} {'и дорога разбита ' * at}", state=State.PUBLISHED)
        for at in range(4)
    ]

    assert found(DRY, village, most=2) == [several[0], several[1]]


@pytest.mark.parametrize("text", ["", "?", "Здравствуйте!", "x" * 50_000])
def test_a_text_that_says_nothing_finds_nothing(village, text):
    make_question(village, DRY, state=State.PUBLISHED)

    assert found(text, village) == []


@pytest.mark.parametrize("many", [1, 12])
def test_queries_do_not_grow_with_questions(region, village, many):
    for _each in range(many):
        make_question(village, DRY, state=State.PUBLISHED, topic=Topic.WATER)
        make_question(region.second, DRY_KK, state=State.PUBLISHED, topic=Topic.WATER)

    with CaptureQueriesContext(connection) as seen:
        similar_to(DRY, village, topic=Topic.WATER)

    assert len(seen) == 5


def test_asking_and_publishing_keep_what_is_compared(region, village):
    asked = asking.Asked(unit=village, text=DRY, email="asel@example.kz")
    asking.ask(asked, language="ru", visitor="192.0.2.1")
    question = Question.objects.get()
    assert bytes(question.features) == features(DRY)

    Question.objects.update(state=State.WAITING, number="2026-000001", asked_at=question.created_at)
    by = make_user(Role.COMMISSION, region.region)
    moderation.publish(question, text=DARK, by=by, version=1)

    question.refresh_from_db()
    assert bytes(question.features) == features(DARK)
    assert found(DARK, village) == [question]


def test_the_command_counts_anew_what_was_counted_otherwise(village, monkeypatch):
    from appeals.management.commands import refresh_features

    monkeypatch.setattr(refresh_features, "BATCH", 2)
    for features_before in (None, b"", b"\x09\x00\x01\x02", features(DARK)):
        make_question(village, DARK, state=State.PUBLISHED, public_text=DRY, search="x",
                      features=features_before)  # fmt: skip
    waiting = make_question(village, DARK, features=None)
    told = StringIO()

    call_command("refresh_features", stdout=told)

    assert told.getvalue() == "Questions counted anew: 5.\n"
    public = Question.objects.filter(state=State.PUBLISHED)
    assert {bytes(row) for row in public.values_list("features", flat=True)} == {features(DRY)}
    assert set(public.values_list("search", flat=True)) == {DRY.casefold()}
    waiting.refresh_from_db()
    assert bytes(waiting.features) == features(DARK)
