"""The commission's day in a real browser: read, published, held back, merged, decided at a sitting.

The main way is walked without scripts too.
"""

import re
from datetime import date, time

import pytest
import time_machine
from playwright.sync_api import expect

from appeals.enums import HoldReason, Kind, ProblemState, QuestionState, Risk, SittingState
from appeals.models import Problem, Sitting
from appeals.services import sitting_items
from appeals.services.asking import follow_digest
from meetings.enums import Role, Topic
from tests.appeals.pool_rows import make_body, make_problem
from tests.appeals.sittings import make_sitting
from tests.browser.deeds import deed, fits, send
from tests.factories import PASSWORD, Region, a_moment, make_user
from tests.factories_requests import make_person, make_question, make_support

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = [(360, "kk", True), (1280, "ru", True)]
PLAIN = (1280, "kk", False)
TOKEN, MERGED_TOKEN = "t" * 32, "m" * 32
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFFICIAL, PHONE = "Ерлан Сериков", "87011234567"
WORDS = {
    "kk": {
        "email": "Электрондық пошта", "password": "Құпиясөз", "in": "Кіру", "filter": "Сүзу",
        "waiting": "қаралуға тиіс", "objections": "қарсылықтар", "leave": "сол күйінде қалдыру",
        "personal": "Бұл дербес деректерге ұқсайды",
        "read": "Оқыдым: осы мәтіндегі дербес деректерді жариялауға болады",
        "edited": "Комиссия мәтінді жариялар алдында өңдеді.",
        "proposal": "ұсыныс", "published": "жарияланды",
        "roads": "жолдар", "held": "мәтінде дербес деректер бар", "objection": "қарсылық",
        "object": "Қарсылықты жіберу", "not_yet": "Комиссия әлі жауап берген жоқ.",
        "answered": "Комиссияның жауабы", "merge": "Осыған біріктіру", "merged": "біріктірілді",
        "voices": "2 дауыс", "form": "Мәселе құру немесе бар мәселеге қосу",
        "danger": "өмірге немесе денсаулыққа қауіпті", "make": "Мәселені құру",
        "title": "Қазақша атауы", "priority": "Басымдығы", "points": "5/12",
        "row": "басымдығы: 5/12", "solving": "шешілуде", "due": "2026 жылғы 19 наурыз",
        "plan": "Отырыс жоспарлау", "members": "Құрамды өзгерту", "present": "қатысты",
        "absent": "қатыспады", "choose": "Кезек пен пулдан таңдау", "pool": "пулдағы",
        "put": "Күн тәртібіне енгізу", "decided": "шешілді", "took_place": "өтті",
        "together": "Сұрағыңыз осы мәселе туралы басқа сұрақпен біріктірілді.",
        "word": "Word, қазақша", "pdf": "PDF, орысша", "save": "Сақтау",
    },
    "ru": {
        "email": "Электронная почта", "password": "Пароль", "in": "Войти", "filter": "Отобрать",
        "waiting": "к рассмотрению", "objections": "возражения", "leave": "оставить как есть",
        "personal": "Похоже на персональные данные",
        "read": "Я прочитал: персональные данные в этом тексте можно опубликовать",
        "edited": "Комиссия отредактировала текст перед публикацией.", "proposal": "предложение",
        "published": "опубликовано",
        "roads": "дороги", "held": "в тексте есть персональные данные", "objection": "возражение",
        "object": "Отправить возражение", "not_yet": "Комиссия ещё не ответила на него.",
        "answered": "Ответ комиссии", "merge": "Объединить с ним", "merged": "объединён",
        "voices": "2 голоса", "form": "Сформировать проблему или добавить к имеющейся",
        "danger": "опасно для жизни или здоровья", "make": "Сформировать проблему",
        "title": "Название на казахском", "priority": "Приоритет", "points": "5 из 12",
        "row": "приоритет 5 из 12", "solving": "решается", "due": "19 марта 2026",
        "plan": "Запланировать заседание", "members": "Изменить состав",
        "present": "присутствовал", "absent": "отсутствует",
        "choose": "Выбрать из очереди и пула", "pool": "проблемы пула",
        "put": "Внести в повестку", "decided": "решено", "took_place": "состоялось",
        "together": "Ваш вопрос объединён с другим вопросом о том же.",
        "word": "Word, на казахском", "pdf": "PDF, на русском", "save": "Сохранить",
    },
}  # fmt: skip


@pytest.fixture
def world():
    """Noon of Monday 2 March 2026: three questions wait, one is public with one voice."""
    with time_machine.travel(a_moment(2026, 3, 2), tick=True):
        world = Region()
        world.member = make_user(Role.COMMISSION, world.first, name="Айгүл Сәрсенова")
        world.body = make_body(world.first)
        world.public = make_question(
            world.okrug, "Мектеп жанындағы жол жөндеуді қажет етеді", topic=Topic.ROADS,
            state=QuestionState.PUBLISHED, language="kk", voices=1,
        )  # fmt: skip
        make_support(world.public, "aray@example.kz")
        world.personal = make_question(
            world.okrug, f"{OFFICIAL}, су қашан болады? Тел. {PHONE}", language="kk"
        )
        world.insult = make_question(
            world.okrug, "Көршімнің үйінде 12 адам тұрады", language="kk",
            person=make_person("dana@example.kz"), follow_digest=follow_digest(TOKEN),
        )  # fmt: skip
        world.alike = make_question(
            world.okrug, "Мектептің жанындағы жолды жөндеу керек", topic=Topic.ROADS,
            language="kk", person=make_person("bolat@example.kz"),
            follow_digest=follow_digest(MERGED_TOKEN),
        )  # fmt: skip
        yield world


def desk(language, rest="") -> str:
    return f"/{language}/desk/{rest}"


def opened(browser_page, sign_in, world, width, language, js):
    page = browser_page(width=width, js=js, locale=language, expects=["422"])
    return sign_in(page, world.member)


def shelf(page):
    """The shelf that is shown, with its count."""
    return page.locator(".shelves [aria-current=page]")


@pytest.mark.parametrize(("width", "language", "js"), [*SIZES, PLAIN])
def test_a_member_signs_in_and_finds_a_question_in_the_queue(
    browser_page, world, width, language, js
):
    words = WORDS[language]
    page = browser_page(width=width, js=js, locale=language)
    page.goto(f"/accounts/login/?lang={language}")
    page.get_by_label(words["email"]).fill(world.member.email)
    page.get_by_label(words["password"]).fill(PASSWORD)
    page.get_by_role("button", name=words["in"], exact=True).click()
    page.wait_for_url(f"**{desk(language, 'requests/')}")

    expect(shelf(page)).to_have_text(re.compile(rf"{words['waiting']}\s+3"))
    expect(page.locator(".requests .request")).to_have_count(3)
    topic = page.locator("select[name=topic]")
    if not topic.is_visible():
        page.locator(".folded-filters > summary").click()
    topic.select_option(label=words["roads"])
    page.get_by_role("button", name=words["filter"], exact=True).click()
    expect(page.locator(".requests .request")).to_have_count(1)
    expect(shelf(page)).to_have_text(re.compile(rf"{words['waiting']}\s+1"))
    assert fits(page)
    page.get_by_role("link", name=world.alike.number).click()
    expect(page.locator("main")).to_contain_text(world.alike.text)


@pytest.mark.parametrize(("width", "language", "js"), [*SIZES, PLAIN])
def test_a_question_is_published_with_the_name_that_was_confirmed(
    browser_page, sign_in, world, width, language, js
):
    words = WORDS[language]
    page = opened(browser_page, sign_in, world, width, language, js)
    page.goto(desk(language, f"requests/{world.personal.uuid}/"))
    form = deed(page, "/classify/")
    form.locator("[name=kind]").select_option(label=words["proposal"])
    form.locator("[name=topic]").select_option(Topic.WATER)
    send(form)
    expect(page.locator("dl.facts")).to_contain_text(words["proposal"])

    expect(page.locator(".found-personal li")).to_have_count(2)
    mask = page.locator(".found-personal li", has_text=OFFICIAL)
    mask.get_by_role("link", name=words["leave"]).click()
    form = deed(page, "/publish/")
    expect(form.locator("[name=text]")).to_have_value(re.compile(f"{OFFICIAL}.+\\[.+"))
    form.get_by_label(words["read"]).uncheck()
    send(form)
    expect(form).to_contain_text(f"{words['personal']}: {OFFICIAL}")
    world.personal.refresh_from_db()
    assert world.personal.state == QuestionState.WAITING
    form.get_by_label(words["read"]).check()
    send(form)
    expect(page.locator(".state-announced").first).to_have_text(words["published"])
    assert fits(page)
    world.personal.refresh_from_db()
    assert (world.personal.state, world.personal.is_edited) == (QuestionState.PUBLISHED, True)
    assert (world.personal.kind, world.personal.topic) == (Kind.PROPOSAL, Topic.WATER)

    public = browser_page(width=width, js=js, locale=language)
    public.goto(f"/{language}/questions/{world.personal.uuid}/")
    expect(public.locator(".said")).to_contain_text(OFFICIAL)
    expect(public.locator(".said")).to_contain_text("[телефоны жасырылды]")
    expect(public.locator("main")).not_to_contain_text(PHONE)
    expect(public.locator("main")).to_contain_text(words["edited"])


@pytest.mark.parametrize(("width", "language", "js"), SIZES)
def test_a_text_is_held_back_objected_to_and_answered(
    browser_page, sign_in, world, width, language, js
):
    words = WORDS[language]
    page = opened(browser_page, sign_in, world, width, language, js)
    address = desk(language, f"requests/{world.insult.uuid}/")
    page.goto(address)
    form = deed(page, "/hold/")
    form.locator("[name=reason]").select_option(label=words["held"])
    form.locator("[name=words]").fill("Көршінің отбасы туралы")
    send(form)
    expect(page.locator(".note-attention")).to_contain_text(words["held"])

    author = browser_page(width=width, js=js, locale=language)
    author.goto(f"/{language}/questions/follow/{TOKEN}/")
    expect(author.locator("main")).to_contain_text(f"{words['held']}: Көршінің отбасы туралы")
    author.locator("[name=words]").fill("Есімдері жазылмаған")
    author.get_by_role("button", name=words["object"]).click()
    expect(author.locator("main")).to_contain_text(words["not_yet"])

    page.goto(desk(language, "requests/?show=objections"))
    expect(shelf(page)).to_have_text(re.compile(rf"{words['objections']}\s+1"))
    expect(page.locator(".requests .state-awaiting")).to_have_text(words["objection"])
    page.get_by_role("link", name=world.insult.number).click()
    expect(page.locator("main")).to_contain_text("Есімдері жазылмаған")
    form = deed(page, "/uphold/")
    form.locator("[name=words]").fill("Үйі бойынша танылады")
    send(form)
    expect(form).to_have_count(0)
    assert fits(page)
    world.insult.refresh_from_db()
    assert (world.insult.state, world.insult.hold_reason, world.insult.objection_answer) == (
        QuestionState.HELD, HoldReason.PERSONAL_DATA, "Үйі бойынша танылады",
    )  # fmt: skip
    author.reload()
    expect(author.get_by_role("heading", name=words["answered"])).to_be_visible()
    expect(author.locator("main")).to_contain_text("Үйі бойынша танылады")
    assert fits(author)


@pytest.mark.parametrize(("width", "language", "js"), SIZES)
def test_a_similar_question_is_merged_and_its_voice_counts_there(
    browser_page, sign_in, world, width, language, js
):
    words = WORDS[language]
    page = opened(browser_page, sign_in, world, width, language, js)
    page.goto(desk(language, f"requests/{world.alike.uuid}/"))
    page.get_by_role("button", name=f"{words['merge']} {world.public.number}").click()
    expect(page.locator(".state-moved")).to_have_text(words["merged"])
    expect(page.locator("dl.facts").first).to_contain_text(world.public.number)
    assert fits(page)
    world.alike.refresh_from_db()
    world.public.refresh_from_db()
    assert (world.alike.merged_into, world.public.voices) == (world.public, 2)

    public = browser_page(width=width, js=js, locale=language)
    public.goto(f"/{language}/questions/follow/{MERGED_TOKEN}/")
    expect(public.locator(".answer")).to_have_text(words["together"])
    public.get_by_role("link", name=world.public.number).click()
    expect(public.locator("dl.facts")).to_contain_text(words["voices"])


@pytest.mark.parametrize(("width", "language", "js"), [*SIZES, PLAIN])
def test_a_problem_is_formed_and_given_to_an_organisation(
    browser_page, sign_in, world, width, language, js
):
    words = WORDS[language]
    page = opened(browser_page, sign_in, world, width, language, js)
    page.goto(desk(language, f"requests/{world.public.uuid}/"))
    page.get_by_role("link", name=words["form"]).click()
    page.get_by_label(words["title"]).fill("Мектеп жолы")
    page.get_by_role("checkbox", name=world.alike.number).check()  # of the same topic and place
    page.locator("[name=risk]").select_option(label=words["danger"])
    page.get_by_role("button", name=words["make"], exact=True).click()
    expect(page.locator("h1")).to_have_text("Мектеп жолы")
    problem = Problem.objects.get()
    assert (problem.risk, problem.priority, problem.questions.count()) == (Risk.DANGER, 5, 2)
    expect(page.locator("dt", has_text=words["priority"]).locator("+ dd")).to_contain_text(
        words["points"]
    )

    form = deed(page, "/assign/")
    form.locator("[name=body]").select_option(str(world.body.uuid))
    form.locator("[name=term_days]").fill("12")
    send(form)
    expect(page.locator(".problem-marks")).to_contain_text(words["solving"])
    expect(page.locator(".lead")).to_contain_text(words["due"])
    assert fits(page)
    problem.refresh_from_db()
    assert (problem.state, problem.body) == (ProblemState.ASSIGNED, world.body)
    assert problem.due_on == date(2026, 3, 19)
    page.goto(desk(language, "problems/"))
    expect(page.locator("ol.problems li")).to_contain_text([words["row"]])


@pytest.mark.parametrize(("width", "language", "js"), SIZES)
def test_a_sitting_is_planned_with_its_members_and_its_agenda(
    browser_page, sign_in, world, width, language, js
):
    words = WORDS[language]
    make_sitting(world.first, world.member, day=date(2026, 2, 2))
    problem = make_problem(world.okrug)
    page = opened(browser_page, sign_in, world, width, language, js)
    page.goto(desk(language, "sittings/"))
    page.get_by_role("link", name=words["plan"]).click()
    expect(page.locator("[name=number]")).to_have_value("2")
    page.locator("[name=day]").fill("02.03.2026")
    page.locator("[name=starts_at]").fill("10:00")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("dl.facts")).to_contain_text("Дәурен Ақбидаев")  # of the last sitting

    page.get_by_role("link", name=words["members"]).click()
    row = page.get_by_role("group", name="Серік Аралбаев")
    row.get_by_label(words["present"]).uncheck()
    page.get_by_role("button", name=words["save"]).click()
    expect(page.locator("dl.facts")).to_contain_text(
        re.compile(rf"Серік Аралбаев, депутат\s+\({words['absent']}\)")
    )
    for shelf_name, number in (("", world.alike.number), (words["pool"], problem.number)):
        page.get_by_role("link", name=words["choose"]).click()
        if shelf_name:
            page.locator(".shelves").get_by_role("link", name=shelf_name).click()
        page.get_by_role("checkbox", name=number).check()
        page.get_by_role("button", name=words["put"]).click()
    expect(page.locator(".requests .request-head")).to_contain_text(
        [world.alike.text, "Көшедегі жарық"]
    )
    assert fits(page)
    sitting = Sitting.objects.get(number=2)
    assert (sitting.day, sitting.starts_at) == (date(2026, 3, 2), time(10))
    assert [one.is_present for one in sitting.members.all()] == [True, True, False]
    assert list(sitting.items.values_list("question", "problem")) == [
        (world.alike.pk, None), (None, problem.pk),
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "language", "js"), [*SIZES, PLAIN])
def test_a_sitting_decides_is_held_and_leaves_its_protocol(
    browser_page, sign_in, world, width, language, js
):
    words = WORDS[language]
    problem, by = make_problem(world.okrug), world.member
    sitting = make_sitting(world.first, by, day=date(2026, 3, 2))
    sitting_items.pick(sitting, [world.alike], [problem], by=by, version=2)
    page = opened(browser_page, sign_in, world, width, language, js)
    page.goto(desk(language, f"sittings/{sitting.uuid}/"))
    first, second = (page.locator(".requests .request").nth(at) for at in (0, 1))
    form = deed(first, "/decide/")
    form.locator("[name=decision_kk]").fill("Жол мамырда жөнделеді")
    form.locator("[name=decision_ru]").fill("Дорогу починят в мае")
    send(form)
    expect(first.locator(".state-held")).to_have_text(words["decided"])
    form = deed(second, "/assign/")
    form.locator("[name=body]").select_option(str(world.body.uuid))
    form.locator("[name=term_days]").fill("12")
    send(form)
    expect(second).to_contain_text(words["due"])  # the decision says it by itself

    form = deed(page, "/hold/")
    form.locator("[name=ends_at]").fill("11:30")
    send(form)
    expect(page.locator(".lead")).to_contain_text(words["took_place"])
    expect(page.locator(".deed-form")).to_have_count(0)
    assert fits(page)
    sitting.refresh_from_db()
    problem.refresh_from_db()
    assert (sitting.state, sitting.ends_at) == (SittingState.HELD, time(11, 30))
    assert (problem.state, problem.body) == (ProblemState.ASSIGNED, world.body)
    for name, kind in (("word", DOCX), ("pdf", "application/pdf")):
        link = page.get_by_role("link", name=words[name])
        paper = page.request.get(link.get_attribute("href"))
        assert (paper.status, paper.headers["content-type"]) == (200, kind)
