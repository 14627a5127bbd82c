"""What a file changes: new, gone, renamed, retyped, moved."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.kato.difference import Present, difference
from meetings.kato.parse import read_classifier
from meetings.kato.types import Classifier
from tests.meetings.kato.kato_files import SMALL, a_csv, with_row, without


def a_classifier(rows=SMALL) -> Classifier:
    classifier = read_classifier(a_csv(rows))
    assert classifier.problems == ()
    return classifier


def a_territory(rows=SMALL, **fields) -> list[Present]:
    """Units as an import of the rows leaves them; a unit's key is "u" and its first code."""
    return present(a_classifier(rows), **fields)


def present(classifier: Classifier, **fields) -> list[Present]:
    def key(code):
        return f"u{code}" if code else None

    return [
        Present(
            key(row.code), row.code, row.kind, key(row.parent), key(row.body), row.source_kk,
            row.source_ru, row.name_kk, row.name_ru, **fields,
        )
        for row in classifier.rows
    ]  # fmt: skip


def summary(found) -> dict:
    """The difference in codes: «old» or «old > new»."""

    def codes(changes):
        return {f"{c.unit.code} > {c.row.code}".removesuffix(f" > {c.unit.code}") for c in changes}

    told = {
        "new": {row.code for row in found.new},
        "gone": {unit.code for unit in found.gone},
        "renamed": codes(found.renamed),
        "retyped": codes(found.retyped),
        "moved": codes(found.moved),
    }
    return {name: codes for name, codes in told.items() if codes}


def compared(before, after) -> dict:
    return summary(difference(a_territory(before), a_classifier(after)))


def test_a_first_file_is_all_new():
    found = difference([], a_classifier())

    assert summary(found) == {"new": {row[0] for row in SMALL}}
    assert found.unchanged == 0


def test_the_same_file_changes_nothing():
    found = difference(a_territory(), a_classifier())

    assert not found
    assert found.unchanged == len(SMALL)


NEW_VILLAGE = ("274230300", "Жаңа ауыл а.", "с.Новое")


def test_a_village_that_came_is_new_and_one_that_went_is_gone():
    assert compared(SMALL, (*SMALL, NEW_VILLAGE)) == {"new": {"274230300"}}
    assert compared((*SMALL, NEW_VILLAGE), SMALL) == {"gone": {"274230300"}}


def test_a_row_of_another_name_is_the_unit_renamed():
    after = with_row("274230200", "Жаңа Өмір а.", "с.Жана Омир")

    assert compared(SMALL, after) == {"renamed": {"274230200"}}


def test_a_mended_spelling_is_a_new_name():
    after = with_row("274230200", "Озёрное а.", "с.Озерное")

    assert compared(SMALL, after) == {"renamed": {"274230200"}}


def test_the_name_of_a_body_follows_its_inner_row():
    after = with_row("274243100", "Мичурин а.", "с.Мичурино")

    assert compared(SMALL, after) == {"renamed": {"274243100", "274243000"}}


def test_a_row_of_another_kind_is_the_unit_retyped():
    after = with_row("274230200", "Озерное к.", "п.Озерное")

    found = difference(a_territory(), a_classifier(after))

    assert summary(found) == {"renamed": {"274230200"}, "retyped": {"274230200"}}


def test_an_okrug_that_becomes_a_village_administration_is_retyped():
    """Its village becomes the inner row of the same body."""
    rows = (*SMALL[:1], *SMALL[6:9])
    after = with_row("274230000", "Дариян а.ә.", "Дарьинская с.а.", rows=rows)

    told = compared(rows, after)

    assert told["retyped"] == {"274230000", "274230100"}


def test_a_new_code_with_the_name_and_place_of_one_that_went_is_the_unit_moved():
    rows = without("274230200")
    after = with_row("274230900", "Озерное а.", "с.Озерное", rows=rows)

    assert compared(SMALL, after) == {"moved": {"274230200 > 274230900"}}


def test_an_okrug_that_moves_takes_its_villages_along():
    after = tuple((code.replace("274230", "274255"), kk, ru) for code, kk, ru in SMALL)

    assert compared(SMALL, after) == {
        "moved": {
            "274230000 > 274255000",
            "274230100 > 274255100",
            "274230200 > 274255200",
            "274230105 > 274255105",
        }
    }


def test_a_district_is_found_again_in_a_new_region():
    region = ("330000000", "Жетісу облысы", "область Жетісу")
    moved = tuple((code.replace("2742", "3352", 1), kk, ru) for code, kk, ru in SMALL)

    told = compared(SMALL, (region, *moved))

    assert told["new"] == {"330000000"}
    assert "gone" not in told
    assert "274200000 > 335200000" in told["moved"]
    assert "274243100 > 335243100" in told["moved"]


def test_a_unit_that_goes_to_another_parent_under_its_code_keeps_its_key():
    """The row of its okrug went, so that it lies in the district."""
    rows = without("274243000")

    told = compared(SMALL, rows)

    assert told["gone"] == {"274243000"}
    assert told["moved"] == {"274243100"}
    assert told["retyped"] == {"274243100"}  # it is no longer the inner row of a body


def test_two_villages_of_one_name_are_never_taken_for_one_another():
    twice = (*SMALL, ("274230300", "Озерное а.", "с.Озерное"))
    moved = without("274230200", "274230300", rows=twice)
    moved = with_row("274230400", "Озерное а.", "с.Озерное", rows=moved)

    told = compared(twice, moved)

    assert told == {"new": {"274230400"}, "gone": {"274230200", "274230300"}}


def test_a_name_alone_moves_nothing_to_another_region():
    other = ("310000000", "Жамбыл облысы", "Жамбылская область")
    district = ("314200000", "Мерке ауданы", "Меркенский район")
    before = (*SMALL, other, district)
    after = (*without("274230200", rows=before), ("314230100", "Озерное а.", "с.Озерное"))

    assert compared(before, after) == {"new": {"314230100"}, "gone": {"274230200"}}


def test_a_code_used_again_for_another_unit_makes_a_new_one():
    after = with_row("274230200", "Самал к.", "п.Самал")

    assert compared(SMALL, after) == {"new": {"274230200"}, "gone": {"274230200"}}


def test_codes_that_two_villages_swapped_move_both():
    after = with_row("274230200", "Дариян а.", "с.Дарьинское")
    after = with_row("274230100", "Озерное а.", "с.Озерное", rows=after)

    assert compared(SMALL, after)["moved"] >= {
        "274230100 > 274230200",
        "274230200 > 274230100",
    }


def test_a_code_that_went_on_to_another_unit_leaves_both_with_their_names():
    """274230200 is now another village, and the one that had it stands under a new code."""
    after = with_row("274230200", "Самал а.", "с.Самал")
    after = with_row("274230300", "Озерное а.", "с.Озерное", rows=after)

    assert compared(SMALL, after) == {
        "new": {"274230200"},
        "moved": {"274230200 > 274230300"},
    }


def test_units_added_by_hand_are_never_gone():
    own = Present("own", "271000000-1", "microdistrict", "u271000000", None, "", "", "А", "А", True)

    found = difference([*a_territory(), own], a_classifier())

    assert not found


def test_a_unit_that_no_file_named_before_is_compared_by_its_written_name():
    known = [unit._replace(source_kk="", source_ru="") for unit in a_territory()]

    assert not difference(known, a_classifier())


CODES = [row[0] for row in SMALL if row[0][4:] != "00000"]

LEAVES = ["271010000", "271035100", "271035800", "274230105", "274230200", "274243100"]


@settings(max_examples=80, deadline=None)
@given(st.sets(st.sampled_from(LEAVES)), st.sets(st.sampled_from(CODES)), st.randoms())
def test_a_difference_applied_leaves_none(gone, renamed, random):
    """Whatever went, came and was renamed, in any order of rows."""
    before = a_classifier()
    rows = [row for row in before.rows if row.code not in gone]
    rows = [
        row._replace(name_kk="Басқа", name_ru="Другое") if row.code in renamed else row
        for row in rows
    ]
    random.shuffle(rows)
    after = Classifier(tuple(rows), ())

    found = difference(present(before), after)

    tied = {change.unit.key for change in found.changes}
    assert len(tied) == len(found.changes)
    assert len(found.keys) + len(found.new) == len(rows)
    assert len(found.gone) + len(found.keys) == len(before.rows)
    assert not difference(present(after), after)


@pytest.mark.parametrize("ab", ["10", "27", "75"])
def test_a_whole_region_under_new_codes_is_found_again(shared_data, ab):
    country = read_classifier((shared_data / "kato.csv").read_bytes())
    rows = [row for row in country.rows if row.code.startswith(ab)]

    def recoded(code):
        return f"64{code[2:]}" if code else ""

    moved = [
        row._replace(code=recoded(row.code), parent=recoded(row.parent), body=recoded(row.body))
        for row in rows
    ]

    found = difference(present(Classifier(tuple(rows), ())), Classifier(tuple(moved), ()))

    # Only minor places that share name and village with another stay untold.
    assert {unit.kind for unit in found.gone} <= {"place", "village"}
    assert len(found.gone) == len(found.new) <= 10
    assert len(found.moved) == len(rows) - len(found.gone)
