"""A demand for a meeting: opened and supported by code, reached once, closed, and bad input."""

import re
from datetime import date

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction

from appeals.demand_rules import USUAL
from appeals.enums import DemandState, Purpose
from appeals.models import Code, Demand, DemandRule, DemandSupport, Person
from appeals.selectors import demands as shown
from appeals.services import codes, demand_answers, demand_voices, demands
from meetings.enums import DayKind, UnitKind
from meetings.errors import Refused
from meetings.models import Act, DayOff, Letter
from meetings.sealing import address_mark
from meetings.services import outbox
from tests.factories import Region, a_moment, make_unit, make_user
from tests.factories_requests import make_demand

pytestmark = pytest.mark.django_db
FRIDAY = a_moment(2026, 11, 27, 15, 4)
TEXT = "Ауыл үш апта ауыз сусыз отыр, құбырды жөндеу мерзімі белгісіз."


@pytest.fixture
def region():
    return Region()


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(FRIDAY, tick=False):
        yield


def typed(region, **more) -> dict:
    return {
        "akim": region.okrug.kato, "text": TEXT, "topic": "water", "name": "Әсел Нұрланова",
        "email": "asel@example.kz", "phone": "", "consent": "on", "website": "",
    } | more  # fmt: skip


def send(client, region, unit=None, **more):
    unit = unit or region.villages[0]
    return client.post(f"/ru/demands/new/?unit={unit.kato}", typed(region, **more))


def type_code(client, answer):
    outbox.drain()
    digits = re.search(r"\d{3} \d{3}", mail.outbox[-1].subject)[0]
    return client.post(answer["Location"], {"code": digits})


def give_voice(client, demand, email):
    answer = client.post(f"/ru/demands/{demand.uuid}/support/", {"email": email})
    return type_code(client, answer)["Location"]


def test_a_demand_counts_when_its_code_is_typed(client, region):
    answer = send(client, region)
    demand = Demand.objects.get()
    assert (demand.state, demand.number, demand.voices) == (DemandState.UNCONFIRMED, None, 0)

    done = type_code(client, answer)

    demand.refresh_from_db()
    assert (demand.state, demand.number, demand.voices, demand.asked_at) == (
        DemandState.WAITING, "2026-000001", 1, FRIDAY,
    )  # fmt: skip
    assert (demand.unit, demand.office.unit, demand.region, demand.threshold) == (
        region.villages[0], region.okrug, region.region, 30,
    )  # fmt: skip
    assert re.fullmatch(r"/ru/demands/follow/[\w-]{32}/", done["Location"])
    page = client.get(done["Location"]).content.decode()
    assert "ждёт, когда его прочтёт комиссия" in page
    outbox.drain()
    assert mail.outbox[-1].subject == "Ваше требование встречи получило номер 2026-000001"
    assert done["Location"] in mail.outbox[-1].body
    assert [move.deed for move in demand.moves.all()] == ["ask"]
    assert Act.objects.get().verb == "demand.ask"
    assert client.get(f"/ru/demands/{demand.uuid}/").status_code == 404


WRONG = [  # what is sent | what is told
    ({"text": ""}, "Напишите, зачем нужна встреча"),
    ({"text": "а" * 3_001}, "Сократите текст"),
    ({"text": "во\x00да"}, "U+0000"),
    ({"topic": "moon"}, "Такого варианта нет"),
    ({"akim": ""}, "Выберите акима своего места"),
    ({"akim": "234200000"}, "Выберите акима своего места"),  # of another region
    ({"akim": "270000000"}, "Выберите акима своего места"),  # two above
    ({"name": ""}, "анонимные требования"),
    ({"email": "asel"}, "name@example.kz"),
    ({"consent": ""}, "Без вашего согласия"),
    ({"website": "http://spam"}, "не видят"),
]


def test_what_is_wrong_is_told_and_what_was_typed_is_kept(client, region):
    Region("230000000", "Атырау облысы")
    for more, told in WRONG:
        answer = send(client, region, **more)
        page = answer.content.decode()
        assert (answer.status_code, told in page) == (422, True), (more, told)
        assert "asel" in page
    assert (Demand.objects.count(), Person.objects.count(), Letter.objects.count()) == (0, 0, 0)
    assert client.get("/ru/demands/new/?unit=999999999").status_code == 404
    limited = [send(client, region, email=f"a{number}@example.kz") for number in range(31)]
    assert [answer.status_code for answer in limited] == [302] * 30 + [429]
    assert Demand.objects.count() == 30


def test_one_asks_ones_own_akim_or_the_one_above(region):
    place = make_unit(UnitKind.PLACE, "разъезд", parent=region.villages[0])
    asked = [  # who asks | whom they may ask
        (region.villages[0], [region.okrug, region.first]), (region.okrug, [region.okrug,
                                                                            region.first]),
        (region.first, [region.first, region.region]), (region.region, [region.region]),
    ]  # fmt: skip
    for unit, akims in asked:
        found = shown.addressees(unit, date(2026, 11, 27))
        assert [one.unit for one in found] == akims
    assert shown.people_of(place) == region.villages[0]
    with pytest.raises(Refused) as refused:
        demands.open_demand(
            demands.Demanded(unit=region.okrug, office=region.office(region.second), text=TEXT),
            language="kk", visitor="10.0.0.1",
        )  # fmt: skip
    assert refused.value.field == "akim"


def test_the_rule_is_that_of_the_day_and_of_the_kind(region):
    assert {one.kind: (one.voices, one.open_days, one.answer_days)
            for one in DemandRule.objects.all()} == {
        kind.value: tuple(figures) for kind, figures in USUAL.items()
    }  # fmt: skip
    assert set(USUAL) == set(UnitKind)
    demand = demands.write(
        demands.Demanded(unit=region.okrug, office=region.office(region.okrug), text=TEXT),
        language="kk", at=FRIDAY,
    )  # fmt: skip
    DemandRule.objects.filter(kind="okrug").update(voices=7)
    assert (demand.threshold, shown.rule_of(region.okrug).voices) == (50, 7)
    DemandRule.objects.all().delete()
    assert shown.rule_of(region.okrug).voices == 50


def test_the_last_voice_needed_obliges_the_office_once(client, region):
    demand = make_demand(region.okrug, region.office(region.first))
    DemandSupport.objects.create(demand=demand, mark=address_mark("asel@example.kz"),
                                 language="ru", at=FRIDAY)  # fmt: skip
    DayOff.objects.create(day=date(2026, 12, 2), kind=DayKind.HOLIDAY, name_kk="х", name_ru="х")

    assert give_voice(client, demand, "bek@example.kz").endswith("?voice=counted")
    assert give_voice(client, demand, "BEK@example.kz").endswith("?voice=again")
    assert give_voice(client, demand, "asel@example.kz").endswith("?voice=again")
    demand.refresh_from_db()
    assert (demand.state, demand.voices) == (DemandState.COLLECTING, 2)
    where = give_voice(client, demand, "dana@example.kz")

    demand.refresh_from_db()
    assert where.endswith("?voice=reached")
    # Ten working days after Friday 27 November; the second of December is off.
    assert (demand.state, demand.voices, demand.due_on) == (
        DemandState.REACHED, 3, date(2026, 12, 14),
    )  # fmt: skip
    page = client.get(where).content.decode()
    for said in ("не хватало именно вашего голоса", "Голосов: 3 из 3", "14 декабря 2026 г.",
                 "отсчитываются 10 рабочих дней", "02.12.2026", "правило системы"):  # fmt: skip
        assert said in page, said
    assert "bek@" not in page
    # More voices are welcome until it is answered, and oblige nobody again.
    assert give_voice(client, demand, "erlan@example.kz").endswith("?voice=counted")
    assert list(demand.moves.values_list("deed", flat=True)) == ["reach"]


def test_a_voice_that_cannot_count_is_told(client, region):
    demand = make_demand(region.okrug, region.office(region.first))
    page = f"/ru/demands/{demand.uuid}/support/"
    for more in ({"email": "bek"}, {"email": ""}, {"email": "b@example.kz", "website": "x"}):
        assert client.post(page, more).status_code == 422
    answer = client.post(page, {"email": "bek@example.kz"})
    Demand.objects.update(state=DemandState.CLOSED)
    assert client.post(page, {"email": "bek@example.kz"}).status_code == 409
    told = type_code(client, answer)
    assert (told.status_code, "больше не принимает голоса" in told.content.decode()) == (422, True)
    Demand.objects.update(state=DemandState.WAITING)
    assert client.post(page, {"email": "bek@example.kz"}).status_code == 404
    assert DemandSupport.objects.count() == 0


def test_codes_are_used_once_and_while_they_are_fresh(client, region):
    demand = make_demand(region.okrug, region.office(region.first))
    answer = client.post(f"/ru/demands/{demand.uuid}/support/", {"email": "bek@example.kz"})
    assert type_code(client, answer).status_code == 302
    assert type_code(client, answer).status_code == 409
    late = client.post(f"/ru/demands/{demand.uuid}/support/", {"email": "dana@example.kz"})
    Code.objects.filter(used_at=None).update(expires_at=FRIDAY)
    assert type_code(client, late).status_code == 409
    assert DemandSupport.objects.count() == 1


def test_the_open_demand_is_shown_instead_of_a_second_one(client, region):
    village, office = region.villages[0], region.office(region.okrug)
    demand = make_demand(village, office)
    shown_at = client.get(f"/ru/demands/new/?unit={village.kato}").content.decode()
    assert f"/ru/demands/{demand.uuid}/" in shown_at

    answer = send(client, region)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"/ru/demands/{demand.uuid}/support/" in page
    assert TEXT in page
    # Another akim, and other people, are another matter.
    assert send(client, region, akim=region.first.kato).status_code == 302
    assert send(client, region, region.villages[1], email="b@example.kz").status_code == 302
    with pytest.raises(IntegrityError), transaction.atomic():
        make_demand(village, office)


def test_a_demand_opened_by_others_meanwhile_is_offered(client, region):
    answer = send(client, region)
    other = make_demand(region.villages[0], region.office(region.okrug))

    done = type_code(client, answer)

    assert done["Location"] == f"/ru/demands/{other.uuid}/?voice=meanwhile"
    assert "ваши земляки открыли такое же" in client.get(done["Location"]).content.decode()
    assert Demand.objects.filter(state=DemandState.UNCONFIRMED).count() == 1
    assert demands.forget_unconfirmed(a_moment(2026, 11, 28)) == 0
    assert demands.forget_unconfirmed(a_moment(2026, 11, 30)) == 1
    assert Person.objects.count() == 0


def test_a_code_for_what_was_removed_says_so(client, region):
    answer = send(client, region)
    demands.forget_unconfirmed(a_moment(2026, 11, 30))

    assert type_code(client, answer).status_code == 422


def test_too_few_voices_close_it_after_its_last_day_and_it_stays(client, region):
    day = date(2026, 12, 27)
    demand = make_demand(region.okrug, region.office(region.first), voices=2, closes_on=day)
    voice = codes.ask_code(
        Purpose.DEMAND_SUPPORT, f"demand:{demand.uuid}", "b@example.kz", "kk", visitor="10.0.0.1"
    )
    DemandSupport.objects.create(demand=demand, mark="x", sealed=voice.sealed, language="kk",
                                 at=FRIDAY)  # fmt: skip
    with time_machine.travel(a_moment(2026, 12, 27, 23, 59), tick=False):
        assert demand_voices.takes_voices(demand, day)
        assert demand_answers.close_due() == 0
    DemandSupport.objects.all().delete()
    with time_machine.travel(a_moment(2026, 12, 28, 8), tick=False):
        assert not demand_voices.takes_voices(demand, date(2026, 12, 28))
        assert [demand_answers.close_due(), demand_answers.close_due()] == [1, 0]
        page = client.get(f"/ru/demands/{demand.uuid}/").content.decode()
        listed = client.get("/ru/demands/?state=closed").content.decode()

    demand.refresh_from_db()
    assert (demand.state, demand.voices) == (DemandState.CLOSED, 2)
    assert "В срок собрано голосов: 2 из 3" in page
    assert "/support/" not in page
    assert str(demand.uuid) in listed


def test_the_list_has_filters_pages_and_a_constant_number_of_queries(
    client, region, django_assert_num_queries
):
    office, okrug = region.office(region.first), region.okrug
    late = make_demand(okrug, office, state=DemandState.REACHED, due_on=date(2026, 11, 26))
    reached = make_demand(region.villages[0], office, state=DemandState.REACHED)
    collecting = make_demand(region.second, region.office(region.second))
    hidden = make_demand(region.villages[1], office, state=DemandState.WAITING)
    rows = {"late": late, "reached": reached, "collecting": collecting, "hidden": hidden}
    asked = [  # the query | what is listed
        ("", {"late", "reached", "collecting"}), ("state=reached", {"late", "reached"}),
        ("state=overdue", {"late"}), (f"unit={okrug.kato}", {"late", "reached"}),
        (f"unit={region.first.kato}", {"late", "reached"}),
        (f"unit={region.second.kato}&state=collecting", {"collecting"}), ("state=refused", set()),
    ]  # fmt: skip
    for query, names in asked:
        page = client.get(f"/ru/demands/?{query}").content.decode()
        assert {name for name, one in rows.items() if str(one.uuid) in page} == names, query
    statuses = [("state=moon", 422), ("unit=1", 422), ("unit=999999999", 422), ("page=9", 404),
                ("page=x", 400)]  # fmt: skip
    for query, status in statuses:
        assert client.get(f"/ru/demands/?{query}").status_code == status, query
    with django_assert_num_queries(4):
        client.get("/kk/demands/")
    for number in range(3):
        make_demand(make_unit(UnitKind.VILLAGE, f"а{number}", parent=okrug), office)
    with django_assert_num_queries(4):
        client.get("/en/demands/?page=1")


def test_pages_hold_in_three_languages(client, region):
    demand = make_demand(region.okrug, region.office(region.first), voices=2)
    for language in ("kk", "ru", "en"):
        for address in (f"{demand.uuid}/", f"{demand.uuid}/support/", "", "new/",
                        f"new/?unit={region.okrug.kato}"):  # fmt: skip
            assert client.get(f"/{language}/demands/{address}").status_code == 200
        place = client.get(f"/{language}/units/{region.okrug.kato}/").content.decode()
        assert f"/{language}/demands/{demand.uuid}/" in place
        assert f"/{language}/demands/new/?unit={region.okrug.kato}" in place
    assert client.get("/ru/demands/follow/made-up/").status_code == 404


def test_only_the_countrys_administrator_sets_the_rule(region):
    from django.core.exceptions import PermissionDenied

    from appeals.services.demand_rules import set_rule
    from meetings.enums import Role

    rule = DemandRule.objects.get(kind="village")
    rule.voices = 12
    with pytest.raises(PermissionDenied):
        set_rule(rule, by=make_user(Role.ADMINISTRATOR, region.region))
    set_rule(rule, by=make_user(Role.ADMINISTRATOR))

    assert shown.rule_of(region.villages[0]).voices == 12
    assert Act.objects.get().detail == {"voices": 12, "open_days": 30, "answer_days": 10}
