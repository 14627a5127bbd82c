"""Nothing personal on public pages, in logs, caches, file names, other people's letters.

A word of its own is planted in each field that appeals/personal_fields.py declares, in every row
there is; then everything that others can see is opened and searched. A noun without a row here, and
a field that cannot be planted, fail: who adds them adds them to the world of tests/rights.py.
"""

import json
import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals.enums import PUBLIC_DEMANDS, HallState, QuestionState, ReadFor, VerdictWord
from appeals.models import (
    Demand,
    DemandSupport,
    HallItem,
    HallVoice,
    PersonalRead,
    Question,
    Verdict,
)
from appeals.personal_fields import NOUNS
from appeals.services import notices
from meetings.enums import LetterState, Role
from meetings.models import Act, Letter, LetterStop
from meetings.sealing import seal
from meetings.services import outbox
from tests.appeals.pool_rows import make_problem
from tests.factories import make_user
from tests.factories_requests import make_support
from tests.rights import PUBLIC, TABLE, World

pytestmark = pytest.mark.django_db
CANARY = re.compile(r"zq7x[0-9]+x[a-z]+")
# What people wrote, which staff read to answer it; names, contacts and marks they do not.
WORDS = {
    "text",
    "public_text",
    "place_words",
    "objection",
    "search",
    "subject",
    "note",
    "eotinish_number",
}
# Pages behind a secret address or a code: they are the person's own.
OWN_PAGES = {
    "confirm", "follow", "booking", "booking_entry", "demand_follow", "my_data_kept",
    "my_data_file", "my_data_erase", "stop_letters", "follow_file",
}  # fmt: skip
# Kept as it is: what it holds is computed from a text in which a canary was planted, or a link by
# which the world's addresses are made.
DERIVED = {"features", "follow_digest", "link_digest", "link_sealed", "sha256"}
# Names of fields in which people write of themselves, in whichever form.
TYPED = (
    "name", "phone", "text", "place_words", "subject", "reason", "words", "objection", "title",
    "note", "answer", "digits", "iin", "website",
)  # fmt: skip
STAFF = (Role.OBSERVER, Role.COORDINATOR, Role.CHAIR, Role.ADMINISTRATOR, Role.BODY)


@pytest.fixture(autouse=True)
def _on_that_day():
    with time_machine.travel(datetime(2026, 11, 23, 4, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world(caplog):
    caplog.set_level("INFO")
    made = World()
    _add_what_the_world_lacks(made)
    for number, (noun, row) in enumerate(_rows(), start=100):
        for field in noun.fields:
            _plant(row, field, f"zq7x{number}x{field.replace('_', '')}")
    _plant_what_was_public(made)
    return made


def _plant_what_was_public(world: World) -> None:
    """Texts that were public, or let through in a hall, before they were held back."""
    questions = Question.objects.exclude(state=QuestionState.PUBLISHED)
    assert questions.update(public_text="zq7x91xpublictext") > 1
    demands = Demand.objects.exclude(state__in=PUBLIC_DEMANDS)
    assert demands.update(public_text="zq7x92xpublictext") > 1
    held = Question.objects.filter(state=QuestionState.HELD).first()
    item = world.hall[HallState.CALLED]
    HallItem.objects.filter(pk=item.pk).update(question=held, public_text="zq7x93xpublictext")


def _add_what_the_world_lacks(world: World) -> None:
    now = timezone.now()
    make_support(world.main, "supporter@example.kz")
    Verdict.objects.create(
        problem=make_problem(world.okrug, number="2026-990077"), mark="m",
        word=VerdictWord.SOLVED, at=now,
    )  # fmt: skip
    LetterStop.objects.create(mark="n", at=now)
    DemandSupport.objects.create(
        demand=world.demand_collecting, mark="o", sealed="x", language="kk", at=now
    )
    HallVoice.objects.create(item=world.hall[HallState.WAITING], mark="p", visitor="q", at=now)
    PersonalRead.objects.create(
        at=now, by=world.clerk, person=world.asked.person, subject="q:1", purpose=ReadFor.ANSWER
    )
    Question.objects.filter(pk=world.main.pk).update(person=world.asked.person)


def _rows():
    for noun in NOUNS:
        rows = list(noun.model._default_manager.order_by("pk"))
        assert rows, f"{noun.model.__name__}: the world of tests/rights.py has no row of it"
        for row in rows:
            yield noun, row


def _plant(row, name: str, canary: str) -> None:
    field = row._meta.get_field(name)
    if name in DERIVED or isinstance(field, models.ForeignKey):
        return
    assert isinstance(field, models.CharField | models.TextField), f"{row._meta.label}.{name}"
    value = canary
    if name == "sealed":
        value = _sealed(row, canary)
    elif row._meta.model_name == "code" and name == "subject":
        return  # noun:uuid; what it confirms is planted itself
    assert len(value) <= (field.max_length or len(value)), f"{row._meta.label}.{name}"
    type(row)._default_manager.filter(pk=row.pk).update(**{name: value})


def _sealed(row, canary: str) -> str:
    """As the noun seals it, with the canary in each part; the address begins with it."""
    address, kind = f"{canary}@example.kz", row._meta.model_name
    if kind == "person":
        return row.sealed_from(name=canary, email=address, phone=canary, iin=canary, follow=canary)
    if kind == "code":
        return seal(json.dumps({"to": address, "reason": canary}))
    if kind == "letter":
        type(row).objects.filter(pk=row.pk).update(state=LetterState.WAITING)
        return seal(json.dumps({"to": address, "context": {"code": canary, "minutes": 30}}))
    return seal(address)


def found(text: str, *, but: frozenset[str] = frozenset()) -> set[str]:
    """Canaries in a text, those aside whose field's name is among ``but``."""
    plain = {name.replace("_", "") for name in but}
    return {one for one in CANARY.findall(text) if one.split("x", 2)[2] not in plain}


def said(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "replace") + repr(answer.headers)


def address(row, world) -> str:
    return reverse(row.name, args=list(row.args(world)))


def test_no_canary_is_seen_by_anybody_it_is_not_meant_for(client, world, caplog, settings):
    wrong = []
    for where in _public(world):
        if leaked := found(said(client.get(where, follow=True))):
            wrong.append(f"public {where}: {sorted(leaked)}")
    for role in STAFF:
        desk = Client()
        desk.force_login(make_user(role, None))
        for row in TABLE:
            if row.sees is None or row.post is not None or row.name in OWN_PAGES:
                continue
            where = address(row, world)
            if leaked := found(said(desk.get(where, follow=True)), but=frozenset(WORDS)):
                wrong.append(f"{role} {where}: {sorted(leaked)}")
    # Those who may read names see none before they have said for what.
    commission = Client()
    commission.force_login(make_user(Role.COMMISSION, None))
    for name in ("requests_desk", "requests_question", "personal_accesses", "personal_person"):
        row = next(one for one in TABLE if one.name == name and one.post is None)
        if leaked := found(said(commission.get(address(row, world))), but=frozenset(WORDS)):
            wrong.append(f"commission {name}: {sorted(leaked)}")
    wrong += _letters_to_others(world)

    wrong += [f"log: {one}" for one in sorted(found(caplog.text))]
    wrong += [f"cache: {one}" for one in sorted(found(_cached()))]
    names = " ".join(str(path) for path in settings.DATA_DIR.rglob("*"))
    wrong += [f"file: {one}" for one in sorted(found(names))]
    acts = " ".join(f"{act.subject} {json.dumps(act.detail)}" for act in Act.objects.all())
    wrong += [f"act: {one}" for one in sorted(found(acts))]

    assert not wrong, "\n".join(wrong)


def _public(world) -> list[str]:
    """Every public address, the lists with words of a visitor, and the pages of errors."""
    rows = [row for row in PUBLIC if row.name not in OWN_PAGES]
    assert len(rows) > 30
    more = [
        "/ru/nowhere/", f"/ru/meetings/?q={'x' * 3000}", "/ru/meetings/?from=yesterday",
        "/ru/desk/", f"/ru/questions/follow/{'x' * 40}/", f"/ru/receptions/bookings/{'x' * 40}/",
        "/ru/meetings/?q=zq", "/ru/units/000000000/", "/feeds/000000000.ics",
    ]  # fmt: skip
    return [address(row, world) for row in rows] + more


def _letters_to_others(world) -> list[str]:
    """Each letter holds the data of its own reader alone."""
    with_answer = Question.objects.select_related("person").get(pk=world.main.pk)
    notices.tell_followers(with_answer, "question_answered", at=timezone.now())
    planted = Letter.objects.filter(state=LetterState.WAITING).count()
    while outbox.drain():
        pass
    assert len(mail.outbox) >= planted > 0
    wrong = []
    for letter in mail.outbox:
        whose = set(re.findall(r"zq7x[0-9]+x", letter.to[0]))
        text = f"{letter.subject} {letter.body} {letter.extra_headers}"
        wrong += [
            f"letter to {letter.to[0]}: {one}"
            for one in found(text)
            if re.match(r"zq7x[0-9]+x", one)[0] not in whose
        ]
    return wrong


def _cached() -> str:
    kept = getattr(cache, "_cache", {})
    assert kept, "nothing was kept: the public pages were not opened"
    return " ".join(
        f"{key} {value.decode('utf-8', 'replace')}" for key, value in kept.items()
        if isinstance(value, bytes)
    )  # fmt: skip


@pytest.mark.parametrize("role", [None, Role.COMMISSION, Role.COORDINATOR])
def test_what_people_type_is_in_no_line_of_a_log(world, caplog, role):
    """Every form of the site, filled with canaries: most are refused, whichever way, none told."""
    visitor = Client(raise_request_exception=False)
    if role is not None:
        visitor.force_login(make_user(role, None))
    typed = {name: f"zq7x800x{name.replace('_', '')}" for name in TYPED}
    answered = set()
    for row in TABLE + PUBLIC:
        where = address(row, world)
        given = row.post(world) if row.post else {}
        for sent in (typed, typed | given, given | typed):
            answered.add(
                visitor.post(where, sent | {"email": "zq7x800xemail@example.kz"}).status_code
            )
            answered.add(visitor.get(where, {"q": typed["name"]}).status_code)

    assert answered >= ({302, 405, 422} if role is None else {302, 403, 405, 422})
    assert 500 not in answered
    assert sorted(set(CANARY.findall(caplog.text))) == []
    assert sorted(set(CANARY.findall(_cached()))) == []


def test_the_canaries_would_be_found():
    """A test of the test: what is planted is what is looked for."""
    assert found("… zq7x101xsealed@example.kz …") == {"zq7x101xsealed"}
    assert found("zq7x101xtext", but=frozenset({"text"})) == set()
    assert found('{"a":"zq7x7xplacewords"}', but=frozenset(WORDS)) == set()


def test_pages_of_ones_own_are_addresses_that_exist():
    assert {row.name for row in PUBLIC} | {"follow_file"} >= OWN_PAGES
