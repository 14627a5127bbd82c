"""Problems of the demo: true to life about places of West Kazakhstan, invented in every detail."""

from typing import NamedTuple

from appeals.enums import PoolStep, Risk
from meetings.enums import Topic

ROADS, UTILITIES, WATER, SCHOOLS, TELECOM = "roads", "utilities", "water", "schools", "telecom"


class Promised(NamedTuple):
    """What was promised, so many days ago, by when; ``at_meeting``: on the day of the
    last one held before, to which the whole case is moved.

    ``end``: step and words, so many days ago; None: it is open.
    """

    kk: str
    ru: str
    ago: int
    term: int
    money: int | None = None
    at_meeting: bool = False
    steps: tuple[tuple[int, str, str], ...] = ()
    end: tuple[PoolStep, int, str] | None = None


class Case(NamedTuple):
    """One problem. Days are counted back from today.

    ``asked``: when, in which language, in what words; ``voices``: supporters of the first.
    ``given``: to whom, when, for how many working days. ``verdicts``: solved, and the reason of
    one who says it is not.
    """

    unit: str
    topic: Topic
    risk: Risk
    kk: str
    ru: str
    asked: tuple[tuple[int, str, str], ...]
    formed: int
    voices: int = 0
    given: tuple[str, int, int] | None = None
    promised: tuple[Promised, ...] = ()
    end: tuple[PoolStep, int, str] | None = None
    solved: int = 0
    not_solved: str = ""


CASES = (
    # Overdue, with a promise that is overdue too.
    Case(
        "274431000", Topic.ROADS, Risk.DANGER,
        "Дария ауылындағы Деркөл өзені арқылы өтетін көпір апатты",
        "Мост через Деркул в Дарьинском аварийный",
        ((420, "ru", "Когда починят мост через Деркул? Плиты просели, автобус объезжает."),
         (95, "kk", "Көпірдің қоршауы құлады, балалар мектепке қорқып өтеді. Қашан жөнделеді?")),
        90, 27, (ROADS, 85, 40),
        (Promised(
            "Көпірдің қоршауын қалпына келтіру және тақталарын ауыстыру",
            "Восстановить ограждение моста и заменить просевшие плиты", 80, 35, 38_500_000, True,
            ((50, "Ақау актісі жасалды, жоба тапсырылды. / Составлен дефектный акт, заказан"
              " проект.", "https://bko.example/kopir-akt"),),
        ),),
    ),
    # Solved, and those who asked agree.
    Case(
        "274430100", Topic.LIGHTING, Risk.COMFORT,
        "Переметное ауылының Жеңіс көшесінде жарық жоқ",
        "В Переметном нет освещения на улице Победы",
        ((140, "ru", "На улице Победы вечером темно, фонари не горят с весны."),), 130, 12,
        (UTILITIES, 126, 30),
        (Promised(
            "18 шамды ауыстырып, желіні қосу", "Заменить 18 светильников и включить линию", 120,
            30, 4_200_000, True,
            ((100, "12 шам орнатылды. / Установлено 12 светильников.",
              "https://bko.example/zharyq"),),
            (PoolStep.SOLVE, 88, "18 шам жанып тұр. / Горят все 18 светильников."),
        ),),
        (PoolStep.SOLVE, 86, "Көше толық жарықтандырылды. / Улица освещена полностью."), 3,
    ),
    # Explained, found not solved by those who asked, opened again.
    Case(
        "273620000", Topic.WATER, Risk.WORSE, "Ақсайдың 5-шағын ауданында су түнде жабылады",
        "В 5-м микрорайоне Аксая ночью отключают воду",
        ((75, "ru", "Воду отключают с 23 часов до 6 утра, в домах маленькие дети."),
         (70, "kk", "Түнде су жоқ, таңертең қысымы төмен. Себебі неде?")), 66, 41,
        (WATER, 64, 20), (),
        (PoolStep.EXPLAIN, 40, "Сорғы станциясында апат болды, су кесте бойынша беріледі. /"
         " На насосной станции авария, вода подаётся по графику."), 1,
        "Прошёл месяц, график не отменили: ночью воды по-прежнему нет.",
    ),
    # Refused with a reason.
    Case(
        "274435100", Topic.ROADS, Risk.NONE, "Зелёное ауылындағы ішкі жолға асфальт төсеу",
        "Асфальт на внутренней дороге в Зелёном",
        ((110, "ru", "Просим заасфальтировать дорогу к ферме за селом."),), 100, 2,
        (ROADS, 98, 15), (),
        (PoolStep.REFUSE, 82, "Бұл жол шаруашылыққа тиесілі, бюджеттен жөнделмейді. / Дорога"
         " принадлежит хозяйству и из бюджета не ремонтируется."),
    ),
    # Being solved in time; what was promised at a meeting is partly kept.
    Case(
        "271000000-1", Topic.EDUCATION, Risk.WORSE,
        "Самал шағын ауданындағы мектепте орын жетпейді",
        "В микрорайоне Самал не хватает мест в школе",
        ((400, "ru", "Школа учится в три смены. Когда построят пристройку?"),
         (35, "kk", "Балам үшінші ауысымда оқиды, сабақ кешкі сегізде бітеді.")), 30, 120,
        (SCHOOLS, 26, 60),
        (Promised(
            "300 орындық қосымша корпустың жобасын бітіру",
            "Закончить проект пристройки на 300 мест", 24, 10, 19_000_000, False, (),
            (PoolStep.SOLVE, 9, "Жоба мемлекеттік сараптамадан өтті. / Проект прошёл"
             " госэкспертизу."),
        ), Promised(
            "Құрылысты көктемде бастау", "Начать стройку весной", 24, 120, 1_450_000_000,
        )),
    ),
    # In the pool, given to nobody yet.
    Case(
        "274479000", Topic.INTERNET, Risk.COMFORT, "Кирсаново ауылында интернет жоқ",
        "В Кирсаново нет интернета",
        ((12, "ru", "Интернета нет ни у одного оператора, дети не могут сдать задания."),), 5, 8,
    ),
    # Reported as solved; the last word is awaited.
    Case(
        "274443000", Topic.TRANSPORT, Risk.COMFORT, "Макарово ауылына автобус аптасына бір рет",
        "Автобус в Макарово ходит раз в неделю",
        ((60, "kk", "Ауданға қатынайтын автобус аптасына бір-ақ рет жүреді, қартайған кісілерге"
          " қиын."),), 50, 6, (ROADS, 48, 30), (),
        (PoolStep.SOLVE, 6, "Автобус аптасына үш рет жүреді: дс, ср, жм. / Автобус ходит три раза"
         " в неделю: пн, ср, пт."),
    ),
    # Explained and left so: never counted as solved.
    Case(
        "273643000", Topic.HEALTH, Risk.WORSE, "Бөрлі ауылында дәрігер жоқ",
        "В селе Бурлин нет врача",
        ((150, "ru", "В амбулатории второй год нет врача, за справкой едем в Аксай."),), 140, 15,
        (SCHOOLS, 138, 25), (),
        (PoolStep.EXPLAIN, 105, "Орын бос, дәрігерге тұрғын үй берілсе, жас маман келеді. /"
         " Ставка есть, врача ищут; молодой специалист приедет, когда будет жильё."),
    ),
    # Due in a few days.
    Case(
        "274431100", Topic.FLOODS, Risk.DANGER, "Дариян ауылының шетін көктемде су басады",
        "Окраину Дарьинского весной топит",
        ((380, "kk", "Былтыр сегіз аула су астында қалды. Биыл бөгет бола ма?"),
         (28, "ru", "Дамба размыта, до паводка нужно успеть.")), 24, 33, (UTILITIES, 22, 19),
        (Promised(
            "Бөгеттің 400 метрін биіктету", "Поднять 400 метров дамбы", 20, 18, 12_300_000, False,
            ((8, "240 метр биіктетілді. / Поднято 240 метров.", "https://bko.example/boget"),),
        ),),
    ),
)  # fmt: skip
BODIES = {  # key: unit, kind, name in Kazakh and in Russian
    ROADS: ("270000000", "department", "Автомобиль жолдары басқармасы",
            "Управление автомобильных дорог"),
    UTILITIES: ("274400000", "department", "Тұрғын үй-коммуналдық шаруашылық бөлімі",
                "Отдел жилищно-коммунального хозяйства"),
    WATER: ("270000000", "utility", "Батыс су арнасы", "Батыс су арнасы"),
    SCHOOLS: ("270000000", "department", "Әлеуметтік нысандарды дамыту басқармасы",
              "Управление развития социальных объектов"),
    TELECOM: ("270000000", "other", "Батыс байланыс торабы", "Западный узел связи"),
}  # fmt: skip
