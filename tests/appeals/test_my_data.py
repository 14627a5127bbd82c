"""A person's own data: read with a code, taken along, erased; the same answer for any address."""

import json

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appeals.enums import (
    BookingState,
    DemandState,
    HallSource,
    HallState,
    QuestionState,
    ReadFor,
    VerdictWord,
)
from appeals.models import (
    Booking,
    Code,
    DemandSupport,
    HallItem,
    Person,
    Question,
    SittingItem,
    Support,
    Verdict,
)
from appeals.personal_fields import NOUNS
from appeals.services import asking, personal, voices
from appeals.whose import of_mark
from meetings.enums import LetterState, Role
from meetings.models import Act, Letter, LetterStop
from meetings.sealing import address_mark, seal
from meetings.services import outbox
from tests.appeals.halls import HallWorld
from tests.appeals.pool_rows import make_problem
from tests.appeals.receptions import EARLIER, Case, sent_digits
from tests.appeals.sittings import make_sitting
from tests.factories import a_moment, make_user
from tests.factories_requests import make_demand, make_person, make_question, make_support

pytestmark = pytest.mark.django_db
ADDRESS, OTHER = "asel@example.kz", "other@example.kz"
PAGE = "/ru/my-data/"


@pytest.fixture(autouse=True)
def _on_that_day():
    with time_machine.travel(EARLIER):
        yield


class Life:
    """What Әсел did here: a published question, one that waits, voices, a verdict, a booking."""

    def __init__(self):
        self.case = Case()
        self.okrug = self.case.land.okrug
        self.public = make_question(
            self.okrug, "Көпір қашан? Менің үйім 7", person=make_person(ADDRESS),
            state=QuestionState.PUBLISHED, public_text="Көпір қашан жөнделеді?", is_edited=True,
            follow_digest=asking.follow_digest("the-key"), place_words="Абай 7",
        )  # fmt: skip
        self.waiting = make_question(
            self.okrug, "Жасырын мәтін", person=make_person(ADDRESS), eotinish_number="ЖТ-1",
        )  # fmt: skip
        self.others = make_question(
            self.okrug, "Су жоқ", person=make_person(OTHER), state=QuestionState.PUBLISHED
        )
        self.merged = make_question(
            self.okrug, "Су қашан?", person=make_person(ADDRESS), state=QuestionState.PUBLISHED,
            merged_into=self.others,
        )  # fmt: skip
        make_support(self.others, ADDRESS)
        make_support(self.others, "third@example.kz")
        voices.recount(self.others)
        Verdict.objects.create(
            problem=make_problem(self.okrug), mark=address_mark(ADDRESS), word=VerdictWord.SOLVED,
            at=timezone.now(),
        )  # fmt: skip
        office = self.case.land.office(self.case.land.first)
        self.demand = make_demand(
            self.okrug, office, "Әкім келсін, мен Абай 7", person=make_person(ADDRESS),
            public_text="Әкім келсін", is_edited=True,
        )  # fmt: skip
        DemandSupport.objects.create(
            demand=self.demand, mark=address_mark(ADDRESS), sealed=seal(ADDRESS), language="kk",
            at=timezone.now(),
        )  # fmt: skip
        self.slot = self.case.slots()[0]
        self.booking = self.case.booked(self.slot, ADDRESS)
        for slot in self.case.slots()[1:]:
            self.case.enter(slot)
        self.next = self.case.enter(None, "Болат", email="next@example.kz")
        LetterStop.objects.create(mark=address_mark(ADDRESS), at=timezone.now())
        outbox.drain()
        mail.outbox.clear()


def opened(client, address=ADDRESS) -> str:
    """The page behind the code, as a person gets there."""
    sent = client.post(PAGE, {"email": address})
    code = Code.objects.order_by("-pk").first()
    digits = sent_digits(code)
    assert sent.headers["Location"] == f"/ru/confirm/{code.uuid}/"
    return client.post(sent.headers["Location"], {"code": digits}).headers["Location"]


def rows_of(address) -> dict[str, int]:
    whose = of_mark(address_mark(address))
    found = {noun.model.__name__: noun.rows_of(whose).count() for noun in NOUNS if noun.mine}
    return {name: number for name, number in found.items() if number}


def test_a_person_reads_and_takes_along_everything_and_nothing_of_others(client):
    life = Life()
    clerk = make_user(Role.COMMISSION, life.okrug)
    personal.read(
        life.public.person, by=clerk, purpose=ReadFor.ASK_BACK, words="Қай үй?", subject="q:1"
    )

    page = opened(client)
    answer, file = client.get(page), client.get(f"{page}data.json")

    text = answer.content.decode()
    for own in ("Менің үйім 7", "Жасырын мәтін", "Су қашан?", "Абай 7", ADDRESS, "Су жоқ", "Жол",
                "чтобы уточнить запрос", "Қай үй?"):  # fmt: skip
        assert own in text
        assert own in file.content.decode()
    for foreign in (OTHER, "third@example.kz", "Болат", clerk.name, "the-key"):
        assert foreign not in text
        assert foreign not in file.content.decode()
    given = json.loads(file.content)
    assert given["address"] == ADDRESS
    assert {name: len(rows) for name, rows in given["kept"].items()} == {
        "question": 3, "demand": 1, "demandsupport": 1, "support": 1, "verdict": 1,
        "booking": 1, "letter": 3, "letterstop": 1, "code": 2, "personalread": 1, "person": 5,
    }  # fmt: skip
    for one in (answer, file):
        assert "no-store" in one.headers["Cache-Control"]
        assert one.headers["Referrer-Policy"] == "same-origin"
    assert file.headers["Content-Disposition"] == 'attachment; filename="akimat-my-data.json"'


def test_after_an_erasure_nothing_leads_to_the_address_and_what_is_public_stands(client):
    life = Life()
    before = voices.marks_of(life.others)
    page = opened(client)
    outbox.drain()
    with_letter = Letter.objects.create(
        key="asked:1", kind="asked", language="ru", mark=address_mark(ADDRESS), sealed="x",
        created_at=timezone.now(), due_at=timezone.now(),
    )  # fmt: skip

    first = client.get(f"{page}erase/")
    unsure = client.post(f"{page}erase/", {})
    assert rows_of(ADDRESS)["Question"] == 3
    done = client.post(f"{page}erase/", {"sure": "on"})

    assert (first.status_code, unsure.status_code) == (200, 422)
    assert (done.status_code, done.headers["Location"]) == (302, "/ru/my-data/erased/")
    assert client.get("/ru/my-data/erased/").status_code == 200
    assert rows_of(ADDRESS) == {}
    public, waiting = (Question.objects.get(pk=one.pk) for one in (life.public, life.waiting))
    assert (public.text, public.state) == ("Көпір қашан жөнделеді?", QuestionState.PUBLISHED)
    assert (public.follow_digest, public.place_words) == (None, "")
    assert (waiting.text, waiting.search, waiting.eotinish_number) == ("", "", "")
    assert waiting.state == QuestionState.HELD
    assert client.get(f"/ru/questions/{public.uuid}/").status_code == 200
    assert client.get("/ru/questions/follow/the-key/").status_code == 404
    life.demand.refresh_from_db()
    assert (life.demand.text, life.demand.is_edited) == ("Әкім келсін", False)
    assert life.demand.supports.exclude(mark=address_mark(ADDRESS)).count() == 1
    # Voices: as many, each once.
    assert len(voices.marks_of(life.others)) == len(before) == 2
    assert Support.objects.exclude(sealed="").count() == 1
    assert Verdict.objects.count() == 1
    assert not Person.objects.filter(erased_at__isnull=False).exclude(sealed="").exists()
    booking = Booking.objects.get(pk=life.booking.pk)
    assert (booking.state, booking.subject, booking.mark) == (BookingState.CANCELLED, "", "")
    assert Booking.objects.get(pk=life.next.pk).slot == life.slot
    with_letter.refresh_from_db()
    assert (with_letter.state, with_letter.sealed) == (LetterState.STOPPED, "")
    mail.outbox.clear()
    outbox.drain()
    assert [one.to for one in mail.outbox] == [["next@example.kz"]]
    act = Act.objects.get(verb="person.erase")
    assert act.detail["question"] == 3
    assert ADDRESS not in json.dumps(act.detail)
    # The page that led there is gone, and so is a second try.
    assert client.get(page).status_code == 404
    assert client.post(f"{page}erase/", {"sure": "on"}).status_code == 404


def test_an_address_that_is_not_known_gets_the_same_answers(client):
    Life()
    counted = {}
    for address in (ADDRESS, "nobody@example.kz"):
        client.cookies.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(PAGE, {"email": address})
        counted[address] = (answer.status_code, len(queries), len(answer.content))
        code = Code.objects.order_by("-pk").first()
        outbox.drain()
        assert mail.outbox[-1].to == [address]
        assert answer.headers["Location"] == f"/ru/confirm/{code.uuid}/"
    page = opened(client, "nobody@example.kz")

    assert counted[ADDRESS] == counted["nobody@example.kz"]
    assert "nobody@example.kz" not in client.get(page).content.decode()
    assert client.post(f"{page}erase/", {"sure": "on"}).status_code == 302
    assert rows_of(ADDRESS)["Question"] == 3


def test_the_page_opens_with_its_own_key_for_half_an_hour(client):
    Life()
    page = opened(client)
    token = page.rstrip("/").rpartition("/")[2]
    forged = token[:-1] + ("A" if token[-1] != "A" else "B")

    assert client.get(page).status_code == 200
    for wrong in (forged, "x", "x" * 500, token.split(":")[0]):
        assert client.get(f"{PAGE}{wrong}/").status_code == 404
        assert client.get(f"{PAGE}{wrong}/data.json").status_code == 404
        assert client.post(f"{PAGE}{wrong}/erase/", {"sure": "on"}).status_code == 404
    with time_machine.travel(a_moment(2026, 11, 23, 12, 31)):
        assert client.get(page).status_code == 404
    for sent in ({}, {"email": "не адрес"}, {"email": ADDRESS, "website": "x"}):
        assert client.post(PAGE, sent).status_code == 422


def test_staff_erase_for_somebody_who_came_within_their_territory(client):
    life = Life()
    elsewhere = make_question(life.case.land.second, "Басқа аудан", person=make_person(ADDRESS))
    client.force_login(make_user(Role.COMMISSION, life.case.land.first))
    where = f"/ru/desk/requests/people/{life.public.person.uuid}/"

    page = client.get(where).content.decode()
    assert "Әсел" not in page
    file = client.post(f"{where}data.json")
    assert "Жасырын мәтін" in file.content.decode()
    assert "Басқа аудан" not in file.content.decode()
    assert life.public.person.reads.count() == 1
    assert client.post(where, {}).status_code == 422
    assert client.post(where, {"sure": "on"}).status_code == 302

    life.public.person.refresh_from_db()
    assert life.public.person.erased_at
    assert Question.objects.get(pk=life.waiting.pk).text == ""
    assert Booking.objects.get(pk=life.booking.pk).state == BookingState.CANCELLED
    elsewhere.refresh_from_db()
    assert (elsewhere.text, bool(elsewhere.person.sealed)) == ("Басқа аудан", True)
    # What belongs to the address itself stays with the rest of it.
    assert LetterStop.objects.exists()
    assert client.get(f"/ru/desk/requests/people/{elsewhere.person.uuid}/").status_code == 404
    assert "удалены" in client.get(where).content.decode()


def test_a_question_that_was_never_confirmed_goes_altogether(client):
    life = Life()
    asked = make_question(
        life.okrug, "Расталмаған", person=make_person(ADDRESS), state=QuestionState.UNCONFIRMED
    )
    page = opened(client)
    client.post(f"{page}erase/", {"sure": "on"})

    assert not Question.objects.filter(pk=asked.pk).exists()


class InTheHall:
    """Әсел's question sent before, with a copy in the row of the hall, let through there."""

    def __init__(self, state, *, email=ADDRESS, public=""):
        self.hall = HallWorld()
        self.question = make_question(
            self.hall.okrug, "Үйім Абай 7", state=state, public_text=public,
            meeting=self.hall.meeting, person=make_person(email), asked_at=timezone.now(),
            is_edited=bool(public),
        )  # fmt: skip
        self.item = HallItem.objects.create(
            day=self.hall.day, source=HallSource.SENT, question=self.question, text="Үйім Абай 7",
            public_text="Үй Абай 7", person_mark=self.question.person.mark,
            came_at=timezone.now(), state=HallState.CALLED,
        )  # fmt: skip
        self.where = f"/ru/desk/requests/people/{self.question.person.uuid}/"
        self.staff = make_user(Role.COMMISSION, self.hall.region.region)

    def kept(self) -> str:
        """Everything that the rows still say."""
        return " ".join(
            str(value)
            for model in (Question, HallItem, SittingItem)
            for row in model.objects.values()
            for value in row.values()
        )


@pytest.mark.parametrize("email", [ADDRESS, ""])
@pytest.mark.parametrize(
    ("state", "public", "stays"),
    [
        (QuestionState.WAITING, "", ""),
        (QuestionState.HELD, "Бұрын: Абай 7", ""),
        (QuestionState.PUBLISHED, "Көше қашан?", "Көше қашан?"),
    ],
)
def test_copies_of_a_question_are_given_and_go_with_it(client, state, public, stays, email):
    told = InTheHall(state, email=email, public=public)
    sitting = make_sitting(told.hall.okrug, told.staff)
    SittingItem.objects.create(sitting=sitting, question=told.question, title_ru="Үйім Абай 7")
    client.force_login(told.staff)

    file = json.loads(client.post(f"{told.where}data.json").content)
    done = client.post(told.where, {"sure": "on"})

    assert {name: len(rows) for name, rows in file["kept"].items() if rows}["hallitem"] == 1
    assert "Үй Абай 7" in json.dumps(file["kept"]["hallitem"], ensure_ascii=False)
    assert done.status_code == 302
    question = Question.objects.get()
    assert (question.text, question.public_text, question.is_edited) == (stays, stays, False)
    item = HallItem.objects.get()
    assert (item.text, item.public_text) == (stays, stays)
    assert item.person_mark.startswith("nobody:")
    if not stays:
        assert "Абай 7" not in told.kept()


def test_a_demand_that_was_public_once_leaves_nothing(client):
    life = Life()
    life.demand.state, life.demand.hold_reason = DemandState.HELD, "insult"
    life.demand.save()
    page = opened(client)

    client.post(f"{page}erase/", {"sure": "on"})

    life.demand.refresh_from_db()
    assert (life.demand.text, life.demand.public_text) == ("", "")
