"""The log of acts: who did what, when; append-only, each entry chained to the one before."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.Model):
    """One act. Written by services.log alone; the database refuses to change or delete it.

    ``detail`` holds codes, numbers and days, never personal data.
    """

    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    verb = models.CharField(_("what"), max_length=40)
    subject = models.CharField(max_length=80, db_index=True)
    region = models.ForeignKey("Unit", models.PROTECT, null=True, related_name="+")
    from_version = models.PositiveIntegerField(null=True)
    to_version = models.PositiveIntegerField(null=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("act in the log")
        verbose_name_plural = _("log of acts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at} {self.verb} {self.subject}"


class ActHead(models.Model):
    """The last digest of the chain: its row is locked while an act is added."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return self.digest
