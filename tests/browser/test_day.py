"""The secretary's console in a real browser: by forms alone, and with the connection cut."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.enums import Role
from meetings.models import DayMark
from meetings.services.day import open_day
from tests.factories import Region, make_meeting, make_user

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {  # what the buttons say
    "ru": {"people": "Сколько человек пришло", "waits": "Нет связи", "sent": "Всё отправлено."},
    "kk": {"people": "Келген адам саны", "waits": "Байланыс жоқ", "sent": "Бәрі жіберілді."},
}
SIZES = [(360, "kk"), (1280, "ru")]


@pytest.fixture
def world():
    world = Region()
    world.secretary = make_user(Role.DRAFTER, world.first)
    world.meeting = make_meeting(
        world.office(world.first), [world.okrug], timezone.localdate(), region=world.region
    )
    open_day(world.meeting, by=world.secretary)
    return world


def console(world, language) -> str:
    return f"/{language}/desk/meetings/{world.meeting.uuid}/day/"


def clock(page, name):
    return page.locator(f"[data-clock={name}]")


def kinds() -> list[str]:
    return list(DayMark.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(("width", "language"), SIZES)
def test_what_is_noted_without_a_connection_is_sent_later_and_once(
    browser_page, sign_in, world, width, language
):
    words = WORDS[language]
    page = sign_in(
        browser_page(width=width, expects=["ERR_INTERNET_DISCONNECTED"]), world.secretary
    )
    page.goto(console(world, language))
    clock(page, "report").get_by_role("button").click()
    expect(page.locator("#day-connection")).to_have_text(words["sent"])

    page.context.set_offline(True)
    clock(page, "questions").get_by_role("button").click()
    page.get_by_label(words["people"]).fill("57")
    page.get_by_label(words["people"]).press("Enter")
    expect(page.locator("#day-waiting li")).to_have_count(2)
    expect(page.locator("#day-connection")).to_contain_text(words["waits"])
    assert len(kinds()) == 1

    page.context.set_offline(False)
    expect(page.locator("#day-connection")).to_have_text(words["sent"])
    expect(page.locator("#day-clocks")).to_contain_text("57")
    assert kinds() == ["report_start", "questions_start", "people"]
    page.reload()
    expect(page.locator("#day-waiting")).to_be_hidden()
    assert len(kinds()) == 3


def test_an_answer_that_was_lost_on_its_way_makes_no_second_note(browser_page, sign_in, world):
    page = sign_in(browser_page(expects=["ERR_FAILED"]), world.secretary)
    page.goto(console(world, "ru"))

    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/day/note/", lose)
    clock(page, "report").get_by_role("button").click()
    expect(page.locator("#day-connection")).to_contain_text(WORDS["ru"]["waits"])
    page.unroute("**/day/note/")
    page.evaluate("window.dispatchEvent(new Event('online'))")

    expect(page.locator("#day-connection")).to_have_text(WORDS["ru"]["sent"])
    assert kinds() == ["report_start"]


@pytest.mark.parametrize(("width", "language"), SIZES)
def test_the_console_works_by_forms_alone(browser_page, sign_in, world, width, language):
    page = sign_in(browser_page(js=False, width=width), world.secretary)
    page.goto(console(world, language))

    clock(page, "report").get_by_role("button").click()
    page.get_by_label(WORDS[language]["people"]).fill("57")
    page.get_by_label(WORDS[language]["people"]).press("Enter")

    expect(page.locator("#day-clocks")).to_contain_text("57")
    assert kinds() == ["report_start", "people"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "language"), SIZES)
def test_the_console_is_accessible_and_fits(
    browser_page, sign_in, axe, world, width, language, dark
):
    page = sign_in(browser_page(width=width, dark=dark), world.secretary)
    page.goto(console(world, language))

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
