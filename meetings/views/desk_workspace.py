"""The workspace of a calendar: its lines as a table, edited in place, and the findings beside."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from meetings.dates import MONTH_NAMES
from meetings.deskrows import say_figures, say_findings, say_lines, say_missing, say_norms
from meetings.forms.lines import LineFilter
from meetings.models import Line, Office, Unit
from meetings.permissions import Act, may_at
from meetings.rules import edition_of_year
from meetings.selectors.daysoff import days_off
from meetings.selectors.desk_findings import (
    by_norm,
    explanations_of,
    findings_for,
    law_figures,
    missing_first,
)
from meetings.selectors.desk_lines import (
    PAGE,
    by_district,
    hosts_of,
    lines_of,
    rows_of,
)
from meetings.views.desk_page import Desk, page_at, page_context

FINDINGS_SHOWN = 12
KEPT_IN_ADDRESS = ("q", "host", "target", "month", "norm", "state", "page")


@dataclass
class Workspace:
    """One calendar's table as one request shows it: rows, filters, findings, the open form.

    ``editing`` is what meetings/desk/_line_form.html shows; ``told`` what the live region says.
    """

    request: Any  # with ``htmx``
    desk: Desk
    editing: dict | None = None
    told: dict | None = None
    saved: str = ""
    extra: dict = field(default_factory=dict)

    @cached_property
    def language(self) -> str:
        return get_language() or "kk"

    @cached_property
    def off(self) -> dict:
        year = self.desk.calendar.year
        return days_off(date(year, 1, 1), date(year, 12, 31))

    @cached_property
    def edition(self):
        return edition_of_year(self.desk.calendar.year)

    @cached_property
    def hosts(self) -> dict[str, Office]:
        """Akims whose lines the person reads, by code."""
        return hosts_of(self.desk.user, self.desk.region, Act.READ_DRAFT)

    @cached_property
    def own_hosts(self) -> dict[str, Office]:
        """Akims whose lines the person writes."""
        return {
            code: office
            for code, office in self.hosts.items()
            if may_at(self.desk.user, Act.EDIT_LINE, office.unit.path)
        }

    def grouped(self, hosts: dict[str, Office]) -> list:
        """Choices of akims, under the districts they lie in."""
        names = {office.unit.path: office.unit.name for office in self.hosts.values()}
        choices: list = []
        for label, offices in by_district(hosts.values(), names):
            options = [(office.unit.kato, office.unit.name) for office in offices]
            choices += [(label, options)] if label else options
        return choices

    @cached_property
    def filter(self) -> LineFilter:
        norms = [(norm.id, norm.id) for norm in self.edition.norms]
        months = MONTH_NAMES[self.language]
        return LineFilter(self._filters, hosts=self.grouped(self.hosts), months=months, norms=norms)

    @cached_property
    def _filters(self):
        """What the address says of filters; beside ``new=1`` akim and place are the new line's."""
        filters = self.request.GET.copy()
        if "new" in filters:
            for name in ("host", "target"):
                filters.pop(name, None)
        return filters

    @cached_property
    def asked(self) -> dict:
        return self.filter.asked()

    @cached_property
    def query(self) -> str:
        """The filters as they stand in the address: a form carries them along."""
        pairs = [(name, self._filters.get(name, "")) for name in KEPT_IN_ADDRESS]
        return urlencode([pair for pair in pairs if pair[1]])

    def address(self, **more) -> str:
        """The workspace with its filters."""
        query = "&".join(filter(None, [self.query, urlencode(more)]))
        return f"{self.desk.url('desk_calendar')}{'?' if query else ''}{query}"

    def line_address(self, uuid) -> str:
        return reverse("desk_line", args=[self.desk.calendar.uuid, uuid])

    def said(self, lines: list[Line]) -> list[dict]:
        """The rows of those lines in words."""
        rows = rows_of(lines, self.desk.user, off=self.off)
        said = say_lines(rows, self.language, self.line_address)
        for row in said:
            row["can_edit"] = row["can_edit"] and self.desk.is_draft
            row["saved"] = row["key"] == self.saved
        return said

    def pane(self) -> dict:
        """What meetings/desk/_findings_pane.html shows; counted anew."""
        desk = self.desk
        findings = findings_for(desk.revision, desk.user, host=self.asked.get("host", ""))
        unmet = [one for one in missing_first(findings) if not one.met]
        shown = unmet[:FINDINGS_SHOWN]
        law = law_figures(findings)
        names, codes = names_and_codes(shown, self.language)
        return {
            "figures": say_figures(law, held=desk.day.year >= desk.calendar.year),
            "summary": say_missing(law.missing),
            "norms": say_norms(by_norm(findings), self.language),
            "findings": say_findings(
                shown, self.language, names=names, codes=codes,
                explained=explanations_of(desk.revision),
                fix=desk.url("desk_calendar") if desk.may_edit else "",
            ),
            "unmet": len(unmet),
            "more": len(unmet) - len(shown),
            "advice": _unconfirmed(self.edition, self.language),
        }  # fmt: skip

    def table(self) -> dict:
        """The page of rows that was asked for."""
        lines = lines_of(
            self.desk.revision, self.desk.user, self.asked, off=self.off, edition=self.edition
        ).select_related("host__unit")
        page = page_at(self.request, lines, PAGE)
        rows = self.said(list(page.object_list))
        key = self.editing["key"] if self.editing else ""
        return {
            "page": page,
            "rows": rows,
            "form_above": bool(key) and all(row["key"] != key for row in rows),
        }

    def context(self, *, whole: bool = True) -> dict:
        """Everything the templates need: the whole page, or what an htmx answer swaps in."""
        context = {
            "desk": self.desk,
            "calendar": self.desk.calendar,
            "query": self.query,
            "address": self.address(),
            "editing": self.editing,
            "told": self.told,
            "new_url": self.address(new=1),
            **self.extra,
        }
        if whole:
            target = self.asked.get("target")
            context |= page_context(self.desk, "desk_calendar")
            context |= {"filter": self.filter, "narrowed": bool(self.query), "target": target}
            if target:
                context["target_name"] = _name_of(self.desk.region, target)
        return context


def _name_of(region: Unit, code: str) -> str:
    unit = Unit.objects.within(region).filter(kato=code).order_by("valid_to").last()
    return unit.name if unit else code


def names_and_codes(findings, language: str) -> tuple[dict[int | str, str], dict[int | str, str]]:
    """Names and codes of the units that findings speak of, by key; one query."""
    keys = {key for one in findings for key in (one.host, one.target)}
    units = list(Unit.objects.filter(pk__in=keys))
    return (
        {unit.pk: unit.name_in(language) for unit in units},
        {unit.pk: unit.kato for unit in units},
    )


def _unconfirmed(edition, language: str) -> list[str]:
    return [doubt.to(language) for doubt in edition.doubts]


def show(space: Workspace, *, status: int = 200):
    """The workspace as a page, or for htmx its table with the findings beside it."""
    request = space.request
    if not space.filter.is_valid():
        status = 400 if status == 200 else status
    partly = request.htmx and request.htmx.target == "lines"
    context = space.context() | space.table() | {"pane": space.pane(), "oob": partly}
    name = "_lines_answer" if partly else "calendar"
    return render(request, f"meetings/desk/{name}.html", context, status=status)


def show_row(space: Workspace, line: Line | None, *, status: int = 200, counted: bool = True):
    """For htmx: one row, or the form in its place, with the findings counted anew."""
    context = space.context(whole=False) | {"row": space.said([line])[0] if line else None}
    if counted:
        context["pane"] = space.pane()
        if space.told:
            space.told["summary"] = context["pane"]["summary"]
    return render(space.request, "meetings/desk/_row_answer.html", context, status=status)


def told_of(space: Workspace, text: str, uuid, version: int) -> dict:
    """What the live region says, with the way back."""
    undo_url = reverse("desk_line_undo", args=[space.desk.calendar.uuid, uuid])
    query = f"?{space.query}" if space.query else ""
    return {
        "text": text, "undo_url": undo_url + query, "version": version, "row": f"line-{uuid}",
    }  # fmt: skip
