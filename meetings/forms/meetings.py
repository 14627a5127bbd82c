"""What is done to a published meeting: announced, moved, cancelled, recorded as held."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.enums import Way
from meetings.forms.fields import DayField, HourField, LineField, ParagraphField, WebField


class DeedForm(forms.Form):
    """One deed. Each carries the version of the meeting that the person saw."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, key: str = "", **options):
        options["auto_id"] = f"id_{key}_%s"
        super().__init__(*args, **options)

    def values(self) -> dict:
        """The meeting's fields for the service."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("version", "reason", "people")
        }


class AnnounceForm(DeedForm):
    starts_at = HourField(label=_("Begins"))
    ends_at = HourField(label=_("Ends"), required=False)
    place_kk = LineField(label=_("Place in Kazakh"), max_length=200, required=False)
    place_ru = LineField(label=_("Place in Russian"), max_length=200, required=False)
    address_kk = LineField(label=_("Address in Kazakh"), max_length=300, required=False)
    address_ru = LineField(label=_("Address in Russian"), max_length=300, required=False)
    way = forms.ChoiceField(label=_("Way of holding"), choices=Way)
    stream_url = WebField(label=_("Live stream"), max_length=300, required=False)
    contact = LineField(label=_("Contact"), max_length=200, required=False)


class MoveForm(DeedForm):
    day = DayField(label=_("New date"))
    starts_at = HourField(label=_("Begins"), required=False)
    ends_at = HourField(label=_("Ends"), required=False)
    place_kk = LineField(label=_("Place in Kazakh"), max_length=200, required=False)
    place_ru = LineField(label=_("Place in Russian"), max_length=200, required=False)
    address_kk = LineField(label=_("Address in Kazakh"), max_length=300, required=False)
    address_ru = LineField(label=_("Address in Russian"), max_length=300, required=False)
    reason = ParagraphField(
        label=_("Reason"), max_length=1000,
        error_messages={"required": _("Write the reason: people and the maslikhat will read it.")},
    )  # fmt: skip


class CancelForm(DeedForm):
    reason = ParagraphField(
        label=_("Reason"), max_length=1000,
        error_messages={"required": _("Write the reason: people and the maslikhat will read it.")},
    )  # fmt: skip


class HeldForm(DeedForm):
    people = forms.IntegerField(
        label=_("How many people came"), min_value=0, max_value=1_000_000,
        widget=forms.TextInput({"inputmode": "numeric", "size": 6}),
        error_messages={"invalid": _("Give the number of people who came.")},
    )  # fmt: skip
