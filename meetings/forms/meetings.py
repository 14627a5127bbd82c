"""What is done to a published meeting: announced, moved, cancelled, recorded as held."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.enums import Topic, Way
from meetings.forms.fields import (
    CodesField,
    DayField,
    HourField,
    LineField,
    ParagraphField,
    WebField,
    give_choices,
)
from meetings.forms.lines import units_of
from meetings.forms.widgets import LongSelect
from meetings.models import Office, Unit


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


class CallForm(forms.Form):
    """A meeting outside the calendar. ``hosts``: offices the person may call for, by code."""

    reason = ParagraphField(
        label=_("Why it is called"), max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The public reads it: a demand of the people, a flood, an urgent question."),
        error_messages={"required": _("Write why the meeting is called: the public reads it.")},
    )  # fmt: skip
    host = forms.ChoiceField(
        label=_("Akim"), widget=LongSelect,
        error_messages={"invalid_choice": _("Choose an akim of your own territory.")},
    )  # fmt: skip
    targets = CodesField(
        label=pgettext_lazy("of a meeting", "Places"),
        error_messages={"required": _("Choose at least one place whose people the akim meets.")},
    )
    day = DayField(label=_("Date"))
    starts_at = HourField(label=_("Begins"), required=False)
    ends_at = HourField(label=_("Ends"), required=False)
    place_kk = LineField(label=_("Place in Kazakh"), max_length=200, required=False)
    place_ru = LineField(label=_("Place in Russian"), max_length=200, required=False)
    address_kk = LineField(label=_("Address in Kazakh"), max_length=300, required=False)
    address_ru = LineField(label=_("Address in Russian"), max_length=300, required=False)
    way = forms.ChoiceField(label=_("Way of holding"), choices=Way, initial=Way.IN_PERSON)
    is_visiting = forms.BooleanField(label=_("Visiting meeting"), required=False, initial=True)
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=Topic, required=False, widget=forms.CheckboxSelectMultiple
    )
    contact = LineField(
        label=_("Contact"), max_length=200, required=False,
        help_text=_("The public sees it: an office's telephone, not a person's."),
    )  # fmt: skip
    stream_url = WebField(label=_("Live stream"), max_length=300, required=False)

    def __init__(self, *args, hosts: dict[str, Office], region: Unit, **options):
        options["auto_id"] = "id_call_%s"
        super().__init__(*args, **options)
        self.hosts, self.region = hosts, region
        give_choices(self, "host", [(code, office.unit.name) for code, office in hosts.items()])
        self.found: list[Unit] = []

    def clean(self):
        given = super().clean() or {}
        codes = given.get("targets") or []
        self.found = units_of(self.region, codes, given.get("day"))
        for code in sorted(set(codes) - {unit.kato for unit in self.found}):
            message = _("There is no place with the code %(code)s in this region.")
            self.add_error("targets", forms.ValidationError(message, params={"code": code}))
        return given

    def content(self) -> dict:
        """The meeting's other fields for the service."""
        apart = ("reason", "host", "targets", "day")
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}

    def refuse(self, refused) -> None:
        """Put what the service refused beside the fields it is about."""
        problems = refused.details.get("problems") or [(refused.field, refused.message)]
        for name, message in problems:
            self.add_error(name if name in self.fields else None, message)
