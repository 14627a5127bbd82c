"""Files of the classifier between their showing and their import."""

import os
import stat
import time
from datetime import date

import pytest
from django.conf import settings

from meetings.kato.parse import read_classifier
from meetings.services import kept_classifiers
from tests.meetings.kato.kato_files import a_csv

DAY = date(2026, 9, 18)


@pytest.fixture
def token():
    content = a_csv()
    return kept_classifiers.keep(
        read_classifier(content), name="КАТО.csv", content=content, day=DAY, by=7
    )


def test_what_was_understood_is_found_again_as_it_was(token):
    kept = kept_classifiers.find(token, by=7)

    assert kept.classifier == read_classifier(a_csv())
    assert (kept.name, kept.day, kept.by) == ("КАТО.csv", DAY, 7)
    assert len(kept.digest) == len(kept.file_sha256) == 64


def test_only_who_sent_it_finds_it(token):
    assert kept_classifiers.find(token, by=8) is None


@pytest.mark.parametrize("name", ["", "../secret_key", "a" * 32, "A" * 32, "%00"])
def test_no_other_name_opens_anything(token, name):
    assert kept_classifiers.find(name, by=7) is None
    kept_classifiers.throw_away(name)
    assert kept_classifiers.find(token, by=7)


def test_a_changed_file_has_another_digest(token):
    [path] = (settings.DATA_DIR / "classifiers").glob("*.json")
    digest = kept_classifiers.find(token, by=7).digest
    path.write_text(path.read_text().replace("Орал", "Басқа"))

    assert kept_classifiers.find(token, by=7).digest != digest


def test_nobody_else_on_the_machine_reads_it(token):
    [path] = (settings.DATA_DIR / "classifiers").glob("*.json")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_is_thrown_away_when_told_and_after_a_day(token):
    [path] = (settings.DATA_DIR / "classifiers").glob("*.json")
    yesterday = time.time() - kept_classifiers.KEPT_SECONDS - 60
    os.utime(path, (yesterday, yesterday))
    content = a_csv()
    other = kept_classifiers.keep(
        read_classifier(content), name="a", content=content, day=DAY, by=7
    )

    assert kept_classifiers.find(token, by=7) is None
    kept_classifiers.throw_away(other)
    assert kept_classifiers.find(other, by=7) is None
