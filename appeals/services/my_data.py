"""The way of a person to their own data: an address, a code, and a page for half an hour."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils import timezone

from appeals.enums import Purpose
from appeals.models import Code
from appeals.services import codes

SALT = "akimat.my_data"
OPEN = timedelta(minutes=30)
LONGEST_TOKEN = 200


def ask(email: str, *, language: str, visitor: str) -> Code:
    """Send a code, whether anything is kept under the address or not. Raises codes.TooMany."""
    return codes.ask_code(Purpose.PERSONAL_DATA, "address", email, language, visitor=visitor)


@codes.confirms(Purpose.PERSONAL_DATA)
def confirm(code: Code) -> str:
    """The address is the person's: to the page of what is kept."""
    return reverse("my_data_kept", args=[signing.dumps(code.uuid.hex, salt=SALT)])


def code_of(token: str) -> Code | None:
    """The code that was typed to open this page, or None: made up, too old, or all erased."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        name = signing.loads(token, salt=SALT, max_age=OPEN)
    except signing.BadSignature:
        return None
    return Code.objects.filter(
        uuid=name, purpose=Purpose.PERSONAL_DATA, used_at__gt=timezone.now() - OPEN
    ).first()
