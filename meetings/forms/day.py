"""What is sent from the console of a meeting's day."""

from datetime import UTC, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.enums import MarkKind, OfficialKind
from meetings.forms.decisions import VersionedForm
from meetings.forms.fields import LineField, ParagraphField

# Moments of a device lie between these years: more is a slip, and would not fit a datetime.
FIRST_MS, LAST_MS = 946_684_800_000, 4_102_444_800_000


class MomentField(forms.IntegerField):
    """A moment as scripts count it: milliseconds since 1970. It comes from a script alone."""

    def __init__(self, **options):
        super().__init__(required=False, min_value=FIRST_MS, max_value=LAST_MS, **options)

    def clean(self, value):
        number = super().clean(value)
        return None if number is None else datetime.fromtimestamp(number / 1000, UTC)


class SentForm(forms.Form):
    """What every note carries: its identity, and the clock of the device."""

    note = forms.UUIDField()
    device = forms.RegexField(r"^[\w-]{0,40}$", required=False)
    device_at = MomentField()
    sent_at = MomentField()

    def stamp(self) -> dict:
        """What the services take."""
        given = self.cleaned_data
        return {
            "uuid": given["note"], "device": given["device"], "device_at": given["device_at"],
            "sent_at": given["sent_at"],
        }  # fmt: skip


class NoteForm(SentForm):
    """One mark of the clocks, or the number of people."""

    kind = forms.ChoiceField(choices=MarkKind)
    value = forms.IntegerField(
        required=False,
        error_messages={"invalid": _("Write a whole number.")},
    )


class DescribeForm(VersionedForm):
    """Agenda, chair, limit, and officials by kind: how many, and who."""

    chair = LineField(
        label=_("Who chairs: name and post"), max_length=200, required=False,
        help_text=_("Empty: the akim who holds the post that day."),
    )  # fmt: skip
    agenda = ParagraphField(
        label=_("Agenda, one item a line"), max_length=2000, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    limit_percent = forms.IntegerField(
        label=_("Limit of the report, per cent of the time"), min_value=1, max_value=100,
        widget=forms.TextInput({"inputmode": "numeric", "size": 4}),
        help_text=_("House rule: the decree says that the report takes the minimum of the time."),
    )  # fmt: skip
    takes_questions = forms.BooleanField(
        label=_("Take questions from phones in the hall"), required=False
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for kind in OfficialKind:
            self.fields[f"number_{kind}"] = forms.IntegerField(
                label=_("How many"), min_value=0, max_value=500, required=False,
                widget=forms.TextInput({"inputmode": "numeric", "size": 4}),
            )  # fmt: skip
            self.fields[f"who_{kind}"] = ParagraphField(
                label=_("Names and posts, one a line"), max_length=2000, required=False,
                widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip

    def values(self) -> dict:
        """The record's fields for the service."""
        names = ("chair", "agenda", "limit_percent", "takes_questions")
        return {name: self.cleaned_data[name] for name in names}

    def officials(self) -> dict[str, tuple[int, str]]:
        """Kinds that were there; whoever is named is counted."""
        found = {}
        for kind in OfficialKind:
            who = self.cleaned_data[f"who_{kind}"]
            named = len([line for line in who.split("\n") if line.strip()])
            number = max(self.cleaned_data[f"number_{kind}"] or 0, named)
            if number:
                found[kind.value] = (number, who)
        return found

    def kinds(self) -> list[dict]:
        """The fields of officials, kind by kind, for the page."""
        return [
            {"label": kind.label, "number": self[f"number_{kind}"], "who": self[f"who_{kind}"]}
            for kind in OfficialKind
        ]


def initial_of(day) -> dict:
    """What the form begins with."""
    initial = {
        "chair": day.chair, "agenda": day.agenda, "limit_percent": day.limit_percent,
        "takes_questions": day.takes_questions, "version": day.version,
    }  # fmt: skip
    for one in day.officials.all():
        initial |= {f"number_{one.kind}": one.number, f"who_{one.kind}": one.who}
    return initial
