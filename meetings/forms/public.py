"""What a visitor may ask of the public pages, in the query of an address."""

from datetime import date

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from meetings.enums import AkimLevel, MeetingState
from meetings.forms.fields import DayField, LineField
from meetings.selectors.public import Asked

FIRST_DAY, LAST_DAY = date(2022, 1, 1), date(2100, 12, 31)
LONGEST_WORDS = 100
LONGEST_SHOWN = 200


class ListedDay(DayField):
    """A day on which there can be meetings to list."""

    def to_python(self, value) -> date | None:
        day = super().to_python(value)
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(
                _("The calendars begin in 2022: give a day from then on, such as 14.04.2027.")
            )
        return day


class MeetingFilter(forms.Form):
    """The filters of the list of meetings, by the names that stay in addresses."""

    q = LineField(label=_("Place or akim"), required=False, max_length=LONGEST_WORDS)
    unit = forms.CharField(
        required=False, widget=forms.HiddenInput,
        validators=[RegexValidator(r"^\d{9}(-\d{1,3})?$", _("This is not the code of a place."))],
    )  # fmt: skip
    level = forms.ChoiceField(
        label=_("Whose meetings"), required=False,
        choices=[("", _("of all akims")), *AkimLevel.choices],
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("any")), *MeetingState.choices]
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # «from» is a word of Python, so the two days are added here.
        days = {
            "from": ListedDay(label=_("From"), required=False),
            "to": ListedDay(label=_("To"), required=False),
        }
        self.fields = {"q": self.fields.pop("q"), **days, **self.fields}
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = _(
                "There is no such choice. Take one of the list."
            )

    def clean(self):
        given = super().clean() or {}
        first, last = given.get("from"), given.get("to")
        if first and last and last < first:
            self.add_error("to", _("The last day is before the first. Change one of the two."))
        return given

    def shown(self) -> list[dict]:
        """The fields for meetings/public/_filters.html; widgets would cost as much as the list."""
        return [
            {
                "name": name, "label": field.label,
                "value": self.data.get(name, "")[:LONGEST_SHOWN],
                "choices": getattr(field, "choices", ()),
                "hint": _("dd.mm.yyyy") if isinstance(field, ListedDay) else "",
                "more": " dateinput" if isinstance(field, ListedDay) else "",
                "error": (self.errors.get(name) or [""])[0],
            }
            for name, field in self.fields.items()
            if not field.widget.is_hidden
        ]  # fmt: skip

    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(given["q"], given["level"], given["from"], given["to"], given["state"])


class PlaceSearch(forms.Form):
    """Find your place: a few letters of a name, or the code of a place."""

    q = LineField(label=_("Find your place"), required=False, max_length=LONGEST_WORDS)
