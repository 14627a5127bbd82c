"""What people of the demo's places ask: invented, in the words in which such things are asked."""

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from appeals.enums import Channel, HoldReason, Kind
from meetings.enums import Topic


class Stage(StrEnum):
    """How far a question came."""

    WAITING = "waiting"
    PUBLISHED = "published"
    HELD = "held"
    OBJECTED = "objected"
    UPHELD = "upheld"


class Registered(NamedTuple):
    """What e-Otinish says of it, in days after it was asked here."""

    number: str
    after: int
    extended_after: int | None = None
    extended_by: int = 0

    @property
    def known_after(self) -> int:
        return (self.extended_after or self.after) + 1

    def values(self, asked: date) -> dict:
        received = asked + timedelta(days=self.after)
        extended = self.extended_after and asked + timedelta(days=self.extended_after)
        return {
            "eotinish_number": self.number, "eotinish_received_on": received,
            "eotinish_extended_on": extended or None,
            "eotinish_extended_to": extended + timedelta(days=self.extended_by) if extended
            else None,
            "eotinish_forwarded_on": None, "eotinish_forwarded_to": "",
        }  # fmt: skip


class Said(NamedTuple):
    """One question. ``days``: how long ago; ``public``: the text as the commission edited it;
    ``of``: the place in this list of the question it was merged into; ``meeting``: put to the
    next meeting («next») or to the one before («last»); ``photos``: how many, public or not;
    ``paper``: the title and the paragraphs of a document that came too.
    """

    days: int
    place: str
    topic: Topic
    language: str
    text: str
    where: str = ""
    voices: int = 0
    answer: str = ""
    public: str = ""
    kind: Kind = Kind.INQUIRY
    channel: Channel = Channel.SITE
    stage: Stage = Stage.PUBLISHED
    meeting: str = ""
    of: int | None = None
    registered: Registered | None = None
    photos: int = 0
    photos_public: bool = False
    paper: tuple[str, ...] = ()
    reason: HoldReason | None = None
    words: str = ""
    objection: str = ""
    upheld: str = ""


T, C, K, S = Topic, Channel, Kind, Stage
DARIA, OZYORNOE, PEREMETNOE, ZABRODINO = "274431100", "274431200", "274430100", "274430200"
ATAMEKEN, ZELYONOE, BEIBIT, MAKAROVO = "274433100", "274435100", "274439100", "274443100"
RUBEZHIN, YANVARTSEVO, AKSAI, ARALTAL = "274457100", "274479100", "273620000", "273620200"
AKBULAK, BORLI, ZHARSUAT, USPENKA = "273633100", "273643100", "273649100", "273667100"
ORAL, DERKUL, ZHELAEVO, SAMAL = "271000000", "271033000", "271034100", "271000000-1"

SAID: tuple[Said, ...] = (
    Said(6, DARIA, T.ROADS, "kk",
         "Мектептің жанындағы жол көктемде жүруге жарамай қалады, балалар балшық кешіп барады."
         " Биыл жөнделе ме, қай айда басталады?",
         "Мектеп көшесі, №1 мектеп алды", 23, photos=1, photos_public=True,
         paper=("Мектеп көшесінің жайы туралы",
                "Көшенің мектептен бекетке дейінгі 600 метрі көктем мен күзде жүруге жарамайды:"
                " асфальт 11 жерде ойылған, жаяу жол жоқ.",
                "Көшені көктемнің соңына дейін жөндеуді және мектептің алдына жаяу жол салуды"
                " сұраймыз. Өтінішке көшенің 46 тұрғыны қосылды.")),
    Said(3, DARIA, T.LIGHTING, "ru",
         "На улице Абая от магазина до школы не горит ни один фонарь. Вечером дети идут из секции"
         " в полной темноте. Когда восстановят освещение?",
         "улица Абая", 14, meeting="next"),
    Said(3, DARIA, T.ROADS, "ru",
         "Дорогу возле школы весной совсем размывает, машины объезжают по газонам. Включён ли"
         " ремонт в план этого года?",
         "у школы", of=0),
    Said(1, DARIA, T.TRANSPORT, "kk",
         "Оралға таңғы автобус бұрын 7:10-да шығатын, қазір 8:30-да. Студенттер сабаққа, адамдар"
         " жұмысқа кешігіп жүр. Бұрынғы уақытты қайтаруға бола ма?",
         stage=S.WAITING, meeting="next"),
    Said(40, DARIA, T.WATER, "ru",
         "Вода из колонки идёт мутная после каждого дождя. Делали ли пробу и что показала?",
         "колонка на улице Победы", 9, meeting="last",
         answer="Проба взята санитарной службой в день обращения: по мутности превышение, по"
         " бактериям нормы соблюдены. Фильтр на скважине заменён, повторная проба чистая. Следующая"
         " плановая промывка сети: апрель."),
    Said(55, OZYORNOE, T.INTERNET, "kk",
         "Ауылда ұялы байланыс тек төбешікте ұстайды, жедел жәрдемге де хабарласа алмаймыз. Мұнара"
         " қашан қойылады?",
         voices=31, meeting="last",
         answer="Оператормен келісім жасалды: мұнара келесі жылдың екінші тоқсанында орнатылады."
         " Оған дейін ауылдық клубта спутниктік интернет қосылды, ол тәулік бойы ашық."),
    Said(4, OZYORNOE, T.FLOODS, "ru",
         "Прошлой весной вода подошла к крайним домам. Что сделано с дамбой и кто предупредит нас"
         " в этот раз?",
         "крайняя улица у старицы", 17, photos=1),
    Said(6, PEREMETNOE, T.GAS, "ru",
         "На нашей улице газ подведён к десяти домам, остальные восемь ждут третий год. Когда"
         " дойдёт очередь?",
         "улица Степная", 8),
    Said(8, PEREMETNOE, T.EDUCATION, "kk",
         "Балабақшада орын жоқ, кезек бір жарым жылға созылды. Екінші топ ашыла ма?",
         voices=19,
         answer="Қосымша 25 орындық топ 1 қыркүйектен бастап ашылады, бөлме жөнделіп жатыр. Кезек"
         " реті сақталады, әр ата-анаға жеке хабарланады."),
    Said(0, PEREMETNOE, T.WASTE, "ru",
         "Контейнеры у почты не вывозят вторую неделю, собаки растаскивают мусор по всей улице.",
         "у почты", stage=S.WAITING, kind=K.COMPLAINT),
    Said(12, ZABRODINO, T.ROADS, "kk",
         "Ауылға кірер жолда көпірдің бір жағы отырып қалды, жүк көлігі өтсе құлай ма деп"
         " қорқамыз.",
         "Көпір", 12, kind=K.MESSAGE, photos=1, photos_public=True,
         registered=Registered("ЖТ-2026-03481172", 1)),
    Said(9, ATAMEKEN, T.HEALTH, "ru",
         "Фельдшер приезжает раз в неделю, а в остальные дни за рецептом едем в район. Будет ли"
         " постоянный фельдшер?",
         voices=11),
    Said(15, ATAMEKEN, T.WATER, "kk",
         "Орталық су құбыры неге тек екі көшеге тартылды? Қалғанына қашан жетеді?", voices=7),
    Said(11, ZELYONOE, T.IMPROVEMENT, "ru",
         "Предлагаю поставить детскую площадку у клуба: место есть, жители готовы помочь"
         " с установкой.",
         "у клуба", 16, kind=K.PROPOSAL,
         answer="Предложение принято. Площадка включена в бюджет народного участия, установка до"
         " 1 июня. Просим выбрать трёх жителей в комиссию по приёмке."),
    Said(7, ZELYONOE, T.LAND, "ru",
         "Сколько участков под строительство жилья выделят в этом году и как встать в очередь?"),
    Said(20, BEIBIT, T.SOCIAL, "kk",
         "Мүгедектігі бар баламызға арналған оңалту орталығына апаратын көлік бар ма, қалай"
         " жазыламыз?",
         answer="Иә, инватакси қызметі бар. Өтінім бір күн бұрын аудандық жұмыспен қамту бөліміне"
         " беріледі, тегін. Мекенжайы мен телефоны әкімдік сайтында."),
    Said(3, BEIBIT, T.EDUCATION, "ru",
         "В школе третий месяц нет учителя физики, уроки ведёт учитель химии. Дети сдают экзамен.",
         voices=6),
    Said(2, BEIBIT, T.OTHER, "ru",
         "Начальник участка, его имя все знают, берёт машину конторы по своим делам. Дом 12,"
         " телефон 8 701 000 11 22, спросите соседей.",
         stage=S.HELD, reason=HoldReason.PERSONAL_DATA,
         words="В тексте телефон и номер дома. Напишите, пожалуйста, без них."),
    Said(10, MAKAROVO, T.ROADS, "ru",
         "Зимой дорогу до трассы чистят только после звонков. Почему нет графика?",
         "подъезд к селу", 5, channel=C.PHONE),
    Said(14, MAKAROVO, T.EMPLOYMENT, "kk",
         "Ауылда жаздық жұмыс орындары биыл бола ма? Былтыр оқушылар көшет отырғызып еді."),
    Said(6, RUBEZHIN, T.FLOODS, "kk",
         "Жайық арнасынан асса, көшіру жоспары бар ма? Малды қайда айдаймыз?", voices=28,
         meeting="next"),
    Said(18, YANVARTSEVO, T.HEATING, "ru",
         "В амбулатории было +14, люди сидят в куртках. Котёл починили или ждать следующей зимы?",
         voices=4, channel=C.PAPER,
         answer="Насос котла заменён, в кабинетах +21. Вторая секция котла будет заменена летом,"
         " деньги в бюджете района предусмотрены."),
    Said(1, YANVARTSEVO, T.TRANSPORT, "kk",
         "Базар күні ауданға тағы бір автобус қосылса, қарттарға ыңғайлы болар еді.",
         kind=K.PROPOSAL, stage=S.WAITING, channel=C.PAPER),
    Said(4, AKSAI, T.UTILITIES, "ru",
         "В подъезде третий раз за месяц прорвало стояк. Управляющая говорит, что денег нет. Кто"
         " отвечает за замену?",
         "7 микрорайон", 13),
    Said(9, AKSAI, T.ROADS, "kk",
         "Орталық базар жанындағы қиылысқа бағдаршам керек, күн сайын апат болады.",
         "Базар қиылысы", 22, kind=K.PROPOSAL, meeting="next"),
    Said(30, AKSAI, T.HEALTH, "ru",
         "К детскому неврологу запись на два месяца вперёд. Будет ли второй врач?", voices=26,
         meeting="last",
         answer="С марта принимает второй невролог, два дня в неделю. Запись через портал открыта,"
         " ожидание сейчас около двух недель."),
    Said(5, ARALTAL, T.WATER, "kk",
         "Су сағатпен беріледі, кешке қысым мүлде жоқ. Сорғы қашан ауыстырылады?", voices=15),
    Said(16, AKBULAK, T.INTERNET, "ru",
         "Ученики сдают задания через телефон, интернет в селе почти не работает. Когда проведут"
         " оптику?",
         voices=10),
    Said(2, BORLI, T.GAS, "kk",
         "Газ есептегішін тексеруге ақы сұрады. Бұл тегін болуы керек емес пе?",
         kind=K.INQUIRY, stage=S.WAITING),
    Said(13, BORLI, T.IMPROVEMENT, "kk",
         "Қоғамдық саябақтағы орындықтар сынған, шамдары жанбайды. Көктемде жөнделе ме?",
         public="Қоғамдық саябақтағы орындықтар сынған, шамдары жанбайды.", voices=3),
    Said(26, ZHARSUAT, T.LAND, "ru",
         "Пастбище за посёлком огородили, скот гнать негде. Законно ли это?", voices=18,
         kind=K.COMPLAINT, registered=Registered("ЖТ-2026-03502214", 0, 14, 40)),
    Said(3, USPENKA, T.EDUCATION, "kk",
         "Мектеп асханасы жабық, балалар құрғақ тамақ жейді. Қашан ашылады?", voices=7,
         channel=C.MESSENGER),
    Said(7, ORAL, T.TRANSPORT, "ru",
         "Автобус № 12 вечером ходит раз в сорок минут. Кто составляет расписание и почему не"
         " смотрят на очередь на остановке?",
         voices=34),
    Said(1, ORAL, T.WASTE, "kk",
         "Ауладағы контейнер алаңы балабақша терезесінің дәл астында. Басқа жерге көшіруге бола"
         " ма?",
         "Жеңіс шағын ауданы", stage=S.WAITING),
    Said(5, ORAL, T.OTHER, "ru",
         "Все вы там бездельники и воры, ответьте хоть раз по-человечески за яму у моста!",
         "мост через Чаган", stage=S.UPHELD, reason=HoldReason.INSULT,
         objection="Я писал про яму у моста, а вы прячете вопрос.",
         upheld="Яма у моста внесена в план ямочного ремонта отдельно. Этот текст оскорбляет людей,"
         " поэтому не публикуется. Напишите о яме без оскорблений."),
    Said(4, DERKUL, T.LIGHTING, "ru",
         "Между посёлком и остановкой нет ни света, ни тротуара. Зимой здесь уже сбивали людей.",
         "от конечной до посёлка", 21, photos=1),
    Said(6, DERKUL, T.OTHER, "kk",
         "Көрші ауылдың футбол командасы туралы неге жазбайсыздар?",
         stage=S.OBJECTED, reason=HoldReason.OFF_TOPIC,
         objection="Стадион әкімдіктікі, ол жабық тұр: команда сондықтан ойнай алмайды. Сұрағым"
         " соған қатысты."),
    Said(22, ZHELAEVO, T.HOUSING, "ru",
         "Стою в очереди на жильё с 2016 года. Сколько человек сдвинулось за прошлый год?",
         answer="За прошлый год жильё получили 118 семей. Своё место в очереди можно увидеть на"
         " портале otbasybank.kz, там же дата последнего пересчёта."),
    Said(2, SAMAL, T.UTILITIES, "kk",
         "Көпқабатты үйдің шатыры ағып тұр, жөндеу қорына ақша төлеп келеміз. Қашан жөнделеді?",
         "Самал шағын ауданы", 9, photos=1, stage=S.PUBLISHED),
    Said(3, DERKUL, T.ROADS, "ru",
         "Прошу поставить лежачего полицейского у школы: машины летят.", "у школы", 2,
         kind=K.APPLICATION, channel=C.FLOOR, meeting="last"),
)  # fmt: skip
