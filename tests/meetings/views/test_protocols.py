"""Protocols at the desk and in public: drafted, signed, published, corrected, read back."""

import hashlib
import json
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from appeals.enums import Channel, HallOutcome, HallSource, HallState, QuestionState
from appeals.models import Body, HallItem, Problem, Promise
from meetings.enums import MarkKind, MeetingState, ProtocolState
from meetings.models import Act, Protocol
from tests.factories import PASSWORD, a_moment, make_meeting
from tests.factories_requests import make_person, make_question
from tests.meetings.documents.test_documents import words_of_pdf, words_of_word
from tests.meetings.services.test_protocols import EVENING, Held

pytestmark = pytest.mark.django_db
SLY = "=1+1 #emph[x] $a$ <w:p/> {{ 7 }} <script>alert(1)</script>"
CANARY = "Құпия Есімова"


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(EVENING, tick=False)


@pytest.fixture
def held():
    return Held()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(held):
    return signed_in(held.drafter)


@pytest.fixture
def akim(held):
    return signed_in(held.akim)


def address(name: str, held, *args, language="ru") -> str:
    with translation.override(language):
        return reverse(name, args=[held.meeting.uuid, *args])


def post(client, name, held, *args, **values):
    return client.post(address(name, held, *args), values)


def words(**more) -> dict:
    return {
        "report_kk": "Жыл қорытындысы", "report_ru": "Итоги года", "remark": "", "stream_url": "",
        "pictures": "https://example.kz/1.jpg", "version": 1,
    } | more  # fmt: skip


def seen_at(page) -> dict:
    """What the form of signing carries."""
    text = page.content.decode()
    found = {}
    for name in ("version", "seen"):
        tag = next(one for one in text.split("<input") if f'id="id_sign_{name}"' in one)
        found[name] = tag.split('value="', 1)[1].split('"', 1)[0]
    return found


def sign(client, held, number=1, **more):
    page = client.get(address("desk_protocol_version", held, number))
    return post(client, "desk_protocol_sign", held, number,
                **(seen_at(page) | {"confirm": PASSWORD} | more))  # fmt: skip


def ask(held, text, **fields):
    return make_question(
        held.place.okrug, text, meeting=held.meeting, person=make_person(name=CANARY), **fields
    )


def test_from_the_meeting_to_the_public_page(held, desk, akim):
    """A drafter writes, the akim signs with the password, the drafter publishes, all read."""
    told = desk.get(address("desk_meeting", held)).content.decode()
    assert address("desk_protocol", held) in told
    assert "Составить протокол" in desk.get(address("desk_protocol", held)).content.decode()

    assert post(desk, "desk_protocol_begin", held).status_code == 302
    draft = desk.get(address("desk_protocol", held)).content.decode()
    assert "Проект: показывает" in draft
    for said in ("74", "А. Әділов, әкім", "С. Серіков", "25 %", "Баяндама"):
        assert said in draft
    assert Client().get(address("meeting_protocol", held)).status_code == 404

    assert post(desk, "desk_protocol_write", held, 1, **words()).status_code == 302
    assert sign(akim, held).status_code == 302
    assert Client().get(address("meeting_protocol", held)).status_code == 404
    version = Protocol.objects.get().version
    assert post(desk, "desk_protocol_publish", held, 1, version=version).status_code == 302

    public = Client().get(address("meeting_protocol", held))
    page, protocol = public.content.decode(), Protocol.objects.get()
    assert public.status_code == 200
    for said in ("74", "Итоги года", "https://example.kz/1.jpg", protocol.sha256):
        assert said in page
    assert address("meeting_protocol", held) in Client().get(
        address("meeting", held)
    ).content.decode()  # fmt: skip
    held.meeting.refresh_from_db()
    assert (held.meeting.state, held.meeting.people) == (MeetingState.HELD, 74)


def test_questions_with_answers_and_promises_stand_in_it_and_nobody_who_asked(held, desk):
    """Real rows of the requests side: answered, promised, waiting, not published, not confirmed."""
    region, okrug = held.place.region, held.place.okrug
    answered = ask(
        held, "Су қашан келеді?", state=QuestionState.PUBLISHED, channel=Channel.FLOOR,
        answer="Күзде", answered_at=EVENING, asked_at=a_moment(2027, 4, 1),
    )  # fmt: skip
    problem = Problem.objects.create(
        number="P-1", region=region, unit=okrug, title_kk="Жол", formed_at=EVENING
    )
    promised = ask(held, "Жол қашан жөнделеді?", state=QuestionState.PUBLISHED, problem=problem,
                   asked_at=a_moment(2027, 4, 2))  # fmt: skip
    body = Body.objects.create(unit=region, name_kk="Жолдар басқармасы", name_ru="Управление дорог")
    Promise.objects.create(
        problem=problem, meeting=held.meeting, body=body, what_kk="Жолды жөндеу",
        what_ru="Починить дорогу", due_on=date(2027, 9, 1), money=1_500_000, made_at=EVENING,
    )  # fmt: skip
    waits = ask(held, "Жасырын мәтін", asked_at=a_moment(2027, 4, 3))
    ask(held, "Ескі көшірме", state=QuestionState.PUBLISHED, merged_into=answered)
    ask(held, "Расталмаған", state=QuestionState.UNCONFIRMED)
    make_question(okrug, "Басқа кездесуге")
    post(desk, "desk_protocol_begin", held)

    page = desk.get(address("desk_protocol", held)).content.decode()

    order = [
        answered.number, "Су қашан келеді?", "дан ответ", "из зала", "Күзде", promised.number,
        "Жол қашан жөнделеді?", "обещано", "1 сентября 2027 г.", waits.number,
        "Текст не опубликован", "Починить дорогу", "тенге", "Управление дорог",
    ]  # fmt: skip
    at = -1
    for piece in order:
        at = page.find(piece, at + 1)
        assert at >= 0, piece
    for hidden in ("Жасырын мәтін", "Ескі көшірме", "Расталмаған", "Басқа кездесуге", CANARY):
        assert hidden not in page
    assert "Вопросов: 3. Дан ответ: 1. Обещано: 1." in page


def test_what_was_heard_in_the_hall_stands_with_what_it_ended_with(held, desk):
    """A question sent before is told once, as the hall noted it; a hand has no number."""
    sent = ask(held, "Су қашан келеді?", state=QuestionState.WAITING)
    withheld = ask(held, "Жасырын мәтін", state=QuestionState.HELD)
    done = {"day": held.day, "state": HallState.DONE, "came_at": EVENING, "done_at": EVENING}
    HallItem.objects.create(
        uuid=sent.uuid, question=sent, source=HallSource.SENT, outcome=HallOutcome.PROMISED,
        public_text="Су қашан келеді?", answer="Құбыр тартылады", promised_by="Әкім орынбасары",
        promised_for=date(2027, 9, 1), **done,
    )  # fmt: skip
    HallItem.objects.create(
        uuid=withheld.uuid, question=withheld, source=HallSource.SENT, answer="Түсіндірілді",
        outcome=HallOutcome.ANSWERED, public_text="Жасырын мәтін", **done,
    )  # fmt: skip
    HallItem.objects.create(number=1, source=HallSource.HAND, outcome=HallOutcome.ANSWERED,
                            answer="Иә", **done)  # fmt: skip
    HallItem.objects.create(number=2, source=HallSource.PHONE, public_text="Кезекте",
                            day=held.day, came_at=EVENING)  # fmt: skip
    post(desk, "desk_protocol_begin", held)

    page = desk.get(address("desk_protocol", held)).content.decode()

    for said in (
        "Вопросов: 3. Дан ответ: 2. Обещано: 1.",
        "Әкім орынбасары; Құбыр тартылады; срок: 1 сентября",
        "Текст не опубликован", "Слова не записаны", "Түсіндірілді",
    ):  # fmt: skip
        assert said in page, said
    assert page.count("Су қашан келеді?") == 1
    for hidden in ("Жасырын мәтін", "Кезекте"):
        assert hidden not in page


def test_papers_say_the_same_in_both_languages_and_text_stays_text(held, desk, akim):
    ask(held, f"Су {SLY}", state=QuestionState.PUBLISHED, answer="Күзде", answered_at=EVENING)
    post(desk, "desk_protocol_begin", held)
    post(desk, "desk_protocol_write", held, 1, **words(remark=SLY))
    read = {"docx": words_of_word, "pdf": words_of_pdf}
    expected = {
        "kk": ["хаттамасының ЖОБАСЫ", "Жыл қорытындысы", "төрағасы", "А. Әділов", "74", "Күзде"],
        "ru": ["ПРОЕКТ протокола", "Итоги года", "Председатель", "А. Әділов", "74", "Күзде"],
    }

    for language, pieces in expected.items():
        for kind, words_of in read.items():
            answer = desk.get(address("desk_protocol_paper", held, 1, language, kind))
            text = " ".join(words_of(answer.content).split())
            assert answer["Content-Disposition"] == (
                f'attachment; filename="akimat-protocol-2027-04-14-1-{language}.{kind}"'
            )
            for piece in (*pieces, "https://example.kz/1.jpg"):
                assert piece in text, (language, kind, piece)
            assert "".join(SLY.split()) in "".join(text.split()), (language, kind)
    for wrong in (("en", "pdf"), ("kk", "exe")):
        assert desk.get(address("desk_protocol_paper", held, 1, *wrong)).status_code == 404

    sign(akim, held)
    post(desk, "desk_protocol_publish", held, 1, version=Protocol.objects.get().version)
    first = Client().get(address("meeting_protocol_paper", held, 1, "kk", "pdf"))
    cache.clear()
    again = Client().get(address("meeting_protocol_paper", held, 1, "kk", "pdf"))
    text = words_of_pdf(first.content)
    assert Protocol.objects.get().sha256[:20] in text.replace("\n", "")
    assert "ЖОБАСЫ" not in text
    assert first.content == again.content  # the same paper, whenever it is made
    tagged = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    assert (
        Client().get(address("meeting_protocol_paper", held, 1, "kk", "pdf"), **tagged).status_code
        == 304
    )


def test_the_json_is_what_was_hashed_and_a_correction_is_shown_as_a_difference(held, desk, akim):
    post(desk, "desk_protocol_begin", held)
    sign(akim, held)
    post(desk, "desk_protocol_publish", held, 1, version=Protocol.objects.get().version)
    held.note(MarkKind.PEOPLE, 90, value=80)
    without = post(desk, "desk_protocol_begin", held)
    assert without.status_code == 422
    assert "Укажите, почему" in without.content.decode()

    assert post(desk, "desk_protocol_begin", held, reason="Қате сан").status_code == 302
    draft = desk.get(address("desk_protocol", held)).content.decode()
    assert "<del><span" in draft
    assert "74</del>" in draft
    assert "80</ins>" in draft
    sign(akim, held, 2)
    post(desk, "desk_protocol_publish", held, 2,
         version=Protocol.objects.get(number=2).version)  # fmt: skip

    page = Client().get(address("meeting_protocol", held)).content.decode()
    old = Client().get(address("meeting_protocol_version", held, 1)).content.decode()
    assert "Қате сан" in page
    assert "74</del>" in page
    assert address("meeting_protocol_version", held, 1) in page
    assert "Это прежняя версия" in old
    for number in (1, 2):
        text = Client().get(address("meeting_protocol_json", held, number))
        protocol = Protocol.objects.get(number=number)
        assert hashlib.sha256(text.content).hexdigest() == protocol.sha256
        assert json.loads(text.content)["people"] == (74, 80)[number - 1]
    assert Client().get(address("meeting_protocol_version", held, 3)).status_code == 404


def test_a_stale_page_is_told_and_both_versions_are_shown(held, desk, akim):
    post(desk, "desk_protocol_begin", held)
    page = akim.get(address("desk_protocol", held))
    post(desk, "desk_protocol_write", held, 1, **words(remark="Бірінші"))

    written = post(desk, "desk_protocol_write", held, 1, **words(remark="Екінші"))
    signed = post(akim, "desk_protocol_sign", held, 1, **seen_at(page), confirm=PASSWORD)

    assert (written.status_code, signed.status_code) == (409, 409)
    told = written.content.decode()
    assert "Бірінші" in told
    assert ">Екінші</textarea>" in told.replace("\n", "")
    assert "ничего не подписано" in signed.content.decode()
    # The version is the same, but a number was put right in the console: nobody signs it unseen.
    page = akim.get(address("desk_protocol", held))
    held.note(MarkKind.PEOPLE, 90, value=12)
    unseen = post(akim, "desk_protocol_sign", held, 1, **seen_at(page), confirm=PASSWORD)
    assert unseen.status_code == 409
    assert Protocol.objects.get().state == ProtocolState.DRAFT
    assert sign(akim, held).status_code == 302
    signed = Protocol.objects.get()
    late = post(desk, "desk_protocol_publish", held, 1, version=signed.version - 1)
    assert late.status_code == 409


REFUSED = [  # what is wrong, what is sent in the words, what is said
    ("a picture by http", {"pictures": "http://example.kz/1.jpg"}, "https://"),
    ("a picture that is a script", {"pictures": "javascript:alert(1)"}, "https://"),
    ("too many pictures", {"pictures": "https://example.kz/1.jpg\n" * 21}, "Не больше 20"),
    ("a stream that is a script", {"stream_url": "javascript:alert(1)"}, "https://"),
    ("a text without end", {"report_kk": "а" * 5001}, "5000"),
    ("a control character", {"remark": "a\x00b"}, "U+0000"),
    ("no version", {"version": ""}, ""),
]


def test_bad_words_are_refused_and_kept(held, desk):
    post(desk, "desk_protocol_begin", held)

    for name, sent, said in REFUSED:
        answer = post(
            desk, "desk_protocol_write", held, 1, **words(**{"report_ru": "Сақталды"} | sent)
        )
        page = answer.content.decode()
        assert answer.status_code == 422, name
        assert said in page, name
        assert "Сақталды" in page, name
    assert Protocol.objects.get().version == 1


def test_the_signature_asks_for_the_password_and_for_the_number_of_people():
    held = Held(people=None)
    drafter, akim = signed_in(held.drafter), signed_in(held.akim)
    post(drafter, "desk_protocol_begin", held)

    wrong = sign(akim, held, confirm="wrong")
    uncounted = sign(akim, held)

    assert (wrong.status_code, uncounted.status_code) == (422, 422)
    assert "не ваш пароль" in wrong.content.decode() or "не пароль" in wrong.content.decode()
    assert "Укажите, сколько" in uncounted.content.decode()
    assert Protocol.objects.get().state == ProtocolState.DRAFT
    assert not Act.objects.filter(verb="protocol.sign").exists()


def test_before_the_meeting_there_is_nothing_to_write(held, desk):
    coming = make_meeting(
        held.place.office(held.place.first), [held.place.okrug], "2027-05-20",
        region=held.place.region,
    )  # fmt: skip
    held.meeting = coming

    page = desk.get(address("desk_protocol", held)).content.decode()
    begun = post(desk, "desk_protocol_begin", held)

    assert "Составить протокол" not in page
    assert (begun.status_code, Protocol.objects.count()) == (422, 0)
    assert "ещё не началась" in begun.content.decode()


def test_a_page_costs_the_same_with_few_and_many_questions(held, desk):
    post(desk, "desk_protocol_begin", held)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(address("desk_protocol", held)).status_code == 200
        return len(seen)

    few = cost()
    for number in range(12):
        ask(held, f"Сұрақ {number}", state=QuestionState.PUBLISHED)
    assert cost() == few
