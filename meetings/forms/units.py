"""What administrators send in about units, and files of the classifier."""

from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from meetings.dates import read_day
from meetings.enums import UnitKind
from meetings.errors import Refused
from meetings.forms.fields import LineField
from meetings.models import Unit
from meetings.services.units import OWN_KINDS, SETTINGS, require_room, state_of
from meetings.spreadsheets import Limits


class UnitForm(forms.ModelForm):
    """A unit's settings; of one added by hand also its kind, names and dates.

    ``seen`` carries the state the page was opened with.
    """

    seen = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    class Meta:
        model = Unit
        fields = [
            "parent", "kind", "name_kk", "name_ru", "name_en", "valid_from", "valid_to", *SETTINGS,
        ]  # fmt: skip
        field_classes = dict.fromkeys(
            ("name_kk", "name_ru", "name_en", "exclusion_reason"), LineField
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen"].initial = state_of(self.instance)
        if kind := self.fields.get("kind"):
            kind.choices = [(kind.value, kind.label) for kind in OWN_KINDS]
        if "parent" in self.fields:
            self.fields["parent"].required = True
        for name in ("latitude", "longitude"):
            if name in self.fields:
                self.fields[name].localize = False

    def clean(self):
        given = super().clean() or {}
        if "is_excluded" in self.fields:
            self._clean_exclusion(given)
        if given.get("is_attached") and not self._may_be_attached():
            self.add_error(
                "is_attached", _("Only a rural okrug inside a city can be counted as its target.")
            )
        if (given.get("latitude") is None) != (given.get("longitude") is None):
            self.add_error("longitude", _("Give both the latitude and the longitude, or neither."))
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day is before the first one."))
        if self.instance.pk:
            self._clean_seen(given)
        elif not self.errors:
            self._clean_room(given)
        return given

    def _clean_seen(self, given) -> None:
        """Tell of somebody who was quicker; what was typed stays, and may be sent again."""
        stored = Unit.objects.get(pk=self.instance.pk)
        if not given.get("seen") or given["seen"] == state_of(stored):
            return
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("seen")] = state_of(stored)
        self.data = data
        message = _(
            "Somebody changed this unit meanwhile. Stored now: %(stored)s. "
            "What you typed is kept below: send it again to replace that."
        )
        now = "; ".join(
            f"{self.fields[name].label}: {self._said(stored, name)}"
            for name in self.changed_data
            if name != "seen"
        )
        error = ValidationError(message, code="stale", params={"stored": now or "—"})
        self.add_error(None, error)

    @staticmethod
    def _said(stored: Unit, name: str) -> str:
        value = getattr(stored, name)
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        return "—" if value in (None, "") else str(value)

    def _clean_room(self, given) -> None:
        try:
            require_room(given["parent"], kind=given["kind"], name_kk=given["name_kk"])
        except Refused as refused:
            self.add_error(refused.field, refused.message)

    def _clean_exclusion(self, given) -> None:
        if not given.get("is_excluded"):
            given["exclusion_reason"] = ""
        elif not given.get("exclusion_reason") and "exclusion_reason" not in self.errors:
            self.add_error("exclusion_reason", _("Say why the unit is excluded."))

    def _may_be_attached(self) -> bool:
        if self.instance.kind != UnitKind.OKRUG:
            return False
        return Unit.objects.above(self.instance).filter(kind=UnitKind.OBLAST_CITY).exists()

    def clean_latitude(self):
        return _within(self.cleaned_data["latitude"], 40, 56)

    def clean_longitude(self):
        return _within(self.cleaned_data["longitude"], 46, 88)


def _within(value, least: int, most: int):
    """Kazakhstan lies between 40° and 56° N, 46° and 88° E."""
    if value is not None and not least <= value <= most:
        raise ValidationError(
            _("This is not in Kazakhstan: give a number from %(least)s to %(most)s."),
            params={"least": least, "most": most},
        )
    return value


class ClassifierForm(forms.Form):
    """A file of the state classifier, and its day when the file's name does not tell it."""

    file = forms.FileField(
        label=_("File of the classifier"),
        help_text=_("XLSX or CSV, up to 16 MB, as the statistics bureau publishes it."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    day = forms.CharField(
        label=_("Day of the file"),
        required=False,
        max_length=20,
        help_text=_("As 17.07.2026. Left empty, it is taken from the file's name, or is today."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > Limits().file:
            raise ValidationError(_("The file is larger than 16 MB."))
        return file

    def clean_day(self):
        text = self.cleaned_data["day"]
        try:
            return read_day(text) if text.strip() else None
        except ValueError as error:
            raise ValidationError(_("Give the date as 14.04.2027.")) from error
