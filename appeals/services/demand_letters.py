"""Letters about a demand: to its author, and to all who support it."""

from collections.abc import Mapping
from datetime import datetime

from appeals.models import Demand
from meetings.dates import say_day, say_when
from meetings.enums import LetterState, MeetingState
from meetings.models import Letter, MeetingChange
from meetings.sealing import unseal
from meetings.services import outbox


def tell_author(demand: Demand, kind: str, *, at: datetime, fact: str = "") -> None:
    """A letter to the person who opened the demand, if there is an address.

    ``fact`` begins the letter's key; without it, the demand as it stands now.
    """
    person = demand.person
    if person is None or not person.details.get("email"):
        return
    details = person.details
    own = details.get("follow")
    page = f"/{person.language}/demands/{f'follow/{own}' if own else demand.uuid}/"
    _post(demand, kind, details["email"], person.mark, person.language, page, at, fact)


def tell_end(
    demand: Demand, kind: str, *, at: datetime, may_follow: bool = False, fact: str = ""
) -> None:
    """How it ended, to the author and to each supporter, in their languages.

    Supporters left their addresses for it alone: they are emptied, the voices stay. With
    ``may_follow`` they are kept until the meeting is over (services.demand_meetings).
    """
    tell_author(demand, kind, at=at, fact=fact)
    # The author's own voice keeps no address: the letter above is theirs.
    for support in demand.supports.exclude(sealed="").order_by("pk").iterator(chunk_size=500):
        page = f"/{support.language}/demands/{demand.uuid}/"
        _post(demand, kind, unseal(support.sealed), support.mark, support.language, page, at, fact)
    if not may_follow:
        demand.supports.update(sealed="")


def tell_moved(demand: Demand, change: MeetingChange, *, at: datetime) -> None:
    """That the meeting has another day, hour or place, or that its hour and place are known, once
    for each change, to author and supporters; only the last one is told.
    """
    fact = f"demand_moved:{demand.uuid}:{change.uuid}:"
    _stop_moves(demand, at=at, but=fact)
    kind = "demand_moved" if change.kind == MeetingState.MOVED else "demand_announced"
    tell_end(demand, kind, at=at, may_follow=True, fact=fact)


def tell_called_off(demand: Demand, *, at: datetime) -> None:
    """That the meeting is cancelled; where it was moved to before is of no use any more."""
    _stop_moves(demand, at=at)
    tell_end(demand, "demand_called_off", at=at)


def _stop_moves(demand: Demand, *, at: datetime, but: str = "") -> None:
    """Letters about earlier moves that still wait are not sent."""
    earlier = Letter.objects.filter(
        key__startswith=f"demand_moved:{demand.uuid}:", state=LetterState.WAITING
    )
    if but:
        earlier = earlier.exclude(key__startswith=but)
    earlier.update(state=LetterState.STOPPED, done_at=at, sealed="")


def _post(
    demand: Demand, kind: str, email: str, mark: str, language: str, page: str, at: datetime,
    fact: str,
) -> None:  # fmt: skip
    fact = fact or f"{kind}:{demand.uuid}:{demand.version}:"
    outbox.post(
        kind, to=email, language=language, stoppable=True, at=at, key=f"{fact}{mark[:16]}",
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
