"""The two clocks of a meeting, read from marks: pure, so that a page, a paper and a test agree.

Marks come late and in any order, since a device in a hall loses its connection; a reading depends
on their moments alone. At most one clock runs: when questions begin the report stands still.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from meetings.enums import MarkKind

REPORT, QUESTIONS = "report", "questions"
STARTS = {MarkKind.REPORT_START: REPORT, MarkKind.QUESTIONS_START: QUESTIONS}
PAUSES = {MarkKind.REPORT_PAUSE: REPORT, MarkKind.QUESTIONS_PAUSE: QUESTIONS}
CORRECTIONS = {MarkKind.REPORT_MINUTES: REPORT, MarkKind.QUESTIONS_MINUTES: QUESTIONS}
# Beyond this a device's own clock is told to be wrong.
MOST_SKEW = timedelta(minutes=2)
# What is sent later than this after it was noted is no note of a meeting.
MOST_DELAY = timedelta(days=7)


class Mark(NamedTuple):
    """One thing noted: what, when, and minutes or people where the kind has them."""

    kind: str
    at: datetime
    value: int = 0


class Reading(NamedTuple):
    """The clocks at a moment, in seconds. ``idle``: places of the marks that changed nothing."""

    report: int
    questions: int
    running: str
    since: datetime | None
    began_at: datetime | None
    ended_at: datetime | None
    people: int | None
    idle: tuple[int, ...]

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    @property
    def total(self) -> int:
        return self.report + self.questions

    @property
    def share(self) -> int | None:
        """The report's part of the time so far, in whole per cent; None while there is none."""
        return round(100 * self.report / self.total) if self.total else None


class Moment(NamedTuple):
    """When something was noted, by the site's clock, and what is wrong with the device's."""

    at: datetime
    skew: timedelta
    is_doubtful: bool


def moment_of(
    device_at: datetime | None, sent_at: datetime | None, received_at: datetime,
    *, earlier: datetime | None = None,
) -> Moment:  # fmt: skip
    """Place what a device noted on the site's clock.

    Args:
        device_at: the device's clock when it was noted; None: noted without a script, just now.
        sent_at: the device's clock when it was sent.
        received_at: the site's clock then.
        earlier: the device's clock at its note before.

    A device with a wrong clock still measures how long ago it was: that much is taken off the
    site's time. A clock that went back between two moments of one device measures nothing: the
    note is placed where it was received and is told to be doubtful.
    """
    if device_at is None or sent_at is None:
        return Moment(received_at, timedelta(), is_doubtful=False)
    delay, skew = sent_at - device_at, sent_at - received_at
    if delay < timedelta() or delay > MOST_DELAY:
        return Moment(received_at, skew, is_doubtful=True)
    went_back = earlier is not None and device_at < earlier
    return Moment(received_at - delay, skew, is_doubtful=went_back)


def read(marks: Iterable[Mark], now: datetime) -> Reading:
    """The clocks as they stand at ``now``."""
    state = _State()
    placed = sorted(enumerate(marks), key=lambda pair: (pair[1].at, pair[0]))
    for place, mark in placed:
        if not state.take(mark):
            state.idle.append(place)
    return state.reading(now)


def is_too_long(reading: Reading, limit: int, planned: timedelta | None) -> bool:
    """Whether the report takes more than ``limit`` per cent: of the time planned or, when the
    meeting lasts longer or no time was planned, of what it took so far.

    While nothing is planned and no question was asked yet, nothing can be said.
    """
    planned_seconds = planned.total_seconds() if planned else 0
    if not planned_seconds and not reading.questions and not reading.is_over:
        return False
    whole = reading.total if reading.is_over else max(planned_seconds, reading.total)
    return reading.report * 100 > whole * limit


class _State:
    """What the marks so far amount to."""

    def __init__(self):
        self.seconds = {REPORT: 0.0, QUESTIONS: 0.0}
        self.running, self.since = "", None
        self.began_at, self.ended_at, self.people = None, None, None
        self.idle: list[int] = []

    def take(self, mark: Mark) -> bool:
        """Follow one mark; False when it changes nothing."""
        kind = MarkKind(mark.kind)
        if kind == MarkKind.PEOPLE:
            self.people = mark.value
            return True
        if kind == MarkKind.REOPEN:
            was_over, self.ended_at = self.ended_at is not None, None
            return was_over
        if kind in CORRECTIONS:
            return self._correct(CORRECTIONS[kind], mark)
        if self.ended_at is not None:
            return False
        if kind == MarkKind.END:
            self._stand_still(mark.at)
            self.ended_at = mark.at
            return True
        if kind in STARTS:
            return self._start(STARTS[kind], mark.at)
        return self._pause(PAUSES[kind], mark.at)

    def _start(self, clock: str, at: datetime) -> bool:
        if self.running == clock:
            return False
        self._stand_still(at)
        self.running, self.since = clock, at
        self.began_at = self.began_at or at
        return True

    def _pause(self, clock: str, at: datetime) -> bool:
        if self.running != clock:
            return False
        self._stand_still(at)
        return True

    def _correct(self, clock: str, mark: Mark) -> bool:
        """The minutes are put right after the end too."""
        if self.running == clock:
            self._stand_still(mark.at)
            self.running, self.since = clock, mark.at
        changes = self.seconds[clock] != mark.value * 60
        self.seconds[clock] = mark.value * 60
        return changes

    def _stand_still(self, at: datetime) -> None:
        if self.running and self.since is not None:
            self.seconds[self.running] += (at - self.since).total_seconds()
        self.running, self.since = "", None

    def reading(self, now: datetime) -> Reading:
        seconds = dict(self.seconds)
        if self.running and self.since is not None:
            seconds[self.running] += max((now - self.since).total_seconds(), 0)
        return Reading(
            int(seconds[REPORT]), int(seconds[QUESTIONS]), self.running, self.since,
            self.began_at, self.ended_at, self.people, tuple(self.idle),
        )  # fmt: skip
