"""Responsible organisations, and the people who answer for them here."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from appeals.enums import BodyKind


class BodyQuerySet(models.QuerySet):
    def active(self):
        """Those that problems may be given to."""
        return self.filter(is_active=True)

    def of(self, user):
        """The organisations that the user answers for today: membership and role in its unit."""
        from meetings.permissions import Act, within_reach

        reached = within_reach(user, Act.REPORT_PROMISE, "unit__path")
        return self.filter(reached, members__user=user)


class Body(models.Model):
    """An organisation that solves problems: a department, a utility, a local body of a ministry."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(
        "meetings.Unit", models.PROTECT, related_name="bodies", verbose_name=_("unit")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=BodyKind, default=BodyKind.DEPARTMENT)
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    is_active = models.BooleanField(_("takes problems"), default=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("responsible body")
        verbose_name_plural = _("responsible bodies")
        ordering = ["unit__path", "name_kk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name_kk"], name="body_name_once_a_unit")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_in(get_language() or "kk")

    def name_in(self, language: str) -> str:
        return self.name_kk if language == "kk" else self.name_ru


class BodyMember(models.Model):
    """A user who reports for the organisation; the role of body is asked for besides."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="bodies", verbose_name=_("user")
    )

    class Meta:
        verbose_name = _("member of a body")
        verbose_name_plural = _("members of bodies")
        constraints = [
            models.UniqueConstraint(fields=["body", "user"], name="bodymember_once")
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.body_id} {self.user_id}"
