"""Units of territory: what the state classifier names and what staff add by hand."""

from django.core.validators import RegexValidator
from django.db import connections, models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from meetings.enums import UnitKind

STEP_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
STEP_WIDTH = 5


def path_step(number: int) -> str:
    """A unit's own step in a path: its number in base 36, padded so that paths sort as trees."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = STEP_DIGITS[rest] + digits
    return digits.rjust(STEP_WIDTH, "0")


class UnitQuerySet(models.QuerySet):
    def on(self, day):
        """Units that exist on that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def within(self, unit):
        """The unit and everything below it, as one index range."""
        return self.filter(subtree("path", unit.path, using=self.db))

    def above(self, unit):
        """The unit and everything it lies in, from the region down."""
        steps = range(STEP_WIDTH, len(unit.path) + 1, STEP_WIDTH)
        return self.filter(path__in=[unit.path[:end] for end in steps]).order_by("path")


def subtree(field: str, path: str, using: str = "default") -> Q:
    """A condition «path begins with», in the form that each database answers from its index."""
    if connections[using].vendor == "postgresql":
        return Q(**{f"{field}__startswith": path})
    return Q(**{f"{field}__gte": path, f"{field}__lt": path + "\uffff"})


class Unit(models.Model):
    """A territory: region, district, okrug, village… It has its own key; its code may change.

    ``valid_to`` is the last day it exists. The outer row of a body that has two rows carries the
    akim's post; the inner one names it in ``body`` («г.Орал» inside «Орал Қ.Ә.»).
    """

    number = models.PositiveIntegerField(unique=True, editable=False)
    path = models.CharField(max_length=60, unique=True, editable=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children",
        verbose_name=_("lies in"),
    )  # fmt: skip
    body = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="twins",
        verbose_name=_("same body as"),
    )  # fmt: skip
    kato = models.CharField(
        _("code (KATO)"), max_length=13, db_index=True,
        validators=[RegexValidator(r"^\d{9}(-\d{1,3})?$")],
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=24, choices=UnitKind)
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    source_kk = models.CharField(max_length=200, blank=True, editable=False)
    source_ru = models.CharField(max_length=200, blank=True, editable=False)
    search = models.CharField(max_length=420, blank=True, editable=False, db_index=True)
    sort_kk = models.CharField(max_length=420, blank=True, editable=False)
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("last day"), null=True, blank=True)
    is_own = models.BooleanField(_("added by hand"), default=False)
    is_attached = models.BooleanField(
        _("counted as a target"), default=False,
        help_text=_("An okrug inside a city that its akim visits by the region's own decision."),
    )  # fmt: skip
    is_excluded = models.BooleanField(_("excluded from the count"), default=False)
    exclusion_reason = models.CharField(_("why it is excluded"), max_length=300, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["path"]
        indexes = [models.Index(fields=["kind", "path"], name="unit_kind_path")]
        constraints = [
            # Codes are reused: only one living unit has a code at a time.
            models.UniqueConstraint(
                fields=["kato"], condition=Q(valid_to__isnull=True), name="unit_one_living_per_code"
            ),
            models.CheckConstraint(
                condition=Q(is_excluded=False) | ~Q(exclusion_reason=""),
                name="unit_exclusion_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                name="unit_dates_in_order",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("unit", args=[self.kato])

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_in(get_language() or "kk")

    def name_in(self, language: str) -> str:
        return {"ru": self.name_ru, "en": self.name_en}.get(language) or self.name_kk


class UnitPast(models.Model):
    """What a unit was until a day: kept when an import renames, retypes, recodes or moves it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="past")
    until = models.DateField(_("until"))
    kato = models.CharField(_("code (KATO)"), max_length=13, db_index=True)
    kind = models.CharField(_("kind"), max_length=24, choices=UnitKind)
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("former name or code")
        verbose_name_plural = _("former names and codes")
        ordering = ["-until"]

    def __str__(self) -> str:
        return f"{self.kato} {self.name_kk} (… {self.until})"
