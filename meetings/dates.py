"""Days and hours in words, in three languages, and read back from what people type. Pure."""

import re
from datetime import date, time

MONTHS = {
    "kk": ("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
           "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"),
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня",
           "июля", "августа", "сентября", "октября", "ноября", "декабря"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}  # fmt: skip
MONTH_NAMES = {
    **MONTHS,
    "ru": ("январь", "февраль", "март", "апрель", "май", "июнь",
           "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
}  # fmt: skip
SHORT_MONTHS = {
    "kk": ("қаң", "ақп", "нау", "сәу", "мам", "мау", "шіл", "там", "қыр", "қаз", "қар", "жел"),
    "ru": ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
WEEKDAYS = {
    "kk": ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
SHORT_WEEKDAYS = {
    "kk": ("дс", "сс", "ср", "бс", "жм", "сн", "жк"),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def say_day(day: date, language: str, *, weekday: bool = True) -> str:
    """«2027 жылғы 14 сәуір, сәрсенбі», «среда, 14 апреля 2027 г.», "Wednesday 14 April 2027"."""
    month = MONTHS[language][day.month - 1]
    name = WEEKDAYS[language][day.weekday()]
    if language == "kk":
        said = f"{day.year} жылғы {day.day} {month}"
        return f"{said}, {name}" if weekday else said
    if language == "ru":
        said = f"{day.day} {month} {day.year} г."
        return f"{name}, {said}" if weekday else said
    said = f"{day.day} {month} {day.year}"
    return f"{name} {said}" if weekday else said


def say_when(day: date, begins: time | None, language: str) -> str:
    """The day with its hour: «…, сағат 15:00»; a meeting without an hour has the day alone."""
    if begins is None:
        return say_day(day, language)
    hour = f"{begins:%H:%M}"
    return f"{say_day(day, language)}, {'сағат ' if language == 'kk' else ''}{hour}"


def say_month(day: date, language: str) -> str:
    """The month of a day: «2027 жылғы сәуір», «апрель 2027 г.», "April 2027"."""
    name = MONTH_NAMES[language][day.month - 1]
    return {"kk": f"{day.year} жылғы {name}", "ru": f"{name} {day.year} г."}.get(
        language, f"{name} {day.year}"
    )


def read_day(text: str) -> date:
    """The day typed as дд.мм.гггг (also 2027-04-14, 14/4/2027); ValueError says what to do."""
    text = text.strip()
    if found := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text, re.ASCII):
        day, month, year = map(int, found.groups())
    elif found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII):
        year, month, day = map(int, found.groups())
    else:
        raise ValueError(f"{text!r} is not a day; write it as 14.04.2027.")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{text!r}: there is no such day; write it as 14.04.2027.") from None
