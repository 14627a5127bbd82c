"""Personal data in a text: found, shown to the moderator, put behind marks.

Names, telephones, e-mail addresses, IIN-like numbers and street addresses in Kazakh, Russian or
both mixed. Pure: text in, places in it out. What is found is a proposal; a person decides. A place
(«Абай ауданы»), a street without a house, a decree's number, a day or a sum is nobody's data.

Each expression is linear: bounded repeats, no two that can take the same sign in turn.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from appeals.masking_names import names

LONGEST = 20_000  # letters that are looked at; forms take less


class Kind(StrEnum):
    """What was found."""

    EMAIL = "email"
    IIN = "iin"
    PHONE = "phone"
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of personal data: ``text[start:end]``."""

    start: int
    end: int
    kind: Kind


# What stands instead, in the language of the text.
MARKS = {
    "kk": {
        Kind.NAME: "[есімі жасырылды]", Kind.PHONE: "[телефоны жасырылды]",
        Kind.EMAIL: "[электрондық поштасы жасырылды]", Kind.IIN: "[ЖСН жасырылды]",
        Kind.ADDRESS: "[мекенжайы жасырылды]",
    },
    "ru": {
        Kind.NAME: "[имя скрыто]", Kind.PHONE: "[телефон скрыт]",
        Kind.EMAIL: "[эл. почта скрыта]", Kind.IIN: "[ИИН скрыт]", Kind.ADDRESS: "[адрес скрыт]",
    },
}  # fmt: skip


def find(text: str) -> list[Found]:
    """Everything that looks like personal data, in the order of the text, never overlapping."""
    text = text[:LONGEST]
    taken = bytearray(len(text))
    found: list[Found] = []
    for kind, search in _SEARCHES:
        for start, end in search(text):
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append(Found(start, end, kind))
    return sorted(found, key=lambda one: one.start)


def masked(text: str, language: str = "ru", but: Collection[int] = ()) -> str:
    """The text with marks in place of what was found.

    Args:
        but: numbers in ``find(text)`` that stay as they are: masks taken back.
    """
    marks = MARKS.get(language, MARKS["ru"])
    pieces, at = [], 0
    for number, one in enumerate(find(text)):
        if number not in but:
            pieces += [text[at : one.start], marks[one.kind]]
            at = one.end
    return "".join([*pieces, text[at:]])


def parts(text: str, found: list[Found] | None = None) -> list[tuple[str, Found | None]]:
    """The text cut where something was found: for pages that show it marked."""
    cut: list[tuple[str, Found | None]] = []
    at = 0
    for one in find(text) if found is None else found:
        cut += [(text[at : one.start], None), (text[one.start : one.end], one)]
        at = one.end
    return [piece for piece in [*cut, (text[at:], None)] if piece[0]]


_EMAIL = re.compile(
    r"(?<![\w.%+\-])[\w.%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,5}"
)


def _emails(text: str) -> Iterator[tuple[int, int]]:
    for match in _EMAIL.finditer(text):
        yield match.span()


# Twelve digits, alone, or in groups as they are dictated.
_TWELVE = re.compile(r"(?<![\d№])(?<!№ )\d(?:[ \u00a0\-]?\d){11}(?![ \-]?\d)")
_WEIGHTS = (tuple(range(1, 12)), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))


def _iins(text: str) -> Iterator[tuple[int, int]]:
    """A day of birth, a sign of century and sex; in odd groups the check digit must be right too.

    A business's number (BIN) has 4, 5 or 6 where the day stands, and is nobody's data.
    """
    for match in _TWELVE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        groups = re.split(r"\D", match[0])
        dictated = len(groups) == 1 or [len(one) for one in groups] == [6, 6]
        if _is_born(digits) and (dictated or checks(digits)):
            yield match.span()


def _is_born(digits: str) -> bool:
    century = {"0": 2000, "1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
    first = century.get(digits[6])
    if first is None:
        return False
    try:
        date(first + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    return True


def checks(digits: str) -> bool:
    """Whether the last of twelve digits is the check digit of an IIN."""
    for weights in _WEIGHTS:
        rest = sum(int(sign) * weight for sign, weight in zip(digits, weights, strict=False)) % 11
        if rest < 10:
            return rest == int(digits[11])
    return False


_FULL_PHONE = re.compile(
    r"(?<![\d.,№+])(?:\+?7|8)[ \u00a0\-.]{0,2}\(?[67]\d{2}\)?[ \u00a0\-.]{0,2}\d{3}"
    r"[ \u00a0\-.]{0,2}\d{2}[ \u00a0\-.]{0,2}\d{2}(?![\d])"
)
_BARE_PHONE = re.compile(
    r"(?<![\d.,№])(?<!№ )7[04567]\d[ \u00a0\-]?\d{3}[ \u00a0\-]?\d{2}[ \u00a0\-]?\d{2}(?!\d)"
)
_AREA_PHONE = re.compile(
    r"(?<![\d.,№])(?:\+?7|8)[ \u00a0\-]{0,2}\(?7\d{3,4}\)?[ \u00a0\-]{0,2}\d"
    r"(?:[ \u00a0\-]?\d){4,5}(?!\d)"
)
_FOREIGN_PHONE = re.compile(r"(?<![\d\w])\+\d(?:[ \u00a0()\-]{0,2}\d){9,14}(?!\d)")
_LOCAL_PHONE = re.compile(
    r"(?<![\d\-.])(?:\d{2}-\d{2}-\d{2}|\d-\d{2}-\d{2}|\d{2,3}-\d{3})(?![\d\-])"
)
_CALLED = re.compile(
    r"(?:тел(?:ефон\w{0,6})?|нөмір\w{0,6}|номер\w{0,4}|моб\w{0,10}|сот\w{0,8}|ват?с?ап\w{0,4}"
    r"|уатсап\w{0,6}|whats ?app|вайбер\w{0,3}|байланыс\w{0,6}|хабарлас\w{0,8}|(?:по)?звон\w{0,6}"
    r"|қоңырау\w{0,6})"
    r"[\s.:,–\-]{0,4}(?:\w{1,12}[\s:]{1,2}){0,2}(\d(?:[ \-]?\d){4,10})(?!\d)",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[ \u00a0]?(?:тенге|теңге|тг\b|₸|млн|млрд|мың|тыс)", re.IGNORECASE)


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for shape in (_FULL_PHONE, _AREA_PHONE, _BARE_PHONE, _FOREIGN_PHONE):
        for match in shape.finditer(text):
            digits = re.sub(r"\D", "", match[0])
            whole = shape is not _AREA_PHONE or len(digits) == 11
            if whole and not _MONEY.match(text, match.end()):
                yield match.span()
    for match in _CALLED.finditer(text):
        if not _MONEY.match(text, match.end()):
            yield match.span(1)
    for match in _LOCAL_PHONE.finditer(text):
        if not _could_be_day(match[0]):
            yield match.span()


def _could_be_day(digits: str) -> bool:
    """«12-05-24» is a day as likely as a telephone: a word beside it decides (_CALLED)."""
    first, second, _third = (int(part) for part in digits.split("-"))
    return 1 <= first <= 31 and 1 <= second <= 12


# A street with a house. The house's number is no year, no sum, no length, no day of a month.
_COUNTED = (
    "год лет месяц недел дня дне день дней раз час мин км м\\b метр тенге теңге тг\\b млн мың"
    " тыс литр кг жыл ай\\b айдан күн апта рет сағат адам человек чел семь отбасы дома домо үйлі"
    " подъезд процент пайыз квартал этаж школ мектеп январ феврал март апрел мая май июн июл"
    " август сентябр октябр ноябр декабр қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз"
    " қыркүйек қазан қараша желтоқсан"
).replace(" ", "|")
_HOUSE = (
    r"\d{1,3}(?:[/\-]\d{1,3})?(?:[ -]?[а-зА-З](?!\w))?"
    r"(?![\d:%])(?!\.\d)(?![/\-]\d)(?!-[а-яәі]{2})(?!\s?(?:" + _COUNTED + "))"
)
_FLAT = (
    r"(?:[\s,.\-–]{1,4}(?:кв(?:артира|\.)?|пәтер|п\.|пат)[\s.№]{0,3}\d{1,4}"
    r"|[\s,]{1,3}\d{1,4}[\s\-]?(?:пәтер|кв)\w{0,4})"
)
_HOUSE_WORD = r"(?:(?:в )?дом\w{0,2}|д\.|үй|уй|№)"
_NAMED = r"(?:\d{1,3}[ -])?[«\"]?[^\W\d_][\w.\-]{0,24}[»\"]?(?: [^\W\d_][\w.\-]{0,24})?"
_STREET_RU = re.compile(
    r"\b(?:ул(?:иц[аеуы]|\.)|пр(?:оспект\w{0,2}|-к?т|\.)|пер(?:еул\w{2,6}|\.)|бульвар\w{0,2}"
    r"|мкр?н?\.?|микрорайон\w{0,2}|тупик\w{0,2}|шоссе)\s{0,2}" + _NAMED
    + r"[\s,]{1,3}(?:" + _HOUSE_WORD + r"[\s.№]{0,3})?" + _HOUSE + _FLAT + r"?",
    re.IGNORECASE,
)  # fmt: skip
_STREET_KK = re.compile(
    r"(?:(?!мен |біз|осы |үй|тұр|қала|ауыл)(?-i:[А-ЯӘІҢҒҮҰҚӨҺЁ])[\w.\-]{1,24} )?"
    r"[^\W\d_][\w.\-]{1,24} (?:көше\w{0,8}|к-с[іи]\w{0,4}|көш\.|даңғыл\w{0,6}|тұйы[қғ]\w{0,4}"
    r"|шағын аудан\w{0,6}|ш/а|мөлтек аудан\w{0,6})[\s,.]{0,3}"
    r"(?:" + _HOUSE_WORD + r"[\s.№]{0,3})?" + _HOUSE + r"(?:[ -]?(?:үй|уй)\w{0,5})?" + _FLAT + r"?",
    re.IGNORECASE,
)  # fmt: skip
# Without a street: a house together with a flat.
_HOUSE_AND_FLAT = re.compile(
    r"\b(?:дом\w{0,2}|д\.)[\s.№]{0,3}\d{1,3}\w?[\s,]{1,3}кв(?:артир\w{1,2}|\.)?[\s.№]{0,3}\d{1,4}"
    r"|\b\d{1,3}[ -]?(?:үй|уй)\w{0,5}[\s,]{1,3}\d{1,4}[ -]?пәтер\w{0,5}",
    re.IGNORECASE,
)


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    for shape in (_STREET_RU, _STREET_KK, _HOUSE_AND_FLAT):
        for match in shape.finditer(text):
            yield match.span()


_SEARCHES: tuple[tuple[Kind, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    (Kind.EMAIL, _emails),
    (Kind.IIN, _iins),
    (Kind.PHONE, _phones),
    (Kind.ADDRESS, _addresses),
    (Kind.NAME, names),
)
