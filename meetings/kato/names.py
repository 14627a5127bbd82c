"""Names of the classifier written out for people, in Kazakh, Russian and English.

The classifier keeps the kind as a marker inside the name («Қараауыл а.о.», «с.о. Мади»). A reader
should meet no abbreviation: «Қараауыл ауылдық округі», «сельский округ Мади». What the tables
below do not know stays as the file has it.
"""

import re
from typing import NamedTuple

from meetings.kato.types import Kind
from meetings.text import fold, kazakh_sort_key, mended, transliterate


class Form(NamedTuple):
    """A marker at an end of a Kazakh name and the words it stands for.

    ``after`` follows a plain name («Абай ауылы»); ``named`` follows «атындағы» («named after»),
    which takes the word without its possessive ending.
    """

    marker: re.Pattern
    after: str
    named: str


def _end(pattern: str) -> re.Pattern:
    return re.compile(rf"(?:(?<=[\s.])|^)(?:{pattern})\s?\.?$", re.IGNORECASE)


_CITY = Form(_end(r"[қкг]\.\s?[әа]|[қк]"), "қаласы", "қала")
_KAZAKH: dict[str, tuple[Form, ...]] = {
    Kind.REPUBLIC_CITY: (_CITY,),
    Kind.OBLAST_CITY: (_CITY,),
    Kind.CITY_PROPER: (_CITY,),
    Kind.DISTRICT_CITY: (_CITY,),
    Kind.DISTRICT_CITY_ADMIN: (_CITY,),
    Kind.DISTRICT: (Form(_end("ауданы"), "ауданы", "аудан"),),
    Kind.CITY_DISTRICT: (Form(_end("ауданы"), "ауданы", "аудан"),),
    Kind.CITY_DISTRICT_ADMIN: (Form(_end(r"а\.\s?ә"), "ауданы", "аудан"),),
    Kind.OKRUG: (Form(_end(r"а\.\s?о"), "ауылдық округі", "ауылдық округ"),),
    Kind.VILLAGE_ADMIN: (Form(_end(r"а\.\s?ә"), "ауылы", "ауыл"),),
    Kind.SETTLEMENT_ADMIN: (Form(_end(r"к\.\s?ә"), "кенті", "кент"),),
    Kind.SETTLEMENT: (Form(_end("к"), "кенті", "кент"),),
}
_KAZAKH_LOCALITY = (
    Form(_end("а|с|ауыл"), "ауылы", "ауыл"),
    Form(_end("ст"), "стансасы", "станса"),
    Form(_end("уч"), "учаскесі", "учаске"),
    Form(_end("рзд"), "разъезі", "разъезд"),
)
# The same markers before the name: «а.Ақтас», «рзд.Дүйсекен».
_KAZAKH_FIRST = (
    (re.compile(r"^а\.\s?"), "ауылы"),
    (re.compile(r"^ст\.\s?"), "стансасы"),
    (re.compile(r"^рзд\.\s?(?!\d)"), "разъезі"),
)
_NUMBERED_SIDING = re.compile(r"^рзд\.\s?(\d+)( км)?(?: (\D+))?$")
_NAMED_AFTER = re.compile(r"(?:^|\s)ат(?:ын(?:дағы)?)?\.?$")

_RUSSIAN_FIRST: dict[str, tuple[tuple[str, str], ...]] = {
    Kind.REPUBLIC_CITY: ((r"г\.", "город"),),
    Kind.OBLAST_CITY: ((r"г\.\s?а\b\.?", "город"),),
    Kind.CITY_PROPER: ((r"г\.", "город"),),
    Kind.DISTRICT_CITY: ((r"г\.", "город"),),
    Kind.DISTRICT_CITY_ADMIN: ((r"г\.\s?а\b\.?", "город"),),
    Kind.DISTRICT: ((r"район\b", "район"),),
    Kind.CITY_DISTRICT: ((r"район\b", "район"),),
    Kind.CITY_DISTRICT_ADMIN: ((r"р\.\s?а\b\.?", "район"),),
    Kind.OKRUG: ((r"с\.\s?о\b\.?", "сельский округ"),),
    Kind.VILLAGE_ADMIN: ((r"с\.\s?а\b\.?", "село"),),
    Kind.SETTLEMENT_ADMIN: ((r"п\.\s?а\b\.?", "посёлок"),),
    Kind.SETTLEMENT: ((r"п\.", "посёлок"),),
}
_RUSSIAN_LOCALITY = (
    (r"с\.", "село"),
    (r"ст\.", "станция"),
    (r"рзд\.", "разъезд"),
    (r"уч\.", "участок"),
    (r"отд\.", "отделение"),
    (r"ост\.\s?пункт", "остановочный пункт"),
)
# A marker at the end, what it stands for after an adjective («Чаганская п.а.») and before a name.
_RUSSIAN_LAST: dict[str, tuple[str, str, str]] = {
    Kind.OBLAST_CITY: (r"г\.\s?а", "городская администрация", "город"),
    Kind.DISTRICT_CITY_ADMIN: (r"г\.\s?а", "городская администрация", "город"),
    Kind.CITY_DISTRICT_ADMIN: (r"р\.\s?а", "районная администрация", "район"),
    Kind.OKRUG: (r"с\.\s?о", "сельский округ", "сельский округ"),
    Kind.VILLAGE_ADMIN: (r"с\.\s?а", "сельская администрация", "село"),
    Kind.SETTLEMENT_ADMIN: (r"п\.\s?а", "поселковая администрация", "посёлок"),
    Kind.VILLAGE: (r"с", "", "село"),
    Kind.PLACE: (r"с", "", "село"),
}
_ADJECTIVE = re.compile(r"(?:ий|ый|ой|ая)$")
_NAMED_FOR = re.compile(r"^(?:им\.|имени\b)\s?")
_QUOTED = re.compile(r'^(\S+ )?["«]\s?([^"«»]+?)\s?["»]$')

_ENGLISH = {
    Kind.OBLAST: "oblast",
    Kind.REPUBLIC_CITY: "city",
    Kind.DISTRICT: "district",
    Kind.OBLAST_CITY: "city",
    Kind.CITY_PROPER: "city",
    Kind.CITY_DISTRICT: "city district",
    Kind.CITY_DISTRICT_ADMIN: "city district",
    Kind.DISTRICT_CITY: "town",
    Kind.DISTRICT_CITY_ADMIN: "town",
    Kind.OKRUG: "rural okrug",
    Kind.VILLAGE_ADMIN: "village",
    Kind.SETTLEMENT_ADMIN: "settlement",
    Kind.SETTLEMENT: "settlement",
    Kind.VILLAGE: "village",
    "microdistrict": "microdistrict",
}
_KAZAKH_WORDS = tuple(
    sorted(
        {"облысы", "ауданы", "аудан", "қаласы", "ауылдық округі", "ауылдық округ", "ауылы", "ауыл"}
        | {"кенті", "кент", "шағын ауданы", "шағын аудан"},
        key=len,
        reverse=True,
    )
)
_ENGLISH_NAMES = {
    "Батыс Қазақстан": "West Kazakhstan",
    "Солтүстік Қазақстан": "North Kazakhstan",
    "Шығыс Қазақстан": "East Kazakhstan",
}


def kazakh_name(kind: str, source: str) -> str:
    """Write a Kazakh name out: «Қанай би атын.а.о.» is «Қанай би атындағы ауылдық округ»."""
    name = _unquoted(mended(source))
    siding = _NUMBERED_SIDING.match(name)
    if siding:
        number = f"{siding[1]} км разъезі" if siding[2] else f"{siding[1]}-разъезд"
        return f"{number} {siding[3] or ''}".strip()
    for form in _KAZAKH.get(kind, _KAZAKH_LOCALITY):
        own, found = form.marker.subn("", name)
        if found and own.strip():
            return _with_form(own.strip(), form)
    if kind in (Kind.VILLAGE, Kind.PLACE):
        for marker, word in _KAZAKH_FIRST:
            own = marker.sub("", name)
            if own and own != name:
                return f"{own} {word}"
    return name


def _with_form(own: str, form: Form) -> str:
    person, named = _NAMED_AFTER.subn("", own)
    if named and person.strip():
        return f"{person.strip()} атындағы {form.named}"
    return own if own.endswith(f" {form.after}") else f"{_unquoted(own)} {form.after}"


def russian_name(kind: str, source: str) -> str:
    """Write a Russian name out: «с.о.им.Канай би» is «сельский округ имени Канай би»."""
    name = mended(source)
    for marker, word in _RUSSIAN_FIRST.get(kind, _RUSSIAN_LOCALITY):
        own, found = re.subn(rf"^{marker}\s?", "", name, flags=re.IGNORECASE)
        if found and own:
            return f"{word} {_own_russian(own)}"
    if kind in _RUSSIAN_LAST:
        marker, after, before = _RUSSIAN_LAST[kind]
        own, found = re.subn(rf"\s{marker}\s?\.?$", "", name, flags=re.IGNORECASE)
        if found:
            adjective = after and _ADJECTIVE.search(own)
            return f"{own} {after}" if adjective else f"{before} {_own_russian(own)}"
    return name


def _own_russian(own: str) -> str:
    return _NAMED_FOR.sub("имени ", _unquoted(own))


def _unquoted(name: str) -> str:
    return _QUOTED.sub(r"\1\2", name)


def english_name(kind: str, name_kk: str) -> str:
    """Write a unit's name in English from its Kazakh one: «Батыс Қазақстан облысы» is
    “West Kazakhstan oblast”, «Қараауыл ауылдық округі» “Qaraauyl rural okrug”.
    """
    own = own_name(name_kk)
    if kind not in _ENGLISH or own == name_kk:
        return transliterate(name_kk)
    return f"{_ENGLISH_NAMES.get(own) or transliterate(own)} {_ENGLISH[kind]}"


def own_name(name_kk: str) -> str:
    """Give a written-out Kazakh name without the word for its kind: «Қараауыл»."""
    for word in _KAZAKH_WORDS:
        if name_kk.endswith(f" {word}"):
            return name_kk.removesuffix(f" {word}").removesuffix(" атындағы")
    return name_kk


_LOCAL_WORDS = re.compile(r" (?:стансасы|станса|учаскесі|учаске|разъезі|разъезд)$")
_RUSSIAN_WORDS = re.compile(
    r"^(?:село|посёлок|город|станция|разъезд|участок|район|сельский округ) (?:имени )?"
    r"| (?:район|сельский округ|область)$",
    re.IGNORECASE,
)


def core_kazakh(name_kk: str) -> str:
    """Give what stays of a written-out name when its unit changes kind: «Талды»."""
    return _LOCAL_WORDS.sub("", own_name(name_kk))


def core_russian(name_ru: str) -> str:
    """Give the same of a Russian name."""
    return _RUSSIAN_WORDS.sub("", name_ru)


_SEARCH_LENGTH = 420


def derived(kind: str, name_kk: str, name_ru: str, kato: str) -> dict[str, str]:
    """Give what a unit's names lead to: ``name_en``, ``search`` and ``sort_kk``.

    ``search`` holds the own names, the full ones and the code, folded, each between bars: «|орал»
    then finds what begins with the word asked for.
    """
    name_en = english_name(kind, name_kk)
    names = (own_name(name_kk), core_russian(name_ru), name_kk, name_ru, name_en, kato)
    folded = dict.fromkeys(fold(name).replace("|", " ") for name in names)
    return {
        "name_en": name_en,
        "search": f"|{'|'.join(folded)}|"[:_SEARCH_LENGTH],
        "sort_kk": kazakh_sort_key(name_kk),
    }
