"""Take out or empty what is past its days, at once; the site does it by itself once a day."""

from django.core.management.base import BaseCommand
from django.utils import translation

from appeals.services import retention


class Command(BaseCommand):
    help = "Take out or empty what is past its days (README: how long what is kept)."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say how many there are")

    def handle(self, *args, **options):
        with translation.override("en"):
            for rule, number in retention.forget_old(is_dry=options["dry_run"]):
                self.stdout.write(f"{number:>8}  {rule.title}")
        if options["dry_run"]:
            self.stdout.write("Nothing was changed.")
