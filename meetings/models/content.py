"""What a meeting is made of: shared by the lines of a draft and the meetings that are public."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from meetings.enums import Way

# Copied from line to meeting, written to the canonical JSON, compared in a diff.
CONTENT_FIELDS = (
    "host_id", "day", "starts_at", "ends_at", "place_kk", "place_ru", "address_kk", "address_ru",
    "way", "is_visiting", "topics", "contact", "stream_url", "day_off_reason",
    "latitude", "longitude",
)  # fmt: skip


class MeetingContent(models.Model):
    """Host, day, hour, place and way of a meeting. An hour or a place may come later."""

    host = models.ForeignKey(
        "meetings.Office", models.PROTECT, related_name="%(class)ss", verbose_name=_("akim")
    )
    day = models.DateField(_("date"))
    starts_at = models.TimeField(_("begins"), null=True, blank=True)
    ends_at = models.TimeField(_("ends"), null=True, blank=True)
    place_kk = models.CharField(_("place in Kazakh"), max_length=200, blank=True)
    place_ru = models.CharField(_("place in Russian"), max_length=200, blank=True)
    address_kk = models.CharField(_("address in Kazakh"), max_length=300, blank=True)
    address_ru = models.CharField(_("address in Russian"), max_length=300, blank=True)
    way = models.CharField(_("way of holding"), max_length=10, choices=Way, default=Way.IN_PERSON)
    is_visiting = models.BooleanField(_("visiting meeting"), default=True)
    topics = models.JSONField(_("topics"), default=list, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    stream_url = models.URLField(_("live stream"), max_length=300, blank=True)
    day_off_reason = models.CharField(_("why on a day off"), max_length=300, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        """In the reader's language, or in the one it was written in."""
        return self.place_in(get_language() or "kk")

    @property
    def address(self) -> str:
        return self.address_in(get_language() or "kk")

    def place_in(self, language: str) -> str:
        pair = (self.place_kk, self.place_ru)
        return either(pair, language)

    def address_in(self, language: str) -> str:
        pair = (self.address_kk, self.address_ru)
        return either(pair, language)


def either(pair: tuple[str, str], language: str) -> str:
    kk, ru = pair
    return (ru or kk) if language == "ru" else (kk or ru)
