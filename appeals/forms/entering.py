"""What staff type in of a request that came another way; a row of a table passes the same form."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from appeals.enums import Kind
from appeals.forms.asking import SaidForm
from appeals.forms.fields import AddressField, PhoneField
from appeals.services.asking import Asked
from appeals.services.entering import CHANNELS, Entry
from meetings.enums import Topic
from meetings.forms.fields import DayField, LineField, give_choices
from meetings.models import Meeting, Unit
from meetings.permissions import Act, reach
from meetings.selectors.places import unit_by_code
from meetings.selectors.units import Found, find_units

MOST_OFFERED = 5
LONGEST_AGO = timedelta(days=90)
LANGUAGES = [("kk", _("Kazakh")), ("ru", _("Russian"))]
_NO_CHOICE = _("There is no such choice. Take one of the list.")


class EntryForm(SaidForm):
    """One request: how it came, what it says, who asked (if they agree)."""

    channel = forms.ChoiceField(
        label=_("How it came"), choices=[(one.value, one.label) for one in CHANNELS],
        error_messages={
            "invalid_choice": _NO_CHOICE,
            "required": _("Choose how it came: on paper, by phone, by messenger, from the floor."),
        },
    )  # fmt: skip
    received_on = DayField(
        label=_("When it came"), required=False, help_text=_("Empty: today. At most 90 days ago."),
    )  # fmt: skip
    unit = LineField(
        label=pgettext_lazy("territory", "Place"), max_length=120,
        help_text=_("The name or the code (KATO) of the village, okrug, district or city."),
        error_messages={"required": _("Give the place it is about: its name or its code.")},
    )  # fmt: skip
    meeting = forms.ChoiceField(
        label=_("To the meeting"), required=False, error_messages={"invalid_choice": _NO_CHOICE}
    )
    language = forms.ChoiceField(
        label=_("Language of the person"), choices=LANGUAGES,
        error_messages={"invalid_choice": _NO_CHOICE},
    )  # fmt: skip
    name = LineField(label=_("Name"), max_length=120, required=False)
    email = AddressField(
        label=_("E-mail address"), required=False,
        help_text=_("The number and a link to follow the question go there by letter."),
    )  # fmt: skip
    phone = PhoneField(label=_("Telephone"), required=False)
    consent = forms.BooleanField(
        label=_("The person agrees that name and contact are kept to answer."), required=False
    )

    field_order = [
        "channel", "received_on", "unit", "meeting", "text", "topic", "kind", "place_words",
        "papers", "language", "name", "email", "phone", "consent",
    ]  # fmt: skip

    def __init__(self, *args, by, meetings=(), known: dict | None = None, **options):
        options.setdefault("initial", {"language": get_language() or "kk", "kind": Kind.INQUIRY})
        super().__init__(*args, **options)
        self.by = by
        # Places of other rows of the same table, so that each is looked for once.
        self.known: dict[str, list[Found]] = {} if known is None else known
        self.meetings = {str(one.uuid): one for one in meetings}
        labels = [(key, label_of(one)) for key, one in self.meetings.items()]
        give_choices(self, "meeting", [("", _("to no meeting")), *labels])
        self.fields["text"].label = _("What is asked, requested or proposed")

    def clean_unit(self) -> Unit:
        words = self.cleaned_data["unit"]
        found = self.known.get(words)
        if found is None:
            found = self.known[words] = _places(words, self.by)
        if not found:
            raise forms.ValidationError(
                _("There is no such place in your territory. Write its name as the classifier"
                  " does, or its code.")
            )  # fmt: skip
        if len(found) > 1:
            named = "; ".join(f"{one.label} ({one.unit.kato})" for one in found[:MOST_OFFERED])
            raise forms.ValidationError(
                _("Several places are called so. Write the code of one: %(places)s"),
                params={"places": named},
            )
        return found[0].unit

    def clean_received_on(self):
        day, today = self.cleaned_data["received_on"], timezone.localdate()
        if day and day > today:
            raise forms.ValidationError(_("This day has not come yet."))
        if day and day < today - LONGEST_AGO:
            raise forms.ValidationError(_("This day is more than 90 days ago. Check the year."))
        return day

    def clean(self):
        given = super().clean()
        given = self.cleaned_data if given is None else given
        told = given.get("name") or given.get("email") or given.get("phone")
        if told and not given.get("consent"):
            self.add_error(
                "consent",
                _("Without the person’s consent no name and no contact is kept: mark it, or empty"
                  " them."),
            )  # fmt: skip
        return given

    def entry(self) -> Entry:
        given = self.cleaned_data
        return Entry(
            Asked(
                unit=given["unit"], meeting=self.meetings.get(given["meeting"]),
                text=given["text"], topic=Topic(given["topic"]), kind=Kind(given["kind"]),
                place_words=given["place_words"], name=given["name"], email=given["email"],
                phone=given["phone"], files=self.cleaned_files,
            ),
            channel=given["channel"], language=given["language"],
            received_on=given["received_on"], consent=given["consent"],
        )  # fmt: skip


class SheetForm(forms.Form):
    """A table of requests."""

    sheet = forms.FileField(
        label=_("Table"), widget=forms.FileInput({"accept": ".xlsx,.csv"}),
        help_text=_("XLSX or CSV, at most 500 rows."),
        error_messages={
            "required": _("Choose a file."), "empty": _("The file is empty."),
            "invalid": _("Choose a file."), "missing": _("Choose a file."),
        },
    )  # fmt: skip


def label_of(meeting: Meeting) -> str:
    return f"{meeting.day:%d.%m.%Y}, {meeting.host.unit.name}"


def _places(words: str, by) -> list[Found]:
    """The places of the person's territory that are called so; one whose whole name it is wins."""
    if words[:9].isdigit():
        one = unit_by_code(words[:13])
        return [Found(one, ())] if one is not None and _reaches(one, by) else []
    found = [one for one in find_units(words, limit=30) if _reaches(one.unit, by)]
    exact = [one for one in found if words.casefold() in _names(one.unit)]
    return exact if len(exact) == 1 else found


def _names(unit: Unit) -> set[str]:
    return {unit.name_kk.casefold(), unit.name_ru.casefold()}


def _reaches(unit: Unit, by) -> bool:
    paths = reach(by, Act.ENTER_REQUEST)
    inside = paths is None or unit.path.startswith(tuple(paths))
    return inside and unit.valid_to is None
