"""The sides of a region's calendar page: meetings, coverage, findings, year's grid, sheet."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext as _

from meetings.dates import MONTH_NAMES, SHORT_MONTHS, say_day
from meetings.duty_rows import say_finding, verdict
from meetings.models import Calendar, Meeting, Unit
from meetings.paging import page_of
from meetings.rows import by_month, say_rows
from meetings.rules import Finding
from meetings.rules.types import Key
from meetings.rules.words import window_name
from meetings.selectors import coverage
from meetings.selectors.daysoff import days_off
from meetings.selectors.public import name_of, rows
from meetings.yeargrid import HostRow, Mark, year_grid

MEETINGS, FINDINGS, TARGETS, HOSTS, SHEET = 40, 30, 50, 30, 400


class BadChoice(Exception):
    """A filter of the address that is none of the choices; the text is a sentence."""


class Asked(NamedTuple):
    """What a side is made of."""

    request: HttpRequest
    calendar: Calendar
    unit: Unit | None
    findings: list[Finding]
    today: date
    language: str

    @property
    def page(self) -> str:
        return self.request.GET.get("page", "")

    def inside(self) -> set[int] | None:
        return coverage.keys_within(self.unit) if self.unit else None


def meetings(asked: Asked) -> dict:
    """The calendar's meetings by month, of one place and one month if asked."""
    month, queryset = _meetings(asked)
    page = page_of(queryset.count(), asked.page, MEETINGS)
    found = rows(queryset, asked.language, first=max(page.start_index() - 1, 0), most=MEETINGS)
    said = say_rows(found, asked.language, year=asked.calendar.year, unit=asked.calendar.region)
    return _filters(asked, month) | {"page": page, "months": by_month(said, asked.language)}


def sheet(asked: Asked) -> dict:
    """The same as a table to pin up, four hundred lines at once."""
    month, queryset = _meetings(asked)
    page = page_of(queryset.count(), asked.page, SHEET)
    found = rows(queryset, asked.language, first=max(page.start_index() - 1, 0), most=SHEET)
    said = say_rows(found, asked.language, year=asked.calendar.year, unit=asked.calendar.region)
    for number, row in enumerate(said, start=page.start_index()):
        row["number"] = number
    return _filters(asked, month) | {
        "page": page, "rows": said,
        "printed_on": say_day(asked.today, asked.language, weekday=False),
    }  # fmt: skip


def _meetings(asked: Asked):
    month = _month(asked.request.GET.get("month", ""))
    queryset = Meeting.objects.filter(calendar=asked.calendar)
    if month:
        queryset = queryset.filter(day__month=month)
    if asked.unit:
        queryset = queryset.within(asked.unit)
    return month, queryset.order_by("day", "starts_at", "pk")


def findings(asked: Asked) -> dict:
    """Every duty of the year in words, what is missing first."""
    norm, norms = _norm(asked)
    only_missing = asked.request.GET.get("only", "") == "missing"
    chosen = coverage.worst_first(
        coverage.narrowed(
            asked.findings, norm=norm, inside=asked.inside(), only_missing=only_missing
        )
    )
    page = page_of(len(chosen), asked.page, FINDINGS)
    first = max(page.start_index() - 1, 0)
    shown = chosen[first : first + FINDINGS]
    names = _names(shown, asked.language)
    return _filters(asked, 0) | {
        "page": page, "norm": norm, "norms": norms, "only_missing": only_missing,
        "missing": sum(not one.met for one in chosen),
        "findings": [say_finding(one, names, asked.language) for one in shown],
    }  # fmt: skip


def grid_of_coverage(asked: Asked) -> dict:
    """Targets × windows of one norm; in each cell required, planned, held."""
    norm, norms = _norm(asked)
    norm = norm or (norms[0]["value"] if norms else "")
    chosen = coverage.narrowed(asked.findings, norm=norm, inside=asked.inside())
    windows, targets = coverage.coverage_of(chosen)
    page = page_of(len(targets), asked.page, TARGETS)
    first = max(page.start_index() - 1, 0)
    shown = targets[first : first + TARGETS]
    units = {
        unit.pk: unit
        for unit in Unit.objects.filter(pk__in={key for row in shown for key in row[:2]})
    }
    label = next((one["label"] for one in norms if one["value"] == norm), "")
    return _filters(asked, 0) | {
        "page": page, "norm": norm, "norms": norms,
        "coverage": {
            "caption": label,
            "corner": _("Where: who"),
            "columns": [window_name(window, asked.language) for window in windows],
            "rows": [_coverage_row(row, windows, units, asked) for row in shown],
        },
    }  # fmt: skip


def _coverage_row(row, windows, units, asked: Asked) -> dict:
    target, host = units[int(row.target)], units[int(row.host)]
    found = {one.window: one for one in row.findings}
    url = f"{target.get_absolute_url()}?year={asked.calendar.year}"
    return {
        "label": f"{target.name_in(asked.language)}: {host.name_in(asked.language)}",
        "url": url,
        "cells": [_cell(found.get(window), asked.today) for window in windows],
    }


def _cell(finding: Finding | None, today: date) -> dict:
    if finding is None:
        return {"class": "none"}
    kind, word = verdict(finding, today)
    return {
        "class": kind, "required": finding.required, "planned": finding.planned,
        "held": finding.held, "word": word, "url": "",
    }  # fmt: skip


def grid_of_year(asked: Asked) -> dict:
    """Akims × months: marks for meetings, hatched days off, bands where something is missing."""
    year, language = asked.calendar.year, asked.language
    chosen = coverage.narrowed(asked.findings, inside=asked.inside())
    hosts = coverage.hosts_of(chosen)
    page = page_of(len(hosts), asked.page, HOSTS)
    first = max(page.start_index() - 1, 0)
    shown = hosts[first : first + HOSTS]
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=shown)}
    found = coverage.years_of_hosts(asked.calendar.region, year, shown, chosen)
    lines = [_host_row(one, units[one.host], language) for one in found]
    free = days_off(date(year, 1, 1), date(year, 12, 31))
    return _filters(asked, 0) | {
        "page": page,
        "grid": year_grid(year, lines, free, SHORT_MONTHS[language], asked.today),
    }  # fmt: skip


def _host_row(one, unit: Unit, language: str) -> HostRow:
    words = ", ".join(window_name(window, language) for window in one.gaps)
    return HostRow(
        label=unit.name_in(language),
        url=unit.get_absolute_url(),
        marks=[Mark(day, state) for day, state in one.meetings],
        gaps=[(window.first, window.last) for window in one.gaps],
        gap_words=_("missing: %(periods)s") % {"periods": words} if words else "",
    )


def _filters(asked: Asked, month: int) -> dict:
    """The choices of the filters: districts and cities of the region, months."""
    language = asked.language
    parts = (
        Unit.objects.on(asked.today)
        .filter(parent=asked.calendar.region_id, body=None)
        .order_by("sort_kk")
        .values_list("kato", name_of("", language))
    )
    return {
        "parts": [{"value": kato, "label": name} for kato, name in parts],
        "month": month,
        "month_choices": [
            {"value": number, "label": name}
            for number, name in enumerate(MONTH_NAMES[language], start=1)
        ],
    }


def _norm(asked: Asked) -> tuple[str, list[dict]]:
    """The norm that is asked for, and those the region has duties under."""
    known = {one.norm.id: one.norm for one in asked.findings}
    wanted = asked.request.GET.get("norm", "")
    if wanted and wanted not in known:
        raise BadChoice(_("There is no such norm here. Choose one of the list."))
    norms = [
        {"value": key, "label": norm.text.to(asked.language)} for key, norm in sorted(known.items())
    ]
    return wanted, norms


def _month(text: str) -> int:
    if not text:
        return 0
    if text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 12:
        return int(text)
    raise BadChoice(_("There is no such month. Choose one of the list."))


def _names(findings: list[Finding], language: str) -> dict[Key, str]:
    keys = {key for one in findings for key in (one.host, one.target)}
    return coverage.names_of_units(keys, language)


PARTS: dict[str, Callable[[Asked], dict]] = {
    "": meetings,
    "coverage": grid_of_coverage,
    "findings": findings,
    "grid": grid_of_year,
    "print": sheet,
}
