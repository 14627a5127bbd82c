from datetime import date

from meetings.yeargrid import HostRow, Mark, year_grid

MONTHS = ["қаң", "ақп", "нау", "сәу", "мам", "мау", "шіл", "там", "қыр", "қаз", "қар", "жел"]


def test_a_host_row_counts_what_stands_and_draws_what_was_cancelled():
    row = HostRow(
        "Орал қаласының әкімі",
        "/x/",
        [Mark(date(2027, 4, 14)), Mark(date(2027, 4, 2), "held"),
         Mark(date(2027, 12, 31), "cancelled"), Mark(date(2026, 12, 31))],
        gaps=[(date(2027, 7, 1), date(2027, 12, 31))],
        gap_words="missing: 1",
    )  # fmt: skip

    [drawn] = year_grid(2027, [row], [], MONTHS)["rows"]

    assert drawn["marks"] == [
        {"x": 93, "y": 0, "height": 20, "class": "held"},
        {"x": 105, "y": 8, "height": 12, "class": "planned"},
        {"x": 370, "y": 10, "height": 6, "class": "cancelled"},
    ]
    assert drawn["gaps"] == [{"x": 186, "width": 186}]
    assert [cell["count"] for cell in drawn["cells"]] == [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]
    assert drawn["total"] == 2


def test_days_off_that_touch_are_one_band_and_today_is_drawn_only_in_its_year():
    days = [date(2027, 5, 1), date(2027, 5, 2), date(2027, 5, 9), date(2026, 5, 9)]

    grid = year_grid(2027, [], days, MONTHS, today=date(2027, 1, 1))

    assert grid["off"] == [{"x": 124, "width": 2}, {"x": 132, "width": 1}]
    assert grid["today"] == 0
    assert year_grid(2027, [], [], MONTHS, today=date(2026, 12, 31))["today"] is None
