"""A protocol in a real browser: written by the drafter, signed by the akim, read by everybody."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.enums import MeetingState, Role
from meetings.models import Protocol
from tests.factories import PASSWORD, Region, make_meeting, make_user

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {
    "ru": {"begin": "Составить протокол", "report": "О чём был доклад, на русском",
           "save": "Сохранить",
           "sign": "Подписать протокол", "publish": "Опубликовать протокол"},
    "kk": {"begin": "Хаттама жазу", "report": "Баяндаманың мазмұны, қазақша",
           "save": "Сақтау", "sign": "Хаттамаға қол қою", "publish": "Хаттаманы жариялау"},
}  # fmt: skip
SAID = "Жол мен су туралы / О дороге и воде"


@pytest.mark.parametrize(("width", "language", "js"), [(360, "kk", False), (1280, "ru", True)])
def test_a_protocol_is_written_signed_and_read(browser_page, sign_in, axe, width, language, js):
    place, words = Region(), WORDS[language]
    drafter = make_user(Role.DRAFTER, place.first)
    akim = make_user(Role.AKIM, place.first)
    meeting = make_meeting(
        place.office(place.first), [place.okrug], timezone.localdate() - timedelta(days=1),
        region=place.region, state=MeetingState.HELD, people=57,
    )  # fmt: skip
    desk = f"/{language}/desk/meetings/{meeting.uuid}/"
    writer = sign_in(browser_page(width=width, js=js, locale=language), drafter)

    writer.goto(desk)
    writer.get_by_role("link", name=words["begin"]).click()
    writer.get_by_role("button", name=words["begin"]).click()
    writer.get_by_label(words["report"]).fill(SAID)
    writer.get_by_role("button", name=words["save"], exact=True).click()
    expect(writer.locator("article.protocol")).to_contain_text(SAID)
    assert axe(writer) == []

    signer = sign_in(browser_page(width=width, js=js, locale=language), akim)
    signer.goto(f"{desk}protocol/")
    expect(signer.locator("article.protocol")).to_contain_text("57")
    signer.locator("#id_sign_confirm").fill(PASSWORD)
    signer.get_by_role("button", name=words["sign"]).click()
    assert axe(signer) == []

    writer.goto(f"{desk}protocol/")
    writer.get_by_role("button", name=words["publish"]).click()
    expect(writer.locator(".hash")).to_have_text(Protocol.objects.get().sha256)

    reader = browser_page(width=width, js=js, locale=language)
    reader.goto(f"/{language}/meetings/{meeting.uuid}/")
    reader.locator(f'a[href="/{language}/meetings/{meeting.uuid}/protocol/"]').click()
    expect(reader.locator("article.protocol")).to_contain_text(SAID)
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(reader) == []
    reader.goto(f"/{language}/akims/{place.first.kato}/")
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(reader) == []
