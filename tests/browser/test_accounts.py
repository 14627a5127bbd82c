"""Signing in, and the second factor, as a person meets them."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from meetings.enums import Role
from tests.factories import PASSWORD, Region, make_user

pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC = ["login/", "password/reset/", "password/reset/done/", "password/reset/key/1-wrong/",
          "password/reset/key/done/", "inactive/"]  # fmt: skip
OWN = ["", "password/change/", "reauthenticate/", "logout/", "2fa/"]


@pytest.mark.parametrize(("language", "width"), [("kk", 360), ("ru", 1280)])
def test_the_account_pages_have_no_barrier(browser_page, sign_in, axe, language, width):
    page = browser_page(width=width)
    found = {}
    for address in PUBLIC:
        page.goto(f"/accounts/{address}?lang={language}")
        found[address] = axe(page)
    sign_in(page, make_user(Role.CHAIR, Region().region))
    for address in OWN:
        page.goto(f"/accounts/{address}?lang={language}")
        found[address] = axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    assert {address: told for address, told in found.items() if told} == {}


@pytest.mark.parametrize("js", [True, False])
def test_from_the_password_to_the_second_factor_and_in(browser_page, axe, settings, js):
    settings.REQUIRE_SECOND_FACTOR = True
    user = make_user(Role.CHAIR, Region().region, language="ru")
    page = browser_page(js=js, width=360, expects=["404"])

    def type_password():
        page.goto("/accounts/login/?lang=ru")
        page.get_by_label("Электронная почта").fill(user.email)
        page.get_by_label("Пароль").fill(PASSWORD)
        page.get_by_role("button", name="Войти", exact=True).click()

    def type_code(button):
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        page.get_by_label("Код").fill(code)
        page.get_by_role("button", name=button, exact=True).click()

    type_password()
    page.wait_for_url("**/2fa/totp/activate/")
    assert axe(page) == []
    page.goto(page.url)  # axe opened the page too: each opening makes a new key
    secret = page.locator("code").inner_text()
    # A code is good for half a minute: not typed in its last moments.
    if time.time() % 30 > 25:
        time.sleep(6)
    type_code("Включить второй фактор")
    page.wait_for_url("**/2fa/recovery-codes/")
    assert page.locator(".codes li").count() == 10
    assert axe(page) == []
    recovery = page.locator(".codes li").first.inner_text()

    page.get_by_role("button", name="Выйти").click()
    type_password()
    page.wait_for_url("**/2fa/authenticate/")
    page.get_by_label("Код").fill(recovery)
    page.get_by_role("button", name="Войти", exact=True).click()
    page.wait_for_url("**/ru/maslikhat/")
