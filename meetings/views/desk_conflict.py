"""Two people, one line: what is stored now beside what was typed, field by field."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meetings.dates import say_day
from meetings.deskrows import say_hours
from meetings.enums import Topic, Way
from meetings.forms.lines import FIELDS, LineForm
from meetings.models import Line, LineEdit


def versions_of(form: LineForm, theirs: Line | None, last: LineEdit | None, language: str) -> dict:
    """What meetings/desk/_versions.html shows.

    Args:
        form: a valid form: what was typed.
        theirs: the line as it is stored; None when it was dropped.
        last: the journal's entry of the change that came first.
    """
    mine = form.cleaned_data
    host = form.hosts[mine["host"]].unit.name
    own = _said(mine, host, [unit.name for unit in form.found], language)
    other = {}
    if theirs is not None:
        stored = {name: getattr(theirs, name) for name in FIELDS}
        names = [unit.name for unit in theirs.targets.order_by("path")]
        other = _said(stored, theirs.host.unit.name, names, language)
    rows: list[dict] = [
        {"label": label, "theirs": other.get(label, ""), "mine": own.get(label, "")}
        for label in own
        if own[label] or other.get(label)
    ]
    for row in rows:
        row["differs"] = row["theirs"] != row["mine"]
    return {
        "gone": theirs is None,
        "who": last.by.name if last else "",
        "when": last.at if last else None,
        "rows": rows,
    }


def _said(values: dict, host: str, targets: list[str], language: str) -> dict[str, str]:
    """Labels and what stands under them; one place names are sorted, so that order is no change."""
    ways, topics = dict(Way.choices), dict(Topic.choices)
    where = (values["latitude"], values["longitude"])
    return {
        _("Date"): say_day(values["day"], language) if values["day"] else "",
        _("Time"): say_hours(values["starts_at"], values["ends_at"]),
        _("Akim"): host,
        pgettext("of a meeting", "Places"): ", ".join(sorted(targets)),
        _("Way of holding"): str(ways.get(values["way"], "")),
        _("Visiting meeting"): _("yes") if values["is_visiting"] else _("no"),
        _("Place in Kazakh"): values["place_kk"],
        _("Place in Russian"): values["place_ru"],
        _("Address in Kazakh"): values["address_kk"],
        _("Address in Russian"): values["address_ru"],
        _("Topics"): ", ".join(str(topics.get(topic, topic)) for topic in values["topics"]),
        _("Contact"): values["contact"],
        _("Live stream"): values["stream_url"],
        _("Why on a day off"): values["day_off_reason"],
        _("On the map"): "; ".join(f"{number:f}" for number in where if number is not None),
    }
