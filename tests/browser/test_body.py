"""An organisation's day in a real browser: a promise, a step with its evidence, the outcome."""

from datetime import date

import pytest
import time_machine
from playwright.sync_api import expect

from appeals.enums import ProblemState, PromiseState
from appeals.models import Promise, PromiseStep
from appeals.services import problems
from meetings.enums import Role
from tests.appeals.papers import photo
from tests.appeals.pool_rows import make_body, make_member, make_problem
from tests.browser.deeds import deed, fits, send
from tests.factories import Region, a_moment, make_user

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = [(360, "kk", False), (1280, "ru", True)]


@pytest.fixture
def world():
    """Monday 2 March 2026; one problem of the organisation burns, one belongs to another."""
    with time_machine.travel(a_moment(2026, 3, 2), tick=True):
        world = Region()
        world.body = make_body(world.first)
        world.member = make_member(world.body)
        commission = make_user(Role.COMMISSION, world.first)
        world.problem = make_problem(world.okrug, "Көшедегі жарық")
        problems.assign(world.problem, world.body, by=commission, version=1, term_days=5)
        world.late = make_problem(
            world.okrug, "Көпір", state=ProblemState.ASSIGNED, body=world.body,
            due_on=date(2026, 2, 20),
        )  # fmt: skip
        make_problem(
            world.okrug,
            "Бөтен мәселе",
            state=ProblemState.ASSIGNED,
            body=make_body(world.first, "Су бөлімі"),
        )
        yield world


@pytest.mark.parametrize(("width", "language", "js"), SIZES)
def test_an_organisation_promises_shows_a_step_and_reports(
    browser_page, sign_in, world, width, language, js
):
    page = sign_in(browser_page(width=width, js=js, locale=language), world.member)
    page.goto(f"/{language}/desk/given/")
    expect(page.locator("ol.problems li")).to_have_count(2)
    expect(page.locator("ol.problems li").first).to_contain_text("Көпір")  # what burns is first
    expect(page.locator("ol.problems li .state-late")).to_have_count(1)
    page.get_by_role("link", name="Көшедегі жарық").click()

    form = deed(page, f"problems/{world.problem.uuid}/promise/")
    form.locator("[name=what_kk]").fill("Шам ілу")
    form.locator("[name=term_days]").fill("3")
    form.locator("[name=money]").fill("1500000")
    send(form)
    expect(page.locator(".promise")).to_contain_text("Шам ілу")
    promise = Promise.objects.get()
    assert (promise.body, promise.due_on) == (world.body, date(2026, 3, 5))
    expect(page.locator("dl.facts")).to_contain_text("2026")  # how the deadline is counted
    close = deed(page, f"problems/{world.problem.uuid}/close/")
    expect(page.locator("details.deed", has=close).locator(".note-attention")).to_be_visible()

    form = deed(page, f"promises/{promise.uuid}/step/")
    form.locator("[name=text]").fill("Бағаналар орнатылды")
    picture = {"name": "shot.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    form.locator("input[type=file]").set_input_files(picture)
    send(form)
    expect(page.locator(".promise")).to_contain_text("Бағаналар орнатылды")
    for address in (f"promises/{promise.uuid}/close/", f"problems/{world.problem.uuid}/close/"):
        form = deed(page, address)
        form.locator("[name=outcome]").first.check()
        form.locator("[name=words]").fill("Шамдар жанып тұр")
        send(form)
        expect(page.locator(f"form[action$='{address}']")).to_have_count(0)
    assert fits(page)
    promise.refresh_from_db()
    world.problem.refresh_from_db()
    assert (promise.state, world.problem.state) == (PromiseState.SOLVED, ProblemState.SOLVED)

    public = browser_page(width=width, js=js, locale=language)
    public.goto(f"/{language}/problems/{world.problem.uuid}/")
    expect(public.locator("main")).to_contain_text("Бағаналар орнатылды")
    expect(public.locator("main")).to_contain_text("Шамдар жанып тұр")
    shown = PromiseStep.objects.exclude(sha256="").get()
    assert public.locator(f"a[href*='/evidence/{shown.uuid}']").count()
    assert public.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
