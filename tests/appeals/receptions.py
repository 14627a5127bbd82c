"""A reception for tests: on Thursday 26 November 2026 in the first district, 10:00–12:00."""

from datetime import date, time

from django.core import mail

from appeals.enums import BookedHow
from appeals.models import Booking, Reception
from appeals.services import bookings, codes, receptions
from appeals.services.receptions import Official, Table
from meetings.enums import OfficialKind, Role
from meetings.services import outbox
from tests.factories import Region, a_moment, make_user

DAY = date(2026, 11, 26)
EARLIER = a_moment(2026, 11, 23)  # when it is drafted and published
AKIM = Official(OfficialKind.EXECUTIVE, "Болат Жайықов", "аудан әкімі", "аким района")
PROSECUTOR = Official(OfficialKind.PROSECUTOR, "Сәуле Елекова", "прокурор", "прокурор")
POLICE = Official(OfficialKind.POLICE, "Асқар Өзенов", "бөлімше бастығы", "начальник отделения")
TABLES = (Table("12", (AKIM, PROSECUTOR)), Table("14", (POLICE,)))
VALUES = {
    "day": DAY, "begins": time(10), "ends": time(12), "slot_minutes": 30,
    "breaks": [(time(11), time(11, 30))], "walk_in_share": 0,
    "place_kk": "Мәдениет үйі", "place_ru": "Дом культуры",
}  # fmt: skip


class Case:
    """A region, the clerk of its first district's reception, and one reception.

    Three slots a table (10:00, 10:30, 11:30), two tables. Another case gives its region and clerk.
    """

    def __init__(self, other=None, *, published=True, tables=TABLES, **values):
        self.land = other.land if other else Region()
        self.clerk = other.clerk if other else make_user(Role.RECEPTION, self.land.first)
        self.reception = receptions.make(
            self.land.first, VALUES | values, tables, by=self.clerk, at=EARLIER
        )
        if published:
            receptions.publish(self.reception, by=self.clerk, version=1, at=EARLIER)
            self.reception.refresh_from_db()

    def slots(self) -> list:
        return list(self.reception.slots.order_by("begins", "table__number"))

    def enter(
        self, slot=None, name="Ерлан", *, email="", phone="", how=BookedHow.PHONE, at=EARLIER
    ):
        """Booked by staff."""
        return bookings.enter(
            self.reception, slot, {"name": name, "email": email, "phone": phone},
            subject="Жол", how=how, language="kk", by=self.clerk, at=at,
        )  # fmt: skip

    def ask(self, slot=None, email="erlan@example.kz", *, name="Ерлан", visitor="10.0.0.1"):
        """Asked for on the site; gives the code's row."""
        return bookings.ask(
            self.reception, slot, {"name": name, "email": email}, subject="Жол",
            language="kk", visitor=visitor,
        )  # fmt: skip

    def booked(self, slot=None, email="erlan@example.kz", **more) -> Booking:
        """Asked for on the site, the code typed."""
        code = self.ask(slot, email, **more)
        typed(code)
        return Booking.objects.get(uuid=code.subject.partition(":")[2])


def typed(code) -> str:
    """Type the digits of the letter; give where one is led."""
    digits = sent_digits(code)
    return str(codes.use(code.uuid, digits))


def sent_digits(code) -> str:
    outbox.drain()
    letter = next(one for one in mail.outbox if f"/confirm/{code.uuid}/" in one.body)
    return letter.subject.split(" ", 1)[1]


def letters() -> list[tuple[str, str]]:
    """Whom the letters went to, and what their subjects begin with."""
    mail.outbox.clear()
    outbox.drain()
    return [(one.to[0], one.subject) for one in mail.outbox]


def reload(row):
    return type(row).objects.get(pk=row.pk)


def reception_again(case: Case) -> Reception:
    return Reception.objects.get(pk=case.reception.pk)
