"""The frame in a real browser: seen, walked by keyboard, and what its script helps with."""

import pytest
from playwright.sync_api import expect

from meetings.enums import Role
from tests.factories import Region, make_user

SIZES = [(360, False), (768, True), (1280, False)]


@pytest.mark.parametrize(("width", "dark"), SIZES)
def test_the_frame_has_no_accessibility_violation_and_fits_the_screen(
    browser_page, axe, width, dark
):
    page = browser_page(width=width, dark=dark, expects=["404"])

    page.goto("/kk/no-such-page/")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []


def test_the_first_tab_leads_past_the_header(browser_page):
    page = browser_page()
    page.goto("/ru/")

    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Перейти к основному содержанию"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_who_is_signed_in_stands_in_the_header_with_the_way_out(browser_page, sign_in):
    user = make_user(Role.COORDINATOR, Region().region)
    page = sign_in(browser_page(), user)

    page.goto("/ru/")

    assert page.locator(".who-name").inner_text() == str(user)
    page.get_by_role("button", name="Выйти").click()
    page.locator(".who-name").wait_for(state="detached")
    assert page.url.endswith("/ru/")


def test_a_refusal_that_htmx_would_swallow_is_said_in_words(browser_page):
    page = browser_page(expects=["404", "Response Status Error"])
    page.goto("/ru/")

    page.evaluate("htmx.ajax('GET', '/ru/no-such-page/', {target: '#main'}).catch(() => {})")

    page.get_by_text("Ничего не сохранено").wait_for()
    assert page.locator("#messages .message-error").count() == 1


def test_after_a_swap_the_keyboard_goes_on_in_the_new_part(browser_page):
    page = browser_page()
    page.goto("/ru/")

    page.evaluate("htmx.ajax('GET', '/en/', {target: '#main', select: '#main', swap: 'outerHTML'})")

    expect(page.locator("#main")).to_be_focused()


def test_leaving_a_form_that_was_filled_asks_first_and_escape_leaves_it_quietly(browser_page):
    page = browser_page()
    page.goto("/ru/")
    page.evaluate(
        """document.getElementById('main').insertAdjacentHTML('beforeend',
        '<form data-warn-unsaved><input id="x"><a data-cancel href="/en/">cancel</a></form>')"""
    )
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.locator("#x").fill("14.04.2027")
    page.goto("/ru/?q=1")
    assert asked == ["beforeunload"]

    page.evaluate(
        """document.getElementById('main').insertAdjacentHTML('beforeend',
        '<form data-warn-unsaved><input id="x"><a data-cancel href="/en/">cancel</a></form>')"""
    )
    page.locator("#x").fill("14.04.2027")
    page.keyboard.press("Escape")
    page.wait_for_url("**/en/")
    assert asked == ["beforeunload"]
