"""Demo data: a small territory true to life, or a year of the whole country."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation
from tqdm import tqdm

from appeals import demo
from meetings.demo import national, small
from meetings.models import Calendar, Unit


class Command(BaseCommand):
    help = "Load demo data; `--scale national` needs an imported classifier (import_kato)."

    def add_arguments(self, parser):
        parser.add_argument("--scale", choices=("small", "national"), default="small")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there is a territory already"
        )

    def handle(self, *args, **options):
        if settings.PRODUCTION:
            raise CommandError("Demo data has no place in production; unset AKIMAT_PRODUCTION.")
        if options["if_empty"] and Unit.objects.exists():
            return
        today = timezone.localdate()
        with translation.override("kk"):
            if options["scale"] == "national":
                self._national(today)
            else:
                self._small(today)

    def _small(self, today) -> None:
        if Calendar.objects.filter(region__kato="270000000").exists():
            self.stdout.write("The demo is there already; nothing was changed.")
            return
        with transaction.atomic():
            small.load(today)
            demo.load(today)
        self.stdout.write("The demo is loaded.")

    def _national(self, today) -> None:
        if not Unit.objects.filter(parent=None, valid_to=None).count() >= 20:
            raise CommandError("There is no country yet; run import_kato FILE first.")
        written = national.load(
            today, lambda regions: tqdm(regions, unit="region", file=self.stderr, leave=False)
        )
        self.stdout.write(f"The year {today.year} is written for {written} regions.")
