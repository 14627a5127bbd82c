"""Duties in words for public pages: who must come where, how often, and what there is of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.dates import MONTHS
from meetings.enums import MeetingState
from meetings.rows import say_host
from meetings.rules import Finding, Severity
from meetings.rules.types import Key
from meetings.rules.words import window_name
from meetings.selectors.places import Owed


def verdict(finding: Finding, today: date) -> tuple[str, str]:
    """Class and word of a duty's state: held, planned, or what is missing of it.

    What was planned for a window that is over and is not recorded as held is said to be so.
    """
    if finding.held >= finding.required:
        return "held", _("held")
    if finding.met:
        is_over = finding.window.last < today
        return "met", _("planned, not recorded as held") if is_over else _("planned")
    if finding.severity == Severity.ADVICE:
        return "advice", _("advised, not planned")
    if finding.severity == Severity.OWN_NORM:
        return "advice", _("missing by the region’s own norm")
    return "missing", _("missing")


def say_owed(
    owed: Iterable[Owed], names: Mapping[Key, str], language: str, today: date
) -> list[dict]:
    """Duties of a place under their akim and norm, for meetings/public/_owed.html."""
    groups = []
    for (host, target, _norm), found in groupby(owed, key=_same_norm):
        lines = list(found)
        finding = lines[0].finding
        groups.append(
            {
                "host": say_host(names.get(host, "")),
                "target": names.get(target, ""),
                "often": finding.norm.text.to(language),
                "citation": finding.cite(language),
                "href": finding.href,
                "unconfirmed": not finding.norm.confirmed,
                "is_own": finding.severity == Severity.OWN_NORM,
                "lines": [_line(line, language, today) for line in lines],
            }
        )
    return groups


def _same_norm(owed: Owed):
    finding = owed.finding
    return finding.host, finding.target, (finding.norm.id, finding.severity)


def _line(owed: Owed, language: str, today: date) -> dict:
    finding = owed.finding
    kind, word = verdict(finding, today)
    return {
        "window": window_name(finding.window, language),
        "required": finding.required,
        "planned": finding.planned,
        "held": finding.held,
        "state": {"class": "planned" if kind == "met" else kind, "word": word},
        "visits": [
            {
                "label": f"{visit.day.day} {MONTHS[language][visit.day.month - 1]}",
                "url": reverse("meeting", args=[visit.uuid]),
                "is_cancelled": visit.state == MeetingState.CANCELLED,
            }
            for visit in owed.visits
        ],
    }


def say_finding(finding: Finding, names: Mapping[Key, str], language: str) -> dict:
    """A finding for meetings/partials/_finding.html."""
    host, target = names.get(finding.host, ""), names.get(finding.target, "")
    words = finding.words(language, host=host, target=target)
    return {
        "class": "met" if finding.met else str(finding.severity),
        "verdict": words.verdict,
        "count": words.figures,
        "sentence": f"{words.who} {words.why}",
        "citation": words.source,
        "href": finding.href,
        "unconfirmed": not finding.norm.confirmed,
        "house": False,
    }
