"""House figures for demands: how many voices, how many days. The decree knows no number.

They are the first content of the table that an administrator changes (models.DemandRule), and
what holds for a kind of unit that the table lacks.
"""

from typing import NamedTuple

from meetings.enums import UnitKind as Kind


class Figures(NamedTuple):
    """``voices`` needed; days ``open``, calendar ones; ``answer``: working days to answer."""

    voices: int
    open: int
    answer: int


VILLAGE = Figures(30, 30, 10)
OKRUG = Figures(50, 30, 10)
TOWN = Figures(100, 30, 10)
DISTRICT = Figures(200, 60, 10)
REGION = Figures(1_000, 90, 10)
USUAL: dict[Kind, Figures] = {
    Kind.VILLAGE: VILLAGE, Kind.VILLAGE_ADMIN: VILLAGE,
    Kind.SETTLEMENT: VILLAGE, Kind.SETTLEMENT_ADMIN: VILLAGE, Kind.PLACE: VILLAGE,
    Kind.OKRUG: OKRUG, Kind.MICRODISTRICT: OKRUG,
    Kind.DISTRICT_CITY: TOWN, Kind.DISTRICT_CITY_ADMIN: TOWN,
    Kind.DISTRICT: DISTRICT, Kind.OBLAST_CITY: DISTRICT, Kind.CITY_PROPER: DISTRICT,
    Kind.CITY_DISTRICT: DISTRICT, Kind.CITY_DISTRICT_ADMIN: DISTRICT,
    Kind.OBLAST: REGION, Kind.REPUBLIC_CITY: REGION,
}  # fmt: skip
