"""Posts, maslikhats, days off, calendars' settings and the log in the administrators' site."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from meetings.actwords import VERBS
from meetings.enums import DayKind, N3Reading, ProcedureChoice, Role, State
from meetings.errors import Refused
from meetings.models import Act, Calendar, DayOff, Maslikhat, Office, Tenure
from meetings.services import log
from meetings.services.calendar_settings import change_settings
from meetings.services.daysoff import seed
from tests.factories import Region, make_calendar, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return Region()


@pytest.fixture
def there():
    return Region("230000000", "Атырау облысы")


@pytest.fixture
def regional(client, here):
    user = make_user(Role.ADMINISTRATOR, here.region, language="ru")
    client.force_login(user)
    return user


@pytest.fixture
def national(client):
    user = make_user(Role.ADMINISTRATOR, language="ru")
    client.force_login(user)
    return user


def errors(answer) -> str:
    return answer.content.decode() if answer.status_code == 200 else ""


def office_form(*tenures, **changes) -> dict:
    rows = sorted(tenures, key=lambda row: "id" not in row)
    data = {
        "tenures-TOTAL_FORMS": len(rows), "tenures-MIN_NUM_FORMS": 0,
        "tenures-INITIAL_FORMS": sum("id" in row for row in rows),
        "tenures-MAX_NUM_FORMS": 1000, "valid_from": "", "valid_to": "",
    }  # fmt: skip
    for number, row in enumerate(rows):
        data |= {f"tenures-{number}-{name}": value for name, value in row.items()}
    return data | changes


def a_tenure(since, until="", name="Аралбаев Серік", **more) -> dict:
    return {"name_kk": name, "name_ru": name, "since": since, "until": until, **more}


def test_who_holds_a_post_is_kept_and_logged_without_the_name(client, regional, here):
    office = here.office(here.first)

    answer = client.post(
        f"/admin/meetings/office/{office.pk}/change/",
        office_form(
            a_tenure("01.02.2020", "31.01.2024"), a_tenure("01.02.2024", name="Елеков  Дәурен")
        ),
    )

    assert answer.status_code == 302, errors(answer)
    assert [(row.name_kk, row.since) for row in Tenure.objects.all()] == [
        ("Елеков Дәурен", date(2024, 2, 1)),
        ("Аралбаев Серік", date(2020, 2, 1)),
    ]
    verbs = [act.verb for act in Act.objects.order_by("pk")]
    assert verbs == ["office.change", "tenure.add", "tenure.add"]
    assert "Елеков" not in str(list(Act.objects.values_list("detail", "subject")))


BAD_TENURES = [
    (
        [a_tenure("01.02.2020"), a_tenure("01.02.2024")],
        "На дату 01.02.2024 должность заняли бы двое",
    ),
    ([a_tenure("01.02.2020", "01.01.2020")], "Последний день раньше первого"),
    ([a_tenure("01.02.2020", name="x" * 201)], "200"),
    ([a_tenure("01.02.2020", name="Имя\x07")], "нельзя показать"),
]


@pytest.mark.parametrize(("tenures", "words"), BAD_TENURES)
def test_a_post_is_held_by_one_person_at_a_time(client, regional, here, tenures, words):
    office = here.office(here.first)

    answer = client.post(f"/admin/meetings/office/{office.pk}/change/", office_form(*tenures))

    assert words in errors(answer)
    assert not Tenure.objects.exists()


def test_a_tenure_entered_by_mistake_is_taken_out(client, regional, here):
    office = here.office(here.first)
    tenure = Tenure.objects.create(office=office, name_kk="А", name_ru="А", since=date(2020, 1, 1))

    row = a_tenure("01.01.2020", name="А", id=tenure.pk, office=office.pk, DELETE="on")
    answer = client.post(f"/admin/meetings/office/{office.pk}/change/", office_form(row))

    assert answer.status_code == 302, errors(answer)
    assert not Tenure.objects.exists()
    assert Act.objects.filter(verb="tenure.drop").count() == 1


@pytest.mark.parametrize("noun", ["office", "maslikhat"])
def test_posts_and_maslikhats_of_other_territories_do_not_exist(client, regional, there, noun):
    foreign = there.office(there.first) if noun == "office" else Maslikhat.objects.last()
    pages = f"/admin/meetings/{noun}/"

    assert "Атырау" not in client.get(pages).content.decode()
    assert client.get(f"{pages}{foreign.pk}/change/").status_code == 404
    assert client.post(f"{pages}{foreign.pk}/change/", office_form()).status_code == 404


@pytest.mark.parametrize(("where", "status"), [("here", 302), ("there", 200)])
def test_a_post_is_added_within_ones_territory_only(client, regional, here, there, where, status):
    unit = {"here": here, "there": there}[where].villages[0]

    answer = client.post("/admin/meetings/office/add/", office_form(unit=unit.pk))

    assert answer.status_code == status
    assert Office.objects.filter(unit=unit).exists() == (status == 302)


@pytest.mark.parametrize("noun", ["office", "maslikhat", "calendar", "act", "user"])
def test_nothing_is_deleted_in_the_admin(client, national, here, noun):
    with transaction.atomic():
        log.record("test.act", "test:1", by=None, region=here.region)
    make_calendar(here.region)
    first = {
        "office": Office, "maslikhat": Maslikhat, "calendar": Calendar, "act": Act,
        "user": type(national),
    }[noun].objects.first()  # fmt: skip

    assert (
        client.post(f"/admin/meetings/{noun}/{first.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )


def a_day(day="16.05.2027", **changes) -> dict:
    names = {"name_kk": "Құрбан айт", "name_ru": "Курбан-айт", "name_en": "", "act": "№ 7"}
    return {"day": day, "kind": DayKind.HOLIDAY, **names, **changes}


def test_a_day_is_overridden_survives_seeding_and_is_given_back(client, national):
    seed(2027)
    row = DayOff.objects.get(day="2027-05-16")
    page = f"/admin/meetings/dayoff/{row.pk}/"

    answer = client.post(f"{page}change/", a_day(kind=DayKind.WORKING))
    assert answer.status_code == 302, errors(answer)
    client.post("/admin/meetings/dayoff/fill/", {"year": "2027"})
    row.refresh_from_db()
    assert (row.kind, row.is_own) == (DayKind.WORKING, True)

    client.post(f"{page}delete/", {"post": "yes"})
    again = DayOff.objects.get(day="2027-05-16")
    assert (again.kind, again.is_own, again.is_estimate) == (DayKind.DAY_OFF, False, True)


def test_the_states_own_day_is_overridden_not_deleted(client, national):
    seed(2027)
    row = DayOff.objects.get(day="2027-03-08")

    assert (
        client.post(f"/admin/meetings/dayoff/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    )


def test_a_years_days_are_brought_in_with_one_button(client, national):
    answer = client.post("/admin/meetings/dayoff/fill/", {"year": "2027"}, follow=True)

    assert DayOff.objects.filter(day__year=2027).count() == 19
    assert "2027: изменено 19 дней." in answer.content.decode()
    again = client.post("/admin/meetings/dayoff/fill/", {"year": "2027"}, follow=True)
    assert "уже есть все государственные выходные" in again.content.decode()


@pytest.mark.parametrize("year", ["", "2021", "2101", "99999999999999999999", "мыш"])
def test_a_year_that_cannot_be_is_told(client, national, year):
    answer = client.post("/admin/meetings/dayoff/fill/", {"year": year}, follow=True)

    assert "messagelist" in answer.content.decode()
    assert not DayOff.objects.exists()


def test_administrators_of_a_region_read_days_off_and_change_none(client, regional):
    seed(2027)
    row = DayOff.objects.get(day="2027-05-16")

    assert client.get("/admin/meetings/dayoff/").status_code == 200
    assert client.post(f"/admin/meetings/dayoff/{row.pk}/change/", a_day()).status_code == 403
    assert client.post("/admin/meetings/dayoff/add/", a_day("17.05.2027")).status_code == 403
    assert client.post("/admin/meetings/dayoff/fill/", {"year": "2026"}).status_code == 403
    assert DayOff.objects.filter(is_own=True).count() == 0


def test_a_get_brings_nothing_in(client, national):
    assert client.get("/admin/meetings/dayoff/fill/").status_code == 405
    assert not DayOff.objects.exists()


SETTINGS = {"procedure": "edition", "n3_reading": "settlements", "own_edition": "2022-03-03"}


def test_settings_of_a_draft_change_with_a_log_entry_and_a_new_version(client, regional, here):
    calendar = make_calendar(here.region)

    answer = client.post(f"/admin/meetings/calendar/{calendar.pk}/change/", SETTINGS)

    assert answer.status_code == 302, errors(answer)
    calendar.refresh_from_db()
    assert (calendar.procedure, calendar.n3_reading, calendar.own_edition) == (
        ProcedureChoice.EDITION, N3Reading.SETTLEMENTS, "2022-03-03",
    )  # fmt: skip
    assert calendar.revisions.get().version == 2
    act = Act.objects.get(verb="calendar.settings")
    assert (act.from_version, act.to_version, act.region) == (1, 2, here.region)
    assert act.detail["procedure"] == ["agree", "edition"]


@pytest.mark.parametrize("state", [State.WITH_MASLIKHAT, State.AGREED])
def test_a_calendar_is_not_taken_from_the_maslikhats_table_by_its_settings(
    client, regional, here, state
):
    calendar = make_calendar(here.region, state=state)

    answer = client.post(f"/admin/meetings/calendar/{calendar.pk}/change/", SETTINGS)

    assert answer.status_code == 302  # every field of the page is read-only: nothing was sent
    calendar.refresh_from_db()
    assert calendar.procedure == ProcedureChoice.AGREE
    calendar.procedure = ProcedureChoice.EDITION
    with pytest.raises(Refused):
        change_settings(calendar, by=regional)


@pytest.mark.parametrize(
    "wrong", [{"own_edition": "2024-01-01"}, {"own_edition": "2016"}, {"procedure": "none"}]
)
def test_settings_that_do_not_exist_are_refused(client, regional, here, wrong):
    calendar = make_calendar(here.region)

    answer = client.post(f"/admin/meetings/calendar/{calendar.pk}/change/", SETTINGS | wrong)

    assert answer.status_code == 200
    calendar.refresh_from_db()
    assert calendar.procedure == ProcedureChoice.AGREE


def test_calendars_of_other_regions_do_not_exist(client, regional, there):
    calendar = make_calendar(there.region)
    page = f"/admin/meetings/calendar/{calendar.pk}/change/"

    assert client.get(page).status_code == 404
    assert client.post(page, SETTINGS).status_code == 404
    assert "Атырау" not in client.get("/admin/meetings/calendar/").content.decode()


def test_nobody_opens_a_calendar_in_the_admin(client, national):
    assert client.get("/admin/meetings/calendar/add/").status_code == 403


def test_the_log_is_read_within_ones_territory_and_written_by_nobody(client, regional, here, there):
    with transaction.atomic():
        ours = log.record("test.ours", "test:1", by=regional, region=here.region)
        theirs = log.record("test.theirs", "test:2", by=None, region=there.region)
        nobodys = log.record("test.nobodys", "test:3", by=None)

    page = client.get("/admin/meetings/act/").content.decode()
    assert "test.ours" in page
    assert "test.theirs" not in page
    assert "test.nobodys" not in page
    assert client.get(f"/admin/meetings/act/{ours.pk}/change/").status_code == 200
    for act in (theirs, nobodys):
        assert client.get(f"/admin/meetings/act/{act.pk}/change/").status_code == 404
    assert client.post(f"/admin/meetings/act/{ours.pk}/change/", {"verb": "x"}).status_code == 403
    assert client.get("/admin/meetings/act/add/").status_code == 403


VERB = re.compile(r"\b(?:log\.record|_record)\(\s*\"([a-z_]+\.[a-z_]+)\"")


def test_every_act_has_words(settings):
    rooms = [Path(settings.BASE_DIR) / room for room in ("meetings", "akimat", "appeals")]
    written = {
        verb
        for room in rooms
        for path in room.rglob("*.py")
        for verb in VERB.findall(path.read_text())
    }

    assert len(written) > 10
    assert written - VERBS.keys() == set()


def test_the_log_is_filtered_by_what_was_done(client, national, here):
    with transaction.atomic():
        for verb in ("role.give", "unit.add"):
            log.record(verb, f"{verb}:1", by=national, region=here.region)

    page = client.get("/admin/meetings/act/?verb=role.give&lang=ru").content.decode()

    assert "role.give:1" in page
    assert "unit.add:1" not in page


def test_the_log_says_whether_its_chain_holds(client, national, here):
    with transaction.atomic():
        log.record("test.act", "test:1", by=national, region=here.region)

    assert "Цепочка цела" in client.get("/admin/meetings/act/?chain=check").content.decode()


LISTS = [
    "", "user/", "office/", "maslikhat/", "dayoff/", "calendar/", "act/", "user/add/",
    "office/add/", "dayoff/add/",
]  # fmt: skip
ENGLISH = [
    "Add ", "Change ", "Select ", "Search", "Save", "Delete", "Home", "Filter", "Today", "View",
    "Log out", "Welcome", "results", "Hold down", "Show all", "Date:", "Time:",
]  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("page", LISTS)
def test_the_admin_speaks_kazakh_and_russian(client, national, here, page, language):
    seed(2027)
    make_calendar(here.region)

    answer = client.get(
        f"/admin/meetings/{page}?lang={language}" if page else f"/admin/?lang={language}"
    )

    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in text
    assert [word for word in ENGLISH if f">{word}" in text or f'value="{word}' in text] == []


@pytest.mark.parametrize(("language", "word"), [("kk", "Қаңтар"), ("ru", "Январь")])
def test_the_scripts_of_the_admin_speak_the_language(client, national, language, word):
    script = client.get(f"/admin/jsi18n/?lang={language}").content.decode()

    assert json.dumps(word).strip('"') in script


def test_the_doors_of_the_site_are_those_of_the_house(client, here):
    login = client.get("/admin/login/?next=/admin/meetings/user/")
    assert login["Location"] == "/accounts/login/?next=%2Fadmin%2Fmeetings%2Fuser%2F"
    user = make_user(Role.ADMINISTRATOR, here.region)
    posted = client.post("/admin/login/", {"username": user.email, "password": "x"})
    assert posted["Location"].startswith("/accounts/login/")

    client.force_login(user)
    assert client.get("/admin/logout/")["Location"] == "/accounts/logout/"
    assert client.get("/admin/password_change/")["Location"] == "/accounts/password/change/"
    assert client.get("/admin/login/").status_code == 403


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_administrators_come_in(client, here, role):
    client.force_login(make_user(role, here.region))

    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get("/admin/meetings/user/", follow=True).status_code == 403


def test_the_models_of_packages_are_not_there(client):
    client.force_login(make_user(is_superuser=True))

    for page in ("auth/group", "account/emailaddress", "mfa/authenticator"):
        assert client.get(f"/admin/{page}/").status_code == 404
