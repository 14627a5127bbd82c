"""The table of lines: which of them a person sees, filtered, and what each row shows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from meetings.models import Line, Office, Remark, Revision, Unit
from meetings.models.unit import STEP_WIDTH, subtree
from meetings.permissions import Act, reach, within_reach
from meetings.rules.types import Edition
from meetings.selectors.daysoff import FreeDay
from meetings.services.line_checks import overlap
from meetings.text import fold

PAGE = 50
# What a choice of akims and the checks of a line read; some hundred offices are read at each edit.
_HOST_COLUMNS = (
    "valid_from", "valid_to", "unit__kato", "unit__path", "unit__kind", "unit__body_id",
    "unit__name_kk", "unit__name_ru", "unit__name_en", "unit__valid_from", "unit__valid_to",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line as the table shows it; names in the reader's language."""

    uuid: UUID
    version: int
    day: date
    starts_at: time | None
    ends_at: time | None
    host: str
    host_kato: str
    host_chain: str
    targets: tuple[str, ...]
    place: str
    way: str
    is_visiting: bool
    stream_url: str
    can_edit: bool
    day_off_reason: str
    day_off: FreeDay | None = None
    shares_day: bool = False  # the akim has another meeting that day, and an hour is unknown
    remarks: tuple[str, ...] = field(default=())


def hosts_of(user, region: Unit, act: Act) -> dict[str, Office]:
    """The posts of akims of the region that a right reaches, by code, in the order of the tree."""
    offices = (
        Office.objects.filter(
            subtree("unit__path", region.path), within_reach(user, act, "unit__path")
        )
        .select_related("unit")
        .only(*_HOST_COLUMNS)
        .order_by("unit__valid_to", "unit__path")
    )
    found = {}
    for office in offices:
        # A code may be reused: the unit that exists still stands for it.
        if office.unit.kato not in found or office.unit.valid_to is None:
            found[office.unit.kato] = office
    return dict(sorted(found.items(), key=lambda item: item[1].unit.path))


def by_district(hosts: Iterable[Office], names: dict[str, str]) -> list[tuple[str, list[Office]]]:
    """Posts under the second-level unit they lie in; those of the region itself come first.

    ``names``: of the second-level units, by path.
    """
    groups: dict[str, list[Office]] = defaultdict(list)
    for office in hosts:
        path = office.unit.path
        groups[path[: 2 * STEP_WIDTH] if len(path) > STEP_WIDTH else ""].append(office)
    return [(names.get(path, ""), group) for path, group in groups.items()]


def districts_of(region: Unit) -> list[Unit]:
    """The second level of a region, as it is now."""
    return list(Unit.objects.filter(parent=region, valid_to=None).order_by("path"))


def lines_of(revision: Revision, user, asked: dict, *, off: dict[date, FreeDay], edition: Edition):
    """The lines of a revision that the user sees, narrowed by what was asked for.

    Args:
        asked: host, target (codes), month, norm, state, q; any may be absent.
        off: the days off of the year.
    """
    lines = Line.objects.visible_to(user).filter(revision=revision)
    if host := asked.get("host"):
        lines = lines.filter(host__unit__kato=host)
    if target := asked.get("target"):
        lines = lines.filter(_has_target(unit__kato=target))
    if month := asked.get("month"):
        lines = lines.filter(day__month=month)
    if norm := asked.get("norm"):
        levels = [str(level) for one in edition.norms if one.id == norm for level in one.hosts]
        lines = lines.filter(host__unit__kind__in=levels)
    if state := asked.get("state"):
        lines = lines.filter(_wanting(state, off))
    if words := asked.get("q"):
        lines = lines.filter(_named(revision, fold(words)))
    return lines.order_by("day", "starts_at", "pk")


def _has_target(**where) -> Exists:
    return Exists(Line.targets.through.objects.filter(line=OuterRef("pk"), **where))


def _wanting(state: str, off: dict[date, FreeDay]) -> Q:
    if state == "no_hour":
        return Q(starts_at=None)
    if state == "no_place":
        return Q(place_kk="", place_ru="")
    if state == "day_off":
        return Q(day__in=list(off))
    remarks = Remark.objects.filter(revision=OuterRef("revision"), line_uuid=OuterRef("uuid"))
    return Q(Exists(remarks))


def _named(revision: Revision, words: str) -> Q:
    """Akims and places by the folded column; a meeting's own place is folded here, because no
    database does it for Kazakh letters."""
    texts = Line.objects.filter(revision=revision).exclude(place_kk="", place_ru="").order_by()
    rows = texts.values_list("pk", "place_kk", "place_ru", "address_kk", "address_ru")
    found = [key for key, *parts in rows if words in fold(" ".join(parts))]
    return (
        Q(host__unit__search__contains=words)
        | _has_target(unit__search__contains=words)
        | Q(pk__in=found)
    )


def rows_of(lines: list[Line], user, *, off: dict[date, FreeDay]) -> list[LineRow]:
    """What the table shows of those lines; a constant number of queries.

    ``lines`` come with ``host__unit``, and are of one revision.
    """
    if not lines:
        return []
    names = _target_names(lines)
    crowded = _crowded(lines)
    remarks = defaultdict(list)
    for uuid, text in Remark.objects.filter(
        revision=lines[0].revision_id, line_uuid__in=[line.uuid for line in lines]
    ).values_list("line_uuid", "text"):
        remarks[uuid].append(text)
    above = _names_above(lines)
    held = reach(user, Act.EDIT_LINE)
    return [
        LineRow(
            uuid=line.uuid, version=line.version, day=line.day,
            starts_at=line.starts_at, ends_at=line.ends_at,
            host=line.host.unit.name, host_kato=line.host.unit.kato,
            host_chain=_chain(line.host.unit.path, above),
            targets=tuple(names[line.pk]), place=line.place, way=line.way,
            is_visiting=line.is_visiting, stream_url=line.stream_url,
            can_edit=held is None or any(map(line.host.unit.path.startswith, held)),
            day_off_reason=line.day_off_reason, day_off=off.get(line.day),
            shares_day=line.pk in crowded, remarks=tuple(remarks[line.uuid]),
        )
        for line in lines
    ]  # fmt: skip


def _target_names(lines: list[Line]) -> dict[int, list[str]]:
    names = defaultdict(list)
    through = Line.targets.through.objects.filter(line__in=[line.pk for line in lines])
    for link in through.select_related("unit").order_by("unit__path"):
        names[link.line_id].append(link.unit.name)
    return names


def _crowded(lines: list[Line]) -> set[int]:
    """Lines whose akim has another that day, where an hour is unknown or the hours meet."""
    days = {(line.host_id, line.day) for line in lines}
    found = defaultdict(list)
    neighbours = Line.objects.filter(
        revision=lines[0].revision_id,
        host__in={host for host, _day in days},
        day__in={day for _host, day in days},
    ).values_list("pk", "host_id", "day", "starts_at", "ends_at")
    for key, host, day, begins, ends in neighbours.order_by():
        found[host, day].append((key, begins, ends))
    crowded = set()
    for together in found.values():
        for key, begins, ends in together:
            others = [other for other in together if other[0] != key]
            if any(
                begins is None or other[1] is None or overlap((begins, ends), other[1:])
                for other in others
            ):
                crowded.add(key)
    return crowded


def _names_above(lines: list[Line]) -> dict[str, str]:
    """Names of the units the akims' own lie in, the region left out, by path."""
    paths = {
        line.host.unit.path[:end]
        for line in lines
        for end in range(2 * STEP_WIDTH, len(line.host.unit.path), STEP_WIDTH)
    }
    return {unit.path: unit.name for unit in Unit.objects.filter(path__in=paths)}


def _chain(path: str, names: dict[str, str]) -> str:
    ends = range(len(path) - STEP_WIDTH, STEP_WIDTH, -STEP_WIDTH)
    return ", ".join(names[path[:end]] for end in ends if path[:end] in names)
