"""A region's year in words: where its calendar stands, what its figures say."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.dates import say_day
from meetings.enums import ProcedureChoice
from meetings.models import Calendar, Unit, approval_deadline
from meetings.rules import Edition, MaslikhatPart, Reading
from meetings.rules.phrases import MASLIKHAT, READINGS
from meetings.selectors.years import Approved, Figures


def standing(first: Approved | None, year: int, today: date) -> dict:
    """Class and word of a region's calendar: approved, approved late, not yet, or overdue."""
    if first:
        if first.is_late:
            return {"class": "late", "word": _("approved late")}
        return {"class": "approved", "word": _("approved")}
    if today < approval_deadline(year).date():
        return {"class": "none", "word": _("not approved yet")}
    return {"class": "missing", "word": _("not approved, the deadline is past")}


def legend(shown: set[str]) -> list[dict]:
    """The classes of the tile map that are on it, with their words."""
    words = {
        "approved": _("approved"),
        "late": _("approved late"),
        "none": _("not approved yet"),
        "missing": _("not approved, the deadline is past"),
    }
    return [{"class": name, "word": word} for name, word in words.items() if name in shown]


def region_rows(
    regions: list[Unit], firsts: dict[int, Approved], figures: dict[int, Figures],
    year: int, today: date, language: str,
) -> list[dict]:  # fmt: skip
    """One dict a region, for the tile map and for the table below it alike."""
    return [
        {
            "kato": region.kato,
            "name": region.name_in(language),
            "url": reverse("region_calendar", args=[year, region.kato]),
            **standing(firsts.get(region.pk), year, today),
            "figure": _share(figures.get(region.pk)),
            "figures": figures.get(region.pk),
            "act": say_act(firsts[region.pk], language) if region.pk in firsts else "",
        }
        for region in regions
    ]


def _share(figures: Figures | None) -> str:
    """How much of what the decree asks has a day: never 100 % while anything is missing."""
    if not figures or not figures.required:
        return ""
    return f"{figures.met * 100 // figures.required} %"


def total(figures: dict[int, Figures]) -> Figures | None:
    """The sum over regions with an approved calendar."""
    if not figures:
        return None
    return Figures(*map(sum, zip(*(_fields(one) for one in figures.values()), strict=True)))


def _fields(figures: Figures) -> tuple[int, ...]:
    return tuple(getattr(figures, name) for name in Figures.__slots__)


def say_country(rows: list[dict], year: int) -> str:
    """The first line of the country's page."""
    approved = sum(row["class"] in ("approved", "late") for row in rows)
    late = sum(row["class"] == "late" for row in rows)
    said = ngettext(
        "%(year)d: %(n)d of %(all)d regions has an approved calendar.",
        "%(year)d: %(n)d of %(all)d regions have an approved calendar.",
        approved,
    ) % {"year": year, "n": approved, "all": len(rows)}
    if late:
        said += " " + ngettext(
            "%(n)d was approved late.", "%(n)d were approved late.", late
        ) % {"n": late}  # fmt: skip
    return said


def say_act(approved: Approved, language: str) -> str:
    """«2027 жылғы 10 қаңтардағы № 5 акт»: the act that approved it, with its day."""
    day = say_day(approved.act_on, language, weekday=False) if approved.act_on else ""
    return _("act No. %(number)s of %(day)s") % {"number": approved.act_number, "day": day}


def say_decision(approved: Approved, language: str) -> str:
    if not approved.decision_number:
        return ""
    day = say_day(approved.decision_on, language, weekday=False) if approved.decision_on else ""
    return _("decision of the maslikhat No. %(number)s of %(day)s") % {
        "number": approved.decision_number,
        "day": day,
    }


def say_deadline(year: int, today: date, language: str) -> str:
    """What an unapproved calendar is to be told about its deadline."""
    deadline = approval_deadline(year).date()
    day = say_day(deadline, language, weekday=False)
    left = (deadline - today).days
    if left > 0:
        return ngettext(
            "It is to be approved before %(day)s: %(n)d day is left.",
            "It is to be approved before %(day)s: %(n)d days are left.",
            left,
        ) % {"day": day, "n": left}
    return _("It was to be approved before %(day)s: it is late.") % {"day": day}


def procedure_words(calendar: Calendar, edition: Edition, language: str) -> list[str]:
    """Which procedure is in use and what the edition asks; whom N3 means; what is unconfirmed."""
    asks = MASLIKHAT[edition.maslikhat].to(language)
    by_edition = calendar.procedure == ProcedureChoice.EDITION
    used = asks if by_edition else MASLIKHAT[MaslikhatPart.AGREES].to(language)
    said = [
        _("Procedure in use: %(used)s. The edition of the decree for this year asks: %(asked)s.")
        % {"used": used, "asked": asks},
        READINGS[Reading(calendar.n3_reading)].to(language),
    ]
    if calendar.own_edition:
        said.append(
            _("The region has bound itself to the stricter edition of 2022 as its own norm.")
        )
    return said
