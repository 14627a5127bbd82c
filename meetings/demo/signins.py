"""The demo's sign-ins: their common password is made on this machine, never kept in the project."""

import os
import secrets
from typing import NamedTuple

from django.conf import settings
from django.utils import translation

from meetings.demo.people import SIGN_INS
from meetings.models import Unit, User


class Shown(NamedTuple):
    """One demo user as the start of the site and the sign-in page show it."""

    email: str
    role: str
    place: str


def password() -> str:
    """The demo's password, random for each installation, in the data folder."""
    path = settings.DATA_DIR / "demo_password"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(fd, "w", encoding="ascii") as file:
        word = f"akimat-{secrets.token_hex(5)}"
        file.write(word)
    return word


def demo_sign_ins() -> list[Shown]:
    """Demo users that exist here, in the order of the year's work."""
    present = set(
        User.objects.filter(email__in=[one.email for one in SIGN_INS], is_active=True)
        .values_list("email", flat=True)
    )  # fmt: skip
    units = Unit.objects.filter(kato__in=[one.unit for one in SIGN_INS if one.unit], valid_to=None)
    language = translation.get_language() or "kk"
    names = {unit.kato: unit.name_in(language) for unit in units}
    return [
        Shown(one.email, str(one.role.label), names.get(one.unit or "", _country(language)))
        for one in SIGN_INS
        if one.email in present
    ]


def _country(language: str) -> str:
    return {"ru": "Казахстан", "en": "Kazakhstan"}.get(language, "Қазақстан")
