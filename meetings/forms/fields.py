"""Fields that read what people type: clean lines, days as 14.04.2027, hours as 15:00."""

import re
from datetime import date, time
from decimal import Decimal
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.dates import read_day
from meetings.text import BadText, clean

LONGEST_DAY = 20
_TYPED = {"inputmode": "numeric", "autocomplete": "off"}
_LONG = _("At most %(limit)d characters fit here; these are %(length)d. Shorten the text.")
_CONTROL = _("The text holds a sign that cannot be shown (%(sign)s). Delete it and send again.")


def give_choices(form: forms.Form, name: str, choices) -> None:
    """Choices known only when the form is made; the first of them may be empty."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices


class LineField(forms.CharField):
    """One line of text as it may be kept: NFC, nothing invisible, of bounded length."""

    lines = False

    def to_python(self, value):
        try:
            return clean(super().to_python(value) or "", limit=self.max_length, lines=self.lines)
        except BadText as bad:
            message = _LONG if bad.code == "long" else _CONTROL
            raise forms.ValidationError(message, code=bad.code, params=bad.params) from bad

    def widget_attrs(self, widget):
        # The browser would cut a longer text silently; the server says what is wrong with it.
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class ParagraphField(LineField):
    """Text of several lines."""

    widget = forms.Textarea
    lines = True


class WebField(forms.URLField):
    """An address of a page: http or https, and as clean as any line."""

    default_error_messages = {
        "invalid": _("This is not the address of a page. It begins with https://")
    }

    def __init__(self, **options):
        super().__init__(assume_scheme="https", **options)

    def to_python(self, value):
        try:
            value = super().to_python(clean(str(value or ""), limit=self.max_length))
        except BadText as bad:
            message = _LONG if bad.code == "long" else _CONTROL
            raise forms.ValidationError(message, code=bad.code, params=bad.params) from bad
        if value and not value.startswith(("https://", "http://")):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return value

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class DayField(forms.Field):
    """A day as people write it: 14.04.2027. Native date inputs show the browser's own format."""

    default_error_messages = {
        "invalid": _(
            "“%(value)s” is not a date. Write the day, the month and the year: 14.04.2027."
        ),
        "required": _("Give the date as 14.04.2027."),
    }

    def to_python(self, value) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return read_day(str(value)[:LONGEST_DAY])
        except ValueError:
            raise forms.ValidationError(
                self.error_messages["invalid"], params={"value": str(value)[:LONGEST_DAY]}
            ) from None

    def prepare_value(self, value):
        return f"{value:%d.%m.%Y}" if isinstance(value, date) else value

    def widget_attrs(self, widget):
        return _TYPED | {"placeholder": _("dd.mm.yyyy"), "size": 10}


class HourField(forms.Field):
    """An hour of the day: 15:00; 15.00, 9:30 and 15 are understood too."""

    default_error_messages = {"invalid": _("“%(value)s” is not an hour. Write it as 15:00.")}

    def to_python(self, value) -> time | None:
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, time):
            return value
        found = re.fullmatch(r"(\d{1,2})(?:[:.\-](\d{2}))?", str(value).strip()[:10], re.ASCII)
        if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
            return time(int(found[1]), int(found[2] or 0))
        raise forms.ValidationError(
            self.error_messages["invalid"], params={"value": str(value)[:10]}
        )

    def prepare_value(self, value):
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def widget_attrs(self, widget):
        return _TYPED | {"placeholder": "15:00", "size": 5}


class DegreesField(forms.DecimalField):
    """A latitude or a longitude; a point and a comma are understood alike."""

    widget = forms.TextInput

    def __init__(self, **options):
        super().__init__(max_digits=8, decimal_places=5, **options)

    def to_python(self, value):
        return super().to_python(str(value).replace(",", ".") if value else value)

    def prepare_value(self, value):
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "autocomplete": "off", "size": 9}


class CodesField(forms.Field):
    """Codes of units (KATO), as many inputs of one name; resolved by the form that knows where."""

    widget = forms.MultipleHiddenInput
    most = 60
    default_error_messages = {"many": _("Name at most %(most)d places in one meeting.")}

    def to_python(self, value) -> list[str]:
        codes = list(dict.fromkeys(str(code).strip()[:13] for code in value or [] if code))
        if len(codes) > self.most:
            raise forms.ValidationError(self.error_messages["many"], params={"most": self.most})
        return codes
