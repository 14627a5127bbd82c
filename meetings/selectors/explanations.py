"""Breaches of a revision and what was written to explain them."""

from collections.abc import Iterable
from datetime import date

from meetings.models import Explanation, Revision
from meetings.rules import Finding, Severity
from meetings.rules.types import Key as UnitKey
from meetings.selectors.duties import findings_of_revision

DutyKey = tuple[str, UnitKey, UnitKey, date]
"""Norm, host and target (database keys of units), first day of the window."""


def duty_key(finding: Finding) -> DutyKey:
    return (finding.norm.id, finding.host, finding.target, finding.window.first)


def needs_explanation(finding: Finding) -> bool:
    """Advice may be passed over in silence; a breach, and a norm of the region's own, may not."""
    return not finding.met and finding.severity in (Severity.BREACH, Severity.OWN_NORM)


def explanations_of(revision: Revision) -> dict[DutyKey, str]:
    """What was written, by duty; one query."""
    rows = Explanation.objects.filter(revision=revision)
    return {
        (norm, host, target, first): text
        for norm, host, target, first, text in rows.values_list(
            "norm", "host_id", "target_id", "window_start", "text"
        )
    }


def unexplained(revision: Revision, findings: Iterable[Finding] | None = None) -> list[Finding]:
    """Findings that keep the revision from being submitted."""
    if findings is None:
        findings = findings_of_revision(revision)
    written = explanations_of(revision)
    return [
        finding
        for finding in findings
        if needs_explanation(finding) and not written.get(duty_key(finding), "").strip()
    ]
