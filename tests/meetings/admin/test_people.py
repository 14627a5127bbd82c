"""Accounts and roles in the administrators' site: nobody rises, nobody reaches beyond."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from meetings.enums import Role
from meetings.models import Act, Assignment, User
from tests.factories import PASSWORD, Region, make_user

pytestmark = pytest.mark.django_db
USERS = "/admin/meetings/user/"
NEW = "an entirely new one"


@pytest.fixture
def here():
    return Region()


@pytest.fixture
def there():
    return Region("230000000", "Атырау облысы")


@pytest.fixture
def regional(client, here):
    """The region's administrator, signed in."""
    user = make_user(Role.ADMINISTRATOR, here.region, language="ru")
    client.force_login(user)
    return user


@pytest.fixture
def national(client):
    user = make_user(Role.ADMINISTRATOR, language="ru")
    client.force_login(user)
    return user


def page_of(person) -> str:
    return f"{USERS}{person.pk}/change/"


def form_of(person, roles=(), **changes) -> dict:
    """What the page of an account sends: its columns and its rows of roles."""
    data = {"new_password": ""}
    if person:
        data |= {"email": person.email, "name": person.name, "language": person.language}
        data |= {"is_active": "on"} if person.is_active else {}
    rows = list(roles)
    held = [row for row in rows if "id" in row]
    data |= {
        "assignments-TOTAL_FORMS": len(rows), "assignments-INITIAL_FORMS": len(held),
        "assignments-MIN_NUM_FORMS": 0, "assignments-MAX_NUM_FORMS": 1000,
    }  # fmt: skip
    for number, row in enumerate([*held, *(row for row in rows if "id" not in row)]):
        data |= {f"assignments-{number}-{name}": value for name, value in row.items()}
        data[f"assignments-{number}-user"] = person.pk if person else ""
    return data | changes


def a_role(role, unit, starts="01.01.2026", ends="") -> dict:
    return {"role": role, "unit": unit.pk if unit else "", "starts_on": starts, "ends_on": ends}


def held_role(role: Assignment, /, **changes) -> dict:
    row = a_role(role.role, role.unit, f"{role.starts_on:%d.%m.%Y}")
    return {"id": role.pk, **row, **changes}


def errors(answer) -> str:
    return answer.content.decode() if answer.status_code == 200 else ""


def test_an_administrator_opens_an_account_with_a_role(client, regional, here):
    sent = form_of(
        None, [a_role(Role.DRAFTER, here.first)], email="New.Person@Example.kz",
        name="Айгүл Сәуле", language="kk", new_password=NEW,
    )  # fmt: skip

    answer = client.post(f"{USERS}add/", sent)

    assert answer.status_code == 302, errors(answer)
    person = User.objects.get(email="new.person@example.kz")
    assert person.check_password(NEW)
    assert (person.is_superuser, person.is_active) == (False, True)
    role = person.assignments.get()
    assert (role.role, role.unit, role.starts_on) == (Role.DRAFTER, here.first, date(2026, 1, 1))
    acts = Act.objects.order_by("pk").values_list("verb", "region__kato")
    assert list(acts) == [("user.open", None), ("role.give", "270000000")]
    assert "example" not in str(list(Act.objects.values_list("detail", "subject")))


OUT_OF_REACH = [  # where the role is given, by whom: each is refused
    ("region", "there"), ("first", "there"), (None, None),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "where"), OUT_OF_REACH)
@pytest.mark.parametrize("role", [Role.DRAFTER, Role.ADMINISTRATOR])
def test_roles_are_given_within_ones_territory_only(
    client, regional, here, there, unit, where, role
):
    person = make_user(Role.DRAFTER, here.first)
    target = getattr(there, unit) if where else None
    held = held_role(person.assignments.get())

    answer = client.post(page_of(person), form_of(person, [held, a_role(role, target)]))

    assert answer.status_code == 200
    assert 'class="errorlist"' in errors(answer)
    assert person.assignments.count() == 1


def test_an_administrator_of_a_district_does_not_reach_the_region(client, here):
    client.force_login(make_user(Role.ADMINISTRATOR, here.first))
    person = make_user(Role.DRAFTER, here.okrug)
    held = held_role(person.assignments.get())

    answer = client.post(page_of(person), form_of(person, [held, a_role(Role.AKIM, here.region)]))
    assert answer.status_code == 200
    answer = client.post(page_of(person), form_of(person, [held, a_role(Role.AKIM, here.okrug)]))

    assert answer.status_code == 302, errors(answer)
    assert {role.unit for role in person.assignments.all()} == {here.okrug}


def test_nobody_gives_a_role_to_oneself(client, regional, here):
    held = held_role(regional.assignments.get())

    answer = client.post(
        page_of(regional), form_of(regional, [held, a_role(Role.CHAIR, here.region)])
    )

    assert answer.status_code == 403
    assert regional.assignments.count() == 1


def test_a_national_administrator_gives_no_role_to_oneself_either(client, national, here):
    held = held_role(national.assignments.get())

    client.post(page_of(national), form_of(national, [held, a_role(Role.CHAIR, here.region)]))

    assert national.assignments.count() == 1


def test_a_role_that_was_given_keeps_its_kind_and_territory(client, regional, here):
    person = make_user(Role.DRAFTER, here.first)
    role = person.assignments.get()
    changed = held_role(
        role, role=Role.ADMINISTRATOR, unit=here.region.pk, starts_on="01.01.2019",
        ends_on="31.12.2026",
    )  # fmt: skip

    answer = client.post(page_of(person), form_of(person, [changed]))

    assert answer.status_code == 302, errors(answer)
    role.refresh_from_db()
    assert (role.role, role.unit, role.starts_on, role.ends_on) == (
        Role.DRAFTER, here.first, date(2020, 1, 1), date(2026, 12, 31),
    )  # fmt: skip


def test_a_role_is_ended_never_deleted(client, regional, here):
    person = make_user(Role.DRAFTER, here.first)
    role = person.assignments.get()

    client.post(page_of(person), form_of(person, [held_role(role, DELETE="on")]))

    assert person.assignments.get() == role


def test_rows_of_another_person_cannot_be_smuggled_in(client, regional, here, there):
    person, other = make_user(Role.DRAFTER, here.first), make_user(Role.CHAIR, there.region)
    foreign = held_role(other.assignments.get(), ends_on="01.01.2021")

    answer = client.post(page_of(person), form_of(person, [foreign]))

    assert answer.status_code == 200
    assert other.assignments.get().ends_on is None


def test_accounts_of_other_territories_do_not_exist(client, regional, there):
    person = make_user(Role.DRAFTER, there.region, name="Бөтен Адам")

    assert "Бөтен Адам" not in client.get(USERS).content.decode()
    assert "Бөтен Адам" not in client.get(f"{USERS}?q=Бөтен").content.decode()
    assert client.get(page_of(person)).status_code == 404
    assert client.post(page_of(person), form_of(person, new_password=NEW)).status_code == 404


def test_an_account_with_a_role_elsewhere_keeps_its_name_address_and_password(
    client, regional, here, there
):
    person = make_user(Role.DRAFTER, here.first, email="both@example.kz")
    Assignment.objects.create(
        user=person, role=Role.CHAIR, unit=there.region, starts_on=date(2020, 1, 1)
    )
    held = held_role(person.assignments.get(unit=here.first), ends_on="31.12.2026")

    page = client.get(page_of(person)).content.decode()
    forged = client.post(page_of(person), form_of(person, [held], new_password=NEW))
    answer = client.post(
        page_of(person), form_of(person, [held], email="mine@example.kz", is_active="")
    )

    assert "Атырау" not in page
    assert "new_password" not in page
    assert forged.status_code == 403
    assert answer.status_code == 302, errors(answer)
    person.refresh_from_db()
    assert (person.email, person.is_active) == ("both@example.kz", True)
    assert person.check_password(PASSWORD)
    assert person.assignments.get(unit=here.first).ends_on == date(2026, 12, 31)
    assert person.assignments.get(unit=there.region).ends_on is None


def test_an_account_whose_role_elsewhere_is_over_is_within_reach(client, regional, here, there):
    person = make_user(Role.DRAFTER, here.first)
    Assignment.objects.create(
        user=person, role=Role.CHAIR, unit=there.region, starts_on=date(2020, 1, 1),
        ends_on=timezone.localdate() - timedelta(days=1),
    )  # fmt: skip

    held = held_role(person.assignments.get(unit=here.first))
    answer = client.post(page_of(person), form_of(person, [held], new_password=NEW))

    assert answer.status_code == 302, errors(answer)
    person.refresh_from_db()
    assert person.check_password(NEW)


@pytest.mark.parametrize("level", ["regional", "national"])
def test_a_superuser_is_out_of_reach_for_every_other_administrator(request, client, here, level):
    request.getfixturevalue(level)
    person = make_user(Role.DRAFTER, here.first, is_superuser=True)
    held = held_role(person.assignments.get(), ends_on="31.12.2026")

    answer = client.post(page_of(person), form_of(person, [held], new_password=NEW, is_active=""))

    assert answer.status_code == 403
    person.refresh_from_db()
    assert (person.is_active, person.check_password(PASSWORD)) == (True, True)
    assert person.assignments.get().ends_on is None


def test_columns_that_are_not_on_the_form_are_not_written(client, national, here):
    person = make_user(Role.DRAFTER, here.first)
    held = held_role(person.assignments.get())

    client.post(page_of(person), form_of(person, [held], is_superuser="on", groups="1"))

    person.refresh_from_db()
    assert person.is_superuser is False


def test_closing_an_account_and_a_new_password_are_in_the_log(client, regional, here):
    person = make_user(Role.DRAFTER, here.first)
    held = held_role(person.assignments.get())

    sent = form_of(person, [held], new_password=NEW)
    sent.pop("is_active")
    answer = client.post(page_of(person), sent)

    assert answer.status_code == 302, errors(answer)
    person.refresh_from_db()
    assert (person.is_active, person.check_password(NEW)) == (False, True)
    acts = Act.objects.order_by("pk").values_list("verb", "detail")
    assert list(acts) == [("user.change", {"fields": ["is_active"]}), ("user.password", {})]


def test_a_second_factor_is_forgotten_by_administrators_of_the_country_alone(client, here):
    person = make_user(Role.CHAIR, here.region)
    held = held_role(person.assignments.get())
    for administrator, left in ((here.region, 1), (None, 0)):
        Authenticator.objects.get_or_create(
            user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}}
        )
        client.force_login(make_user(Role.ADMINISTRATOR, administrator))

        client.post(page_of(person), form_of(person, [held], forget_second_factor="on"))

        assert Authenticator.objects.filter(user=person).count() == left


TODAY = f"{timezone.localdate():%d.%m.%Y}"  # what an untouched row of a role sends
BAD = [  # what is sent, words of the answer in Russian
    ({"email": "not an address"}, "Укажите электронную почту полностью"),
    ({"email": "TAKEN@example.kz"}, "Учётная запись с этим адресом уже есть"),
    ({"name": "x" * 201}, "200"),
    ({"name": "Имя\x1b"}, "нельзя показать"),
    ({"new_password": "short"}, "слишком короткий"),
    ({"new_password": ""}, "Заполните это поле"),
    ({"assignments-0-starts_on": "31.02.2026"}, "14.04.2027"),
    ({"assignments-0-ends_on": "01.01.2025"}, "Последний день раньше первого"),
    ({"assignments-0-role": "president"}, "president"),
    ({"assignments-0-role": "", "assignments-0-unit": "", "assignments-0-starts_on": TODAY},
     "Назначьте роль"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "words"), BAD)
def test_bad_input_is_told_in_words_and_keeps_nothing(client, regional, here, wrong, words):
    make_user(Role.DRAFTER, here.first, email="taken@example.kz")
    sent = form_of(
        None, [a_role(Role.DRAFTER, here.first)], email="new@example.kz", name="Имя Фамилия",
        language="ru", new_password=NEW,
    )  # fmt: skip

    answer = client.post(f"{USERS}add/", sent | wrong)

    assert words in errors(answer)
    assert not User.objects.filter(email="new@example.kz").exists()


def test_a_hostile_name_is_shown_as_text(client, regional, here):
    make_user(Role.DRAFTER, here.first, name="<script>alert(1)</script>")

    page = client.get(USERS).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_list_costs_the_same_however_long(client, regional, here, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_user(Role.DRAFTER, here.first)
    client.get(USERS)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(USERS)
    for _number in range(12):
        make_user(Role.DRAFTER, here.first)
    with CaptureQueriesContext(connection) as many:
        client.get(USERS)

    assert len(few) == len(many)


@pytest.mark.parametrize("query", ["q=дариян", "role=drafter", "is_active__exact=1"])
def test_the_list_is_searched_and_filtered(client, regional, here, query):
    make_user(Role.DRAFTER, here.first, name="Әсел Дариянова", email="assel@example.kz")

    assert "assel@example.kz" in client.get(f"{USERS}?{query}").content.decode()


@pytest.mark.parametrize(
    "query",
    ["password__startswith=a", "assignments__unit__kato=1", "is_superuser=1"],
)
def test_no_column_is_named_from_the_address(client, regional, query):
    assert client.get(f"{USERS}?{query}").status_code in (302, 400)


SUGGESTED = [  # who asks, what is found
    ("region", {"270000000", "274200000", "276200000", "274230000", "274230100", "274230200"}),
    ("first", {"274200000", "274230000", "274230100", "274230200"}),
    ("second", {"276200000"}),
]  # fmt: skip


@pytest.mark.parametrize(("where", "codes"), SUGGESTED)
def test_units_are_suggested_within_reach_only(client, here, there, where, codes):
    client.force_login(make_user(Role.ADMINISTRATOR, getattr(here, where)))
    asked = "/admin/autocomplete/?app_label=meetings&model_name=assignment&field_name=unit"

    everything = client.get(asked).json()["results"]
    found = client.get(f"{asked}&term=облысы").json()["results"]

    assert {one["text"].rsplit(" ", 1)[1] for one in everything} == codes
    assert not any("Атырау" in one["text"] for one in found)


@pytest.mark.parametrize("query", [
    "", "?app_label=meetings&model_name=meeting&field_name=host",
    "?app_label=auth&model_name=permission&field_name=content_type",
    "?app_label=meetings&model_name=assignment&field_name=user",
    "?app_label=admin&model_name=logentry&field_name=user",
])  # fmt: skip
def test_nothing_beyond_reach_is_suggested_for_other_columns(client, regional, there, query):
    make_user(Role.DRAFTER, there.first, name="Бөтен Атырау")

    answer = client.get(f"/admin/autocomplete/{query}")

    assert answer.status_code in (200, 403, 404)
    if answer.status_code == 200:
        assert answer.json()["results"]
        assert not any("Атырау" in one["text"] for one in answer.json()["results"])
