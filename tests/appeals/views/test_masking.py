"""Personal data on the commission's desk: masked beforehand, published only with a confirmation."""

import pytest

from appeals.enums import QuestionState as State
from meetings.enums import Role
from tests.factories import Region, make_user
from tests.factories_requests import make_question

pytestmark = pytest.mark.django_db
TEXT = "Сосед Ерлан Сериков сливает воду, ул. Абая 42. Звоните 8 701 123 45 67 <b>"
MASKED = "Сосед [имя скрыто] сливает воду, [адрес скрыт]. Звоните [телефон скрыт] <b>"


@pytest.fixture
def region():
    return Region()


@pytest.fixture
def desk(client, region):
    client.force_login(make_user(Role.COMMISSION, region.region))
    return client


def url(question, deed="", language="ru"):
    return f"/{language}/desk/requests/{question.uuid}/{deed}{'/' if deed else ''}"


def form_of(answer, deed="publish"):
    return next(offer["form"] for offer in answer.context["offers"] if offer["deed"] == deed)


def test_the_form_comes_with_the_masked_text_and_shows_what_was_found(desk, region):
    question = make_question(region.okrug, TEXT)

    answer = desk.get(url(question))

    assert form_of(answer)["text"].value() == MASKED
    assert form_of(answer)["personal_stays"].is_hidden
    page = answer.content.decode()
    assert page.count('<mark class="personal">') == 6
    assert "<b>" not in page


def test_a_mask_is_taken_back_and_put_again(desk, region):
    question = make_question(region.okrug, TEXT)

    answer = desk.get(url(question), {"keep": ["1", "x", "9999999"]})

    assert form_of(answer)["text"].value() == MASKED.replace("[адрес скрыт]", "ул. Абая 42")
    assert not form_of(answer)["personal_stays"].is_hidden
    assert [one["url"] for one in answer.context["personal"]] == [
        "?keep=0&keep=1#publish", "?#publish", "?keep=1&keep=2#publish",
    ]  # fmt: skip


def test_a_kazakh_question_is_masked_in_kazakh(desk, region):
    question = make_question(region.okrug, "Менің атым Гүлмира", language="kk")

    assert form_of(desk.get(url(question)))["text"].value() == "Менің атым [есімі жасырылды]"


@pytest.mark.parametrize(("deed", "field"), [("publish", "text"), ("answer", "answer")])
def test_what_is_still_found_goes_out_only_with_a_confirmation(desk, region, deed, field):
    question = make_question(region.okrug, TEXT)
    sent = {"version": 1, field: "Обратитесь по телефону 8 701 123 45 67"}

    refused = desk.post(url(question, deed), sent)
    assert refused.status_code == 422
    assert not form_of(refused, deed)["personal_stays"].is_hidden
    assert "8 701 123 45 67 (телефон)" in refused.content.decode()
    assert form_of(refused, deed)[field].value() == sent[field]
    question.refresh_from_db()
    assert (question.version, question.public_text, question.answer) == (1, "", "")

    assert desk.post(url(question, deed), sent | {"personal_stays": "on"}).status_code == 302
    question.refresh_from_db()
    assert sent[field] in (question.public_text, question.answer)


def test_a_text_that_is_public_already_stands_in_the_form_as_it_is(desk, region):
    question = make_question(region.okrug, TEXT, state=State.PUBLISHED, public_text="Сосед")

    answer = desk.get(url(question))

    assert form_of(answer)["text"].value() == "Сосед"
    assert "оставить как есть" not in answer.content.decode()
