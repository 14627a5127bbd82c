"""Numbers that people are told: one row of a year and a noun."""

from django.db import models


class Counter(models.Model):
    """The last number given of ``name`` in ``year``."""

    name = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="counter_once_a_year")]

    def __str__(self) -> str:
        return f"{self.name} {self.year}: {self.last}"
