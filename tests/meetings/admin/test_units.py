"""Units in the administrators' site, and the import of the classifier there."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.enums import Role, UnitKind
from meetings.kato.parse import read_classifier
from meetings.models import Act, Unit
from meetings.services.territory import import_classifier
from meetings.services.units import state_of
from tests.factories import Region, make_unit, make_user
from tests.meetings.kato.kato_files import SMALL, a_csv, with_row, without

pytestmark = pytest.mark.django_db

UNITS = "/admin/meetings/unit/"
IMPORT = f"{UNITS}import/"
CHANGED = with_row("274230200", "Жаңа Өмір а.", "с.Жана Омир", rows=without("276200000"))
CHANGED = with_row("274230300", "Самал а.", "с.Самал", rows=CHANGED)
CHANGED = with_row("274230000", "Дариян к.ә.", "Дарьинская п.а.", rows=CHANGED)


@pytest.fixture
def chief(client):
    """An administrator of the whole country, signed in."""
    user = make_user(Role.ADMINISTRATOR, language="en")
    client.force_login(user)
    return user


@pytest.fixture
def land():
    import_classifier(read_classifier(a_csv()), day=date(2026, 7, 17))
    return {unit.kato: unit for unit in Unit.objects.all()}


@pytest.fixture
def regional(client, land):
    """An administrator of one district, signed in."""
    user = make_user(Role.ADMINISTRATOR, land["274200000"], language="en")
    client.force_login(user)
    return user


def a_file(rows=CHANGED, name="KATO_18.09.2026.csv"):
    content = rows if isinstance(rows, bytes) else a_csv(rows)
    return SimpleUploadedFile(name, content)


def sent(client, rows=CHANGED, **fields):
    return client.post(IMPORT, {"file": a_file(rows), "day": "", **fields})


def hidden(page) -> dict:
    text = page.content.decode()
    return dict(re.findall(r'type="hidden" name="(digest|territory)" value="(\w+)"', text))


# The list.


def test_the_list_names_what_a_unit_lies_in_with_a_constant_number_of_queries(
    client, chief, land, django_assert_max_num_queries
):
    with django_assert_max_num_queries(14) as few:
        page = client.get(UNITS, {"q": "жайлау", "lang": "kk"})
    with django_assert_max_num_queries(len(few)):
        client.get(UNITS, {"lang": "kk"})

    chain = "Дариян ауылы, Дариян ауылдық округі, Бәйтерек ауданы, Батыс Қазақстан облысы"
    assert chain in page.content.decode()


def test_the_search_folds_letters_and_puts_the_likeliest_first(client, chief, land):
    page = client.get(UNITS, {"q": "бәйтерек"})
    assert [unit.kato for unit in page.context["cl"].result_list] == ["274200000"]

    page = client.get(UNITS, {"q": "орал"})
    assert [unit.kato for unit in page.context["cl"].result_list] == ["271000000", "271010000"]


def test_retired_units_are_shown_when_asked_for(client, chief, land):
    Unit.objects.filter(kato="274230105").update(valid_to=date(2026, 1, 1))

    here = client.get(UNITS).context["cl"].result_list
    gone = client.get(UNITS, {"exists": "no"}).context["cl"].result_list

    assert len(here) == len(SMALL) - 1
    assert [unit.kato for unit in gone] == ["274230105"]


def test_a_region_narrows_the_list(client, chief, land):
    Region(kato="310000000", name="Жамбыл облысы")

    page = client.get(UNITS, {"region": "270000000"})

    assert len(page.context["cl"].result_list) == len(SMALL)


def test_an_administrator_sees_the_own_territory_only(client, regional, land):
    listed = client.get(UNITS).context["cl"].result_list

    assert {unit.kato[:4] for unit in listed} == {"2742"}
    assert client.get(f"{UNITS}{land['271000000'].pk}/change/").status_code == 404
    assert client.get(f"{UNITS}{land['274230000'].pk}/change/").status_code == 200


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.ADMINISTRATOR)])
def test_nobody_else_comes_in(client, role):
    client.force_login(make_user(role))

    for address in (UNITS, IMPORT, f"{UNITS}add/"):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address).status_code in (302, 403)


# One unit.


def edit(client, unit, **fields):
    data = {"exclusion_reason": "", "latitude": "", "longitude": "", "seen": state_of(unit)}
    return client.post(f"{UNITS}{unit.pk}/change/", {**data, **fields})


def test_a_unit_is_excluded_with_a_reason(client, chief, land):
    okrug = land["274230000"]

    assert edit(client, okrug, is_excluded="on").status_code == 422
    page = edit(client, okrug, is_excluded="on", exclusion_reason="Leased")

    assert page.status_code == 302
    okrug.refresh_from_db()
    assert (okrug.is_excluded, okrug.exclusion_reason) == (True, "Leased")
    assert Act.objects.get(verb="unit.change").by == chief


def test_without_the_flag_the_reason_goes(client, chief, land):
    okrug = land["274230000"]

    edit(client, okrug, exclusion_reason="Leased", latitude="51.1", longitude="52.2")

    okrug.refresh_from_db()
    assert (okrug.is_excluded, okrug.exclusion_reason, str(okrug.latitude)) == (
        False, "", "51.10000",
    )  # fmt: skip


BAD = [
    {"is_attached": "on"},
    {"latitude": "51.1"},
    {"latitude": "51.1", "longitude": "152"},
    {"latitude": "91", "longitude": "52"},
    {"latitude": "x", "longitude": "52"},
    {"is_excluded": "on", "exclusion_reason": "x" * 301},
    {"is_excluded": "on", "exclusion_reason": "a\x00b"},
    {"is_excluded": "on", "exclusion_reason": "a\r\nb"},
]


@pytest.mark.parametrize("fields", BAD)
def test_what_cannot_be_is_refused_and_kept_on_the_page(client, chief, land, fields):
    page = edit(client, land["274230000"], **fields)

    assert page.status_code == 422
    assert page.context["errors"]
    assert Unit.objects.filter(is_excluded=True).count() == 0


def test_an_okrug_inside_a_city_may_be_attached(client, chief, land):
    okrug = make_unit(UnitKind.OKRUG, parent=land["271000000"])

    assert edit(client, okrug, is_attached="on").status_code == 302
    okrug.refresh_from_db()
    assert okrug.is_attached


def test_columns_of_the_classifier_are_not_changed_by_hand(client, chief, land):
    okrug = land["274230000"]

    edit(client, okrug, name_kk="Басқа", kind="village", kato="1", path="x", is_own="on")

    okrug.refresh_from_db()
    assert (okrug.name_kk, okrug.kind, okrug.kato, okrug.is_own) == (
        "Дариян ауылдық округі", "okrug", "274230000", False,
    )  # fmt: skip


def test_who_was_slower_sees_what_is_stored_and_may_send_again(client, chief, land):
    okrug = land["274230000"]
    seen = state_of(okrug)
    Unit.objects.filter(pk=okrug.pk).update(is_excluded=True, exclusion_reason="Leased")

    page = edit(client, okrug, is_excluded="on", exclusion_reason="Mine", seen=seen)

    text = page.content.decode()
    assert page.status_code == 409
    assert "Leased" in text
    assert 'value="Mine"' in text
    okrug.refresh_from_db()
    assert okrug.exclusion_reason == "Leased"
    edit(client, okrug, is_excluded="on", exclusion_reason="Mine", seen=state_of(okrug))
    okrug.refresh_from_db()
    assert okrug.exclusion_reason == "Mine"


def test_a_former_code_is_shown(client, chief, land):
    import_classifier(
        read_classifier(a_csv(with_row("274230200", "Жаңа Өмір а.", "с.Жана Омир"))),
        day=date(2026, 9, 18),
    )

    page = client.get(f"{UNITS}{land['274230200'].pk}/change/")

    assert "Озерное ауылы / село Озерное, last day: 17 September 2026" in page.content.decode()


# Units added by hand.


def add(client, parent, **fields):
    data = {"parent": parent.pk, "kind": "microdistrict", "name_kk": "Самал", "name_ru": "Самал"}
    return client.post(f"{UNITS}add/", {**data, "name_en": "", **fields})


def test_a_microdistrict_is_added_under_a_city(client, chief, land):
    assert add(client, land["271000000"]).status_code == 302

    own = Unit.objects.get(kato="271000000-1")
    assert (own.kind, own.is_own, own.parent) == ("microdistrict", True, land["271000000"])
    page = client.get(f"{UNITS}{own.pk}/change/")
    assert 'name="name_kk"' in page.content.decode()


def test_what_is_there_already_is_not_added_again(client, chief, land):
    add(client, land["271000000"])

    page = add(client, land["271000000"])

    assert page.status_code == 422
    assert "already there" in page.content.decode()
    assert Unit.objects.filter(is_own=True).count() == 1


HOSTILE = ["<script>alert(1)</script>", "ә" * 201, "a\x00", "a\nb", "", "   "]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_refused_or_shown_as_text(client, chief, land, name):
    page = add(client, land["271000000"], name_kk=name, name_ru=name)

    if page.status_code == 302:
        listed = client.get(UNITS).content.decode()
        assert "<script>alert" not in listed
        assert "&lt;script&gt;" in listed
    else:
        assert page.status_code == 422
        assert not Unit.objects.filter(is_own=True).exists()


def test_nothing_is_added_beyond_the_own_territory(client, regional, land):
    assert add(client, land["271000000"]).status_code == 422
    assert add(client, land["274230000"]).status_code == 302


def test_nothing_is_deleted(client, chief, land):
    assert client.post(f"{UNITS}{land['274230105'].pk}/delete/", {"post": "yes"}).status_code == 403
    assert Unit.objects.count() == len(SMALL)


# The import.


def test_a_file_is_shown_before_anything_changes(client, chief, land):
    page = client.get(sent(client).url)

    text = page.content.decode()
    assert "day of the file: 18 September 2026" in text
    assert "New: 1" in text
    assert "Gone: 1" in text
    assert "Of another kind: 1" in text
    assert not Unit.objects.filter(kato="274230300").exists()
    for part in ("new", "gone", "renamed", "retyped", "moved", "none"):
        assert client.get(page.request["PATH_INFO"], {"show": part}).status_code == 200


def test_exactly_what_was_shown_is_applied_once(client, chief, land):
    address = sent(client).url
    form = hidden(client.get(address))

    assert client.post(address, {**form, "apply": "1"}).url == UNITS

    assert Unit.objects.get(kato="274230300").valid_from == date(2026, 9, 18)
    assert Unit.objects.get(kato="276200000").valid_to == date(2026, 9, 17)
    assert Unit.objects.get(kato="274230000").kind == "settlement_admin"
    act = Act.objects.get(verb="territory.import", by=chief)
    assert act.detail["new"] == 1
    assert client.get(address).status_code == 404


def test_a_day_that_is_given_goes_before_the_name(client, chief, land):
    address = sent(client, day="01.12.2026").url

    client.post(address, hidden(client.get(address)))

    assert Unit.objects.get(kato="274230300").valid_from == date(2026, 12, 1)


def test_a_territory_that_changed_meanwhile_is_shown_anew(client, chief, land):
    address = sent(client).url
    form = hidden(client.get(address))
    Unit.objects.filter(kato="274230100").update(name_kk="Басқа")

    page = client.post(address, form)

    assert page.status_code == 409
    assert "changed meanwhile" in page.content.decode()
    assert not Unit.objects.filter(kato="274230300").exists()
    assert client.post(address, hidden(page)).status_code == 302
    assert Unit.objects.filter(kato="274230300").exists()


@pytest.mark.parametrize("form", [{}, {"digest": "x"}, {"territory": "x"}])
def test_a_forged_confirmation_applies_nothing(client, chief, land, form):
    address = sent(client).url
    right = hidden(client.get(address))

    assert client.post(address, {**right, "digest": "", "territory": "", **form}).status_code == 409
    assert client.post(address, {"digest": right["digest"]}).status_code == 409
    assert not Unit.objects.filter(kato="274230300").exists()


def test_a_file_may_be_thrown_away(client, chief, land):
    address = sent(client).url

    assert client.post(address, {"drop": "1"}).url == UNITS

    assert client.get(address).status_code == 404
    assert not Unit.objects.filter(kato="274230300").exists()


def test_the_same_file_has_nothing_to_change(client, chief, land):
    page = client.get(sent(client, SMALL).url)

    text = page.content.decode()
    assert "nothing to change" in text
    assert 'name="apply"' not in text


def test_bad_cells_are_named(client, chief, land):
    page = sent(client, with_row("274277000", "Самал а.о.", "Самалский"))

    assert page.status_code == 422
    assert "Row 16, column rus_name: the name has none of the markers" in page.content.decode()


def test_of_very_many_bad_cells_a_hundred_are_shown(client, chief):
    page = sent(client, [("2742", "Самал", "Самал")] * 150)

    assert page.content.decode().count("column te: ") == 100
    assert "50 more cells cannot be read." in page.content.decode()


BAD_FILES = [
    (b"", "empty"),
    (b"PK\x03\x04 broken", "cannot be read as a workbook"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", "old .xls"),
    (b"a,b\n1,2\n", "these columns are missing"),
    (b"\x89PNG\r\n\x1a\n", "columns are missing"),
]


@pytest.mark.parametrize(("content", "words"), BAD_FILES)
def test_a_bad_file_is_refused_in_a_sentence(client, chief, content, words):
    page = sent(client, content)

    assert page.status_code == 422
    assert words in page.content.decode()


@pytest.mark.parametrize("fields", [{"day": "31.02.2026"}, {"day": "x" * 50}, {"file": ""}])
def test_a_form_that_is_not_right_says_so(client, chief, fields):
    assert sent(client, **fields).status_code == 422


def test_the_lines_of_a_difference_are_paged(client, chief):
    rows = [SMALL[0], SMALL[6], SMALL[7], SMALL[8]]
    rows += [(f"274230{n}", f"Қыстау {n}", f"зимовка {n}") for n in range(101, 180)]
    address = sent(client, rows).url

    first = client.get(address)
    last = client.get(address, {"show": "new", "page": "99"})

    assert len(first.context["lines"]) == 50
    assert len(last.context["lines"]) == len(rows) - 50
    assert "Page 2 of 2" in last.content.decode()


def test_a_file_is_for_administrators_of_the_country_and_for_who_sent_it(client, chief, land):
    address = sent(client).url
    client.force_login(make_user(Role.ADMINISTRATOR, land["270000000"]))

    for method in (client.get, client.post):
        assert method(IMPORT).status_code == 403
        assert method(address).status_code == 403
    assert "import/" not in client.get(UNITS).content.decode()
    client.force_login(make_user(Role.ADMINISTRATOR))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_pages_speak_the_reader_s_language(client, chief, land, language):
    address = sent(client).url

    for page in (UNITS, f"{UNITS}add/", IMPORT, address, f"{UNITS}{land['274230000'].pk}/change/"):
        answer = client.get(page, {"lang": language})
        assert answer.status_code == 200
        assert f'lang="{language}"' in answer.content.decode()
