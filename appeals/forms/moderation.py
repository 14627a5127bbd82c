"""What the commission sends about one question."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from appeals.enums import Channel, HoldReason, Kind
from appeals.forms.masking import MaskedMixin
from appeals.selectors.queue import SHELVES
from meetings.enums import Topic
from meetings.forms.fields import DayField, LineField, ParagraphField, give_choices

CODE = RegexValidator(r"^\d{9}(-\d{1,3})?$", _("This is not the code of a place."))


class QueueFilter(forms.Form):
    """The filters of the queue."""

    show = forms.ChoiceField(choices=list(SHELVES.items()), required=False,
                             widget=forms.HiddenInput)  # fmt: skip
    q = LineField(label=_("Words or number"), required=False, max_length=100)
    topic = forms.ChoiceField(
        label=_("Topic"), required=False, choices=[("", _("any")), *Topic.choices]
    )
    channel = forms.ChoiceField(
        label=_("How it came"), required=False, choices=[("", _("any")), *Channel.choices]
    )
    unit = forms.CharField(required=False, widget=forms.HiddenInput, validators=[CODE])


class VersionedForm(forms.Form):
    """Carries the version of the question that the person had before their eyes."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, key: str = "", **options):
        options["auto_id"] = f"id_{key}_%s"
        super().__init__(*args, **options)


class PublishForm(MaskedMixin, VersionedForm):
    masked_fields = ("text",)

    text = ParagraphField(
        label=_("Text that people will read"), max_length=5_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_(
            "Take out names, telephones and addresses of people. A changed text is marked as"
            " edited."
        ),
        error_messages={"required": _("Write the text that people will read.")},
    )  # fmt: skip


class HoldForm(VersionedForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=HoldReason)
    words = ParagraphField(
        label=_("In words"), max_length=1_000, required=False,
        widget=forms.Textarea({"rows": 3}), help_text=_("The author reads it."),
    )  # fmt: skip


class UpholdForm(VersionedForm):
    words = ParagraphField(
        label=_("Answer to the objection"), max_length=2_000, widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Answer the objection in words: the author will read it.")},
    )  # fmt: skip


class ClassifyForm(VersionedForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind)
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic)
    unit = forms.CharField(
        label=_("Code of the place"), max_length=13, validators=[CODE],
        help_text=_("Nine digits of the classifier; the page of each place shows its code."),
    )  # fmt: skip


class AnswerForm(MaskedMixin, VersionedForm):
    masked_fields = ("answer",)

    answer = ParagraphField(
        label=_("Answer"), max_length=5_000, widget=forms.Textarea({"rows": 6}),
        help_text=_("Public. Say what is done, how and by when."),
        error_messages={"required": _("Write the answer.")},
    )  # fmt: skip


class MergeForm(VersionedForm):
    into = LineField(
        label=_("Number of the other question"), max_length=20,
        error_messages={"required": _("Give the number of the question it repeats.")},
    )  # fmt: skip


class FilesForm(VersionedForm):
    """Which files everybody may have: a box for each."""

    shown = forms.MultipleChoiceField(
        label=_("Everybody may download"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what shows no faces, no names and no numbers of cars or houses."),
    )  # fmt: skip

    def __init__(self, *args, files=(), **options):
        super().__init__(*args, **options)
        give_choices(self, "shown", [(str(one["uuid"]), one["label"]) for one in files])


class SplitForm(VersionedForm):
    """Nothing but the version."""


class RegisterForm(VersionedForm):
    eotinish_number = LineField(label=_("Number in e-Otinish"), max_length=40, required=False)
    eotinish_received_on = DayField(label=_("Received"), required=False)
    eotinish_extended_on = DayField(label=_("Extended on"), required=False)
    eotinish_extended_to = DayField(label=_("Extended to"), required=False)
    eotinish_forwarded_on = DayField(label=_("Forwarded on"), required=False)
    eotinish_forwarded_to = LineField(label=_("Forwarded to"), max_length=200, required=False)
