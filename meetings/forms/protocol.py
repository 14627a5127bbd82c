"""What is written into a protocol, and what is sent with its signature."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.forms.decisions import ConfirmedForm, VersionedForm
from meetings.forms.fields import LineField, ParagraphField, WebField
from meetings.protocolwords import is_secure
from meetings.services.meetings import LONGEST_REASON

LONGEST_REPORT, LONGEST_REMARK, LONGEST_ADDRESS = 5000, 2000, 300
MOST_PICTURES = 20
NO_REASON = _("Write why the protocol is corrected: the public reads it.")


class PicturesField(forms.Field):
    """Addresses of pictures, one a line; https alone."""

    widget = forms.Textarea

    def to_python(self, value) -> list[str]:
        whole = ParagraphField(max_length=MOST_PICTURES * (LONGEST_ADDRESS + 1), required=False)
        lines = [line.strip() for line in (whole.clean(value) or "").split("\n") if line.strip()]
        if len(lines) > MOST_PICTURES:
            raise forms.ValidationError(
                _("Name at most %(most)d pictures."), params={"most": MOST_PICTURES}
            )
        address = WebField(max_length=LONGEST_ADDRESS)
        for line in lines:
            if not is_secure(line):
                raise forms.ValidationError(
                    _("“%(value)s” is not the address of a picture. It begins with https://"),
                    params={"value": line[:60]},
                )
            address.clean(line)
        return lines

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value


class WriteForm(VersionedForm):
    """The words that no clock and no console knows."""

    report_kk = ParagraphField(
        label=_("What the report was about, in Kazakh"), max_length=LONGEST_REPORT,
        required=False, widget=forms.Textarea({"rows": 5}),
    )  # fmt: skip
    report_ru = ParagraphField(
        label=_("What the report was about, in Russian"), max_length=LONGEST_REPORT,
        required=False, widget=forms.Textarea({"rows": 5}),
    )  # fmt: skip
    remark = ParagraphField(
        label=pgettext_lazy("in a protocol", "Remark"), max_length=LONGEST_REMARK, required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The public reads it: name nobody who asked."),
    )  # fmt: skip
    stream_url = WebField(
        label=_("Record of the stream"), max_length=LONGEST_ADDRESS, required=False
    )
    pictures = PicturesField(
        label=_("Addresses of pictures, one a line"), required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Pictures that the akimat has published; each begins with https://"),
    )  # fmt: skip

    def values(self) -> dict:
        """What the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class CorrectForm(forms.Form):
    """A correction of what was signed off, with its reason."""

    reason = LineField(
        label=_("Why it is corrected"), max_length=LONGEST_REASON,
        help_text=_("The version before stays readable; the public sees what differs, and why."),
        error_messages={"required": NO_REASON},
    )  # fmt: skip


class SignForm(ConfirmedForm):
    """``seen`` tells what the page said that the person read."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    field_order = ("confirm", "version", "seen")
