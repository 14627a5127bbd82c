"""Findings in words: the little grammar around the sentences of phrases.py.

Nothing is built until it is asked for, so a country's findings cost no text.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from meetings.rules import phrases
from meetings.rules.types import Severity, Text
from meetings.rules.windows import Window

if TYPE_CHECKING:
    from meetings.rules.check import Finding


class Words(NamedTuple):
    """A finding in one language: sentences each fit to stand alone, then the citation."""

    verdict: str
    figures: str
    why: str
    source: str
    who: str = ""

    def __str__(self) -> str:
        parts = (self.who, self.verdict, self.figures, self.why, f"{self.source}.")
        return " ".join(filter(None, parts))


def say(
    finding: Finding, lang: str, *, host: str | None = None, target: str | None = None
) -> Words:
    """The whole finding; names, when given, stand in their base form after a colon."""
    who = ""
    if host is not None and target is not None:
        who = phrases.WHO.to(lang).format(host=host, target=target)
    return Words(
        verdict=verdict(finding, lang),
        figures=figures(finding, lang),
        why=reason(finding, lang),
        source=citation(finding, lang),
        who=who,
    )


def verdict(finding: Finding, lang: str) -> str:
    """Whether the duty is met, or how many meetings it lacks, and when."""
    when = when_words(finding.window, lang)
    if finding.met:
        return phrases.MET[finding.severity].to(lang).format(window=when)
    forms = phrases.MEETINGS[finding.counted, finding.norm.visiting][lang]
    return (
        phrases.MISSING[finding.counted]
        .to(lang)
        .format(
            severity=phrases.SEVERITIES[finding.severity].to(lang),
            window=when,
            n=finding.missing,
            meetings=plural(finding.missing, lang, forms),
        )
    )


def figures(finding: Finding, lang: str) -> str:
    """Required, planned and held, apart; joint meetings where there are any."""
    said = phrases.FIGURES.to(lang).format(
        required=finding.required, planned=finding.planned, held=finding.held
    )
    if finding.joint:
        said += " " + phrases.JOINT.to(lang).format(joint=finding.joint)
    return said


def reason(finding: Finding, lang: str) -> str:
    """What the norm asks, and why it is not the law's demand where it is not."""
    parts = [finding.norm.text.to(lang)]
    if finding.severity is Severity.OWN_NORM:
        parts.append(phrases.OWN_NORM.to(lang))
    if finding.severity is Severity.ADVICE and finding.norm.doubt is not None:
        parts.append(finding.norm.doubt.to(lang))
    return " ".join(parts)


def citation(finding: Finding, lang: str) -> str:
    """Act with its edition, then the point: «Указ № 826 от 3 марта 2022 г., п. 2, пп. 1»."""
    return f"{finding.edition.act.to(lang)}, {finding.norm.source.to(lang)}"


def when_words(window: Window, lang: str) -> str:
    """«в первом полугодии 2026 года»: a window inside a sentence."""
    return _window(window, lang, phrases.WHEN, phrases.WHEN_BY_DAYS)


def window_name(window: Window, lang: str) -> str:
    """«I полугодие 2026 г.»: a window in a heading."""
    return _window(window, lang, phrases.NAME, phrases.NAME_BY_DAYS)


def _window(window: Window, lang: str, named: Mapping[tuple[int, int], Text], by_days: Text) -> str:
    first, last = window
    phrase = named.get((first.month, last.month), by_days)
    return phrase.to(lang).format(
        year=first.year, first=_day_of_month(first, lang), last=_day_of_month(last, lang)
    )


def _day_of_month(day: date, lang: str) -> str:
    return f"{day.day} {phrases.MONTHS_OF_DAY[lang][day.month - 1]}"


def plural(n: int, lang: str, forms: tuple[str, ...]) -> str:
    """The form that follows the number: one in kk, two in en, three in ru."""
    if lang == "kk":
        return forms[0]
    if lang == "en":
        return forms[n != 1]
    if n % 10 == 1 and n % 100 != 11:
        return forms[0]
    return forms[1] if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else forms[2]
