"""Rows of the table of rights for personal data."""

from django.utils import timezone

from appeals.enums import Purpose
from appeals.models import Code
from appeals.services import my_data
from appeals.services.codes import ask_code
from meetings.enums import Role
from tests.factories_requests import make_person, make_question
from tests.rights_requests import COMMISSION, READERS
from tests.rights_rows import ANYWHERE, CONCERNED, Row, World

KEEPERS = frozenset({Role.COMMISSION, Role.ADMINISTRATOR})


def make_personal(world: World) -> None:
    """A question of the okrug with somebody behind it."""
    code = ask_code(Purpose.PERSONAL_DATA, "address", "b@example.kz", "ru", visitor="127.0.0.1")
    Code.objects.filter(pk=code.pk).update(used_at=timezone.now())
    world.data_token = my_data.confirm(code).rstrip("/").rpartition("/")[2]
    world.asked = make_question(world.okrug, person=make_person())


PERSONAL = [
    Row("personal_accesses", sees=((KEEPERS, ANYWHERE),), hidden=403),
    Row("requests_person", lambda world: (world.asked.uuid,), post=lambda world: {
            "purpose": "answer"},
        sees=((READERS, CONCERNED),), does=((COMMISSION, CONCERNED),)),
    Row("personal_person", lambda world: (world.asked.person.uuid,),
        sees=((COMMISSION, CONCERNED),)),
    Row("personal_person", lambda world: (world.asked.person.uuid,),
        post=lambda world: {"sure": "on"}, sees=((COMMISSION, CONCERNED),)),
    Row("personal_file", lambda world: (world.asked.person.uuid,), post=lambda world: {},
        sees=((COMMISSION, CONCERNED),)),
]  # fmt: skip

# Opened by everybody: the address itself holds a secret, or shows nothing of anybody.
PUBLIC_PERSONAL = [
    Row("my_data", needs="nothing"),
    Row("my_data_erased", needs="nothing"),
    Row("my_data_kept", lambda world: (world.data_token,), needs="nothing"),
    Row("my_data_file", lambda world: (world.data_token,), needs="nothing"),
    Row("my_data_erase", lambda world: (world.data_token,), needs="nothing"),
]
