"""The digits from a letter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.forms.fields import LineField


class CodeForm(forms.Form):
    code = LineField(
        label=_("Code from the letter"), max_length=40,
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "one-time-code", "size": 9}
        ),
        error_messages={"required": _("Type the six digits of the letter.")},
    )  # fmt: skip
