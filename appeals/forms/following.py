"""What the person who asked, or somebody who agrees, sends later."""

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.forms.fields import AddressField, TrapField
from meetings.forms.fields import ParagraphField


class ObjectionForm(forms.Form):
    """Why a text that is held back should be published: once."""

    words = ParagraphField(
        label=_("Why it should be published"), max_length=2_000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("You can object once. The commission reads it and answers here."),
        error_messages={"required": _("Write why the text should be published.")},
    )  # fmt: skip


class SupportForm(forms.Form):
    """One confirmed address, one voice."""

    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_("Never public. A code comes to it, and later the answer."),
    )
    website = TrapField()
