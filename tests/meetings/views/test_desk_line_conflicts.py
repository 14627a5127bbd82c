"""Two people at one line, and whose line it is: nothing is overwritten, nothing foreign shows."""

from datetime import date

import pytest
from django.test import Client

from meetings.enums import Role, State
from meetings.models import Line, LineEdit
from tests.factories import PASSWORD, Region, make_calendar, make_line, make_user
from tests.meetings.views.desk_case import HTMX, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_second_editor_sees_both_versions_and_chooses(desk, headers):
    line = desk.line()
    here = desk.url("desk_line", line.uuid).replace("/kk/", "/en/")
    other = desk.signed_in(make_user(Role.COORDINATOR, desk.world.region, name="Ерлан"))
    other.post(here, desk.typed(day="21.04.2027", version=1))

    answer = desk.client.post(here, desk.typed(day="28.04.2027", version=1), headers=headers)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert ("Wednesday 21 April 2027" in text, "Wednesday 28 April 2027" in text) == (True, True)
    assert "Ерлан" in text
    assert 'name="version" value="2"' in text
    assert Line.objects.get().day == date(2027, 4, 21)


def test_a_line_dropped_meanwhile_can_be_added_again(desk):
    line = desk.line()
    here = desk.url("desk_line", line.uuid)
    desk.client.post(desk.url("desk_line_drop", line.uuid), {"version": 1})

    answer = desk.client.post(here, desk.typed(version=1))

    assert answer.status_code == 409
    assert f'action="{desk.url("desk_lines")}"' in answer.content.decode()


def test_a_line_edited_after_the_submission_is_told_the_present_state(desk):
    line = desk.line()
    desk.revision.state = State.WITH_MASLIKHAT
    desk.revision.save()

    answer = desk.client.post(
        desk.url("desk_line", line.uuid).replace("/kk/", "/en/"), desk.typed(version=1)
    )

    assert answer.status_code == 409
    assert "on the maslikhat&#x27;s table" in answer.content.decode()


# Dropping and undoing ----------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_dropped_line_comes_back(desk, headers):
    line = desk.line()

    dropped = desk.client.post(
        desk.url("desk_line_drop", line.uuid), {"version": 1}, headers=headers
    )
    assert not Line.objects.exists()
    assert dropped.status_code == (200 if headers else 302)
    undone = desk.client.post(
        desk.url("desk_line_undo", line.uuid), {"version": 2}, headers=headers
    )

    assert undone.status_code == (200 if headers else 302)
    assert Line.objects.get().uuid == line.uuid


@pytest.mark.parametrize("deed", ["drop", "undo"])
def test_dropping_or_undoing_what_changed_meanwhile_is_told(desk, deed):
    line = desk.line(version=5)

    answer = desk.client.post(desk.url(f"desk_line_{deed}", line.uuid), {"version": "4"})

    assert answer.status_code == 409
    assert Line.objects.exists()


def test_nothing_changes_by_get(desk):
    line = desk.line()

    for name in ("desk_line_drop", "desk_line_undo"):
        assert desk.client.get(desk.url(name, line.uuid)).status_code == 405
    assert desk.client.get(desk.url("desk_lines")).status_code == 405


# Rights -----------------------------------------------------------------------------------------


def test_a_drafter_sees_his_lines_and_those_that_come_to_him_and_changes_only_his(desk):
    own = desk.line(desk.world.first, [desk.world.okrug])
    coming = desk.line(desk.world.region, [desk.world.first], "2027-05-12")
    foreign = desk.line(desk.world.region, [desk.world.second], "2027-05-13")
    drafter = desk.signed_in(make_user(Role.DRAFTER, desk.world.first))

    page = drafter.get(desk.url()).content.decode()

    assert f"edit={own.uuid}" in page
    assert f"line-{coming.uuid}" in page
    assert f"edit={coming.uuid}" not in page
    assert str(foreign.uuid) not in page
    assert desk.world.second.name not in page
    for uuid, status in ((own.uuid, 302), (coming.uuid, 403), (foreign.uuid, 404)):
        typed = desk.typed(host=desk.world.first.kato, targets=[desk.world.okrug.kato], version=1)
        answer = drafter.post(desk.url("desk_line", uuid), typed | {"day": "16.06.2027"})
        assert answer.status_code == (422 if status == 403 else status) or status == 403
        assert drafter.post(
            desk.url("desk_line_drop", uuid), {"version": 9}
        ).status_code in (409, status)  # fmt: skip
    assert Line.objects.get(uuid=coming.uuid).version == 1


@pytest.mark.parametrize(("role", "status"), [
    (Role.OBSERVER, 200), (Role.AKIM, 200), (Role.DEPUTY, 403), (Role.ADMINISTRATOR, 404),
])  # fmt: skip
def test_other_roles_read_or_are_refused(desk, role, status):
    desk.revision.state = State.WITH_MASLIKHAT
    desk.revision.save()
    client = desk.signed_in(make_user(role, desk.world.region))

    assert client.get(desk.url()).status_code == status
    desk.revision.state = State.DRAFT
    desk.revision.save()
    answer = client.post(desk.url("desk_lines"), desk.typed())
    assert answer.status_code in (403, 404, 422)
    assert not Line.objects.exists()


def test_a_foreign_territory_is_not_there(desk):
    other = Region("550000000", "Павлодар облысы")
    stranger = desk.signed_in(make_user(Role.COORDINATOR, other.region))
    line = desk.line()

    for name, args in (("desk_calendar", []), ("desk_line", [line.uuid]), ("desk_log", []),
                       ("desk_grid", []), ("desk_findings", []), ("desk_targets", []),
                       ("desk_meetings", [])):  # fmt: skip
        assert stranger.get(desk.url(name, *args)).status_code == 404
    for name in ("desk_line", "desk_line_drop", "desk_line_undo"):
        assert stranger.post(desk.url(name, line.uuid), desk.typed()).status_code == 404


def test_a_line_of_another_calendar_is_not_there(desk):
    other = make_calendar(desk.world.region, 2028).revisions.get()
    line = make_line(other, desk.world.office(desk.world.region), [desk.world.first], "2028-04-14")

    assert desk.client.get(desk.url("desk_line", line.uuid)).status_code == 404
    assert desk.client.post(
        desk.url("desk_line", line.uuid), desk.typed(version=1)
    ).status_code == 404  # fmt: skip


# Sessions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_was_typed_survives_the_end_of_the_session(desk, headers):
    line = desk.line()
    client, here = Client(), desk.url("desk_line", line.uuid)

    answer = client.post(here, desk.typed(place_ru="Новый клуб", version=1), headers=headers)
    back = answer["HX-Redirect" if headers else "Location"]
    assert back.startswith("/accounts/login/?next=")
    opened = f"{desk.url()}?edit={line.uuid}"
    client.post(back, {"login": desk.user.email, "password": PASSWORD, "next": opened})
    page = client.get(opened).content.decode()

    assert "Новый клуб" in page
    assert LineEdit.objects.count() == 0
