"""Rows of the table of rights for photos and documents that came with a question."""

from django.db import transaction
from django.utils import timezone

from appeals.cleaning import Cleaned
from appeals.services import files
from tests.rights_requests import READERS, TOKEN, act
from tests.rights_rows import CONCERNED, Row, World

NOTE = Cleaned("image/jpeg", "jpg", b"\xff\xd8 a photo")


def make_files(world: World) -> None:
    """One that everybody may have, with a question that is public."""
    with transaction.atomic():
        [world.file] = files.attach(world.main, [NOTE], at=timezone.now())
    world.file.is_public = True
    world.file.save()


FILES = [
    Row("requests_file", lambda world: (world.main.uuid, world.file.uuid),
        sees=((READERS, CONCERNED),)),
    act("main", "files", shown=()),
]  # fmt: skip
PUBLIC_FILES = [
    Row("question_list", needs="nothing"),
    Row("question_file", lambda world: (world.main.uuid, world.file.uuid), needs="nothing"),
    Row("follow_file", lambda world: (TOKEN, world.file.uuid), needs="nothing"),
]
