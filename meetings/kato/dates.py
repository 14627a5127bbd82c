"""The day of a file of the classifier, as its name tells it."""

import re
from datetime import date

_IN_NAME = (
    re.compile(r"(?<!\d)(?P<day>\d{2})[._-](?P<month>\d{2})[._-](?P<year>20\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20\d{2})[._-](?P<month>\d{2})[._-](?P<day>\d{2})(?!\d)"),
)


def day_in_name(name: str) -> date | None:
    """Give the day in a file's name («КАТО_17.07.2026.xlsx»), or None when it has none."""
    for pattern in _IN_NAME:
        for found in pattern.finditer(name):
            try:
                return date(*(int(found[part]) for part in ("year", "month", "day")))
            except ValueError:
                continue
    return None
