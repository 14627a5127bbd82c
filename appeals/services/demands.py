"""A demand for a meeting comes in: written without a number, given one when its code is typed."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from appeals.demand_steps import Deed
from appeals.enums import DemandState, Purpose
from appeals.models import Code, Demand
from appeals.selectors import demands as shown
from appeals.services import codes, demand_voices
from appeals.services.asking import region_of, say_moment
from appeals.services.demand_rows import move
from appeals.services.numbers import next_number
from appeals.services.people import confirm_person, keep_person
from meetings.enums import Topic
from meetings.errors import Refused
from meetings.models import Office, Unit
from meetings.sealing import mark
from meetings.services import outbox

LONGEST_TEXT = 3_000


@dataclass(frozen=True, slots=True)
class Demanded:
    """What a person demands, cleaned by a form: of ``office``, for the people of ``unit``."""

    unit: Unit
    office: Office
    text: str
    topic: Topic = Topic.OTHER
    name: str = ""
    email: str = ""
    phone: str = ""


class AlreadyOpen(Refused):
    """These people ask this akim already (409): ``demand`` is to be supported instead."""

    def __init__(self, demand: Demand):
        super().__init__(_("People of this place demand a meeting of this akim already."))
        self.demand = demand


@transaction.atomic
def open_demand(
    demanded: Demanded, *, language: str, visitor: str, at: datetime | None = None
) -> Code:
    """Write the demand down and send a code; it counts for nothing until that is typed.

    Raises:
        AlreadyOpen; Refused: not their akim nor the one above; codes.TooMany.
    """
    at = at or timezone.now()
    allowed = shown.addressees(demanded.unit, timezone.localdate(at))
    if demanded.office not in allowed:
        raise Refused(_("Choose the akim of your place or the one above."), "akim")
    if (found := shown.open_demand(demanded.unit, demanded.office)) is not None:
        raise AlreadyOpen(found)
    demand = write(demanded, language=language, at=at)
    return codes.ask_code(
        Purpose.DEMAND, f"demand:{demand.uuid}", demanded.email, language, visitor=visitor
    )


def write(demanded: Demanded, *, language: str, at: datetime) -> Demand:
    """The row, with the figures of the day."""
    person = keep_person(
        language=language, at=at, name=demanded.name, email=demanded.email, phone=demanded.phone
    )
    rule = shown.rule_of(demanded.unit)
    return Demand.objects.create(
        unit=demanded.unit, region=region_of(demanded.unit), office=demanded.office,
        topic=demanded.topic, text=demanded.text, language=language, person=person, created_at=at,
        threshold=rule.voices, open_days=rule.open, answer_days=rule.answer,
    )  # fmt: skip


@codes.confirms(Purpose.DEMAND)
def confirm(code: Code) -> str:
    """Give the demand its number and secret address, its author the first voice.

    Where others opened the same demand meanwhile, the address of that one is given: a voice for it
    is the person's own to give.
    """
    at = timezone.now()
    uuid = code.subject.partition(":")[2]
    demand = (
        Demand.objects.select_for_update(of=("self",))
        .select_related("person", "unit", "office__unit", "region")
        .filter(uuid=uuid)
        .first()
    )
    if demand is None or demand.person is None:
        raise Refused(
            _("Your demand waited too long for its code and was removed. Please send it again.")
        )
    if demand.state != DemandState.UNCONFIRMED:
        return follow_path(demand.person.details["follow"])
    if (found := shown.open_demand(demand.unit, demand.office)) is not None:
        return f"{reverse('demand', args=[found.uuid])}?voice=meanwhile"
    token = receive(demand, at=at)
    _tell(demand, token, at)
    return follow_path(token)


def receive(demand: Demand, *, at: datetime) -> str:
    """From now on it counts: number, moment, the author's voice; gives its secret address."""
    if demand.person is None:
        raise ValueError("A demand has its author when it is received.")
    token = secrets.token_urlsafe(24)
    demand.number = next_number("demand", timezone.localtime(at).year)
    demand.follow_digest, demand.asked_at = follow_digest(token), at
    demand.voices = 1
    move(demand, Deed.ASK, by=None, at=at)
    confirm_person(demand.person, at, follow=token)
    demand_voices.keep(demand, demand.person.mark or token[:64], "", demand.language, at)
    return token


def follow_digest(token: str) -> str:
    return mark(f"follow-demand:{token}")


def follow_path(token: str) -> str:
    return reverse("demand_follow", args=[token])


def forget_unconfirmed(now: datetime | None = None) -> int:
    """Take out demands whose code nobody typed, with names and contacts; how many."""
    before = (now or timezone.now()) - timedelta(days=settings.UNCONFIRMED_KEPT_DAYS)
    old = Demand.objects.filter(state=DemandState.UNCONFIRMED, created_at__lt=before)
    return sum(_forget(demand) for demand in old.select_related("person").order_by("pk")[:1000])


@transaction.atomic
def _forget(demand: Demand) -> int:
    gone, _each = Demand.objects.filter(pk=demand.pk, state=DemandState.UNCONFIRMED).delete()
    if gone and demand.person is not None:
        demand.person.delete()
    return bool(gone)


def _tell(demand: Demand, token: str, at: datetime) -> None:
    """The letter with number, moment and address, in the language of the author."""
    person, language = demand.person, demand.language
    if person is None:
        return
    with translation.override(language):
        outbox.post(
            "demand_asked", to=person.details["email"], language=language, at=at,
            key=f"demand_asked:{demand.uuid}",
            context={
                "number": demand.number, "when": say_moment(at, language),
                "unit": demand.unit.name_in(language), "page": follow_path(token),
                "akim": demand.office.unit.name_in(language), "threshold": demand.threshold,
            },
        )  # fmt: skip
