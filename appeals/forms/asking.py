"""What a person sends who asks a question."""

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.cleaning import Cleaned
from appeals.enums import Kind
from appeals.forms.fields import AddressField, PhoneField, TrapField
from appeals.forms.files import FilesField, read_files
from appeals.services.asking import LONGEST_TEXT, Asked
from appeals.services.files import MOST_WITH_A_QUESTION
from meetings.enums import Topic
from meetings.forms.fields import LineField, ParagraphField, give_choices
from meetings.models import Meeting, Unit

_NO_CHOICE = _("There is no such choice. Take one of the list.")


class SaidForm(forms.Form):
    """What is said, whoever types it in: text, topic, kind, place in words."""

    text = ParagraphField(
        label=_("Your question, request or proposal"), max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 8}),
        help_text=_(
            "What happens, where, since when, and what you propose. Do not write names, telephones"
            " or addresses of people: the text may become public."
        ),
        error_messages={"required": _("Write your question.")},
    )  # fmt: skip
    topic = forms.ChoiceField(
        label=_("Topic"), choices=[("", _("choose")), *Topic.choices],
        error_messages={"required": _("Choose a topic."), "invalid_choice": _NO_CHOICE},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What it is"), choices=Kind, initial=Kind.INQUIRY,
        error_messages={"invalid_choice": _NO_CHOICE},
    )  # fmt: skip
    place_words = LineField(
        label=_("Where exactly"), max_length=200, required=False,
        help_text=_("A street, a crossing, a school: without the number of your own house."),
    )  # fmt: skip
    papers = FilesField(label=_("Photos or documents"), most=MOST_WITH_A_QUESTION)
    cleaned_files: tuple[Cleaned, ...] = ()

    def clean(self):
        given = super().clean()
        self.cleaned_files = tuple(read_files(self, "papers"))
        return given


class AskForm(SaidForm):
    """A question to a unit, or to a meeting for several places: then one of them is chosen."""

    place = forms.ChoiceField(
        label=_("Your place"), required=False, error_messages={"invalid_choice": _NO_CHOICE}
    )
    name = LineField(
        label=_("Your name"), max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("Never public. Only the akim’s office sees it."),
        error_messages={"required": _("Give your name: anonymous questions are not considered.")},
    )  # fmt: skip
    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_("Never public. A code comes to it, and later the answer."),
    )
    phone = PhoneField(label=_("Your telephone"), required=False, help_text=_("If you wish."))
    consent = forms.BooleanField(
        label=_("I agree that the akim’s office keeps my name and contact to answer me."),
        error_messages={"required": _("Without your consent the question cannot be taken.")},
    )
    website = TrapField()

    field_order = ["text", "topic", "kind", "place", "place_words", "papers"]

    def __init__(self, *args, unit: Unit, places: list[Unit], meeting: Meeting | None, **options):
        super().__init__(*args, **options)
        self.unit, self.meeting = unit, meeting
        self.places = {one.kato: one for one in places}
        if len(places) > 1:
            give_choices(self, "place", [(one.kato, one.name) for one in places])
        else:
            del self.fields["place"]

    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(
            unit=self.places.get(given.get("place", ""), self.unit), meeting=self.meeting,
            text=given["text"], topic=Topic(given["topic"]), kind=Kind(given["kind"]),
            place_words=given["place_words"], name=given["name"], email=given["email"],
            phone=given["phone"], files=self.cleaned_files,
        )  # fmt: skip
