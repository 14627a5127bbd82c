"""Who stands behind a request, kept apart from what is said, sealed at rest."""

import json
import uuid

from django.conf import settings
from django.db import models

from appeals.enums import Purpose
from meetings.sealing import seal, unseal


def short_iin(iin: str) -> str:
    """An IIN as it is shown anywhere: ``********1234``."""
    return "*" * 8 + iin[-4:]


class Person(models.Model):
    """Name and contact given with one request.

    ``mark`` finds every request of one e-mail address without reading it. ``keep_until`` is when
    the row is emptied; an emptied one has ``sealed`` empty and ``erased_at`` set.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sealed = models.TextField(blank=True)
    mark = models.CharField(max_length=64, blank=True, db_index=True)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    keep_until = models.DateField(db_index=True)
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def details(self) -> dict[str, str]:
        """``name``, ``email``, ``phone``: reading them is recorded (services.personal)."""
        return json.loads(unseal(self.sealed)) if self.sealed else {}

    @staticmethod
    def sealed_from(**details: str) -> str:
        return seal(json.dumps({key: value for key, value in details.items() if value},
                               ensure_ascii=False))  # fmt: skip


class Code(models.Model):
    """A one-time code that was sent to an address: six digits, kept as a digest.

    ``subject`` is ``noun:uuid``; ``sealed`` holds the address and what else the act needs.
    ``visitor`` marks the network address for that day, for limits alone.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(max_length=16, choices=Purpose)
    subject = models.CharField(max_length=80)
    mark = models.CharField(max_length=64)
    visitor = models.CharField(max_length=64)
    sealed = models.TextField()
    digest = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["mark", "created_at"], name="code_mark"),
            models.Index(fields=["visitor", "created_at"], name="code_visitor"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.uuid}"

    @property
    def details(self) -> dict:
        """``to`` and what ``services.codes.ask_code`` was given besides."""
        return json.loads(unseal(self.sealed))


class PersonalRead(models.Model):
    """Somebody read a person's data, and for what: append-only."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="reads")
    subject = models.CharField(max_length=80)
    purpose = models.CharField(max_length=300)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at} {self.subject}"
