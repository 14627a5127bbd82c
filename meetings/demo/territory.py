"""The demo's territory, written by hand: West Kazakhstan oblast, two of its districts in depth,
and Almaty with its districts. Names and codes are real; microdistricts carry codes of our own."""

from typing import NamedTuple

from meetings.enums import UnitKind as K


class Place(NamedTuple):
    """One unit: kind, code, names in Kazakh and Russian, and what lies directly in it.

    ``is_twin``: the inner row of the body it lies in («г.Аксай» inside its administration).
    """

    kind: K
    kato: str
    kk: str
    ru: str
    inside: tuple["Place", ...] = ()
    is_twin: bool = False


def _district(kato: str, kk: str, ru: str, *inside: Place) -> Place:
    return Place(K.DISTRICT, kato, f"{kk} ауданы", ru, inside)


def _okrug(kato: str, kk: str, ru: str, *villages: tuple[str, str]) -> Place:
    """Villages get the codes of their okrug in order: h00."""
    return Place(
        K.OKRUG, f"{kato}000", f"{kk} ауылдық округі", f"{ru} сельский округ",
        tuple(_village(f"{kato}{n}00", *names) for n, names in enumerate(villages, 1)),
    )  # fmt: skip


def _village(kato: str, kk: str, ru: str) -> Place:
    return Place(K.VILLAGE, kato, f"{kk} ауылы", f"село {ru}")


BAITEREK = _district(
    "274400000", "Бәйтерек", "район Бәйтерек",
    _okrug("274430", "Переметное", "Переметнинский", ("Переметное", "Переметное"),
           ("Забродино", "Забродино"), ("Калининское", "Калининское"), ("Болашақ", "Болашақ")),
    _okrug("274431", "Дария", "Дарьинский", ("Дарьинское", "Дарьинское"), ("Озёрное", "Озёрное")),
    _okrug("274433", "Атамекен", "Атамекенский", ("Атамекен", "Атамекен"), ("Гремячее", "Гремячее"),
           ("Қайнар", "Қайнар")),
    _okrug("274435", "Зелёный", "Зеленовский", ("Зелёное", "Зелёное")),
    _okrug("274439", "Бейбітшілік", "Бейбитшиликский", ("Бейбітшілік", "Бейбитшилик"),
           ("Астафьево", "Астафьево"), ("Сырым батыр", "Сырым батыр")),
    _okrug("274443", "Макаров", "Макаровский", ("Макарово", "Макарово"), ("Мирное", "Мирное"),
           ("Садовое", "Садовое")),
    _okrug("274457", "Рубежин", "Рубежинский", ("Рубежинское", "Рубежинское")),
    _okrug("274479", "Январцев", "Январцевский", ("Январцево", "Январцево"),
           ("Кирсаново", "Кирсаново"), ("Петрово", "Петрово")),
)  # fmt: skip

BORLI = _district(
    "273600000", "Бөрлі", "Бурлинский район",
    Place(K.DISTRICT_CITY_ADMIN, "273620000", "Ақсай қаласы",
          "город Аксай", (
        Place(K.DISTRICT_CITY, "273620100", "Ақсай қаласы", "город Аксай", is_twin=True),
        _village("273620200", "Аралтал", "Аралтал"),
        _village("273620300", "Қызылтал", "Кызылтал"),
    )),
    _okrug("273633", "Ақбұлақ", "Акбулакский", ("Ақбұлақ", "Акбулак")),
    _okrug("273635", "Ақсу", "Аксуский", ("Ақсу", "Аксу"), ("Жаңақоныс", "Жанаконыс")),
    _okrug("273643", "Бөрлі", "Бурлинский", ("Бөрлі", "Бурлин"), ("Масайтөбе", "Масайтобе")),
    _okrug("273649", "Жарсуат", "Жарсуатский", ("Жарсуат", "Жарсуат"), ("Димитрово", "Димитрово"),
           ("Қарашығанақ", "Карашыганак")),
    _okrug("273657", "Приурал", "Приуральный", ("Приуральное", "Приуральное")),
    _okrug("273667", "Успен", "Успенский", ("Успенка", "Успенка"), ("Жаңаталап", "Жанаталап")),
)  # fmt: skip

ORAL = Place(
    K.OBLAST_CITY, "271000000", "Орал қаласы", "город Уральск", (
        Place(K.CITY_PROPER, "271010000", "Орал қаласы", "город Уральск", is_twin=True),
        Place(K.SETTLEMENT_ADMIN, "271033000", "Дерқұл кенті",
              "посёлок Деркул",
              (Place(K.SETTLEMENT, "271033100", "Дерқұл кенті", "посёлок Деркул", is_twin=True),)),
        _okrug("271034", "Желаево", "Желаевский", ("Желаево", "Желаево")),
        Place(K.MICRODISTRICT, "271000000-1", "Самал шағын ауданы", "микрорайон Самал"),
        Place(K.MICRODISTRICT, "271000000-2", "Жеңіс шағын ауданы", "микрорайон Женис"),
        Place(K.MICRODISTRICT, "271000000-3", "Кең Дала шағын ауданы", "микрорайон Кен Дала"),
    ),
)  # fmt: skip

WEST_KAZAKHSTAN = Place(
    K.OBLAST, "270000000", "Батыс Қазақстан облысы", "Западно-Казахстанская область", (
        ORAL,
        _district("273200000", "Ақжайық", "Акжаикский район"),
        BORLI,
        _district("274000000", "Жаңақала", "Жангалинский район"),
        _district("274200000", "Жәнібек", "Жанибекский район"),
        BAITEREK,
        _district("274800000", "Казталовка", "Казталовский район"),
        _district("275000000", "Қаратөбе", "Каратобинский район"),
        _district("275400000", "Бөкейордасы", "Бокейординский район"),
        _district("275800000", "Сырым", "Сырымский район"),
        _district("276000000", "Тасқала", "Таскалинский район"),
        _district("276200000", "Теректі", "Теректинский район"),
        _district("276600000", "Шыңғырлау", "Чингирлауский район"),
    ),
)  # fmt: skip


def _city_district(kato: str, kk: str, ru: str) -> Place:
    return Place(K.CITY_DISTRICT, kato, f"{kk} ауданы", f"{ru} район")


ALMATY = Place(
    K.REPUBLIC_CITY, "750000000", "Алматы қаласы", "город Алматы", (
        _city_district("751110000", "Алмалы", "Алмалинский"),
        _city_district("751210000", "Алатау", "Алатауский"),
        _city_district("751310000", "Әуезов", "Ауэзовский"),
        _city_district("751410000", "Бостандық", "Бостандыкский"),
        _city_district("751510000", "Жетісу", "Жетысуский"),
        _city_district("751710000", "Медеу", "Медеуский"),
        _city_district("751810000", "Наурызбай", "Наурызбайский"),
        _city_district("751910000", "Түрксіб", "Турксибский"),
    ),
)  # fmt: skip

REGIONS = (WEST_KAZAKHSTAN, ALMATY)
# Kinds whose body has an akim; of a body with two rows the outer one (domain §2).
WITH_AKIM = frozenset({
    K.OBLAST, K.REPUBLIC_CITY, K.DISTRICT, K.OBLAST_CITY, K.CITY_DISTRICT, K.DISTRICT_CITY_ADMIN,
    K.OKRUG, K.SETTLEMENT_ADMIN, K.VILLAGE_ADMIN,
})  # fmt: skip
WITH_MASLIKHAT = frozenset({K.OBLAST, K.REPUBLIC_CITY, K.DISTRICT, K.OBLAST_CITY})
