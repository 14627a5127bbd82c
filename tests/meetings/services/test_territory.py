"""A file of the classifier written down: all of it, or nothing; histories survive."""

from datetime import date

import pytest
from django.db import connection

from meetings.errors import StaleEdit
from meetings.kato.parse import read_classifier
from meetings.models import Act, Maslikhat, Office, Unit, UnitPast
from meetings.selectors.territory import difference_with, fingerprint, living_units
from meetings.services import territory
from meetings.services.territory import import_classifier
from tests.factories import Region, make_meeting, make_unit
from tests.meetings.kato.kato_files import SMALL, a_csv, with_row, without

pytestmark = pytest.mark.django_db

FIRST = date(2026, 7, 17)
SECOND = date(2026, 9, 18)
EVE = date(2026, 9, 17)


def bring(rows=SMALL, day=SECOND, **asked):
    return import_classifier(read_classifier(a_csv(rows)), day=day, **asked)


def unit(kato) -> Unit:
    return Unit.objects.get(kato=kato, valid_to=None)


def tree() -> dict:
    """Every living unit: what it is, what it lies in, and whether its path says the same."""
    units = {u.pk: u for u in Unit.objects.filter(valid_to=None)}
    for one in units.values():
        above = units[one.parent_id].path if one.parent_id in units else ""
        assert one.parent_id is None or one.path[:-5] == above
    return {
        u.kato: (u.kind, u.parent and u.parent.kato, u.body and u.body.kato, u.name_ru)
        for u in units.values()
    }


@pytest.fixture
def first():
    bring(day=FIRST)


def test_the_first_file_leaves_all_dates_open(first):
    assert Unit.objects.count() == len(SMALL)
    assert not Unit.objects.exclude(valid_from=None, valid_to=None).exists()
    assert not Office.objects.exclude(valid_from=None, valid_to=None).exists()
    assert tree()["271035100"] == ("settlement", "271035000", "271035000", "посёлок Зачаганск")
    assert tree()["274230105"] == ("place", "274230100", None, "зимовка Жайлау")


def test_a_body_has_one_post_and_a_council_where_the_law_gives_one(first):
    posts = Office.objects.order_by("unit__kato").values_list("unit__kato", flat=True)
    councils = Maslikhat.objects.order_by("unit__kato").values_list("unit__kato", flat=True)

    assert list(posts) == [
        "270000000", "271000000", "271035000", "274200000", "274230000", "274243000", "276200000",
    ]  # fmt: skip
    assert list(councils) == ["270000000", "271000000", "274200000", "276200000"]


def test_names_are_ready_to_be_searched_sorted_and_read_in_english(first):
    okrug = unit("274230000")

    assert (okrug.source_ru, okrug.name_ru) == ("Дарьинский с.о.", "Дарьинский сельский округ")
    assert okrug.name_en == "Dariyan rural okrug"
    assert okrug.search.startswith("|дариян|")
    assert okrug.sort_kk.isdigit()


def test_the_same_file_again_changes_nothing(first):
    rows = list(Unit.objects.order_by("pk").values())
    acts = Act.objects.count()

    assert not bring(day=SECOND)

    assert list(Unit.objects.order_by("pk").values()) == rows
    assert Act.objects.count() == acts
    assert UnitPast.objects.count() == 0


def test_what_is_new_and_what_is_gone_is_dated_by_the_day_of_the_file(first):
    rows = without("274243000", "274243100")
    rows = with_row("274243200", "Самал а.", "с.Самал", rows=rows)
    rows = with_row("274277000", "Самал а.о.", "Самалский с.о.", rows=rows)

    bring(rows)

    gone = Unit.objects.get(kato="274243000")
    assert (gone.valid_from, gone.valid_to) == (None, EVE)
    assert gone.office.valid_to == EVE
    assert (unit("274277000").valid_from, unit("274277000").valid_to) == (SECOND, None)
    assert unit("274277000").office.valid_from == SECOND
    assert tree()["274243200"][1] == "274200000"


def test_a_unit_that_came_and_went_by_one_day_existed_that_day(first):
    bring(with_row("274277000", "Самал а.о.", "Самалский с.о."))
    bring(SMALL)

    gone = Unit.objects.get(kato="274277000")
    assert (gone.valid_from, gone.valid_to) == (SECOND, SECOND)
    assert (gone.office.valid_from, gone.office.valid_to) == (SECOND, SECOND)


def test_a_new_name_keeps_the_unit_and_its_past(first):
    before = unit("274230200")

    bring(with_row("274230200", "Жаңа Өмір а.", "с.Жана Омир"))

    after = unit("274230200")
    [past] = after.past.all()
    assert after.pk == before.pk
    assert after.name_kk == "Жаңа Өмір ауылы"
    assert "|жана омир|" in after.search
    assert (past.name_ru, past.kato, past.until) == ("село Озерное", "274230200", EVE)


def test_a_new_code_keeps_the_unit_its_past_and_its_meetings(first):
    okrug, village = unit("274230000"), unit("274230200")
    meeting = make_meeting(okrug.office, [village], "2026-04-14")

    bring(tuple((code.replace("274230", "274255"), kk, ru) for code, kk, ru in SMALL))

    okrug.refresh_from_db()
    village.refresh_from_db()
    assert (okrug.kato, village.kato) == ("274255000", "274255200")
    assert list(meeting.targets.all()) == [village]
    assert [past.kato for past in village.past.all()] == ["274230200"]
    assert not Unit.objects.exclude(valid_to=None).exists()


def test_codes_that_two_villages_swapped_are_swapped(first):
    one, other = unit("274230100"), unit("274230200")
    rows = with_row("274230200", "Дариян а.", "с.Дарьинское")
    rows = with_row("274230100", "Озерное а.", "с.Озерное", rows=rows)

    bring(rows)

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.kato, other.kato) == ("274230200", "274230100")
    assert tree()["274230105"][1] == "274230100"


def test_a_code_used_again_makes_a_new_unit(first):
    before = unit("274230200")

    bring(with_row("274230200", "Самал к.", "п.Самал"))

    before.refresh_from_db()
    assert before.valid_to == EVE
    assert unit("274230200").pk != before.pk
    assert unit("274230200").valid_from == SECOND


def test_a_district_moves_with_all_that_lies_in_it(first):
    quarter = make_unit("microdistrict", "Самал", parent=unit("274230100"), is_own=True)
    rows = tuple((code.replace("2742", "3352", 1), kk, ru) for code, kk, ru in SMALL)

    bring((("330000000", "Жетісу облысы", "область Жетісу"), *rows))

    quarter.refresh_from_db()
    region, village = unit("330000000"), unit("335230100")
    assert village.path.startswith(region.path)
    assert quarter.path[:-5] == village.path
    assert set(Unit.objects.within(region)) >= {village, quarter, unit("335243000")}
    assert tree()["335230000"][1] == "335200000"


def test_a_unit_that_loses_its_post_has_it_closed_and_may_get_it_back(first):
    okrug = unit("274243000")
    rows = with_row("274243000", "Мичурин а.о.", "Мичуринский с.о.")

    bring(rows)
    assert unit("274243100").body is None
    okrug.refresh_from_db()
    assert (okrug.kind, okrug.office.valid_to) == ("okrug", None)

    city = (*without("274243000", "274243100"), ("274243100", "Мичурин қ.", "г.Мичурино"))
    bring(city, day=date(2027, 1, 10))
    assert unit("274243100").office.valid_from == date(2027, 1, 10)

    bring(rows, day=date(2027, 3, 1))
    village = unit("274243100")
    assert (village.kind, village.office.valid_to) == ("village", date(2027, 2, 28))


def test_units_added_by_hand_stay_as_they_are(first):
    own = make_unit("microdistrict", "Самал", parent=unit("271000000"), is_own=True)
    kept = Unit.objects.filter(pk=own.pk).values().get()

    bring(with_row("274277000", "Самал а.о.", "Самалский с.о."))

    assert Unit.objects.filter(pk=own.pk).values().get() == kept


def test_settings_of_a_unit_survive_an_import(first):
    Unit.objects.filter(kato="274230200").update(is_excluded=True, exclusion_reason="leased")

    bring(with_row("274230200", "Жаңа Өмір а.", "с.Жана Омир"))

    assert unit("274230200").exclusion_reason == "leased"


def test_a_territory_written_by_hand_before_is_taken_over():
    """The demo's units have codes of the classifier and no names of a file."""
    demo = Region()
    Office.objects.filter(unit=demo.first).update(valid_from=date(2022, 3, 3))
    rows = [(u.kato, u.name_kk, u.name_ru) for u in Unit.objects.filter(kind="oblast")]
    rows += [("274200000", "Бәйтерек ауданы", "район Бәйтерек")]
    keys = {u.kato: u.pk for u in Unit.objects.all()}

    found = bring(tuple(rows))

    assert found.renamed[0].row.code == "274200000"
    district = unit("274200000")
    assert district.pk == keys["274200000"]
    assert (district.source_ru, district.valid_from) == ("район Бәйтерек", None)
    assert district.office.valid_from == date(2022, 3, 3)
    assert not bring(tuple(rows))


def test_an_import_is_told_in_the_log_and_to_the_feeds(first, monkeypatch):
    told = []
    monkeypatch.setattr(territory, "refresh_for_units", lambda units: told.extend(units))

    bring(with_row("274230200", "Жаңа Өмір а.", "с.Жана Омир"), file_sha256="ab" * 32)

    act = Act.objects.first()
    assert (act.verb, act.subject) == ("territory.import", f"classifier:{'ab' * 32}")
    assert act.detail == {
        "day": "2026-09-18", "new": 0, "gone": 0, "renamed": 1, "retyped": 0, "moved": 0,
    }  # fmt: skip
    assert told == [unit("274230200")]


def test_half_an_import_does_not_exist(first, monkeypatch):
    rows = list(Unit.objects.order_by("pk").values())
    after = with_row("274277000", "Самал а.о.", "Самалский с.о.", rows=without("274230200"))
    monkeypatch.setattr(territory, "record", lambda *args, **detail: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        bring(after)

    assert list(Unit.objects.order_by("pk").values()) == rows
    assert Office.objects.count() == 7


def test_a_file_with_an_unreadable_row_is_not_applied():
    broken = read_classifier(a_csv(with_row("274277000", "", "Самалский с.о.")))

    with pytest.raises(ValueError, match="unreadable"):
        import_classifier(broken, day=SECOND)

    assert Unit.objects.count() == 0


def test_a_difference_is_applied_to_the_territory_it_was_shown_with(first):
    after = read_classifier(a_csv(with_row("274277000", "Самал а.о.", "Самалский с.о.")))
    _found, seen = difference_with(after)
    Unit.objects.filter(kato="274230200").update(name_kk="Басқа")

    with pytest.raises(StaleEdit):
        import_classifier(after, day=SECOND, seen=seen)
    import_classifier(after, day=SECOND, seen=fingerprint(living_units()))

    assert unit("274277000")


def test_the_number_of_queries_does_not_grow_with_the_file(first, django_assert_max_num_queries):
    few = with_row("274230300", "Самал а.", "с.Самал")
    many = few
    for number in range(110, 160):
        many = with_row(f"274230{number}", f"Қыстау {number}", f"зимовка {number}", rows=many)

    with django_assert_max_num_queries(60):
        bring(many)


@pytest.mark.parametrize("rows", [SMALL, SMALL[:1]])
def test_the_database_holds_the_tree_together(rows):
    bring(rows, day=FIRST)

    connection.check_constraints()
    assert len(tree()) == len(rows)


def test_the_country_is_written_with_the_counts_of_the_domain(shared_data):
    country = read_classifier((shared_data / "kato.csv").read_bytes())

    import_classifier(country, day=FIRST)

    assert Unit.objects.count() == 15_594
    assert Office.objects.count() == 2_589
    assert Maslikhat.objects.count() == 17 + 3 + 170 + 39
    assert Unit.objects.filter(parent=None).count() == 20
    assert Unit.objects.exclude(body=None).count() == 39 + 32 + 2 + 71 + 108
    tree()
    assert not import_classifier(country, day=SECOND)
