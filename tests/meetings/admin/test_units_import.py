"""The classifier sent in the administrators' site: shown, then applied, once."""

from datetime import date

import pytest

from meetings.enums import Role
from meetings.models import Act, Unit
from tests.factories import make_user
from tests.meetings.admin.unit_cases import IMPORT, UNITS, hidden, sent
from tests.meetings.kato.kato_files import SMALL, with_row

pytestmark = pytest.mark.django_db


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
