"""Decree No. 826 of 3 March 2022 as first published. Data only: no `if` lives here.

The five norms are in point 2, subpoint 1, one paragraph each. ``text`` is a paraphrase; the act's
own words stand in ``quote`` where they were seen.
"""

from datetime import date

from meetings.rules.types import (
    OWN_TERRITORY,
    Edition,
    Level,
    MaslikhatPart,
    Norm,
    Period,
    Places,
    Reading,
    Text,
)

POINT = Text(kk="2-тармақ, 1) тармақша", ru="п. 2, пп. 1", en="p. 2(1)")

EDITION = Edition(
    id="2022-03-03",
    act=Text(
        kk="2022 жылғы 3 наурыздағы № 826 Жарлық",
        ru="Указ № 826 от 3 марта 2022 г.",
        en="Decree No. 826 of 3 March 2022",
    ),
    in_force_from=date(2022, 3, 3),
    judges_from=2022,  # its own year, from the second quarter on
    href="https://adilet.zan.kz/rus/docs/U2200000826",
    checked_on=date(2026, 11, 23),
    # «по согласованию с маслихатом»
    maslikhat=MaslikhatPart.AGREES,
    maslikhat_quote="по согласованию с маслихатом",
    corrections=MaslikhatPart.AGREES,
    # Drafted and approved every year «до 15 января».
    late_from=(1, 15),
    norms=(
        # The akim of an oblast: each district and city of oblast significance, once a half-year.
        Norm(
            "N1",
            hosts=frozenset({Level.OBLAST}),
            places=Places.of(Level.DISTRICT, Level.OBLAST_CITY),
            at_least=1,
            per=Period.HALF_YEAR,
            visiting=True,
            source=POINT,
            text=Text(
                kk="Облыс әкімі әр ауданда және облыстық маңызы бар әр қалада жарты жылда бір рет "
                "кемінде бір көшпелі кездесу өткізеді.",
                ru="Аким области проводит в каждом районе и городе областного значения не менее "
                "одной выездной встречи раз в полугодие.",
                en="The akim of an oblast holds at least one visiting meeting each half-year in "
                "every district and city of oblast significance.",
            ),
        ),
        # The akim of a city of republican significance, of the capital: each district of the
        # city, quarterly.
        Norm(
            "N2",
            hosts=frozenset({Level.REPUBLIC_CITY}),
            places=Places.of(Level.CITY_DISTRICT, Level.CITY_DISTRICT_ADMIN),
            at_least=1,
            per=Period.QUARTER,
            visiting=True,
            source=POINT,
            text=Text(
                kk="Республикалық маңызы бар қаланың, астананың әкімі қаланың әр ауданында тоқсан "
                "сайын кемінде бір көшпелі кездесу өткізеді.",
                ru="Аким города республиканского значения, столицы проводит в каждом районе города "
                "не менее одной выездной встречи ежеквартально.",
                en="The akim of a city of republican significance or of the capital holds at least "
                "one visiting meeting each quarter in every district of the city.",
            ),
        ),
        # The akim of a district: each village, settlement, rural okrug and city of district
        # significance, quarterly.
        # Reading: the units that have an akim of their own, since practice is by okrug; a region
        # may choose every village and settlement too (domain §1.1).
        Norm(
            "N3",
            hosts=frozenset({Level.DISTRICT}),
            places=(
                bodies := Places.of(
                    Level.OKRUG,
                    Level.VILLAGE_ADMIN,
                    Level.SETTLEMENT_ADMIN,
                    Level.DISTRICT_CITY_ADMIN,
                    Level.DISTRICT_CITY,
                    Level.SETTLEMENT,
                    Level.VILLAGE,
                    with_akim=True,
                )
            ),
            readings=(
                (Reading.BODIES, bodies),
                (Reading.SETTLEMENTS, Places(bodies.levels)),
            ),
            at_least=1,
            per=Period.QUARTER,
            visiting=True,
            source=POINT,
            text=Text(
                kk="Аудан әкімі әр ауылда, кентте, ауылдық округте және аудандық маңызы бар қалада "
                "тоқсан сайын кемінде бір көшпелі кездесу өткізеді.",
                ru="Аким района проводит в каждом селе, посёлке, сельском округе, городе районного "
                "значения не менее одной выездной встречи ежеквартально.",
                en="The akim of a district holds at least one visiting meeting each quarter in "
                "every village, settlement, rural okrug and city of district significance.",
            ),
        ),
        # The akim of a city of oblast or district significance, of a rural okrug: each district
        # (microdistrict), village and settlement within it, quarterly.
        # Reading: within means anywhere below, a city's okrugs included; an okrug itself is not
        # named and counts only where staff attached it (domain §1.1).
        Norm(
            "N4",
            hosts=frozenset(
                {Level.OBLAST_CITY, Level.DISTRICT_CITY_ADMIN, Level.DISTRICT_CITY, Level.OKRUG}
            ),
            places=Places.of(
                Level.CITY_DISTRICT,
                Level.CITY_DISTRICT_ADMIN,
                Level.MICRODISTRICT,
                Level.SETTLEMENT,
                Level.VILLAGE,
                attachable=(Level.OKRUG,),
            ),
            at_least=1,
            per=Period.QUARTER,
            visiting=True,
            source=POINT,
            text=Text(
                kk="Облыстық немесе аудандық маңызы бар қаланың, ауылдық округтің әкімі оның "
                "құрамына кіретін әр ауданда (шағын ауданда), ауылда, кентте тоқсан сайын кемінде "
                "бір көшпелі кездесу өткізеді.",
                ru="Аким города областного или районного значения, сельского округа проводит в "
                "каждом входящем в его состав районе (микрорайоне), селе, посёлке не менее одной "
                "выездной встречи ежеквартально.",
                en="The akim of a city of oblast or district significance or of a rural okrug "
                "holds at least one visiting meeting each quarter in every district "
                "(microdistrict), village and settlement within it.",
            ),
        ),
        # The akim of a village, settlement, district in a city: the own territory, quarterly.
        # Whether the meeting is a visiting one is not said.
        Norm(
            "N5",
            hosts=frozenset(
                {
                    Level.VILLAGE_ADMIN,
                    Level.VILLAGE,
                    Level.SETTLEMENT_ADMIN,
                    Level.SETTLEMENT,
                    Level.CITY_DISTRICT_ADMIN,
                    Level.CITY_DISTRICT,
                }
            ),
            places=OWN_TERRITORY,
            at_least=1,
            per=Period.QUARTER,
            visiting=False,
            source=POINT,
            text=Text(
                kk="Ауылдың, кенттің, қаладағы ауданның әкімі өз аумағында тоқсан сайын кемінде "
                "бір кездесу өткізеді.",
                ru="Аким села, посёлка, района в городе проводит на своей территории не менее "
                "одной встречи ежеквартально.",
                en="The akim of a village, settlement or district in a city holds at least one "
                "meeting each quarter in the own territory.",
            ),
        ),
    ),
)
