"""The catalogues hold every sentence of the interface, in Kazakh and in Russian."""

import os
import re
import shutil
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

ROOT = Path(settings.BASE_DIR)
LANGUAGES = ("kk", "ru")
ROOMS = ("akimat", "meetings", "appeals", "templates")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(ROOT / f"akimat/locale/{language}/LC_MESSAGES/django.po"))


def words_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> set[tuple[str | None, str]]:
    """Context and sentence of everything marked for translation in code and templates."""
    if not shutil.which("xgettext"):
        assert not os.environ.get("CI"), "xgettext must be installed in CI"
        pytest.skip("xgettext is not installed: the sentences of the code cannot be collected")
    copy = tmp_path_factory.mktemp("tree")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("*.mo", "*.po"))
    (copy / "akimat/locale/xx/LC_MESSAGES").mkdir(parents=True)
    before = Path.cwd()
    os.chdir(copy)
    try:
        # Files of rooms without a locale folder go to the first of LOCALE_PATHS.
        with override_settings(LOCALE_PATHS=[copy / "akimat/locale"]):
            call_command("makemessages", locale=["xx"], verbosity=0, no_wrap=True, no_location=True)
    finally:
        os.chdir(before)
    entries = polib.pofile(str(copy / "akimat/locale/xx/LC_MESSAGES/django.po"))
    return {(entry.msgctxt, entry.msgid) for entry in entries}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_interface_is_in_the_catalogue(language, said):
    held = {(entry.msgctxt, entry.msgid) for entry in catalogue(language)}

    assert sorted(msgid for _context, msgid in said - held) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_doubtful(language):
    wrong = [
        entry.msgid
        for entry in catalogue(language)
        if entry.fuzzy or not all(word.strip() for word in words_of(entry))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_translation_keeps_the_placeholders(language):
    """A plural form for one thing may leave out the number, never name another placeholder."""
    wrong = []
    for entry in catalogue(language):
        meant = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
        for word in words_of(entry):
            found = set(PLACEHOLDER.findall(word))
            if found != meant and not (entry.msgid_plural and found < meant):
                wrong.append((entry.msgid, word))

    assert wrong == []


SLIPS = [  # what no sentence may hold, and where
    ("kk", r"[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]", "a Latin letter inside a word"),
    ("ru", r"[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]", "a Latin letter inside a word"),
    ("ru", r"[ӘәІіҢңҒғҮүҰұҚқӨөҺһ]", "a Kazakh letter"),
    ("kk", r"(%\(\w+\)[sd]|\{\w+\})[Ѐ-ӿ]", "a suffix glued to a name or a number"),
    ("ru", r"%\((day|when|until)\)s\.", "a second stop after «г.»"),
]


@pytest.mark.parametrize(("language", "slip", "what"), SLIPS, ids=lambda value: value[:30])
def test_no_sentence_holds_a_slip_of_its_language(language, slip, what):
    wrong = [
        word for entry in catalogue(language) for word in words_of(entry) if re.search(slip, word)
    ]

    assert wrong == [], what


def test_the_catalogues_compile_without_gettext(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    folder = tmp_path / "kk" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "akimat/locale/kk/LC_MESSAGES/django.po", folder)

    call_command("compile_catalogues", verbosity=0)

    assert (folder / "django.mo").stat().st_size > 100


def test_kazakh_and_russian_say_the_same_sentences():
    kk, ru = ({(entry.msgctxt, entry.msgid) for entry in catalogue(one)} for one in LANGUAGES)

    assert kk ^ ru == set()
