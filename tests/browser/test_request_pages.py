"""Every page of requests that no day opens for axe: accessible, and not wider than the screen.

What is folded is opened first. Policies of content are passed by here, so that axe can be put
into the very page; the days of people open the same pages under them.
"""

from types import SimpleNamespace

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from appeals.cleaning import Cleaned
from appeals.enums import DemandState, ProblemState, Purpose, QuestionState, ReadFor
from appeals.models import Code, PromiseStep
from appeals.services import (
    booking_links,
    codes,
    demands,
    files,
    my_data,
    personal,
    sitting_items,
    sittings,
)
from appeals.services.asking import follow_digest
from meetings.enums import MeetingState, Role
from meetings.services import protocols
from meetings.services.day import open_day
from tests.appeals.papers import photo
from tests.appeals.pool_rows import make_body, make_member, make_problem, make_promise
from tests.appeals.receptions import EARLIER, Case
from tests.appeals.sittings import DAY, make_sitting
from tests.browser.deeds import fits, send
from tests.factories import Region, make_meeting, make_user
from tests.factories_requests import make_demand, make_person, make_question, make_support

pytestmark = pytest.mark.django_db(transaction=True)
VARIANTS = [(360, "kk", True), (1280, "ru", False)]
TOKEN, EMAIL = "t" * 32, "asel@example.kz"
LONG = "Мектеп жанындағы жол жөндеуді қажет етеді, көктемде мүлде өту мүмкін емес"
WIDE = "https://example.kz/" + "a" * 90
PHOTO = Cleaned("image/jpeg", "jpg", photo())


@pytest.fixture
def place(transactional_db):
    """A region with its commission, on Monday 23 November 2026."""
    with time_machine.travel(EARLIER, tick=True):
        place = Region()
        place.commission = make_user(Role.COMMISSION, place.first)
        yield place


@pytest.fixture(params=VARIANTS, ids=["360 kk dark", "1280 ru light"])
def wrong(request, browser_page, sign_in, axe):
    """A function that opens addresses as a user (None: everybody) and gives what is wrong there;
    a pair of an address and an act: what is wrong on the page that the act leads to."""
    width, language, dark = request.param

    def look(addresses, user=None) -> list[tuple]:
        page = browser_page(
            width=width, locale=language, dark=dark, bypass_csp=True, expects=["422"]
        )
        if user is not None:
            sign_in(page, user)
        found = []
        for one in addresses:
            address, act = one if isinstance(one, tuple) else (one, None)
            answer = page.goto(f"/{language}/{address}")
            assert (answer.status, answer.request.redirected_from) == (200, None), address
            if act is not None:
                act(page)
            page.locator("main details").evaluate_all("all => all.forEach(one => one.open = true)")
            told = axe(page, in_place=True)
            if told or not fits(page):
                found.append((page.url, told, "" if fits(page) else "too wide"))
        return found

    return look


def made_requests(place) -> SimpleNamespace:
    """Questions in every state, with files, likes and a reading of somebody's name."""
    held = make_question(
        place.okrug, LONG, person=make_person(EMAIL), follow_digest=follow_digest(TOKEN),
        state=QuestionState.HELD, objection=LONG, objected_at=timezone.now(),
    )  # fmt: skip
    answered = make_question(
        place.okrug, LONG, state=QuestionState.PUBLISHED, public_text=LONG + ".",
        is_edited=True, answer=LONG, answered_at=timezone.now(), person=make_person("b@example.kz"),
        follow_digest=follow_digest("answered"), problem=make_problem(place.okrug, LONG),
    )  # fmt: skip
    with transaction.atomic():
        [file] = files.attach(answered, [PHOTO], at=timezone.now())
    file.is_public = True
    file.save()
    waiting = make_question(
        place.okrug, f"{LONG}. Ерлан Сериков, тел. 87011234567", person=make_person("c@example.kz")
    )
    make_question(place.okrug, LONG, person=waiting.person, merged_into=answered)
    personal.read(
        held.person, by=place.commission, purpose=ReadFor.OTHER, words=LONG,
        subject=f"question:{held.uuid}",
    )  # fmt: skip
    return SimpleNamespace(held=held, answered=answered, waiting=waiting)


def ask_what_was_asked(page):
    """To the page of similar questions."""
    form = page.locator("main form[method=post]")
    form.locator("[name=text]").fill(LONG)
    form.locator("[name=topic]").select_option("roads")
    form.locator("[name=name]").fill("Әсел")
    form.locator("[name=email]").fill("d@example.kz")
    form.locator("[name=consent]").check()
    with page.expect_navigation():
        send(form)
    assert page.locator("main form[action*='/support/']").count() > 0


def send_table(*rows: str, leads_to: str):
    """To the page that shows what a table says, or what is wrong in it."""

    def act(page):
        table = "\n".join(("Мәтін;Елді мекен;Қалай түсті;Тақырып", *rows))
        form = page.locator("main form[enctype]")
        form.locator("[type=file]").set_input_files(
            {"name": "t.csv", "mimeType": "text/csv", "buffer": table.encode()}
        )
        with page.expect_navigation():
            send(form)
        assert page.locator(leads_to).count() == 1

    return act


def test_questions(place, wrong):
    made = made_requests(place)
    code = codes.ask_code(Purpose.SUPPORT, f"question:{made.answered.uuid}", EMAIL, "kk",
                          visitor="1")  # fmt: skip
    assert wrong([
        "questions/", "questions/?q=мектеп&state=answered", "questions/ask/",
        f"questions/ask/?unit={place.okrug.kato}", f"questions/{made.answered.uuid}/",
        f"questions/{made.answered.uuid}/support/", f"questions/follow/{TOKEN}/",
        "questions/follow/answered/", f"confirm/{code.uuid}/",
        (f"questions/ask/?unit={place.okrug.kato}", ask_what_was_asked),
    ]) == []  # fmt: skip
    assert wrong([
        "desk/requests/", "desk/requests/?show=all&q=мектеп",
        f"desk/requests/{made.waiting.uuid}/", f"desk/requests/{made.held.uuid}/",
        f"desk/requests/{made.answered.uuid}/", "desk/requests/enter/",
        "desk/requests/enter/table/", "desk/requests/personal-data/",
        f"desk/requests/people/{made.waiting.person.uuid}/",
        ("desk/requests/enter/table/", send_table(
            f"{LONG};{place.okrug.kato};телефон арқылы;жолдар",
            f"{WIDE};{place.okrug.kato};қағаз түрінде;жолдар",
            leads_to="main form[data-working]:not([enctype])",
        )),
        ("desk/requests/enter/table/", send_table(
            f"{LONG};Ешқайда;{WIDE};жолдар", leads_to="main table",
        )),
    ], place.commission) == []  # fmt: skip


def test_problems(place, wrong):
    made, body = made_requests(place), make_body(place.first, LONG)
    member = make_member(body)
    work = make_problem(place.okrug, LONG, state=ProblemState.ASSIGNED, body=body, about_kk=LONG)
    solved = make_problem(place.okrug, LONG, state=ProblemState.SOLVED, body=body)
    promise = make_promise(work, LONG, money=1_500_000)
    PromiseStep.objects.create(promise=promise, text=LONG, by=member, at=timezone.now(), url=WIDE)
    assert wrong([
        "problems/", "problems/?state=work&q=мектеп", f"problems/{work.uuid}/",
        f"problems/{solved.uuid}/", f"problems/{solved.uuid}/verdict/",
    ]) == []  # fmt: skip
    assert wrong([
        "desk/problems/", f"desk/problems/{work.uuid}/", f"desk/problems/{solved.uuid}/",
        f"desk/problems/new/{made.waiting.uuid}/",
    ], place.commission) == []  # fmt: skip
    assert wrong(["desk/given/", f"desk/problems/{work.uuid}/"], member) == []


def test_sittings(place, wrong):
    by, made, problem = place.commission, made_requests(place), make_problem(place.okrug, LONG)
    held = make_sitting(place.first, by)
    sitting_items.pick(held, [made.waiting], by=by, version=2)
    words = {"title_kk": LONG, "title_ru": LONG, "decision_kk": LONG, "decision_ru": WIDE}
    sitting_items.decide(held, held.items.get(), **words, by=by, version=3)
    sittings.hold(held, by=by, version=4)
    sitting = make_sitting(place.first, by, number=2, day=DAY.replace(day=27))
    sitting_items.pick(sitting, [made.waiting], [problem], by=by, version=2)
    here = f"desk/sittings/{sitting.uuid}/"
    assert wrong([
        "desk/sittings/", "desk/sittings/plan/", here, f"{here}members/", f"{here}agenda/",
        f"{here}agenda/?show=pool&q=жоқ", f"desk/sittings/{held.uuid}/",
    ], by) == []  # fmt: skip


def test_demands(place, wrong):
    office = place.office(place.okrug)
    held = make_demand(
        place.okrug, office, LONG, state=DemandState.HELD, person=make_person(EMAIL),
        follow_digest=demands.follow_digest(TOKEN), objection=LONG, objected_at=timezone.now(),
    )  # fmt: skip
    reached = make_demand(place.villages[0], office, LONG, state=DemandState.REACHED)
    refused = make_demand(
        place.villages[1], office, LONG, state=DemandState.REFUSED, answer=LONG
    )  # fmt: skip
    assert wrong([
        "demands/", f"demands/{reached.uuid}/", f"demands/{refused.uuid}/",
        f"demands/follow/{TOKEN}/",
    ]) == []  # fmt: skip
    desk = [f"desk/demands/{one.uuid}/" for one in (held, reached, refused)]
    assert wrong(["desk/demands/?show=all", *desk], place.commission) == []


def test_receptions(place, wrong):
    case = Case(SimpleNamespace(land=place, clerk=make_user(Role.RECEPTION, place.first)))
    first, second, *_rest = case.slots()
    here, booking = case.reception.uuid, case.booked(first)
    token = booking_links.token_of(booking)
    draft = Case(case, published=False)
    assert wrong([
        "receptions/", f"receptions/{here}/", f"receptions/{here}/book/?slot={second.uuid}",
        f"receptions/bookings/{token}/",
    ]) == []  # fmt: skip
    desk = f"desk/receptions/{draft.reception.uuid}/"
    enter = f"desk/receptions/{here}/enter/?how=phone"
    assert wrong([desk, f"{desk}edit/", enter], case.clerk) == []


def test_meetings_their_hall_and_their_protocol(place, wrong):
    drafter, now = make_user(Role.DRAFTER, place.first), timezone.now()
    host = place.office(place.first)
    today = make_meeting(host, [place.okrug], timezone.localdate(), region=place.region)
    sent = make_question(place.okrug, LONG, meeting=today, state=QuestionState.PUBLISHED)
    day = open_day(today, by=drafter)
    past = make_meeting(host, [place.okrug], DAY, region=place.region, state=MeetingState.HELD)
    without = make_meeting(host, [place.okrug], DAY, region=place.region, state=MeetingState.HELD)
    protocols.begin(past, by=drafter, at=now)
    assert wrong([f"meetings/{today.uuid}/", f"h/{day.code}/{sent.uuid}/support/"]) == []
    assert wrong([
        f"desk/meetings/{today.uuid}/", f"desk/meetings/{past.uuid}/",
        f"desk/meetings/{past.uuid}/protocol/", f"desk/meetings/{without.uuid}/protocol/",
    ], drafter) == []  # fmt: skip


def test_what_is_kept_of_a_person(place, wrong):
    made = made_requests(place)
    make_support(made.answered, EMAIL)
    code = codes.ask_code(Purpose.PERSONAL_DATA, "address", EMAIL, "kk", visitor="1")
    Code.objects.filter(pk=code.pk).update(used_at=timezone.now())
    page = my_data.confirm(code).partition("my-data/")[2]
    assert wrong([
        "my-data/", f"my-data/{page}", f"my-data/{page}erase/", "my-data/erased/",
    ]) == []  # fmt: skip
