from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from meetings.services import outbox
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ROOT = [  # what the browser asks, where it is sent
    ("", "/kk/"),
    ("ru-RU,ru;q=0.9,en;q=0.5", "/ru/"),
    ("en-US", "/en/"),
    ("fr-FR,de;q=0.9", "/kk/"),
]


@pytest.mark.parametrize(("accepts", "where"), ROOT)
def test_the_root_leads_to_the_visitors_language_and_to_kazakh_when_unknown(client, accepts, where):
    answer = client.get("/", headers={"accept-language": accepts})

    assert (answer.status_code, answer["Location"]) == (302, where)


def test_health_says_which_part_answers(client):
    assert client.get("/health/live").json() == {"live": True}
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()["parts"]) == (
        200, {"database": True, "cache": True, "letters": True},
    )  # fmt: skip


def test_letters_that_pile_up_are_told_while_pages_are_served(client):
    since = timezone.now() - timedelta(hours=1)
    with transaction.atomic():
        outbox.post("ready", to="a@example.kz", language="kk", context={}, key="1", at=since)

    ready = client.get("/health/ready")

    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    assert ready.json()["parts"]["letters"] is False


def test_an_endless_address_is_refused(client):
    assert client.get("/ru/?q=" + "a" * 3000).status_code == 400


def test_browsers_find_the_icon_and_search_engines_their_bounds(client):
    icon = client.get("/favicon.ico")
    robots = client.get("/robots.txt")

    assert (icon.status_code, icon["Location"]) == (301, "/static/icon.svg")
    assert "Disallow: /*/desk/" in robots.content.decode()


ABOVE = [  # an address that takes forms alone, where one is sent from there
    ("/ru/desk/requests/00000000-0000-0000-0000-000000000001/publish/",
     "/ru/desk/requests/00000000-0000-0000-0000-000000000001/"),
    ("/kk/desk/promises/00000000-0000-0000-0000-000000000001/step/", "/kk/desk/"),
    ("/ru/questions/follow/key/object/", "/ru/questions/follow/key/"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "above"), ABOVE)
def test_an_address_for_forms_alone_says_so_and_where_to_go(client, address, above):
    client.force_login(make_user())

    answer = client.get(address)

    text = answer.content.decode()
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert f'<a class="btn btn-primary" href="{above}">' in text
    assert (
        "Этот адрес принимает только отправленное из формы" in text
        or "Бұл мекенжай тек форма арқылы жіберілгенді қабылдайды" in text
    )
