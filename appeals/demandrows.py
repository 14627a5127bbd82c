"""Demands for meetings put into words: where one stands, its voices, how its days are counted."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from appeals.deadlines import days_of
from appeals.demand_rules import Figures
from appeals.demand_steps import Deed
from appeals.enums import DemandState, HoldReason
from appeals.models import Demand
from appeals.questionrows import shortened
from appeals.selectors.demands import Standing
from meetings.dates import say_day, say_when
from meetings.enums import MeetingState
from meetings.models import Meeting
from meetings.rows import say_host

State = DemandState
LOOKS = {  # static/css/states.css
    State.WAITING: "draft", State.HELD: "cancelled", State.COLLECTING: "open",
    State.REACHED: "awaiting", State.MEETING: "held", State.REFUSED: "cancelled",
    State.CLOSED: "none",
}  # fmt: skip
DEEDS: dict[str, Any] = {
    "erase": gettext_lazy("The data was erased at the person’s request."),
    "forget": gettext_lazy("Its days were over: what only the office read was emptied."),
    Deed.ASK: gettext_lazy("The code was typed: the demand got its number."),
    Deed.PUBLISH: gettext_lazy("Published: voices are collected."),
    Deed.EDIT: gettext_lazy("The public text was changed."),
    Deed.HOLD: gettext_lazy("Held back."),
    Deed.OBJECT: gettext_lazy("The author objected."),
    Deed.UPHOLD: gettext_lazy("The objection was answered: it stays held back."),
    Deed.REACH: gettext_lazy("There are enough voices: an answer is owed."),
    Deed.RECOUNT: gettext_lazy("Days off changed: the answer is due on another day."),
    Deed.CLOSE: gettext_lazy("Closed: there were not enough voices."),
    Deed.MEET: gettext_lazy("Answered with a meeting."),
    Deed.REFUSE: gettext_lazy("Answered with a reason."),
}


def rows(demands: Iterable[Demand], language: str, today: date, *, at_desk=False) -> list[dict]:
    """What appeals/public/_demand_row.html and the desk's row show of each demand."""
    name = "desk_demand" if at_desk else "demand"
    return [
        {
            "number": one.number, "url": reverse(name, args=[one.uuid]),
            "unit": one.unit.name_in(language), "host": say_host(one.office.unit.name_in(language)),
            "topic": one.get_topic_display(), "text": shortened(one.public_text or one.text),
            "language": one.language,
            "state": state_of(one, today), "progress": progress(one),
            "answer": answer(one, language, today) if one.published_at else "",
            "has_objection": bool(one.objected_at) and not one.objection_answer,
            "due": due_of(one, language, today),
        }
        for one in demands
    ]  # fmt: skip


def state_of(demand: Demand, today: date) -> dict:
    """What meetings/partials/_state.html shows."""
    if demand.is_overdue(today):
        return {"class": "late", "word": _("the answer is late")}
    if demand.meeting is not None and demand.meeting.state == MeetingState.CANCELLED:
        return {"class": "cancelled", "word": _("the meeting was cancelled")}
    state = State(demand.state)
    return {"class": LOOKS.get(state, "none"), "word": state.label}


def due_of(demand: Demand, language: str, today: date) -> dict | None:
    """The day that burns, with the class of a countdown."""
    if demand.state == State.REACHED and demand.due_on:
        said = {"day": say_day(demand.due_on, language, weekday=False)}
        if demand.due_on < today:
            return {"class": "late", "words": _("was due on %(day)s") % said}
        near = (demand.due_on - today).days <= 3
        return {"class": "near" if near else "far",
                "words": _("to be answered by %(day)s") % said}  # fmt: skip
    if demand.state == State.COLLECTING and demand.closes_on:
        said = {"day": say_day(demand.closes_on, language, weekday=False)}
        return {"class": "far", "words": _("voices until %(day)s") % said}
    return None


def progress(demand: Demand) -> dict:
    """What appeals/_progress.html draws: the share in hundredths, and the figures in words."""
    share = min(100, demand.voices * 100 // max(demand.threshold, 1))
    said = {"n": number(demand.voices), "of": number(demand.threshold)}
    return {
        "share": share, "is_full": demand.voices >= demand.threshold,
        "words": _("%(n)s of %(of)s voices") % said,
    }  # fmt: skip


def answer(demand: Demand, language: str, today: date) -> str:
    """The first line of the page: where the demand stands."""
    if demand.state == State.COLLECTING:
        return _collecting(demand, language, today)
    if demand.state == State.REACHED and demand.due_on:
        said = {"day": say_day(demand.due_on, language)}
        if demand.due_on < today:
            return _("There are enough voices, and the akim’s office has not answered. The answer"
                     " was due on %(day)s.") % said  # fmt: skip
        return _("There are enough voices: the akim’s office owes an answer by %(day)s.") % said
    if demand.state == State.MEETING and demand.meeting:
        return _meeting(demand.meeting, language)
    if demand.state == State.REFUSED:
        return _("The akim’s office answered: there will be no meeting.")
    if demand.state == State.CLOSED:
        said = {"n": number(demand.voices), "of": number(demand.threshold)}
        return _("Closed: %(n)s of %(of)s voices were given in time.") % said
    return ""


def _collecting(demand: Demand, language: str, today: date) -> str:
    if demand.closes_on is None or demand.closes_on < today:
        return _("The last day for voices is past; the demand is being closed.")
    missing = max(demand.threshold - demand.voices, 0)
    said = {"n": number(missing), "day": say_day(demand.closes_on, language)}
    return ngettext(
        "%(n)s more voice is needed, by %(day)s.", "%(n)s more voices are needed, by %(day)s.",
        missing,
    ) % said  # fmt: skip


def _meeting(meeting: Meeting, language: str) -> str:
    said = {"when": say_when(meeting.day, meeting.starts_at, language)}
    if meeting.state == MeetingState.CANCELLED:
        return _("A meeting was called and then cancelled: %(when)s.") % said
    if meeting.state == MeetingState.HELD:
        return _("The meeting was held: %(when)s.") % said
    return _("The akim comes to a meeting: %(when)s.") % said


def counting(demand: Demand, language: str) -> list[str]:
    """How threshold and days were computed, a sentence each."""

    def say(day: date) -> str:
        return say_day(day, language, weekday=False)

    said = [
        ngettext(
            "A demand of this place needs %(n)s voice; its kind: %(kind)s.",
            "A demand of this place needs %(n)s voices; its kind: %(kind)s.",
            demand.threshold,
        ) % {"n": number(demand.threshold), "kind": demand.unit.get_kind_display()}
    ]  # fmt: skip
    if demand.published_at and demand.closes_on:
        published = timezone.localdate(demand.published_at)
        said.append(
            ngettext(
                "It was published on %(day)s and takes voices for %(n)d day: the last one is"
                " %(last)s.",
                "It was published on %(day)s and takes voices for %(n)d days: the last one is"
                " %(last)s.",
                demand.open_days,
            ) % {"day": say(published), "n": demand.open_days, "last": say(demand.closes_on)}
        )  # fmt: skip
    if demand.reached_at and demand.due_on:
        start = timezone.localdate(demand.reached_at)
        said += _answer_counted(demand, start, demand.due_on, say)
    else:
        said.append(
            ngettext(
                "Once there are enough voices, the akim’s office has %(n)d working day to answer.",
                "Once there are enough voices, the akim’s office has %(n)d working days to answer.",
                demand.answer_days,
            ) % {"n": demand.answer_days}
        )  # fmt: skip
    return said


def _answer_counted(demand: Demand, start: date, last: date, say) -> list[str]:
    """As it was computed, from what the row keeps."""
    days = demand.answer_days
    said = [
        _("There were enough voices on %(day)s.") % {"day": say(start)},
        ngettext(
            "%(n)d working day is counted from the day after: the last of them is %(last)s.",
            "%(n)d working days are counted from the day after: the last of them is %(last)s.",
            days,
        ) % {"n": days, "last": say(last)},
    ]  # fmt: skip
    if skipped := days_of(demand.due_off, "skipped"):
        listed = ", ".join(f"{day:%d.%m.%Y}" for day in skipped)
        said.append(_("Days off besides weekends, which do not count: %(days)s.")
                    % {"days": listed})  # fmt: skip
    if worked := days_of(demand.due_off, "worked"):
        listed = ", ".join(f"{day:%d.%m.%Y}" for day in worked)
        said.append(_("Weekends that are working days and count: %(days)s.") % {"days": listed})
    return said


# What of the history everybody reads.
TOLD = (
    Deed.PUBLISH, Deed.EDIT, Deed.REACH, Deed.RECOUNT, Deed.CLOSE, Deed.MEET, Deed.REFUSE,
)  # fmt: skip


def moves(demand: Demand, *, at_desk: bool) -> list[dict]:
    """The history, oldest first; names, and what was before publication, for staff alone."""
    found = demand.moves.select_related("by").order_by("pk")
    if not at_desk:
        found = found.filter(deed__in=TOLD)
    return [
        {
            "iso": timezone.localtime(move.at).isoformat(timespec="seconds"),
            "when": f"{timezone.localtime(move.at):%d.%m.%Y %H:%M}",
            "who": move.by.name if at_desk and move.by else "",
            "what": DEEDS.get(move.deed, move.deed),
        }
        for move in found[:100]
    ]  # fmt: skip


def standing(demand: Demand, language: str, today: date) -> str:
    """The first line of the author's own page."""
    if demand.state == State.WAITING:
        return _("Your demand has come in and waits for the commission to read it.")
    if demand.state == State.HELD:
        return _("Your demand is kept but not published.")
    return answer(demand, language, today)


def hold_reason(demand: Demand) -> str:
    return str(HoldReason(demand.hold_reason).label) if demand.state == State.HELD else ""


def why_called(demand: Demand) -> str:
    """The reason of the meeting that answers a demand, as it is proposed: both languages, since
    everybody reads it."""
    number, n = demand.number, demand.voices
    return (
        f"Халықтың талабы бойынша: № {number}, дауыс бергендер: {n}. / "
        f"По требованию населения: № {number}, голосов: {n}."
    )


def say_standing(standing: Standing) -> str:
    """How many demands collect voices and wait: the first line of the list."""
    if not standing.collecting and not standing.reached:
        return _("No demand for a meeting is open.")
    said = [
        ngettext("%(n)s demand collects voices.", "%(n)s demands collect voices.",
                 standing.collecting) % {"n": number(standing.collecting)}
    ]  # fmt: skip
    if standing.reached:
        said.append(
            ngettext("%(n)s waits for the akim’s answer.", "%(n)s wait for the akim’s answer.",
                     standing.reached) % {"n": number(standing.reached)}
        )  # fmt: skip
    if standing.overdue:
        said.append(
            ngettext("%(n)s of them waits too long.", "%(n)s of them wait too long.",
                     standing.overdue) % {"n": number(standing.overdue)}
        )  # fmt: skip
    return " ".join(said)


def say_rule(rule: Figures) -> str:
    """What a demand of a kind of unit needs, before it is opened."""
    voices = ngettext("%(n)s voice is needed", "%(n)s voices are needed", rule.voices)
    opened = ngettext("they are collected for %(n)s day", "they are collected for %(n)s days",
                      rule.open)  # fmt: skip
    days = ngettext("then the office has %(n)s working day to answer",
                    "then the office has %(n)s working days to answer", rule.answer)  # fmt: skip
    parts = ((voices, rule.voices), (opened, rule.open), (days, rule.answer))
    return "; ".join(said % {"n": number(n)} for said, n in parts) + "."


def number(count: int) -> str:
    return number_format(count, force_grouping=True)
