"""The decree as plain Python: no Django, no database, no clock, no translation catalogue.

    edition = edition_of_year(2026)
    duties = obligations(edition, units, 2026)      # once, and kept
    findings = check(duties, meetings)              # after every edit
    findings[0].words("kk").verdict

The law is data (``editions/``), the territory and the meetings are plain values (``types``).
"""

from meetings.rules.check import Finding, Tally, check, check_calendar, tally
from meetings.rules.editions import EDITIONS, edition_by_id, edition_of_year, edition_on
from meetings.rules.errors import BrokenTerritory, NoEdition, RulesError, UnknownUnit
from meetings.rules.obligations import Duties, Obligation, obligations
from meetings.rules.territory import Territory
from meetings.rules.types import (
    Counted,
    Edition,
    Level,
    MaslikhatPart,
    Norm,
    Period,
    PlannedMeeting,
    Reading,
    Severity,
    Text,
    Unit,
)
from meetings.rules.windows import Window, local_day, windows

__all__ = [
    "EDITIONS",
    "BrokenTerritory",
    "Counted",
    "Duties",
    "Edition",
    "Finding",
    "Level",
    "MaslikhatPart",
    "NoEdition",
    "Norm",
    "Obligation",
    "Period",
    "PlannedMeeting",
    "Reading",
    "RulesError",
    "Severity",
    "Tally",
    "Territory",
    "Text",
    "Unit",
    "UnknownUnit",
    "Window",
    "check",
    "check_calendar",
    "edition_by_id",
    "edition_of_year",
    "edition_on",
    "local_day",
    "obligations",
    "tally",
    "windows",
]
