"""A calendar is drafted in a real browser: with scripts and without, wide and on a phone."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from meetings.enums import Role
from meetings.models import Explanation, Line
from meetings.services.daysoff import seed
from tests.factories import Region, make_calendar, make_line, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    world = Region()
    seed(2027)
    world.calendar = make_calendar(world.region)
    world.revision = world.calendar.revisions.get()
    world.coordinator = make_user(Role.COORDINATOR, world.region, name="Айгүл Сәрсенова")
    world.line = make_line(
        world.revision, world.office(world.region), [world.first], "2027-04-14",
        place_kk="Мәдениет үйі", place_ru="Дом культуры",
    )  # fmt: skip
    return world


def address(world, rest="") -> str:
    return f"/en/desk/calendars/{world.calendar.uuid}/{rest}"


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize("width", [1280, 360])
def test_a_missing_meeting_is_added_changed_dropped_and_brought_back(
    browser_page, sign_in, world, js, width
):
    page = sign_in(browser_page(js=js, width=width, expects=["422"]), world.coordinator)
    page.goto(address(world))
    pane = page.locator("#findings")
    before = pane.locator(".figure-missing dd").inner_text()

    # The finding's button fills the line; only «Save» is left to press.
    pane.get_by_role("link", name="Add the meeting").first.click()
    form = page.get_by_role("form", name="New line")
    expect(form.get_by_label("Date")).not_to_have_value("")
    form.get_by_label("Begins").fill("15.00")
    form.get_by_role("button", name="Save").click()

    expect(page.locator("#told")).to_contain_text("Saved.")
    expect(pane.locator(".figure-missing dd")).to_have_text(str(int(before) - 1))
    assert Line.objects.count() == 2
    added = Line.objects.latest("pk")
    row = page.locator(f"#line-{added.uuid}")
    expect(row).to_contain_text("15:00")

    row.get_by_role("link", name="Edit").click()
    form = page.get_by_role("form", name="Edit the line")
    form.get_by_label("Ends").fill("14:00")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The meeting ends before it begins.")).to_be_visible()
    form.get_by_label("Ends").fill("16:30")
    form.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("15:00–16:30")

    row.get_by_role("button", name="Drop").click()
    expect(row).to_have_count(0)
    expect(pane.locator(".figure-missing dd")).to_have_text(before)
    page.locator("#told").get_by_role("button", name="Undo").click()
    expect(row).to_contain_text("15:00–16:30")
    assert Line.objects.get(pk__gt=world.line.pk).uuid == added.uuid


def test_who_types_before_the_page_has_settled_goes_on_in_that_field(browser_page, sign_in, world):
    page = sign_in(browser_page(), world.coordinator)
    page.goto(address(world))
    page.evaluate(
        """() => document.addEventListener("htmx:afterSwap", function (event) {
            event.target.querySelector("[name=ends_at]").focus();
        })"""
    )

    with page.expect_event("console", lambda said: said.text == "settled"):
        page.evaluate(
            """() => document.addEventListener("htmx:afterSettle", function () {
                setTimeout(() => console.log("settled"), 50);
            })"""
        )
        page.locator(f"#line-{world.line.uuid}").get_by_role("link", name="Edit").click()

    expect(page.get_by_label("Ends")).to_be_focused()


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "plain"])
def test_of_two_editors_the_second_sees_both_versions(browser_page, sign_in, world, js):
    page = sign_in(browser_page(js=js, expects=["409"]), world.coordinator)
    page.goto(address(world, f"?edit={world.line.uuid}"))
    Line.objects.update(day=date(2027, 5, 12), version=2)

    page.get_by_label("Date").fill("16.06.2027")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("This line was changed meanwhile")).to_be_visible()
    expect(page.get_by_role("cell", name="Wednesday 12 May 2027")).to_be_visible()
    expect(page.get_by_role("cell", name="Wednesday 16 June 2027")).to_be_visible()
    assert Line.objects.get().day == date(2027, 5, 12)
    page.get_by_role("button", name="Save my version").click()
    expect(page.locator("#told")).to_contain_text("Saved.")
    assert Line.objects.get().day == date(2027, 6, 16)


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "plain"])
def test_an_akim_is_chosen_and_his_place_is_found(browser_page, sign_in, world, js):
    world.villages[1].search = "|озерное ауылы|"
    world.villages[1].save()
    page = sign_in(browser_page(js=js), world.coordinator)
    page.goto(address(world))

    page.get_by_role("link", name="New line").click()
    form = page.get_by_role("form", name="New line")
    form.get_by_label("Date").fill("14.04.2027")
    form.get_by_label("Akim").select_option(world.okrug.kato)
    if js:
        # The places that he owes a meeting are offered as soon as he is chosen.
        expect(form.get_by_label(re.compile("Дариян ауылы"))).to_be_visible()
    form.get_by_label("Find another place").fill("озерное")
    form.get_by_role("button", name="Find").click()
    form.get_by_label(re.compile("Озёрное ауылы")).first.check()
    form.get_by_role("button", name="Save").click()

    expect(page.locator("#told")).to_contain_text("Saved.")
    line = Line.objects.latest("pk")
    assert [unit.pk for unit in line.targets.all()] == [world.villages[1].pk]


def test_a_line_is_edited_with_the_keyboard_alone(browser_page, sign_in, world):
    page = sign_in(browser_page(), world.coordinator)
    page.goto(address(world))

    edit = page.locator(f"#line-{world.line.uuid}").get_by_role("link", name="Edit")
    edit.focus()
    page.keyboard.press("Enter")
    day = page.get_by_label("Date")
    expect(day).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("21.04.2027")
    page.keyboard.press("Enter")

    expect(page.locator("#told")).to_contain_text("Saved.")
    expect(edit).to_be_focused()
    assert Line.objects.get().day == date(2027, 4, 21)
    page.keyboard.press("Enter")
    expect(day).to_be_focused()
    page.keyboard.press("Escape")
    expect(day).to_have_count(0)


def test_a_filter_narrows_the_table_in_place(browser_page, sign_in, world):
    page = sign_in(browser_page(), world.coordinator)
    page.goto(address(world))

    page.get_by_label("Month").select_option("5")

    expect(page.get_by_text("No line answers these filters.")).to_be_visible()
    assert "month=5" in page.url


def test_a_place_ticked_while_a_search_is_on_its_way_stays_ticked(browser_page, sign_in, world):
    world.villages[1].search = "|озерное ауылы|"
    world.villages[1].save()
    page = sign_in(browser_page(), world.coordinator)
    page.goto(address(world, f"?new=1&host={world.okrug.kato}"))
    form = page.get_by_role("form", name="New line")
    place = form.get_by_label(re.compile("Озёрное ауылы"))
    held = []
    page.route("**/targets/**", lambda route: held.append(route))

    form.get_by_label("Find another place").fill("озерное")
    with page.expect_request("**/targets/**"):
        form.get_by_role("button", name="Find").click()
    place.check()
    held[0].continue_()

    expect(form.get_by_text("Found; tick the ones that are meant:")).to_be_visible()
    expect(place).to_be_checked()


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "plain"])
def test_a_breach_is_explained(browser_page, sign_in, world, js):
    page = sign_in(browser_page(js=js), world.coordinator)
    page.goto(address(world, "findings/?norm=N1"))

    page.get_by_text("Explain why it is missing").first.click()
    # The form for several findings at once stands folded above.
    page.get_by_label("Explanation").locator("visible=true").first.fill(
        "Floods: the road opens in May."
    )
    page.get_by_role("button", name="Save the explanation").locator("visible=true").first.click()

    expect(page.get_by_text("Explanation: Floods: the road opens in May.")).to_be_visible()
    assert Explanation.objects.get().by == world.coordinator


PAGES = ["", "grid/", "findings/", "log/", "meetings/", "?new=1", "?edit={line}"]


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
def test_every_page_of_the_desk_is_accessible_and_fits(
    browser_page, sign_in, axe, world, width, dark
):
    page = sign_in(browser_page(width=width, dark=dark), world.coordinator)

    for rest in ["desk", *PAGES]:
        page.goto("/kk/desk/" if rest == "desk" else address(
            world, rest.format(line=world.line.uuid)
        ).replace("/en/", "/kk/"))  # fmt: skip
        assert (rest, axe(page)) == (rest, [])
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("locale", ["kk", "ru"])
def test_on_a_phone_the_first_screen_shows_the_lines(browser_page, sign_in, world, locale):
    page = sign_in(browser_page(width=360, height=740), world.coordinator)
    page.goto(address(world).replace("/en/", f"/{locale}/"))

    assert page.locator(f"#line-{world.line.uuid}").bounding_box()["y"] < 740
    assert page.locator(".tabs").bounding_box()["height"] < 60
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(
    ("js", "width", "is_open"), [(True, 360, False), (False, 360, False), (True, 1280, True)]
)
def test_filters_fold_on_a_phone_and_stand_open_while_one_is_in_force(
    browser_page, sign_in, world, js, width, is_open
):
    page = sign_in(browser_page(js=js, width=width), world.coordinator)
    search = page.get_by_role("search", name="Filter the lines")

    page.goto(address(world))
    expect(search).to_be_visible(visible=is_open)
    page.goto(address(world, "?month=4"))
    expect(search).to_be_visible()


def test_the_tab_of_the_open_page_is_brought_into_the_row_of_a_phone(browser_page, sign_in, world):
    page = sign_in(browser_page(width=360), world.coordinator)
    page.goto(address(world, "log/"))

    here = page.locator(".tabs [aria-current]").bounding_box()
    assert here["x"] >= 0
    assert here["x"] + here["width"] <= 360
