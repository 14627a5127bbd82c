"""The decree of 5 February 2016 on report meetings, for tests: editions are data (domain §1.3)."""

from datetime import date

from meetings.rules.types import (
    OWN_TERRITORY,
    Edition,
    Level,
    MaslikhatPart,
    Norm,
    Period,
    Text,
)

EDITION = Edition(
    id="2016-02-05",
    act=Text(
        kk="2016 жылғы 5 ақпандағы Жарлық",
        ru="Указ от 5 февраля 2016 г.",
        en="Decree of 5 February 2016",
    ),
    in_force_from=date(2016, 2, 5),
    judges_from=2016,
    href="https://example.org/2016-02-05",
    checked_on=date(2026, 11, 23),
    maslikhat=MaslikhatPart.NOTIFIED,
    corrections=MaslikhatPart.NOTIFIED,
    late_from=(1, 1),
    norms=(
        # Oblast-level akims: yearly, in the first quarter.
        Norm(
            "R1",
            hosts=frozenset({Level.OBLAST, Level.REPUBLIC_CITY}),
            places=OWN_TERRITORY,
            at_least=1,
            per=Period.YEAR,
            months=(1, 3),
            visiting=False,
            source=Text(kk="есеп беру", ru="отчёт", en="report"),
            text=Text(
                kk="Облыс әкімі жыл сайын бірінші тоқсанда есеп береді.",
                ru="Аким области отчитывается ежегодно в первом квартале.",
                en="The akim of an oblast reports yearly, in the first quarter.",
            ),
        ),
        # Districts, cities of oblast significance, districts in cities: half-yearly, in the
        # first and the third quarter.
        Norm(
            "R2",
            hosts=frozenset(
                {
                    Level.DISTRICT,
                    Level.OBLAST_CITY,
                    Level.CITY_DISTRICT,
                    Level.CITY_DISTRICT_ADMIN,
                }
            ),
            places=OWN_TERRITORY,
            at_least=1,
            per=Period.HALF_YEAR,
            months=(1, 3),
            visiting=False,
            source=Text(kk="есеп беру", ru="отчёт", en="report"),
            text=Text(
                kk="Аудан әкімі жарты жылда бір рет бірінші және үшінші тоқсанда есеп береді.",
                ru="Аким района отчитывается раз в полугодие, в первом и третьем кварталах.",
                en="The akim of a district reports half-yearly, in the first and third quarters.",
            ),
        ),
        # Lower akims: quarterly, in the first month of the quarter.
        Norm(
            "R3",
            hosts=frozenset(
                {
                    Level.DISTRICT_CITY,
                    Level.DISTRICT_CITY_ADMIN,
                    Level.OKRUG,
                    Level.VILLAGE_ADMIN,
                    Level.SETTLEMENT_ADMIN,
                }
            ),
            places=OWN_TERRITORY,
            at_least=1,
            per=Period.QUARTER,
            months=(1, 1),
            visiting=False,
            source=Text(kk="есеп беру", ru="отчёт", en="report"),
            text=Text(
                kk="Ауылдық округ әкімі әр тоқсанның бірінші айында есеп береді.",
                ru="Аким сельского округа отчитывается в первом месяце каждого квартала.",
                en="The akim of a rural okrug reports in the first month of each quarter.",
            ),
        ),
    ),
)
