"""A day of a reception in a real browser: the clerk on a phone without scripts, and wide."""

from datetime import time, timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from appeals.enums import BookingState as State
from appeals.models import Booking
from appeals.services import bookings, receptions
from meetings.enums import Role
from tests.appeals.receptions import TABLES
from tests.factories import Region, make_user

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = [(360, "kk", False), (1280, "ru", True)]
WORDS = {
    "kk": {"in": "Келгенін белгілеу", "call": "Шақыру: нөмір 1", "record": "Нәтижені жазу",
           "answered": "сол жерде жауап берілді", "save": "Нәтижені сақтау",
           "walk_in": "Жазылмай келген адам бар", "name": "Адамның аты-жөні",
           "subject": "Адам не туралы айтқысы келеді?", "consent": "Адам қабылдау бөлмесінің",
           "give": "Нөмір беру", "show": "адамның аты-жөнін көрсету"},
    "ru": {"in": "Отметить приход", "call": "Пригласить номер 1", "record": "Записать итог",
           "answered": "ответ дан на месте", "save": "Сохранить итог",
           "walk_in": "Человек пришёл без записи", "name": "Имя и фамилия человека",
           "subject": "О чём человек хочет поговорить?", "consent": "Человек согласен",
           "give": "Дать номер", "show": "Показать"},
}  # fmt: skip


@pytest.fixture
def world():
    """Ten in the morning of a reception that goes on the whole day; one booking at its first hour.

    The clock is set: late in the evening no hour would be left for who comes without a booking.
    """
    ten = timezone.localtime().replace(hour=10, minute=0)
    with time_machine.travel(ten, tick=True):
        yield made_world()


def made_world() -> Region:
    world, before = Region(), timezone.now() - timedelta(days=2)
    world.clerk = make_user(Role.RECEPTION, world.first)
    values = {
        "day": timezone.localdate(), "begins": time(0), "ends": time(23, 59), "slot_minutes": 60,
        "breaks": [], "walk_in_share": 0, "place_kk": "Мәдениет үйі", "place_ru": "Дом культуры",
    }  # fmt: skip
    made = receptions.make(world.first, values, TABLES, by=world.clerk, at=before)
    world.reception = receptions.publish(made, by=world.clerk, version=1, at=before)
    world.booking = bookings.enter(
        made, made.slots.order_by("begins", "table__number").first(), {"name": "Ерлан Әлиев"},
        subject="Жол", how="phone", language="kk", by=world.clerk, at=before,
    )  # fmt: skip
    return world


@pytest.mark.parametrize(("width", "language", "js"), SIZES)
def test_a_clerk_runs_a_day(browser_page, sign_in, world, width, language, js):
    words = WORDS[language]
    page = sign_in(browser_page(width=width, js=js, locale=language), world.clerk)
    page.goto(f"/{language}/desk/receptions/")
    page.locator("ol.timetable a").first.click()

    page.get_by_role("button", name=words["show"]).click()
    expect(page.locator("#number-1")).to_contain_text("Ерлан Әлиев")
    page.get_by_role("button", name=words["in"]).click()
    page.get_by_role("button", name=words["call"]).click()
    page.get_by_role("link", name=words["record"]).click()
    page.get_by_role("radio", name=words["answered"]).check()
    page.get_by_role("button", name=words["save"]).click()
    expect(page.locator("#number-1")).to_contain_text(words["answered"])

    page.get_by_role("link", name=words["walk_in"]).click()
    page.get_by_label(words["name"]).fill("Айгүл Сейітова")
    page.get_by_label(words["subject"]).fill("Су")
    page.get_by_label(words["consent"]).check()
    page.get_by_role("button", name=words["give"]).click()
    expect(page.locator("#number-2")).to_contain_text("Айгүл Сейітова")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert list(Booking.objects.order_by("number").values_list("state", flat=True)) == [
        State.DONE, State.CAME,
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "language", "dark"), [(360, "kk", True), (1280, "ru", False)])
def test_the_pages_of_the_desk_are_accessible_and_fit(
    browser_page, sign_in, axe, world, width, language, dark
):
    page = sign_in(browser_page(width=width, dark=dark), world.clerk)
    desk = f"/{language}/desk/receptions/"
    one = f"{desk}{world.reception.uuid}/"
    wrong = []
    for address in (
        desk, one, f"{one}enter/?how=walk_in", f"{one}bookings/{world.booking.uuid}/",
        f"{one}journal/", f"{desk}new/", f"{desk}new/?unit={world.first.kato}",
        f"/{language}/receptions/{world.reception.uuid}/queue/",
    ):  # fmt: skip
        page.goto(address)
        found = axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if found or wide > width:
            wrong.append((address, found, wide))

    assert wrong == []
