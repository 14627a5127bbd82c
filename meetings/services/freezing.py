"""The frozen form of a calendar: canonical JSON and its SHA-256 (docs/canonical.md)."""

import hashlib
import json
from collections import defaultdict
from datetime import UTC, date, datetime, time
from decimal import Decimal

from meetings.models import Explanation, Line, Revision
from meetings.models.content import CONTENT_FIELDS

SCHEMA = "akimat-calendar/1"
_PLAIN_FIELDS = tuple(name for name in CONTENT_FIELDS if name != "host_id")
_UNIT_FIELDS = ("kato", "kind", "name_kk", "name_ru")


def canonical(revision: Revision, *, procedure: str, edition: str) -> str:
    """The revision as one text that is the same wherever and whenever it is made.

    Keys are sorted, nothing stands between tokens, lines go by day, hour, host and identity, and
    letters are themselves, not escapes. It holds what the public sees and no personal data: people
    are named by their office.
    """
    calendar = revision.calendar
    contents = contents_of(revision)
    units = dict(contents["units"])
    explanations = _explanations(revision, units)
    region = _unit_value(calendar.region)
    units[calendar.region.kato] = region
    value = {
        "schema": SCHEMA,
        "calendar": {
            "uuid": str(calendar.uuid),
            "region": calendar.region.kato,
            "year": calendar.year,
            "procedure": str(procedure),
            "edition": edition,
            "own_edition": calendar.own_edition,
            "n3_reading": calendar.n3_reading,
        },
        "revision": {
            "uuid": str(revision.uuid),
            "number": revision.number,
            "reason": revision.reason,
            "submitted_at": plain(revision.submitted_at),
            "decision": _paper(revision.decision_number, revision.decision_on),
            "act": _paper(revision.act_number, revision.act_on),
            "approved_at": plain(revision.approved_at),
            "is_late": revision.is_late,
        },
        "units": units,
        "lines": contents["lines"],
        "explanations": explanations,
    }
    return as_text(value)


def as_text(value) -> str:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def contents_of(revision: Revision) -> dict:
    """``{"lines": [...], "units": {kato: {...}}}`` of a revision; two queries however many lines.

    A line names its host and targets by their codes; ``units`` keeps the names of that day.
    """
    targets, units = _targets(revision)
    lines = []
    rows = (
        Line.objects.filter(revision=revision)
        .values("pk", "uuid", *_PLAIN_FIELDS, *(f"host__unit__{name}" for name in _UNIT_FIELDS))
        .order_by()
    )
    for row in rows.iterator(chunk_size=2000):
        host = row["host__unit__kato"]
        units[host] = _unit_row(row, "host__unit__")
        lines.append(
            {name: plain(row[name]) for name in _PLAIN_FIELDS}
            | {"uuid": str(row["uuid"]), "host": host, "targets": sorted(targets[row["pk"]])}
        )
    lines.sort(key=lambda line: (line["day"], line["starts_at"] or "", line["host"], line["uuid"]))
    return {"lines": lines, "units": units}


def _targets(revision: Revision) -> tuple[defaultdict[int, list[str]], dict[str, dict]]:
    """Codes of the targets by line, and the units they name."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    units: dict[str, dict] = {}
    rows = Line.targets.through.objects.filter(line__revision=revision)
    names = (f"unit__{name}" for name in _UNIT_FIELDS)
    for row in rows.values("line_id", *names).iterator(chunk_size=2000):
        kato = row["unit__kato"]
        found[row["line_id"]].append(kato)
        units.setdefault(kato, _unit_row(row, "unit__"))
    return found, units


def _explanations(revision: Revision, units: dict) -> list[dict]:
    """What was written for each breach; adds the units they name to ``units``."""
    found = []
    rows = Explanation.objects.filter(revision=revision).select_related("host", "target")
    for row in rows:
        for unit in (row.host, row.target):
            units.setdefault(unit.kato, _unit_value(unit))
        found.append(
            {"norm": row.norm, "host": row.host.kato, "target": row.target.kato,
             "window_start": plain(row.window_start), "text": row.text}
        )  # fmt: skip
    found.sort(key=lambda row: (row["norm"], row["host"], row["target"], row["window_start"]))
    return found


def _unit_row(row: dict, prefix: str) -> dict:
    return {name: row[prefix + name] for name in _UNIT_FIELDS if name != "kato"}


def _unit_value(unit) -> dict:
    return {name: getattr(unit, name) for name in _UNIT_FIELDS if name != "kato"}


def _paper(number: str, day: date | None) -> dict | None:
    return {"number": number, "on": plain(day)} if number else None


def plain(value):
    """Days, hours, moments (UTC, whole seconds) and coordinates as text; the rest as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, Decimal):
        return f"{value:.5f}"
    return value
