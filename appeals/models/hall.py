"""The row of questions in the hall of one meeting, and what was noted of each."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from appeals.enums import HallOutcome, HallSource, HallState, HoldReason


class HallItem(models.Model):
    """One place in the row: a question sent before, a paper, a raised hand, a text from a phone.

    A question sent before has its item from the first thing done to it on, under the question's
    own ``uuid``; others have the identity that the device gave them and a ``number`` of the hall.
    ``text`` is what was written, ``public_text`` what the hall may read. ``person_mark`` is equal
    for equal people of this meeting and says no more. Moves through services.hall alone.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    day = models.ForeignKey("meetings.MeetingDay", models.PROTECT, related_name="hall")
    number = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=8, choices=HallSource)
    state = models.CharField(max_length=8, choices=HallState, default=HallState.WAITING)
    question = models.OneToOneField("Question", models.PROTECT, null=True, related_name="hall_item")
    language = models.CharField(max_length=2, default="kk")
    text = models.TextField(blank=True)
    public_text = models.TextField(blank=True)
    person_mark = models.CharField(max_length=64, blank=True)
    visitor = models.CharField(max_length=64, blank=True)
    voices = models.PositiveIntegerField(default=0)
    forward = models.PositiveIntegerField(null=True)
    hold_reason = models.CharField(max_length=14, choices=HoldReason, blank=True)
    hold_words = models.CharField(max_length=1000, blank=True)

    outcome = models.CharField(max_length=12, choices=HallOutcome, blank=True)
    answer = models.TextField(blank=True)
    promised_by = models.CharField(max_length=200, blank=True)
    promised_for = models.DateField(null=True)
    promise = models.OneToOneField("Promise", models.PROTECT, null=True, related_name="hall_item")
    came_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["day", "state"], name="hallitem_day_state"),
            models.Index(fields=["day", "person_mark"], name="hallitem_day_person"),
            models.Index(fields=["day", "visitor", "came_at"], name="hallitem_day_visitor"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["day", "number"], name="hallitem_number_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=False) | Q(source=HallSource.SENT),
                name="hallitem_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state=HallState.DONE) | ~Q(outcome=""), name="hallitem_done_how"
            ),
            models.CheckConstraint(
                condition=~Q(state=HallState.HELD) | ~Q(hold_reason=""),
                name="hallitem_held_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day_id} {self.number or self.uuid}"


class HallNote(models.Model):
    """One thing noted of an item; written once.

    ``uuid`` is made by the device, so that a note sent twice is one note. ``is_apart`` marks an
    outcome noted by somebody who did not know of the one that is in force: both are shown, until
    one is chosen (``settled_at``).
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(HallItem, models.PROTECT, related_name="notes")
    deed = models.CharField(max_length=12)
    outcome = models.CharField(max_length=12, choices=HallOutcome, blank=True)
    answer = models.TextField(blank=True)
    promised_by = models.CharField(max_length=200, blank=True)
    promised_for = models.DateField(null=True)
    is_apart = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    device = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.deed} {self.at}"


class HallVoice(models.Model):
    """One device in the hall, one voice for an item."""

    item = models.ForeignKey(HallItem, models.PROTECT, related_name="supports")
    mark = models.CharField(max_length=64)
    visitor = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "mark"], name="hallvoice_one_a_device")
        ]
        indexes = [models.Index(fields=["item", "visitor"], name="hallvoice_visitor")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.mark[:8]}"
