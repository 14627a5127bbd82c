"""Where demo meetings take place and what they are about; deterministic."""

from datetime import time
from uuid import UUID, uuid5

from meetings.demo.plan import HOURS, Visit
from meetings.enums import Topic, UnitKind, Way

# One namespace for the identities of demo lines: the same duty gets the same meeting every time.
_NAMESPACE = UUID("6f1d9a52-2b1a-4f6e-9b5e-3f3a3c6f8d10")
_HALLS = {
    "village": (("Ауылдық клуб", "Сельский клуб"), ("Мектептің мәжіліс залы", "Актовый зал школы")),
    "town": (("Мәдениет үйі", "Дом культуры"), ("Аудандық кітапхана", "Районная библиотека")),
    "city": (("Достық үйі", "Дом дружбы"), ("Мектеп-гимназия залы", "Зал школы-гимназии")),
}  # fmt: skip
_STREETS = (
    ("Абай көшесі", "улица Абая"), ("Жеңіс көшесі", "улица Победы"),
    ("Мектеп көшесі", "улица Школьная"), ("Достық даңғылы", "проспект Достык"),
)  # fmt: skip
_TOPICS = (
    (Topic.ROADS, Topic.LIGHTING), (Topic.WATER, Topic.IMPROVEMENT), (Topic.EDUCATION,),
    (Topic.HEALTH, Topic.TRANSPORT), (Topic.LAND, Topic.EMPLOYMENT), (Topic.UTILITIES, Topic.WASTE),
    (Topic.GAS, Topic.HEATING), (Topic.INTERNET,), (Topic.FLOODS, Topic.ROADS),
)  # fmt: skip
_RURAL = {UnitKind.VILLAGE, UnitKind.OKRUG, UnitKind.VILLAGE_ADMIN}
_URBAN = {UnitKind.CITY_DISTRICT, UnitKind.MICRODISTRICT, UnitKind.OBLAST_CITY}


def content_of(visit: Visit, kind: str, year: int) -> dict:
    """Fields of the line that plans the visit; some have no hour or place yet, as in life."""
    number = visit.chance // len(HOURS)
    where = "village" if kind in _RURAL else "city" if kind in _URBAN else "town"
    kk, ru = _HALLS[where][number % 2]
    street_kk, street_ru = _STREETS[number % len(_STREETS)]
    house = number % 60 + 1
    content = {
        "uuid": identity(visit, year), "day": visit.day, "is_visiting": True,
        "topics": [topic.value for topic in _TOPICS[number % len(_TOPICS)]],
        "way": Way.BOTH if number % 9 == 0 else Way.IN_PERSON, "contact": "",
    }  # fmt: skip
    if number % 7 == 3:
        return content  # the hour and the place come with the announcement
    return content | {
        "starts_at": visit.starts_at, "ends_at": time(visit.starts_at.hour + 2),
        "place_kk": kk, "place_ru": ru,
        "address_kk": f"{street_kk}, {house}-үй", "address_ru": f"{street_ru}, {house}",
    }  # fmt: skip


def identity(visit: Visit, year: int) -> UUID:
    return uuid5(_NAMESPACE, f"{year} {visit.chance} {visit.day}")


def came(chance: int) -> int:
    """How many people came to a meeting."""
    return 25 + chance % 140
