"""What is sent about demands for meetings: by those who demand, who support, who answer."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from appeals.forms.fields import AddressField, PhoneField, TrapField
from appeals.forms.masking import MaskedMixin
from appeals.forms.moderation import VersionedForm
from appeals.selectors.demands import SHELVES, STATES
from appeals.services.demand_answers import LONGEST_ANSWER
from appeals.services.demands import LONGEST_TEXT, Demanded
from meetings.enums import Topic
from meetings.forms.fields import LineField, ParagraphField, give_choices
from meetings.forms.meetings import CallForm
from meetings.models import Office, Unit
from meetings.rows import say_host

_NO_CHOICE = _("There is no such choice. Take one of the list.")


class DemandFilter(forms.Form):
    """The filters of the public list, by the names that stay in addresses."""

    unit = forms.CharField(
        required=False, widget=forms.HiddenInput,
        validators=[RegexValidator(r"^\d{9}(-\d{1,3})?$", _("This is not the code of a place."))],
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("any")), *STATES.items()],
        error_messages={"invalid_choice": _NO_CHOICE},
    )  # fmt: skip


class DeskFilter(forms.Form):
    show = forms.ChoiceField(
        choices=list(SHELVES.items()), required=False, error_messages={"invalid_choice": _NO_CHOICE}
    )


class DemandForm(forms.Form):
    """A demand of the people of ``unit``; ``offices``: whose akim they may ask."""

    akim = forms.ChoiceField(
        label=_("Whom you ask for a meeting"), widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the akim of your place or the one above."),
            "invalid_choice": _("Choose the akim of your place or the one above."),
        },
    )  # fmt: skip
    text = ParagraphField(
        label=_("Why a meeting is needed"), max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "What should be spoken about, and why it cannot wait for a meeting of the calendar. Do"
            " not write names, telephones or addresses of people: the text becomes public."
        ),
        error_messages={"required": _("Write why a meeting is needed.")},
    )  # fmt: skip
    topic = forms.ChoiceField(
        label=_("Topic"), choices=[("", _("choose")), *Topic.choices],
        error_messages={"required": _("Choose a topic."), "invalid_choice": _NO_CHOICE},
    )  # fmt: skip
    name = LineField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("Never public. Only the akim’s office sees it."),
        error_messages={"required": _("Give your name: anonymous demands are not considered.")},
    )  # fmt: skip
    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_("Never public. A code comes to it, and later the answer."),
    )
    phone = PhoneField(label=_("Your telephone"), required=False, help_text=_("If you wish."))
    consent = forms.BooleanField(
        label=_("I agree that the akim’s office keeps my name and contact to answer me."),
        error_messages={"required": _("Without your consent the demand cannot be taken.")},
    )
    website = TrapField()

    def __init__(self, *args, unit: Unit, offices: list[Office], **options):
        super().__init__(*args, **options)
        self.unit = unit
        self.offices = {one.unit.kato: one for one in offices}
        choices = [(code, say_host(one.unit.name)) for code, one in self.offices.items()]
        give_choices(self, "akim", choices)
        if offices:
            self.fields["akim"].initial = offices[0].unit.kato

    def demanded(self) -> Demanded:
        given = self.cleaned_data
        return Demanded(
            unit=self.unit, office=self.offices[given["akim"]], text=given["text"],
            topic=Topic(given["topic"]), name=given["name"], email=given["email"],
            phone=given["phone"],
        )  # fmt: skip


class RefuseForm(MaskedMixin, VersionedForm):
    masked_fields = ("text",)

    text = ParagraphField(
        label=_("Why there will be no meeting"), max_length=LONGEST_ANSWER,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Public; everybody who supports the demand is told."),
        error_messages={
            "required": _("Write why there will be no meeting: everybody will read it.")
        },
    )  # fmt: skip


class MeetForm(CallForm):
    """The form of a meeting outside the calendar, with the version of the demand it answers."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def content(self) -> dict:
        return {name: value for name, value in super().content().items() if name != "version"}
