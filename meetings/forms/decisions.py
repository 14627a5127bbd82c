"""What is sent with a step of the approval, a word of a deputy, a confirmed change."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.enums import Stance, Step
from meetings.forms.fields import DayField, LineField, ParagraphField
from meetings.services.approval import LONGEST_NOTE
from meetings.services.confirmation import LONGEST_SECRET
from meetings.services.maslikhat import LONGEST_TEXT
from meetings.services.papers import LONGEST_NUMBER
from meetings.transitions import Transition

NO_NUMBER = _("Give the number of the document.")
NO_DATE = _("Give the date of the document.")
NO_NOTE = _("Write what has to be changed: it is not returned without remarks.")
NOTE_LABELS = {
    Step.SUBMIT: _("A word to the maslikhat, if needed"),
    Step.RETURN: _("What has to be changed"),
    Step.AGREE: _("A remark to the decision, if needed"),
    Step.APPROVE: _("A note, if needed"),
    Step.SEND_BACK: _("What has to be changed"),
}


class VersionedForm(forms.Form):
    """Carries the version that the person had before their eyes."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class ConfirmedForm(VersionedForm):
    """Asks the person who signs for the password or a code once more."""

    confirm = forms.CharField(
        label=_("Your password, or a code of the second factor"),
        max_length=LONGEST_SECRET,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("We ask once more because this step is signed in your name."),
    )


class StepForm(ConfirmedForm):
    """The papers of one step; what a step has no need of is not asked."""

    act_number = LineField(max_length=LONGEST_NUMBER, error_messages={"required": NO_NUMBER})
    act_on = DayField(error_messages={"required": NO_DATE})
    note = ParagraphField(max_length=LONGEST_NOTE, required=False)
    field_order = ("act_number", "act_on", "note", "confirm", "version")

    def __init__(self, *args, step: Step, way: Transition, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].label = NOTE_LABELS[step]
        self.fields["note"].widget.attrs["rows"] = 6 if way.needs_note else 3
        self.fields["note"].required = way.needs_note
        self.fields["note"].error_messages["required"] = NO_NOTE
        if way.needs_act:
            if step == Step.AGREE:
                self.fields["act_number"].label = _("Number of the maslikhat's decision")
                self.fields["act_on"].label = _("Date of the maslikhat's decision")
            else:
                self.fields["act_number"].label = _("Number of the akim's act")
                self.fields["act_on"].label = _("Date of the akim's act")
        else:
            del self.fields["act_number"], self.fields["act_on"]
        if step == Step.SUBMIT:
            # Nothing is signed by it: the chair and the akim sign.
            del self.fields["confirm"]

    def papers(self) -> dict:
        """What ``services.approval`` takes."""
        sent = {"note": self.cleaned_data["note"], "version": self.cleaned_data["version"]}
        if "act_number" in self.fields:
            sent["act_number"] = self.cleaned_data["act_number"]
            sent["act_on"] = self.cleaned_data["act_on"]
        return sent


class ConfirmChangeForm(ConfirmedForm):
    """The maslikhat's decision on an urgent change."""

    act_number = LineField(
        label=_("Number of the maslikhat's decision"), max_length=LONGEST_NUMBER,
        error_messages={"required": NO_NUMBER},
    )  # fmt: skip
    act_on = DayField(
        label=_("Date of the maslikhat's decision"), error_messages={"required": NO_DATE}
    )
    field_order = ("act_number", "act_on", "confirm", "version")


class RemarkForm(forms.Form):
    """A deputy's remark on a line, or on the whole calendar (no line)."""

    line = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = ParagraphField(
        label=_("Remark"), max_length=LONGEST_TEXT, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class WordForm(VersionedForm):
    """Whether a deputy endorses the calendar, and in what words."""

    stance = forms.ChoiceField(
        label=_("Your word"), widget=forms.RadioSelect,
        choices=[(Stance.ENDORSES.value, _("I endorse the calendar")),
                 (Stance.OBJECTS.value, _("I object"))],
        error_messages={"required": _("Choose: endorse or object.")},
    )  # fmt: skip
    text = ParagraphField(
        label=_("In words"), max_length=LONGEST_TEXT, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("An objection needs words; an endorsement does not."),
    )  # fmt: skip
    field_order = ("stance", "text", "version")
