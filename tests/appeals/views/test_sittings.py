"""The desk of sittings: a commission's way from a plan to the protocol on paper."""

import re
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as open_word
from pypdf import PdfReader

from appeals.enums import QuestionState as State
from appeals.enums import SittingState
from appeals.models import Body, Problem, Sitting
from meetings.enums import Role, Topic
from tests.appeals.services.test_sittings import AFTER
from tests.appeals.sittings import make_sitting
from tests.factories import Region, make_user
from tests.factories_requests import make_question

pytestmark = pytest.mark.django_db
LIST = "/ru/desk/sittings/"
SLY = "#emph[x] $a$ *b* <script>alert(1)</script> {{ 7 }} =1+1"


@pytest.fixture
def region():
    return Region()


@pytest.fixture
def clerk(region):
    return make_user(Role.COMMISSION, region.first)


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk)
    return client


def post(desk, sitting, deed, **sent):
    sitting.refresh_from_db()
    address = f"{sitting_url(sitting)}{deed}/"
    return desk.post(address, {"version": sitting.version} | sent)


def sitting_url(sitting, language="ru") -> str:
    return f"/{language}/desk/sittings/{sitting.uuid}/"


def seats(*rows) -> dict:
    """The form of the members: name, Kazakh post, Russian post, marks."""
    sent = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0}
    for number, (name, kk, ru, *marks) in enumerate(rows):
        sent |= {f"form-{number}-name": name, f"form-{number}-post_kk": kk,
                 f"form-{number}-post_ru": ru}  # fmt: skip
        sent |= {f"form-{number}-{mark}": "on" for mark in marks}
    return sent


def words_of_word(made: bytes) -> str:
    word = open_word(BytesIO(made))
    return "\n".join(
        text.text or "" for text in word.element.body.iter() if text.tag.endswith("}t")
    )


def words_of_pdf(made: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    return " ".join(" ".join(pages).split())


def test_a_commission_plans_decides_holds_and_takes_the_protocol(desk, region):
    asked = make_question(region.okrug, "Когда отремонтируют дорогу?", topic=Topic.ROADS)
    body = Body.objects.create(unit=region.first, name_kk="Жол бөлімі", name_ru="Отдел дорог")
    planned = desk.post(f"{LIST}plan/", {
        "unit": region.first.kato, "number": "4", "day": "20.11.2026", "starts_at": "10:00",
        "place_kk": "Мәдениет үйі", "place_ru": "Дом культуры",
    })  # fmt: skip
    sitting = Sitting.objects.get()
    assert planned["Location"] == sitting_url(sitting)

    post(desk, sitting, "members", **seats(
        ("Дәурен Ақбидаев", "әкімнің орынбасары", "заместитель акима", "is_chair", "is_present"),
        ("Әсел Дариянова", "бөлім басшысы", "руководитель отдела", "is_present"),
        ("Серік Аралбаев", "депутат", "депутат"), ("", "", ""),
    ))  # fmt: skip
    picking = desk.get(f"{sitting_url(sitting)}agenda/")
    assert [row["number"] for row in picking.context["rows"]] == [asked.number]
    post(desk, sitting, "agenda", question=str(asked.uuid))
    post(desk, sitting, "words", title_kk=f"Әртүрлі {SLY}", title_ru="")
    first, second = sitting.items.all()
    post(desk, sitting, "form", item=str(first.uuid), title_kk="Жол жөндеу", title_ru="Дорога",
         topic="roads", risk="2")  # fmt: skip
    with time_machine.travel(AFTER, tick=False):
        post(desk, sitting, "assign", item=str(first.uuid), body=str(body.uuid),
             due_on="25.12.2026")  # fmt: skip
        post(desk, sitting, "decide", item=str(second.uuid), title_kk=f"Әртүрлі {SLY}",
             title_ru="Разное", decision_kk="Назарға алынды.",
             decision_ru=f"Принято. {SLY}")  # fmt: skip
        held = post(desk, sitting, "hold", ends_at="11:30")

    assert held.status_code == 302
    problem = Problem.objects.get()
    said = {
        "kk": ["№ 4 комиссия отырысының хаттамасы", "Мәдениет үйі", "Төрағалық етуші",
               "Дәурен Ақбидаев, әкімнің орынбасары", "Әсел Дариянова, бөлім басшысы",
               "Қатыспағандар", "Серік Аралбаев, депутат", "Күн тәртібі", problem.number,
               "Жауапты орган: Жол бөлімі. Мерзімі: 2026 жылғы 25 желтоқсан.",
               "Шешілді: Назарға алынды."],
        "ru": ["Протокол заседания комиссии № 4", "Дом культуры", "Председательствующий",
               "Дәурен Ақбидаев, заместитель акима", "Отсутствовали", "Повестка", problem.number,
               "Ответственный орган: Отдел дорог. Срок: до 25 декабря 2026 г", "Разное",
               "Решили: Принято.", "<script>alert(1)</script>", "10:00–11:30"],
    }  # fmt: skip
    for language, words in said.items():
        for kind, read in (("docx", words_of_word), ("pdf", words_of_pdf)):
            answer = desk.get(f"{sitting_url(sitting)}protocol-{language}.{kind}")
            assert answer["Content-Disposition"] == (
                f'attachment; filename="sitting-4-2026-11-20-{language}.{kind}"'
            )
            text = read(answer.content).replace("\xa0", " ")
            assert [word for word in words if word not in text] == [], (language, kind)
    page = desk.get(sitting_url(sitting)).content.decode()
    assert "<script>alert(1)" not in page
    assert 'action="' + sitting_url(sitting) not in page  # nothing is to be changed any more


BAD = [  # deed, what is sent, a word of the answer
    ("change", {"number": "0", "day": "31.02.2026", "starts_at": "25"}, "31.02.2026"),
    ("change", {"number": "1", "day": "20.11.2026", "starts_at": "10:00", "ends_at": "9"},
     "заканчивается раньше"),
    ("words", {}, "Запишите вопрос"),
    ("words", {"title_kk": "а" * 301}, "300"),
    ("words", {"title_kk": "бит\x00ый"}, "U+0000"),
    ("hold", {}, "Повестка пуста"),
    ("members", seats(("", "депутат", "")), "очистите всю строку"),
    ("members", seats(("А", "", "", "is_chair"), ("Б", "", "", "is_chair")), "только один"),
    ("agenda", {}, "Выберите хотя бы один"),
    ("agenda", {"question": "x", "problem": "00000000-0000-4000-8000-000000000000"}, "Выберите"),
]  # fmt: skip


def test_bad_input_is_told_and_changes_nothing(desk, region, clerk):
    sitting = make_sitting(region.first, clerk)
    for deed, sent, word in BAD:
        answer = post(desk, sitting, deed, **sent)
        assert answer.status_code == 422, deed
        assert word in answer.content.decode(), (deed, word)
    sitting.refresh_from_db()
    assert (sitting.version, sitting.items.count()) == (2, 0)
    assert post(desk, sitting, "drop", item="x").status_code == 404
    assert post(desk, sitting, "explode").status_code == 404
    assert desk.get(f"{sitting_url(sitting)}protocol-kk.docx").status_code == 404  # not held yet


def test_a_stale_form_is_told_keeps_what_was_typed_and_can_be_sent_again(desk, region, clerk):
    sitting = make_sitting(region.first, clerk)
    for deed, sent in (
        ("words", {"title_kk": "Жарық мәселесі"}),
        ("members", seats(("Болат Жайықов", "", "", "is_present"))),
        ("agenda", {"question": str(make_question(region.okrug).uuid)}),
    ):
        stale = desk.post(f"{sitting_url(sitting)}{deed}/", {"version": 1} | sent)
        assert stale.status_code == 409
        page = stale.content.decode()
        assert "За это время заседание кто-то изменил" in page
        assert (sent.get("title_kk") or sent.get("form-0-name") or "checked") in page
        assert f'name="version" value="{Sitting.objects.get().version}"' in page


def test_held_back_and_foreign_questions_are_not_offered(desk, region, clerk):
    sitting = make_sitting(region.first, clerk)
    there = make_question(region.okrug)
    make_question(region.okrug, state=State.HELD)
    make_question(region.second)
    public = make_question(region.okrug, state=State.PUBLISHED)
    address = f"{sitting_url(sitting)}agenda/"

    def offered(**query):
        return [row["number"] for row in desk.get(address, query).context["rows"]]

    assert offered() == [there.number]
    assert offered(show="unanswered") == [public.number]
    assert offered(show="unanswered", q="кровельщик") == []
    assert offered(show="pool") == []
    assert offered(show="nonsense") == [there.number]


def test_pages_take_as_many_queries_however_long_they_are(desk, region, clerk):
    sitting = make_sitting(region.first, clerk)
    addresses = [LIST, sitting_url(sitting), f"{sitting_url(sitting)}agenda/"]
    counts = []
    for many in (1, 6):
        for number in range(many):
            make_sitting(region.first, clerk, number=many * 10 + number)
            question = make_question(region.okrug)
            make_question(region.okrug)
            post(desk, sitting, "agenda", question=str(question.uuid))
        counts.append([])
        for address in addresses:
            desk.get(address)
            with CaptureQueriesContext(connection) as asked:
                desk.get(address)
            counts[-1].append(len(asked))

    assert counts[0] == counts[1]
    assert max(counts[0]) <= 14


def test_readers_see_a_sitting_and_no_form(client, region, clerk):
    sitting = make_sitting(region.first, clerk)
    client.force_login(make_user(Role.OBSERVER, region.region))

    page = client.get(sitting_url(sitting))
    assert "№ 1, 20 ноября 2026 г." in page.content.decode()
    assert (page.status_code, page.context["may_change"]) == (200, False)
    assert client.get(LIST).context["may_plan"] is False
    assert client.get(f"{sitting_url(sitting)}members/").status_code == 403
    assert post(client, sitting, "hold").status_code == 403
    assert Sitting.objects.get().state == SittingState.PLANNED


def test_every_field_of_the_page_has_an_identity_of_its_own(desk, region, clerk):
    sitting = make_sitting(region.first, clerk)
    for number in (1, 2):
        post(desk, sitting, "words", title_ru=f"Пункт {number}")

    page = desk.get(sitting_url(sitting)).content.decode()

    found = re.findall(r'\sid="([^"]+)"', page)
    assert len(found) > 20
    assert sorted(found) == sorted(set(found))
