"""Fields for name and contact, and a trap for programs that fill in everything."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from meetings.forms.fields import LineField
from meetings.text import BadText, clean


class AddressField(forms.EmailField):
    """An e-mail address, as clean as any line."""

    default_error_messages = {
        "invalid": _("This is not an e-mail address. It looks like name@example.kz"),
        "required": _("Give your e-mail address: the code and the answer come to it."),
    }

    def __init__(self, **options):
        options.setdefault("max_length", 254)
        super().__init__(**options)
        self.widget.attrs |= {"autocomplete": "email", "spellcheck": "false"}
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value):
        try:
            return super().to_python(clean(str(value or ""), limit=self.max_length))
        except BadText as bad:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from bad


class PhoneField(LineField):
    """A telephone number as people write it; only its shape is looked at."""

    def __init__(self, **options):
        options.setdefault("max_length", 30)
        super().__init__(**options)
        self.widget.attrs |= {"inputmode": "tel", "autocomplete": "tel", "size": 18}
        self.validators.append(
            RegexValidator(
                r"^\+?[0-9(][0-9 ()\-]{4,28}$",
                _("This is not a telephone number. It looks like +7 701 123 45 67"),
            )
        )


class TrapField(forms.CharField):
    """Hidden from people; a program that fills in every field fills in this one too."""

    def __init__(self):
        super().__init__(
            required=False, max_length=200, label=_("Leave this field empty"),
            widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
        )  # fmt: skip

    def validate(self, value):
        if value:
            raise forms.ValidationError(
                _("A field that people do not see was filled in. Empty it and send again.")
            )
