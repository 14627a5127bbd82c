"""What a visitor may ask of the public pages, in the query of an address."""

from datetime import date

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from meetings.dates import read_day
from meetings.enums import AkimLevel, MeetingState
from meetings.selectors.public import Asked
from meetings.text import BadText, clean

FIRST_DAY, LAST_DAY = date(2022, 1, 1), date(2100, 12, 31)
LONGEST_WORDS = 100
LONGEST_SHOWN = 200


class WordsField(forms.CharField):
    """A line to search for: cleaned like every text that comes in."""

    def __init__(self, **options):
        super().__init__(required=False, **options)

    def to_python(self, value):
        try:
            return clean(super().to_python(value), limit=LONGEST_WORDS)
        except BadText as bad:
            raise forms.ValidationError(
                _("Give at most %(limit)d characters.")
                if bad.code == "long"
                else _("The words hold a sign that cannot be searched for. Type them anew."),
                params={"limit": LONGEST_WORDS},
            ) from bad


class DayField(forms.Field):
    """A day as people write it: дд.мм.гггг."""

    widget = forms.TextInput

    def __init__(self, **options):
        super().__init__(required=False, **options)
        self.widget.attrs["placeholder"] = _("dd.mm.yyyy")

    def to_python(self, value) -> date | None:
        value = (value or "").strip()
        if not value:
            return None
        try:
            day = read_day(value[:20])
        except ValueError:
            raise forms.ValidationError(
                _("“%(value)s” is not a date. Write the day, the month and the year: 14.04.2027."),
                params={"value": value[:20]},
            ) from None
        if not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(
                _("The calendars begin in 2022: give a day from then on, such as 14.04.2027.")
            )
        return day


class MeetingFilter(forms.Form):
    """The filters of the list of meetings, by the names that stay in addresses."""

    q = WordsField(label=_("Place or akim"))
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
        days = {"from": DayField(label=_("From")), "to": DayField(label=_("To"))}
        self.fields = {"q": self.fields.pop("q"), **days, **self.fields}
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = _(
                "There is no such choice. Take one of the list."
            )

    def clean(self):
        given = super().clean()
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
                "hint": field.widget.attrs.get("placeholder"),
                "more": " dateinput" if isinstance(field, DayField) else "",
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

    q = WordsField(label=_("Find your place"))
