"""What is done once a day: which day it was done for last."""

from django.db import models


class DailyDuty(models.Model):
    """One duty of meetings/daily.py. ``done_on`` is written in the transaction of what was done."""

    name = models.CharField(max_length=60, primary_key=True)
    done_on = models.DateField(null=True)
    # When it failed last: the next try waits for a while.
    failed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.done_on}"
