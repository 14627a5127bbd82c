"""Similar questions where they help: before sending, and on the commission's desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals.enums import Purpose
from appeals.enums import QuestionState as State
from appeals.models import Code, Question
from meetings.enums import Role, Topic
from tests.appeals.test_asking import send, typed, url
from tests.factories import Region, make_user
from tests.factories_requests import make_question, make_support

pytestmark = pytest.mark.django_db
LIKE = "Мектеп жанындағы жолды қашан жөндейсіздер?"
RUSSIAN = "Когда отремонтируют дорогу возле школы? Весной не пройти."
SECRET = "Мектеп жанындағы жол нашар, менің үйім Абай көшесі 7"


@pytest.fixture
def region():
    return Region()


def offered(answer) -> set[str]:
    return {like["question"].number for like in answer.context["likes"]}


def test_before_sending_those_like_it_are_shown_in_both_languages_and_only_public(client, region):
    shown = {
        make_question(region.okrug, text, state=State.PUBLISHED, topic=Topic.ROADS).number
        for text in (LIKE, RUSSIAN)
    }
    make_question(region.okrug, SECRET)
    make_question(region.okrug, "На улице Достык не горят фонари", state=State.PUBLISHED)

    answer = send(client, region)

    assert (answer.status_code, offered(answer)) == (200, shown)
    assert "менің үйім" not in answer.content.decode()
    assert not Code.objects.exists()
    assert Question.objects.filter(state=State.UNCONFIRMED).count() == 0


def test_what_was_typed_goes_on_with_the_person(client, region):
    make_question(region.okrug, LIKE, state=State.PUBLISHED)
    step = send(client, region, text='Мектеп жанындағы жол "нашар"\n<b>екінші жол</b>')
    form = step.context["form"]
    kept = {field.name: field.value() for field in form if field.value() is not None}
    page = step.content.decode()
    for name, value in kept.items():
        if name not in ("papers", "website"):
            assert f'name="{name}"' in page, name
            assert str(value) != "" or name == "place_words"
    assert "<b>екінші" not in page

    changed = client.post(url(unit=region.okrug.kato), kept | {"change": "1"})
    assert changed.status_code == 200
    assert changed.context["form"]["text"].value() == kept["text"]

    sent = client.post(url(unit=region.okrug.kato), kept | {"seen": "1"})
    assert sent.status_code == 302
    question = Question.objects.get(state=State.UNCONFIRMED)
    assert question.text == 'Мектеп жанындағы жол "нашар"\n<b>екінші жол</b>'
    assert question.person.details["email"] == "asel@example.kz"


def test_one_of_them_is_supported_instead(client, region):
    like = make_question(region.okrug, LIKE, state=State.PUBLISHED)
    step = send(client, region)
    assert f'action="/ru/questions/{like.uuid}/support/"' in step.content.decode()

    answer = client.post(f"/ru/questions/{like.uuid}/support/", {"email": "asel@example.kz"})

    assert answer.status_code == 302
    assert Code.objects.get().purpose == Purpose.SUPPORT
    assert not Question.objects.filter(state=State.UNCONFIRMED).exists()


def test_what_is_to_be_mended_is_told_before_anything_else(client, region):
    make_question(region.okrug, LIKE, state=State.PUBLISHED)

    assert send(client, region, consent="").status_code == 422
    assert client.post(
        url(unit=region.okrug.kato), typed(email="x") | {"seen": "1"}
    ).status_code == 422  # fmt: skip


def test_the_desk_ranks_what_is_like_it_and_merges_with_one_button(client, region):
    client.force_login(make_user(Role.COMMISSION, region.region))
    question = make_question(region.okrug, LIKE, topic=Topic.ROADS, language="kk")
    make_support(question, "a@example.kz")
    main = make_question(region.okrug, RUSSIAN, state=State.PUBLISHED, topic=Topic.ROADS)
    far = make_question(region.second, RUSSIAN, state=State.PUBLISHED, topic=Topic.ROADS)
    waiting = make_question(region.okrug, LIKE, topic=Topic.ROADS)
    address = f"/ru/desk/requests/{question.uuid}/"

    page = client.get(address)

    likes = page.context["likes"]
    assert [(one["question"], one["takes_merged"]) for one in likes] == [
        (waiting, False), (main, True), (far, True),
    ]  # fmt: skip
    assert [one["percent"] for one in likes] == sorted(
        (one["percent"] for one in likes), reverse=True
    )
    assert page.content.decode().count("Объединить с ним") == 2
    answer = client.post(f"{address}merge/", {"version": 1, "into": main.number})
    assert answer.status_code == 302
    main.refresh_from_db()
    question.refresh_from_db()
    assert (question.merged_into, main.voices) == (main, 1)


def test_readers_see_those_like_it_and_no_button(client, region):
    client.force_login(make_user(Role.OBSERVER, region.region))
    question = make_question(region.okrug, LIKE)
    make_question(region.okrug, LIKE, state=State.PUBLISHED)

    page = client.get(f"/ru/desk/requests/{question.uuid}/")

    assert len(page.context["likes"]) == 1
    assert "Объединить с ним" not in page.content.decode()


def test_pages_take_as_many_queries_however_many_are_alike(client, region):
    client.force_login(make_user(Role.COMMISSION, region.region))
    question = make_question(region.okrug, LIKE)
    counts = []
    for many in (1, 12):
        for _number in range(many):
            make_question(region.okrug, RUSSIAN, state=State.PUBLISHED)
        client.get(f"/ru/desk/requests/{question.uuid}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/ru/desk/requests/{question.uuid}/")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 25
