"""Letters about a demand: to its author, and to all who support it."""

from collections.abc import Mapping
from datetime import datetime

from appeals.models import Demand
from meetings.dates import say_day, say_when
from meetings.sealing import unseal
from meetings.services import outbox


def tell_author(demand: Demand, kind: str, *, at: datetime) -> None:
    """A letter to the person who opened the demand, if there is an address."""
    person = demand.person
    if person is None or not person.details.get("email"):
        return
    details = person.details
    own = details.get("follow")
    page = f"/{person.language}/demands/{f'follow/{own}' if own else demand.uuid}/"
    _post(demand, kind, details["email"], person.mark, person.language, page, at)


def tell_end(demand: Demand, kind: str, *, at: datetime, may_follow: bool = False) -> None:
    """How it ended, to the author and to each supporter, in their languages.

    Supporters left their addresses for it alone: they are emptied, the voices stay. With
    ``may_follow`` they are kept until the meeting is over (services.demand_meetings).
    """
    tell_author(demand, kind, at=at)
    # The author's own voice keeps no address: the letter above is theirs.
    for support in demand.supports.exclude(sealed="").order_by("pk").iterator(chunk_size=500):
        page = f"/{support.language}/demands/{demand.uuid}/"
        _post(demand, kind, unseal(support.sealed), support.mark, support.language, page, at)
    if not may_follow:
        demand.supports.update(sealed="")


def _post(
    demand: Demand, kind: str, email: str, mark: str, language: str, page: str, at: datetime
) -> None:
    outbox.post(
        kind, to=email, language=language, stoppable=True, at=at,
        key=f"{kind}:{demand.uuid}:{demand.version}:{mark[:16]}",
        context={"page": page, **_said(demand, language)},
    )  # fmt: skip


def _said(demand: Demand, language: str) -> Mapping[str, str | int]:
    meeting = demand.meeting
    said: dict[str, str | int] = {
        "number": demand.number or "", "unit": demand.unit.name_in(language),
        "akim": demand.office.unit.name_in(language), "voices": demand.voices,
        "threshold": demand.threshold, "answer": demand.answer, "reason": demand.hold_reason,
        "words": demand.hold_words, "objection_answer": demand.objection_answer,
        "closes": say_day(demand.closes_on, language) if demand.closes_on else "",
        "due": say_day(demand.due_on, language) if demand.due_on else "",
    }  # fmt: skip
    if meeting is not None:
        said |= {
            "why": meeting.reason,
            "when": say_when(meeting.day, meeting.starts_at, language),
            "place": meeting.place_ru if language == "ru" else meeting.place_kk,
            "meeting": f"/{language}/meetings/{meeting.uuid}/",
        }
    return said
