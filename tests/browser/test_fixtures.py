"""The fixtures that other browser tests stand on."""

import pytest

from meetings.enums import Role
from tests.factories import Region, make_user


@pytest.mark.parametrize("js", [True, False])
def test_a_page_opens_with_scripts_and_without(browser_page, js):
    page = browser_page(js=js, locale="ru-RU")

    page.goto("/")

    assert page.url.endswith("/ru/")


def test_a_session_is_given_and_axe_answers(browser_page, sign_in, axe):
    region = Region().region
    page = sign_in(browser_page(width=360, expects=["404"]), make_user(Role.COORDINATOR, region))

    page.goto("/health/live")

    assert any(told.startswith("html-has-lang") for told in axe(page))
