"""A made-up country for benchmarks of the public pages: units and meetings by the thousand."""

from datetime import date, time, timedelta

from django.utils import timezone

from meetings.enums import MeetingState, State, UnitKind, Way
from meetings.models import Calendar, Meeting, Office, PublicVersion, Revision, Unit, path_step

REGIONS, DISTRICTS, OKRUGS, VILLAGES = 20, 9, 11, 3
BATCH = 2_000
YEAR = 2027


def make_country(meetings: int, *, regions: int = REGIONS) -> None:
    """Units, posts, approved calendars of a year and as many meetings, spread over its days."""
    _make_units(regions)
    offices = {office.unit_id: office for office in Office.objects.all()}
    calendars = _make_calendars()
    rows, links = [], []
    targets = list(Unit.objects.exclude(parent=None).order_by("path"))
    now = timezone.now()
    for number in range(meetings):
        # A step that is prime to the number of targets reaches all of them in a scattered order.
        target = targets[number * 7919 % len(targets)]
        region = calendars[target.path[:5]]
        rows.append(
            Meeting(
                host=offices[target.parent_id], region_id=region.region_id, calendar=region,
                day=date(YEAR, 1, 20) + timedelta(days=number * 340 // meetings),
                starts_at=time(9 + number % 9), place_kk="Мәдениет үйі", place_ru="Дом культуры",
                address_kk="Абай көшесі, 42", address_ru="ул. Абая, 42", way=Way.IN_PERSON,
                state=MeetingState.ANNOUNCED if number % 5 else MeetingState.PLANNED,
                published_at=now, changed_at=now,
            )
        )  # fmt: skip
        links.append(target.pk)
    made = Meeting.objects.bulk_create(rows, batch_size=BATCH)
    through = Meeting.targets.through
    through.objects.bulk_create(
        [through(meeting_id=row.pk, unit_id=unit) for row, unit in zip(made, links, strict=True)],
        batch_size=BATCH,
    )
    PublicVersion.objects.update_or_create(name="meetings", defaults={"number": 1})


def _make_units(regions: int) -> None:
    above: list[Unit | None] = [None]
    number = 0
    levels = (
        (UnitKind.OBLAST, regions, "{} облысы", "{} область"),
        (UnitKind.DISTRICT, DISTRICTS, "{} ауданы", "{} район"),
        (UnitKind.OKRUG, OKRUGS, "{} ауылдық округі", "{} сельский округ"),
        (UnitKind.VILLAGE, VILLAGES, "{} ауылы", "село {}"),
    )
    for kind, many, name_kk, name_ru in levels:
        made = []
        for parent in above:
            for _sibling in range(many):
                number += 1
                name = f"Ақтоғай-{number}"
                made.append(
                    Unit(
                        number=number, path=(parent.path if parent else "") + path_step(number),
                        parent=parent, kato=f"{100_000_000 + number}", kind=kind,
                        name_kk=name_kk.format(name), name_ru=name_ru.format(name),
                        name_en=f"Aqtoghay-{number}", search=f"актогай-{number}",
                        sort_kk=f"{number:09}",
                    )
                )  # fmt: skip
        above = list(Unit.objects.bulk_create(made, batch_size=BATCH))
        if kind != UnitKind.VILLAGE:
            Office.objects.bulk_create([Office(unit=unit) for unit in above], batch_size=BATCH)


def _make_calendars() -> dict[str, Calendar]:
    made = {}
    for region in Unit.objects.filter(parent=None):
        calendar = Calendar.objects.create(region=region, year=YEAR)
        Revision.objects.create(
            calendar=calendar, number=1, state=State.APPROVED, approved_at=timezone.now(),
            sha256="0" * 64, canonical="{}", act_number="1", act_on=date(YEAR, 1, 10),
        )  # fmt: skip
        made[region.path] = calendar
    return made
