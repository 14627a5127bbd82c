"""Imports a file of the state classifier of units (KATO)."""

import hashlib
import time
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from meetings.dates import read_day
from meetings.errors import StaleEdit
from meetings.kato.dates import day_in_name
from meetings.kato.difference import Difference
from meetings.kato.parse import read_classifier
from meetings.kato.types import Classifier, FileRefused
from meetings.kato.words import say_problem, say_refusal
from meetings.management.pipes import until_nobody_reads
from meetings.selectors.territory import difference_with, is_first_import
from meetings.services.territory import import_classifier
from meetings.spreadsheets import Limits

LINES = 40  # of each list of the difference, unless all are asked for
PATIENCE_SECONDS = 2


class Command(BaseCommand):
    help = (
        "Import the state classifier of units (KATO) from CSV or XLSX: prints what is new, gone, "
        "renamed, retyped and moved, and applies it. Exit code 1, and nothing changed, when a row "
        "cannot be read."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="the classifier, CSV or XLSX")
        parser.add_argument("--dry-run", action="store_true", help="print the difference only")
        parser.add_argument(
            "--on",
            metavar="YYYY-MM-DD",
            help="the day of the file: what is new exists from it, what is gone until the day "
            "before. By default the day in the file's name, else today; the very first import "
            "leaves dates open.",
        )
        parser.add_argument("--all", action="store_true", help=f"list more than {LINES} of a kind")

    def handle(self, *args, **options):
        # Figures and reasons go to logs: they are in English whatever the site's language.
        with translation.override("en"):
            self._handle(Path(options["file"]), options)

    def _handle(self, path: Path, options) -> None:
        day = _day(options["on"], path.name)
        content = _content(path)
        classifier = self._read(content, path)
        found, _territory = difference_with(classifier)
        with until_nobody_reads(self.stdout):  # «| head» shortens the list and not the import
            self._print(found, len(classifier.rows), everything=options["all"])
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was changed.")
            return
        dated = "dates stay open" if is_first_import() else f"as of {day.isoformat()}"
        try:
            import_classifier(
                classifier,
                day=day,
                file_sha256=hashlib.sha256(content).hexdigest(),
                progress=_Progress(self.stderr),
            )
        except StaleEdit as stale:
            raise CommandError("The territory changed meanwhile; run the import again.") from stale
        self.stdout.write(f"Applied, {dated}." if found else "The territory is as the file.")

    def _read(self, content: bytes, path: Path) -> Classifier:
        try:
            classifier = read_classifier(content)
        except FileRefused as refused:
            raise CommandError(f"{path}: {say_refusal(refused)}") from refused
        problems = classifier.problems
        for problem in problems[:LINES]:
            self.stderr.write(say_problem(problem))
        if problems:
            rows = len({problem.line for problem in problems})
            more = f", the first {LINES} bad cells are above" if len(problems) > LINES else ""
            raise CommandError(
                f"{path}: nothing was changed; rows that cannot be read: {rows}{more}."
            )
        return classifier

    def _print(self, found: Difference, rows: int, *, everything: bool) -> None:
        self.stdout.write(
            f"Rows {rows}: new {len(found.new)}, gone {len(found.gone)}, renamed "
            f"{len(found.renamed)}, retyped {len(found.retyped)}, moved {len(found.moved)}, "
            f"unchanged {found.unchanged}."
        )
        lists = {
            "new": [f"{row.code} {row.source_ru} ({row.kind})" for row in found.new],
            "gone": [f"{unit.code} {unit.name_ru} ({unit.kind})" for unit in found.gone],
            "renamed": [
                f"{c.row.code} {c.unit.name_kk} / {c.unit.name_ru} > "
                f"{c.row.name_kk} / {c.row.name_ru}"
                for c in found.renamed
            ],
            "retyped": [
                f"{c.row.code} {c.row.name_ru}: {c.unit.kind} > {c.row.kind}" for c in found.retyped
            ],
            "moved": [
                f"{c.unit.code} > {c.row.code} {c.row.name_ru}, in {c.row.parent or 'the country'}"
                for c in found.moved
            ],
        }
        if len(found.new) > LINES and not everything:
            kinds = Counter(row.kind.value for row in found.new)
            self.stdout.write("  new by kind: " + ", ".join(f"{k} {n}" for k, n in kinds.items()))
        for name, lines in lists.items():
            shown = lines if everything else lines[:LINES]
            for line in shown:
                self.stdout.write(f"  {name}: {line}")
            if len(lines) > len(shown):
                self.stdout.write(f"  {name}: and {len(lines) - len(shown)} more (--all)")


class _Progress:
    """Tells on stderr how far the writing is, once it has lasted two seconds."""

    def __init__(self, stream):
        self.stream = stream
        self.told_at = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.told_at >= PATIENCE_SECONDS:
            self.told_at = now
            self.stream.write(f"{done} of {total} units written")


def _day(given: str | None, name: str):
    if not given:
        return day_in_name(name) or timezone.localdate()
    try:
        return read_day(given)
    except ValueError as error:
        raise CommandError(f"--on: {error}") from error


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > Limits().file:
            raise CommandError(f"{path}: the file is larger than 16 MB.")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}.") from error
