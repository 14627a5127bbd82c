"""The desk's pages of approval: the coordinator submits, the akim approves or sends back."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.enums import ProcedureChoice, Role, Stance, State, Step
from meetings.models import Explanation, Meeting, Revision
from meetings.services.maslikhat import endorse
from tests.approvals import Decided, explain_all
from tests.factories import PASSWORD, Region, a_moment, make_line, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(a_moment(2026, 12, 23)) as december:
        yield december


@pytest.fixture
def case():
    return Decided()


def address(case, step, language="en"):
    url = reverse("desk_decide", args=[case.calendar.uuid, step])
    return url.replace("/kk/", f"/{language}/")


def submitted(case):
    case.take(Step.SUBMIT, case.coordinator)
    return case


def agreed(case):
    submitted(case).take(Step.AGREE, case.chair)
    return case


def test_the_coordinator_submits_with_a_word(client, case):
    client.force_login(case.coordinator)
    page = client.get(address(case, "submit"))
    assert page.status_code == 200
    assert "<strong>2</strong> meetings go to the maslikhat." in page.content.decode()
    assert 'name="confirm"' not in page.content.decode()

    answer = client.post(
        address(case, "submit"), {"note": "As agreed.", "version": case.revision.version}
    )

    assert answer.status_code == 302
    assert (case.reload().state, case.revision.moves.get().note) == (
        State.WITH_MASLIKHAT, "As agreed.",
    )  # fmt: skip


def test_without_explanations_it_is_not_submitted_and_the_way_is_shown(client, case):
    Explanation.objects.all().delete()
    client.force_login(case.coordinator)

    for answer in (
        client.get(address(case, "submit")),
        client.post(address(case, "submit"), {"version": case.revision.version}),
    ):
        assert "need an explanation before the calendar is submitted" in answer.content.decode()
        assert reverse("desk_findings", args=[case.calendar.uuid]).removeprefix("/kk") in (
            answer.content.decode()
        )
    assert answer.status_code == 422
    assert "Each breach needs a written explanation" in answer.content.decode()
    assert case.reload().state == State.DRAFT


def approve(client, case, **sent):
    client.force_login(case.akim)
    form = {"act_number": "12", "act_on": "22.12.2026", "confirm": PASSWORD,
            "version": case.revision.version, **sent}  # fmt: skip
    return client.post(address(case, "approve"), form)


def test_the_akim_approves_with_number_date_and_password(client, case):
    agreed(case)
    client.force_login(case.akim)
    html = client.get(address(case, "approve")).content.decode()
    assert "It becomes public and never changes again." in html
    assert "No. 7-3, 20 December 2026" in html
    assert "approved late" not in html

    assert approve(client, case).status_code == 302
    assert (case.reload().state, case.revision.act_number) == (State.APPROVED, "12")
    assert Meeting.objects.count() == 2


def test_on_15_january_the_akim_is_told_that_it_is_late(client, case, clock):
    agreed(case)
    clock.move_to(a_moment(2027, 1, 15, 0, 0))
    client.force_login(case.akim)

    html = client.get(address(case, "approve")).content.decode()

    assert "recorded and shown as approved late" in html
    assert approve(client, case).status_code == 302
    assert case.reload().is_late is True


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"confirm": "wrong"}, 422), ({"act_on": "19.12.2026"}, 422), ({"version": 1}, 409),
     ({"act_number": ""}, 422)],
)  # fmt: skip
def test_a_bad_approval_changes_nothing(client, case, sent, status):
    agreed(case)

    assert approve(client, case, **sent).status_code == status
    assert case.reload().state == State.AGREED


def test_the_akim_sends_it_back_with_remarks(client, case):
    agreed(case)
    client.force_login(case.akim)
    form = {"note": "", "confirm": PASSWORD, "version": case.revision.version}

    assert client.post(address(case, "send_back"), form).status_code == 422
    assert client.post(address(case, "send_back"), form | {"note": "Mend."}).status_code == 302
    assert case.reload().state == State.RETURNED


def test_where_the_maslikhat_is_only_notified_the_akim_approves_at_once(client):
    case = submitted(Decided(procedure=ProcedureChoice.EDITION))

    assert approve(client, case).status_code == 302
    assert case.reload().state == State.APPROVED


def test_a_second_approval_is_told_that_it_is_done(client, case):
    agreed(case)
    assert approve(client, case).status_code == 302

    again = approve(client, case)
    assert again.status_code == 409
    assert "approved already" in again.content.decode()


WHO = [  # role, where it is held; GET and POST of submit, of approve
    (Role.COORDINATOR, "region", (200, 302), (403, 403)),
    (Role.AKIM, "region", (403, 403), (200, 302)),
    (Role.DRAFTER, "region", (403, 403), (403, 403)),
    (Role.DRAFTER, "first", (403, 403), (403, 403)),
    (Role.OBSERVER, "region", (403, 403), (403, 403)),
    (Role.AKIM, "first", (403, 403), (403, 403)),
    (Role.COORDINATOR, "first", (403, 403), (403, 403)),
    (Role.COORDINATOR, "foreign", (404, 404), (404, 404)),
    (Role.AKIM, "foreign", (404, 404), (404, 404)),
    (None, None, (404, 404), (404, 404)),
]


@pytest.mark.parametrize(("role", "where", "submit", "approval"), WHO)
def test_each_step_is_for_its_role_in_its_region(client, case, role, where, submit, approval):
    foreign = Region("230000000", "Атырау облысы").region
    unit = {"foreign": foreign, None: None}.get(where) or (where and getattr(case.place, where))
    client.force_login(make_user(role, unit))
    seen = []
    for step in ("submit", "approve"):
        if step == "approve":
            Revision.objects.update(state=State.AGREED, submitted_at=a_moment(2026, 12, 1))
            case.reload()
        form = {"act_number": "1", "act_on": "22.12.2026", "confirm": PASSWORD, "note": "",
                "version": case.revision.version}  # fmt: skip
        seen.append(
            (client.get(address(case, step)).status_code,
             client.post(address(case, step), form).status_code)
        )  # fmt: skip

    assert seen == [submit, approval]


@pytest.mark.parametrize("step", ["agree", "return", "nonsense"])
def test_the_chairs_steps_are_not_at_the_desk(client, case, step):
    client.force_login(submitted(case).chair)
    assert client.get(address(case, step)).status_code == 404


def test_nobody_is_sent_to_sign_in(client, case):
    answer = client.get(address(case, "submit"))
    assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (302, True)


def test_few_lines_and_many_cost_the_same(client, case):
    submitted(case)
    endorse(case.revision, Stance.OBJECTS, "No", by=case.deputy, version=case.revision.version)
    case.take(Step.AGREE, case.chair)
    client.force_login(case.akim)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(case, "approve")).status_code == 200
        return len(captured)

    queries()
    few = queries()
    case.take(Step.SEND_BACK, case.akim)
    for month in range(1, 13):
        make_line(case.revision, case.place.office(case.place.first), [case.place.okrug],
                  date(2027, month, 9))  # fmt: skip
    case.revision.explanations.all().delete()
    explain_all(case.revision, by=case.coordinator)
    case.take(Step.SUBMIT, case.coordinator, at=a_moment(2026, 12, 20))
    for _deputy in range(4):
        endorse(case.revision, Stance.OBJECTS, "No", by=make_user(Role.DEPUTY, case.place.region),
                version=case.revision.version)  # fmt: skip
    case.take(Step.AGREE, case.chair)

    assert queries() == few


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_pages_open_in_each_language(client, case, language):
    agreed(case)
    client.force_login(case.akim)
    for step in ("approve", "send_back"):
        assert client.get(address(case, step, language)).status_code == 200
