"""A year laid out as a strip: twelve equal months, a unit a day, a row a host. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

MONTH = 31  # every month gets the same width, so that the strip stands over the table's columns
YEAR = 12 * MONTH
# Where a mark stands in the strip of 20 units: what was held is tall, what is only planned is low.
SHAPES = {"held": (0, 20), "moved": (10, 6), "cancelled": (10, 6)}
LOW = (8, 12)


class Mark(NamedTuple):
    """A meeting on the strip; ``state`` is a value of MeetingState."""

    day: date
    state: str = "planned"


class HostRow(NamedTuple):
    """One host's year. ``gaps``: windows (first day, last day) in which something is missing."""

    label: str
    url: str
    marks: Sequence[Mark]
    gaps: Sequence[tuple[date, date]] = ()
    gap_words: str = ""
    month_urls: Sequence[str] = ()  # twelve, or none


def year_grid(
    year: int,
    rows: Iterable[HostRow],
    days_off: Iterable[date],
    months: Sequence[str],
    today: date | None = None,
) -> dict:
    """Lay out a year for meetings/partials/_year_grid.html.

    Args:
        year: days of other years are left out.
        rows: one a host, in the order they are to stand.
        days_off: weekends and holidays.
        months: the twelve heads of the columns, short.
        today: drawn as a line when it is of this year.
    Returns:
        Coordinates in days of the strip (0 to 372), figures by month; cancelled meetings are
        drawn but not counted.
    """
    return {
        "months": list(months),
        "off": _bands(day for day in days_off if day.year == year),
        "today": _x(today) if today is not None and today.year == year else None,
        "rows": [_row(year, row) for row in rows],
    }


def _x(day: date) -> int:
    return (day.month - 1) * MONTH + day.day - 1


def _bands(days: Iterable[date]) -> list[dict]:
    """Days off joined where they touch, so that a weekend is one rectangle."""
    bands: list[dict] = []
    for x in sorted({_x(day) for day in days}):
        if bands and bands[-1]["x"] + bands[-1]["width"] == x:
            bands[-1]["width"] += 1
        else:
            bands.append({"x": x, "width": 1})
    return bands


def _row(year: int, row: HostRow) -> dict:
    marks = [mark for mark in row.marks if mark.day.year == year]
    counted = [mark.day.month for mark in marks if mark.state != "cancelled"]
    urls = row.month_urls or [""] * 12
    return {
        "label": row.label,
        "url": row.url,
        "gap_words": row.gap_words,
        "marks": [_mark(mark) for mark in sorted(marks)],
        "gaps": [_gap(year, first, last) for first, last in row.gaps],
        "cells": [
            {"count": counted.count(month), "url": url}
            for month, url in zip(range(1, 13), urls, strict=True)
        ],
        "total": len(counted),
    }


def _mark(mark: Mark) -> dict:
    y, height = SHAPES.get(mark.state, LOW)
    return {"x": max(_x(mark.day) - 1, 0), "y": y, "height": height, "class": mark.state}


def _gap(year: int, first: date, last: date) -> dict:
    begin = _x(max(first, date(year, 1, 1)))
    end = _x(min(last, date(year, 12, 31))) + 1
    return {"x": begin, "width": end - begin}
