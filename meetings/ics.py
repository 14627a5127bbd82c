"""Lines of iCalendar (RFC 5545, 7986): text made safe, escaped, folded; a VEVENT, a VCALENDAR.

The library's own escaping turns the two characters ``\\N`` of a text into a line break and lets
control characters through, and an event costs it 0.9 ms; a publication writes tens of thousands.
So the few lines of a VEVENT are written here, and tests read them back with three libraries.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from meetings.entries import Facts, Said

ZONE = "Asia/Almaty"
LINE_OCTETS = 75
# [house] A meeting whose end is not set takes this long in the entry, which says so.
USUAL_LENGTH = timedelta(minutes=90)
# Asked for this often; an answer without news costs next to nothing.
RENEWED_EVERY = "PT1H"
CALENDAR_END = "END:VCALENDAR\r\n"
# The first calendar is of 2022; what tzdata knows of the years to come is told as well.
_ZONE_YEARS = (2022, 2040)

_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x09\x0e-\x1f\x7f-\x9f]")
_ESCAPED = re.compile(r"\\(.)")


def escaped(text: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11): nothing in it can end the line it stands on."""
    if not text.isprintable():
        text = _CONTROLS.sub(" ", _LINE_BREAKS.sub("\n", text))
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def folded(line: str) -> str:
    """A content line cut at 75 octets (3.1), between characters and never inside an escape."""
    octets = line.encode()
    if len(octets) <= LINE_OCTETS:
        return line + "\r\n"
    pieces, start, room = [], 0, LINE_OCTETS
    while len(octets) - start > room:
        end = _cut(octets, start, start + room)
        pieces.append(octets[start:end])
        start, room = end, LINE_OCTETS - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces).decode() + "\r\n"


def _cut(octets: bytes, start: int, end: int) -> int:
    while octets[end] & 0xC0 == 0x80:  # the middle of a character
        end -= 1
    backslash = end
    while backslash > start and octets[backslash - 1] == 0x5C:
        backslash -= 1
    return end - 1 if (end - backslash) % 2 else end


def event_text(facts: Facts, said: Said, *, page: str, domain: str) -> str:
    """The VEVENT of a meeting in one language, ending in CRLF.

    Args:
        page: the address of the meeting's page.
        domain: what UIDs end in, for ever.
    """
    categories = ",".join(escaped(name) for name in said.categories)
    lines = [
        "BEGIN:VEVENT",
        # The same UID for the life of the meeting: a subscriber's phone then moves the entry
        # instead of adding a second one (RFC 5545, 3.8.4.7).
        f"UID:{facts.uuid}@{domain}",
        # The last published change, never "now": else no validator would ever match.
        f"DTSTAMP:{_utc(facts.changed_at)}",
        f"CREATED:{_utc(facts.published_at)}",
        f"LAST-MODIFIED:{_utc(facts.changed_at)}",
        f"SEQUENCE:{facts.sequence}",
        *_span(facts.day, facts.starts_at, facts.ends_at),
        f"SUMMARY:{escaped(said.summary)}",
        f"LOCATION:{escaped(said.location)}",
        f"DESCRIPTION:{escaped(said.description)}",
        f"CATEGORIES:{categories}",
        f"URL:{page}",
        # A cancelled meeting stays in the feed: dropping it would leave the old date in phones.
        f"STATUS:{'CANCELLED' if facts.is_cancelled else 'CONFIRMED'}",
        # A region has hundreds of meetings: they are news, not the reader's own busy hours.
        "TRANSP:TRANSPARENT",
    ]
    if facts.latitude is not None and facts.longitude is not None:
        lines.append(f"GEO:{facts.latitude:.5f};{facts.longitude:.5f}")
    lines.append("END:VEVENT")
    return "".join(map(folded, lines))


def _span(day: date, starts_at: time | None, ends_at: time | None) -> list[str]:
    """DTSTART and DTEND: local hours, or the whole day when no hour is set (the end excluded)."""
    if starts_at is None:
        after = day + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    start = datetime.combine(day, starts_at)
    end = datetime.combine(day, ends_at) if ends_at and ends_at > starts_at else None
    end = end or start + USUAL_LENGTH
    form = "%Y%m%dT%H%M%S"
    return [
        f"DTSTART;TZID={ZONE}:{start.strftime(form)}",
        f"DTEND;TZID={ZONE}:{end.strftime(form)}",
    ]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def calendar_start(name: str = "", about: str = "", *, source: str = "", page: str = "") -> str:
    """The lines of a VCALENDAR before its events.

    Args:
        name: what a subscriber's program calls the calendar; a single meeting's file has none and
            joins the calendar it is added to.
        about: what is in it, in a sentence.
        source: the address it is renewed from.
        page: the address of a page about the same.

    There is no METHOD: PUBLISH would ask for an ORGANIZER in each event (RFC 5546), and some
    programs then add copies. There is no UID of the calendar: one object with an UID is taken for
    one entry by those who keep each entry apart.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Akimat//Meetings of akims//KK",
             "CALSCALE:GREGORIAN"]  # fmt: skip
    if name:
        lines += [
            f"NAME:{escaped(name)}",
            f"X-WR-CALNAME:{escaped(name)}",
            f"DESCRIPTION:{escaped(about)}",
            f"X-WR-CALDESC:{escaped(about)}",
            f"X-WR-TIMEZONE:{ZONE}",
            f"REFRESH-INTERVAL;VALUE=DURATION:{RENEWED_EVERY}",
            f"X-PUBLISHED-TTL:{RENEWED_EVERY}",
            f"SOURCE;VALUE=URI:{source}",
            f"URL:{page}",
        ]
    return "".join(map(folded, lines)) + zone_text()


@cache
def zone_text() -> str:
    """The VTIMEZONE of Asia/Almaty as tzdata has it: UTC+6, and UTC+5 since 2024-03-01."""
    zone = ZoneInfo(ZONE)
    first, last = (datetime(year, 1, 1, tzinfo=zone).astimezone(UTC) for year in _ZONE_YEARS)
    weeks = [first + timedelta(days=number) for number in range(0, (last - first).days, 7)]
    lines = [
        "BEGIN:VTIMEZONE",
        f"TZID:{ZONE}",
        *_observance(zone, first, first.astimezone(zone).utcoffset()),
    ]
    for before, after in pairwise(weeks):
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            lines += _change(zone, before, after)
    return "".join(map(folded, [*lines, "END:VTIMEZONE"]))


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> list[str]:
    """The change of offset between two moments: its minute found by halves."""
    former = before.astimezone(zone).utcoffset()
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == former:
            before = middle
        else:
            after = middle
    moment = (before + timedelta(minutes=1)).replace(second=0, microsecond=0)
    return _observance(zone, moment, former)


def _observance(zone: ZoneInfo, moment: datetime, former: timedelta | None) -> list[str]:
    """The offset from a moment on; the moment is told by the clock that was right before it."""
    local = moment.astimezone(zone)
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    former = former or timedelta()
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{moment + former:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_offset(former)}",
        f"TZOFFSETTO:{local:%z}",
        f"TZNAME:{local:%Z}",
        f"END:{kind}",
    ]


def _offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def read_entry(text: str) -> dict[str, str]:
    """The lines of a VEVENT written here, by name, as the texts they hold."""
    lines = text.replace("\r\n ", "").split("\r\n")
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    return {name.split(";")[0]: _unescaped(value) for name, value in pairs}


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], value)
