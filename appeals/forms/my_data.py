"""What people send about their own data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.forms.fields import AddressField, TrapField


class MyDataForm(forms.Form):
    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_("The one you gave when you asked, supported or booked. A code comes to it."),
        error_messages={"required": _("Give your e-mail address: the code comes to it.")},
    )  # fmt: skip
    website = TrapField()


class EraseForm(forms.Form):
    """The second yes."""

    sure = forms.BooleanField(
        label=_("Yes, erase it. I know that it cannot be brought back."),
        error_messages={"required": _("Tick the box if everything shall be erased.")},
    )  # fmt: skip
