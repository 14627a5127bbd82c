"""A demand from the villager's form to its threshold, and the office's answer, in a browser."""

import re

import pytest
from django.core import mail

from appeals.enums import DemandState
from appeals.models import Demand, DemandRule
from meetings.enums import Role
from meetings.services import outbox
from meetings.text import fold
from tests.factories import Region, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def region(transactional_db):
    region = Region()
    for unit in (region.okrug, *region.villages):
        unit.search = f"|{fold(unit.name_kk)}|"
        unit.save()
    DemandRule.objects.update_or_create(
        kind="village", defaults={"voices": 2, "open_days": 30, "answer_days": 10}
    )
    return region


def type_code(page):
    outbox.drain()
    digits = re.search(r"\d{3} \d{3}", mail.outbox[-1].subject)[0]
    page.get_by_label(re.compile("Хаттағы код|Код из письма")).fill(digits)
    page.locator("main form").first.get_by_role("button").click()


def test_a_villager_demands_a_neighbour_supports_and_the_office_comes(
    browser_page, sign_in, axe, region, settings
):
    settings.SHOW_MAILBOX = False
    seen = []

    def look(page):
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
        seen.append((page.url, axe(page)))

    villager = browser_page(js=False, width=360)
    villager.goto("/kk/demands/new/")
    villager.get_by_role("searchbox").fill("Дариян ауылы")
    villager.get_by_role("button", name="Табу").click()
    look(villager)
    villager.locator("#found a").first.click()
    look(villager)
    villager.locator("textarea").fill("Ауыз су күніне екі сағат қана беріледі")
    villager.locator("select[name=topic]").select_option("water")
    villager.locator("input[name=name]").fill("Әсел Нұрланова")
    villager.locator("input[name=email]").fill("asel@example.kz")
    villager.locator("input[name=consent]").check()
    villager.get_by_role("button", name="Жіберу және код алу").click()
    type_code(villager)
    assert "комиссияның оқуын күтіп тұр" in villager.inner_text("main")
    look(villager)

    demand = Demand.objects.get()
    clerk = sign_in(browser_page(locale="ru"), make_user(Role.COMMISSION, region.first))
    clerk.goto(f"/ru/desk/demands/{demand.uuid}/")
    look(clerk)
    clerk.locator("details[open] button").click()
    clerk.wait_for_load_state()

    neighbour = browser_page(width=360)
    neighbour.goto(f"/ru/demands/{demand.uuid}/")
    look(neighbour)
    neighbour.get_by_role("link", name="Поддержать это требование").click()
    neighbour.locator("input[name=email]").fill("bek@example.kz")
    look(neighbour)
    neighbour.get_by_role("button", name="Отправить").click()
    type_code(neighbour)
    neighbour.wait_for_url("**voice=reached")
    assert "не хватало именно вашего голоса" in neighbour.inner_text("main")

    office = sign_in(browser_page(locale="ru"), make_user(Role.DRAFTER, region.okrug))
    office.goto("/ru/desk/demands/")
    look(office)
    office.locator(".request a").first.click()
    office.get_by_role("link", name="Ответить встречей").click()
    look(office)
    demand.refresh_from_db()
    office.locator("input[name=day]").fill(f"{demand.due_on:%d.%m.%Y}")
    office.locator("input[name=starts_at]").fill("18:00")
    office.locator("input[name=place_ru]").fill("Клуб")
    office.get_by_role("button", name="Назначить встречу").last.click()
    office.wait_for_load_state()
    demand.refresh_from_db()
    assert demand.state == DemandState.MEETING
    for address in (f"/kk/demands/{demand.uuid}/", "/kk/demands/",
                    f"/kk/meetings/{demand.meeting.uuid}/",
                    f"/kk/units/{region.villages[0].kato}/"):  # fmt: skip
        villager.goto(address)
        look(villager)
    assert [one for one in seen if one[1]] == []
