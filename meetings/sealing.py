"""Personal data at rest: sealed so that the database alone does not tell it, marked so that equal
values can be found without being read.

Keys come from ``AKIMAT_PERSONAL_KEYS`` (the first one writes, all of them read), else from the
site's secret. Marks are made with the last key of the list, which must stay: a new one is put in
front of it.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

SEALING, MARKING = b"akimat sealed personal data", b"akimat marks of personal data"


class Unreadable(Exception):
    """What was sealed with a key that this site does not have (any more)."""


def seal(text: str) -> str:
    """Encrypt and authenticate a text (Fernet: AES-128-CBC, HMAC-SHA256)."""
    return _fernet().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Give back what ``seal`` took. Raises Unreadable."""
    try:
        return _fernet().decrypt(sealed.encode("ascii")).decode()
    except InvalidToken as error:
        raise Unreadable("No key of this site opens it.") from error


def mark(text: str) -> str:
    """A keyed HMAC-SHA256 in hexadecimal: equal texts have equal marks, and no more is told."""
    key = _derived(_secrets()[-1], MARKING)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def address_mark(email: str) -> str:
    """The mark of an e-mail address, however its letters are typed."""
    return mark(f"address:{email.strip().casefold()}")


def _secrets() -> list[str]:
    given = settings.PERSONAL_KEYS
    return given or [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]


def _fernet() -> MultiFernet:
    keys = [_derived(secret, SEALING) for secret in _secrets()]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
