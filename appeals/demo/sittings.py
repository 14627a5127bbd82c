"""Sittings of the commission of the demo: one held with its decisions, one being prepared."""

from datetime import date, time, timedelta
from typing import NamedTuple

from appeals.enums import QuestionState
from appeals.models import Problem, Question, Sitting
from appeals.services import sitting_items, sittings
from appeals.services.sittings import Member
from meetings.demo.calendars import at
from meetings.demo.people import holder
from meetings.models import Unit, User

REGION, COMMISSION = "270000000", "commission@akimat.example"
PLACE = {
    "place_kk": "Облыс әкімдігі, шағын зал",
    "place_ru": "Акимат области, малый зал",
}  # fmt: skip
POSTS = (
    ("облыс әкімінің орынбасары, комиссия төрағасы",
     "заместитель акима области, председатель комиссии"),
    ("тұрғын үй-коммуналдық шаруашылық басқармасының басшысы",
     "руководитель управления жилищно-коммунального хозяйства"),
    ("жолаушылар көлігі және автомобиль жолдары басқармасының басшысы",
     "руководитель управления пассажирского транспорта и автомобильных дорог"),
    ("облыстық мәслихаттың депутаты", "депутат областного маслихата"),
    ("қоғамдық кеңестің мүшесі", "член общественного совета"),
    ("облыстық прокуратураның өкілі", "представитель прокуратуры области"),
)  # fmt: skip


class Word(NamedTuple):
    """An item in words with what was decided."""

    kk: str
    ru: str
    decision_kk: str
    decision_ru: str


DECIDED = (
    Word(
        "Қыс мезгілінде ауыл жолдарын қардан тазалау",
        "Очистка сельских дорог от снега зимой",
        "Аудан әкімдеріне техника мен кезекшілік кестесін 1 желтоқсанға дейін бекіту тапсырылсын."
        " Кесте әкімдіктердің сайттарында жариялансын.",
        "Поручить акимам районов до 1 декабря утвердить технику и график дежурств. Опубликовать"
        " график на сайтах акиматов.",
    ),
    Word(
        "Ауыз су сапасы туралы қайталанған сұрақтар",
        "Повторные вопросы о качестве питьевой воды",
        "Су сынамасы екі апта ішінде алынсын, нәтижесі тұрғындарға кездесуде түсіндірілсін.",
        "Взять пробы воды в течение двух недель, результаты разъяснить жителям на встрече.",
    ),
    Word(
        "Өткен отырыста қабылданған шешімдердің орындалуы",
        "Исполнение решений прошлого заседания",
        "Ақпарат назарға алынсын. Орындалмаған екі тармақ бақылауда қалдырылсын.",
        "Принять к сведению. Два неисполненных пункта оставить на контроле.",
    ),
)
AHEAD = (
    "Автобус бағыттары мен кестесі туралы сұрақтар",
    "Вопросы о маршрутах и расписании автобусов",
)


def load(today: date) -> None:
    """A sitting some two weeks ago, and one in some days."""
    region = Unit.objects.get(kato=REGION, valid_to=None)
    member = User.objects.get(email=COMMISSION)
    _held(region, _working(today - timedelta(days=13), -1), member)
    _ahead(region, _working(today + timedelta(days=5), 1), today, member)


def _held(region: Unit, day: date, member: User) -> None:
    sitting = _planned(region, day, member, day - timedelta(days=5))
    people = [
        Member(holder(number + 20)[0], kk, ru, is_chair=number == 0, is_present=number != 4)
        for number, (kk, ru) in enumerate(POSTS)
    ]
    moment = at(day, 11)
    sitting = sittings.seat(sitting, people, by=member, version=sitting.version, at=moment)
    for word in DECIDED:
        sitting = sitting_items.add_words(
            sitting, title_kk=word.kk, title_ru=word.ru, by=member, version=sitting.version,
            at=moment,
        )  # fmt: skip
        item = sitting.items.order_by("-position")[0]
        sitting = sitting_items.decide(
            sitting, item, title_kk=word.kk, title_ru=word.ru, decision_kk=word.decision_kk,
            decision_ru=word.decision_ru, by=member, version=sitting.version, at=moment,
        )  # fmt: skip
    sittings.hold(sitting, by=member, version=sitting.version, ends_at=time(11, 20),
                  at=at(day, 12))  # fmt: skip


def _ahead(region: Unit, day: date, today: date, member: User) -> None:
    moment = at(today - timedelta(days=1), 16)
    sitting = _planned(region, day, member, today - timedelta(days=1))
    waiting = Question.objects.filter(region=region, state=QuestionState.WAITING, merged_into=None)
    questions = list(waiting.select_related("unit").order_by("asked_at", "pk")[:3])
    problems = list(
        Problem.objects.filter(region=region).in_work().select_related("unit").order_by("pk")[:2]
    )
    if questions or problems:
        sitting = sitting_items.pick(
            sitting, questions, problems, by=member, version=sitting.version, at=moment
        )
    sitting_items.add_words(
        sitting, title_kk=AHEAD[0], title_ru=AHEAD[1], by=member, version=sitting.version,
        at=moment,
    )  # fmt: skip


def _planned(region: Unit, day: date, member: User, on: date) -> Sitting:
    number = sittings.next_number_in(region, day.year)
    values = {"number": number, "day": day, "starts_at": time(10), "ends_at": None, **PLACE}
    return sittings.plan(region, values, by=member, at=at(on, 15))


def _working(day: date, step: int) -> date:
    while day.weekday() > 4:
        day += timedelta(days=step)
    return day
