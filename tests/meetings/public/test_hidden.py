"""Only what was approved, or is published outside the calendar, is ever visible to the public."""

from itertools import product
from urllib.parse import quote

import pytest

from meetings.enums import State
from meetings.models import Explanation, Move, Remark
from tests.factories import a_moment, make_calendar, make_line, make_user

SECRET = "Құпия-8f21"
NOT_APPROVED = [State.DRAFT, State.WITH_MASLIKHAT, State.RETURNED, State.AGREED]


@pytest.fixture(params=NOT_APPROVED)
def planted(request, busy):
    """Two unapproved revisions full of the secret: of a new year, and of the approved one."""
    user = make_user(name=f"Автор {SECRET}")
    fresh = make_calendar(busy.region, 2028, state=request.param).revisions.get()
    second = busy.calendar.revisions.create(number=2, state=request.param, reason=SECRET)
    for revision, year in ((fresh, 2028), (second, 2027)):
        line = make_line(
            revision, busy.office(busy.okrug), busy.villages, f"{year}-04-01",
            place_kk=SECRET, place_ru=SECRET, address_kk=SECRET, address_ru=SECRET,
            contact=SECRET, day_off_reason=SECRET, stream_url=f"https://example.kz/{SECRET}",
        )  # fmt: skip
        Remark.objects.create(
            revision=revision, line_uuid=line.uuid, text=SECRET, by=user, at=a_moment(2027, 1, 2)
        )
        Explanation.objects.create(
            revision=revision, norm="N1", host=busy.region, target=busy.second,
            window_start="2027-01-01", text=SECRET, by=user, at=a_moment(2027, 1, 2),
        )  # fmt: skip
        Move.objects.create(
            revision=revision, step="submit", from_state="draft", to_state="with_maslikhat",
            by=user, at=a_moment(2027, 1, 2), note=SECRET,
        )  # fmt: skip
        busy.line = line
    return busy


def addresses(region) -> list[str]:
    years, katos = (2027, 2028), [unit.kato for unit in (region.region, region.first, region.okrug)]
    katos += [village.kato for village in region.villages]
    sides = ["", "?show=coverage", "?show=findings", "?show=grid", "?show=print"]
    return [
        "/", "/meetings/", "/meetings/?from=01.01.2027", f"/meetings/?q={quote(SECRET)}",
        "/meetings/?from=01.01.2028", f"/units/?q={quote(SECRET)}",
        *(f"/units/{kato}/?year={year}" for kato, year in product(katos, years)),
        *(f"/calendars/{year}/" for year in years),
        *(f"/calendars/{year}/{region.region.kato}/{side}" for year, side in product(years, sides)),
        *(f"/meetings/{one.uuid}/" for one in (region.held, region.coming, region.joint)),
    ]  # fmt: skip


def test_no_public_page_shows_a_word_of_what_is_not_approved(client, planted):
    for address in addresses(planted):
        answer = client.get("/ru" + address)
        body = (
            answer.content.decode()
            .replace(f'value="{SECRET}"', "")
            .replace(f"q={quote(SECRET)}", "")
        )
        assert answer.status_code == 200, address
        assert SECRET not in body, address


def test_the_identity_of_a_line_opens_nothing(client, planted):
    assert client.get(f"/ru/meetings/{planted.line.uuid}/").status_code == 404


def test_the_state_of_a_draft_is_nobodys_business(client, planted):
    words = ("проект", "на рассмотрении маслихата", "возвращён", "согласован")
    for address in ("/ru/", "/ru/calendars/2028/", "/ru/calendars/2028/270000000/"):
        body = client.get(address).content.decode()
        assert not [word for word in words if f">{word}<" in body or f": {word}" in body], address
