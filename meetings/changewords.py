"""Differences between two states of a calendar, in words."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from meetings.dates import say_day
from meetings.differences import CHANGED, DROPPED, MOVED, NEW, Change
from meetings.enums import MeetingState, Topic, Way

# Class of the state mark, and its word.
KINDS = {
    NEW: ("announced", pgettext_lazy("change of a calendar", "new")),
    MOVED: ("moved", pgettext_lazy("change of a calendar", "moved")),
    CHANGED: ("planned", pgettext_lazy("change of a calendar", "changed")),
    DROPPED: ("cancelled", pgettext_lazy("change of a calendar", "taken out")),
}
LABELS = {
    "host": gettext_lazy("Akim"),
    "targets": pgettext_lazy("of a meeting", "Places"),
    "day": gettext_lazy("Date"),
    "starts_at": gettext_lazy("Begins"),
    "ends_at": gettext_lazy("Ends"),
    "place_kk": gettext_lazy("Place in Kazakh"),
    "place_ru": gettext_lazy("Place in Russian"),
    "address_kk": gettext_lazy("Address in Kazakh"),
    "address_ru": gettext_lazy("Address in Russian"),
    "way": gettext_lazy("Way of holding"),
    "is_visiting": gettext_lazy("Visiting meeting"),
    "topics": gettext_lazy("Topics"),
    "contact": gettext_lazy("Contact"),
    "stream_url": gettext_lazy("Live stream"),
    "day_off_reason": gettext_lazy("Why on a day off"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "state": gettext_lazy("State"),
    "people": gettext_lazy("People who came"),
}
UNSAID = ("reason",)  # stands on its own beside the change
_CHOICES = {
    "way": dict(Way.choices), "topics": dict(Topic.choices), "state": dict(MeetingState.choices),
}  # fmt: skip


def say_changes(changes: Iterable[Change], names: Mapping[str, str], language: str) -> list[dict]:
    """What meetings/partials/_diff.html shows of each change; ``names``: of units, by code."""
    return [_say_change(change, names, language) for change in changes]


def _say_change(change: Change, names: Mapping[str, str], language: str) -> dict:
    kind, word = KINDS[change.kind]
    line = change.line
    fields = change.fields or ("day", "starts_at")
    return {
        "what": "{} → {}".format(
            names.get(line["host"], line["host"]),
            ", ".join(names.get(kato, kato) for kato in line["targets"]),
        ),
        "state": {"class": kind, "word": word},
        "was": say_values(change.before, fields, names, language),
        "now": say_values(change.after, fields, names, language),
    }


def say_values(
    values: Mapping | None, fields: Iterable[str], names: Mapping[str, str], language: str
) -> str:
    """Fields of a line as frozen values, one after the other; a day speaks for itself."""
    if values is None:
        return ""
    said = []
    for name in fields:
        if name in UNSAID:
            continue
        value = _say_value(name, values.get(name), names, language)
        if name in ("day", "starts_at"):
            if value:
                said.append(value)
        else:
            said.append(f"{LABELS[name]}: {value or '—'}")
    return "; ".join(said) or "—"


def _say_value(name: str, value, names: Mapping[str, str], language: str) -> str:
    if value in (None, "", []):
        return ""
    if name == "day":
        return say_day(date.fromisoformat(value), language)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = _CHOICES.get(name) or (names if name in ("host", "targets") else {})
    if isinstance(value, list):
        return ", ".join(str(choices.get(one, one)) for one in value)
    return str(choices.get(value, value))
