"""What the chair decides: agreed, returned, confirmed; by whom and with what proof."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from meetings.enums import Role, State, Step
from meetings.models import MeetingChange, Revision
from meetings.services.meetings import cancel_urgently, move_urgently
from tests.approvals import Decided
from tests.factories import PASSWORD, Region, a_moment, make_user
from tests.meetings.views.maslikhat_case import page, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel(a_moment(2026, 12, 21)):
        yield


@pytest.fixture
def case():
    case = Decided()
    case.take(Step.SUBMIT, case.coordinator)
    return case


def agree(client, case, **sent):
    client.force_login(case.chair)
    form = {
        "act_number": "7-3", "act_on": "20.12.2026", "confirm": PASSWORD,
        "version": case.revision.version,
    } | sent  # fmt: skip
    return client.post(url("maslikhat_decide", case, "agree"), form)


def test_the_chair_agrees_with_number_date_and_password(client, case):
    answer = agree(client, case)

    assert answer.status_code == 302
    revision = case.reload()
    assert (revision.state, revision.decision_number, revision.decision_on) == (
        State.AGREED, "7-3", date(2026, 12, 20),
    )  # fmt: skip


BAD = [  # what is sent, the answer, a part of the words
    ({"confirm": "wrong"}, 422, "neither your password"),
    ({"confirm": "123456"}, 422, "neither your password"),
    ({"confirm": ""}, 422, ""),
    ({"act_number": ""}, 422, "number of the document"),
    ({"act_number": "7" * 51}, 422, "50 characters"),
    ({"act_on": ""}, 422, "date of the document"),
    ({"act_on": "32.12.2026"}, 422, "is not a date"),
    ({"act_on": "25.12.2026"}, 422, "in the future"),
    ({"act_on": "01.11.2026"}, 422, "older than"),
    ({"version": "1"}, 409, "on the maslikhat's table now"),
    ({"version": "abc"}, 422, ""),
]


@pytest.mark.parametrize(("sent", "status", "words"), BAD)
def test_a_decision_that_cannot_be_is_told_why_and_nothing_moves(client, case, sent, status, words):
    address = url("maslikhat_decide", case, "agree").replace("/kk/", "/en/")
    client.force_login(case.chair)
    form = {
        "act_number": "№ 7-3", "act_on": "20.12.2026", "note": "Kept words", "confirm": PASSWORD,
        "version": case.revision.version,
    } | sent  # fmt: skip

    answer = client.post(address, form)
    html = answer.content.decode().replace("&#x27;", "'")

    assert (answer.status_code, case.reload().state) == (status, State.WITH_MASLIKHAT)
    assert words in html
    if status == 422:
        assert "Kept words" in html
        assert PASSWORD not in html


def test_guessing_the_password_is_slowed(client, case):
    statuses = [agree(client, case, confirm="wrong").status_code for _try in range(11)]

    assert statuses == [422] * 10 + [429]
    assert agree(client, case).status_code == 429
    assert case.reload().state == State.WITH_MASLIKHAT


def test_a_code_of_the_second_factor_confirms_once(client, case):
    from allauth.mfa.totp.internal.auth import (
        TOTP,
        format_hotp_value,
        generate_totp_secret,
        hotp_value,
    )

    secret = generate_totp_secret()
    TOTP.activate(case.chair, secret)
    code = format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))

    assert agree(client, case, confirm=f"{code[:3]} {code[3:]}").status_code == 302
    case.reload()
    case.take(Step.SEND_BACK, case.akim)
    case.take(Step.SUBMIT, case.coordinator, at=a_moment(2026, 12, 20))
    assert agree(client, case, confirm=code).status_code == 422


def test_a_return_carries_its_remarks(client, case):
    client.force_login(case.chair)
    address = url("maslikhat_decide", case, "return")
    form = {"note": "", "confirm": PASSWORD, "version": case.revision.version}

    assert client.post(address, form).status_code == 422
    assert client.post(address, form | {"note": "Mend spring."}).status_code == 302
    assert case.reload().moves.last().note == "Mend spring."


ROLES = [  # role, where; list, calendar, decide page, post a word, post the decision
    (Role.DEPUTY, "region", (200, 200, 403, 302, 403)),
    (Role.CHAIR, "region", (200, 200, 200, 302, 302)),
    (Role.DEPUTY, "first", (200, 404, 404, 404, 404)),
    (Role.CHAIR, "first", (200, 404, 404, 404, 404)),
    (Role.CHAIR, "foreign", (200, 404, 404, 404, 404)),
    (Role.COORDINATOR, "region", (403, 404, 404, 404, 404)),
    (Role.AKIM, "region", (403, 404, 404, 404, 404)),
    (Role.OBSERVER, "region", (403, 404, 404, 404, 404)),
    (Role.ADMINISTRATOR, "region", (403, 404, 404, 404, 404)),
    (None, None, (403, 404, 404, 404, 404)),
]


@pytest.mark.parametrize(("role", "where", "statuses"), ROLES)
def test_each_page_is_for_its_people(client, case, role, where, statuses):
    foreign = Region("230000000", "Атырау облысы").region
    unit = {"foreign": foreign, None: None}.get(where) or (where and getattr(case.place, where))
    client.force_login(make_user(role, unit))
    version = case.revision.version
    decision = {"act_number": "1", "act_on": "20.12.2026", "confirm": PASSWORD}

    assert (
        client.get("/kk/maslikhat/").status_code,
        client.get(url("maslikhat_calendar", case)).status_code,
        client.get(url("maslikhat_decide", case, "agree")).status_code,
        client.post(
            url("maslikhat_word", case), {"stance": "endorses", "version": version}
        ).status_code,
        client.post(
            url("maslikhat_decide", case, "agree"), decision | {"version": version}
        ).status_code,
    ) == statuses


def test_nobody_is_sent_to_sign_in(client, case):
    for address in (
        "/kk/maslikhat/", "/kk/maslikhat/changes/", url("maslikhat_calendar", case),
        url("maslikhat_decide", case, "agree"),
    ):  # fmt: skip
        answer = client.get(address)
        assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (302, True)


@pytest.mark.parametrize("name", ["maslikhat_remark", "maslikhat_word"])
def test_an_expired_session_leads_back_to_the_calendar(client, case, name):
    answer = client.post(url(name, case), {"text": "Late", "stance": "endorses"})

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"{case.calendar.uuid}%2F")


@pytest.mark.parametrize("step", ["approve", "submit", "send_back", "nonsense"])
def test_the_steps_of_others_are_not_here(client, case, step):
    assert page(client, case.chair, url("maslikhat_decide", case, step)).status_code == 404


def test_opening_pages_changes_nothing(client, case):
    before = list(Revision.objects.values())
    for name in ("maslikhat_calendar", "maslikhat_decide"):
        args = ["agree"] if name == "maslikhat_decide" else []
        assert page(client, case.chair, url(name, case, *args)).status_code == 200
    for name in ("maslikhat_remark", "maslikhat_word"):
        assert page(client, case.chair, url(name, case)).status_code == 405

    assert list(Revision.objects.values()) == before


def test_the_chair_confirms_an_urgent_change(client, case):
    case.take(Step.AGREE, case.chair)
    approve_at = a_moment(2026, 12, 21)
    case.take(Step.APPROVE, case.akim, at=approve_at, act_on=date(2026, 12, 21))
    first, second = case.calendar.meetings.order_by("pk")
    move_urgently(first, {"day": date(2027, 4, 20)}, reason="Құрбан айт", by=case.coordinator,
                  version=1, at=approve_at)  # fmt: skip
    cancel_urgently(second, reason="Су тасқыны", by=case.coordinator, version=1, at=approve_at)
    change = MeetingChange.objects.get(meeting=first)

    html = page(client, case.deputy, "/en/maslikhat/changes/").content.decode()
    assert "Wednesday 14 April 2027" in html
    assert "Құрбан айт" in html
    assert "Confirm by a decision" not in html
    assert (
        "<strong>2</strong> urgent changes"
        in page(client, case.deputy, "/en/maslikhat/").content.decode()
    )

    address = reverse("maslikhat_confirm", args=[change.uuid])
    assert page(client, case.deputy, address).status_code == 403
    foreign = make_user(Role.CHAIR, Region("230000000", "Атырау облысы").region)
    assert page(client, foreign, address).status_code == 404
    assert page(client, case.chair, address).status_code == 200
    form = {"act_number": "9", "act_on": "21.12.2026", "confirm": "wrong", "version": 2}
    assert client.post(address, form).status_code == 422
    assert client.post(address, form | {"confirm": PASSWORD, "act_number": ""}).status_code == 422
    assert client.post(address, form | {"confirm": PASSWORD, "version": 1}).status_code == 409
    assert client.post(address, form | {"confirm": PASSWORD}).status_code == 302
    assert client.post(address, form | {"confirm": PASSWORD}).status_code == 409

    first.refresh_from_db()
    assert first.is_awaiting is False
