"""Names of the classifier written out for people, its known defects among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.kato.names import core_kazakh, core_russian, english_name, kazakh_name, russian_name
from meetings.kato.types import Kind

KAZAKH = [
    ("oblast", "Абай облысы", "Абай облысы"),
    ("republic_city", "Астана қ.", "Астана қаласы"),
    ("oblast_city", "Семей Қ.Ә.", "Семей қаласы"),
    ("oblast_city", "Ақтау Г.А.", "Ақтау қаласы"),  # 471000000: a Russian marker
    ("city_proper", "Семей қ.", "Семей қаласы"),
    ("district_city", "Форт-Шевченко ќ.", "Форт-Шевченко қаласы"),  # 475220100: U+045C
    ("district_city_admin", "Аягөз қ.ә.", "Аягөз қаласы"),
    ("district", "Абай ауданы", "Абай ауданы"),
    ("district", "Ғабит Мүсірепов атын.ауданы", "Ғабит Мүсірепов атындағы аудан"),
    ("city_district", "Қазыбек би атын.ауданы", "Қазыбек би атындағы аудан"),
    ("city_district_admin", "Қазыбек би атын. а.ә.", "Қазыбек би атындағы аудан"),
    ("city_district_admin", "Әлихан Бөкейхан а.ә.", "Әлихан Бөкейхан ауданы"),
    ("okrug", "Қараауыл а.о.", "Қараауыл ауылдық округі"),
    ("okrug", "Жиенәлі а.о", "Жиенәлі ауылдық округі"),
    ("okrug", "Бурыл а.о .", "Бурыл ауылдық округі"),
    ("okrug", "Қанай би атын.а.о.", "Қанай би атындағы ауылдық округ"),
    ("okrug", "Темір Масин ат.а.о.", "Темір Масин атындағы ауылдық округ"),
    ("okrug", "Омар Шипин атындағы а.о.", "Омар Шипин атындағы ауылдық округ"),
    ("village_admin", "Барвинов а.ә", "Барвинов ауылы"),
    ("settlement_admin", "Шаған к.ә.", "Шаған кенті"),
    ("settlement", "Шаған к.", "Шаған кенті"),
    ("village", "Қараауыл а.", "Қараауыл ауылы"),
    ("village", "Шілікті а", "Шілікті ауылы"),
    ("village", "Ақтан батыр ат.ауыл", "Ақтан батыр атындағы ауыл"),
    ("village", "Мамаит Омаров атын.с.", "Мамаит Омаров атындағы ауыл"),
    ("village", "Доскей ауылы а.", "Доскей ауылы"),
    ("village", "а.Ақтас", "Ақтас ауылы"),
    ("village", "Ақбұлақ ст.", "Ақбұлақ стансасы"),
    ("village", "рзд.Дүйсекен", "Дүйсекен разъезі"),
    ("village", "рзд.102", "102-разъезд"),
    ("village", "рзд.18 км", "18 км разъезі"),
    ("village", "Кїшік жал а.", "Күшік жал ауылы"),
    ("village", "Беген орманшар", "Беген орманшар"),
    ("place", "Талды уч.", "Талды учаскесі"),
    ("place", "Жаңабаз қыстауы", "Жаңабаз қыстауы"),
    ("place", "Лагер", "Лагер"),
    ("village", "а.", "а."),
]

RUSSIAN = [
    ("oblast", "область Абай", "область Абай"),
    ("republic_city", "г.Астана", "город Астана"),
    ("oblast_city", "Семей Г.А.", "город Семей"),
    ("city_proper", "г.Семей", "город Семей"),
    ("district", "Абайский район", "Абайский район"),
    ("district", "Район Шал акына", "район Шал акына"),
    ("district", "Район им.Габита Мусрепова", "район имени Габита Мусрепова"),
    ("city_district", "район им.Казыбек би", "район имени Казыбек би"),
    ("city_district_admin", "р.а. им.Казыбек би", "район имени Казыбек би"),
    ("city_district_admin", "Әлихан Бөкейхан р.а.", "район Әлихан Бөкейхан"),
    ("district_city_admin", "Аягоз г.а.", "город Аягоз"),
    ("district_city_admin", "г.а.Алтай", "город Алтай"),
    ("district_city_admin", "Шарская г.а.", "Шарская городская администрация"),
    ("okrug", "Карааульский с.о.", "Карааульский сельский округ"),
    ("okrug", "Кенгирбайбийский с.о", "Кенгирбайбийский сельский округ"),
    ("okrug", "с.о. Мади", "сельский округ Мади"),
    ("okrug", "с.о.им.Канай би", "сельский округ имени Канай би"),
    ("okrug", "с.о.имени Омара Шипина", "сельский округ имени Омара Шипина"),
    ("okrug", "им.Бухарбай батыра с.о.", "сельский округ имени Бухарбай батыра"),
    ("okrug", "Б.Момышулы с.о.", "сельский округ Б.Момышулы"),
    ("village_admin", "с.а.Лесное", "село Лесное"),
    ("village_admin", "Карабулакская с.а.", "Карабулакская сельская администрация"),
    ("settlement_admin", "п.а.Нура", "посёлок Нура"),
    ("settlement_admin", "Чаганская п.а.", "Чаганская поселковая администрация"),
    ("settlement", "п.Чаган", "посёлок Чаган"),
    ("village", "с. Ынтымак", "село Ынтымак"),
    ("village", 'с."Ќоянды"', "село Қоянды"),
    ("village", "с.Жўмба", "село Жұмба"),
    ("village", "Заречное с.", "село Заречное"),
    ("village", "ст.Акбулак", "станция Акбулак"),
    ("village", "рзд.18 км", "разъезд 18 км"),
    ("village", "Ост.пункт 2603 км", "остановочный пункт 2603 км"),
    ("village", "Бегенский лесхоз", "Бегенский лесхоз"),
    ("place", "уч.Талды", "участок Талды"),
    ("place", "зимовка Жанабаз", "зимовка Жанабаз"),
]

ENGLISH = [
    ("oblast", "Батыс Қазақстан облысы", "West Kazakhstan oblast"),
    ("oblast", "Ұлытау облысы", "Ulytau oblast"),
    ("republic_city", "Алматы қаласы", "Almaty city"),
    ("city_district", "Қазыбек би атындағы аудан", "Qazybek bi city district"),
    ("okrug", "Қараауыл ауылдық округі", "Qaraauyl rural okrug"),
    ("village", "Шаған ауылы", "Shaghan village"),
    ("village", "Беген орманшар", "Begen ormanshar"),
    ("place", "Жаңабаз қыстауы", "Zhangabaz qystauy"),
    ("microdistrict", "Самал шағын ауданы", "Samal microdistrict"),
]


@pytest.mark.parametrize(("kind", "source", "name"), KAZAKH)
def test_kazakh_names_are_written_out(kind, source, name):
    assert kazakh_name(kind, source) == name


@pytest.mark.parametrize(("kind", "source", "name"), RUSSIAN)
def test_russian_names_are_written_out(kind, source, name):
    assert russian_name(kind, source) == name


@pytest.mark.parametrize(("kind", "name_kk", "name"), ENGLISH)
def test_english_names_come_from_kazakh_ones(kind, name_kk, name):
    assert english_name(kind, name_kk) == name


@pytest.mark.parametrize(
    ("place", "village"),
    [("Талды учаскесі", "Талды ауылы"), ("Ақбұлақ стансасы", "Ақбұлақ ауылы")],
)
def test_a_unit_that_changes_kind_keeps_the_core_of_its_name(place, village):
    assert core_kazakh(place) == core_kazakh(village)
    assert core_russian("станция Акбулак") == core_russian("село Акбулак") == "Акбулак"


@given(st.sampled_from(list(Kind)), st.text(min_size=1, max_size=40))
def test_no_name_is_lost(kind, source):
    assert kazakh_name(kind, source)
    assert russian_name(kind, source)
    assert english_name(kind, source)
