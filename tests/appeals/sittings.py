"""Small rows of sittings for tests."""

from datetime import date, time

from appeals.services import sittings
from appeals.services.sittings import Member

DAY = date(2026, 11, 20)
VALUES = {
    "number": 1, "day": DAY, "starts_at": time(10), "ends_at": None,
    "place_kk": "Мәдениет үйі", "place_ru": "Дом культуры",
}  # fmt: skip
MEMBERS = (
    Member("Дәурен Ақбидаев", "әкімнің орынбасары", "заместитель акима", is_chair=True),
    Member("Әсел Дариянова", "бөлім басшысы", "руководитель отдела"),
    Member("Серік Аралбаев", "депутат", "депутат", is_present=False),
)


def make_sitting(unit, by, **more):
    """A sitting that is being prepared, with its members; version 2."""
    made = sittings.plan(unit, VALUES | more, by=by)
    return sittings.seat(made, MEMBERS, by=by, version=1)
