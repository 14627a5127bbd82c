"""What a visitor may ask of the list of questions, in the query of an address."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.enums import Topic
from meetings.forms.fields import LineField

STATES = [("", _("all of them")), ("open", _("without an answer")), ("answered", _("answered"))]
LONGEST_SHOWN = 200
_NO_CHOICE = _("There is no such choice. Take one of the list.")


class QuestionFilter(forms.Form):
    """The filters of the list of questions, by the names that stay in addresses."""

    q = LineField(label=_("Words or number"), required=False, max_length=100)
    unit = forms.CharField(
        label=pgettext_lazy("territory", "Place"), required=False,
        validators=[RegexValidator(r"^\d{9}(-\d{1,3})?$", _("This is not the code of a place."))],
    )  # fmt: skip
    topic = forms.ChoiceField(
        label=_("Topic"), required=False, choices=[("", _("any topic")), *Topic.choices],
        error_messages={"invalid_choice": _NO_CHOICE},
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("Answer"), required=False, choices=STATES,
        error_messages={"invalid_choice": _NO_CHOICE},
    )  # fmt: skip
    meeting = forms.UUIDField(
        required=False, widget=forms.HiddenInput,
        error_messages={"invalid": _("There is no such meeting. Find it in the list of meetings.")},
    )  # fmt: skip

    def clean(self):
        for message in self.errors.get("meeting", []):  # its field is hidden
            self.add_error(None, message)
        return super().clean()

    def shown(self, places: list[tuple[str, str]]) -> list[dict]:
        """The fields for meetings/public/_filters.html; ``places``: codes and names to choose."""
        return [
            {
                "name": name, "label": field.label, "hint": "", "more": "",
                "value": self.data.get(name, "")[:LONGEST_SHOWN],
                "choices": places if name == "unit" else getattr(field, "choices", ()),
                "error": (self.errors.get(name) or [""])[0],
            }
            for name, field in self.fields.items()
            if not field.widget.is_hidden
        ]  # fmt: skip
