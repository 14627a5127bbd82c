"""The import of the classifier as an administrator does it, in a real browser."""

from datetime import date

import pytest

from meetings.enums import Role
from meetings.kato.parse import read_classifier
from meetings.models import Unit
from meetings.services.territory import import_classifier
from tests.factories import make_user
from tests.meetings.kato.kato_files import a_csv, with_row, without

pytestmark = pytest.mark.django_db(transaction=True)

CHANGED = with_row("274230300", "Самал а.", "с.Самал", rows=without("276200000"))


@pytest.fixture
def chief():
    import_classifier(read_classifier(a_csv()), day=date(2026, 7, 17))
    return make_user(Role.ADMINISTRATOR, language="ru")


def a_file(rows) -> dict:
    return {"name": "KATO_18.09.2026.csv", "mimeType": "text/csv", "buffer": a_csv(rows)}


@pytest.mark.parametrize("js", [True, False])
def test_a_file_is_sent_read_and_applied(browser_page, sign_in, chief, js):
    page = sign_in(browser_page(js=js), chief)
    page.goto("/admin/meetings/unit/import/?lang=ru")

    page.set_input_files("[name=file]", a_file(CHANGED))
    page.click("input[type=submit].default")
    page.wait_for_url("**/import/*/")
    assert "Новые: 1" in page.inner_text("#content-main")
    page.click("text=Исчезли: 1")
    assert "Теректинский район" in page.inner_text("#content-main table")
    page.click("[name=apply]")

    page.wait_for_url("**/unit/")
    assert "изменены 2 единицы" in page.inner_text("body")
    assert Unit.objects.filter(kato="274230300").exists()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_pass_axe_and_fit_the_screen(browser_page, sign_in, axe, chief, width):
    page = sign_in(browser_page(width=width, expects=("422",)), chief)
    page.goto("/admin/meetings/unit/import/?lang=kk")
    assert axe(page) == []

    page.set_input_files("[name=file]", a_file(CHANGED))
    page.click("input[type=submit].default")
    page.wait_for_url("**/import/*/")

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
