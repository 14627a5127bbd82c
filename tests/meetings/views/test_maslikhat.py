"""The maslikhat's pages: what deputies see and say, what the chair decides."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.enums import ProcedureChoice, Role, Stance, State, Step
from meetings.models import Endorsement, Line, Remark, Revision
from meetings.services.maslikhat import endorse, remark
from tests.approvals import Decided, explain_all
from tests.factories import a_moment, make_line, make_user
from tests.meetings.views.maslikhat_case import english, page, url

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


def test_the_list_says_what_waits_and_how_long(client, case):
    html = page(client, case.deputy, "/en/maslikhat/").content.decode()

    assert "<strong>1</strong> calendar waits" in html
    assert "25 days left until 15 January 2027" in " ".join(html.split())
    assert english(case) in html


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED])
def test_a_draft_is_never_shown_and_its_absence_is_told(client, case, state):
    Revision.objects.update(state=state)
    Line.objects.update(place_kk="Құпия орын")

    answer = page(client, case.deputy, "/en/maslikhat/")
    assert ("mending it" if state == State.RETURNED else "has not submitted it yet") in (
        answer.content.decode()
    )
    for address in (
        url("maslikhat_calendar", case), url("maslikhat_decide", case, "agree"),
        "/en/maslikhat/", "/en/maslikhat/changes/",
    ):  # fmt: skip
        assert "Құпия" not in page(client, case.chair, address).content.decode()
    assert page(client, case.chair, url("maslikhat_calendar", case)).status_code == 404


def test_with_an_approved_revision_deputies_see_it_and_not_the_new_draft(client, case):
    case.take(Step.AGREE, case.chair)
    case.take(Step.APPROVE, case.akim, at=a_moment(2026, 12, 22))
    draft = Revision.objects.create(calendar=case.calendar, number=2)
    make_line(draft, case.place.office(case.place.region), [case.place.first], "2027-05-05",
              place_kk="Құпия орын")  # fmt: skip

    answer = page(client, case.deputy, url("maslikhat_calendar", case))

    assert answer.status_code == 200
    assert "Құпия" not in answer.content.decode()
    assert answer.context["revision"].number == 1


def test_the_page_has_changes_findings_coverage_lines_and_words(client, case):
    html = page(client, case.deputy, english(case)).content.decode()

    assert "There are 2 meetings in the calendar." in html
    assert "for the first time" in html
    assert "The post is vacant until summer." in html
    assert 'class="coverage"' in html
    assert "14 Apr" in html
    assert "The maslikhat agrees to the calendar before it is approved." in html
    assert "Agree by a decision" not in html
    chairs = page(client, case.chair, english(case)).content.decode()
    assert "Agree by a decision" in chairs


def test_a_second_submission_shows_what_changed(client, case):
    case.take(Step.RETURN, case.chair)
    kept, moved = Line.objects.order_by("pk")
    Line.objects.filter(pk=moved.pk).update(day=date(2027, 9, 15))
    Line.objects.filter(pk=kept.pk).update(place_kk="Мектеп")
    make_line(case.revision, kept.host, [case.place.second], "2027-11-11")
    case.take(Step.SUBMIT, case.coordinator, at=a_moment(2026, 12, 21))

    rows = page(client, case.deputy, english(case)).context["changes"]["rows"]

    assert [(row["state"]["class"], row["was"], row["now"]) for row in rows] == [
        ("planned", "Place in Kazakh: —", "Place in Kazakh: Мектеп"),
        ("moved", "Wednesday 8 September 2027", "Wednesday 15 September 2027"),
        ("announced", "", "Thursday 11 November 2027"),
    ]


REMARKS = [  # which line, the words, the answer
    ("line", "The road is closed in April.", 302),
    ("", "Well balanced.", 302),
    ("line", "  ", 422),
    ("", "a" * 2001, 422),
    ("", "bell \x07", 422),
    ("unknown", "Which one?", 409),
]


@pytest.mark.parametrize(("line", "text", "status"), REMARKS)
def test_a_remark_is_kept_or_told_why_not(client, case, line, text, status):
    lines = {"line": str(case.revision.lines.first().uuid), "unknown": str(uuid4()), "": ""}
    client.force_login(case.deputy)
    address = url("maslikhat_remark", case)

    answer = client.post(address, {"line": lines[line], "text": text})

    assert answer.status_code == status
    assert Remark.objects.count() == (status == 302)
    if status == 302:
        shown = client.get(url("maslikhat_calendar", case)).content.decode()
        assert text in shown
    elif text.strip() and status == 422:
        assert text[:200].strip("\x07 ") in answer.content.decode()


def test_the_last_word_of_each_deputy_counts(client, case):
    client.force_login(case.deputy)
    address, version = url("maslikhat_word", case), case.revision.version

    def say(stance, text=""):
        return client.post(address, {"stance": stance, "text": text, "version": version})

    assert say("endorses").status_code == 302
    assert say("objects").status_code == 422  # without words
    assert say("shrugs").status_code == 422
    assert say("objects", "Terekti is left out.").status_code == 302

    said = Endorsement.objects.get()
    assert (said.by, said.stance, said.text) == (
        case.deputy, Stance.OBJECTS, "Terekti is left out.",
    )  # fmt: skip


def test_a_word_on_what_was_submitted_before_is_not_taken(client, case):
    old = case.revision.version
    case.take(Step.RETURN, case.chair)
    case.take(Step.SUBMIT, case.coordinator, at=a_moment(2026, 12, 21))
    client.force_login(case.deputy)

    answer = client.post(url("maslikhat_word", case), {"stance": "endorses", "version": old})

    assert (answer.status_code, Endorsement.objects.count()) == (409, 0)


def test_after_the_decision_no_more_words(client, case):
    case.take(Step.AGREE, case.chair)
    client.force_login(case.deputy)

    answer = client.post(url("maslikhat_remark", case), {"text": "Late"})
    assert answer.status_code == 409
    assert (
        "agreed to the calendar already"
        in client.post(
            url("maslikhat_word", case).replace("/kk/", "/en/"),
            {"stance": "endorses", "version": case.revision.version},
        ).content.decode()
    )


def test_few_rows_and_many_cost_the_same_queries(client, case):
    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert page(client, case.chair, address).status_code == 200
        return len(captured)

    addresses = [url("maslikhat_calendar", case), "/en/maslikhat/"]
    addresses.append(url("maslikhat_decide", case, "agree"))
    for address in addresses:
        queries(address)
    few = [queries(address) for address in addresses]

    case.take(Step.RETURN, case.chair)
    for month in range(1, 13):
        host = case.place.office(case.place.first if month % 2 else case.place.okrug)
        targets = case.place.villages if host.unit == case.place.okrug else [case.place.okrug]
        make_line(case.revision, host, targets, date(2027, month, 11))
    case.revision.explanations.all().delete()
    explain_all(case.revision, by=case.coordinator)
    case.take(Step.SUBMIT, case.coordinator, at=a_moment(2026, 12, 20))
    for line in case.revision.lines.all():
        remark(case.revision, "Fine", by=make_user(Role.DEPUTY, case.place.region), line=line.uuid)
    for _deputy in range(5):
        endorse(case.revision, Stance.ENDORSES, by=make_user(Role.DEPUTY, case.place.region),
                version=case.revision.version)  # fmt: skip
    for year in (2024, 2025, 2026):
        older = Decided(place=case.place, year=year)
        older.take(Step.SUBMIT, older.coordinator)
    many = [queries(address) for address in addresses]

    assert many == few


def test_a_region_that_follows_its_edition_says_so(client):
    case = Decided(procedure=ProcedureChoice.EDITION)
    case.take(Step.SUBMIT, case.coordinator)

    html = page(client, case.chair, english(case)).content.decode()
    assert "The maslikhat is notified before the calendar is approved." in html
    assert "Agree by a decision" not in html
    assert page(client, case.chair, url("maslikhat_decide", case, "agree")).status_code == 409


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_pages_open_in_each_language(client, case, language):
    client.force_login(case.chair)
    for address in (
        f"/{language}/maslikhat/", f"/{language}/maslikhat/calendars/{case.calendar.uuid}/",
        f"/{language}/maslikhat/calendars/{case.calendar.uuid}/decide/return/",
        f"/{language}/maslikhat/changes/",
    ):  # fmt: skip
        assert client.get(address).status_code == 200


def test_hostile_words_are_shown_as_words(client, case):
    remark(case.revision, "<script>alert(1)</script>", by=case.deputy)
    approve_name = case.deputy
    approve_name.name = '"><img src=x>'
    approve_name.save()

    html = page(client, case.chair, url("maslikhat_calendar", case)).content.decode()

    assert "<script>alert" not in html
    assert "<img src=x>" not in html
