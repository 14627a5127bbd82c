"""What administrators send in about posts and who holds them."""

from datetime import date
from itertools import pairwise

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from meetings.forms.fields import LineField
from meetings.models import Tenure


class TenureForm(forms.ModelForm):
    class Meta:
        model = Tenure
        fields = ["name_kk", "name_ru", "since", "until"]
        field_classes = {"name_kk": LineField, "name_ru": LineField}
        labels = {"name_kk": _("full name in Kazakh"), "name_ru": _("full name in Russian")}

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("since"), cleaned.get("until")
        if first and last and last < first:
            self.add_error("until", _("The last day is before the first one."))
        return cleaned


class TenureFormSet(BaseInlineFormSet):
    """A post is held by one person at a time."""

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        held = sorted(
            (form.cleaned_data["since"], form.cleaned_data.get("until") or date.max)
            for form in self.forms
            if form.cleaned_data.get("since") and not form.cleaned_data.get("DELETE")
        )
        for (_since, until), (since, _until) in pairwise(held):
            if since <= until:
                message = _("Two people would hold the post on %(day)s. End the earlier tenure.")
                raise ValidationError(message, params={"day": since.strftime("%d.%m.%Y")})


class DatedForm(forms.ModelForm):
    """Something that exists from a day to a day."""

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day is before the first one."))
        return cleaned
