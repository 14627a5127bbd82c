"""A villager's day in a real browser: a question, a voice, an objection, a verdict."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from appeals.enums import HoldReason, ProblemState, QuestionState
from appeals.models import Question, Support
from appeals.services import moderation
from meetings.enums import Role
from meetings.services import outbox
from meetings.text import fold
from tests.appeals.papers import photo
from tests.appeals.pool_rows import make_problem
from tests.browser.deeds import fits
from tests.factories import Region, make_meeting, make_user
from tests.factories_requests import make_question, make_support

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = [(360, "kk", False), (1280, "ru", True)]
WORDS = {
    "kk": {
        "find": "Табу", "send": "Жіберу және код алу", "support": "Бұл сұрақты қолдау",
        "mine": "Өз сұрағымды жіберіп, код алу", "code": "Хаттағы код", "confirm": "Растау",
        "object": "Қарсылықты жіберу", "judge": "Шешілді ме, жоқ па — айту",
        "text": "Мектеп жанындағы жол жөндеуді қажет етеді",
    },
    "ru": {
        "find": "Найти", "send": "Отправить и получить код", "support": "Поддержать вопрос",
        "mine": "Отправить мой и получить код", "code": "Код из письма",
        "confirm": "Подтвердить", "object": "Отправить возражение",
        "judge": "Сказать, решено или нет", "text": "Дорога возле школы требует ремонта",
    },
}  # fmt: skip


@pytest.fixture
def world(transactional_db, settings):
    settings.SHOW_MAILBOX = False
    world = Region()
    for unit in (world.okrug, *world.villages):
        unit.search = f"|{fold(unit.name_kk)}|"
        unit.save()
    world.commission = make_user(Role.COMMISSION, world.first)
    world.meeting = make_meeting(
        world.office(world.first), [world.okrug], timezone.localdate() + timedelta(days=10),
        region=world.region,
    )  # fmt: skip
    return world


def type_code(page, words):
    outbox.drain()
    digits = re.search(r"\d{3} \d{3}", mail.outbox[-1].subject)[0]
    page.get_by_label(words["code"]).fill(digits)
    page.get_by_role("button", name=words["confirm"], exact=True).click()


def fill_question(page, words, email):
    page.locator("[name=text]").fill(words["text"])
    page.locator("[name=topic]").select_option("roads")
    page.locator("[name=name]").fill("Әсел Нұрланова")
    page.locator("[name=email]").fill(email)
    page.locator("[name=consent]").check()


@pytest.mark.parametrize(("width", "language", "js"), SIZES)
def test_a_villager_asks_supports_follows_and_objects_once(
    browser_page, world, width, language, js
):
    words = WORDS[language]
    alike = make_question(
        world.okrug, words["text"] + ".", state=QuestionState.PUBLISHED, topic="roads",
        language=language,
    )  # fmt: skip
    page = browser_page(width=width, js=js, locale=language)
    page.goto(f"/{language}/questions/ask/")
    page.locator("main").get_by_role("searchbox").fill("Дариян ауылдық")
    page.locator("main").get_by_role("button", name=words["find"]).click()
    expect(page.locator("#found a").first).to_have_attribute("href", f"?unit={world.okrug.kato}")
    page.goto(f"/{language}/questions/ask/?meeting={world.meeting.uuid}")
    fill_question(page, words, "asel@example.kz")
    page.get_by_role("button", name=words["send"]).click()
    expect(page.locator("main")).to_contain_text(alike.number)
    assert fits(page)
    page.get_by_role("button", name=words["support"]).click()
    type_code(page, words)
    expect(page.locator("main")).to_contain_text(alike.number)
    assert Support.objects.get().question == alike

    page.goto(f"/{language}/questions/ask/?meeting={world.meeting.uuid}")
    fill_question(page, words, "asel@example.kz")
    picture = {"name": "jol.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    page.locator("input[type=file]").set_input_files(picture)
    page.get_by_role("button", name=words["send"]).click()
    page.locator("input[type=file]").set_input_files(picture)  # no form keeps files on its way
    page.get_by_role("button", name=words["mine"]).click()
    type_code(page, words)
    asked = Question.objects.exclude(pk=alike.pk).get()
    expect(page.locator("h1")).to_contain_text(asked.number)
    assert (asked.meeting, asked.attachments.count()) == (world.meeting, 1)

    moderation.hold(
        asked, reason=HoldReason.INSULT, words="", by=world.commission, version=asked.version
    )
    page.reload()
    page.locator("[name=words]").fill("Мұнда ешкімнің есімі жоқ.")
    page.get_by_role("button", name=words["object"]).click()
    expect(page.locator("main")).to_contain_text("Мұнда ешкімнің есімі жоқ.")
    expect(page.get_by_role("button", name=words["object"])).to_have_count(0)
    assert fits(page)


@pytest.mark.parametrize(("width", "language", "js"), SIZES)
def test_a_villager_says_that_it_is_not_solved_and_it_is_opened_again(
    browser_page, world, width, language, js
):
    words = WORDS[language]
    problem = make_problem(world.okrug, state=ProblemState.SOLVED)
    question = make_question(world.okrug, state=QuestionState.PUBLISHED, problem=problem)
    make_support(question, "bolat@example.kz")
    page = browser_page(width=width, js=js, locale=language)
    page.goto(f"/{language}/problems/{problem.uuid}/")
    page.get_by_role("link", name=words["judge"]).click()
    page.locator("[name=word][value=not_solved]").check()
    page.locator("[name=reason]").fill("Шам жанбайды")
    page.locator("[name=email]").fill("bolat@example.kz")
    page.get_by_role("button", name=words["send"]).click()
    type_code(page, words)

    page.wait_for_url("**verdict=**")
    problem.refresh_from_db()
    assert (problem.state, problem.reopened) == (ProblemState.ASSIGNED, 1)
    expect(page.locator(".problem-marks .state-awaiting")).to_be_visible()
    assert fits(page)
