"""Receptions of the demo: one that runs today, one that is over, one with free times, one that is
full and has a waiting list. Whoever is named here is invented."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

from appeals.enums import BookedHow, Kind, TalkOutcome
from appeals.models import Booking, Problem, Reception, Slot
from appeals.services import bookings, reception_changes, reception_day, receptions
from appeals.services.reception_questions import Said
from appeals.services.receptions import Official, Table
from meetings.enums import MeetingState, OfficialKind, Role, Topic
from meetings.models import Meeting, Unit, User
from meetings.selectors.daysoff import days_off

WEST, BAITEREK, DARIA, ORAL = "270000000", "274400000", "274431000", "271000000"
EARLIEST, LATEST = 9, 20  # hours at which a reception may run now

DEPUTY_AKIM = Official(
    OfficialKind.EXECUTIVE, "Аралбаев Қайрат", "аудан әкімінің орынбасары", "заместитель акима"
)
HOUSING = Official(
    OfficialKind.EXECUTIVE, "Шағанова Динара", "тұрғын үй-коммуналдық шаруашылық бөлімінің басшысы",
    "руководитель отдела ЖКХ",
)  # fmt: skip
PROSECUTOR = Official(
    OfficialKind.PROSECUTOR, "Елекова Сәуле", "аудан прокуроры", "прокурор района"
)
POLICE = Official(
    OfficialKind.POLICE, "Өзенов Асқар", "аудандық полиция бөлімінің бастығы",
    "начальник районного отдела полиции",
)  # fmt: skip
COUNCIL = Official(
    OfficialKind.COUNCIL, "Теңізова Гүлнар", "қоғамдық кеңестің мүшесі", "член общественного совета"
)
MASLIKHAT = Official(
    OfficialKind.MASLIKHAT, "Деркөлов Серік", "мәслихат депутаты", "депутат маслихата"
)


class Visitor(NamedTuple):
    """Somebody who books: invented name, invented telephone, what about."""

    name: str
    phone: str
    subject: str
    language: str = "kk"


VISITORS = (
    Visitor("Жұмабаева Айгүл", "+7 700 000 01 01", "Көшеге жарық орнату туралы"),
    Visitor("Сидоренко Виктор", "+7 700 000 01 02", "Дорога на Озёрное: ямы после весны", "ru"),
    Visitor("Қалиев Мұрат", "+7 700 000 01 03", "Ауызсу қысымы әлсіз, кешке су келмейді"),
    Visitor("Иванова Людмила", "+7 700 000 01 04", "Очередь на жильё", "ru"),
    Visitor("Бекенова Сәния", "+7 700 000 01 05", "Мектеп автобусының уақыты"),
    Visitor("Тұрғанбаев Ержан", "+7 700 000 01 06", "Жер учаскесінің құжаты"),
    Visitor("Петров Сергей", "+7 700 000 01 07", "Газ в новые дома по улице Степной", "ru"),
    Visitor("Әбілқасымова Роза", "+7 700 000 01 08", "Мүгедектігі бар балаға әлеуметтік көмек"),
    Visitor("Құсайынов Дәулет", "+7 700 000 01 09", "Қоқыс полигоны ауылға тым жақын"),
    Visitor("Ким Наталья", "+7 700 000 01 10", "Медпункт закрыт второй месяц", "ru"),
    Visitor("Есенов Талғат", "+7 700 000 01 11", "Су тасқынынан кейінгі өтемақы"),
    Visitor("Мұқанова Гүлсім", "+7 700 000 01 12", "Балабақшаға кезек"),
)


def load(today: date) -> None:
    """Write the receptions as they stand on a day; now, when it is this one."""
    clerk = User.objects.filter(
        assignments__role=Role.RECEPTION, assignments__unit__kato=WEST
    ).first()  # fmt: skip
    if clerk is None:
        return
    now = timezone.now() if today == timezone.localdate() else _moment(today, time(11))
    _running(clerk, now)
    _over(clerk, today)
    _free(clerk, today)
    _full(clerk, today)


def _running(clerk, now: datetime) -> None:
    """Today, around this hour; in the night it stands on the next working day, not begun."""
    local = timezone.localtime(now)
    runs = EARLIEST <= local.hour <= LATEST
    day = local.date() if runs else _working_day(local.date(), 1)
    begins = time(local.hour - 1) if runs else time(10)
    made = _made(
        clerk, BAITEREK, day, begins, 3, (Table("201", (DEPUTY_AKIM, HOUSING)),
                                         Table("204", (PROSECUTOR, POLICE))),
        at=_moment(day - timedelta(days=9), time(10)), place=("Аудан әкімдігі", "Акимат района"),
        address=("Переметное ауылы, Гагарин көшесі, 69", "с. Переметное, ул. Гагарина, 69"),
        minutes=15,
    )  # fmt: skip
    first, second = (
        [slot for slot in _slots(made) if slot.table.number == number and not slot.is_walk_in]
        for number in (1, 2)
    )
    earlier = _moment(day - timedelta(days=2), time(15))
    one = [_book(made, slot, VISITORS[i], clerk, earlier) for i, slot in enumerate(first[:6])]
    two = [_book(made, slot, VISITORS[6 + i], clerk, earlier) for i, slot in enumerate(second[:4])]
    if not runs:
        return
    start = _moment(day, begins)
    _talk(one[0], clerk, start, 17, TalkOutcome.ANSWERED, "Шам келесі айға жоспарланған.")
    _talk(one[1], clerk, start + timedelta(minutes=18), 19, TalkOutcome.SENT_ON,
          "Отдел пассажирского транспорта и автомобильных дорог")  # fmt: skip
    _here(one[2:4], clerk, start + timedelta(minutes=25))
    _call(one[2], clerk, start + timedelta(minutes=40))
    _do(reception_day.no_show, two[0], clerk, start + timedelta(minutes=14))
    _talk(two[1], clerk, start + timedelta(minutes=15), 12, TalkOutcome.ANSWERED, "")
    _here(two[2:3], clerk, start + timedelta(minutes=30))
    _call(two[2], clerk, start + timedelta(minutes=45))
    walk_in = next(
        slot
        for slot in _slots(made)
        if slot.is_walk_in and slot.table.number == 2 and slot.begins > second[2].begins
    )
    _book(made, walk_in, VISITORS[10], clerk, start + timedelta(minutes=50), BookedHow.WALK_IN)


def _over(clerk, today: date) -> None:
    """After a meeting of the past weeks, with every kind of outcome."""
    unit = Unit.objects.get(kato=DARIA, valid_to=None)
    held = Meeting.objects.filter(state=MeetingState.HELD, targets=unit, day__lt=today)
    meeting = held.order_by("-day", "-pk").first()
    day = meeting.day if meeting else today - timedelta(days=12)
    made = _made(
        clerk, DARIA, day, time(16), 2, (Table("", (DEPUTY_AKIM, MASLIKHAT, COUNCIL)),),
        at=_moment(day - timedelta(days=10), time(10)), place=("Мәдениет үйі", "Дом культуры"),
        address=("Дарьинское ауылы", "с. Дарьинское"), minutes=20, share=0, meeting=meeting,
    )  # fmt: skip
    booked = [
        _book(made, slot, VISITORS[i], clerk, _moment(day - timedelta(days=3), time(11)))
        for i, slot in enumerate(_slots(made)[:5])
    ]
    problem = Problem.objects.filter(region__kato=WEST).order_by("pk").first()
    outcomes = [
        (TalkOutcome.ANSWERED, "Түсіндірілді: жұмыс сәуірде басталады.", None, None),
        (TalkOutcome.QUESTION, "", Said(
            "Когда отремонтируют дорогу от Дарьинского до Озёрного? После весны ямы не засыпаны.",
            Topic.ROADS, Kind.INQUIRY,
        ), None),
        (TalkOutcome.SENT_ON, "Су арнасы кәсіпорны", None, None),
        (TalkOutcome.PROBLEM if problem else TalkOutcome.ANSWERED, "", None, problem),
    ]  # fmt: skip
    at = _moment(day, time(16))
    for booking, (outcome, note, said, of_pool) in zip(booked, outcomes, strict=False):
        _talk(booking, clerk, at, 18, outcome, note, said=said, problem=of_pool,
              eotinish="ЖТ-2026-00417" if outcome == TalkOutcome.SENT_ON else "")  # fmt: skip
        at += timedelta(minutes=20)
    reception_changes.close(
        made, by=clerk, version=made.version, at=_moment(day, time(18, 5))
    )  # fmt: skip


def _free(clerk, today: date) -> None:
    """In the regional centre, with many times still free."""
    day = _working_day(today, 8)
    made = _made(
        clerk, ORAL, day, time(10), 6, (Table("305", (HOUSING,)), Table("307", (POLICE, COUNCIL))),
        at=_moment(today, time(9)) - timedelta(days=1), minutes=30, breaks=[(time(13), time(14))],
        place=("Қала әкімдігі", "Акимат города"),
        address=("Орал қаласы, Достық-Дружба даңғылы, 182", "г. Уральск, пр. Достык-Дружба, 182"),
    )  # fmt: skip
    open_slots = [slot for slot in _slots(made) if not slot.is_walk_in]
    for slot, visitor in zip(open_slots[:4], VISITORS[3:7], strict=True):
        _book(made, slot, visitor, clerk, _moment(today, time(9)) - timedelta(hours=20))


def _full(clerk, today: date) -> None:
    """A short one, wholly booked; three people wait."""
    day = _working_day(today, 4)
    made = _made(
        clerk, BAITEREK, day, time(15), 2, (Table("201", (DEPUTY_AKIM,)),), minutes=20, share=0,
        at=_moment(today, time(9)) - timedelta(days=6), place=("Аудан әкімдігі", "Акимат района"),
        address=("Переметное ауылы, Гагарин көшесі, 69", "с. Переметное, ул. Гагарина, 69"),
    )  # fmt: skip
    at = _moment(today, time(9)) - timedelta(days=5)
    for slot, visitor in zip(_slots(made), VISITORS, strict=False):
        _book(made, slot, visitor, clerk, at)
    for visitor in VISITORS[7:10]:
        _book(made, None, visitor, clerk, at + timedelta(hours=30))


def _made(
    clerk, kato: str, day: date, begins: time, hours: int, tables: Iterable[Table], *, at: datetime,
    minutes: int, place: tuple[str, str], address: tuple[str, str], share: int = 20,
    breaks: Iterable = (), meeting: Meeting | None = None,
) -> Reception:  # fmt: skip
    unit = Unit.objects.get(kato=kato, valid_to=None)
    values = {
        "day": day, "begins": begins, "ends": time(begins.hour + hours), "slot_minutes": minutes,
        "breaks": list(breaks), "walk_in_share": share, "place_kk": place[0],
        "place_ru": place[1], "address_kk": address[0], "address_ru": address[1],
        "contact": "+7 (7112) 00-00-00",
    }  # fmt: skip
    made = receptions.make(unit, values, list(tables), by=clerk, meeting=meeting, at=at)
    return receptions.publish(made, by=clerk, version=made.version, at=at + timedelta(hours=1))


def _slots(made: Reception) -> list[Slot]:
    return list(made.slots.select_related("table").order_by("begins", "table__number"))


def _book(
    made: Reception, slot: Slot | None, who: Visitor, clerk, at: datetime,
    how: BookedHow = BookedHow.PHONE,
) -> Booking:  # fmt: skip
    details = {"name": who.name, "phone": who.phone}
    return bookings.enter(
        made, slot, details, subject=who.subject, how=how, language=who.language, by=clerk, at=at
    )


def _do(deed, booking: Booking, clerk, at: datetime, **more) -> None:
    """One deed of the day; the booking is read afresh, as a clerk's page would be."""
    booking.refresh_from_db()
    deed(booking, by=clerk, version=booking.version, at=at, **more)


def _here(booked: Iterable[Booking], clerk, at: datetime) -> None:
    for booking in booked:
        _do(reception_day.check_in, booking, clerk, at)


def _call(booking: Booking, clerk, at: datetime) -> None:
    _do(reception_day.call, booking, clerk, at)


def _talk(
    booking: Booking, clerk, at: datetime, minutes: int, outcome: TalkOutcome, note: str, *,
    said: Said | None = None, problem: Problem | None = None, eotinish: str = "",
) -> None:  # fmt: skip
    """Checked in five minutes before the call, heard for so many minutes."""
    _here([booking], clerk, at - timedelta(minutes=5))
    _call(booking, clerk, at)
    _do(
        reception_day.finish, booking, clerk, at + timedelta(minutes=minutes), outcome=outcome,
        note=note, eotinish_number=eotinish, said=said, problem=problem,
    )  # fmt: skip


def _working_day(day: date, number: int) -> date:
    """The working day that is so many after a day."""
    free = days_off(day, day + timedelta(days=60))
    while number:
        day += timedelta(days=1)
        number -= day not in free
    return day


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
