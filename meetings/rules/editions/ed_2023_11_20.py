"""The decree as amended on 20 November 2023. Data only: what the amendment changed, norm by norm.

Whom each akim visits is as in the first edition; how often is halved or more.
"""

from dataclasses import replace
from datetime import date

from meetings.rules.editions.ed_2022_03_03 import EDITION as FIRST
from meetings.rules.types import Edition, MaslikhatPart, Period, Text

EDITION = Edition(
    id="2023-11-20",
    act=Text(
        kk="2022 жылғы 3 наурыздағы № 826 Жарлық (2023 жылғы 20 қарашадағы редакциясы)",
        ru="Указ № 826 от 3 марта 2022 г. в редакции от 20 ноября 2023 г.",
        en="Decree No. 826 of 3 March 2022 as amended on 20 November 2023",
    ),
    in_force_from=date(2024, 1, 1),
    in_force_doubt=Text(
        kk="Редакцияның күшіне енген күні (2024 жылғы 1 қаңтар) расталмаған.",
        ru="День вступления редакции в силу (1 января 2024 г.) не подтверждён.",
        en="The day the edition came into force (1 January 2024) is unconfirmed.",
    ),
    href=FIRST.href,
    checked_on=date(2026, 11, 23),
    # «с уведомлением маслихата»
    maslikhat=MaslikhatPart.NOTIFIED,
    maslikhat_quote="с уведомлением маслихата",
    corrections=MaslikhatPart.NOTIFIED,
    corrections_doubt=Text(
        kk="Күнтізбеге түзетулер мәслихатты хабардар ете отырып енгізілетіні расталмаған.",
        ru="Не подтверждено, что корректировки календаря вносятся с уведомлением маслихата.",
        en="That corrections of the calendar are made with notification is unconfirmed.",
    ),
    late_from=FIRST.late_from,
    norms=(
        replace(
            FIRST.norm("N1"),
            per=Period.YEAR,
            quote="раз в год не менее одной выездной встречи акима области в каждом районе и "
            "городе областного значения",
            text=Text(
                kk="Облыс әкімі әр ауданда және облыстық маңызы бар әр қалада жылына бір рет "
                "кемінде бір көшпелі кездесу өткізеді.",
                ru="Аким области проводит в каждом районе и городе областного значения не менее "
                "одной выездной встречи раз в год.",
                en="The akim of an oblast holds at least one visiting meeting each year in every "
                "district and city of oblast significance.",
            ),
        ),
        replace(
            FIRST.norm("N2"),
            per=Period.YEAR,
            text=Text(
                kk="Республикалық маңызы бар қаланың, астананың әкімі қаланың әр ауданында жылына "
                "бір рет кемінде бір көшпелі кездесу өткізеді.",
                ru="Аким города республиканского значения, столицы проводит в каждом районе города "
                "не менее одной выездной встречи раз в год.",
                en="The akim of a city of republican significance or of the capital holds at least "
                "one visiting meeting each year in every district of the city.",
            ),
        ),
        replace(
            FIRST.norm("N3"),
            per=Period.HALF_YEAR,
            text=Text(
                kk="Аудан әкімі әр ауылда, кентте, ауылдық округте және аудандық маңызы бар қалада "
                "жарты жылда бір рет кемінде бір көшпелі кездесу өткізеді.",
                ru="Аким района проводит в каждом селе, посёлке, сельском округе, городе районного "
                "значения не менее одной выездной встречи раз в полугодие.",
                en="The akim of a district holds at least one visiting meeting each half-year in "
                "every village, settlement, rural okrug and city of district significance.",
            ),
        ),
        replace(
            FIRST.norm("N4"),
            per=Period.HALF_YEAR,
            text=Text(
                kk="Облыстық немесе аудандық маңызы бар қаланың, ауылдық округтің әкімі оның "
                "құрамына кіретін әр ауданда (шағын ауданда), ауылда, кентте жарты жылда бір рет "
                "кемінде бір көшпелі кездесу өткізеді.",
                ru="Аким города областного или районного значения, сельского округа проводит в "
                "каждом входящем в его состав районе (микрорайоне), селе, посёлке не менее одной "
                "выездной встречи раз в полугодие.",
                en="The akim of a city of oblast or district significance or of a rural okrug "
                "holds at least one visiting meeting each half-year in every district "
                "(microdistrict), village and settlement within it.",
            ),
        ),
        # The amended text of this norm was not seen: the quarter of 2022 is kept, as advice.
        replace(
            FIRST.norm("N5"),
            doubt=Text(
                kk="Бұл норманың 2023 жылғы редакциядағы мәтіні расталмаған: 2022 жылғы "
                "редакцияның тоқсан сайынғы мерзімі сақталды, сондықтан бұл – ұсыным, "
                "бұзушылық емес.",
                ru="Текст этой нормы в редакции 2023 года не подтверждён: оставлена частота "
                "редакции 2022 года — ежеквартально, поэтому это рекомендация, а не нарушение.",
                en="The text of this norm in the edition of 2023 is unconfirmed: the quarter of "
                "2022 is kept, so this is advice, not a breach.",
            ),
        ),
    ),
)
