"""What people ask, request and propose; who supports it; what they attached."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appeals.enums import Channel, HoldReason, Kind, QuestionState
from meetings.enums import Topic


class QuestionQuerySet(models.QuerySet):
    def public(self):
        """What everybody may read: published, and not told again under another question."""
        return self.filter(state=QuestionState.PUBLISHED, merged_into=None)

    def in_reach(self, user):
        """What the staff's right to read requests reaches; codes not typed yet are nobody's."""
        from meetings.permissions import Act, within_reach

        seen = within_reach(user, Act.READ_REQUESTS, "unit__path")
        return self.filter(seen).exclude(state=QuestionState.UNCONFIRMED)

    def visible_to(self, user):
        """Published ones for everybody; the rest for the staff of the territory."""
        reached = Q(pk__in=Question.objects.in_reach(user).values("pk"))
        return self.filter(Q(state=QuestionState.PUBLISHED) | reached)

    def of(self, meeting):
        return self.filter(meeting=meeting)

    def supported_by(self, mark: str):
        return self.filter(Exists(Support.objects.filter(question=OuterRef("pk"), mark=mark)))


def _asked(name: str, fields: list[str], condition: Q | None = None) -> list[models.Index]:
    """An index of what has come, in its order, and the same within a region.

    Conditions are of NULL alone: SQLite proves no others, their values being parameters.
    """
    came = Q(asked_at__isnull=False) & (condition or Q())
    return [
        models.Index(fields=fields, name=name, condition=came),
        models.Index(fields=["region", *fields], name=f"{name}_region", condition=came),
    ]


class Question(models.Model):
    """One request of one person, to a meeting or to a unit.

    ``text`` is what was written; ``public_text`` is what may be read by all, given by the
    commission. Name and contact lie in ``person``. ``number`` and ``asked_at`` are given when the
    code is typed. Moves through services alone; nothing is ever deleted.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True, null=True)
    state = models.CharField(
        max_length=12, choices=QuestionState, default=QuestionState.UNCONFIRMED
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.INQUIRY)
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel,
                               default=Channel.SITE)  # fmt: skip
    language = models.CharField(max_length=2)
    region = models.ForeignKey("meetings.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("meetings.Unit", models.PROTECT, related_name="questions")
    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, related_name="questions"
    )
    place_words = models.CharField(_("place in words"), max_length=200, blank=True)
    topic = models.CharField(_("topic"), max_length=16, choices=Topic, default=Topic.OTHER)
    text = models.TextField(_("text"))
    public_text = models.TextField(_("public text"), blank=True)
    is_edited = models.BooleanField(default=False)
    search = models.TextField(blank=True)
    features = models.BinaryField(null=True)

    person = models.ForeignKey("Person", models.PROTECT, null=True, related_name="questions")
    follow_digest = models.CharField(max_length=64, unique=True, null=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    hold_reason = models.CharField(max_length=14, choices=HoldReason, blank=True)
    hold_words = models.CharField(max_length=1000, blank=True)
    objection = models.CharField(max_length=2000, blank=True)
    objected_at = models.DateTimeField(null=True)
    objection_answer = models.CharField(max_length=2000, blank=True)

    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    problem = models.ForeignKey("Problem", models.PROTECT, null=True, related_name="questions")
    voices = models.PositiveIntegerField(default=0)

    eotinish_number = models.CharField(_("e-Otinish number"), max_length=40, blank=True)
    eotinish_received_on = models.DateField(_("received by e-Otinish"), null=True)
    eotinish_extended_on = models.DateField(_("extended on"), null=True)
    eotinish_extended_to = models.DateField(_("extended to"), null=True)
    eotinish_forwarded_on = models.DateField(_("forwarded on"), null=True)
    eotinish_forwarded_to = models.CharField(_("forwarded to"), max_length=200, blank=True)

    created_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes = [
            models.Index(fields=["state", "-asked_at", "-id"], name="question_state"),
            models.Index(fields=["topic", "state", "-asked_at", "-id"], name="question_topic"),
            models.Index(fields=["region", "state", "-asked_at", "-id"], name="question_region"),
            models.Index(
                fields=["region", "topic", "state", "-asked_at", "-id"],
                name="question_region_topic",
            ),
            # All that a list asks of a small place: its questions are many, their rows far apart.
            models.Index(
                fields=["unit", "state", "-asked_at", "-id", "topic", "channel", "answered_at",
                        "merged_into", "due_on"],
                name="question_unit",
            ),
            *_asked("question_asked", ["-asked_at", "-id"]),
            *_asked("question_channel", ["channel", "-asked_at", "-id"]),
            *_asked("question_owed", ["asked_at", "id", "due_on", "state"],
                    Q(answered_at=None, merged_into=None)),
            # Of what came by telephone in all the years few are open.
            *_asked("question_line", ["channel", "state", "-asked_at", "-id", "due_on"],
                    Q(answered_at=None, merged_into=None)),
            models.Index(
                fields=["state", "objected_at"], name="question_objection",
                condition=Q(objected_at__isnull=False),
            ),
            models.Index(
                fields=["region", "state", "objected_at"], name="question_objection_region",
                condition=Q(objected_at__isnull=False),
            ),
            models.Index(
                fields=["meeting", "state"], name="question_meeting",
                condition=Q(meeting__isnull=False),
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=QuestionState.HELD) | ~Q(hold_reason=""),
                name="question_held_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=QuestionState.UNCONFIRMED)
                | Q(number__isnull=False, asked_at__isnull=False),
                name="question_has_number",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.uuid)

    def get_absolute_url(self) -> str:
        return reverse("question", args=[self.uuid])


class Support(models.Model):
    """One address, one voice. ``origin`` is the question it was given to, if that one was merged
    into another since: a split takes its voices back."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="supports")
    origin = models.ForeignKey(Question, models.PROTECT, null=True, related_name="+")
    mark = models.CharField(max_length=64, db_index=True)
    sealed = models.TextField(blank=True)
    language = models.CharField(max_length=2)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "mark"], name="support_one_voice")
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.mark[:8]}"


class Attachment(models.Model):
    """A photo or document given with a question: our own name, outside the web root.

    ``media_type`` is what the content says; ``sha256`` of the bytes as they are kept. The public
    may have it only where the commission said so.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, models.PROTECT, related_name="attachments")
    media_type = models.CharField(max_length=80)
    extension = models.CharField(max_length=5)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    is_public = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.uuid}.{self.extension}"


class QuestionMove(models.Model):
    """What happened to a question: who, when, from which state to which, with what words."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="moves")
    deed = models.CharField(max_length=20)
    from_state = models.CharField(max_length=12, choices=QuestionState)
    to_state = models.CharField(max_length=12, choices=QuestionState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=2000, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.deed} {self.at}"
