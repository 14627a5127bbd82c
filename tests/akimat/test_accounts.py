"""Signing in and out, passwords, sessions."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from meetings.enums import Role
from meetings.models import Letter, User
from meetings.services import outbox
from tests.factories import PASSWORD, Region, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def sign_in(client, user, password=PASSWORD, *, url=LOGIN, **extra):
    return client.post(url, {"login": user.email, "password": password}, **extra)


FIRST_PAGES = [  # roles, where work begins
    ([Role.DRAFTER], "/ru/desk/"),
    ([Role.AKIM], "/ru/desk/"),
    ([Role.OBSERVER, Role.ADMINISTRATOR], "/ru/desk/"),
    ([Role.DEPUTY], "/ru/maslikhat/"),
    ([Role.COMMISSION], "/ru/desk/requests/"),
    ([Role.CHAIR, Role.ADMINISTRATOR], "/ru/maslikhat/"),
    ([Role.ADMINISTRATOR], "/admin/"),
    ([Role.RECEPTION], "/accounts/"),  # its pages come later
    ([], "/accounts/"),
]


@pytest.mark.parametrize(("roles", "where"), FIRST_PAGES)
def test_work_begins_at_the_page_of_the_role(client, roles, where):
    region = Region().region
    user = make_user(language="ru")
    for role in roles:
        user.assignments.create(role=role, unit=region, starts_on="2020-01-01")

    answer = sign_in(client, user)

    assert (answer.status_code, answer["Location"]) == (302, where)


def test_a_language_that_was_chosen_goes_before_the_persons_own(client):
    user = make_user(Role.DRAFTER, Region().region, language="ru")

    assert sign_in(client, user, url=LOGIN + "?lang=en")["Location"] == "/en/desk/"
    client.post("/accounts/logout/")
    assert sign_in(client, user)["Location"] == "/en/desk/"  # the cookie of the first time
    assert "Парол" in client.get("/accounts/password/change/?lang=ru").content.decode()


NEXT = [  # the address asked for, where it leads
    ("/kk/desk/log/", "/kk/desk/log/"),
    ("http://testserver/kk/desk/", "http://testserver/kk/desk/"),
    ("https://evil.example/", "/ru/desk/"),
    ("//evil.example/", "/ru/desk/"),
    ("/\\evil.example/", "/ru/desk/"),
    ("javascript:alert(1)", "/ru/desk/"),
    ("https:evil.example", "/ru/desk/"),
    ("\thttps://evil.example", "/ru/desk/"),
]


@pytest.mark.parametrize(("asked", "where"), NEXT)
def test_one_is_led_to_our_own_addresses_only(client, asked, where):
    user = make_user(Role.DRAFTER, Region().region, language="ru")

    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD, "next": asked})

    assert answer["Location"] == where


@pytest.mark.parametrize("asked", ["https://evil.example/", "//evil.example"])
def test_signing_out_leads_to_our_own_addresses_only(client, asked):
    client.force_login(make_user())

    answer = client.post("/accounts/logout/", {"next": asked})

    assert answer["Location"] == "/kk/"


def test_an_unknown_account_gets_the_same_words_and_costs_the_same(client, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    user = make_user()
    closed = make_user(is_active=False)
    answers, costs = [], []
    for email in (user.email, closed.email, "nobody@example.kz"):
        Counting.times = 0
        answer = client.post(LOGIN, {"login": email, "password": "a wrong password"})
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        answers.append((answer.status_code, page.replace(email, "…")))
        costs.append(Counting.times)

    assert "Электрондық пошта немесе құпиясөз дұрыс емес" in answers[0][1]
    assert answers[0] == answers[1] == answers[2]
    assert costs == [1, 1, 1]


class Counting(MD5PasswordHasher):
    """How often a password is hashed."""

    times = 0

    def encode(self, password, salt):
        Counting.times += 1
        return super().encode(password, salt)


def test_a_closed_account_is_told_so_only_with_its_password(client):
    user = make_user(is_active=False)

    assert sign_in(client, user)["Location"] == "/accounts/inactive/"
    assert "жабылған" in client.get("/accounts/inactive/").content.decode()


def test_an_account_is_slowed_after_five_wrong_passwords_from_any_address(client):
    user = make_user()
    for number in range(5):
        sign_in(client, user, "wrong", REMOTE_ADDR=f"10.0.0.{number}")

    answer = sign_in(client, user, REMOTE_ADDR="10.0.0.99")

    assert "Сәтсіз әрекет тым көп" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_address_is_slowed_after_ten_wrong_passwords_for_any_account(client):
    for number in range(10):
        client.post(LOGIN, {"login": f"nobody{number}@example.kz", "password": "wrong"})

    answer = sign_in(client, make_user())

    assert "Сәтсіз әрекет тым көп" in answer.content.decode()


def test_too_many_requests_get_a_page_that_says_how_long_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "1/m/ip"}
    client.post(LOGIN + "?lang=ru", {"login": "a@example.kz", "password": "b"})

    answer = client.post(LOGIN + "?lang=ru", {"login": "a@example.kz", "password": "b"})

    assert answer.status_code == 429
    assert "Подождите пять минут" in answer.content.decode()


def test_a_session_is_new_at_sign_in_and_gone_at_sign_out(client):
    client.get("/ru/")
    client.session["before"] = "planted"
    session = client.session
    session["before"] = "planted"
    session.save()
    planted = session.session_key

    sign_in(client, make_user())
    signed_in = client.session.session_key
    client.post("/accounts/logout/")

    assert signed_in != planted
    assert client.session.session_key not in (planted, signed_in)
    assert not client.session.exists(planted)
    assert not client.session.exists(signed_in)


def test_opening_the_sign_out_page_signs_nobody_out(client):
    client.force_login(make_user())

    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session


def test_all_sessions_end_at_a_password_change(client):
    user = make_user(language="ru")
    elsewhere = Client()
    sign_in(client, user)
    sign_in(elsewhere, user)

    answer = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "another long one", "password2": "another long one"},
    )

    assert answer["Location"] == "/accounts/login/"
    assert client.get("/accounts/")["Location"].startswith(LOGIN)
    assert elsewhere.get("/accounts/")["Location"].startswith(LOGIN)
    outbox.drain()
    assert [letter.subject for letter in mail.outbox] == ["Akimat: пароль изменён"]
    user.refresh_from_db()
    assert user.check_password("another long one")


def test_all_sessions_end_at_once_when_an_account_is_closed(client):
    user = make_user()
    sign_in(client, user)
    assert client.get("/accounts/").status_code == 200

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert client.get("/accounts/")["Location"].startswith(LOGIN)


def test_a_forgotten_password_gets_the_same_answer_and_one_letter_either_way(client):
    user = make_user(language="ru")
    pages = []
    for email in (user.email, "nobody@example.kz"):
        answer = client.post("/accounts/password/reset/", {"email": email}, follow=True)
        pages.append((answer.redirect_chain, answer.content))

    assert pages[0][0] == pages[1][0] == [("/accounts/password/reset/done/", 302)]
    outbox.drain()
    assert [letter.to for letter in mail.outbox] == [[user.email], ["nobody@example.kz"]]
    assert [letter.subject for letter in mail.outbox] == [
        "Akimat: новый пароль",  # in the person's own language
        "Akimat: бұл мекенжаймен аккаунт жоқ",
    ]


def test_a_mail_server_that_is_away_breaks_no_page(client, monkeypatch):
    def refuse(self, messages):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    for email in (make_user().email, "nobody@example.kz"):
        answer = client.post("/accounts/password/reset/", {"email": email})

        assert answer["Location"] == "/accounts/password/reset/done/"
    assert outbox.drain() == 0
    assert set(Letter.objects.values_list("state", "tries")) == {("waiting", 1), ("waiting", 0)}


def link_of_the_letter() -> str:
    outbox.drain()
    found = re.search(r"https?://(\S+?)(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)
    assert found[1] == "127.0.0.1:8000"
    return found[2]


def test_the_link_of_the_letter_is_ours_whatever_host_the_request_named(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/accounts/password/reset/", {"email": make_user().email}, HTTP_HOST="evil.example")

    assert link_of_the_letter()
    assert "evil.example" not in mail.outbox[-1].body


def test_the_link_of_the_letter_sets_a_password_once(client):
    user = make_user()
    client.post("/accounts/password/reset/", {"email": user.email})
    link = link_of_the_letter()

    form = client.get(link)["Location"]
    answer = client.post(form, {"password1": "another long one", "password2": "another long one"})

    assert answer["Location"] == "/accounts/password/reset/key/done/"
    user.refresh_from_db()
    assert user.check_password("another long one")
    assert "жарамсыз" in Client().get(link).content.decode()
    assert "_auth_user_id" not in client.session


def test_the_link_of_the_letter_works_for_two_hours(client):
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC)) as clock:
        client.post("/accounts/password/reset/", {"email": make_user().email})
        link = link_of_the_letter()
        clock.shift(timedelta(hours=1, minutes=59))
        assert Client().get(link).status_code == 302
        clock.shift(timedelta(minutes=2))
        assert "жарамсыз" in Client().get(link).content.decode()


def test_a_changed_address_leaves_nothing_of_the_old_one_behind(client):
    user = make_user(email="old@example.kz")
    client.post("/accounts/password/reset/", {"email": "old@example.kz"})
    sign_in(client, user)
    client.logout()
    User.objects.filter(pk=user.pk).update(email="new@example.kz")

    client.post(LOGIN, {"login": "old@example.kz", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    client.post(LOGIN, {"login": "new@example.kz", "password": PASSWORD})
    assert "_auth_user_id" in client.session
    assert not EmailAddress.objects.exists()


BOUNDS = [  # what is sent, which field says so
    ({"login": "a" * 300 + "@example.kz", "password": "b"}, "login"),
    ({"login": "a@example.kz", "password": "b" * 10_000}, "password"),
    ({"login": "a\x00b@example.kz", "password": "b"}, "login"),
    ({"login": "", "password": ""}, "login"),
]


@pytest.mark.parametrize(("sent", "field"), BOUNDS)
def test_what_cannot_be_is_refused_before_anything_is_hashed(client, settings, sent, field):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    Counting.times = 0

    answer = client.post(LOGIN, sent)

    assert (answer.status_code, Counting.times) == (200, 0)
    assert answer.context["form"].errors[field]


def test_nobody_signs_up(client):
    assert client.get("/accounts/signup/").status_code == 404
    assert client.get("/accounts/email/").status_code == 404


@pytest.mark.parametrize("shown", [True, False])
def test_the_demo_tells_its_sign_ins_and_no_other_site_does(client, settings, tmp_path, shown):
    settings.SHOW_DEMO_SIGN_INS = shown
    settings.DATA_DIR = tmp_path

    assert 'id="demo"' not in client.get(LOGIN).content.decode()  # nobody of the demo is here
    make_user(Role.AKIM, Region().region, email="akim@akimat.example")
    page = client.get(LOGIN + "?lang=ru").content.decode()

    assert ("akim@akimat.example" in page) is shown
    assert (tmp_path / "demo_password").exists() is shown
    if shown:
        assert (tmp_path / "demo_password").read_text() in page


PAGES = [
    "login/", "password/reset/", "password/reset/done/", "password/reset/key/done/", "inactive/",
    "password/reset/key/1-wrong/",
]  # fmt: skip
OWN_PAGES = ["", "logout/", "password/change/", "reauthenticate/", "2fa/", "2fa/totp/activate/"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("page", PAGES + OWN_PAGES)
def test_each_page_speaks_the_language_asked_for(client, page, language):
    if page in OWN_PAGES:
        sign_in(client, make_user(Role.AKIM, Region().region))

    answer = client.get(f"/accounts/{page}?lang={language}")

    text = answer.content.decode()
    labels = re.findall(r"<label[^>]*>\s*([^<]+?)\s*<", text) + re.findall(r"<h1>([^<]+)<", text)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in text
    assert labels
    for label in labels:
        assert bool(re.search("[а-яәғқңөұүһі]", label.lower())) == (language != "en"), label


def test_the_language_of_a_person_is_kept(client):
    user = make_user(language="kk")
    client.force_login(user)

    answer = client.post("/accounts/", {"language": "ru"}, follow=True)

    user.refresh_from_db()
    assert user.language == "ru"
    assert "Язык сохранён." in answer.content.decode()


def test_the_account_page_changes_nothing_but_the_language(client):
    user = make_user()
    client.force_login(user)

    client.post("/accounts/", {"language": "en", "email": "x@example.kz", "is_superuser": "on"})

    before = (user.email, user.is_superuser)
    user.refresh_from_db()
    assert (user.email, user.is_superuser) == before
