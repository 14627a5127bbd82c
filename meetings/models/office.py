"""The post of an akim, and who holds it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class _Dated(models.QuerySet):
    def on(self, day):
        """Those that exist on that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


class Office(models.Model):
    """The akim's post of a body. Duties belong to the post, not to the person."""

    unit = models.OneToOneField(
        "Unit", models.PROTECT, related_name="office", verbose_name=_("unit")
    )
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    objects = _Dated.as_manager()

    class Meta:
        verbose_name = _("post of an akim")
        verbose_name_plural = _("posts of akims")
        ordering = ["unit__path"]

    def __str__(self) -> str:
        return str(self.unit)


class Tenure(models.Model):
    """Who holds a post, from when to when; ``until`` is the last day."""

    office = models.ForeignKey(
        Office, models.CASCADE, related_name="tenures", verbose_name=_("post")
    )
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("tenure")
        verbose_name_plural = _("tenures")
        ordering = ["office", "-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__lte=F("until")),
                name="tenure_dates_in_order",
            ),
            models.UniqueConstraint(fields=["office", "since"], name="tenure_one_start_a_day"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_ru if get_language() == "ru" else self.name_kk


class Maslikhat(models.Model):
    """The elected council of a unit."""

    unit = models.OneToOneField(
        "Unit", models.PROTECT, related_name="maslikhat", verbose_name=_("unit")
    )
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    objects = _Dated.as_manager()

    class Meta:
        verbose_name = _("maslikhat")
        verbose_name_plural = _("maslikhats")
        ordering = ["unit__path"]

    def __str__(self) -> str:
        return str(self.unit)
