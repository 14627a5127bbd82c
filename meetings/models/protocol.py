"""Protocols of meetings: revisions that are drafted, signed off and published."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.enums import ProtocolState
from meetings.models.meeting import Meeting


class Protocol(models.Model):
    """One revision of the protocol of a meeting. States move through services.protocol alone.

    A draft is built anew from what was recorded each time it is shown; the words the drafter adds
    lie here. Signing writes ``canonical`` (JSON, docs/canonical.md) and its SHA-256; from then on
    the contents never change, and a correction is a new revision with its ``reason``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="protocols")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        _("state"), max_length=10, choices=ProtocolState, default=ProtocolState.DRAFT
    )
    reason = models.CharField(_("why it is corrected"), max_length=1000, blank=True)
    report_kk = models.TextField(_("what the report was about, in Kazakh"), blank=True)
    report_ru = models.TextField(_("what the report was about, in Russian"), blank=True)
    remark = models.TextField(_("remark"), blank=True)
    stream_url = models.URLField(_("record of the stream"), max_length=300, blank=True)
    pictures = models.JSONField(_("addresses of pictures"), default=list, blank=True)
    canonical = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("protocol")
        verbose_name_plural = _("protocols")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="protocol_number"),
            # One working draft at a time.
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state=ProtocolState.DRAFT),
                name="protocol_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(state=ProtocolState.DRAFT)
                | (~Q(sha256="") & Q(signed_at__isnull=False)),
                name="protocol_signed_has_hash",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"
