"""What people are given of their own data: a row as pairs of a heading and a value."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from appeals.enums import PUBLIC_DEMANDS, Purpose, ReadFor, VerdictWord
from appeals.models import (
    Booking,
    Code,
    Demand,
    DemandSupport,
    HallItem,
    Person,
    PersonalRead,
    Question,
    Support,
    Verdict,
)
from appeals.models.person import short_iin
from meetings.models import Letter, LetterStop

Pair = tuple[str, str]


def pairs(*given: tuple[Any, Any]) -> list[Pair]:
    """Headings and values, those without a value left out."""
    return [(str(heading), said(value)) for heading, value in given if value not in (None, "", [])]


def said(value) -> str:
    """A value as anybody reads it: moments in the country's time."""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def question(row: Question) -> list[Pair]:
    public = row.state == "published" and not row.merged_into_id
    return pairs(
        (_("Number"), row.number), (_("Received"), row.asked_at or row.created_at),
        (_("State"), row.get_state_display()), (_("Kind"), row.get_kind_display()),
        (_("Topic"), row.get_topic_display()), (_("How it came"), row.get_channel_display()),
        (pgettext("territory", "Place"), row.unit.name), (_("Where exactly"), row.place_words),
        (_("To the meeting"), row.meeting.day if row.meeting else None),
        (_("As it was written"), row.text),
        (_("As people read it"), row.public_text if row.is_edited else ""),
        (_("Held back:"), row.get_hold_reason_display()), (_("In words"), row.hold_words),
        (_("Your objection"), row.objection),
        (_("Answer to the objection"), row.objection_answer), (_("Answer"), row.answer),
        (_("Number in e-Otinish"), row.eotinish_number),
        (_("Files"), "; ".join(f"{one.media_type}, {one.size} B" for one in row.attachments.all())),
        (_("Public page"), settings.SITE_URL + row.get_absolute_url() if public else ""),
    )  # fmt: skip


def demand(row: Demand) -> list[Pair]:
    public = row.state in PUBLIC_DEMANDS
    return pairs(
        (_("Number"), row.number), (_("Received"), row.asked_at or row.created_at),
        (_("State"), row.get_state_display()), (_("Topic"), row.get_topic_display()),
        (pgettext("territory", "Place"), row.unit.name), (_("As it was written"), row.text),
        (_("As people read it"), row.public_text if row.is_edited else ""),
        (_("Held back:"), row.get_hold_reason_display()), (_("In words"), row.hold_words),
        (_("Your objection"), row.objection),
        (_("Answer to the objection"), row.objection_answer), (_("Answer"), row.answer),
        (_("Public page"), settings.SITE_URL + row.get_absolute_url() if public else ""),
    )  # fmt: skip


def demand_support(row: DemandSupport) -> list[Pair]:
    return pairs(
        (_("Demand for a meeting"), row.demand.number), (_("Text"), row.demand.public_text),
        (_("When"), row.at),
    )  # fmt: skip


def support(row: Support) -> list[Pair]:
    return pairs(
        (_("Question"), row.question.number), (_("Text"), row.question.public_text),
        (_("When"), row.at),
    )  # fmt: skip


def verdict(row: Verdict) -> list[Pair]:
    return pairs(
        (_("Problem"), row.problem.number),
        (_("Title"), row.problem.title_in(get_language() or "kk")),
        (_("Your verdict"), VerdictWord(row.word).label), (_("Reason"), row.reason),
        (_("When"), row.at),
    )  # fmt: skip


def hall_item(row: HallItem) -> list[Pair]:
    return pairs(
        (_("Meeting"), row.day.meeting.day), (_("As it was written"), row.text),
        (_("As people read it"), row.public_text), (_("State"), row.get_state_display()),
        (_("Answer"), row.answer), (_("When"), row.came_at),
    )  # fmt: skip


def booking(row: Booking) -> list[Pair]:
    return pairs(
        (_("Personal reception"), row.reception.day),
        (pgettext("territory", "Place"), row.reception.unit.name),
        (_("Time"), f"{row.slot.begins:%H:%M}" if row.slot else ""),
        (_("Number in the queue"), row.number), (_("State"), row.get_state_display()),
        (_("How it came"), row.get_how_display()), (_("Subject"), row.subject),
        (_("Outcome"), row.get_outcome_display()), (_("What was said"), row.note),
        (_("Number in e-Otinish"), row.eotinish_number), (_("When it was booked"), row.created_at),
    )  # fmt: skip


def letter(row: Letter) -> list[Pair]:
    return pairs(
        (_("Letter"), row.kind), (_("Written"), row.created_at),
        (_("State"), row.get_state_display()), (_("When it was done with"), row.done_at),
    )  # fmt: skip


def letter_stop(row: LetterStop) -> list[Pair]:
    return pairs((_("You stopped the notices"), row.at))


def code(row: Code) -> list[Pair]:
    return pairs(
        (_("A code to confirm"), Purpose(row.purpose).label), (_("Sent"), row.created_at),
        (_("Typed"), row.used_at),
    )  # fmt: skip


def reading(row: PersonalRead) -> list[Pair]:
    """When and for what; who it was the office tells when it is asked."""
    purpose, _colon, words = row.purpose.partition(": ")
    known = dict(ReadFor.choices)
    return pairs(
        (_("When"), row.at), (_("For what"), known.get(purpose, purpose)), (_("In words"), words)
    )


def person(row: Person) -> list[Pair]:
    details = row.details
    return pairs(
        (_("Name"), details.get("name")), (_("E-mail address"), details.get("email")),
        (_("Telephone"), details.get("phone")),
        (_("IIN"), short_iin(details["iin"]) if details.get("iin") else ""),
        (_("Language of letters"), dict(settings.LANGUAGES).get(row.language, row.language)),
        (_("Given"), row.created_at), (_("Address confirmed"), row.confirmed_at),
        (_("Kept until"), row.keep_until), (_("Erased"), row.erased_at),
    )  # fmt: skip
