"""What the desk of receptions sends: the plan of a reception, its changes, bookings by staff."""

import re
from collections.abc import Iterable
from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from appeals.forms.moderation import VersionedForm
from appeals.models import USUAL_SHARE, Reception, ReceptionTable
from appeals.selectors.reception_desk import SHELVES
from appeals.services.receptions import Official, Table
from appeals.slots import MOST_BREAKS, MOST_TABLES
from meetings.enums import OfficialKind
from meetings.forms.fields import DayField, HourField, LineField, ParagraphField

MOST_OFFICIALS = 8
USUAL_MINUTES = 15
LONGEST_BREAKS = 200
_NUMBER = {"inputmode": "numeric", "autocomplete": "off", "size": 5}


class DeskFilter(forms.Form):
    """The filters of the desk's list."""

    show = forms.ChoiceField(
        label=_("Show"), choices=list(SHELVES.items()), required=False, widget=forms.HiddenInput
    )
    q = LineField(label=pgettext_lazy("territory", "Place"), required=False, max_length=100)


class BreaksField(forms.Field):
    """Hours from and to, several after commas: «13:00–14:00, 16:00–16:15»."""

    default_error_messages = {
        "breaks": _(
            "“%(value)s” is not a break. Write from when to when: 13:00–14:00, 16:00–16:15."
        ),
        "many": _("At most %(most)d breaks fit into a day."),
    }

    def __init__(self, **options):
        super().__init__(required=False, **options)

    def to_python(self, value) -> list[tuple[time, time]]:
        words = str(value or "")[:LONGEST_BREAKS]
        parts = [part.strip() for part in re.split("[,;\n]", words) if part.strip()]
        if len(parts) > MOST_BREAKS:
            raise forms.ValidationError(self.error_messages["many"], params={"most": MOST_BREAKS})
        return [self._pair(part) for part in parts]

    def _pair(self, part: str) -> tuple[time, time]:
        hours = [hour for one in _halves(part) if (hour := HourField().to_python(one)) is not None]
        if len(hours) != 2:
            raise forms.ValidationError(self.error_messages["breaks"], params={"value": part[:20]})
        return hours[0], hours[1]

    def prepare_value(self, value):
        return value if isinstance(value, str) else say_breaks(value or [])


def _halves(part: str) -> list[str]:
    """«13:00–14:00» in two; a part of another shape gives other numbers of them."""
    found = re.fullmatch(r"(\d{1,2}(?:[:.]\d{2})?)\s*[-–—]\s*(\d{1,2}(?:[:.]\d{2})?)", part)
    return list(found.groups()) if found and all(map(_is_hour, found.groups())) else []


def _is_hour(words: str) -> bool:
    hour, _point, minute = words.replace(".", ":").partition(":")
    return int(hour) < 24 and int(minute or 0) < 60


def say_breaks(pairs: Iterable) -> str:
    """«13:00–14:00, 16:00–16:15», of pairs of hours or of their words."""
    said = [[one if isinstance(one, str) else f"{one:%H:%M}" for one in pair] for pair in pairs]
    return ", ".join("–".join(pair) for pair in said)


class PlanForm(forms.Form):
    """Day, hours, place, and the tables with those who sit at them.

    ``tables``: for each table, how many rows of officials are shown. Rows left empty are dropped.
    """

    day = DayField(label=_("Date"))
    begins = HourField(label=_("Begins"))
    ends = HourField(label=_("Ends"))
    slot_minutes = forms.IntegerField(
        label=_("Minutes for a person"), initial=USUAL_MINUTES, widget=forms.TextInput(_NUMBER)
    )
    breaks = BreaksField(label=_("Breaks"), help_text=_("From when to when: 13:00–14:00"))
    walk_in_share = forms.IntegerField(
        label=_("Share of times for those who come without a booking, per cent"),
        initial=USUAL_SHARE, widget=forms.TextInput(_NUMBER),
    )  # fmt: skip
    place_kk = LineField(label=_("Place in Kazakh"), max_length=200, required=False)
    place_ru = LineField(label=_("Place in Russian"), max_length=200, required=False)
    address_kk = LineField(label=_("Address in Kazakh"), max_length=300, required=False)
    address_ru = LineField(label=_("Address in Russian"), max_length=300, required=False)
    contact = LineField(
        label=_("Contact"), max_length=200, required=False,
        help_text=_("The public sees it: an office's telephone, not a person's."),
    )  # fmt: skip
    opens_on = DayField(
        label=_("Booking opens on"), required=False,
        help_text=_("Empty: as soon as it is published."),
    )  # fmt: skip
    opens_hour = HourField(label=_("at what hour"), required=False)
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, tables: list[int], **options):
        super().__init__(*args, **options)
        self.tables = [min(rows, MOST_OFFICIALS) for rows in tables[:MOST_TABLES]]
        for number, rows in enumerate(self.tables, 1):
            self.fields[f"t{number}_room"] = LineField(
                label=_("Room"), max_length=60, required=False
            )
            for row in range(1, rows + 1):
                self._add_official(f"t{number}_o{row}_")

    def _add_official(self, key: str) -> None:
        self.fields[f"{key}kind"] = forms.ChoiceField(
            label=_("Kind"), choices=OfficialKind, required=False
        )
        self.fields[f"{key}name"] = LineField(label=_("Name"), max_length=150, required=False)
        for language, label in (("kk", _("Post in Kazakh")), ("ru", _("Post in Russian"))):
            self.fields[f"{key}post_{language}"] = LineField(
                label=label, max_length=200, required=False
            )

    def shown_tables(self) -> list[dict]:
        """The fields of each table for the template."""
        names = ("name", "kind", "post_kk", "post_ru")
        return [
            {
                "number": number, "room": self[f"t{number}_room"], "rows": rows,
                "officials": [
                    [self[f"t{number}_o{row}_{name}"] for name in names]
                    for row in range(1, rows + 1)
                ],
                "may_add": rows < MOST_OFFICIALS,
            }
            for number, rows in enumerate(self.tables, 1)
        ]  # fmt: skip

    def clean(self):
        given = super().clean() or {}
        found = self._tables(given)
        if not found:
            self.add_error("t1_o1_name", _("Name at least one official who receives people."))
        given["found_tables"] = found
        return given

    def _tables(self, given: dict) -> list[Table]:
        found = []
        for number, rows in enumerate(self.tables, 1):
            room = given.get(f"t{number}_room", "")
            officials = [one for row in range(1, rows + 1)
                         if (one := self._official(given, f"t{number}_o{row}_"))]  # fmt: skip
            if officials:
                found.append(Table(room, tuple(officials)))
            elif room:
                self.add_error(
                    f"t{number}_o1_name", _("Say who sits in this room, or empty the room.")
                )
        return found

    def _official(self, given: dict, key: str) -> Official | None:
        name = given.get(f"{key}name", "")
        posts = [given.get(f"{key}post_{language}", "") for language in ("kk", "ru")]
        if not name:
            if any(posts):
                self.add_error(f"{key}name", _("Give the name, or empty the post."))
            return None
        return Official(OfficialKind(given.get(f"{key}kind") or "executive"), name, *posts)

    def values(self) -> dict:
        """DRAFT_FIELDS for the service."""
        given = self.cleaned_data
        names = (
            "day", "begins", "ends", "slot_minutes", "breaks", "walk_in_share", "place_kk",
            "place_ru", "address_kk", "address_ru", "contact",
        )  # fmt: skip
        opens = None
        if given["opens_on"]:
            moment = datetime.combine(given["opens_on"], given["opens_hour"] or time())
            opens = timezone.make_aware(moment)
        return {name: given[name] for name in names} | {"opens_at": opens}


def counts_of(data) -> list[int]:
    """How many rows of officials each table of a sent form has, with what was asked to be added.

    ``rows``: one number a table; ``add_table``, ``add_official`` (the table's number): buttons.
    """
    counts = [_small(one, MOST_OFFICIALS) for one in data.getlist("rows")[:MOST_TABLES]] or [1]
    if "add_table" in data and len(counts) < MOST_TABLES:
        counts.append(1)
    wanted = _small(data.get("add_official", ""), MOST_TABLES, least=0)
    if 0 < wanted <= len(counts):
        counts[wanted - 1] = min(counts[wanted - 1] + 1, MOST_OFFICIALS)
    return counts


def _small(words: str, most: int, least: int = 1) -> int:
    number = int(words) if words.isascii() and words.isdigit() and len(words) < 4 else least
    return max(least, min(number, most))


def initial_of(reception: Reception, tables: list[ReceptionTable]) -> tuple[dict, list[int]]:
    """What the form of a draft begins with, and its rows of officials."""
    names = (
        "day", "begins", "ends", "slot_minutes", "breaks", "walk_in_share", "place_kk",
        "place_ru", "address_kk", "address_ru", "contact", "version",
    )  # fmt: skip
    values = {name: getattr(reception, name) for name in names}
    if reception.opens_at:
        opens = timezone.localtime(reception.opens_at)
        values |= {"opens_on": opens.date(), "opens_hour": opens.time()}
    counts = []
    for number, table in enumerate(tables, 1):
        values[f"t{number}_room"] = table.room
        officials = list(table.officials.all())
        counts.append(max(len(officials), 1))
        for row, one in enumerate(officials, 1):
            for name in ("kind", "name", "post_kk", "post_ru"):
                values[f"t{number}_o{row}_{name}"] = getattr(one, name)
    return values, counts


class PublishForm(VersionedForm):
    """Nothing but the version."""


class CloseForm(VersionedForm):
    """Nothing but the version."""


class ReasonForm(VersionedForm):
    reason = ParagraphField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write the reason: everybody who booked will read it.")},
    )  # fmt: skip


class ChangeForm(ReasonForm):
    """Another day, hour, place or rooms. ``tables``: those of the reception."""

    day = DayField(label=_("Date"))
    begins = HourField(
        label=_("Begins"), help_text=_("Every time of the day is shifted by as much.")
    )
    place_kk = LineField(label=_("Place in Kazakh"), max_length=200, required=False)
    place_ru = LineField(label=_("Place in Russian"), max_length=200, required=False)
    address_kk = LineField(label=_("Address in Kazakh"), max_length=300, required=False)
    address_ru = LineField(label=_("Address in Russian"), max_length=300, required=False)
    contact = LineField(label=_("Contact"), max_length=200, required=False)

    def __init__(self, *args, tables: Iterable[ReceptionTable] = (), **options):
        super().__init__(*args, **options)
        self.numbers = [table.number for table in tables]
        for number in self.numbers:
            self.fields[f"room_{number}"] = LineField(
                label=_("Room of table %(number)s") % {"number": number}, max_length=60,
                required=False,
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name != "reason"])

    def values(self) -> dict:
        """CHANGED_FIELDS for the service."""
        apart = {"version", "reason", *(f"room_{number}" for number in self.numbers)}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}

    def rooms(self) -> dict[int, str]:
        return {number: self.cleaned_data[f"room_{number}"] for number in self.numbers}


def change_initial(reception: Reception, tables: Iterable[ReceptionTable]) -> dict:
    names = (
        "day", "begins", "place_kk", "place_ru", "address_kk", "address_ru", "contact", "version",
    )  # fmt: skip
    rooms = {f"room_{table.number}": table.room for table in tables}
    return {name: getattr(reception, name) for name in names} | rooms
