import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from meetings.enums import UnitKind
from meetings.models import Office
from tests.factories import Region, make_calendar, make_meeting, make_office, make_unit

pytestmark = pytest.mark.django_db


def check(**options) -> tuple[int, str]:
    """Exit code and standard output of the command."""
    said = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("check_calendar", stdout=said, **options)
    return stop.value.code, said.getvalue()


def as_json(**options):
    code, said = check(format="json", **options)
    return code, json.loads(said)


ALMATY_2022 = [  # domain §6: akim of the city in each of its 8 districts, second quarter
    ("Бостандыкский", "2022-04-14"),
    ("Алатауский", "2022-04-28"),
    ("Ауэзовский", "2022-05-12"),
    ("Наурызбайский", "2022-05-19"),
    ("Жетысуский", "2022-05-26"),
    ("Медеуский", "2022-06-17"),
    ("Алмалинский", "2022-06-23"),
    ("Турксибский", "2022-06-30"),
]


def almaty(without: str = ""):
    city = make_unit(UnitKind.REPUBLIC_CITY, "Алматы", kato="750000000")
    office = make_office(city)
    calendar = make_calendar(city, 2022)
    for number, (name, day) in enumerate(ALMATY_2022, 1):
        district = make_unit(
            UnitKind.CITY_DISTRICT, name, parent=city, kato=f"75{number}110000"
        )  # fmt: skip
        if name != without:
            make_meeting(office, [district], day, calendar=calendar)
    return city


def n2(answer, quarter):
    return [
        one for one in answer["findings"] if one["norm"] == "N2" and one["window"] == quarter
    ]  # fmt: skip


SECOND_QUARTER = ["2022-04-01", "2022-06-30"]


def test_almaty_2022_is_eight_of_eight_in_the_second_quarter_and_owes_24_in_the_year():
    almaty()

    code, answer = as_json(year="2022", unit="750000000")

    assert (code, answer["edition"], answer["region"]) == (1, "2022-03-03", "750000000")
    assert (answer["required"], answer["planned"], answer["missing"]) == (24, 8, 16)
    assert [one["missing"] for one in n2(answer, SECOND_QUARTER)] == [0] * 8


def test_without_turksibsky_there_is_one_gap_and_it_is_named():
    almaty(without="Турксибский")

    _code, answer = as_json(year="2022", unit="750000000")
    missing = [one for one in n2(answer, SECOND_QUARTER) if one["missing"]]

    assert [(one["host"], one["target"], one["severity"]) for one in missing] == [
        ("750000000", "758110000", "breach")
    ]
    assert "Турксибский" in check(year="2022", unit="750000000")[1]


def test_a_finding_has_every_field_of_the_contract():
    here = Region()

    _code, answer = as_json(year="2027", unit="270000000")

    assert set(answer) == {
        "edition", "year", "region", "required", "planned", "held", "missing", "findings",
    }  # fmt: skip
    first = answer["findings"][0]
    assert first == {
        "norm": "N1", "host": "270000000", "target": here.first.kato,
        "window": ["2027-01-01", "2027-12-31"], "required": 1, "planned": 0, "held": 0,
        "missing": 1, "severity": "breach", "source": first["source"], "href": first["href"],
    }  # fmt: skip
    assert "826" in first["source"]
    assert first["href"].startswith("https://adilet.zan.kz/")


def test_when_every_duty_is_met_the_exit_code_is_0():
    here = Region()
    calendar = make_calendar(here.region, 2027)
    region, district, okrug = (here.office(u) for u in (here.region, here.first, here.okrug))
    make_meeting(region, [here.first], "2027-03-01", calendar=calendar)
    make_meeting(region, [here.second], "2027-03-02", calendar=calendar)
    for day in ("2027-03-03", "2027-09-03"):
        make_meeting(district, [here.okrug], day, calendar=calendar)
        make_meeting(okrug, here.villages, day, calendar=calendar)

    assert as_json(year="2027", unit="270000000")[0] == 0
    assert check(year="2027", unit="270000000")[0] == 0
    assert as_json(year="2027", unit="270000000", held=True)[0] == 1


def test_without_a_unit_every_region_answers():
    Region(), Region("230000000", "Атырау облысы")

    code, answer = as_json(year="2027")

    assert (code, [one["region"] for one in answer]) == (1, ["270000000", "230000000"])


def test_a_unit_below_the_region_answers_for_what_it_owes_and_what_is_owed_to_it():
    here = Region()

    _code, answer = as_json(year="2027", unit=here.first.kato)

    assert {(one["host"], one["target"]) for one in answer["findings"]} == {
        (here.region.kato, here.first.kato),
        (here.first.kato, here.okrug.kato),
        *((here.okrug.kato, village.kato) for village in here.villages),
    }


def test_another_edition_can_judge_the_year():
    Region()

    _code, answer = as_json(year="2027", unit="270000000", edition="2022-03-03")

    assert answer["edition"] == "2022-03-03"
    assert {tuple(one["window"]) for one in answer["findings"] if one["norm"] == "N1"} == {
        ("2027-01-01", "2027-06-30"),
        ("2027-07-01", "2027-12-31"),
    }


WRONG = [
    ({"year": "2021"}, "before the decree"),
    ({"year": "soon"}, "is not a year"),
    ({"year": "2027", "unit": "000000000"}, "There is no unit"),
    ({"year": "2027", "edition": "2031"}, "no edition"),
]


@pytest.mark.parametrize(("options", "words"), WRONG)
def test_bad_input_is_one_line_and_exit_code_2(options, words):
    Region()

    with pytest.raises(CommandError, match=words) as refused:
        call_command("check_calendar", **options)

    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)


def test_a_unit_without_a_post_owes_nothing_and_is_no_body_to_visit():
    here = Region()
    Office.objects.filter(unit=here.okrug).delete()

    _code, answer = as_json(year="2027", unit="270000000")

    assert {one["norm"] for one in answer["findings"]} == {"N1"}
