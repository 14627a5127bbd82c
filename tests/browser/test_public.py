"""The public pages in a real browser: nothing is blocked, nothing fails axe, phones suffice."""

import pytest

from meetings.enums import MeetingState
from meetings.models import PublicVersion
from meetings.text import fold
from tests.factories import Region, an_hour, make_approved, make_meeting

pytestmark = pytest.mark.django_db(transaction=True)

PLACE, REGION = "274230000", "270000000"
PAGES = [
    "/", "/meetings/", "/meetings/?from=32.13.2027", "/meetings/{meeting}/", "/units/?q=дариян",
    f"/units/{PLACE}/", "/calendars/2026/", f"/calendars/2026/{REGION}/",
    f"/calendars/2026/{REGION}/?show=coverage", f"/calendars/2026/{REGION}/?show=findings",
    f"/calendars/2026/{REGION}/?show=grid", f"/calendars/2026/{REGION}/?show=print",
    f"/calendars/2023/{REGION}/",
]  # fmt: skip


@pytest.fixture
def meeting():
    region = Region()
    for unit in (region.region, region.first, region.okrug, *region.villages):
        unit.search = f"|{fold(unit.name_kk)}|"
        unit.save()
    calendar = make_approved(region.region, 2026)
    office = region.office
    make_meeting(
        office(region.region), [region.first], "2026-02-10", calendar=calendar,
        state=MeetingState.HELD, people=50, starts_at=an_hour(10),
    )  # fmt: skip
    make_meeting(
        office(region.okrug), region.villages, "2026-03-10", calendar=calendar,
        state=MeetingState.CANCELLED, reason="Су тасқыны",
    )  # fmt: skip
    coming = make_meeting(
        office(region.first), [region.okrug], "2099-12-10", calendar=calendar,
        state=MeetingState.ANNOUNCED, starts_at=an_hour(15), place_kk="Мәдениет үйі",
    )  # fmt: skip
    PublicVersion.objects.filter(name="meetings").update(number=100)
    return coming


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_is_open_to_everybody(browser_page, axe, meeting, address):
    page = browser_page(width=360, expects=("422",))
    page.goto("/kk" + address.format(meeting=meeting.uuid))

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("h1").count() == 1
    assert axe(page) == []


@pytest.mark.parametrize("address", ["/", "/meetings/{meeting}/", f"/calendars/2026/{REGION}/"])
def test_in_the_dark_and_on_a_wide_screen_too(browser_page, axe, meeting, address):
    page = browser_page(width=1280, dark=True)
    page.goto("/ru" + address.format(meeting=meeting.uuid))

    assert axe(page) == []


def test_a_place_is_found_without_scripts(browser_page, meeting):
    page = browser_page(js=False, width=360)
    page.goto("/ru/")
    page.get_by_label("Найдите свой населённый пункт").fill("дариян")
    page.get_by_role("button", name="Найти").click()
    page.get_by_role("link", name="Дариян ауылдық округі").first.click()

    assert page.locator("h1").inner_text() == "Дариян ауылдық округі"
    assert "Следующая встреча здесь" in page.locator(".answer").inner_text()


def test_places_appear_as_one_types(browser_page, meeting):
    page = browser_page()
    page.goto("/ru/")
    page.get_by_label("Найдите свой населённый пункт").press_sequentially("озёр", delay=20)

    page.locator("#found").get_by_role("link", name="Озёрное ауылы").wait_for()
    assert page.url.endswith("/ru/")


def test_the_list_is_narrowed_by_keyboard_alone(browser_page, meeting):
    page = browser_page()
    page.goto("/ru/meetings/")
    page.locator("#id_q").focus()
    page.keyboard.type("дариян")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")

    assert page.locator(".entry").count() == 1
