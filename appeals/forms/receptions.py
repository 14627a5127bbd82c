"""What citizens send about receptions: the filters of the list, a booking."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from appeals.forms.fields import AddressField, PhoneField, TrapField
from meetings.forms.fields import LineField
from meetings.forms.public import LONGEST_SHOWN, LONGEST_WORDS, ListedDay


class ReceptionFilter(forms.Form):
    """The filters of the list of receptions, by the names that stay in addresses."""

    q = LineField(
        label=pgettext_lazy("territory", "Place"), required=False, max_length=LONGEST_WORDS
    )
    unit = forms.CharField(
        required=False, widget=forms.HiddenInput,
        validators=[RegexValidator(r"^\d{9}(-\d{1,3})?$", _("This is not the code of a place."))],
    )  # fmt: skip

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # «from» is a word of Python, so the two days are added here.
        self.fields["from"] = ListedDay(label=_("From"), required=False)
        self.fields["to"] = ListedDay(label=_("To"), required=False)

    def clean(self):
        given = super().clean() or {}
        first, last = given.get("from"), given.get("to")
        if first and last and last < first:
            self.add_error("to", _("The last day is before the first. Change one of the two."))
        return given

    def shown(self) -> list[dict]:
        """The fields for the template of the filters."""
        return [
            {
                "name": name, "label": field.label,
                "value": self.data.get(name, "")[:LONGEST_SHOWN],
                "is_day": isinstance(field, ListedDay),
                "error": (self.errors.get(name) or [""])[0],
            }
            for name, field in self.fields.items()
            if not field.widget.is_hidden
        ]  # fmt: skip


class PersonForm(forms.Form):
    """Who comes, and what about."""

    name = LineField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("As in your identity document."),
    )  # fmt: skip
    subject = LineField(
        label=_("What do you want to speak about?"), max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("A few words, so that the officials prepare. Only the reception reads them."),
    )  # fmt: skip


class BookingForm(PersonForm):
    """A booking on the site."""

    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_("A code comes to it now, and a letter if anything changes."),
    )
    phone = PhoneField(
        label=_("Your telephone"), required=False,
        help_text=_("If you wish: we call when a letter would come too late."),
    )  # fmt: skip
    consent = forms.BooleanField(
        label=_("I agree that the reception keeps my name and contact for this booking."),
        error_messages={"required": _("Without your consent we may not keep your contact.")},
    )
    website = TrapField()
    wait = forms.BooleanField(required=False, widget=forms.HiddenInput)
    slot = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ["name", "email", "phone", "subject", "consent"]

    def details(self) -> dict[str, str]:
        """What is sealed of the person."""
        given = self.cleaned_data
        return {name: given[name] for name in ("name", "email", "phone")}
