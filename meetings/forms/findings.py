"""The filters of the findings, and an explanation of one."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.forms.fields import ParagraphField, give_choices
from meetings.forms.widgets import LongSelect
from meetings.rules import Severity
from meetings.rules.phrases import SEVERITIES


class FindingFilter(forms.Form):
    """Which findings; the ones that are not met unless asked otherwise."""

    host = forms.ChoiceField(label=gettext_lazy("Akim"), required=False, widget=LongSelect)
    norm = forms.ChoiceField(label=gettext_lazy("Norm"), required=False)
    severity = forms.ChoiceField(label=gettext_lazy("Weight"), required=False)
    show = forms.ChoiceField(
        label=gettext_lazy("Show"), required=False,
        choices=[
            ("", gettext_lazy("what is missing")), ("open", gettext_lazy("without explanation")),
            ("met", gettext_lazy("what is met")), ("all", gettext_lazy("everything")),
        ],
    )  # fmt: skip

    def __init__(self, *args, hosts, norms, language, **options):
        options["auto_id"] = "filter_%s"
        super().__init__(*args, **options)
        give_choices(self, "host", [("", _("all")), *hosts])
        give_choices(self, "norm", [("", _("all")), *((norm, norm) for norm in norms)])
        give_choices(self, "severity", [
            ("", _("any")), *((one.value, SEVERITIES[one].to(language)) for one in Severity),
        ])  # fmt: skip
        refusal = _("There is no such choice. Take one of the list.")
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = refusal
            field.widget.attrs["class"] = "form-select"


class ExplanationForm(forms.Form):
    """Why this duty is not met, and what the writer saw before."""

    norm = forms.CharField(max_length=10)
    host = forms.CharField(max_length=13)
    target = forms.CharField(max_length=13)
    since = forms.DateField(input_formats=["%Y-%m-%d"])
    seen = forms.CharField(required=False, max_length=2000, strip=False)
    text = ParagraphField(label=gettext_lazy("Explanation"), max_length=2000, required=False)

    def clean_seen(self):
        # A form sends every line break as CR LF; the text is kept with LF.
        return self.cleaned_data["seen"].replace("\r\n", "\n")


class SharedExplanationForm(forms.Form):
    """One text for several duties: those that were ticked, or all that the filters show."""

    CHOSEN, ALL = "chosen", "all"

    which = forms.ChoiceField(choices=[(CHOSEN, CHOSEN), (ALL, ALL)])
    text = ParagraphField(
        label=gettext_lazy("Explanation"), max_length=2000,
        error_messages={"required": gettext_lazy("Write why these meetings are missing.")},
    )  # fmt: skip

    def problem(self) -> str:
        return " ".join(str(error) for errors in self.errors.values() for error in errors)
