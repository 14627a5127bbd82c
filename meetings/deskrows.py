"""Words what the desk shows: rows of lines, findings, figures. Values in, plain dicts out."""

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.dates import SHORT_MONTHS, SHORT_WEEKDAYS, say_day
from meetings.enums import Way
from meetings.rules import Finding, Severity, Tally
from meetings.rules.phrases import SEVERITIES
from meetings.rules.words import window_name
from meetings.selectors.daysoff import FreeDay
from meetings.selectors.desk_findings import Key, NormFigures, key_of
from meetings.selectors.desk_lines import LineRow


def say_lines(rows: Iterable[LineRow], language: str, url_of: Callable) -> list[dict]:
    """What meetings/desk/_line.html shows of each line; ``url_of`` gives a line's address."""
    ways = {value: str(label) for value, label in Way.choices}
    return [
        {
            "key": str(row.uuid),
            "url": url_of(row.uuid),
            "version": row.version,
            "day_iso": row.day.isoformat(),
            "day": say_short_day(row.day, language),
            "weekday": SHORT_WEEKDAYS[language][row.day.weekday()],
            "hours": say_hours(row.starts_at, row.ends_at),
            "host": row.host,
            "chain": row.host_chain,
            "targets": row.targets,
            "place": row.place,
            "way": ways[row.way] if row.way != Way.IN_PERSON else "",
            "is_visiting": row.is_visiting,
            "warnings": _warnings(row),
            "remarks": row.remarks,
            "can_edit": row.can_edit,
            "label": _("%(host)s, %(day)s")
            % {"host": row.host, "day": say_day(row.day, language, weekday=False)},
        }
        for row in rows
    ]


def say_short_day(day, language: str) -> str:
    return f"{day.day} {SHORT_MONTHS[language][day.month - 1]}"


def say_hours(begins, ends) -> str:
    if begins is None:
        return ""
    return f"{begins:%H:%M}–{ends:%H:%M}" if ends else f"{begins:%H:%M}"


def _warnings(row: LineRow) -> list[str]:
    warnings = []
    if row.day_off is not None:
        warnings.append(say_day_off(row.day_off, row.day_off_reason))
    if row.shares_day:
        warnings.append(
            _("This akim has another meeting that day: give both hours, so that they do not meet.")
        )
    if row.stream_url == "" and row.way in (Way.ONLINE, Way.BOTH):
        warnings.append(_("It is held online: give the address of the live stream."))
    return warnings


def say_day_off(free: FreeDay, reason: str) -> str:
    """A day off is no error: it asks for a reason [house]."""
    name = free.name
    if free.is_estimate:
        name = _("%(name)s, by estimate") % {"name": name}
    if reason:
        return _("Day off: %(name)s. Reason: %(reason)s") % {"name": name, "reason": reason}
    return _("Day off: %(name)s. Give the reason, or another day.") % {"name": name}


def say_findings(
    findings: Iterable[Finding],
    language: str,
    *,
    names: Mapping[int | str, str],
    codes: Mapping[int | str, str],
    explained: Mapping[Key, object] | None = None,
    fix: str = "",
) -> list[dict]:
    """What meetings/partials/_finding.html shows of each duty.

    Args:
        names, codes: of the units, by key.
        explained: explanations by ``key_of``.
        fix: address of the workspace, when the person may add lines there.
    """
    explained = explained or {}
    return [
        _say_finding(one, language, names, codes, explained.get(key_of(one)), fix)
        for one in findings
    ]


def _say_finding(one: Finding, language, names, codes, explanation, fix: str) -> dict:
    said = {
        "class": "met" if one.met else one.severity.value,
        "verdict": _("met") if one.met else SEVERITIES[one.severity].to(language),
        "count": _("%(norm)s · %(window)s") % {
            "norm": one.norm.id, "window": window_name(one.window, language),
        },
        "sentence": _("%(host)s → %(target)s") % {
            "host": names.get(one.host, ""), "target": names.get(one.target, ""),
        },
        "host": names.get(one.host, ""),
        "target": names.get(one.target, ""),
        "figures": one.words(language).figures,
        "citation": one.norm.source.to(language),
        "act": one.cite(language),
        "why": one.why(language),
        "href": one.href,
        "unconfirmed": not one.norm.confirmed,
        "explanation": explanation.text if explanation else "",
        "explained": explanation,
        "fix_url": "",
        "norm": one.norm.id,
        "host_code": codes.get(one.host, ""),
        "target_code": codes.get(one.target, ""),
        "since": one.window.first.isoformat(),
    }  # fmt: skip
    if fix and not one.met:
        said |= {"fix_url": fix_url(one, codes, fix), "fix_label": _("Add the meeting"),
                 "fix_target": "#new-line"}  # fmt: skip
    return said


def fix_url(one: Finding, codes: Mapping[int | str, str], base: str) -> str:
    """The workspace with a new line that holds what the duty lacks; its day is proposed there."""
    query = {
        "new": 1, "host": codes.get(one.host, ""), "target": codes.get(one.target, ""),
        "since": one.window.first.isoformat(), "until": one.window.last.isoformat(),
        "visiting": int(one.norm.visiting),
    }  # fmt: skip
    return f"{base}?{urlencode(query)}#new-line"


def say_norms(groups: Iterable[NormFigures], language: str) -> list[dict]:
    """Figures by norm: «N3: 7 of 8»."""
    return [
        {
            "norm": one.norm,
            "severity": SEVERITIES[one.severity].to(language),
            "class": one.severity.value if one.figures.missing else "met",
            "met": one.figures.duties - one.figures.open,
            "duties": one.figures.duties,
            "missing": one.figures.missing,
            "words": _("%(met)s of %(all)s duties met") % {
                "met": one.figures.duties - one.figures.open, "all": one.figures.duties,
            },
        }
        for one in groups
    ]  # fmt: skip


def say_figures(law: Tally, *, held: bool) -> dict:
    """What meetings/partials/_figures.html shows; ``held``: whether the year has begun."""
    return {
        "required": law.required,
        "planned": law.planned,
        "held": law.held if held else None,
        "missing": law.missing,
        "met": law.required - law.missing,
    }


def say_missing(missing: int) -> str:
    """One sentence for the live region and the head of the pane."""
    if not missing:
        return _("The decree is kept: nothing is missing.")
    return ngettext(
        "%(n)s required meeting is missing.", "%(n)s required meetings are missing.", missing
    ) % {"n": missing}


def heavier(findings: Iterable[Finding]) -> list[Finding]:
    """Those that a submission must explain."""
    return [one for one in findings if not one.met and one.severity is not Severity.ADVICE]
