"""Meetings set against duties: what a calendar holds and what it lacks, duty by duty."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import repeat
from typing import NamedTuple

from meetings.rules.errors import UnknownUnit
from meetings.rules.obligations import Duties, Obligation, obligations
from meetings.rules.quiet import collector_paused
from meetings.rules.territory import Territory
from meetings.rules.types import (
    Counted,
    Edition,
    Key,
    Norm,
    PlannedMeeting,
    Reading,
    Severity,
    Unit,
)
from meetings.rules.windows import Window
from meetings.rules.words import Words, citation, reason, say


class Finding(NamedTuple):
    """One duty and what answers it; a met one too, so that a page can show why it passes.

    ``planned`` and ``held`` count meetings in the window; ``joint`` says how many of the planned
    or of the held, whichever are more, are held together with other places. ``missing`` is what
    the figure named by ``counted`` falls short of the requirement.
    """

    duty: Obligation
    planned: int
    held: int
    joint: int
    missing: int
    counted: Counted = Counted.PLANNED

    @property
    def met(self) -> bool:
        return not self.missing

    @property
    def norm(self) -> Norm:
        return self.duty.norm

    @property
    def host(self) -> Key:
        return self.duty.host

    @property
    def target(self) -> Key:
        return self.duty.target

    @property
    def window(self) -> Window:
        return self.duty.window

    @property
    def required(self) -> int:
        return self.duty.norm.at_least

    @property
    def severity(self) -> Severity:
        return self.duty.severity

    @property
    def edition(self) -> Edition:
        return self.duty.edition

    @property
    def href(self) -> str:
        return self.duty.edition.href

    @property
    def source(self) -> str:
        """Act, edition and point in English; ``cite`` has the other languages."""
        return self.cite("en")

    def cite(self, lang: str) -> str:
        """Act, edition and point: «Указ № 826 от 3 марта 2022 г., п. 2, пп. 1»."""
        return citation(self, lang)

    def why(self, lang: str) -> str:
        """What the norm asks, and why this is advice or an own norm where it is not the law."""
        return reason(self, lang)

    def words(self, lang: str, *, host: str | None = None, target: str | None = None) -> Words:
        """The finding in kk, ru or en; ``host`` and ``target`` are names in their base form."""
        return say(self, lang, host=host, target=target)


class Tally(NamedTuple):
    """The figures of several findings added up. ``open`` is how many duties are not met."""

    required: int = 0
    planned: int = 0
    held: int = 0
    missing: int = 0
    duties: int = 0
    open: int = 0


def check_calendar(
    edition: Edition,
    units: Iterable[Unit] | Territory,
    meetings: Iterable[PlannedMeeting],
    year: int,
    *,
    reading: Reading | str = Reading.BODIES,
    own_edition: Edition | None = None,
    hosts: Collection[Key] | None = None,
    counted: Counted | str = Counted.PLANNED,
) -> list[Finding]:
    """Say, duty by duty, what a region's calendar holds and what it lacks.

    Args:
        edition: the text of the decree the year is judged by.
        units: every unit of the region, in any order, or a Territory made of them before.
        meetings: planned and held meetings in any order; those outside ``year`` are ignored.
        reading: whom N3 means.
        own_edition: the stricter edition the region bound itself to, if any.
        hosts: only the duties of these akims; those of all when None.
        counted: whether planned or held meetings answer a duty.
    Returns:
        One Finding per duty, target and window; met ones too. The order depends on the units and
        the edition alone.
    Raises:
        UnknownUnit: a meeting of the year names a unit that is not among ``units``.
        NoEdition: the edition came into force after ``year``.
        BrokenTerritory: the units do not form a tree.
    Source: Decree 826, point 2, subpoint 1.
    """
    duties = obligations(
        edition, units, year, reading=reading, own_edition=own_edition, hosts=hosts
    )
    return check(duties, meetings, counted=counted)


def check(
    duties: Duties,
    meetings: Iterable[PlannedMeeting],
    *,
    counted: Counted | str = Counted.PLANNED,
) -> list[Finding]:
    """Set meetings against duties computed before; ``check_calendar`` without its first half.

    After an edit of one akim's lines give ``duties.owed_by(akim)``, kept from before, and his
    meetings alone. Plain tuples in the order of PlannedMeeting's fields do as well.
    """
    counted = Counted(counted)
    with collector_paused():
        planned, held, joint = _count(duties, meetings)
        answering = held if counted is Counted.HELD else planned
        missing = [
            need - have if need > have else 0
            for need, have in zip(duties.required, answering, strict=True)
        ]
        figures = zip(duties.obligations, planned, held, joint, missing, repeat(counted))
        return list(map(Finding._make, figures))


def tally(findings: Iterable[Finding]) -> Tally:
    """Add findings up. Ask for one severity at a time where own norms stand beside the law."""
    required = planned = held = missing = duties = unmet = 0
    for finding in findings:
        required += finding.duty.norm.at_least
        planned += finding.planned
        held += finding.held
        missing += finding.missing
        duties += 1
        unmet += finding.missing > 0
    return Tally(required, planned, held, missing, duties, unmet)


def _count(
    duties: Duties, meetings: Iterable[PlannedMeeting]
) -> tuple[list[int], list[int], list[int]]:
    """Planned, held and joint meetings that answer each duty, in the order of the duties.

    A joint meeting answers for each of its targets; two rows of one body are one target.
    """
    bodies, year, slots = duties.bodies, duties.year, duties.slots
    planned, held, joint_planned, joint_held = ([0] * len(duties) for _ in range(4))
    for host, targets, day, visiting, cancelled, was_held, outside, joined in meetings:
        if day is None or day.year != year:
            continue
        try:
            payer = bodies[host]
            receivers = (
                (bodies[targets[0]],)
                if len(targets) == 1
                else {bodies[target] for target in targets}
            )
        except KeyError as unknown:
            raise UnknownUnit(unknown.args[0]) from None
        if cancelled:
            continue
        is_joint = joined or len(receivers) > 1
        month = day.month
        for receiver in receivers:
            for first, by_month, only_visiting in slots.get((payer, receiver), ()):
                window = by_month[month]
                if window is None or (only_visiting and not visiting):
                    continue
                place = first + window
                planned[place] += not outside
                held[place] += was_held
                if is_joint:
                    joint_planned[place] += not outside
                    joint_held[place] += was_held
    return planned, held, list(map(max, joint_planned, joint_held))
