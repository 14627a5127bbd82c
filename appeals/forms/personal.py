"""What staff send to read a person's name and contact, and to look through who read what."""

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.enums import ReadFor
from appeals.services.personal import LONGEST_WORDS
from meetings.forms.fields import DayField, LineField


class PurposeForm(forms.Form):
    """For what a name and contact are needed."""

    purpose = forms.ChoiceField(
        label=_("For what you need it"), choices=[("", _("choose")), *ReadFor.choices],
        error_messages={
            "required": _("Choose for what you need the name and contact."),
            "invalid_choice": _("Choose for what you need the name and contact."),
        },
    )  # fmt: skip
    words = LineField(
        label=_("In words"), max_length=LONGEST_WORDS, required=False,
        help_text=_("Kept for ever beside your name: do not write the person’s data here."),
    )  # fmt: skip

    def __init__(self, *args, **options):
        options.setdefault("auto_id", "id_person_%s")
        super().__init__(*args, **options)


class AccessFilter(forms.Form):
    """The filters of the list of readings."""

    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)
    by = LineField(label=_("Who read"), required=False, max_length=100)
    subject = LineField(
        label=_("Number of the request"), required=False, max_length=20
    )  # fmt: skip
