"""What administrators send in about the settings of a calendar."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from meetings.models import Calendar
from meetings.rules import EDITIONS, edition_of_year
from meetings.services.calendar_settings import SETTINGS, is_open


class CalendarSettingsForm(forms.ModelForm):
    """Procedure, reading and own norm. An own norm is an edition before that of the year."""

    own_edition = forms.ChoiceField(
        label=_("stricter edition as own norm"), required=False,
        help_text=_("Findings under it say «own norm», not «law»."),
    )  # fmt: skip

    class Meta:
        model = Calendar
        fields = list(SETTINGS)
        help_texts = {
            "procedure": _("By default the maslikhat agrees to every calendar, whatever the year."),
            "n3_reading": _("By default those units that have an akim of their own."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "own_edition" in self.fields:
            self.fields["own_edition"].choices = [("", _("none")), *self._earlier()]

    def _earlier(self) -> list[tuple[str, str]]:
        language = get_language() or "kk"
        last = edition_of_year(self.instance.year)
        return [
            (edition.id, edition.act.to(language))
            for edition in EDITIONS
            if edition.in_force_from < last.in_force_from
        ]

    def clean(self):
        cleaned = super().clean()
        if self.has_changed() and not is_open(self.instance):
            raise ValidationError(
                _("The calendar was submitted: its settings stay until a new draft.")
            )
        return cleaned
