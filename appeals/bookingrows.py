"""Bookings put into words for the desk: rows of the day, buttons, outcomes."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.booking_steps import Deed
from appeals.enums import BookedHow, TalkOutcome
from appeals.enums import BookingState as State
from appeals.models import Booking
from appeals.receptionrows import say_slot

# The look of a state (static/css/states.css).
LOOKS = {
    State.HELD: "draft", State.BOOKED: "planned", State.WAITING: "draft", State.CAME: "announced",
    State.CALLED: "open", State.DONE: "held", State.NO_SHOW: "missing",
    State.CANCELLED: "cancelled", State.LAPSED: "none",
}  # fmt: skip
BUTTONS = {
    Deed.CHECK_IN: gettext_lazy("Check in"),
    Deed.CALL: gettext_lazy("Call"),
    Deed.PUT_BACK: gettext_lazy("Back into the queue"),
    Deed.NO_SHOW: gettext_lazy("Did not come"),
}
# From another state the same deed is called by another word.
OTHER_BUTTONS = {
    (Deed.CHECK_IN, State.NO_SHOW): gettext_lazy("Came after all"),
    (Deed.NO_SHOW, State.CAME): gettext_lazy("Has left"),
    (Deed.NO_SHOW, State.CALLED): gettext_lazy("Has left"),
}
DONE = {
    Deed.CHECK_IN: gettext_lazy("Number %(number)s is checked in."),
    Deed.CALL: gettext_lazy("Number %(number)s is called."),
    Deed.PUT_BACK: gettext_lazy("Number %(number)s is in the queue again."),
    Deed.NO_SHOW: gettext_lazy("Number %(number)s is marked as not come."),
    Deed.FINISH: gettext_lazy("The outcome of number %(number)s is recorded."),
    Deed.CANCEL: gettext_lazy("The booking of number %(number)s is cancelled."),
    Deed.SEAT: gettext_lazy("Number %(number)s has a time now."),
    "told": gettext_lazy("Number %(number)s is marked as told."),
}


def state_of(booking: Booking) -> dict:
    """What meetings/partials/_state.html shows."""
    state = State(booking.state)
    return {"class": LOOKS[state], "word": state.label}


def row(booking: Booking, *, deeds=(), expected=None, reads: set[int], sees: bool) -> dict:
    """One line of a list of the desk.

    Args:
        reads: persons whose names were opened.
        sees: whether the subject, which people write themselves, may be shown.
    """
    uuids = [booking.reception.uuid, booking.uuid]
    opened = booking.person_id in reads
    details = booking.person.details if opened else {}
    return {
        "number": booking.number, "uuid": booking.uuid, "version": booking.version,
        "state": state_of(booking), "hour": f"{booking.slot.begins:%H:%M}" if booking.slot else "",
        "expected": f"{timezone.localtime(expected):%H:%M}" if expected else "",
        "name": details.get("name", "") if opened else None,
        "phone": details.get("phone", ""), "subject": booking.subject if sees else "",
        "how": booking.get_how_display(), "is_walk_in": booking.how == BookedHow.WALK_IN,
        "outcome": say_outcome(booking, sees=sees),
        "url": reverse("desk_booking", args=uuids), "is_told": booking.is_told,
        "has_outcome": Deed.FINISH in deeds, "may_be_seated": Deed.SEAT in deeds,
        "buttons": [button(booking, deed) for deed in deeds if deed in BUTTONS],
    }  # fmt: skip


def button(booking: Booking, deed: Deed) -> dict:
    label = OTHER_BUTTONS.get((deed, State(booking.state))) or BUTTONS[deed]
    uuids = [booking.reception.uuid, booking.uuid, deed]
    return {
        "deed": deed.value, "label": label, "url": reverse("desk_booking_act", args=uuids),
        "is_primary": deed == Deed.CHECK_IN and booking.state == State.BOOKED,
    }  # fmt: skip


def say_outcome(booking: Booking, *, sees: bool) -> str:
    """«sent on: Road department · e-Otinish 123»; empty before there is one."""
    if not booking.outcome:
        return ""
    said = str(TalkOutcome(booking.outcome).label)
    if booking.question_id and booking.question is not None:
        said = f"{said} ({booking.question.number})"
    if booking.problem_id and booking.problem is not None:
        said = f"{said} ({booking.problem.number})"
    if booking.note and sees:
        said = f"{said}: {booking.note}"
    if booking.eotinish_number:
        said += " · " + _("e-Otinish %(number)s") % {"number": booking.eotinish_number}
    return said


def slot_choices(slots) -> list[tuple[str, str]]:
    """Choices of a form; those kept for people without a booking are named so."""
    return [
        (str(one.uuid), f"{say_slot(one)} · {_('without booking')}" if one.is_walk_in
         else say_slot(one))
        for one in slots
    ]  # fmt: skip
