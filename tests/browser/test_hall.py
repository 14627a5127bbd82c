"""A secretary's day with its row of questions: the network cut in the middle of the meeting.

A phone and the big screen of the same hall stand beside it.
"""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from appeals.enums import QuestionState
from appeals.models import HallItem, HallNote, Promise, Question
from appeals.services import hall, hall_phones
from appeals.services.hall import Outcome
from meetings.enums import Role
from meetings.services.day import open_day
from tests.appeals.halls import a_stamp
from tests.factories import Region, make_meeting, make_user
from tests.factories_requests import make_question

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {
    "kk": {
        "sent": "Бәрі жіберілді.", "waits": "Байланыс жоқ", "call": "Шақыру",
        "hand": "Қол көтерді", "what": "Не айтылды", "note": "Жазу", "promised": "уәде берілді",
        "open": "Айтылғанды жазу", "who": "Уәде берген: лауазымы мен аты-жөні",
        "by": "Мерзімі", "words": "Көтерілген қол; қаласаңыз, сөзбен", "let": "Жіберу",
        "noted": "Осы құрылғыда жазылды:", "ask": "Сұрақ қою", "send": "Хатшыға жіберу",
        "yours": "Сұрағыңыз", "support": "Қолдау", "voice": "Дауыс беру",
    },
    "ru": {
        "sent": "Всё отправлено.", "waits": "Нет связи", "call": "Вызвать",
        "hand": "Поднята рука", "what": "Что было сказано", "note": "Записать",
        "promised": "обещано", "open": "Записать, что было сказано",
        "who": "Кто обещал: должность и имя", "by": "Срок",
        "words": "Поднятая рука; по желанию — слова", "let": "Пропустить",
        "noted": "Записано на этом устройстве:", "ask": "Задать вопрос",
        "send": "Отправить секретарю", "yours": "Ваш вопрос", "support": "Поддержать",
        "voice": "Отдать голос",
    },
}  # fmt: skip


@pytest.fixture
def world():
    world = Region()
    world.secretary = make_user(Role.DRAFTER, world.first)
    world.meeting = make_meeting(
        world.office(world.first), [world.okrug], timezone.localdate(), region=world.region
    )
    world.day = open_day(world.meeting, by=world.secretary)
    world.question = make_question(
        world.okrug, "Мектеп қашан салынады?", meeting=world.meeting,
        number="2020-000001",
        state=QuestionState.PUBLISHED,
    )  # fmt: skip
    return world


def row_of(page, uuid):
    return page.locator(f"[data-hall-row='{uuid}']")


@pytest.mark.parametrize(("width", "language"), [(360, "kk"), (1280, "ru")])
def test_answers_noted_without_a_connection_are_sent_later_and_once(
    browser_page, sign_in, world, width, language
):
    words = WORDS[language]
    page = sign_in(
        browser_page(width=width, expects=["ERR_INTERNET_DISCONNECTED"]), world.secretary
    )
    page.goto(f"/{language}/desk/meetings/{world.meeting.uuid}/day/")
    row_of(page, world.question.uuid).get_by_role("button", name=words["call"]).click()
    expect(page.locator(".hall-now [data-hall-row]")).to_have_count(1)

    page.context.set_offline(True)
    called = page.locator(".hall-now")
    called.get_by_label(words["what"]).fill("2028 жылы салынады.")
    called.get_by_role("button", name=words["note"]).click()
    expect(called.locator("[data-hall-noted]")).to_contain_text(words["noted"])
    page.get_by_label(words["words"]).fill("Көпір қашан?")
    page.get_by_role("button", name=words["hand"]).click()
    raised = page.locator("[data-hall-waiting] > li").last
    expect(raised).to_contain_text("Көпір қашан?")
    raised.locator("summary", has_text=words["open"]).click()
    expect(raised.get_by_label(words["who"])).to_be_hidden()
    raised.get_by_label(words["promised"]).check()
    raised.get_by_label(words["what"]).fill("Көпір жөнделеді")
    raised.get_by_label(words["who"]).fill("Аудан әкімі")
    raised.get_by_label(words["by"], exact=True).fill(f"01.12.{timezone.localdate().year + 1}")
    raised.get_by_role("button", name=words["note"]).click()
    expect(page.locator("#day-waiting li")).to_have_count(3)
    expect(page.locator("#day-connection")).to_contain_text(words["waits"])
    assert HallNote.objects.count() == 1

    page.context.set_offline(False)
    expect(page.locator("#day-connection")).to_have_text(words["sent"])
    expect(page.locator("#hall-done")).to_contain_text("(2)")
    page.reload()
    expect(page.locator("#day-waiting")).to_be_hidden()
    deeds = list(HallNote.objects.order_by("pk").values_list("deed", flat=True))
    assert deeds == ["call", "outcome", "enter", "outcome"]
    assert Question.objects.get(pk=world.question.pk).answer == "2028 жылы салынады."
    promise = Promise.objects.get()
    assert promise.problem.questions.get().text == "Көпір қашан?"


def test_a_phone_asks_supports_and_the_secretary_lets_through(browser_page, sign_in, world):
    words = WORDS["kk"]
    phone = browser_page(width=360, locale="kk-KZ", js=False)
    phone.goto(f"/h/{world.day.code}")
    phone.get_by_role("link", name=words["support"]).click()
    phone.get_by_role("button", name=words["voice"]).click()
    phone.get_by_role("link", name=words["ask"]).click()
    phone.get_by_label(words["yours"]).fill("Су қашан болады?")
    phone.get_by_role("button", name=words["send"]).click()
    expect(phone.locator("#sent")).to_be_visible()

    desk = sign_in(browser_page(width=360), world.secretary)
    desk.goto(f"/kk/desk/meetings/{world.meeting.uuid}/day/")
    item = HallItem.objects.get(source="phone")
    row_of(desk, item.uuid).get_by_role("button", name=words["let"]).click()
    expect(desk.locator("[data-hall-waiting]")).to_contain_text("Су қашан болады?")

    phone.goto(f"/kk/h/{world.day.code}/")
    expect(phone.locator("#hall")).to_contain_text("Су қашан болады?")
    expect(phone.locator("#hall")).to_contain_text("1 дауыс")


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1920, True)])
def test_phone_screen_and_console_are_accessible_and_fit(
    browser_page, sign_in, axe, world, width, dark
):
    by = {"by": world.secretary}
    hall_phones.send(world.day, "Су?", device="a" * 64, visitor="1", language="kk")
    hall.enter(world.day, "hand", stamp=a_stamp(), **by)
    hall.enter(world.day, "paper", text="Дәріхана?", stamp=a_stamp(), **by)
    done = make_question(world.okrug, meeting=world.meeting, number="2020-000002")
    for answer in ("Иә.", "Жоқ."):
        hall.note_outcome(
            world.day, done.uuid, Outcome("answered", answer), stamp=a_stamp(9, device=answer), **by
        )
    hall.move(world.day, world.question.uuid, "call", stamp=a_stamp(), **by)
    code = world.day.code
    public = [f"/kk/h/{code}/", f"/ru/h/{code}/screen/", f"/kk/h/{code}/ask/",
              f"/ru/h/{code}/poster/", "/kk/h/"]  # fmt: skip
    for where in public:
        page = browser_page(width=width, dark=dark)
        page.goto(where)
        assert axe(page) == [], where
        assert page.evaluate("document.documentElement.scrollWidth") <= width, where
    page = sign_in(browser_page(width=width, dark=dark), world.secretary)
    page.goto(f"/kk/desk/meetings/{world.meeting.uuid}/day/")

    expect(page.locator("#day-apart")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
