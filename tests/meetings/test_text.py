"""What may come in, how words are found, ordered and written in Latin letters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.text import BadText, clean, fold, kazakh_sort_key, mended, transliterate

CLEANED = [
    ("  Орал   қаласы ", "Орал қаласы"),
    ("Қараауыл\u00a0а.о.", "Қараауыл а.о."),
    ("a\tb", "a b"),
    ("Кара\u00adул", "Караул"),  # soft hyphen
    ("\ufeffОрал\u200b", "Орал"),  # byte order mark, zero-width space
    ("\u202eлаО\u202c", "лаО"),  # a direction override
    ("и\u0306", "й"),
    ("и\u200b\u0306", "й"),
    ("\u2800\u3164", ""),  # letters that show nothing
    ("<script>", "<script>"),  # harmless here: pages escape it
]


@pytest.mark.parametrize(("text", "kept"), CLEANED)
def test_text_is_kept_clean(text, kept):
    assert clean(text) == kept


@pytest.mark.parametrize(
    "text", ["a\r\nb", "a\nb", "a\x00b", "a\x0bb", "a\x85b", "a\u2028b", "a\u2029b", "\ud800"]
)
def test_a_line_with_a_control_character_is_refused(text):
    with pytest.raises(BadText) as caught:
        clean(text)

    assert caught.value.code == "control"
    assert caught.value.params["sign"].startswith("U+")


def test_a_pile_of_marks_is_refused():
    with pytest.raises(BadText):
        clean("а" + "\u0336" * 40)


def test_a_text_keeps_its_lines_and_no_other_control_character():
    assert clean("a \r\nb\u2028c\n\n\n\nd\n", lines=True) == "a\nb\nc\n\nd"
    with pytest.raises(BadText):
        clean("a\x00", lines=True)


@pytest.mark.parametrize(("length", "fits"), [(300, True), (301, False), (10_000, False)])
def test_a_line_has_at_most_300_characters(length, fits):
    if fits:
        assert clean("ж" * length) == "ж" * length
    else:
        with pytest.raises(BadText, match=f"{length} characters; at most 300"):
            clean("ж" * length)


def test_the_limit_is_asked_after_cleaning():
    assert clean("а" + " " * 39, limit=10) == "а"
    with pytest.raises(BadText, match="at most 10"):
        clean(" " * 41, limit=10)


@given(st.text())
def test_what_was_cleaned_is_clean(text):
    for lines in (False, True):
        try:
            once = clean(text, lines=lines)
        except BadText:
            continue
        assert clean(once, lines=lines) == once
        assert once == unicodedata.normalize("NFC", once)
        unwanted = [sign for sign in once if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp")]
        assert not unwanted or set(unwanted) == {"\n"}
        assert lines or "\n" not in once


FOLDED = [
    ("Ақтөбе", "актобе"),
    ("АКТОБЕ", "актобе"),
    ("Өскемен", "оскемен"),
    ("Үшқоңыр Һ", "ушконыр х"),
    ("Іле, Ғылым, Ұлан", "иле, гылым, улан"),
    ("Посёлок", "поселок"),
    ("Форт-Шевченко ќ.", "форт-шевченко к."),
    ("Көлбўлағы", "колбулагы"),
    ("Тараз — Шу", "тараз - шу"),
    ("Қараауыл\u00a0 а.о.", "караауыл а.о."),
    ("Зайсан й", "зайсан й"),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_kazakh_and_russian_spellings_meet(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_kazakh_letters_stand_in_their_places():
    words = ["Шар", "Өскемен", "Озен", "Ңа", "На", "Кентау", "Қаратау", "Астана", "Әйтеке", "Баян"]
    words += ["Іле", "Ыбырай", "Уәлиханов", "Ұлан", "Үшарал", "Һа", "Ха", "Ғ", "Г", "Аягөз", "5"]

    assert sorted(words, key=kazakh_sort_key) == [
        "5", "Астана", "Аягөз", "Әйтеке", "Баян", "Г", "Ғ", "Кентау", "Қаратау", "На", "Ңа",
        "Озен", "Өскемен", "Уәлиханов", "Ұлан", "Үшарал", "Ха", "Һа", "Шар", "Ыбырай", "Іле",
    ]  # fmt: skip


def test_a_sort_key_is_made_of_digits_and_bounded():
    key = kazakh_sort_key("«Қараауыл» ауылдық округі " * 40)

    assert key.isascii()
    assert key.isdigit()
    assert len(key) == 120
    assert kazakh_sort_key("«Абай»") == kazakh_sort_key("Абай")


LATIN = [
    ("Алматы", "Almaty"),
    ("Ақтөбе", "Aqtobe"),
    ("Қарағанды", "Qaraghandy"),
    ("Шымкент", "Shymkent"),
    ("Өскемен", "Oskemen"),
    ("Ұлытау", "Ulytau"),
    ("Жетісу", "Zhetisu"),
    ("Юбилейное", "Yubileynoe"),
    ("Щучинск", "Shchuchinsk"),
    ("ПЧ-45", "PCH-45"),
    ("Ш. Ю.", "Sh. Yu."),
    ("ќала Ѣ", "qala Ѣ"),
]


@pytest.mark.parametrize(("text", "latin"), LATIN)
def test_names_are_written_in_latin_letters(text, latin):
    assert transliterate(text) == latin


def test_letters_of_other_alphabets_are_mended():
    assert mended("Ќўрылысшы Кјркес Сарыбайїлкен") == "Құрылысшы Кәркес Сарыбайүлкен"
