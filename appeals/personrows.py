"""Words the person behind a request for the desk: masked, or as it was read just now."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from appeals.forms.personal import PurposeForm
from appeals.models import Demand, Person, Question
from appeals.services import personal
from meetings.permissions import Act, may

LABELS = {
    "name": gettext_lazy("Name"), "email": gettext_lazy("E-mail address"),
    "phone": gettext_lazy("Telephone"), "iin": gettext_lazy("IIN"),
}  # fmt: skip


def person_at_desk(
    user, question: Question | Demand, *, read: dict | None = None, form=None
) -> dict | None:
    """What appeals/desk/_person.html shows of who asked: masked until a purpose was given.

    Args:
        read: what ``personal.read`` has returned just now.
        form: the purpose as it was sent, with its errors.
    """
    person = question.person
    if person is None or not may(user, Act.READ_PERSONAL, question.unit):
        return None
    return {
        "details": labelled(personal.masked(person) if read is None else read),
        "is_read": read is not None, "erased": erased_on(person),
        "uuid": person.uuid, "may_erase": may(user, Act.ERASE_PERSON, question.unit),
        "form": None if read is not None else form or PurposeForm(),
    }  # fmt: skip


def labelled(details: dict) -> list[dict]:
    """Headings and values for a page."""
    return [{"label": LABELS[name], "value": value} for name, value in details.items()]


def erased_on(person: Person) -> str:
    """The day, or nothing while the data is there."""
    return f"{timezone.localtime(person.erased_at):%d.%m.%Y}" if person.erased_at else ""
