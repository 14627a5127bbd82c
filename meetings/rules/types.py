"""The nouns of the decree: levels, periods, norms, editions, units and meetings.

What a country holds by the ten thousand (units, meetings) is a named tuple, made in a fraction
of a microsecond from a database row; what an edition holds by the handful is a frozen dataclass.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

Key = int | str
"""Whatever names a unit for the caller: a database key, a KATO code. One kind in one call."""


class Level(StrEnum):
    """What a unit is. The values are stored and never change (the classifier KATO, domain §2)."""

    OBLAST = "oblast"
    REPUBLIC_CITY = "republic_city"  # of republican significance, the capital
    DISTRICT = "district"
    OBLAST_CITY = "oblast_city"  # of oblast significance, the row «Г.А.»
    CITY_PROPER = "city_proper"  # the city's own row inside its «Г.А.»
    CITY_DISTRICT = "city_district"
    CITY_DISTRICT_ADMIN = "city_district_admin"  # «р.а.»
    DISTRICT_CITY = "district_city"  # of district significance
    DISTRICT_CITY_ADMIN = "district_city_admin"  # «г.а.»
    OKRUG = "okrug"
    VILLAGE_ADMIN = "village_admin"  # «с.а.»
    SETTLEMENT_ADMIN = "settlement_admin"  # «п.а.»
    SETTLEMENT = "settlement"
    VILLAGE = "village"
    MICRODISTRICT = "microdistrict"
    PLACE = "place"  # a minor object: never a target


LEVELS_WITH_AKIM = frozenset(Level) - {
    Level.CITY_PROPER,
    Level.SETTLEMENT,
    Level.VILLAGE,
    Level.MICRODISTRICT,
    Level.PLACE,
}
"""Levels whose units have an akim unless the unit says otherwise (``Unit.has_post``)."""


class Period(StrEnum):
    """How long a norm gives for its number of meetings; always whole calendar months."""

    YEAR = "year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"
    MONTH = "month"

    @property
    def months(self) -> int:
        return _MONTHS[self]


_MONTHS = {Period.YEAR: 12, Period.HALF_YEAR: 6, Period.QUARTER: 3, Period.MONTH: 1}


class Reading(StrEnum):
    """Whom a norm means where its text can be read in two ways; a setting of the region."""

    BODIES = "bodies"  # units that have an akim of their own
    SETTLEMENTS = "settlements"  # every village and settlement too


class Severity(StrEnum):
    """What a missing meeting amounts to."""

    BREACH = "breach"  # the decree is not kept
    ADVICE = "advice"  # the text of the norm is unconfirmed
    OWN_NORM = "own_norm"  # the region bound itself to more than the law asks


class Counted(StrEnum):
    """Which figure answers the duty: what the calendar plans, or what took place."""

    PLANNED = "planned"
    HELD = "held"


class MaslikhatPart(StrEnum):
    """What the maslikhat does with a calendar before the akim approves it."""

    AGREES = "agree"
    NOTIFIED = "notify"


class Text(NamedTuple):
    """One sentence or label in the three languages of the interface."""

    kk: str
    ru: str
    en: str

    def to(self, lang: str) -> str:
        """The text in ``lang``: kk, ru or en."""
        if lang not in self._fields:
            raise ValueError(f"There are no words in {lang!r}; the languages are kk, ru and en.")
        return getattr(self, lang)


@dataclass(frozen=True, slots=True)
class Places:
    """Which units a norm's host must visit: all of ``levels`` within the host's territory.

    ``own`` means the host's own territory as one place. ``with_akim`` keeps only units that have
    an akim of their own. ``attachable`` are levels that count only where staff attached the unit
    (``Unit.attached``) because the decree does not name them.
    """

    levels: frozenset[Level] = frozenset()
    own: bool = False
    with_akim: bool = False
    attachable: frozenset[Level] = frozenset()

    @classmethod
    def of(
        cls, *levels: Level, with_akim: bool = False, attachable: tuple[Level, ...] = ()
    ) -> Places:
        return cls(frozenset(levels), with_akim=with_akim, attachable=frozenset(attachable))


OWN_TERRITORY = Places(own=True)


@dataclass(frozen=True, slots=True)
class Norm:
    """One sentence of the decree: who meets whom, how often.

    ``at_least`` meetings in each ``per``. ``months`` narrows the period: (1, 3) with a year is its
    first quarter, (1, 1) with a quarter its first month. ``visiting``: only visiting meetings
    count. ``text`` says the norm in our words, ``quote`` holds the act's own words in Russian
    where they were seen, ``doubt`` says what is unconfirmed; a doubtful norm gives advice only.
    """

    id: str
    hosts: frozenset[Level]
    places: Places
    at_least: int
    per: Period
    visiting: bool
    source: Text
    text: Text
    months: tuple[int, int] | None = None
    readings: tuple[tuple[Reading, Places], ...] = ()
    quote: str | None = None
    doubt: Text | None = None

    def __post_init__(self) -> None:
        first, last = self.months or (1, self.per.months)
        if not 1 <= first <= last <= self.per.months:
            raise ValueError(f"{self.id}: months {first}-{last} do not fit into a {self.per}.")
        if self.at_least < 1:
            raise ValueError(f"{self.id}: at least one meeting, not {self.at_least}.")

    @property
    def confirmed(self) -> bool:
        return self.doubt is None

    def places_by(self, reading: Reading) -> Places:
        """The places under a reading; a norm that can be read in one way only has one answer."""
        return dict(self.readings).get(reading, self.places)


@dataclass(frozen=True, slots=True)
class Edition:
    """A text of the decree, in force from a day until the next edition.

    ``checked_on`` is the day the data were last compared with their source. ``late_from`` is the
    (month, day) from which a calendar's approval is late. ``judges_from`` is the first year whose
    calendar the edition judges, where that is not the first it was in force on 1 January of. A
    ``…_doubt`` names what is unconfirmed and is shown wherever the point is used.
    """

    id: str
    act: Text
    in_force_from: date
    href: str
    checked_on: date
    maslikhat: MaslikhatPart
    corrections: MaslikhatPart
    late_from: tuple[int, int]
    norms: tuple[Norm, ...]
    judges_from: int | None = None
    maslikhat_quote: str | None = None
    in_force_doubt: Text | None = None
    corrections_doubt: Text | None = None

    def norm(self, norm_id: str) -> Norm:
        return next(norm for norm in self.norms if norm.id == norm_id)

    @property
    def first_year(self) -> int:
        """The first year whose calendar this edition judges."""
        if self.judges_from is not None:
            return self.judges_from
        begins_with_year = (self.in_force_from.month, self.in_force_from.day) == (1, 1)
        return self.in_force_from.year + (not begins_with_year)

    @property
    def doubts(self) -> tuple[Text, ...]:
        """Every unconfirmed point of the edition, for a page that presents it."""
        own = (self.in_force_doubt, self.corrections_doubt)
        return tuple(filter(None, (*own, *(norm.doubt for norm in self.norms))))

    def is_late(self, approved_on: date, year: int) -> bool:
        """Whether a calendar of ``year`` approved on that local day came too late.

        Reading: «до 15 января» ends as the 15th begins; approval on the 15th is late [house].
        """
        return approved_on >= date(year, *self.late_from)


class Unit(NamedTuple):
    """A territory on which duties rest, or to which they are owed.

    ``body``: the row that carries the akim where one body has two rows: the outer one («Г.А.»,
    «г.а.», «р.а.», «п.а.», «с.а.»); None when the row stands for itself. ``valid_*`` bound the
    unit's life and ``post_*`` the life of its akim's post, last days inclusive, None for always.
    ``has_post``: None takes the level's rule (``LEVELS_WITH_AKIM``). ``excluded`` takes the unit
    and all within it out of every duty. ``attached`` makes it a target where a norm allows that.
    """

    key: Key
    level: Level
    parent: Key | None = None
    body: Key | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    post_from: date | None = None
    post_to: date | None = None
    has_post: bool | None = None
    excluded: bool = False
    attached: bool = False

    @property
    def carries_post(self) -> bool:
        """Whether this row, not its twin, is the one an akim's duties rest on."""
        if self.body is not None and self.body != self.key:
            return False
        return self.level in LEVELS_WITH_AKIM if self.has_post is None else self.has_post


class PlannedMeeting(NamedTuple):
    """One line of a calendar, or one meeting outside it, as far as the duties are concerned.

    ``day`` is the present local day: a moved meeting gives its new one; None while undecided.
    ``outside`` the calendar counts for what was held, never for what was planned [house].
    A caller that has one row for each target of a joint meeting gives them so, with ``joint``.
    """

    host: Key
    targets: tuple[Key, ...]
    day: date | None
    visiting: bool
    cancelled: bool = False
    held: bool = False
    outside: bool = False
    joint: bool = False
