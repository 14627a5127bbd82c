"""Reading a person's name and contact: for a stated purpose alone, recorded before it is shown.

Pages of staff read here and nowhere else; letters, which go to the person, read the row itself.
The records are written once (meetings/frozen.py): after a breach they say whose data was read.
"""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.enums import ReadFor
from appeals.models import Person, PersonalRead
from appeals.models.person import short_iin
from appeals.personal_fields import units_of
from meetings.errors import Refused
from meetings.models import Unit
from meetings.permissions import Act, may_at
from meetings.services import log
from meetings.text import BadText, clean

# What staff may read of a person; the keys of secret links lie in the same seal and are not shown.
SHOWN = ("name", "email", "phone", "iin")
HIDDEN = "••••••"
LONGEST_WORDS = 250


def read(
    person: Person, *, by, purpose: ReadFor, subject: str, words: str = "",
    at: datetime | None = None,
) -> dict[str, str]:  # fmt: skip
    """Name and contact of one person; who read them and for what is written down first.

    Args:
        purpose: of the short list; ``OTHER`` asks for words.
        subject: what the person asked or booked, as ``noun:uuid``.
        words: what else is to be said of the purpose; never the person's data.
    Returns:
        ``name``, ``email``, ``phone``, ``iin``, those that were given; the IIN shortened.
    Raises:
        PermissionDenied; Refused: no purpose, or no words where they are asked for.
    """
    return read_many([person], by=by, purpose=purpose, subject=subject, words=words, at=at)[
        person.pk
    ]


@transaction.atomic
def read_many(
    persons: Iterable[Person], *, by, purpose: ReadFor, subject: str, words: str = "",
    at: datetime | None = None,
) -> dict[int, dict[str, str]]:  # fmt: skip
    """The same for a list, such as the journal of a reception: a record a person, one act.

    Returns:
        What ``read`` returns, by the key of the person's row.
    """
    persons, at = list(persons), at or timezone.now()
    said = said_purpose(purpose, words)
    units = units_of(persons)
    for person in persons:
        places = units.get(person.pk, [])
        if not any(may_at(by, Act.READ_PERSONAL, unit.path) for unit in places):
            raise PermissionDenied(_("Your role does not read names and contacts of this place."))
    PersonalRead.objects.bulk_create(
        PersonalRead(at=at, by=by, person=person, subject=subject, purpose=said)
        for person in persons
    )
    if persons:
        log.record(
            "personal.read", subject, by=by, at=at, region=_region(units[persons[0].pk][0]),
            purpose=str(ReadFor(purpose)), people=len(persons),
        )  # fmt: skip
    return {person.pk: shown(person) for person in persons}


def _region(unit: Unit) -> Unit:
    return Unit.objects.above(unit).first() or unit


def said_purpose(purpose: str, words: str) -> str:
    """The purpose as it is kept. Raises Refused."""
    if purpose not in ReadFor.values:
        raise Refused(_("Choose for what you need the name and contact."), "purpose")
    try:
        words = clean(words, limit=LONGEST_WORDS)
    except BadText as bad:
        raise Refused(_("Say the purpose in one plain line."), "words") from bad
    if purpose == ReadFor.OTHER and not words:
        raise Refused(_("Say in words for what you need the name and contact."), "words")
    return f"{ReadFor(purpose)}: {words}" if words else str(ReadFor(purpose))


def shown(person: Person) -> dict[str, str]:
    """What a page may show once the reading is recorded."""
    details = person.details
    if details.get("iin"):
        details["iin"] = short_iin(details["iin"])
    return {name: details[name] for name in SHOWN if details.get(name)}


def masked(person: Person) -> dict[str, str]:
    """Which of them were given, and nothing of what they say; the IIN's last four digits."""
    return {
        name: value if name == "iin" else HIDDEN for name, value in shown(person).items()
    }  # fmt: skip
