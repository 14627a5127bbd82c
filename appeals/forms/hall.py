"""What phones in the hall send, and what the secretary notes of the row."""

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.enums import HallOutcome, HallSource, HoldReason
from appeals.forms.fields import TrapField
from appeals.services.hall import Outcome, Stamp
from appeals.services.hall_phones import LONGEST_TEXT
from meetings.forms.day import MomentField, SentForm
from meetings.forms.fields import DayField, LineField, ParagraphField

LONGEST_CODE = 20
LONGEST_ANSWER = 2000


class CodeOfHall(forms.Form):
    """The code from the screen, for those who do not scan it."""

    code = LineField(
        label=_("Code of the hall"), max_length=LONGEST_CODE,
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off", "size": 8,
                                "spellcheck": "false"}),
        help_text=_("Six letters and digits; they stand on the screen and on the wall."),
        error_messages={"required": _("Type the code of the hall.")},
    )  # fmt: skip


class PhoneForm(forms.Form):
    """A question from a phone in the hall: text alone."""

    text = ParagraphField(
        label=_("Your question"), max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 5}),
        help_text=_(
            "In a few sentences. Do not write names, telephones or addresses of people: the hall"
            " will read it."
        ),
        error_messages={"required": _("Write your question.")},
    )  # fmt: skip
    website = TrapField()


class HallForm(SentForm):
    """A note of the row: the version that the device had before its eyes."""

    note = forms.UUIDField(widget=forms.HiddenInput)
    device = forms.RegexField(r"^[\w-]{0,40}$", required=False, widget=forms.HiddenInput)
    device_at = MomentField(widget=forms.HiddenInput)
    sent_at = MomentField(widget=forms.HiddenInput)
    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def of_device(self) -> Stamp:
        return Stamp(**self.stamp(), version=self.cleaned_data["version"] or 0)


class EnterForm(HallForm):
    """A paper or a raised hand."""

    source = forms.ChoiceField(
        label=_("How it came"),
        choices=[(one.value, one.label) for one in (HallSource.HAND, HallSource.PAPER)],
    )
    text = ParagraphField(label=_("The question in words"), max_length=LONGEST_TEXT,
                          required=False)  # fmt: skip
    name = LineField(label=_("Name, if given"), max_length=120, required=False)


class ShowForm(HallForm):
    text = ParagraphField(label=_("Text that the hall will read"), max_length=LONGEST_TEXT * 5)


class HoldForm(HallForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=HoldReason)
    words = ParagraphField(label=_("In words"), max_length=1000, required=False)


class OutcomeForm(HallForm):
    """Answered, promised or taken away."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=HallOutcome,
        error_messages={"required": _("Choose what it ended with.")},
    )
    answer = ParagraphField(label=_("What was said"), max_length=LONGEST_ANSWER, required=False)
    promised_by = LineField(label=_("Who promised: post and name"), max_length=200, required=False)
    promised_for = DayField(label=_("By when"), required=False)
    words = ParagraphField(label=_("The question in words"), max_length=LONGEST_TEXT,
                           required=False)  # fmt: skip

    def said(self) -> Outcome:
        given = self.cleaned_data
        return Outcome(
            HallOutcome(given["outcome"]), given["answer"], given["promised_by"],
            given["promised_for"], given["words"],
        )  # fmt: skip


class ChooseForm(HallForm):
    chosen = forms.UUIDField(widget=forms.HiddenInput)
