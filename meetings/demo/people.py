"""Invented office holders and the people who sign in to the demo. Nobody here exists."""

from datetime import date
from typing import NamedTuple

from meetings.enums import Role

# First name and patronymic go by gender; every name is made of two invented halves.
_MEN = (
    "Ерлан",
    "Нұрлан",
    "Асқар",
    "Болат",
    "Дәурен",
    "Қайрат",
    "Мұрат",
    "Серік",
    "Талғат",
    "Айдос",
)
_WOMEN = ("Айгүл", "Гүлнар", "Динара", "Жанар", "Сәуле", "Әсел")
_SURNAMES = (
    "Жайықов", "Аралбаев", "Дариянов", "Көкөзеков", "Ақбидаев", "Теңізов", "Шағанов", "Елеков",
    "Деркөлов", "Өзенов", "Қаракөлов", "Жанайықов", "Борсықов", "Тасқалин", "Бұлдыртаев",
)  # fmt: skip
_IN_RUSSIAN = str.maketrans({
    "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и",
    "Ә": "А", "Ғ": "Г", "Қ": "К", "Ң": "Н", "Ө": "О", "Ұ": "У", "Ү": "У", "Һ": "Х", "І": "И",
})  # fmt: skip


def holder(number: int) -> tuple[str, str]:
    """An invented name in Kazakh and in Russian, the same for the same number."""
    surname = _SURNAMES[number * 7 % len(_SURNAMES)]
    if number % 4 == 3:
        name, surname = _WOMEN[number // 4 % len(_WOMEN)], surname + "а"
    else:
        name = _MEN[number * 3 % len(_MEN)]
    full = f"{surname} {name}"
    return full, full.translate(_IN_RUSSIAN)


class SignIn(NamedTuple):
    """A demo user: where it works, in which role."""

    email: str
    name: str
    role: Role
    unit: str | None
    language: str = "ru"


HELD_SINCE = date(2022, 3, 3)
_WEST, _ALMATY, _BAITEREK, _DARIA = "270000000", "750000000", "274400000", "274431000"
SIGN_INS = (
    SignIn("drafter@akimat.example", "Әсел Дариянова", Role.DRAFTER, _BAITEREK, "kk"),
    SignIn("okrug@akimat.example", "Жанар Өзенова", Role.DRAFTER, _DARIA, "kk"),
    SignIn("coordinator@akimat.example", "Динара Шаганова", Role.COORDINATOR, _WEST),
    SignIn("akim@akimat.example", "Болат Жайықов", Role.AKIM, _WEST, "kk"),
    SignIn("deputy@akimat.example", "Серик Аралбаев", Role.DEPUTY, _WEST),
    SignIn("chair@akimat.example", "Сауле Елекова", Role.CHAIR, _WEST),
    SignIn("commission@akimat.example", "Айгүл Деркөлова", Role.COMMISSION, _WEST, "kk"),
    SignIn("body@akimat.example", "Нурлан Бұлдыртаев", Role.BODY, _BAITEREK, "kk"),
    SignIn("observer@akimat.example", "Талгат Кокозеков", Role.OBSERVER, _WEST),
    SignIn("reception@akimat.example", "Гүлсім Бұлдыртаева", Role.RECEPTION, _WEST, "kk"),
    SignIn("regional.admin@akimat.example", "Гульнар Теңізова", Role.ADMINISTRATOR, _WEST),
    SignIn("almaty.coordinator@akimat.example", "Айгуль Борсыкова", Role.COORDINATOR, _ALMATY),
    SignIn("almaty.akim@akimat.example", "Аскар Каракулов", Role.AKIM, _ALMATY),
    SignIn("almaty.deputy@akimat.example", "Мурат Тасқалин", Role.DEPUTY, _ALMATY),
    SignIn("almaty.chair@akimat.example", "Кайрат Бұлдыртаев", Role.CHAIR, _ALMATY),
    SignIn("administrator@akimat.example", "Даурен Акбидаев", Role.ADMINISTRATOR, None),
    SignIn("national.observer@akimat.example", "Айдос Жанайыков", Role.OBSERVER, None),
)
