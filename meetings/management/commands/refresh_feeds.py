"""Writes every calendar entry anew: after new wording, or when the site's address changed."""

import sys

from django.core.management.base import BaseCommand
from tqdm import tqdm

from meetings.models import Meeting
from meetings.services.publishing import rewrite_entries


class Command(BaseCommand):
    help = (
        "Write the entries of feeds anew, for all meetings. Run it after an upgrade that changed "
        "their words, or when AKIMAT_SITE_URL changed. UID, SEQUENCE and dates stay as they are."
    )

    def handle(self, *args, **options):
        done, total = 0, Meeting.objects.count()
        with tqdm(total=total, unit="meeting", disable=not sys.stderr.isatty()) as bar:
            for done in rewrite_entries():
                bar.update(done - bar.n)
        self.stdout.write(f"Meetings written anew: {done}.")
