"""A file of the classifier, read whole: the shared one gives the counts of domain.md, section 2."""

from collections import Counter

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.kato.parse import read_classifier
from meetings.kato.types import FileRefused, Problem, carries_post
from meetings.kato.words import say_problem, say_reason, say_refusal
from tests.meetings.kato.kato_files import (
    HEADER,
    SMALL,
    a_csv,
    official_workbook,
    with_row,
    without,
)


@pytest.fixture(scope="module")
def country(shared_data):
    return read_classifier((shared_data / "kato.csv").read_bytes())


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_the_country_has_the_counts_of_the_domain(country):
    assert country.problems == ()
    assert Counter(row.kind.value for row in country.rows) == {
        "oblast": 17,
        "republic_city": 3,
        "district": 170,
        "oblast_city": 39,
        "city_proper": 39,
        "city_district": 25,
        "city_district_admin": 2,
        "district_city": 48,
        "district_city_admin": 32,
        "okrug": 2108,
        "village_admin": 108,
        "settlement_admin": 71,
        "settlement": 88,
        "village": 6000,
        "place": 6844,
    }


def test_the_country_has_one_akim_a_body(country):
    posts = Counter(row.kind.value for row in country.rows if carries_post(row.kind, row.body))

    assert posts == {
        "oblast": 17,
        "republic_city": 3,
        "district": 170,
        "oblast_city": 39,
        "city_district": 23,  # and 2 whose administration has a row
        "city_district_admin": 2,
        "district_city": 16,  # and 32 whose administration has a row
        "district_city_admin": 32,
        "okrug": 2108,
        "village_admin": 108,
        "settlement_admin": 71,
    }
    assert posts.total() == 2589


def test_the_country_has_no_orphan_and_parents_come_first(country):
    seen = {""}
    for row in country.rows:
        assert row.parent in seen
        assert row.body in seen
        seen.add(row.code)


def test_every_second_row_of_a_body_is_tied_to_the_first(country):
    kinds = {row.code: row.kind.value for row in country.rows}
    twins = Counter((row.kind.value, kinds[row.body]) for row in country.rows if row.body)

    assert twins == {
        ("city_proper", "oblast_city"): 39,
        ("district_city", "district_city_admin"): 32,
        ("city_district", "city_district_admin"): 2,
        ("settlement", "settlement_admin"): 71,
        ("village", "village_admin"): 108,
    }


DEFECTS = {  # data/README.md, "Known defects of the data": code, names as kept, name as shown
    "103230000": ("Қараауыл а.о.", "Карааульский с.о.", "Қараауыл ауылдық округі"),
    "104445000": (
        "Қойгелді Аухадиев атын. а.о.",  # a no-break space
        "с.о.им.Койгельды Аухадиева",
        "Қойгелді Аухадиев атындағы ауылдық округ",
    ),
    "313635000": ("Бурыл а.о.", "Бурылский с.о.", "Бурыл ауылдық округі"),
    "103233000": ("Кеңгірбай би а.о.", "Кенгирбайбийский с.о", "Кеңгірбай би ауылдық округі"),
    "471000000": ("Ақтау Г.А.", "Актау Г.А.", "Ақтау қаласы"),
    "475220100": ("Форт-Шевченко ќ.", "г.Форт-Шевченко", "Форт-Шевченко қаласы"),
    "103441417": ("Көлбўлағы а.", "с.Кулбулагы", "Көлбұлағы ауылы"),
    "552244500": ("Құрылысшы а.", 'с."Ќўрылысшы"', "Құрылысшы ауылы"),
    "634647308": ("Кїшік жал а.", "с.Кушик жал", "Күшік жал ауылы"),  # double spaces
    "396233000": ("Барвинов а.ә", "Барвиновская с.а.", "Барвинов ауылы"),
    "615530300": ("Аша а.", "с.Аша", "Аша ауылы"),  # a space after the marker
}


@pytest.mark.parametrize("code", DEFECTS)
def test_defects_of_the_data_are_survived(country, code):
    row = next(row for row in country.rows if row.code == code)

    assert (row.source_kk, row.source_ru, row.name_kk) == DEFECTS[code]


def test_no_name_has_a_stray_space(country):
    names = [name for row in country.rows for name in row[4:8]]

    assert [name for name in names if name != " ".join(name.split()) or "\u00a0" in name] == []


def test_two_rows_of_a_body_are_shown_under_one_name(country):
    rows = {row.code: row for row in country.rows}

    assert rows["104163000"].source_ru == "Чаганская п.а."
    assert rows["104163000"].name_ru == rows["104163100"].name_ru == "посёлок Чаган"
    assert rows["101000000"].name_kk == rows["101010000"].name_kk == "Семей қаласы"


def test_the_official_workbook_gives_the_same(country, shared_data):
    assert read_classifier(official_workbook(shared_data / "kato.csv")) == country


@pytest.mark.parametrize("names", [("kaz_name", "rus_name"), ("name_kaz", "name_rus")])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_both_headers_are_known(names, delimiter):
    header = [*HEADER[:6], *names, "nn"]

    assert len(read_classifier(a_csv(header=header, delimiter=delimiter)).rows) == len(SMALL)


def test_columns_may_stand_in_any_order_below_a_title():
    content = 'RUS_NAME ; kaz_name;TE\n"г.Астана";Астана қ.;710000000\n'
    content = f"КАТО;;\n\n{content}".encode()

    [row] = read_classifier(content).rows

    assert (row.code, row.kind, row.name_ru, row.line) == (
        "710000000", "republic_city", "город Астана", 4,
    )  # fmt: skip


def test_parts_of_a_code_may_have_lost_their_zeros():
    content = a_csv((("100000000", "Абай облысы", "область Абай"),))
    content = content.replace(b",00,00,000,", b",0,0,0,")

    assert read_classifier(content).problems == ()


BAD_CELLS = [  # what is wrong with row 3 | its column and reason
    (("27423000", "Дариян а.о.", "Дарьинский с.о."), "te", "code_digits"),
    (("2742300000", "Дариян а.о.", "Дарьинский с.о."), "te", "code_digits"),
    (("", "Дариян а.о.", "Дарьинский с.о."), "te", "code_digits"),
    (("27423O000", "Дариян а.о.", "Дарьинский с.о."), "te", "code_digits"),
    (("270000000", "Батыс Қазақстан", "область"), "te", "code_twice"),
    (("284230000", "Дариян а.о.", "Дарьинский с.о."), "te", "orphan"),
    (("274290000", "Дариян а.о.", "Дарьинский с.о."), "te", "kind_code"),
    (("274230000", "Дариян а.о.", "Дарьинский"), "rus_name", "kind_marker"),
    (("274230000", "", "Дарьинский с.о."), "kaz_name", "name_empty"),
    (("274230000", "Дариян а.о.", " . "), "rus_name", "name_empty"),
    (("274230000", "Дариян\x00 а.о.", "Дарьинский с.о."), "kaz_name", "name_control"),
    (("274230000", "Дариян а.о.", "Дарьинский\n с.о."), "rus_name", "name_control"),
    (("274230000", "Д" * 201, "Дарьинский с.о."), "kaz_name", "name_long"),
    (("274230000", "Д" * 9_000, "Дарьинский с.о."), "kaz_name", "name_long"),
    (("274230000", "?аратау а.о.", "Дарьинский с.о."), "kaz_name", "name_letters"),
]
ABOVE = (SMALL[0], SMALL[6])


@pytest.mark.parametrize(("row", "column", "reason"), BAD_CELLS)
def test_a_bad_cell_is_named_by_row_and_column(row, column, reason):
    code, kk, ru = row
    parts = a_csv((ABOVE[1],)).splitlines()[1].split(b",")[1:6]
    cells = [code.encode(), *parts, b'"' + kk.encode() + b'"', b'"' + ru.encode() + b'"', b""]
    if len(code) == 9:
        cells[1:5] = [part.encode() for part in (code[:2], code[2:4], code[4:6], code[6:])]
    lines = a_csv(ABOVE).splitlines()
    if reason in ("code_digits",):
        cells[1:5] = lines[1].split(b",")[1:5]

    problems = read_classifier(b"\n".join([*lines[:2], b",".join(cells), lines[2]])).problems

    assert (problems[0].line, problems[0].column, problems[0].reason) == (3, column, reason)
    assert f"Row 3, column {column}: " in say_problem(problems[0])
    assert len(problems[0].value) <= 60


def test_a_part_that_differs_from_the_code_is_named():
    rows = [HEADER, ("270000000", "27", "1", "", "x", "2", "А", "Б", "")]
    content = "\n".join(map(",".join, rows)).encode()

    problems = read_classifier(content).problems

    assert [(problem.column, problem.reason) for problem in problems] == [
        ("cd", "part_differs"),
        ("ef", "part_digits"),
        ("hij", "part_digits"),
    ]


def test_every_bad_cell_is_told_with_its_sheet():
    problem = Problem("katonew1", 12, "rus_name", "kind_marker", "Дарьинский")

    assert say_problem(problem) == (
        "Sheet katonew1, row 12, column rus_name: "
        "the name has none of the markers с.о., с.а., п.а.: «Дарьинский»"
    )
    assert say_reason(problem._replace(reason="name_empty", value="")) == "the name is empty"


def test_a_missing_parent_is_told_once_its_own_row_is_readable():
    rows = with_row("274200000", "", "район Бәйтерек")

    [problem] = read_classifier(a_csv(rows)).problems

    assert problem.reason == "name_empty"
    assert {p.reason for p in read_classifier(a_csv(without("274200000"))).problems} == {"orphan"}


REFUSED = [
    (b"", "empty", "The file is empty."),
    (b"te,name\n1,2\n", "no_header", "these columns are missing: kaz_name, rus_name."),
    (a_csv(()), "no_rows", "The file has a header and no rows."),
    (b"PK\x03\x04", "broken", "save it again as .xlsx or .csv"),
]


@pytest.mark.parametrize(("content", "reason", "words"), REFUSED)
def test_a_file_that_is_no_classifier_is_refused(content, reason, words):
    with pytest.raises(FileRefused) as caught:
        read_classifier(content)

    assert caught.value.reason == reason
    assert words in say_refusal(caught.value)


CELL = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["", "270000000", "с.о.", "г.", "Г.А.", "с.Ақтау", "0", "\x00", "а" * 300]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6))
def test_no_row_crashes_the_reader(rows):
    try:
        classifier = read_classifier(a_csv(rows))
    except FileRefused as refused:
        say_refusal(refused)
        return
    for problem in classifier.problems:
        assert problem.line >= 2
        assert problem.column in HEADER
        assert say_problem(problem)
    if not classifier.problems:
        codes = {row.code for row in classifier.rows}
        assert {row.parent for row in classifier.rows} <= codes | {""}
