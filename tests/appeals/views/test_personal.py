"""Names and contacts at the desk, and the list of who read them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals.enums import ReadFor
from appeals.models import PersonalRead
from appeals.services import personal
from meetings.enums import Role
from tests.factories import Region, make_user
from tests.factories_requests import make_person, make_question

pytestmark = pytest.mark.django_db
QUEUE = "/ru/desk/requests/"
LIST = f"{QUEUE}personal-data/"


@pytest.fixture
def region():
    return Region()


def asked(unit, **given):
    return make_question(unit, person=make_person(**given))


def read(question, by):
    personal.read(
        question.person, by=by, purpose=ReadFor.ANSWER, subject=f"question:{question.uuid}"
    )


def test_a_question_shows_who_asked_only_after_a_purpose_was_given(client, region):
    question = asked(region.okrug)
    client.force_login(make_user(Role.COMMISSION, region.region))
    page, where = f"{QUEUE}{question.uuid}/", f"{QUEUE}{question.uuid}/person/"

    before = client.get(page).content.decode()
    without = client.post(where, {"purpose": ""})
    bare = client.post(where, {"purpose": "other", "words": ""})
    given = client.post(where, {"purpose": "answer"})
    after = client.get(page).content.decode()

    for told in (before, without.content.decode(), bare.content.decode(), after):
        assert "Әсел" not in told
        assert "asel@example.kz" not in told
        assert "Показать имя и контакты" in told
    assert (without.status_code, bare.status_code, given.status_code) == (422, 422, 200)
    assert "Әсел Нұрланқызы" in given.content.decode()
    assert given.headers["Cache-Control"] == "private, no-store"
    assert PersonalRead.objects.count() == 1


def test_other_roles_see_no_way_to_a_name(client, region):
    question = asked(region.okrug)
    client.force_login(make_user(Role.OBSERVER, region.region))

    assert "person-title" not in client.get(f"{QUEUE}{question.uuid}/").content.decode()
    answer = client.post(f"{QUEUE}{question.uuid}/person/", {"purpose": "answer"})
    assert answer.status_code == 403


def test_the_list_says_whose_data_was_read_in_ones_own_territory(client, region):
    there = Region("230000000", "Атырау облысы")
    ours, other, theirs = asked(region.okrug), asked(region.second), asked(there.first)
    clerk = make_user(Role.COMMISSION, region.region, name="Айгүл Сапарова")
    read(ours, clerk)
    read(ours, clerk)
    read(other, clerk)
    read(theirs, make_user(Role.COMMISSION, there.region))

    def people(user, **query):
        client.force_login(user)
        answer = client.get(LIST, query)
        assert "Әсел" not in answer.content.decode()
        return [row["subject"] for row in answer.context["rows"]], answer.context["people"]

    whole = people(make_user(Role.ADMINISTRATOR, region.region))
    assert whole == ([other.number, ours.number, ours.number], 2)
    assert people(clerk, subject=ours.number) == ([ours.number, ours.number], 1)
    assert people(clerk, by="Сапарова", since="01.01.2020")[1] == 2
    assert people(clerk, until="01.01.2020") == ([], 0)
    assert people(make_user(Role.COMMISSION, region.first))[1] == 1
    assert client.get(LIST, {"since": "вчера"}).status_code == 422


def test_the_list_takes_as_many_queries_however_long_it_is(client, region):
    clerk = make_user(Role.COMMISSION, region.region)
    client.force_login(clerk)
    counted = []
    for _round in range(2):
        for _number in range(6):
            read(asked(region.okrug), clerk)
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counted.append(len(queries))

    assert counted[0] == counted[1]
