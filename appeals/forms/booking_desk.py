"""What clerks send about one booking: made for somebody, called, ended with an outcome."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.enums import BookedHow, Kind, ReadFor, TalkOutcome
from appeals.forms.fields import AddressField, PhoneField
from appeals.forms.moderation import VersionedForm
from meetings.enums import Topic
from meetings.forms.fields import LineField, ParagraphField, give_choices

# What names of a reception are read for.
PURPOSES = [(one.value, one.label) for one in (ReadFor.RECEPTION, ReadFor.INVITE, ReadFor.ANSWER)]
LANGUAGES = (("kk", "Қазақша"), ("ru", "Русский"))


class NamesForm(forms.Form):
    """For what names are read."""

    purpose = forms.ChoiceField(label=_("What do you read the names for?"), choices=PURPOSES)
    booking = forms.UUIDField(required=False)


class EnterForm(forms.Form):
    """A booking for somebody who calls or comes. ``slots``: choices of times."""

    name = LineField(label=_("Name of the person"), max_length=120,
                     widget=forms.TextInput({"autocomplete": "off"}))  # fmt: skip
    phone = PhoneField(
        label=_("Telephone"), required=False,
        help_text=_("One person books once a day: the telephone or the address tells them apart."),
    )  # fmt: skip
    email = AddressField(
        label=_("E-mail address"), required=False,
        help_text=_("If there is one, the booking and every change come by letter."),
    )  # fmt: skip
    subject = LineField(
        label=_("What does the person want to speak about?"), max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=_("How it came"), initial=BookedHow.PHONE, widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (BookedHow.PHONE, BookedHow.OFFICE)],
    )  # fmt: skip
    slot = forms.UUIDField(label=_("Time"), required=False, widget=forms.Select)
    language = forms.ChoiceField(label=_("Language of letters"), choices=LANGUAGES)
    consent = forms.BooleanField(
        label=_("The person agrees that the reception keeps the name and contact."),
        error_messages={"required": _("Without consent the name and contact may not be kept.")},
    )

    def __init__(self, *args, slots: list[tuple[str, str]], is_walk_in: bool, **options):
        super().__init__(*args, **options)
        for field in (self.fields["phone"], self.fields["email"]):
            field.widget.attrs["autocomplete"] = "off"
        self.fields["slot"].widget.choices = [*slots, ("", _("no time: into the waiting list"))]
        if is_walk_in:
            give_choices(self, "how", [(BookedHow.WALK_IN.value, BookedHow.WALK_IN.label)])
            self.fields["how"].widget = forms.HiddenInput()
            self.initial["how"] = BookedHow.WALK_IN.value

    def details(self) -> dict[str, str]:
        """What is sealed of the person."""
        return {name: self.cleaned_data[name] for name in ("name", "email", "phone")}


class SeatForm(VersionedForm):
    """A time for somebody of the waiting list."""

    slot = forms.UUIDField(label=_("Time"), widget=forms.Select,
                           error_messages={"required": _("Choose a time.")})  # fmt: skip

    def __init__(self, *args, slots: Sequence[tuple[str, str]] = (), **options):
        super().__init__(*args, **options)
        self.fields["slot"].widget.choices = slots


class OutcomeForm(VersionedForm):
    """What the talk ended with, and what follows from it."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=TalkOutcome, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the talk ended with.")},
    )  # fmt: skip
    note = ParagraphField(
        label=_("What was said, or to whom it was sent on"), max_length=1000, required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The journal shows it; the public does not."),
    )  # fmt: skip
    text = ParagraphField(
        label=_("The question in words"), max_length=5_000, required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_(
            "It goes to the commission like one that was asked on the site; no names in it."
        ),
    )  # fmt: skip
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic, required=False, initial=Topic.OTHER)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind, required=False, initial=Kind.INQUIRY)
    problem = LineField(
        label=_("Number of the problem"), max_length=20, required=False,
        widget=forms.TextInput({"list": "problems", "autocomplete": "off"}),
        help_text=_("Type the number, or words of its title and choose."),
    )  # fmt: skip
    eotinish_number = LineField(
        label=_("Number in e-Otinish"), max_length=40, required=False,
        help_text=_("If it was registered there as a formal appeal."),
    )  # fmt: skip


class JournalForm(forms.Form):
    """The journal of a reception: in which language and format, and whether with names."""

    language = forms.ChoiceField(
        label=_("Language"), choices=LANGUAGES, widget=forms.RadioSelect
    )  # fmt: skip
    format = forms.ChoiceField(
        label=_("Format"), widget=forms.RadioSelect,
        choices=[("xlsx", _("XLSX, for a spreadsheet")), ("pdf", _("PDF, to be printed"))],
    )  # fmt: skip
    names = forms.BooleanField(
        label=_("With names, contacts, subjects and what was said"), required=False
    )
    purpose = forms.ChoiceField(
        label=_("What do you read the names for?"), choices=PURPOSES, required=False
    )

    def clean_purpose(self):
        return self.cleaned_data["purpose"] or PURPOSES[0][0]
