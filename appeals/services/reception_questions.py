"""A question that is opened at a reception: the commission gets it like any other."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from appeals.enums import Channel, Kind, QuestionState
from appeals.models import Booking, Question
from appeals.searching import findable
from appeals.services import asking
from appeals.services.people import confirm_person, keep_person
from meetings.enums import Topic
from meetings.errors import Refused
from meetings.permissions import Act, may


@dataclass(frozen=True, slots=True)
class Said:
    """What the person said, in the words of the clerk; cleaned by a form."""

    text: str
    topic: Topic = Topic.OTHER
    kind: Kind = Kind.INQUIRY


def open_question(booking: Booking, said: Said | None, *, by, at: datetime) -> Question:
    """A question about the place of the reception, from the one who came; under the caller's lock.

    Who gave an e-mail address gets the letter with number and secret link, as on the site.

    Raises:
        PermissionDenied; Refused: no text.
    """
    reception = booking.reception
    if not may(by, Act.ENTER_REQUEST, reception.unit):
        raise PermissionDenied(_("Your role does not enter requests of this place."))
    if said is None or not said.text.strip():
        raise Refused(_("Write the question down: the commission will read it."), "text")
    given = booking.person.details
    details = {name: given.get(name, "") for name in ("name", "email", "phone")}
    person = keep_person(language=booking.language, at=at, **details)
    question = Question.objects.create(
        unit=reception.unit, region=reception.region, kind=Kind(said.kind),
        topic=Topic(said.topic), text=said.text.strip(), language=booking.language,
        channel=Channel.RECEPTION, state=QuestionState.UNCONFIRMED, person=person,
        entered_by=by, created_at=at, **findable(said.text),
    )  # fmt: skip
    token = secrets.token_urlsafe(24)
    if details["email"]:
        question.follow_digest = asking.follow_digest(token)
    asking.receive(question, at, by=by)
    if details["email"]:
        confirm_person(person, at, follow=token)
        asking.tell(question, details["email"], token, at)
    return question
