"""Demands of the demo: one in each state, through the same doors as real ones."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from appeals.demo.demand_texts import ANSWERED, REFUSAL, SAID, Said
from appeals.enums import HoldReason
from appeals.models import Demand, DemandSupport
from appeals.services import demand_answers, demand_voices, demands
from meetings.demo.calendars import Signers, at
from meetings.demo.people import holder
from meetings.enums import Role, Way
from meetings.models import Meeting, Office, Unit, User
from meetings.sealing import mark
from meetings.selectors.daysoff import days_off

REGION = "270000000"


@dataclass(frozen=True)
class Hands:
    """Who does what: a member of the commission, and the coordinator of the region."""

    commission: User
    coordinator: User


def load(today: date) -> None:
    """Write them in the order in which they came, then what people and offices did."""
    region = Unit.objects.get(kato=REGION, valid_to=None)
    hands = Hands(
        User.objects.get(assignments__role=Role.COMMISSION, assignments__unit=region),
        Signers.of(region).coordinator,
    )
    made = [
        (said, _received(said, number, today))
        for number, said in sorted(enumerate(SAID), key=lambda one: -one[1].asked)
    ]
    for said, demand in made:
        _go_on(said, demand, hands, today)
    demand_answers.close_due(at(today, 8))


def _received(said: Said, number: int, today: date) -> Demand:
    unit = Unit.objects.get(kato=said.unit, valid_to=None)
    office = Office.objects.select_related("unit").get(unit__kato=said.akim, unit__valid_to=None)
    moment = at(today - timedelta(days=said.asked), 10 + number)
    name = holder(number + 40)[said.language == "ru"]
    demand = demands.write(
        demands.Demanded(unit=unit, office=office, text=said.text, topic=said.topic, name=name),
        language=said.language, at=moment,
    )  # fmt: skip
    demands.receive(demand, at=moment)
    return demand


def _go_on(said: Said, demand: Demand, hands: Hands, today: date) -> None:
    read = at(today - timedelta(days=max(said.asked - 1, 0)), 9)
    if said.end == "waiting":
        return
    if said.end == "held":
        demand_answers.hold(
            demand, reason=HoldReason.INSULT, words="", by=hands.commission,
            version=demand.version, at=read,
        )  # fmt: skip
        demand_answers.object_to(demand, words=said.objection, at=read + timedelta(hours=6))
        return
    demand = demand_answers.publish(
        demand, text=said.text, by=hands.commission, version=demand.version, at=read
    )
    last = at(today - timedelta(days=said.enough), 18)
    _voices(demand, said.voices, read, last)
    demand.refresh_from_db()
    if said.end == "refused":
        demand_answers.refuse(
            demand, text=REFUSAL, by=hands.coordinator, version=demand.version,
            at=last + timedelta(days=4),
        )  # fmt: skip
    if said.end == "meeting":
        _meet(demand, hands, today)


def _voices(demand: Demand, wanted: int, first: datetime, last: datetime) -> None:
    """Spread over the days; the one that reaches the threshold goes through its door, the others
    are written together."""
    step = (last - first) / max(wanted, 1)
    rows = [
        DemandSupport(
            demand=demand, mark=mark(f"demo-demand:{demand.pk}:{n}"), language="kk",
            at=first + step * n,
        )
        for n in range(1, wanted)
    ]  # fmt: skip
    before = min(len(rows), demand.threshold - 2)
    DemandSupport.objects.bulk_create(rows[:before])
    Demand.objects.filter(pk=demand.pk).update(voices=before + 1)
    for row in rows[before : before + 1]:
        demand_voices.count(demand, row.mark, "", row.language, at=last)
    DemandSupport.objects.bulk_create(rows[before + 1 :])
    Demand.objects.filter(pk=demand.pk).update(voices=demand.supports.count())


def _meet(demand: Demand, hands: Hands, today: date) -> None:
    """A meeting a week ahead, on a working day on which the akim has no other."""
    day, free = today + timedelta(days=7), days_off(today, today + timedelta(days=60))
    while day in free or Meeting.objects.filter(host=demand.office, day=day).exists():
        day += timedelta(days=1)
    demand_answers.meet(
        demand, [demand.unit], day, by=hands.coordinator, version=demand.version, reason=ANSWERED,
        at=at(today - timedelta(days=1), 15), starts_at=time(18), ends_at=time(20),
        place_kk="Мәдениет үйі", place_ru="Дом культуры", address_kk="Абай көшесі, 12",
        address_ru="улица Абая, 12", way=Way.BOTH, topics=[demand.topic],
        contact="+7 (7112) 00-00-00",
    )  # fmt: skip
