"""How urgent a problem of the pool is: a house rule, written down here and shown beside each.

Three things count alike, up to four points each: how many people stand behind it, in how many
years it was asked, and what happens if it is left alone (the commission's word). Pure.
"""

from dataclasses import dataclass

from appeals.enums import Risk

MOST = 12
VOICES = ((100, 4), (20, 3), (5, 2), (2, 1))  # at least so many people: points
YEARS = ((3, 4), (2, 2))  # asked in at least so many years: points
RISK = {Risk.NONE: 0, Risk.COMFORT: 1, Risk.WORSE: 2, Risk.DANGER: 4}


@dataclass(frozen=True, slots=True)
class Priority:
    """Points of each of the three, and their sum."""

    voices: int
    years: int
    risk: int

    @property
    def points(self) -> int:
        return self.voices + self.years + self.risk


def priority(voices: int, years: int, risk: int) -> Priority:
    """The priority of a problem.

    Args:
        voices: people who asked or supported one of its questions, each once.
        years: different years in which it was asked.
    """
    return Priority(_points(voices, VOICES), _points(years, YEARS), RISK[Risk(risk)])


def _points(count: int, scale: tuple[tuple[int, int], ...]) -> int:
    return next((points for least, points in scale if count >= least), 0)
