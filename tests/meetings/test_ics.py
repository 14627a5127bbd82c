from datetime import date, time
from uuid import UUID

import icalendar
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.entries import Facts, Names, Place, plain, say
from meetings.enums import MeetingState, Topic, Way
from meetings.ics import escaped, event_text, folded
from tests.factories import a_moment

PAGE = "https://akimat.example/kk/meetings/6f2c1d9e-0000-4000-8000-000000000001/"
# PARAGRAPH SEPARATOR, NEL, VT, NUL: what the icalendar library lets through.
NASTY = "A\r\nATTENDEE:mailto:x@y\nEND:VEVENT\r\n\u2028B\u2029\x85\x0b\x00\x1b\u202e;,\\N\\n\"'<b>"


def a_meeting(**fields) -> Facts:
    given_fields = {
        "uuid": UUID("6f2c1d9e-0000-4000-8000-000000000001"), "day": date(2027, 4, 14),
        "starts_at": time(15), "ends_at": time(16, 30), "way": Way.BOTH, "is_visiting": True,
        "topics": [Topic.ROADS, "unheard of"], "contact": "8 711 255 00 00",
        "stream_url": "https://live.example/1", "latitude": 51.2, "longitude": 51.37,
        "state": MeetingState.ANNOUNCED, "planned_day": date(2027, 4, 14), "reason": "",
        "is_awaiting": False, "is_outside": False, "people": None, "sequence": 2,
        "published_at": a_moment(2027, 1, 12), "changed_at": a_moment(2027, 4, 1, 9, 30),
    }  # fmt: skip
    return Facts(**(given_fields | fields))


NAMES = Names(
    host="Бәйтерек ауданы",
    targets=(Place("Дариян ауылы", ("Дариян ауылдық округі", "Бәйтерек ауданы")),),
    place="Мәдениет үйі",
    address="Бейбітшілік көшесі, 5",
)


def a_text(facts=None, names=NAMES, language="kk") -> str:
    facts = facts or a_meeting()
    with translation.override(language):
        said = say(facts, names, language, page=PAGE)
    return event_text(facts, said, page=PAGE, domain="akimat.example")


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_an_entry_says_who_where_when_and_how_to_come():
    assert unfolded(a_text()) == [
        "BEGIN:VEVENT",
        "UID:6f2c1d9e-0000-4000-8000-000000000001@akimat.example",
        "DTSTAMP:20270401T043000Z",
        "CREATED:20270112T070000Z",
        "LAST-MODIFIED:20270401T043000Z",
        "SEQUENCE:2",
        "DTSTART;TZID=Asia/Almaty:20270414T150000",
        "DTEND;TZID=Asia/Almaty:20270414T163000",
        "SUMMARY:Халықпен кездесу: Дариян ауылы (әкім: Бәйтерек ауданы)",
        "LOCATION:Мәдениет үйі\\, Бейбітшілік көшесі\\, 5\\, Дариян ауылы\\, "
        "Дариян ауылдық округі\\, Бәйтерек ауданы",
        "DESCRIPTION:Әкім: Бәйтерек ауданы\\nҚайда: Дариян ауылы\\nӨткізу түрі: аралас\\n"
        "Көшпелі кездесу.\\nТақырыптары: жолдар\\nБайланыс: 8 711 255 00 00\\n"
        f"Тікелей эфир: https://live.example/1\\nТолығырақ: {PAGE}",
        "CATEGORIES:Халықпен кездесу,жолдар",
        f"URL:{PAGE}",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "GEO:51.20000;51.37000",
        "END:VEVENT",
    ]


SPANS = [  # begins, ends, the two lines
    (None, None, "DTSTART;VALUE=DATE:20270414", "DTEND;VALUE=DATE:20270415"),
    (time(15), time(16), "DTSTART;TZID=Asia/Almaty:20270414T150000",
     "DTEND;TZID=Asia/Almaty:20270414T160000"),
    (time(15), None, "DTSTART;TZID=Asia/Almaty:20270414T150000",
     "DTEND;TZID=Asia/Almaty:20270414T163000"),
    (time(23), time(9), "DTSTART;TZID=Asia/Almaty:20270414T230000",
     "DTEND;TZID=Asia/Almaty:20270415T003000"),
]  # fmt: skip


@pytest.mark.parametrize(("begins", "ends", "start", "end"), SPANS)
def test_a_meeting_without_an_hour_takes_the_day_and_one_without_an_end_the_usual_time(
    begins, ends, start, end
):
    lines = unfolded(a_text(a_meeting(starts_at=begins, ends_at=ends)))

    assert [line for line in lines if line.startswith(("DTSTART", "DTEND"))] == [start, end]


NEWS = [  # what changed, the first lines of the description in three languages
    ({"state": MeetingState.CANCELLED, "reason": "Су тасқыны"},
     ["Кездесу өтпейді.", "Себебі: Су тасқыны"],
     ["Встреча отменена.", "Причина: Су тасқыны"],
     ["The meeting is cancelled.", "Reason: Су тасқыны"]),
    ({"state": MeetingState.MOVED, "planned_day": date(2027, 4, 7), "is_awaiting": True},
     ["Кездесу ауыстырылды. Бастапқы күні: 2027 жылғы 7 сәуір, сәрсенбі",
      "Бұл өзгеріс мәслихатпен әлі келісілген жоқ."],
     ["Встреча перенесена. Первоначальная дата: среда, 7 апреля 2027 г.",
      "Это изменение ещё не согласовано с маслихатом."],
     ["The meeting was moved. First planned for: Wednesday 7 April 2027",
      "The maslikhat has not yet agreed to this change."]),
    ({"state": MeetingState.HELD, "people": 120},
     ["Кездесу өткізілді. Келген адам саны: 120."],
     ["Встреча проведена. Пришло людей: 120."],
     ["The meeting was held. People who came: 120."]),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "kk", "ru", "en"), NEWS)
def test_what_changed_is_said_first(fields, kk, ru, en):
    facts = a_meeting(**fields)

    for language, expected in (("kk", kk), ("ru", ru), ("en", en)):
        with translation.override(language):
            said = say(facts, NAMES, language, page=PAGE).description.split("\n")
        assert said[: len(expected)] == expected


def test_a_cancelled_meeting_is_cancelled_in_its_state_and_in_its_words():
    event = icalendar.Event.from_ical(
        a_text(a_meeting(state=MeetingState.CANCELLED), language="ru")
    )

    assert (event["status"], event["summary"]) == (
        "CANCELLED", "Отменена: Встреча с населением: Дариян ауылы (аким: Бәйтерек ауданы)",
    )  # fmt: skip


def test_an_hour_that_is_not_set_is_not_promised():
    with translation.override("en"):
        open_hour = say(a_meeting(starts_at=None), NAMES, "en", page=PAGE).description
        open_end = say(a_meeting(ends_at=None), NAMES, "en", page=PAGE).description

    assert "The hour is not set yet" in open_hour
    assert "When it ends is not set" in open_end


def test_a_joint_meeting_names_its_first_targets_and_counts_the_rest():
    targets = tuple(Place(f"{number} ауылы") for number in range(1, 6))
    with translation.override("ru"):
        said = say(
            a_meeting(), NAMES._replace(targets=targets, place="", address=""), "ru", page=PAGE
        )

    short = "1 ауылы, 2 ауылы, 3 ауылы и ещё 2 места"
    assert said.summary == f"Встреча с населением: {short} (аким: Бәйтерек ауданы)"
    assert said.location == short
    assert "Где: 1 ауылы, 2 ауылы, 3 ауылы, 4 ауылы, 5 ауылы" in said.description


def test_an_akim_at_home_is_not_named_twice():
    names = NAMES._replace(targets=(Place(NAMES.host),))
    with translation.override("en"):
        assert say(a_meeting(), names, "en", page=PAGE).summary == (
            "Meeting with the population: Бәйтерек ауданы"
        )


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x85", "\u2028", "\u2029", "\r", "\n", "\r\n"])
def test_no_sign_in_a_field_begins_a_line_of_its_own(sign):
    names = NAMES._replace(place=f"x{sign}ATTENDEE:y", host=f"x{sign}END:VEVENT")

    lines = a_text(a_meeting(contact=f"x{sign}X-EVIL:1"), names).split("\r\n")

    assert [line for line in lines if line.startswith(("ATTENDEE", "X-EVIL"))] == []
    assert sum(line.startswith("END:VEVENT") for line in lines) == 1
    assert not {sign for line in lines for sign in line if not sign.isprintable()}


any_text = st.text(st.characters(codec="utf-8"), max_size=90) | st.just(NASTY)


@settings(deadline=None)
@given(any_text, any_text, any_text, any_text)
def test_any_text_leaves_the_lines_of_an_entry_as_they_are(name, place, contact, reason):
    names = Names(host=name, targets=(Place(name, (name,)),), place=place, address=contact)
    facts = a_meeting(
        contact=contact, reason=reason, stream_url=place, state=MeetingState.CANCELLED
    )

    text = a_text(facts, names)

    plain_lines = [line.split(":")[0].split(";")[0] for line in unfolded(a_text())]
    assert [line.split(":")[0].split(";")[0] for line in unfolded(text)] == plain_lines
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    event = icalendar.Event.from_ical(text)
    with translation.override("kk"):
        said = say(facts, names, "kk", page=PAGE)
    assert (event["summary"], event["location"], event["description"]) == said[:3]


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_read_back_as_it_was(text):
    text = text.replace("\r\n", "\n").replace("\r", "\n")

    line = folded(f"COMMENT:{escaped(text)}").replace("\r\n ", "").removesuffix("\r\n")

    value, at = [], len("COMMENT:")
    while at < len(line):
        step = 2 if line[at] == "\\" else 1
        value.append("\n" if line[at : at + step] == "\\n" else line[at + step - 1])
        at += step
    breaks = dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), "\n")
    spaces = dict.fromkeys((*range(10), *range(11, 32), *range(127, 160)), " ")
    assert "".join(value) == text.translate(spaces | breaks)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8")), st.integers(2, 40))
def test_plain_text_is_one_bounded_line_of_visible_signs(text, limit):
    line = plain(text, limit=limit)

    assert len(line) <= limit
    assert line.isprintable()
    assert line == " ".join(line.split())


def test_a_name_of_ten_thousand_letters_is_cut():
    facts = a_meeting(contact="й" * 10_000, reason="й" * 10_000, state=MeetingState.CANCELLED)
    names = Names("ң" * 10_000, (Place("ә" * 10_000, ("ә" * 10_000,)),), "ғ" * 10_000, "")

    text = a_text(facts, names)

    assert len(text.encode()) < 12_000
    assert icalendar.Event.from_ical(text)["summary"].startswith("Өтпейді: Халықпен кездесу: әәә")
