"""The form of a line, and the filters of the table of lines."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.enums import Topic, Way
from meetings.forms.fields import (
    CodesField,
    DayField,
    DegreesField,
    HourField,
    LineField,
    WebField,
    give_choices,
)
from meetings.forms.widgets import LongSelect
from meetings.models import Office, Unit
from meetings.models.content import CONTENT_FIELDS

FIELDS = tuple(name for name in CONTENT_FIELDS if name != "host_id")
# Shown at once; the rest is folded into «More details» until one of it is filled or wrong.
MAIN = ("day", "starts_at", "ends_at", "host", "way", "is_visiting", "place_kk", "place_ru")
FOLDED = (
    "address_kk", "address_ru", "topics", "contact", "stream_url", "day_off_reason",
    "latitude", "longitude",
)  # fmt: skip


class LineForm(forms.Form):
    """One line, as typed. ``hosts``: the offices the person may draft for, by the code of their
    unit; ``region``: where targets are looked for.

    Says what is unreadable; what cannot be is said by services.line_checks.
    """

    day = DayField(label=_("Date"))
    starts_at = HourField(label=_("Begins"), required=False)
    ends_at = HourField(label=_("Ends"), required=False)
    host = forms.ChoiceField(
        label=_("Akim"),
        widget=LongSelect,
        error_messages={"invalid_choice": _("Choose an akim of your own territory.")},
    )
    way = forms.ChoiceField(label=_("Way of holding"), choices=Way, initial=Way.IN_PERSON)
    is_visiting = forms.BooleanField(label=_("Visiting meeting"), required=False, initial=True)
    targets = CodesField(
        label=pgettext_lazy("of a meeting", "Places"), required=False,
        error_messages={"required": _("Choose at least one place whose people the akim meets.")},
    )  # fmt: skip
    place_kk = LineField(label=_("Place in Kazakh"), max_length=200, required=False)
    place_ru = LineField(label=_("Place in Russian"), max_length=200, required=False)
    address_kk = LineField(label=_("Address in Kazakh"), max_length=300, required=False)
    address_ru = LineField(label=_("Address in Russian"), max_length=300, required=False)
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=Topic, required=False, widget=forms.CheckboxSelectMultiple
    )
    contact = LineField(
        label=_("Contact"), max_length=200, required=False,
        help_text=_("The public sees it: an office's telephone, not a person's."),
    )  # fmt: skip
    stream_url = WebField(label=_("Live stream"), max_length=300, required=False)
    day_off_reason = LineField(
        label=_("Why on a day off"), max_length=300, required=False,
        help_text=_("Asked for when the day is a weekend or a holiday [house rule]."),
    )  # fmt: skip
    latitude = DegreesField(label=_("Latitude"), required=False)
    longitude = DegreesField(label=_("Longitude"), required=False)
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, hosts: dict[str, Office], region: Unit, key: str = "new", **options):
        # Several rows may be open at once: each has ids of its own.
        options["auto_id"] = f"id_{key}_%s"
        super().__init__(*args, **options)
        self.hosts = hosts
        self.region = region
        give_choices(self, "host", [(code, office.unit.name) for code, office in hosts.items()])
        self.found: list[Unit] = []

    def clean(self):
        given = super().clean() or {}
        codes = given.get("targets") or []
        self.found = units_of(self.region, codes, given.get("day"))
        known = {unit.kato for unit in self.found}
        for code in codes:
            if code not in known:
                self.add_error(
                    "targets",
                    forms.ValidationError(
                        _("There is no place with the code %(code)s in this region."),
                        params={"code": code},
                    ),
                )
        return given

    def values(self) -> dict:
        """The line's fields for the service; ``host`` is an Office."""
        given = self.cleaned_data
        return {name: given[name] for name in FIELDS} | {"host": self.hosts[given["host"]]}

    def refuse(self, problems) -> None:
        """Put what the service refused beside the fields it is about."""
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)

    def ask_again(self) -> None:
        """Show what was typed without a word about what is wrong: nothing was sent to be saved."""
        self.errors.clear()

    @property
    def is_unfolded(self) -> bool:
        """Whether something among the folded fields is filled or wrong."""
        return any(self[name].errors or self[name].value() for name in FOLDED)


def units_of(region: Unit, codes, day=None) -> list[Unit]:
    """The units of those codes in the region, in the order given; one query. Codes are reused:
    the unit that exists on the day goes first, then the one that exists still."""
    if not codes:
        return []
    found: dict[str, Unit] = {}
    for unit in Unit.objects.within(region).filter(kato__in=codes).order_by("pk"):
        there = day is not None and not (
            (unit.valid_from and unit.valid_from > day) or (unit.valid_to and unit.valid_to < day)
        )
        if unit.kato not in found or there or unit.valid_to is None:
            found[unit.kato] = unit
    return [found[code] for code in codes if code in found]


def initial_of(line, codes) -> dict:
    """What the form of a line begins with."""
    kept = {name: getattr(line, name) for name in FIELDS}
    return kept | {"host": line.host.unit.kato, "targets": codes, "version": line.version}


STATES = [
    ("", _("any")),
    ("no_hour", _("without an hour")),
    ("no_place", _("without a place")),
    ("day_off", _("on a day off")),
    ("remark", _("with a remark of a deputy")),
]


class LineFilter(forms.Form):
    """The filters of the table, by the names that stay in addresses."""

    q = LineField(label=_("Place or akim"), max_length=100, required=False)
    host = forms.ChoiceField(label=_("Akim"), required=False, widget=LongSelect)
    month = forms.TypedChoiceField(label=_("Month"), required=False, coerce=int, empty_value=None)
    norm = forms.ChoiceField(label=_("Norm"), required=False)
    state = forms.ChoiceField(label=_("What is wanting"), choices=STATES, required=False)
    target = forms.RegexField(
        r"^\d{9}(-\d{1,3})?$", required=False, widget=forms.HiddenInput,
        error_messages={"invalid": _("This is not the code of a place.")},
    )  # fmt: skip

    def __init__(self, *args, hosts, months, norms, **options):
        options["auto_id"] = "filter_%s"
        super().__init__(*args, **options)
        self.fields["q"].widget = forms.TextInput({"type": "search", "class": "form-control"})
        give_choices(self, "host", [("", _("all")), *hosts])
        give_choices(self, "month", [("", _("all")), *enumerate(months, 1)])
        give_choices(self, "norm", [("", _("all")), *norms])
        refusal = _("There is no such choice. Take one of the list.")
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = refusal
            if isinstance(field, forms.ChoiceField):
                field.widget.attrs["class"] = "form-select"

    def asked(self) -> dict:
        """What was asked for and could be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
