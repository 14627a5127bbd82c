"""Findings as a person at the desk sees them: narrowed to the reach, figures apart, by norm."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from meetings.models import Explanation, Line, Office, Revision
from meetings.models.unit import subtree
from meetings.permissions import Act, reach, within_reach
from meetings.rules import Finding, Severity, Tally, tally
from meetings.selectors.duties import findings_now

WEIGHTS = {Severity.BREACH: 0, Severity.OWN_NORM: 1, Severity.ADVICE: 2}
Key = tuple[str, int | str, int | str, date]


@dataclass(frozen=True, slots=True)
class NormFigures:
    """One norm: how serious it is, and its figures added up."""

    norm: str
    severity: Severity
    figures: Tally


def findings_for(revision: Revision, user, *, host: str = "") -> list[Finding]:
    """The duties of the akims whose drafts the user reads, met ones too.

    Args:
        host: the code of one akim's unit, to see only his.
    """
    hosts = None
    if host or reach(user, Act.READ_DRAFT) is not None:
        offices = Office.objects.filter(
            subtree("unit__path", revision.calendar.region.path),
            within_reach(user, Act.READ_DRAFT, "unit__path"),
        )
        if host:
            offices = offices.filter(unit__kato=host)
        hosts = set(offices.values_list("unit_id", flat=True))
    return findings_now(revision, hosts=hosts)


def missing_first(findings: Iterable[Finding]) -> list[Finding]:
    """Unmet duties, the law's before advice, the earlier windows first; then the met ones."""
    return sorted(
        findings,
        key=lambda one: (one.met, WEIGHTS[one.severity], one.window.last, one.norm.id),
    )


def by_norm(findings: Iterable[Finding]) -> list[NormFigures]:
    """Figures of each norm; own norms apart from the law."""
    groups: dict[tuple[str, Severity], list[Finding]] = {}
    for one in findings:
        groups.setdefault((one.norm.id, one.severity), []).append(one)
    return [
        NormFigures(norm, severity, tally(group))
        for (norm, severity), group in sorted(
            groups.items(), key=lambda item: (WEIGHTS[item[0][1]], item[0][0])
        )
    ]


def law_figures(findings: Iterable[Finding]) -> Tally:
    """The figures of what the decree asks, advice and own norms left out."""
    return tally(one for one in findings if one.severity is Severity.BREACH)


def key_of(finding: Finding) -> Key:
    """What an explanation of this duty is kept under."""
    return (finding.norm.id, finding.host, finding.target, finding.window.first)


def explanations_of(revision: Revision) -> dict[Key, Explanation]:
    """What was written about the duties of a revision; one query."""
    return {
        (one.norm, one.host_id, one.target_id, one.window_start): one
        for one in Explanation.objects.filter(revision=revision)
    }


def busy_days(revision: Revision, host: Office) -> Counter:
    """How many meetings the akim has on each day."""
    return Counter(Line.objects.filter(revision=revision, host=host).values_list("day", flat=True))
