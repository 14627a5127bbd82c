"""The sentences findings are made of, in kk, ru and en. Data for words.py and for pages.

Kazakh is written first. A name or a number never takes a suffix here: names stand after a colon
in their base form, and every window has its own ready phrase.
"""

from meetings.rules.types import Counted, MaslikhatPart, Reading, Severity, Text

SEVERITIES = {
    Severity.BREACH: Text("Бұзушылық", "Нарушение", "Breach"),
    Severity.ADVICE: Text("Ұсыным", "Рекомендация", "Advice"),
    Severity.OWN_NORM: Text("Өңірдің өз нормасы", "Собственная норма региона", "Own norm"),
}

READINGS = {
    Reading.BODIES: Text(
        "Өз әкімі бар аумақтар есептеледі: ауылдық округтер, аудандық маңызы бар қалалар, "
        "округтен тыс ауылдар мен кенттер.",
        "Считаются территории, у которых есть свой аким: сельские округа, города районного "
        "значения, сёла и посёлки вне округов.",
        "Units that have an akim of their own are counted: rural okrugs, cities of district "
        "significance, villages and settlements outside okrugs.",
    ),
    Reading.SETTLEMENTS: Text(
        "Өз әкімі бар аумақтармен қатар әр ауыл мен кент есептеледі.",
        "Кроме территорий со своим акимом, считается каждое село и каждый посёлок.",
        "Beside the units that have an akim of their own, every village and settlement counts.",
    ),
}

MASLIKHAT = {
    MaslikhatPart.AGREES: Text(
        "мәслихатпен келісу бойынша",
        "по согласованию с маслихатом",
        "by agreement with the maslikhat",
    ),
    MaslikhatPart.NOTIFIED: Text(
        "мәслихатты хабардар ете отырып",
        "с уведомлением маслихата",
        "with notification of the maslikhat",
    ),
}

MET = {
    Severity.BREACH: Text(
        "Жарлық талабы {window} орындалған.",
        "Требование Указа {window} выполнено.",
        "The decree is kept {window}.",
    ),
    Severity.ADVICE: Text(
        "Ұсыным {window} орындалған.",
        "Рекомендация {window} выполнена.",
        "The advice is followed {window}.",
    ),
    Severity.OWN_NORM: Text(
        "Өңірдің өз нормасы {window} орындалған.",
        "Собственная норма региона {window} выполнена.",
        "The region's own norm is kept {window}.",
    ),
}

MISSING = {
    Counted.PLANNED: Text(
        "{severity}: {window} {n} {meetings} жетіспейді.",
        "{severity}: {window} не хватает {n} {meetings}.",
        "{severity}: {n} {meetings} missing {window}.",
    ),
    Counted.HELD: Text(
        "{severity}: {window} {n} {meetings} өткізілмеген.",
        "{severity}: {window} {n} {meetings}.",
        "{severity}: {n} {meetings} not held {window}.",
    ),
}

FIGURES = Text(
    "Талап етілетіні: {required}, жоспарда: {planned}, өткізілгені: {held}.",
    "Требуется: {required}, запланировано: {planned}, проведено: {held}.",
    "Required: {required}, planned: {planned}, held: {held}.",
)
JOINT = Text(
    "Оның ішінде басқа аумақтармен бірлесіп өткізілетіні: {joint}.",
    "В том числе совместно с другими территориями: {joint}.",
    "Of these, joint with other places: {joint}.",
)
WHO = Text(
    "Әкім: {host}. Кездесу аумағы: {target}.",
    "Аким: {host}. Территория встречи: {target}.",
    "Akim: {host}. Place of the meeting: {target}.",
)
OWN_NORM = Text(
    "Өңір заң талабынан артық міндеттемені өзі қабылдаған: бұл – заң талабы емес, өңірдің өз "
    "нормасы.",
    "Регион сам взял на себя больше, чем требует закон: это его собственная норма, а не "
    "требование закона.",
    "The region bound itself to more than the law asks: this is its own norm, not the law.",
)

# «не хватает 2 выездных встреч», «не проведены 2 выездные встречи»: what is counted, after the
# number, by Counted and by whether it is a visiting meeting. Kazakh has one form after any
# number, English two (1; more), Russian three (1, 21; 2 to 4, 22; the rest).
MEETINGS = {
    (Counted.PLANNED, False): {
        "kk": ("кездесу",),
        "ru": ("встречи", "встреч", "встреч"),
        "en": ("meeting", "meetings"),
    },
    (Counted.PLANNED, True): {
        "kk": ("көшпелі кездесу",),
        "ru": ("выездной встречи", "выездных встреч", "выездных встреч"),
        "en": ("visiting meeting", "visiting meetings"),
    },
    (Counted.HELD, False): {
        "kk": ("кездесу",),
        "ru": ("встреча не проведена", "встречи не проведены", "встреч не проведено"),
        "en": ("meeting", "meetings"),
    },
    (Counted.HELD, True): {
        "kk": ("көшпелі кездесу",),
        "ru": (
            "выездная встреча не проведена",
            "выездные встречи не проведены",
            "выездных встреч не проведено",
        ),
        "en": ("visiting meeting", "visiting meetings"),
    },
}

# A window by its first and last month: when something is missing («во II квартале»), and its
# name for a heading («II квартал»). Any other window is said by its days.
_MONTHS_WHEN = (
    ("қаңтарда", "январе", "January"),
    ("ақпанда", "феврале", "February"),
    ("наурызда", "марте", "March"),
    ("сәуірде", "апреле", "April"),
    ("мамырда", "мае", "May"),
    ("маусымда", "июне", "June"),
    ("шілдеде", "июле", "July"),
    ("тамызда", "августе", "August"),
    ("қыркүйекте", "сентябре", "September"),
    ("қазанда", "октябре", "October"),
    ("қарашада", "ноябре", "November"),
    ("желтоқсанда", "декабре", "December"),
)
WHEN = {
    (1, 12): Text("{year} жылы", "в {year} году", "in {year}"),
    (1, 6): Text(
        "{year} жылғы бірінші жартыжылдықта",
        "в первом полугодии {year} года",
        "in the first half of {year}",
    ),
    (7, 12): Text(
        "{year} жылғы екінші жартыжылдықта",
        "во втором полугодии {year} года",
        "in the second half of {year}",
    ),
    (1, 3): Text(
        "{year} жылғы бірінші тоқсанда",
        "в первом квартале {year} года",
        "in the first quarter of {year}",
    ),
    (4, 6): Text(
        "{year} жылғы екінші тоқсанда",
        "во втором квартале {year} года",
        "in the second quarter of {year}",
    ),
    (7, 9): Text(
        "{year} жылғы үшінші тоқсанда",
        "в третьем квартале {year} года",
        "in the third quarter of {year}",
    ),
    (10, 12): Text(
        "{year} жылғы төртінші тоқсанда",
        "в четвёртом квартале {year} года",
        "in the fourth quarter of {year}",
    ),
    **{
        (month, month): Text(f"{{year}} жылғы {kk}", f"в {ru} {{year}} года", f"in {en} {{year}}")
        for month, (kk, ru, en) in enumerate(_MONTHS_WHEN, start=1)
    },
}
WHEN_BY_DAYS = Text(
    "{year} жылғы {first} – {last} аралығында",
    "с {first} по {last} {year} года",
    "from {first} to {last} {year}",
)

_MONTH_NAMES = (
    ("қаңтар", "январь", "January"),
    ("ақпан", "февраль", "February"),
    ("наурыз", "март", "March"),
    ("сәуір", "апрель", "April"),
    ("мамыр", "май", "May"),
    ("маусым", "июнь", "June"),
    ("шілде", "июль", "July"),
    ("тамыз", "август", "August"),
    ("қыркүйек", "сентябрь", "September"),
    ("қазан", "октябрь", "October"),
    ("қараша", "ноябрь", "November"),
    ("желтоқсан", "декабрь", "December"),
)
NAME = {
    (1, 12): Text("{year} жыл", "{year} год", "{year}"),
    **{
        (6 * half - 5, 6 * half): Text(
            f"{{year}} жылғы {roman} жартыжылдық",
            f"{roman} полугодие {{year}} г.",
            f"H{half} {{year}}",
        )
        for half, roman in ((1, "I"), (2, "II"))
    },
    **{
        (3 * quarter - 2, 3 * quarter): Text(
            f"{{year}} жылғы {roman} тоқсан",
            f"{roman} квартал {{year}} г.",
            f"Q{quarter} {{year}}",
        )
        for quarter, roman in ((1, "I"), (2, "II"), (3, "III"), (4, "IV"))
    },
    **{
        (month, month): Text(f"{{year}} жылғы {kk}", f"{ru} {{year}} г.", f"{en} {{year}}")
        for month, (kk, ru, en) in enumerate(_MONTH_NAMES, start=1)
    },
}
NAME_BY_DAYS = Text(
    "{year} жылғы {first} – {last}", "{first} – {last} {year} г.", "{first} – {last} {year}"
)

# A month after a day: «1 ақпан», «1 февраля», "1 February".
MONTHS_OF_DAY = {
    "kk": tuple(kk for kk, _, _ in _MONTH_NAMES),
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
           "сентября", "октября", "ноября", "декабря"),
    "en": tuple(en for _, _, en in _MONTH_NAMES),
}  # fmt: skip
