"""The maslikhat's own Django admin: calendars alone, read only, two actions."""

import pytest
import time_machine
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from meetings.enums import Role, State, Step
from meetings.maslikhat_admin import maslikhat_site
from meetings.models import Calendar, Move, Revision
from tests.approvals import Decided
from tests.factories import PASSWORD, Region, a_moment, make_user

pytestmark = pytest.mark.django_db
LIST = "/maslikhat-admin/meetings/calendar/"


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(a_moment(2026, 12, 21)):
        yield


@pytest.fixture
def case():
    case = Decided()
    case.take(Step.SUBMIT, case.coordinator)
    return case


def act(client, case, action, **sent):
    return client.post(LIST, {"action": action, ACTION_CHECKBOX_NAME: case.calendar.pk,
                              "index": 0, **sent})  # fmt: skip


def papers(case, **sent):
    return {"apply": 1, "act_number": "7-3", "act_on": "20.12.2026", "confirm": PASSWORD,
            "version": case.revision.version, **sent}  # fmt: skip


def test_calendars_alone_are_registered_and_the_only_actions_are_decisions(rf, case):
    assert list(maslikhat_site._registry) == [Calendar]
    admin = maslikhat_site._registry[Calendar]
    request = rf.get("/")
    request.user = case.chair

    assert set(admin.get_actions(request)) == {"agree", "send_back"}
    assert (admin.list_editable, admin.inlines) == ((), ())
    assert not admin.has_add_permission(request)
    assert not admin.has_change_permission(request, case.calendar)
    assert not admin.has_delete_permission(request, case.calendar)
    request.user = case.deputy
    assert admin.get_actions(request) == {}


def test_the_chair_agrees_through_a_page_that_asks_for_the_papers(client, case):
    client.force_login(case.chair)

    asked = act(client, case, "agree")
    assert asked.status_code == 200
    assert 'name="confirm"' in asked.content.decode()
    assert case.reload().state == State.WITH_MASLIKHAT

    answer = act(client, case, "agree", **papers(case))
    assert answer.status_code == 302
    revision = case.reload()
    assert (revision.state, revision.decision_number) == (State.AGREED, "7-3")
    assert Move.objects.last().by == case.chair


def test_the_chair_returns_with_remarks(client, case):
    client.force_login(case.chair)
    sent = papers(case, note="Mend spring.")
    del sent["act_number"], sent["act_on"]

    assert act(client, case, "send_back", **sent).status_code == 302
    assert (case.reload().state, Move.objects.last().note) == (State.RETURNED, "Mend spring.")


BAD = [
    ({"confirm": "wrong"}, 422),
    ({"act_number": ""}, 422),
    ({"act_on": "25.12.2026"}, 422),
    ({"version": 1}, 409),
]


@pytest.mark.parametrize(("sent", "status"), BAD)
def test_bad_papers_are_told_and_nothing_moves(client, case, sent, status):
    client.force_login(case.chair)

    answer = act(client, case, "agree", **papers(case, **sent))

    assert (answer.status_code, case.reload().state) == (status, State.WITH_MASLIKHAT)
    assert PASSWORD not in answer.content.decode()


def test_a_calendar_that_moved_on_is_told(client, case):
    client.force_login(case.chair)
    case.take(Step.AGREE, case.chair)

    answer = client.post(LIST, {"action": "agree", ACTION_CHECKBOX_NAME: case.calendar.pk,
                                "index": 0, **papers(case)}, follow=True)  # fmt: skip

    assert case.reload().state == State.AGREED
    assert Move.objects.filter(step=Step.AGREE).count() == 1
    assert answer.context["messages"]


def test_a_forged_post_of_a_deputy_is_forbidden(client, case):
    client.force_login(case.deputy)

    assert act(client, case, "agree", **papers(case)).status_code == 403
    assert act(client, case, "delete_selected", post="yes").status_code == 403
    assert case.reload().state == State.WITH_MASLIKHAT


def test_deleting_is_no_action_here(client, case):
    client.force_login(case.chair)
    act(client, case, "delete_selected", post="yes")

    assert Calendar.objects.count() == 1


@pytest.mark.parametrize("where", ["foreign", "first"])
def test_another_territory_does_not_exist_here(client, case, where):
    unit = {"foreign": Region("230000000", "Атырау облысы").region, "first": case.place.first}
    client.force_login(make_user(Role.CHAIR, unit[where]))

    assert f"/{case.calendar.pk}/change/" not in client.get(LIST).content.decode()
    for page in ("change", "history", "delete"):
        assert client.get(f"{LIST}{case.calendar.pk}/{page}/").status_code in (403, 404)
    assert client.get(f"{LIST}{case.calendar.pk}/change/").status_code == 404
    act(client, case, "agree", **papers(case))
    assert case.reload().state == State.WITH_MASLIKHAT


def test_a_draft_does_not_exist_here(client, case):
    Revision.objects.update(state=State.DRAFT)
    client.force_login(case.chair)

    assert client.get(f"{LIST}{case.calendar.pk}/change/").status_code == 404


@pytest.mark.parametrize("role", [*Role, None])
def test_the_site_is_for_those_who_sit_in_a_maslikhat(client, case, role):
    client.force_login(make_user(role, case.place.region if role else None))
    sits = role in (Role.DEPUTY, Role.CHAIR)

    for address in ("/maslikhat-admin/", LIST, f"{LIST}{case.calendar.pk}/change/"):
        answer = client.get(address, follow=True)
        assert answer.status_code == (200 if sits else 403)


def test_a_superuser_has_no_say_in_a_maslikhat(client, case):
    client.force_login(make_user(is_superuser=True))

    assert client.get(LIST, follow=True).status_code == 403


def test_sign_in_has_one_door(client, case):
    answer = client.get("/maslikhat-admin/")
    assert answer.status_code == 302
    answer = client.get(answer["Location"])
    assert answer["Location"].startswith("/accounts/login/?next=%2Fmaslikhat-admin%2F")
    posted = client.post(
        "/maslikhat-admin/login/", {"username": case.chair.email, "password": PASSWORD}
    )
    assert posted.status_code == 302
    assert "_auth_user_id" not in client.session


def test_opening_any_page_changes_nothing(client, case):
    client.force_login(case.chair)
    before = list(Revision.objects.values())
    pages = [LIST, f"{LIST}{case.calendar.pk}/change/", f"{LIST}{case.calendar.pk}/history/",
             "/maslikhat-admin/", "/maslikhat-admin/jsi18n/"]  # fmt: skip
    for address in pages:
        assert client.get(address).status_code == 200
    forged = f"{LIST}?action=agree&{ACTION_CHECKBOX_NAME}={case.calendar.pk}&apply=1"
    assert client.get(forged, follow=True).status_code == 200
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.get(f"{LIST}{case.calendar.pk}/delete/").status_code == 403
    for address in (f"{LIST}add/", f"{LIST}{case.calendar.pk}/change/"):
        assert client.post(address, {"year": 2030}).status_code == 403

    assert list(Revision.objects.values()) == before
    assert Calendar.objects.get().year == 2027


def test_the_list_costs_the_same_for_few_and_many(client, case):
    client.force_login(case.chair)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for year in (2024, 2025, 2026):
        older = Decided(place=case.place, year=year)
        older.take(Step.SUBMIT, older.coordinator)

    assert queries() == few


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_pages_open_in_each_language(client, case, language):
    client.force_login(case.chair)

    for address in (LIST, f"{LIST}{case.calendar.pk}/change/", "/maslikhat-admin/"):
        assert client.get(f"{address}?lang={language}", follow=True).status_code == 200


def test_no_address_of_the_site_is_unknown_to_this_test():
    """A new page of the admin site must be thought of here."""
    root = next(
        one for one in get_resolver().url_patterns
        if getattr(one, "namespace", "") == "maslikhat_admin"
    )  # fmt: skip
    names = {one.name for one in root.url_patterns if getattr(one, "name", "")}

    assert names == {
        "index", "login", "logout", "password_change", "password_change_done", "jsi18n",
        "autocomplete", "view_on_site", "app_list",
    }  # fmt: skip


def test_the_language_asked_for_in_a_list_is_kept(client, case):
    client.force_login(case.chair)

    assert client.get(f"{LIST}?lang=en").cookies["django_language"].value == "en"
    assert '<html lang="en"' in client.get(LIST).content.decode()
