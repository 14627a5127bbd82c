"""The places of a meeting: chosen ones, those its akim still owes, those that were searched for."""

from meetings.enums import UnitKind
from meetings.forms.lines import units_of
from meetings.models import Office, Unit
from meetings.rules import Finding
from meetings.rules.words import window_name
from meetings.selectors.desk_findings import missing_first
from meetings.selectors.duties import findings_of_revision
from meetings.selectors.units import Found, find_units, with_chains

MOST_FOUND = 12
MOST_OWED = 24
KINDS = [kind for kind in UnitKind if kind != UnitKind.PLACE]


def picker(space, form, key: str) -> dict:
    """What meetings/desk/_targets.html shows: check boxes of one name, checked and not.

    Without scripts the button «Find» sends the form and it comes back with what was found; with
    them the list alone is swapped.
    """
    region = space.desk.region
    codes = [str(code) for code in form["targets"].value() or []][:60]
    office = space.own_hosts.get(str(form["host"].value() or ""))
    words = str(form.data.get("target_q", ""))[:100] if form.is_bound else ""
    chosen = with_chains(units_of(region, codes))
    taken = {one.unit.kato for one in chosen}
    found = look_for(words, office.unit if office else region, taken)
    return {
        "key": key,
        "url": space.desk.url("desk_targets"),
        "q": words,
        "chosen": [option_of(one) for one in chosen],
        "found": [option_of(one) for one in found],
        "nothing": bool(words) and not found,
        "owed": _owed(space, office, taken | {one.unit.kato for one in found}),
    }


def look_for(words: str, within: Unit, taken: set[str]) -> list[Found]:
    """Units of a territory by their names, without those that are taken."""
    if not words.strip():
        return []
    found = find_units(words, kinds=KINDS, within=within, limit=MOST_FOUND)
    return [one for one in found if one.unit.kato not in taken]


def _owed(space, office: Office | None, taken: set[str]) -> list[dict]:
    """Places to which the akim still owes a meeting, the nearest windows first."""
    if office is None:
        return []
    findings = findings_of_revision(space.desk.revision, hosts={office.unit_id})
    unmet: dict[int | str, Finding] = {}
    for one in missing_first(findings):
        if not one.met:
            unmet.setdefault(one.target, one)
    first = list(unmet)[: MOST_OWED + len(taken)]
    units: dict[int | str, Unit] = {unit.pk: unit for unit in Unit.objects.filter(pk__in=first)}
    owed = []
    for key in first:
        if (unit := units.get(key)) is not None and unit.kato not in taken:
            window = window_name(unmet[key].window, space.language)
            owed.append({"code": unit.kato, "name": unit.name, "chain": window})
    return owed[:MOST_OWED]


def option_of(found: Found) -> dict:
    return {"code": found.unit.kato, "name": found.unit.name, "chain": ", ".join(found.chain)}
