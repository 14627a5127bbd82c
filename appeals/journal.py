"""The journal of a reception: who was received, when, and with what outcome; as XLSX and as PDF.

Made in the language that is active. With names it holds personal data: services.reception_names
records each journal that is taken.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from appeals import receptionrows as say
from appeals.bookingrows import say_outcome, state_of
from appeals.models import Booking, Reception, ReceptionTable
from meetings.documents import Column, Document, Facts, Table, to_pdf
from meetings.documents.blocks import fit

# What a spreadsheet would take for the beginning of a formula, were it typed again.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
LONGEST_CELL = 5_000


class Field(NamedTuple):
    """A column: its title, its share of a page's width, and what stands in it.

    ``is_personal``: it stands in journals with names alone.
    """

    title: str
    weight: int
    of: Callable[[Booking], str]
    is_personal: bool = False


class Journal(NamedTuple):
    """What stands in a journal, before it becomes a file."""

    title: str
    facts: list[tuple[str, str]]
    fields: list[Field]
    rows: list[list[str]]


def journal_of(
    reception: Reception, bookings: Sequence[Booking], tables: Sequence[ReceptionTable], *,
    with_names: bool,
) -> Journal:  # fmt: skip
    """Everybody who had a number, by hour; in the active language."""
    language = get_language() or "kk"
    fields = [one for one in _fields() if with_names or not one.is_personal]
    facts = [
        (_("Territory"), reception.unit.name_in(language)),
        (_("Date"), f"{say.say_day(reception.day, language)}, {say.say_hours(reception)}"),
        (_("Where"), ", ".join(filter(None, (reception.place, reception.address))) or "–"),
    ]
    for table in tables:
        seated = (", ".join(filter(None, (one.name, one.post))) for one in table.officials.all())
        facts.append((say.say_table(table.number, table.room), "; ".join(seated)))
    rows = [[fit(field.of(booking))[:LONGEST_CELL] for field in fields] for booking in bookings]
    return Journal(_("Journal of the personal reception"), facts, fields, rows)


def _fields() -> list[Field]:
    return [
        Field(_("No."), 2, lambda one: str(one.number)),
        Field(_("Time"), 3, lambda one: f"{one.slot.begins:%H:%M}" if one.slot else "–"),
        Field(_("Table"), 3, _say_table),
        Field(_("Name"), 7, lambda one: one.person.details.get("name", "–"), is_personal=True),
        Field(_("Contact"), 6, _say_contact, is_personal=True),
        Field(_("How it came"), 4, lambda one: str(one.get_how_display())),
        Field(_("Subject"), 9, lambda one: one.subject, is_personal=True),
        Field(_("State"), 4, lambda one: str(state_of(one)["word"])),
        Field(_("Came"), 3, lambda one: _hour(one.came_at)),
        Field(_("Called"), 3, lambda one: _hour(one.called_at)),
        Field(_("Ended"), 3, lambda one: _hour(one.done_at)),
        Field(_("Outcome"), 8, lambda one: say_outcome(one, sees=False)),
        Field(_("What was said"), 8, lambda one: one.note, is_personal=True),
    ]


def _say_table(booking: Booking) -> str:
    if booking.slot is None:
        return "–"
    table = booking.slot.table
    return f"{table.number} ({table.room})" if table.room else str(table.number)


def _say_contact(booking: Booking) -> str:
    details = booking.person.details
    return ", ".join(filter(None, (details.get("phone"), details.get("email")))) or "–"


def _hour(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%H:%M}" if at else ""


def as_pdf(journal: Journal, reception: Reception, at: datetime) -> bytes:
    columns = [Column(one.title, one.weight) for one in journal.fields]
    moment = say.say_moment(at, get_language() or "kk")
    return to_pdf(
        Document(
            journal.title, get_language() or "kk", at,
            [Facts(journal.facts), Table(columns, journal.rows)],
            footer=_("Made on %(moment)s") % {"moment": moment}, is_wide=True,
        )
    )  # fmt: skip


def as_xlsx(journal: Journal, reception: Reception, at: datetime) -> bytes:
    """Every cell is text: none is ever a formula, nor becomes one when it is typed again."""
    from openpyxl import Workbook  # it costs memory: only those who make a journal pay
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Journal"))
    widths = [max(8, 3 * field.weight) for field in journal.fields]
    for letter, width in zip("ABCDEFGHIJKLM", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    wrapped, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)

    def cell(text: str, *, is_head: bool = False):
        made = WriteOnlyCell(sheet, value=None)
        made.value = text
        made.data_type = "s"
        made.alignment = wrapped
        made.quotePrefix = text.startswith(_FORMULA)
        if is_head:
            made.font = bold
        return made

    sheet.freeze_panes = f"A{len(journal.facts) + 4}"
    sheet.append([cell(journal.title, is_head=True)])
    for name, value in journal.facts:
        sheet.append([cell(name, is_head=True), cell(value)])
    sheet.append([])
    sheet.append([cell(field.title, is_head=True) for field in journal.fields])
    for row in journal.rows:
        sheet.append([cell(text) for text in row])
    book.properties.creator = "Akimat"
    out = BytesIO()
    book.save(out)
    return out.getvalue()
