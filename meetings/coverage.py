"""The map of coverage: places down, windows across, and in each cell what is owed and planned."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from meetings.rules import Finding, Severity
from meetings.rules.words import window_name


class Row(NamedTuple):
    """One duty through the year: who owes it to whom, a finding per window (None: not owed)."""

    host: int
    target: int
    cells: tuple[Finding | None, ...]

    @property
    def missing(self) -> int:
        return sum(cell.missing for cell in self.cells if cell)


def coverage_rows(findings: Iterable[Finding], norm: str) -> tuple[list, list[Row]]:
    """Windows of a norm in the order of the year, and its rows in the order of the findings."""
    of_norm = [one for one in findings if one.norm.id == norm]
    windows = sorted({one.window for one in of_norm})
    rows: dict[tuple, dict] = {}
    for one in of_norm:
        rows.setdefault((one.host, one.target), {})[one.window] = one
    return windows, [
        Row(host, target, tuple(cells.get(window) for window in windows))
        for (host, target), cells in rows.items()
    ]


def say_coverage(
    windows: list, rows: Iterable[Row], names: Mapping[int, str], language: str, *, caption: str
) -> dict:
    """What meetings/partials/_coverage.html shows; ``names``: of the targets, by key."""
    return {
        "caption": caption,
        "corner": pgettext("corner of the coverage map", "Place"),
        "columns": [window_name(window, language) for window in windows],
        "rows": [
            {"label": names.get(row.target, ""), "cells": [_cell(cell) for cell in row.cells]}
            for row in rows
        ],
    }


def _cell(finding: Finding | None) -> dict:
    if finding is None:
        return {"class": "none"}
    figures = {
        "required": finding.required, "planned": finding.planned, "held": finding.held,
    }  # fmt: skip
    if finding.held >= finding.required:
        return {"class": "held", "word": _("held"), **figures}
    if finding.met:
        return {"class": "met", "word": _("planned"), **figures}
    missing = ngettext("%(n)s is missing", "%(n)s are missing", finding.missing)
    kind = "advice" if finding.severity is Severity.ADVICE else "missing"
    return {"class": kind, "word": missing % {"n": finding.missing}, **figures}
