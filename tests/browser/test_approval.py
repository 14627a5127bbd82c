"""From the coordinator's desk to the public page: submitted, agreed, approved, in a browser."""

import re

import pytest
from django.utils import timezone

from meetings.enums import State, Step
from meetings.models import Meeting
from tests.approvals import Decided
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case():
    return Decided(year=timezone.localdate().year + 1)


def today() -> str:
    return f"{timezone.localdate():%d.%m.%Y}"


def sign_with(page, number: str) -> None:
    page.get_by_label(re.compile("Number of")).fill(number)
    page.get_by_label(re.compile("Date of")).fill(today())
    page.get_by_label(re.compile("Your password")).fill(PASSWORD)


@pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without scripts"])
def test_a_calendar_is_submitted_agreed_and_approved(case, browser_page, sign_in, js):
    page = sign_in(browser_page(js=js, locale="en"), case.coordinator)
    page.goto(f"/en/desk/calendars/{case.calendar.uuid}/")
    page.get_by_role("link", name="Submit to the maslikhat").click()
    page.get_by_label(re.compile("A word to the maslikhat")).fill("As agreed in October.")
    page.get_by_role("button", name="Submit to the maslikhat").click()
    page.get_by_text("Submitted to the maslikhat").first.wait_for()
    assert case.reload().state == State.WITH_MASLIKHAT

    page = sign_in(browser_page(js=js, width=360, height=740, locale="en"), case.deputy)
    page.goto("/en/maslikhat/")
    page.get_by_role("link", name=str(case.calendar.year)).first.click()
    row = page.locator("tr", has_text="14 Apr")
    row.get_by_text("Write a remark").click()
    row.get_by_label("Remark").fill("The road floods in April.")
    row.get_by_role("button", name="Keep the remark").click()
    assert page.get_by_text("The road floods in April.").is_visible()
    page.get_by_label("I endorse the calendar").check()
    page.get_by_role("button", name="Say your word").click()
    page.get_by_text("Endorse: 1. Object: 0.").wait_for()

    page = sign_in(browser_page(js=js, locale="en", expects=("422",)), case.chair)
    page.goto(f"/en/maslikhat/calendars/{case.calendar.uuid}/")
    page.get_by_role("link", name="Agree by a decision").click()
    sign_with(page, "7-3")
    page.get_by_label(re.compile("Your password")).fill("not it")
    page.get_by_role("button", name="Agree").click()
    page.get_by_text("neither your password").wait_for()
    assert page.get_by_label(re.compile("Number of")).input_value() == "7-3"
    sign_with(page, "7-3")
    page.get_by_role("button", name="Agree").click()
    page.get_by_text("Agreed by the maslikhat").first.wait_for()

    page = sign_in(browser_page(js=js, locale="en"), case.akim)
    page.goto(f"/en/desk/calendars/{case.calendar.uuid}/")
    page.get_by_role("link", name="Approve").click()
    sign_with(page, "12")
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("Approved by the akim").first.wait_for()

    revision = case.reload()
    assert (revision.state, revision.decision_number, revision.act_number) == (
        State.APPROVED, "7-3", "12",
    )  # fmt: skip
    assert Meeting.objects.count() == 2
    frozen = page.request.get(
        f"/en/calendars/{case.calendar.year}/{case.place.region.kato}/revisions/1.json"
    )
    assert frozen.body().decode() == revision.canonical


SENT_TWICE = """() => {
    const form = document.querySelector("form[data-working]");
    const send = () => form.dispatchEvent(
        new SubmitEvent("submit", {bubbles: true, cancelable: true}));
    return [send(), send()];
}"""


def test_work_that_takes_long_is_shown_and_sent_once(case, browser_page, sign_in):
    page = sign_in(browser_page(width=360, height=740, locale="en"), case.coordinator)
    page.goto(f"/en/desk/calendars/{case.calendar.uuid}/decide/submit/")

    assert page.evaluate(SENT_TWICE) == [True, False]

    working = page.get_by_role("status").filter(has_text="The calendar is being checked")
    assert working.count() == 1
    assert working.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
def test_the_pages_are_accessible(case, browser_page, sign_in, axe, width, dark):
    case.take(Step.SUBMIT, case.coordinator)
    base = f"/kk/maslikhat/calendars/{case.calendar.uuid}/"
    pages = [
        (case.chair, "/kk/maslikhat/"), (case.chair, base), (case.chair, f"{base}decide/agree/"),
        (case.chair, f"{base}decide/return/"), (case.deputy, "/kk/maslikhat/changes/"),
    ]  # fmt: skip
    for user, address in pages:
        page = sign_in(browser_page(width=width, dark=dark, locale="kk"), user)
        page.goto(address)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    case.take(Step.AGREE, case.chair)
    page = sign_in(browser_page(width=width, dark=dark, locale="kk"), case.akim)
    page.goto(f"/kk/desk/calendars/{case.calendar.uuid}/decide/approve/")
    assert axe(page) == []


def test_the_maslikhats_admin_takes_a_decision(case, browser_page, sign_in, axe):
    case.take(Step.SUBMIT, case.coordinator, at=timezone.now())
    page = sign_in(browser_page(locale="en"), case.chair)
    page.goto("/maslikhat-admin/meetings/calendar/?lang=en")
    assert axe(page) == []
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("combobox").select_option(label="Agree by a decision")
    page.get_by_role("button", name="Go").click()
    assert page.get_by_label(re.compile("Your password")).is_visible()
    sign_with(page, "7-3")
    page.get_by_role("button", name="Agree").click()
    page.get_by_text("Agreed by the maslikhat").first.wait_for()

    assert case.reload().state == State.AGREED
