from datetime import date, time

import pytest

from meetings.dates import read_day, say_day, say_when

SAID = [  # glossary: how days are written in each language
    ("kk", "2027 жылғы 14 сәуір, сәрсенбі, сағат 15:00"),
    ("ru", "среда, 14 апреля 2027 г., 15:00"),
    ("en", "Wednesday 14 April 2027, 15:00"),
]


@pytest.mark.parametrize(("language", "said"), SAID)
def test_a_day_is_said_as_each_language_writes_it(language, said):
    assert say_when(date(2027, 4, 14), time(15), language) == said


def test_a_meeting_without_an_hour_is_said_by_its_day():
    assert say_when(date(2027, 4, 14), None, "ru") == "среда, 14 апреля 2027 г."
    assert say_day(date(2027, 4, 14), "kk", weekday=False) == "2027 жылғы 14 сәуір"


@pytest.mark.parametrize("text", ["14.04.2027", " 14.4.2027 ", "2027-04-14", "14/04/2027"])
def test_a_typed_day_is_read(text):
    assert read_day(text) == date(2027, 4, 14)


@pytest.mark.parametrize(
    "text", ["", "14.04", "31.02.2027", "14.04.27", "１４.04.2027", "0.1.2027"]
)
def test_what_is_not_a_day_says_how_to_write_one(text):
    with pytest.raises(ValueError, match=r"write it as 14\.04\.2027"):
        read_day(text)
