"""Three years of two regions: one past, one running, one being prepared."""

from datetime import date, datetime, timedelta

from django.db import transaction

from meetings.demo.calendars import Signers, approve, at, draft, hold_past, submit
from meetings.demo.plan import Visit
from meetings.demo.write import write_people, write_tenures, write_territory
from meetings.enums import MeetingState, Role, Stance
from meetings.models import Calendar, Endorsement, Explanation, Meeting, Remark, Unit, User
from meetings.selectors.daysoff import days_off
from meetings.selectors.explanations import unexplained
from meetings.services import meetings

LEFT_OUT_OF_THE_DRAFT = "275000000"  # Қаратөбе: nobody has planned a visit yet
LEFT_OUT_BY_ALMATY = "751910000"  # Түрксіб, as in the spring of 2022


@transaction.atomic
def load(today: date) -> None:
    """Write the demo as it stands on a day; whole or not at all."""
    west, almaty = write_territory()
    write_tenures()
    write_people()
    _past(west, today.year - 1, date(today.year - 1, 1, 12), today)
    # The signature of 19 January is late, and shown as late.
    _past(almaty, today.year - 1, date(today.year - 1, 1, 19), today)
    for region, day in ((west, 11), (almaty, 13)):
        calendar = _past(
            region, today.year, min(date(today.year, 1, day), today - timedelta(days=1)), today
        )
        _near_future(calendar, Signers.of(region), today)
    _draft_with_gaps(west, today.year + 1)
    _on_the_table(almaty, today.year + 1, today)


def _past(region: Unit, year: int, approved: date, today: date) -> Calendar:
    revision = approve(
        # Today is left to the meeting whose hall is open (appeals/demo/hall.py).
        draft(region, year, but={today}), Signers.of(region),
        submitted=date(year - 1, 12, 18), agreed=approved - timedelta(days=4), approved=approved,
    )  # fmt: skip
    hold_past(revision.calendar, today)
    return revision.calendar


def _near_future(calendar: Calendar, signers: Signers, today: date) -> None:
    """What comes soon is announced; one meeting was moved, one cancelled, both in a hurry."""
    soon = Meeting.objects.filter(
        calendar=calendar, day__gt=today, state=MeetingState.PLANNED
    ).order_by("day", "pk")
    complete = soon.exclude(starts_at=None)
    # Yesterday: a change dated later today would lie in the future of the feeds.
    moment = at(today - timedelta(days=1))
    for meeting in complete.filter(day__lte=today + timedelta(days=12))[:8]:
        _announce(meeting, signers, moment)
    rest = list(complete.filter(day__gt=today + timedelta(days=12))[:6])
    if len(rest) == 6:
        moved, _second, cancelled = rest[0], rest[1], rest[4]
        if day := _next_free(moved):
            meetings.move_urgently(
                moved, {"day": day}, at=moment, by=signers.coordinator, version=moved.version,
                reason="Өткел жабық, жол қауіпсіз емес. / Переправа закрыта, дорога небезопасна.",
            )  # fmt: skip
        meetings.cancel_urgently(
            cancelled, by=signers.coordinator, version=cancelled.version, at=moment,
            reason="Төтенше жағдай режимі. / Режим чрезвычайной ситуации.",
        )  # fmt: skip


def _announce(meeting: Meeting, signers: Signers, moment: datetime) -> None:
    contact = {"contact": "+7 (7112) 00-00-00"}
    meetings.announce(meeting, contact, by=signers.coordinator, version=meeting.version, at=moment)


def _next_free(meeting: Meeting) -> date | None:
    """The first working day from the second after a meeting on which its akim has no other; None
    when the year has none left."""
    others = Meeting.objects.filter(host=meeting.host, day__gt=meeting.day)
    taken = set(others.values_list("day", flat=True))
    end = date(meeting.day.year, 12, 31)
    free = {*days_off(meeting.day, end), *taken}
    later = meeting.day + timedelta(days=2)
    while later in free:
        later += timedelta(days=1)
    return later if later <= end else None


def _draft_with_gaps(region: Unit, year: int) -> None:
    """A draft in which about a third is still to be planned, and one district is forgotten."""
    forgotten = Unit.objects.get(kato=LEFT_OUT_OF_THE_DRAFT, valid_to=None).pk

    def keep(visit: Visit) -> bool:
        return visit.target != forgotten and (visit.target + visit.day.month) % 3 > 0

    draft(region, year, keep=keep)


def _on_the_table(region: Unit, year: int, today: date) -> None:
    """A calendar submitted with one breach, explained; a deputy has begun to read it."""
    left_out = Unit.objects.get(kato=LEFT_OUT_BY_ALMATY, valid_to=None)
    signers = Signers.of(region)
    revision = draft(
        region, year, keep=lambda visit: visit.target != left_out.pk or visit.host == left_out.pk
    )
    for finding in unexplained(revision):
        Explanation.objects.create(
            revision=revision, norm=finding.norm.id, host_id=finding.host,
            target_id=finding.target, window_start=finding.window.first,
            text="Ауданның мәдениет үйі жөнделуде, күні жөндеу аяқталған соң белгіленеді. / "
            "Дом культуры района на ремонте, день будет назначен после его окончания.",
            by=signers.coordinator, at=at(today - timedelta(days=7)),
        )  # fmt: skip
    revision = submit(revision, signers, today - timedelta(days=6))
    deputy = User.objects.get(assignments__role=Role.DEPUTY, assignments__unit=region)
    line = revision.lines.filter(starts_at=None).first()
    said = at(today - timedelta(days=2), 15)
    if line is not None:
        Remark.objects.create(
            revision=revision, line_uuid=line.uuid, by=deputy, at=said,
            text="Уақытын жұмыстан кейінгі сағатқа қою керек. / "
            "Прошу назначить на вечер: днём люди на работе.",
        )  # fmt: skip
    Endorsement.objects.create(
        revision=revision, by=deputy, stance=Stance.ENDORSES, at=said,
        text="Түрксіб ауданының күні қосылса, қолдаймын.",
    )  # fmt: skip
