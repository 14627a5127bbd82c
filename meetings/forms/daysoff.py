"""What administrators send in about days off."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.forms.fields import LineField
from meetings.models import DayOff

FIRST_YEAR, LAST_YEAR = 2022, 2100


class DayOffForm(forms.ModelForm):
    class Meta:
        model = DayOff
        fields = ["day", "kind", "name_kk", "name_ru", "name_en", "act", "is_estimate"]
        field_classes = dict.fromkeys(("name_kk", "name_ru", "name_en", "act"), LineField)
        error_messages = {
            "day": {"unique": _("This day is in the table already: open it there and change it.")}
        }


class YearForm(forms.Form):
    year = forms.IntegerField(
        label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR,
        error_messages={
            "min_value": _("The first edition of the decree is of 2022."),
            "max_value": _("Give a year up to 2100."),
            "invalid": _("Give a year in four digits."),
            "required": _("Give a year in four digits."),
        },
    )  # fmt: skip
