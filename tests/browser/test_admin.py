"""The administrators' site under the strict policy, with its scripts."""

from itertools import cycle

import pytest

from meetings.enums import Role
from meetings.models import User
from meetings.services.daysoff import seed
from tests.factories import Region, make_calendar, make_user

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ["", "meetings/user/", "meetings/user/add/", "meetings/office/", "meetings/office/add/",
         "meetings/maslikhat/", "meetings/dayoff/", "meetings/dayoff/add/", "meetings/calendar/",
         "meetings/act/", "meetings/unit/", "meetings/unit/add/",
         "meetings/unit/import/"]  # fmt: skip


@pytest.fixture
def here():
    return Region()


def test_the_admin_runs_under_the_policy_without_barriers(browser_page, sign_in, axe, here):
    seed(2027)
    calendar = make_calendar(here.region)
    person = make_user(Role.DRAFTER, here.first)
    page = browser_page()
    sign_in(page, make_user(Role.ADMINISTRATOR))
    found = {}
    addresses = [
        *PAGES, f"meetings/user/{person.pk}/change/", f"meetings/calendar/{calendar.pk}/change/",
        f"meetings/office/{here.office(here.first).pk}/change/",
    ]  # fmt: skip
    for address, language in zip(addresses, cycle(["kk", "ru"]), strict=False):
        page.goto(f"/admin/{address}?lang={language}")
        found[address] = axe(page)

    assert [f"{address} {told}" for address, told in found.items() if told] == []


def test_an_administrator_of_a_region_opens_an_account(browser_page, sign_in, here):
    Region("230000000", "Атырау облысы")
    page = browser_page()
    sign_in(page, make_user(Role.ADMINISTRATOR, here.region))

    page.goto("/admin/meetings/user/add/?lang=ru")
    page.get_by_label("Электронная почта").fill("new@example.kz")
    page.get_by_label("Имя").fill("Айгүл Сәуле")
    page.get_by_label("Новый пароль").fill("an entirely new one")
    page.locator("#id_assignments-0-role").select_option("drafter")
    page.locator("#assignments-0 .select2-selection").click()
    page.keyboard.type("облысы")
    options = page.locator(".select2-results__option--highlighted, .select2-results__option")
    page.get_by_text("Батыс Қазақстан облысы · 270000000").first.wait_for()
    assert not any("Атырау" in text for text in options.all_inner_texts())
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    page.wait_for_url("**/admin/meetings/user/")

    role = User.objects.get(email="new@example.kz").assignments.get()
    assert (role.role, role.unit) == (Role.DRAFTER, here.region)
