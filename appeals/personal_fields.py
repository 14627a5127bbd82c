"""Which fields hold data of citizens; how each noun is given to its person, and erased.

The one registry. Whoever adds a noun with a name, a contact, a mark or a seal in it adds a Noun
here; fields that only look alike stand in NOT_PERSONAL with the reason. A test walks all models and
names what is not declared; another plants a word in each field and looks for it where it may not be
(tests/test_canary.py).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from appeals import my_rows
from appeals.models import (
    Attachment,
    Booking,
    Code,
    Demand,
    DemandSupport,
    HallItem,
    HallVoice,
    Person,
    PersonalRead,
    Question,
    Support,
    Verdict,
)
from appeals.services import forgetting
from appeals.services.forgetting import Erasing
from appeals.whose import Whose
from meetings.models import Letter, LetterStop, Unit
from meetings.permissions import Act, within_reach


@dataclass(frozen=True, slots=True)
class Noun:
    """One noun that holds data of citizens.

    ``title``: what a page calls its rows. ``fields``: those that hold or lead to it. ``mine``:
    which rows are somebody's. ``export``: what the person is given of a row, as pairs of a heading
    and a value. ``erase``: takes the data out of a row; what is public stays. ``unit``: the way
    from a row to the place it belongs to; where it is empty, the rows belong to an address and not
    to a place. ``holds_before``: the row is not locked before ``erase``, which locks another one
    first. ``has_person``: whether a Person stands behind it. ``why``: where something is left out.
    """

    model: type[Model]
    title: Any
    fields: tuple[str, ...]
    mine: Callable[[Whose], Q] | None = None
    export: Callable[[Any], list[my_rows.Pair]] | None = None
    erase: Callable[[Any, Erasing], None] | None = None
    unit: str = ""
    joins: tuple[str, ...] = ()
    has_person: bool = False
    holds_before: bool = False
    why: str = ""

    def rows_of(self, whose: Whose) -> QuerySet:
        """The rows of a person, in the order of coming."""
        rows = self.model._default_manager.select_related(*self.joins).order_by("pk")
        return rows.filter(self.mine(whose)) if self.mine else rows.none()

    def locked(self, pk: int) -> Any:
        """One row to be erased; None when it went away meanwhile."""
        rows = self.model._default_manager.select_related(*self.joins)
        if not self.holds_before:
            rows = rows.select_for_update(of=("self",))
        return rows.filter(pk=pk).first()

    def in_reach(self, rows: QuerySet, user, act: Act) -> QuerySet:
        """Those of them that a right of the user reaches."""
        return rows.filter(within_reach(user, act, f"{self.unit}__path")) if self.unit else rows


def of_person(whose: Whose) -> Q:
    return Q(person__in=whose.persons)


def of_mark(whose: Whose) -> Q:
    return Q(mark__in=whose.marks)


def of_person_or_mark(whose: Whose) -> Q:
    return of_person(whose) | of_mark(whose)


# In the order in which they are exported and erased: what hangs on a person before the person.
NOUNS = (
    Noun(
        Question,
        _("Questions, requests and proposals"),
        (
            "person",
            "follow_digest",
            "text",
            "place_words",
            "objection",
            "search",
            "features",
            "eotinish_number",
        ),
        of_person,
        my_rows.question,
        forgetting.question,
        unit="unit",
        joins=("unit", "meeting"),
        has_person=True,
    ),
    Noun(Attachment, _("Files"), ("sha256",), why="given and erased with its question"),
    Noun(
        Support,
        _("Voices for the questions of others"),
        ("mark", "sealed"),
        of_mark,
        my_rows.support,
        forgetting.voice,
        unit="question__unit",
        joins=("question",),
    ),
    Noun(
        Verdict,
        _("Verdicts on how a problem was solved"),
        ("mark",),
        of_mark,
        my_rows.verdict,
        forgetting.voice,
        unit="problem__unit",
        joins=("problem",),
    ),
    Noun(
        Demand,
        _("Demands for a meeting"),
        ("person", "follow_digest", "text", "objection"),
        of_person,
        my_rows.demand,
        forgetting.demand,
        unit="unit",
        joins=("unit",),
        has_person=True,
    ),
    Noun(
        DemandSupport,
        _("Voices for demands"),
        ("mark", "sealed"),
        of_mark,
        my_rows.demand_support,
        forgetting.voice,
        unit="demand__unit",
        joins=("demand",),
    ),
    Noun(
        HallItem,
        _("Questions in the hall"),
        ("person_mark", "visitor", "text"),
        # Who gave no address is known by the question alone.
        lambda whose: Q(person_mark__in=whose.marks) | Q(question__person__in=whose.persons),
        my_rows.hall_item,
        forgetting.hall_item,
        unit="day__meeting__host__unit",
        joins=("day__meeting", "question"),
    ),
    Noun(
        HallVoice,
        _("Voices in the hall"),
        ("mark", "visitor"),
        why="marks of a telephone in the hall lead to no address; emptied after some days",
    ),
    Noun(
        Booking,
        _("Bookings of personal receptions"),
        (
            "person",
            "mark",
            "subject",
            "note",
            "visitor",
            "link_digest",
            "link_sealed",
            "eotinish_number",
        ),
        of_person_or_mark,
        my_rows.booking,
        forgetting.booking,
        unit="reception__unit",
        joins=("reception__unit", "slot"),
        has_person=True,
        holds_before=True,
    ),
    Noun(
        Letter, _("Letters"), ("mark", "sealed", "key"), of_mark, my_rows.letter, forgetting.letter
    ),
    Noun(
        LetterStop,
        _("A wish to get no notices"),
        ("mark",),
        of_mark,
        my_rows.letter_stop,
        forgetting.row,
    ),
    Noun(
        Code,
        _("Codes sent to the address"),
        ("mark", "visitor", "sealed", "digest", "subject"),
        of_mark,
        my_rows.code,
        forgetting.row,
    ),
    Noun(
        PersonalRead,
        _("Who read your name and contact"),
        ("person",),
        of_person,
        my_rows.reading,
        None,
        why="a record that is never changed; it names the row of a person, not the person",
    ),
    Noun(
        Person,
        _("Names and contacts"),
        ("sealed", "mark"),
        lambda whose: Q(pk__in=whose.persons),
        my_rows.person,
        forgetting.person,
    ),
)

_OFFICIAL = "officials in their office, named in public"
_STAFF = "staff, who work here under their names"
_CHAIN = "a digest of what is public or of the log itself"
_WORDS = "words of staff about an act of office"
NOT_PERSONAL: Mapping[str, str] = {
    "meetings.User.email": _STAFF, "meetings.User.name": _STAFF,
    "meetings.Tenure.name_kk": _OFFICIAL, "meetings.Tenure.name_ru": _OFFICIAL,
    "meetings.MeetingDay.chair": _OFFICIAL, "meetings.DayOfficials.who": _OFFICIAL,
    "meetings.Line.contact": "the office's own telephone, public",
    "meetings.Meeting.contact": "the office's own telephone, public",
    "appeals.Reception.contact": "the office's own telephone, public",
    "appeals.ReceptionOfficial.name": _OFFICIAL, "appeals.SittingMember.name": _OFFICIAL,
    "appeals.Promise.who": _OFFICIAL, "meetings.Move.note": _WORDS,
    "appeals.ProblemMove.note": _WORDS, "appeals.DemandMove.note": _WORDS,
    "appeals.QuestionMove.note": "codes, numbers, places: written by services alone",
    "meetings.Act.digest": _CHAIN, "meetings.ActHead.digest": _CHAIN,
    "meetings.Revision.sha256": _CHAIN, "meetings.Protocol.sha256": _CHAIN,
    "meetings.Act.subject": "noun:uuid", "appeals.PersonalRead.subject": "noun:uuid",
    "appeals.DaysOffSeen.digest": "of the table of days off",
    "appeals.PromiseStep.sha256": "of evidence that is public",
    "appeals.HallItem.promised_by": _OFFICIAL, "appeals.HallNote.promised_by": _OFFICIAL,
    "appeals.HallNote.device": "a random name of the secretary's own device",
    "meetings.DayMark.device": "a random name of the secretary's own device",
    "meetings.DailyDuty.name": "of a duty of the site",
    "meetings.PublicVersion.name": "of a part of the site", "appeals.Counter.name": "of a counter",
}  # fmt: skip


def declared() -> set[str]:
    """Every field that is declared, as ``room.Model.field``."""
    return {
        f"{noun.model._meta.label}.{field}" for noun in NOUNS for field in noun.fields
    } | set(NOT_PERSONAL)  # fmt: skip


def units_of(persons: Iterable[Person]) -> dict[int, list[Unit]]:
    """The places in which each person asked or booked something, by the key of the person's row.

    Who may read a person's data is a question of these places. A query for each noun, one more.
    """
    keys = [person.pk for person in persons]
    pairs = [
        pair
        for noun in NOUNS
        if noun.has_person
        for pair in noun.model._default_manager.filter(person__in=keys)
        .values_list("person", noun.unit)
    ]  # fmt: skip
    units = Unit.objects.in_bulk({unit for _person, unit in pairs})
    found: dict[int, list[Unit]] = {}
    for person, unit in pairs:
        found.setdefault(person, []).append(units[unit])
    return found
