"""Days off: seeded from the state's holidays, overridden by an administrator."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from meetings.enums import DayKind


class DayOff(models.Model):
    """A day that differs from its weekday: a holiday, a moved day off, or a working Saturday."""

    day = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=DayKind, default=DayKind.HOLIDAY)
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    act = models.CharField(_("act"), max_length=300, blank=True)
    is_estimate = models.BooleanField(_("estimated"), default=False)
    is_own = models.BooleanField(_("set by an administrator"), default=False)

    class Meta:
        verbose_name = _("day off")
        verbose_name_plural = _("days off")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

    @property
    def name(self) -> str:
        names = {"ru": self.name_ru, "en": self.name_en}
        return names.get(get_language() or "kk") or self.name_kk
