"""All findings of a calendar at the desk, and the explanations that a submission needs."""

import pytest
from django.test import Client
from django.urls import reverse

from meetings.enums import Role, State
from meetings.models import Act, Explanation
from tests.factories import Region, make_calendar, make_line, make_office, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Region()


@pytest.fixture
def coordinator(world):
    return make_user(Role.COORDINATOR, world.region)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client, name, *args, **query) -> str:
    answer = client.get(reverse(name, args=args).replace("/kk/", "/en/"), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def an_explanation(world, **fields) -> dict:
    return {
        "norm": "N1", "host": world.region.kato, "target": world.first.kato,
        "since": "2027-01-01", "seen": "", "text": "Floods until May.", **fields,
    }  # fmt: skip


def test_a_breach_is_explained_changed_and_taken_back(world, coordinator):
    calendar = make_calendar(world.region)
    client, url = signed_in(coordinator), reverse("desk_explain", args=[calendar.uuid])

    client.post(url, an_explanation(world))
    assert "Floods until May." in page(client, "desk_findings", calendar.uuid)
    client.post(url, an_explanation(world, seen="Floods until May.", text="Floods until June."))
    assert Explanation.objects.get().text == "Floods until June."
    client.post(url, an_explanation(world, seen="Floods until June.", text=""))

    assert not Explanation.objects.exists()
    verbs = ["explanation.write", "explanation.write", "explanation.drop"]
    assert [act.verb for act in Act.objects.order_by("pk")] == verbs


def test_two_explanations_of_one_breach_are_both_shown(world, coordinator):
    calendar = make_calendar(world.region)
    client, url = signed_in(coordinator), reverse("desk_explain", args=[calendar.uuid])
    client.post(url, an_explanation(world))

    answer = client.post(url, an_explanation(world, text="A quarantine."))

    assert answer.status_code == 409
    text = answer.content.decode()
    assert ("Floods until May." in text, "A quarantine." in text) == (True, True)
    assert Explanation.objects.get().text == "Floods until May."


@pytest.mark.parametrize(("wrong", "status"), [
    ({"norm": "N9"}, 404), ({"host": "1"}, 404), ({"since": "2027-02-01"}, 404),
    ({"since": "x"}, 404), ({"text": "a" * 2001}, 422), ({"text": "a\x00"}, 422),
])  # fmt: skip
def test_an_explanation_of_nothing_or_of_bad_text_is_refused(world, coordinator, wrong, status):
    calendar = make_calendar(world.region)

    answer = signed_in(coordinator).post(
        reverse("desk_explain", args=[calendar.uuid]), an_explanation(world, **wrong)
    )

    assert answer.status_code == status
    assert not Explanation.objects.exists()


def test_a_met_duty_and_a_submitted_calendar_take_no_explanation(world, coordinator):
    calendar = make_calendar(world.region)
    revision = calendar.revisions.get()
    client, url = signed_in(coordinator), reverse("desk_explain", args=[calendar.uuid])
    make_line(revision, world.office(world.region), [world.first], "2027-04-14")
    assert client.post(url, an_explanation(world)).status_code == 422

    revision.state = State.WITH_MASLIKHAT
    revision.save()
    other = an_explanation(world, target=world.second.kato)
    assert client.post(url, other).status_code == 409


def test_only_the_coordinator_explains(world):
    calendar = make_calendar(world.region)
    other = Region("550000000", "Павлодар облысы")
    url = reverse("desk_explain", args=[calendar.uuid])
    for user, status in (
        (make_user(Role.DRAFTER, world.region), 403),
        (make_user(Role.COORDINATOR, other.region), 404),
    ):
        assert signed_in(user).post(url, an_explanation(world)).status_code == status


def test_a_drafter_sees_the_findings_of_his_own_akims(world):
    calendar = make_calendar(world.region)

    text = page(signed_in(make_user(Role.DRAFTER, world.first)), "desk_findings", calendar.uuid)

    assert world.okrug.name in text
    assert world.second.name not in text


@pytest.mark.parametrize("query", ["norm=N3", "severity=advice", "show=met", "show=all"])
def test_findings_are_filtered_and_a_bad_filter_is_told(world, coordinator, query):
    calendar = make_calendar(world.region)
    client, url = signed_in(coordinator), reverse("desk_findings", args=[calendar.uuid])

    assert client.get(f"{url}?{query}").status_code == 200
    assert client.get(f"{url}?norm=N77").status_code == 400


# One text for several --------------------------------------------------------------------------


def a_box(world, target, norm="N1", since="2027-01-01") -> str:
    return f"{norm}:{world.region.kato}:{target.kato}:{since}"


def explain_together(user, calendar, query="", **fields):
    url = reverse("desk_explain_together", args=[calendar.uuid]).replace("/kk/", "/en/")
    given = {"which": "chosen", "text": "Roads are closed.", **fields}
    return signed_in(user).post(f"{url}{query}", given)


def explained() -> list[tuple]:
    rows = Explanation.objects.order_by("norm", "target__path", "window_start")
    return list(rows.values_list("norm", "target__kato", "text"))


def test_ticked_findings_get_one_text_and_each_keeps_its_own_explanation(world, coordinator):
    calendar = make_calendar(world.region)
    boxes = [a_box(world, world.first), a_box(world, world.second)]

    answer = explain_together(coordinator, calendar, "?norm=N1", duty=boxes)

    assert (answer.status_code, answer["Location"].endswith("/findings/?norm=N1")) == (302, True)
    assert explained() == [
        ("N1", world.first.kato, "Roads are closed."),
        ("N1", world.second.kato, "Roads are closed."),
    ]
    act = Act.objects.get()
    assert (act.verb, act.detail["duties"]) == ("explanation.write_together", {"N1 2027-01-01": 2})


def test_all_that_the_filters_show_are_explained_but_what_is_explained_keeps_its_text(
    world, coordinator
):
    calendar = make_calendar(world.region)
    explain_together(coordinator, calendar, duty=[a_box(world, world.first)], text="Floods.")

    answer = explain_together(coordinator, calendar, "?norm=N1", which="all")

    assert answer.status_code == 302
    assert explained() == [
        ("N1", world.first.kato, "Floods."), ("N1", world.second.kato, "Roads are closed."),
    ]  # fmt: skip


def test_what_was_explained_or_met_meanwhile_stops_the_whole_and_keeps_what_was_typed(
    world, coordinator
):
    calendar = make_calendar(world.region)
    first, second = a_box(world, world.first), a_box(world, world.second)
    explain_together(coordinator, calendar, duty=[first], text="Floods.")

    stale = explain_together(coordinator, calendar, duty=[first, second])
    line = world.office(world.region)
    make_line(calendar.revisions.get(), line, [world.second], "2027-04-14")
    met = explain_together(coordinator, calendar, duty=[second])

    text = stale.content.decode()
    assert (stale.status_code, met.status_code) == (409, 409)
    assert ("Roads are closed." in text, text.count(f'value="{second}"')) == (True, 1)
    assert 'name="duty" value="' + second + '" form="together"' in text
    assert explained() == [("N1", world.first.kato, "Floods.")]


@pytest.mark.parametrize(("wrong", "status"), [
    ({"duty": []}, 422), ({"text": " "}, 422), ({"text": "a" * 2001}, 422),
    ({"text": "a\x00"}, 422), ({"which": "x"}, 422), ({"duty": ["N1:1:2:x"]}, 404),
    ({"duty": [""]}, 404), ({"which": "all"}, 422),
])  # fmt: skip
def test_a_text_for_nothing_and_a_bad_text_for_several_are_refused(
    world, coordinator, wrong, status
):
    calendar = make_calendar(world.region)
    given = {"duty": [a_box(world, world.first)]} | wrong

    answer = explain_together(coordinator, calendar, "?norm=N77", **given)

    assert (answer.status_code, explained()) == (status, [])


def test_several_are_explained_by_the_coordinator_while_it_is_a_draft(world, coordinator):
    calendar, other = make_calendar(world.region), Region("550000000", "Павлодар облысы")
    boxes = [a_box(world, world.first)]
    for user, status in (
        (make_user(Role.DRAFTER, world.region), 403),
        (make_user(Role.COORDINATOR, other.region), 404),
    ):
        assert explain_together(user, calendar, duty=boxes).status_code == status

    calendar.revisions.update(state=State.WITH_MASLIKHAT)

    assert explain_together(coordinator, calendar, duty=boxes).status_code == 409
    assert explained() == []


def test_many_are_explained_with_as_many_queries_as_one(
    world, coordinator, django_assert_max_num_queries
):
    counts = []
    first = make_calendar(world.region, year=2026)
    explain_together(coordinator, first, duty=[a_box(world, world.first, since="2026-01-01")])
    for more in (0, 10):
        for _number in range(more):
            make_office(make_unit("district", parent=world.region))
        calendar = make_calendar(world.region, year=2027 + bool(more))
        with django_assert_max_num_queries(100) as asked:
            answer = explain_together(coordinator, calendar, which="all")
        assert answer.status_code == 302
        counts.append((len(asked), Explanation.objects.filter(revision__calendar=calendar).count()))

    (few_queries, few), (many_queries, many) = counts
    assert (few_queries == many_queries, many - few >= 10) == (True, True)


def test_the_page_offers_boxes_only_for_what_nobody_has_explained(world, coordinator):
    calendar = make_calendar(world.region)
    explain_together(coordinator, calendar, duty=[a_box(world, world.first)])

    text = page(signed_in(coordinator), "desk_findings", calendar.uuid, norm="N1")

    assert "the 1 that these filters show" in text
    assert (a_box(world, world.first) in text, a_box(world, world.second) in text) == (False, True)
    met = page(signed_in(coordinator), "desk_findings", calendar.uuid, show="met")
    assert 'id="together"' not in met
