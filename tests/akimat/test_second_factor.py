"""The second factor: asked of those whose signature binds others, at every door."""

import json
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from meetings.enums import Role
from meetings.permissions import SECOND_FACTOR_ROLES
from tests.factories import PASSWORD, Region, make_user

pytestmark = pytest.mark.django_db
NOW = "2026-11-23T09:00:05Z"
DOORS = [
    "/kk/desk/", "/ru/maslikhat/", "/admin/", "/admin/meetings/user/", "/admin/login/", "/ru/",
    "/maslikhat-admin/",
]  # fmt: skip
ACTIVATE = "/accounts/2fa/totp/activate/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as travel:
        yield travel


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client, user):
    return client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


def turn_on(client, user) -> str:
    """Signs in, sets up the second factor and gives its secret."""
    sign_in(client, user)
    secret = client.get(ACTIVATE).context["form"].secret
    answer = client.post(ACTIVATE, {"code": code_for(secret)})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    return secret


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("role", Role)
def test_every_door_leads_to_the_set_up_for_those_who_must_have_it(client, settings, role, door):
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(make_user(role, Region().region))

    answer = client.get(door)

    asked = answer.status_code == 302 and answer["Location"] == ACTIVATE
    assert asked == (role in SECOND_FACTOR_ROLES)


@pytest.mark.parametrize("door", ["/kk/desk/", "/admin/"])
def test_a_post_does_nothing_before_the_set_up(client, settings, door):
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(make_user(Role.ADMINISTRATOR))

    assert client.post(door, {"any": "thing"})["Location"] == ACTIVATE


def test_the_setting_alone_asks_for_it(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(make_user(Role.ADMINISTRATOR))

    assert client.get("/admin/").status_code == 200


def test_from_the_first_sign_in_to_work_without_going_round_in_circles(client, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    user = make_user(Role.AKIM, Region().region, language="ru")

    where = sign_in(client, user)["Location"]
    assert where == "/ru/desk/"
    assert client.get(where)["Location"] == ACTIVATE
    page = client.get(ACTIVATE)
    assert page.status_code == 200
    text = page.content.decode()
    assert '<svg class="qr"' in text
    assert "data:" not in text
    assert "style=" not in text
    answer = client.post(ACTIVATE, {"code": code_for(page.context["form"].secret)}, follow=True)

    assert answer.redirect_chain == [("/accounts/2fa/recovery-codes/", 302)]
    assert len(answer.context["unused_codes"]) == 10
    assert client.get("/ru/desk/").status_code == 200


def test_a_wrong_code_sets_nothing_up(client):
    user = make_user(language="ru")
    sign_in(client, user)
    client.get(ACTIVATE)

    answer = client.post(ACTIVATE, {"code": "000000"})

    assert "Код неверный" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_a_session_that_is_not_fresh_types_the_password_before_the_set_up(client, clock):
    sign_in(client, make_user())
    clock.shift(301)

    assert client.get(ACTIVATE)["Location"].startswith("/accounts/reauthenticate/")
    sent = {"password": PASSWORD, "next": ACTIVATE}
    answer = client.post("/accounts/reauthenticate/", sent, follow=True)
    assert '<svg class="qr"' in answer.content.decode()


def test_the_code_is_asked_after_the_password_and_works_once(client, clock):
    user = make_user()
    secret = turn_on(client, user)
    clock.shift(60)
    first, second = Client(), Client()

    for person in (first, second):
        assert sign_in(person, user)["Location"] == "/accounts/2fa/authenticate/"
        assert person.get("/accounts/")["Location"].startswith("/accounts/login/")
    code = {"code": code_for(secret)}

    assert first.post("/accounts/2fa/authenticate/", code)["Location"] == "/accounts/"
    assert second.post("/accounts/2fa/authenticate/", code).status_code == 200
    assert "_auth_user_id" not in second.session


def test_a_recovery_code_opens_the_account_once(client):
    user = make_user()
    turn_on(client, user)
    code = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"][0]
    answers = []
    for _time in range(2):
        person = Client()
        sign_in(person, user)
        answers.append(person.post("/accounts/2fa/authenticate/", {"code": code}).status_code)

    assert answers == [302, 200]


def test_codes_are_slowed(client):
    user = make_user()
    secret = turn_on(client, user)
    person = Client()
    sign_in(person, user)
    for _time in range(5):
        person.post("/accounts/2fa/authenticate/", {"code": "000000"})

    answer = person.post("/accounts/2fa/authenticate/", {"code": code_for(secret)})

    assert "Сәтсіз әрекет тым көп" in answer.content.decode()


def test_secrets_lie_encrypted_and_are_read_after_a_change_of_the_sites_secret(client, settings):
    user = make_user()
    secret = turn_on(client, user)
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret of the site, long enough to be one"
    totp = Authenticator.objects.get(type=Authenticator.Type.TOTP).wrap()

    assert totp.validate_code(code_for(secret))


def test_those_who_must_have_it_cannot_turn_it_off(client, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    user = make_user(Role.CHAIR, Region().region, language="ru")
    secret = turn_on(client, user)

    answer = client.post("/accounts/2fa/totp/deactivate/")

    assert "его требует ваша роль" in answer.content.decode()
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists(), secret


def test_others_may_turn_it_off_with_their_password(client, clock):
    user = make_user()
    turn_on(client, user)
    clock.shift(400)
    page = "/accounts/2fa/totp/deactivate/"

    assert client.post(page)["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post(page)

    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    "page", ["2fa/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/"]
)
def test_each_page_opens_in_each_language(client, page, language):
    turn_on(client, make_user())
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    answer = client.get(f"/accounts/{page}?lang={language}")

    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()
