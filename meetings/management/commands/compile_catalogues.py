"""Compiles the catalogues of the interface without system gettext."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile akimat/locale/*/LC_MESSAGES/django.po (with polib: no gettext is needed)."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options):
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                target = source.with_suffix(".mo")
                if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                    continue
                catalogue = polib.pofile(str(source), encoding="utf-8")
                catalogue.save_as_mofile(str(target))
                self.stdout.write(f"{source.parent.parent.name}: {len(catalogue)} messages")
