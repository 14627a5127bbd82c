"""A line as plain JSON: what the journal keeps, what an undoing puts back. No personal data."""

from datetime import date, time
from decimal import Decimal

from meetings.models import Line
from meetings.models.content import CONTENT_FIELDS

_READ = {
    "day": date.fromisoformat,
    "starts_at": time.fromisoformat,
    "ends_at": time.fromisoformat,
    "latitude": Decimal,
    "longitude": Decimal,
}
_TEXT = (date, time, Decimal)


def state_of(line: Line, targets) -> dict:
    """Content of the line and the keys of its target units, in order."""
    state = {field: _plain(getattr(line, field)) for field in CONTENT_FIELDS}
    return state | {"targets": sorted(targets)}


def fields_of(state: dict) -> dict:
    """The line's own fields, read back; targets apart."""
    return {field: _read(field, state.get(field)) for field in CONTENT_FIELDS if field in state}


def changed_fields(before: dict, after: dict) -> list[str]:
    """Names of what differs, in the order of the content."""
    return [
        field for field in (*CONTENT_FIELDS, "targets") if before.get(field) != after.get(field)
    ]


def _plain(value):
    if isinstance(value, Decimal):
        # 51.2 and 51.20000 are one place, whichever of them the database gives back.
        return str(value.quantize(Decimal("1.00000")))
    return str(value) if isinstance(value, _TEXT) else value


def _read(field: str, value):
    if value is None or field not in _READ:
        return value
    return _READ[field](value)
