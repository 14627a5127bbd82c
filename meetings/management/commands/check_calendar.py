"""Says what the akims of a territory owe in a year, and what is missing."""

import json
import os
import sys

from django.core.management.base import BaseCommand, CommandError
from django.db.models import F

from meetings.models import Calendar, Unit, subtree
from meetings.models.unit import STEP_WIDTH
from meetings.rules import Counted, Edition, Finding, NoEdition, Severity, edition_by_id, tally
from meetings.rules.types import Key
from meetings.selectors.duties import Judged, judged_country, judged_region, names_of


class Command(BaseCommand):
    help = (
        "Check a year's meetings against the decree. Judges what is public, or the draft of a "
        "region that has nothing approved yet. Exit code: 0 when every duty is met, 1 when "
        "something is missing, 2 on bad input."
    )

    def add_arguments(self, parser):
        parser.add_argument("--year", required=True, help="the calendar's year, such as 2027")
        parser.add_argument("--unit", default="", help="KATO code of a region or a unit below it")
        parser.add_argument("--edition", default="", help="judge by this edition of the decree")
        parser.add_argument("--held", action="store_true", help="ask what was held, not planned")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--language", choices=("kk", "ru", "en"), default="ru")

    def handle(self, *args, **options):
        judged, unit = self._judge(options)
        try:
            self._answer(judged, unit, options)
        except BrokenPipeError:
            # The reader (head, less) has seen enough; the exit code still tells the verdict.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1 if any(finding.missing for one in judged for finding in one.findings) else 0)

    def _answer(self, judged: list[Judged], unit: Unit | None, options) -> None:
        if options["format"] == "json":
            whole = [_as_json(one, _katos(one)) for one in judged]
            answer = whole[0] if unit else whole
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            for one in judged:
                self._tell(one, options["language"])

    def _judge(self, options) -> tuple[list[Judged], Unit | None]:
        year = _year(options["year"])
        counted = Counted.HELD if options["held"] else Counted.PLANNED
        try:
            edition = edition_by_id(options["edition"]) if options["edition"] else None
            if not options["unit"]:
                return judged_country(year, edition=edition, counted=counted, drafts=True), None
            unit = _unit(options["unit"])
            return [_judged_unit(unit, year, edition, counted)], unit
        except NoEdition as error:
            raise CommandError(str(error), returncode=2) from None

    def _tell(self, judged: Judged, language: str) -> None:
        region, edition = judged.region, judged.edition
        self.stdout.write(
            f"{region.name_in(language)} ({region.kato}), {judged.year}, {edition.act.to(language)}"
        )
        for severity in Severity:
            figures = tally(one for one in judged.findings if one.severity is severity)
            if figures.duties:
                self.stdout.write(
                    f"  {severity}: required {figures.required}, planned {figures.planned}, "
                    f"held {figures.held}, missing {figures.missing}"
                )
        missing = [one for one in judged.findings if one.missing]
        names = names_of(missing, language)
        for one in missing:
            words = one.words(language, host=names[one.host], target=names[one.target])
            point = one.norm.source.to(language)
            self.stdout.write(f"  - {one.norm.id} ({point}) {words.who} {words.verdict}")


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise CommandError(f"{text!r} is not a year; write it as 2027.", returncode=2)
    return int(text)


def _unit(kato: str) -> Unit:
    unit = (
        Unit.objects.filter(kato=kato)
        .order_by(F("valid_to").desc(nulls_first=True))
        .select_related("body")
        .first()
    )
    if unit is None:
        raise CommandError(
            f"There is no unit {kato!r}; give a KATO code of nine digits.", returncode=2
        )
    return unit.body or unit


def _judged_unit(unit: Unit, year: int, edition: Edition | None, counted: Counted) -> Judged:
    """A region as a whole; of a unit below it, what it owes and what is owed within it."""
    region = unit if unit.parent_id is None else Unit.objects.above(unit)[0]
    calendar = Calendar.objects.filter(region=region, year=year).first()
    calendar = calendar or Calendar(region=region, year=year)
    calendar.region = region
    judged = judged_region(calendar, edition=edition, counted=counted, drafts=True)
    if unit == region:
        return judged
    inside = set(Unit.objects.within(unit).values_list("pk", flat=True))
    findings = [one for one in judged.findings if inside & {one.host, one.target, one.duty.body}]
    return Judged(unit, year, judged.edition, findings)


def _katos(judged: Judged) -> dict[Key, str]:
    units = Unit.objects.filter(subtree("path", judged.region.path[:STEP_WIDTH]))
    return dict(units.values_list("pk", "kato"))


def _as_json(judged: Judged, katos: dict[Key, str]) -> dict:
    figures = tally(judged.findings)
    return {
        "edition": judged.edition.id,
        "year": judged.year,
        "region": judged.region.kato,
        "required": figures.required,
        "planned": figures.planned,
        "held": figures.held,
        "missing": figures.missing,
        "findings": [_finding_as_json(finding, katos) for finding in judged.findings],
    }


def _finding_as_json(finding: Finding, katos: dict[Key, str]) -> dict:
    return {
        "norm": finding.norm.id,
        "host": katos[finding.host],
        "target": katos[finding.target],
        "window": [day.isoformat() for day in finding.window],
        "required": finding.required,
        "planned": finding.planned,
        "held": finding.held,
        "missing": finding.missing,
        "severity": str(finding.severity),
        "source": finding.source,
        "href": finding.href,
    }
