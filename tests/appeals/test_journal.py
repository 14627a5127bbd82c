"""The journal of a reception: what stands in it, for whom, and that no cell is ever a formula."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from appeals.enums import TalkOutcome
from appeals.models import PersonalRead
from appeals.services import bookings, reception_day
from meetings.enums import Role
from meetings.models import Act
from tests.appeals.receptions import EARLIER, Case
from tests.factories import make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 6, tzinfo=UTC)  # 11:00 in Almaty, the day of the reception
SLY = '=HYPERLINK("http://evil.example/","Ерлан")'


@pytest.fixture
def case():
    with time_machine.travel(NOW, tick=False):
        made = Case()
        first, second = made.slots()[:2]
        booking = bookings.enter(
            made.reception, first, {"name": SLY, "phone": "+7 701 123 45 67"},
            subject="@SUM(A1) жол\x0b", how="phone", language="kk", by=made.clerk,
            at=EARLIER,
        )  # fmt: skip
        made.enter(second, "Әйгерім")
        for deed, more in (
            (reception_day.check_in, {}), (reception_day.call, {}),
            (reception_day.finish, {"outcome": TalkOutcome.SENT_ON, "note": "-1+1 бөлім",
                                    "eotinish_number": "ЖТ-7"}),
        ):  # fmt: skip
            booking.refresh_from_db()
            deed(booking, by=made.clerk, version=booking.version, **more)
        yield made


def journal(case, user, **sent):
    client = Client()
    client.force_login(user)
    where = reverse("desk_reception_journal", args=[case.reception.uuid])
    return client.post(where, {"language": "kk", "format": "xlsx"} | sent)


def cells(answer) -> list[list]:
    sheet = load_workbook(BytesIO(answer.content)).active
    return [[cell for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def test_a_spreadsheet_holds_everybody_and_no_formula(case):
    answer = journal(case, case.clerk, names="on", purpose="reception")

    rows = cells(answer)
    assert {cell.data_type for row in rows for cell in row} == {"s"}
    assert [cell.value for cell in rows[-2]] == [
        "1", "10:00", "1 (12)", SLY, "+7 701 123 45 67", "телефон арқылы", "@SUM(A1) жол",
        "қабылданды", "11:00", "11:00", "11:00", "басқа органға жіберілді · e-Otinish ЖТ-7",
        "-1+1 бөлім",
    ]  # fmt: skip
    assert [cell.value for cell in rows[-2] if cell.quotePrefix] == [
        SLY, "+7 701 123 45 67", "@SUM(A1) жол", "-1+1 бөлім",
    ]  # fmt: skip
    assert answer["Content-Disposition"] == (
        'attachment; filename="akimat-reception-2026-11-26.xlsx"'
    )
    assert "no-store" in answer["Cache-Control"]
    assert PersonalRead.objects.filter(by=case.clerk).count() == 2
    journal(case, case.clerk, names="on", purpose="reception")
    assert PersonalRead.objects.count() == 4
    assert Act.objects.filter(verb="reception.journal").count() == 2


def test_without_the_right_there_is_a_journal_of_numbers_alone(case):
    observer = make_user(Role.OBSERVER, case.land.region)

    said = [cell.value for row in cells(journal(case, observer)) for cell in row]

    assert journal(case, observer, names="on").status_code == 403
    assert "басқа органға жіберілді · e-Otinish ЖТ-7" in said
    for word in (SLY, "Әйгерім", "+7 701 123 45 67", "Жол", "@SUM(A1) жол", "-1+1 бөлім"):
        assert word not in said
    assert not PersonalRead.objects.exists()


@pytest.mark.parametrize(
    ("language", "title"), [("kk", "Жеке қабылдау журналы"), ("ru", "Журнал личного приёма")]
)
def test_a_paper_is_made_in_both_languages(case, language, title):
    answer = journal(case, case.clerk, names="on", purpose="answer", language=language,
                     format="pdf")  # fmt: skip

    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert title in text
    assert "Әйгерім" in text


def test_what_is_not_on_offer_makes_no_journal(case):
    for sent in ({"format": "exe"}, {"language": "tlh"}, {"purpose": "gossip"}):
        assert journal(case, case.clerk, **sent).status_code == 422
