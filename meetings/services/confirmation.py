"""Who signs is asked once more: the password, or a code of the second factor."""

import re

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator

LONGEST_SECRET = 200
_CODE = re.compile(r"\d{6}|\d{8}", re.ASCII)


class TooManyTries(Exception):
    """The person tried too often; the limit is that of signing in anew (settings)."""


def is_confirmed(request, secret: str) -> bool:
    """Whether ``secret`` is the signed-in person's password or a code that is good now.

    A code is used up by this. Raises TooManyTries before anything is compared.
    """
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        raise TooManyTries
    secret = secret[:LONGEST_SECRET]
    return _is_good_code(request.user, secret) or request.user.check_password(secret)


def _is_good_code(user, secret: str) -> bool:
    code = re.sub(r"[\s-]", "", secret)
    if not _CODE.fullmatch(code):
        return False
    return any(kept.wrap().validate_code(code) for kept in Authenticator.objects.filter(user=user))
