"""`manage.py import_kato FILE`: prints the difference; on an unreadable row nothing is changed."""

import io
import os
import subprocess
import sys

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command

from meetings.kato.dates import day_in_name
from meetings.management.commands import import_kato
from meetings.models import Unit
from tests.meetings.kato.kato_files import SMALL, a_csv, official_workbook, with_row, without

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    """Writes a file of rows (or of bytes) and imports it; gives stdout and stderr."""

    def run(rows=SMALL, *options, name="kato.csv"):
        path = tmp_path / name
        path.write_bytes(rows if isinstance(rows, bytes) else a_csv(rows))
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_kato", str(path), *options, stdout=out, stderr=err)
        except CommandError as error:
            return out.getvalue(), err.getvalue(), error
        return out.getvalue(), err.getvalue(), None

    return run


CHANGED = with_row("274230200", "Жаңа Өмір а.", "с.Жана Омир", rows=without("276200000"))
CHANGED = with_row("274230300", "Самал а.", "с.Самал", rows=CHANGED)


def test_a_file_is_imported_and_its_difference_printed(run):
    run()

    out, err, error = run(CHANGED, "--on", "2026-09-18")

    assert (err, error) == ("", None)
    assert out.splitlines() == [
        "Rows 14: new 1, gone 1, renamed 1, retyped 0, moved 0, unchanged 12.",
        "  new: 274230300 с.Самал (village)",
        "  gone: 276200000 Теректинский район (district)",
        "  renamed: 274230200 Озерное ауылы / село Озерное > Жаңа Өмір ауылы / село Жана Омир",
        "Applied, as of 2026-09-18.",
    ]
    assert str(Unit.objects.get(kato="274230300").valid_from) == "2026-09-18"
    assert str(Unit.objects.get(kato="276200000").valid_to) == "2026-09-17"


def test_moves_and_new_kinds_are_printed(run):
    run()
    rows = with_row("274230200", "Озерное к.", "п.Озерное")
    rows = with_row("274230400", "Дариян а.", "с.Дарьинское", rows=without("274230100", rows=rows))
    rows = without("274230105", rows=rows)

    out, _err, _error = run(rows)

    assert "  retyped: 274230200 посёлок Озерное: village > settlement" in out
    assert "  moved: 274230100 > 274230400 село Дарьинское, in 274230000" in out


def test_a_dry_run_changes_nothing(run):
    run()

    out, _err, error = run(CHANGED, "--dry-run")

    assert error is None
    assert out.endswith("Dry run: nothing was changed.\n")
    assert not Unit.objects.filter(kato="274230300").exists()


def test_the_same_file_again_says_so(run):
    run()

    out, _err, _error = run()

    assert out == (
        "Rows 14: new 0, gone 0, renamed 0, retyped 0, moved 0, unchanged 14.\n"
        "The territory is as the file.\n"
    )


def test_an_unreadable_row_is_named_and_nothing_is_changed(run):
    rows = with_row("274277000", "Самал а.о.", "Самалский")

    out, err, error = run(rows)

    assert out == ""
    assert err == (
        "Row 16, column rus_name: the name has none of the markers с.о., с.а., п.а.: «Самалский»\n"
    )
    assert error.returncode == 1
    assert str(error).endswith("kato.csv: nothing was changed; rows that cannot be read: 1.")
    assert Unit.objects.count() == 0


def test_of_many_bad_rows_the_first_are_shown(run):
    rows = [("2742", "Самал", "Самал")] * 100

    _out, err, error = run(rows)

    assert len(err.splitlines()) == 40
    assert "cannot be read: 100, the first 40 bad cells are above." in str(error)


BAD_FILES = [
    (b"", "The file is empty."),
    (b"PK\x03\x04x", "cannot be read as a workbook"),
    (b"a,b\n1,2\n", "these columns are missing: te, kaz_name, rus_name."),
]


@pytest.mark.parametrize(("content", "words"), BAD_FILES)
def test_a_bad_file_is_told_in_one_line(run, content, words):
    _out, err, error = run(content)

    assert err == ""
    assert words in str(error)
    assert "\n" not in str(error)
    assert error.returncode == 1


def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.csv: No such file or directory\.$"):
        call_command("import_kato", str(tmp_path / "nowhere.csv"))
    with pytest.raises(CommandError, match=r"Is a directory\.$"):
        call_command("import_kato", str(tmp_path))


def test_a_file_that_is_too_large_is_not_read(run, tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(17 << 20)

    with pytest.raises(CommandError, match="larger than 16 MB"):
        call_command("import_kato", str(path))


@pytest.mark.parametrize("day", ["18.09.20261", "2026-02-30", "soon"])
def test_a_day_that_is_none_is_refused(run, day):
    _out, _err, error = run(SMALL, "--on", day)

    assert str(error).startswith("--on: ")
    assert Unit.objects.count() == 0


def test_the_day_comes_from_the_option_or_the_name_or_is_today(run):
    run()
    with time_machine.travel("2026-11-01T20:00:00+00:00"):  # 2 November in Almaty
        run(with_row("274230300", "А а.", "с.А"))
    run(with_row("274230400", "Б а.", "с.Б"), name="КАТО_18.09.2026.csv")
    run(with_row("274230500", "В а.", "с.В"), "--on", "01.12.2026", name="КАТО_18.09.2026.csv")

    days = Unit.objects.exclude(valid_from=None).order_by("kato").values_list("kato", "valid_from")
    assert [(kato, str(day)) for kato, day in days] == [
        ("274230300", "2026-11-02"),
        ("274230400", "2026-09-18"),
        ("274230500", "2026-12-01"),
    ]


NAMES = [
    ("КАТО_17.07.2026.xlsx", "2026-07-17"),
    ("kato 2026-09-18.csv", "2026-09-18"),
    ("КАТО_17-07-2026 (1).xlsx", "2026-07-17"),
    ("КАТО_31.02.2026_01.03.2026.xlsx", "2026-03-01"),
    ("kato.csv", "None"),
    ("99.99.2026.csv", "None"),
    ("117.07.20261.csv", "None"),
]


@pytest.mark.parametrize(("name", "day"), NAMES)
def test_the_day_of_a_file_stands_in_its_name(name, day):
    assert str(day_in_name(name)) == day


def test_a_long_writing_tells_how_far_it_is():
    err = io.StringIO()
    with time_machine.travel("2026-11-01", tick=False) as clock:
        progress = import_kato._Progress(err)
        progress(500, 2000)
        clock.shift(3)
        progress.told_at -= 3
        progress(1000, 2000)
        progress(1500, 2000)

    assert err.getvalue() == "1000 of 2000 units written"


def test_the_official_workbook_is_imported(run, shared_data):
    out, err, error = run(official_workbook(shared_data / "kato.csv"), name="КАТО_17.07.2026.xlsx")

    assert error is None
    assert out.endswith("Applied, dates stay open.\n")
    assert out.startswith("Rows 15594: new 15594, gone 0, renamed 0, retyped 0, moved 0")
    assert Unit.objects.count() == 15_594
    assert "units written" in err or err == ""


def test_a_reader_who_leaves_does_not_stop_the_import(tmp_path):
    path = tmp_path / "kato.csv"
    path.write_bytes(a_csv(SMALL))
    reading, writing = os.pipe()
    os.close(reading)

    with open(writing, "w") as out:
        call_command("import_kato", str(path), "--all", stdout=out)

    assert Unit.objects.count() == len(SMALL)


def test_any_command_ends_quietly_when_its_reader_leaves():
    reading, writing = os.pipe()
    os.close(reading)

    ended = subprocess.run(
        [sys.executable, "manage.py", "help", "--commands"],
        cwd=settings.BASE_DIR, stdout=writing, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(writing)

    assert (ended.returncode, ended.stderr) == (0, b"")
