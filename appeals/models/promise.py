"""What was promised about a problem, and what was done about the promise."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from appeals.enums import PromiseState
from appeals.models.problem import Due
from meetings.models.unit import subtree


class PromiseQuerySet(models.QuerySet):
    def within(self, unit):
        return self.filter(subtree("problem__unit__path", unit.path, using=self.db))

    def open(self):
        return self.filter(state=PromiseState.OPEN)

    def overdue(self, day):
        return self.open().filter(due_on__lt=day)


class Promise(Due):
    """Who promised what, by when, for how much. ``state`` moves through services.promises alone.

    ``who`` is the person's post in words where no organisation of the list promised it: an akim
    in the hall. ``meeting`` is where it was said.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    problem = models.ForeignKey("Problem", models.PROTECT, related_name="promises")
    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, related_name="promises"
    )
    body = models.ForeignKey("Body", models.PROTECT, null=True, related_name="promises")
    who = models.CharField(_("who promised"), max_length=200, blank=True)
    what_kk = models.TextField(_("what in Kazakh"), blank=True)
    what_ru = models.TextField(_("what in Russian"), blank=True)
    money = models.DecimalField(
        _("money, tenge"), max_digits=15, decimal_places=0, null=True, blank=True
    )
    state = models.CharField(
        _("state"), max_length=10, choices=PromiseState, default=PromiseState.OPEN
    )
    outcome = models.TextField(_("outcome in words"), blank=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["pk"]
        indexes = [models.Index(fields=["body", "state", "due_on"], name="promise_body")]
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=False) | ~Q(who=""), name="promise_has_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(what_kk="") | ~Q(what_ru=""), name="promise_has_words"
            ),
            models.CheckConstraint(
                condition=Q(state=PromiseState.OPEN) | ~Q(outcome=""),
                name="promise_outcome_has_words",
            ),
        ]

    def __str__(self) -> str:
        return self.what[:60]

    @property
    def what(self) -> str:
        if (get_language() or "kk") == "kk":
            return self.what_kk or self.what_ru
        return self.what_ru or self.what_kk


class PromiseStep(models.Model):
    """One step towards what was promised, with its evidence: an address, a file, or both.

    The file lies outside the web root under ``uuid``; ``media_type`` is what its content says.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    promise = models.ForeignKey(Promise, models.PROTECT, related_name="steps")
    text = models.TextField(_("what was done"))
    url = models.URLField(_("address of the evidence"), max_length=300, blank=True)
    media_type = models.CharField(max_length=80, blank=True)
    extension = models.CharField(max_length=5, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.promise_id} {self.at}"
